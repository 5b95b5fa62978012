"""What a stored payment, credit or deposit does to others: balances, statuses and links follow. Reference §9.9.

Runs after a record was stored or deleted. What a document was paid otherwise (a world edit) stays counted: only
differences are added.
"""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Change, World
from netsuite_simulator.links import Link, LinkType, replace_links
from netsuite_simulator.rules.amounts import number
from netsuite_simulator.rules.applying import amounts_of
from netsuite_simulator.rules.statuses import APPROVED, TYPE_NAMES, letter_of

_TYPES = (
    LinkType.PAID,
    LinkType.REFUNDED,
    LinkType.DEPOSIT_APPLIED,
    LinkType.DEPOSIT_REFUNDED,
)
_BALANCE = (
    "SELECT type, approvalstatus, COALESCE(foreigntotal, x_payment), COALESCE(foreignamountpaid, 0)"
    ' FROM "transaction" WHERE id = ?'
)
_UPDATE = (
    'UPDATE "transaction" SET foreignamountpaid = ?, foreignamountunpaid = ?, status = ?, lastmodifieddate = ?'
    " WHERE id = ?"
)
_UPDATE_CREDIT = 'UPDATE "transaction" SET x_applied = ?, x_unapplied = ? WHERE id = ?'


def settle(change: Change) -> None:
    """Carry what is applied over to the documents, and link them."""
    before, after = (_by_document(change, values) for values in (change.before, change.after))
    for document in dict.fromkeys((*before, *after)):
        difference = after.get(document, Decimal(0)) - before.get(document, Decimal(0))
        if difference:
            _pay(change.world, document, difference)
    links = [
        Link(type=one.link, previous=document, amount=amount)
        for one, document, amount in amounts_of(change.type.name, change.after)
    ]
    deposit = change.after.get("deposit")
    if isinstance(deposit, str):
        links.append(
            Link(type=LinkType.DEPOSIT_APPLIED, previous=int(deposit), amount=number(change.after.get("total")))
        )
    replace_links(change.world, change.id, _TYPES, links)


def _by_document(change: Change, values: dict[str, object]) -> dict[int, Decimal]:
    found: dict[int, Decimal] = {}
    for _, document, amount in amounts_of(change.type.name, values):
        found[document] = found.get(document, Decimal(0)) + amount
    deposit = values.get("deposit")
    if isinstance(deposit, str):  # an application uses its deposit up by all it applies
        found[int(deposit)] = number(values.get("total")) or Decimal(0)
    return found


def _pay(world: World, document: int, difference: Decimal) -> None:
    row = world.row(_BALANCE, (document,))
    if row is None or row[0] not in TYPE_NAMES or row[2] is None:
        return
    total = Decimal(str(row[2]))
    paid = Decimal(str(row[3])) + difference
    unpaid = total - paid
    letter = letter_of(TYPE_NAMES[str(row[0])], str(row[1] or APPROVED), total=total, unpaid=unpaid)
    world.execute(_UPDATE, (float(paid), float(unpaid), letter, world.second_text(), document))
    if row[0] in ("CustCred", "VendCred"):
        world.execute(_UPDATE_CREDIT, (float(paid), float(unpaid), document))
