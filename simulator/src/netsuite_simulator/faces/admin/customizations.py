"""The admin end points of customizations: custom fields, custom record types and custom lists, made and listed.

Refuses to know what a customization changes; `customizations` and the storage do.
"""

from __future__ import annotations

from typing import assert_never

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.customizations import (
    CustomField,
    Customization,
    CustomizationError,
    CustomKind,
    CustomList,
    CustomRecordType,
    custom_field,
)
from netsuite_simulator.faces.admin.documents import Document, Work
from netsuite_simulator.schemas.fields import Choice


class _Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: str
    label: str


class _NewField(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    script_id: str
    types: list[str]
    kind: str = "freeFormText"
    label: str = ""
    sublists: list[str] = []
    select_from: str | list[_Value] = ""
    required: bool = False


class _NewType(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    script_id: str
    label: str = ""


class _NewList(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    script_id: str
    label: str = ""
    values: list[str] = []


def _shown(custom: Customization) -> dict[str, object]:
    match custom:
        case CustomField():
            own = {
                "kind": custom.kind.value.lstrip("_"),
                "label": custom.field.label,
                "types": custom.types,
                "sublists": custom.sublists,
                "required": custom.field.required,
                "selectFrom": custom.field.refers_to
                or [msgspec.structs.asdict(_value(one)) for one in custom.field.choices],
            }
            return {"id": str(custom.id), "group": custom.group.value, "scriptId": custom.script_id, **own}
        case CustomRecordType() | CustomList():
            group = "customRecordType" if isinstance(custom, CustomRecordType) else "customList"
            return {"id": str(custom.id), "group": group, "scriptId": custom.script_id, "label": custom.label}
        case _:
            assert_never(custom)


def _value(choice: Choice) -> _Value:
    return _Value(id=choice.id, label=choice.label)


def _all(account: Account, _: web.Request, __: Document) -> object:
    return {"items": [_shown(one) for one in account.customizations]}


def _kind(name: str) -> CustomKind:
    for kind in CustomKind:
        if kind.value.lstrip("_") == name.lstrip("_"):
            return kind
    known = ", ".join(kind.value.lstrip("_") for kind in CustomKind)
    raise CustomizationError(f"there is no kind {name}; there are {known}")


def _add_field(account: Account, _: web.Request, document: Document) -> object:
    """Give record types, or sublists of theirs, a custom field."""
    new = msgspec.convert(document, _NewField)
    if not new.types:
        raise CustomizationError("types is missing: name the record types that get the field")
    for name in new.types:
        known = {} if name not in account.types else {one.name: one.lines for one in account.types[name].fields}
        missing = [one for one in new.sublists if known.get(one) is None]
        if name in account.types and missing:
            raise CustomizationError(f"{name} has no sublist {', '.join(missing)}")
    choices = () if isinstance(new.select_from, str) else new.select_from
    values = tuple(Choice(id=one.id, label=one.label) for one in choices)
    field = custom_field(
        new.script_id,
        _kind(new.kind),
        new.label,
        select_from=new.select_from if isinstance(new.select_from, str) else values,
        required=new.required,
    )
    return _shown(account.add_custom_field(new.types, field, kind=_kind(new.kind), sublists=new.sublists))


def _remove_field(account: Account, request: web.Request, _: Document) -> object:
    script_id = request.match_info["id"]
    account.remove_custom_field(script_id)
    return {"deleted": script_id}


def _add_type(account: Account, _: web.Request, document: Document) -> object:
    """Make a custom record type; it gets its fields as custom fields of its script id."""
    new = msgspec.convert(document, _NewType)
    return _shown(account.add_custom_record_type(new.script_id, new.label))


def _add_list(account: Account, _: web.Request, document: Document) -> object:
    """Make a custom list with its values."""
    new = msgspec.convert(document, _NewList)
    return _shown(account.add_custom_list(new.script_id, new.label, new.values))


END_POINTS: tuple[tuple[str, str, Work], ...] = (
    ("GET", "/customizations", _all),
    ("POST", "/customizations/fields", _add_field),
    ("DELETE", "/customizations/fields/{id}", _remove_field),
    ("POST", "/customizations/records", _add_type),
    ("POST", "/customizations/lists", _add_list),
)
