"""Workflows and configurations as plain JSON values and back: the form in which administrators' edits, files and diffs keep them.

Each object says what it `is`; fields that hold their default are left out, so that a diff shows only what somebody meant.
"""

from __future__ import annotations

import dataclasses
import enum
import functools
import types
import typing
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias, TypeVar

from suitebridge.domain import conditions, expressions, overrides, records, workflow
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.workflow import Workflow

Plain: TypeAlias = "str | int | bool | list[Plain] | dict[str, Plain] | None"

_Read = TypeVar("_Read", Workflow, Configuration)

_MODULES = (conditions, expressions, workflow, records, overrides)
_CLASSES: dict[str, type] = {
    name: member
    for module in _MODULES
    for name, member in vars(module).items()
    if isinstance(member, type) and (dataclasses.is_dataclass(member) or issubclass(member, enum.Enum))
}


class PlainFormError(ValueError):
    """The plain value is no workflow; the message says where and why."""


def to_plain(value: object) -> Plain:
    """Give the plain form of a workflow or any part of it. Raise `TypeError` for a value that is no part of the language."""
    match value:
        case None | bool() | str() | int():
            return value
        case Decimal():
            return {"is": "decimal", "value": str(value)}
        case datetime():
            return {"is": "instant", "value": value.isoformat()}
        case date():
            return {"is": "date", "value": value.isoformat()}
        case enum.Enum():
            return to_plain(value.value)
        case tuple():
            return [to_plain(part) for part in value]
        case _ if dataclasses.is_dataclass(value) and not isinstance(value, type):
            return {"is": type(value).__name__, **_fields_to_plain(value)}
        case _:
            raise TypeError(f"{type(value).__name__} is no part of a workflow.")


def workflow_from_plain(plain: Plain) -> Workflow:
    """Read a workflow back. Raise `PlainFormError` with the place for anything that is not exactly one."""
    return _read_whole(Workflow, plain, "workflow")


def configuration_from_plain(plain: Plain) -> Configuration:
    """Read a configuration back. Raise `PlainFormError` with the place for anything that is not exactly one."""
    return _read_whole(Configuration, plain, "configuration")


def _read_whole(wanted: type[_Read], plain: Plain, place: str) -> _Read:
    read = _from_plain(plain, place)
    if not isinstance(read, wanted):
        raise PlainFormError(f"{place}: this is no {place}.")
    return read


def _fields_to_plain(value: object) -> dict[str, Plain]:
    plain: dict[str, Plain] = {}
    for field in dataclasses.fields(value):  # type: ignore[arg-type]  # the caller has checked that it is a dataclass
        held = getattr(value, field.name)
        if field.default is dataclasses.MISSING or held != field.default:
            plain[field.name] = to_plain(held)
    return plain


def _from_plain(plain: Plain, place: str) -> object:
    if isinstance(plain, list):
        return tuple(_from_plain(part, f"{place}[{index}]") for index, part in enumerate(plain))
    if not isinstance(plain, dict):
        return plain
    said = plain.get("is")
    reader = _SCALARS.get(said) if isinstance(said, str) else None
    if reader is not None:
        return _read_scalar(reader, plain.get("value"), place)
    found = _CLASSES.get(said) if isinstance(said, str) else None
    if found is None or not dataclasses.is_dataclass(found):
        raise PlainFormError(f"{place}: “{said}” is no word of the mapping language.")
    return _object_from_plain(found, plain, place)


def _object_from_plain(found: type, plain: Mapping[str, Plain], place: str) -> object:
    hints = hints_of(found)
    unknown = [name for name in plain if name != "is" and name not in hints]
    if unknown:
        raise PlainFormError(f"{place}: {found.__name__} has no {', '.join(unknown)}.")
    values = {}
    for name, inner in plain.items():
        if name == "is":
            continue
        read = _from_plain(inner, f"{place}.{name}")
        values[name] = _fitting(hints[name], read, f"{place}.{name}")
    try:
        return found(**values)
    except TypeError as error:
        raise PlainFormError(f"{place}: {found.__name__} is incomplete: {error}") from error


def _fitting(hint: object, value: object, place: str) -> object:
    """Take a value as what its field holds; enumerations are made of their values here, because plain JSON has none."""
    for option in _options(hint):
        if isinstance(option, type) and issubclass(option, enum.Enum) and value is not None:
            return _member(option, value, place)
        members = _members(option)
        if members is not None and isinstance(value, tuple):
            return tuple(_member(members, one, place) for one in value)
    if not _fits(hint, value):
        raise PlainFormError(f"{place}: this value cannot stand here.")
    return value


def _members(hint: object) -> type[enum.Enum] | None:
    """Give the enumeration that a tuple is made of."""
    inner = typing.get_args(hint)[:1] if typing.get_origin(hint) is tuple else ()
    return next((one for one in inner if isinstance(one, type) and issubclass(one, enum.Enum)), None)


def _member(choices: type[enum.Enum], value: object, place: str) -> enum.Enum:
    try:
        return choices(value)
    except ValueError:
        allowed = ", ".join(str(member.value) for member in choices)
        raise PlainFormError(f"{place}: “{value}” is none of {allowed}.") from None


def _options(hint: object) -> tuple[object, ...]:
    is_union = typing.get_origin(hint) in {typing.Union, types.UnionType}
    return typing.get_args(hint) if is_union else (hint,)


def _fits(hint: object, value: object) -> bool:
    """Say whether a value is what a type hint of the language names: a class, a union, or tuples of them."""
    options = _options(hint)
    if len(options) > 1:
        return any(_fits(option, value) for option in options)
    if typing.get_origin(hint) is tuple:
        inner = typing.get_args(hint)
        if not isinstance(value, tuple):
            return False
        if inner[-1] is Ellipsis:
            return all(_fits(inner[0], part) for part in value)
        return len(inner) == len(value) and all(_fits(one, part) for one, part in zip(inner, value, strict=True))
    # Exactly the class: a truth value is no number here, and an instant no day.
    return type(value) is hint


@functools.cache
def hints_of(found: type) -> Mapping[str, object]:
    """Say for each field of a class of the language what it holds."""
    known = {name: member for module in _MODULES for name, member in vars(module).items()}
    return typing.get_type_hints(found, globalns=known)


def _read_scalar(reader: typing.Callable[[str], object], value: Plain, place: str) -> object:
    if not isinstance(value, str):
        raise PlainFormError(f"{place}: a text was expected.")
    try:
        return reader(value)
    except (ValueError, ArithmeticError) as error:
        raise PlainFormError(f"{place}: “{value}” cannot be read: {error}") from error


_SCALARS: dict[str, typing.Callable[[str], object]] = {
    "decimal": Decimal,
    "date": date.fromisoformat,
    "instant": datetime.fromisoformat,
}
