"""What stands beside a purchase item: its request, the request's item, and what was fulfilled (netsuite-connector.md §5.4, §5.8).

A request of the workspace is for one project, and NetSuite's lines may be for several: so each line has a request of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, assert_never

from suitebridge.domain.flow.mapping import Draft
from suitebridge.domain.values import Fields, Value, as_text, is_blank
from suitebridge.domain.workflow import Companion

_TYPES: Final = {
    Companion.REQUEST: "purchase_request",
    Companion.REQUEST_ITEM: "request_item",
    Companion.FULFILLMENT: "fulfillment",
}
_APPROVED: Final = "A"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parent:
    """The record that a purchase item belongs to: the field that names it, its type, and what companions take over from it."""

    field: str
    type: str
    paths: tuple[str, ...]


PARENT: Final = Parent(field="purchase_order", type="purchase_order", paths=("number", "vendor", "date", "currency"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Accompanied:
    """A purchase item that was written or found as wanted: its id, what the mapping gave it, and its order's fields."""

    id: str
    fields: Fields
    parent: Fields


def type_of(companion: Companion) -> str:
    """Name the workspace type of a companion."""
    return _TYPES[companion]


def key_of(netsuite_id: str) -> str:
    """Give the NetSuite ID of the companions of a line; no record of NetSuite's own has such a one."""
    return f"line-{netsuite_id}"


def draft_of(companion: Companion, beside: Accompanied, key: str, ids: Mapping[Companion, str]) -> Draft:
    """Say what a companion should hold; `ids` are those of the companions beside the same item."""
    match companion:
        case Companion.REQUEST:
            fields: dict[str, Value] = {
                "number": beside.parent.get("number"),
                "name": beside.fields.get("description"),
                "date": beside.parent.get("date"),
                "currency": beside.parent.get("currency"),
                "status": _APPROVED,
                **_kept(beside, "project"),
            }
        case Companion.REQUEST_ITEM:
            fields = {
                "purchase_request": ids[Companion.REQUEST],
                "vendor": beside.parent.get("vendor"),
                "quantity": beside.fields.get("quantity"),
                "total": beside.fields.get("total"),
                **_kept(beside, "product", "project", "description", "cost"),
            }
        case Companion.FULFILLMENT:
            fields = {
                "number": _numbered(beside),
                "purchase_item": beside.id,
                "request_item": ids[Companion.REQUEST_ITEM],
                "quantity": beside.fields.get("quantity"),
                "date": beside.parent.get("date"),
            }
        case _:
            assert_never(companion)
    return Draft(fields={"netsuite_id": key, **fields})


def _kept(beside: Accompanied, *names: str) -> dict[str, Value]:
    """Take over what the item has; a field that its mapping leaves alone is left alone here, too."""
    return {name: beside.fields[name] for name in names if name in beside.fields}


def _numbered(beside: Accompanied) -> str:
    parts = (beside.parent.get("number"), beside.fields.get("description"))
    return " ".join(as_text(part) for part in parts if not isinstance(part, tuple) and not is_blank(part))
