"""The JSON Schema of a configuration's file, made from the words of the language themselves, for editors that help while somebody types.

It says what can stand where. What a mapping means, and whether its fields exist, is for `domain.validation`.
"""

from __future__ import annotations

import dataclasses
import enum
import types
import typing
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from suitebridge.domain.notation.files import FORMAT
from suitebridge.domain.notation.plain import Plain, hints_of
from suitebridge.domain.overrides import Configuration

_DIALECT: Final = "https://json-schema.org/draft/2020-12/schema"
_PLAIN: Final[Mapping[object, str]] = {str: "string", bool: "boolean", int: "integer", type(None): "null"}
_SCALARS: Final[Mapping[object, tuple[str, str]]] = {
    Decimal: ("decimal", "^[+-]?[0-9]+([.][0-9]+)?([eE][+-]?[0-9]+)?$"),
    date: ("date", "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"),
    datetime: ("instant", "^[0-9]{4}-[0-9]{2}-[0-9]{2}T"),
}


def file_schema() -> dict[str, Plain]:
    """Give the schema of a file that `config apply` takes."""
    definitions: dict[str, Plain] = {}
    configuration = _of(Configuration, definitions)
    return {
        "$schema": _DIALECT,
        "title": "The configuration of SuiteBridge's workflows",
        "type": "object",
        "properties": {"format": {"const": FORMAT}, "configuration": configuration},
        "required": ["format", "configuration"],
        "additionalProperties": False,
        "$defs": dict(sorted(definitions.items())),
    }


def _of(hint: object, definitions: dict[str, Plain]) -> Plain:
    """Say what a type hint lets stand in its place; classes are described once, beside each other."""
    if hint in _PLAIN:
        return {"type": _PLAIN[hint]}
    if hint in _SCALARS:
        return _scalar(*_SCALARS[hint], definitions)
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        return {"anyOf": [_of(one, definitions) for one in typing.get_args(hint)]}
    if typing.get_origin(hint) is tuple:
        return _list(typing.get_args(hint), definitions)
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {"enum": [member.value for member in hint]}
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return _object(hint, definitions)
    raise TypeError(f"{hint} is no part of the language.")


def _scalar(name: str, pattern: str, definitions: dict[str, Plain]) -> Plain:
    definitions[name] = _closed({"is": {"const": name}, "value": {"type": "string", "pattern": pattern}}, ("value",))
    return {"$ref": f"#/$defs/{name}"}


def _list(inner: tuple[object, ...], definitions: dict[str, Plain]) -> Plain:
    if inner[-1] is Ellipsis:
        return {"type": "array", "items": _of(inner[0], definitions)}
    places = [_of(one, definitions) for one in inner]
    return {"type": "array", "prefixItems": places, "minItems": len(places), "maxItems": len(places)}


def _object(found: type, definitions: dict[str, Plain]) -> Plain:
    name = found.__name__
    if name not in definitions:
        definitions[name] = {}  # the language is recursive: a part of it may lead back here
        hints = hints_of(found)
        members: dict[str, Plain] = {"is": {"const": name}}
        members |= {field.name: _of(hints[field.name], definitions) for field in dataclasses.fields(found)}
        needed = [field.name for field in dataclasses.fields(found) if _is_needed(field)]
        definitions[name] = _closed(members, needed)
    return {"$ref": f"#/$defs/{name}"}


def _closed(members: Mapping[str, Plain], needed: Iterable[str]) -> dict[str, Plain]:
    return {
        "type": "object",
        "properties": dict(members),
        "required": ["is", *needed],
        "additionalProperties": False,
    }


def _is_needed(field: dataclasses.Field[object]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING
