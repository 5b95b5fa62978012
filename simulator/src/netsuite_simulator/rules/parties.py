"""Whom a transaction is with: terms, currency, subsidiary and tax of a customer, project, vendor or employee.

Reference §9.2 (a project's parent is a customer), §9.9 (currency from the entity). Refuses to know what is written.
"""

from __future__ import annotations

from dataclasses import dataclass

from netsuite_simulator.drafts import Draft, World
from netsuite_simulator.results import Rejection
from netsuite_simulator.schemas.fields import Field

FIELDS = ("entity", "customer")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A customer (directly or through a project), a vendor or an employee; empty where nobody is known."""

    terms: str | None = None
    currency: str | None = None
    subsidiary: str | None = None
    tax_item: str | None = None


_NOBODY = Party()
_QUERIES = {
    "customer": (
        "SELECT terms, currency, x_subsidiary, CASE WHEN x_taxable = 'T' THEN x_taxitem END FROM customer WHERE id = ?"
    ),
    "job": (
        "SELECT c.terms, COALESCE(j.currency, c.currency), COALESCE(j.x_subsidiary, c.x_subsidiary),"
        " CASE WHEN c.x_taxable = 'T' THEN c.x_taxitem END FROM job j LEFT JOIN customer c ON c.id = j.customer WHERE j.id = ?"
    ),
    "vendor": "SELECT terms, currency, x_subsidiary, NULL FROM vendor WHERE id = ?",
    "employee": "SELECT NULL, currency, subsidiary, NULL FROM employee WHERE id = ?",
}


def party_field(draft: Draft) -> Field | None:
    """Return the field that names whom a transaction is with."""
    return next((draft.shelf.fields[name] for name in FIELDS if name in draft.shelf.fields), None)


def party_of(draft: Draft) -> Party:
    """Find whom a transaction is with."""
    field = party_field(draft)
    identity = None if field is None else draft.text(field.name)
    if field is None or identity is None:
        return _NOBODY
    for name in field.refers_to:
        row = draft.world.row(_QUERIES[name], (identity,))
        if row is not None:
            terms, currency, subsidiary, tax_item = (None if one is None else str(one) for one in row)
            return Party(terms=terms, currency=currency, subsidiary=subsidiary, tax_item=tax_item)
    return _NOBODY


def check_party(draft: Draft) -> Rejection | None:
    """Refuse a subsidiary or a currency that whom the transaction is with does not have; wording as in reference §4.8.

    That an entity has one currency and one subsidiary, unless others were added to it, is assumed.
    """
    field = party_field(draft)
    if field is None or not (
        draft.is_new or any(draft.changes(name) for name in (field.name, "subsidiary", "currency"))
    ):
        return None
    party, identity = party_of(draft), draft.text(field.name)
    for name, own in (("subsidiary", party.subsidiary), ("currency", party.currency)):
        chosen = draft.text(name)
        if chosen is None or own is None or chosen == own or chosen in _further(draft.world, name, identity):
            continue
        message = f"Invalid {name} reference key {chosen} for entity {identity}."
        return Rejection(code="INVALID_KEY_OR_REF", message=message, field=name, path=name)
    return None


def customer_of(world: World, identity: object) -> str | None:
    """Return the customer behind a customer or one of its projects."""
    row = world.row("SELECT id FROM customer WHERE id = ?", (str(identity),))
    row = row or world.row("SELECT customer FROM job WHERE id = ?", (str(identity),))
    return None if row is None or row[0] is None else str(row[0])


_CURRENCIES = {
    "customer": "SELECT json_extract(one.value, '$.currency') FROM customer c, json_each(c.x_currencylist) one WHERE c.id = ?",
    "vendor": "SELECT json_extract(one.value, '$.currency') FROM vendor v, json_each(v.x_currencylist) one WHERE v.id = ?",
}
_SUBSIDIARIES = {
    table: f"SELECT subsidiary FROM {table}subsidiaryrelationship WHERE entity = ?"  # noqa: S608 - our own names
    for table in ("customer", "vendor")
}


def _further(world: World, name: str, identity: str | None) -> frozenset[str]:
    """Return the currencies or the subsidiaries an entity has, its own among them."""
    if identity is None:
        return frozenset()
    questions = _CURRENCIES if name == "currency" else _SUBSIDIARIES
    queries = (("customer", customer_of(world, identity)), ("vendor", identity))
    rows = [row for table, number in queries if number for row in world.rows(questions[table], (number,))]
    return frozenset(str(row[0]) for row in rows)
