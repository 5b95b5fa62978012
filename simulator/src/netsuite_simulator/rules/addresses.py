"""The address books of customers, contacts, employees, vendors and projects, reference §9.2.

A row and the address inside it get numbers of their own; one row at most is the default of a kind, the one that was
last made so; the text of an address follows its fields unless it says `override`. Where an address names no country,
that of the record's subsidiary stands (all assumed; Oracle's samples send the country).
"""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.drafts import Draft
from netsuite_simulator.results import Rejection
from netsuite_simulator.schemas.addresses import ADDRESS_BOOK
from netsuite_simulator.schemas.countries import COUNTRIES
from netsuite_simulator.shelves import Line

_DEFAULTS = {"defaultBilling": "defaultBillingAddress", "defaultShipping": "defaultShippingAddress"}
_LABELS = {one.id: one.label for one in COUNTRIES}
_INSIDE = "addressbookAddress"
_ID = "internalId"


def complete_book(draft: Draft) -> None:
    """Give the rows their numbers, write the addresses' texts and keep one default of each kind."""
    if ADDRESS_BOOK not in draft.given:
        return
    before = _book_before(draft)
    rows = [dict(line) for line in draft.rows(ADDRESS_BOOK)]
    country = _home(draft) if rows else None
    for row in rows:
        if _ID not in row or row[_ID] in before or draft.is_world_edit:
            _complete_row(draft, row, before, country)
    for flag, name in _DEFAULTS.items():
        chosen = _keep_one(rows, flag, before)
        if name in draft.shelf.fields:
            _replace(draft, name, None if chosen is None else _inside(chosen).get(_ID))
        if flag == "defaultBilling":
            _replace(draft, "defaultAddress", None if chosen is None else _inside(chosen).get("addrText"))
    draft.keep_rows(ADDRESS_BOOK, rows)
    if not rows:
        draft.values.pop(ADDRESS_BOOK)


def check_book(draft: Draft) -> Rejection | None:
    """Refuse a row with an ID that the book does not hold: it was left without an address's number."""
    for index, row in enumerate(draft.rows(ADDRESS_BOOK) if ADDRESS_BOOK in draft.given else ()):
        if _ID not in _inside(row):
            return Rejection(
                code="INVALID_KEY_OR_REF",
                message=f"Invalid addressbook reference key {row.get(_ID)}.",
                field=ADDRESS_BOOK,
                path=f"{ADDRESS_BOOK}.items[{index}].{_ID}",
            )
    return None


def _book_before(draft: Draft) -> Mapping[object, Line]:
    rows = None if draft.current is None else draft.current.values.get(ADDRESS_BOOK)
    return {row.get(_ID): row for row in rows} if isinstance(rows, list) else {}


def _home(draft: Draft) -> str | None:
    row = draft.world.row("SELECT country FROM subsidiary WHERE id = ?", (draft.text("subsidiary"),))
    return None if row is None or row[0] is None else str(row[0])


def _inside(row: Line) -> Line:
    inside = row.get(_INSIDE)
    return inside if isinstance(inside, dict) else {}


def _complete_row(draft: Draft, row: Line, before: Mapping[object, Line], country: str | None) -> None:
    if _ID not in row:
        row[_ID] = draft.world.next_number("address book")
    inside = dict(_inside(row))
    if inside.get("country") is None and country is not None:
        inside["country"] = country
    inside["override"] = inside.get("override") is True
    keeps_text = inside["override"] or draft.is_world_edit
    written = (inside.get("addrText") if keeps_text else None) or _text_of(inside)
    inside.pop("addrText", None)
    if written:
        inside["addrText"] = written
    known = _inside(before.get(row[_ID], {})).get(_ID)
    given = inside.get(_ID) if draft.is_world_edit else None
    inside[_ID] = known or given or draft.world.next_number("address")
    row[_INSIDE] = inside
    shown = {"addressId": row[_ID], "addressText": written or None}
    for name, value in shown.items():
        if not (draft.is_world_edit and name in row):
            row[name] = value
    if row["addressText"] is None:
        row.pop("addressText")


def _text_of(inside: Line) -> str:
    place = " ".join(str(inside[name]) for name in ("city", "state", "zip") if inside.get(name))
    lines = [str(inside[name]) for name in ("attention", "addressee", "addr1", "addr2", "addr3") if inside.get(name)]
    country = str(inside.get("country") or "")
    return "\n".join(line for line in (*lines, place, _LABELS.get(country, country)) if line)


def _keep_one(rows: list[Line], flag: str, before: Mapping[object, Line]) -> Line | None:
    """Leave one row the default of a kind: one that was not before it, else the last."""
    flagged = [row for row in rows if row.get(flag) is True]
    fresh = [row for row in flagged if before.get(row.get(_ID), {}).get(flag) is not True]
    chosen = (fresh or flagged)[-1] if flagged else None
    for row in rows:
        row[flag] = row is chosen
    return chosen


def _replace(draft: Draft, name: str, value: object) -> None:
    if draft.is_world_edit and name in draft.given:
        return
    draft.values.pop(name, None)
    draft.row[draft.shelf.columns[name]] = None
    draft.default(name, value)
