"""Which transaction came of which: rows that SuiteQL shows as nexttransactionlinelink and previoustransactionlinelink.

A row leads from an earlier transaction (`previousdoc`: the order, the invoice) to a later one (`nextdoc`: its invoice, its
payment), line by line where lines are known. The tables' names are the reference's (§9.14); their columns and the codes of
`linktype` are assumed from the names that searches use. Refuses to know why a link is made.
"""

from __future__ import annotations

import enum
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from netsuite_simulator.drafts import World
from netsuite_simulator.tables import LINK_TABLE


class LinkType(enum.Enum):
    """What a link says, as `linktype` shows it."""

    BILLED = "OrdBill"
    FULFILLED = "ShipRcpt"
    ESTIMATED = "OppEst"
    CLOSED = "OppClose"
    INVOICED = "EstInvc"
    ORDERED = "POReq"
    RETURNED = "SaleRet"
    RETURNED_TO_VENDOR = "PurchRet"
    PAID = "Payment"
    REFUNDED = "PmtRfnd"
    DEPOSIT_APPLIED = "DepAppl"
    DEPOSIT_REFUNDED = "DepRfnd"
    ORDER_DEPOSIT = "OrdDep"
    REIMBURSED = "Reimburse"


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """One link to a transaction; lines are 0 where the whole transaction is meant."""

    type: LinkType
    previous: int
    previous_line: int = 0
    next_line: int = 0
    amount: Decimal | None = None


_COLUMNS = (
    "previousdoc, previousline, previoustype, previousdate,"
    " nextdoc, nextline, nexttype, nextdate, linktype, foreignamount, lastmodifieddate"
)
_INSERT = (
    f"INSERT INTO {LINK_TABLE} ({_COLUMNS})"  # noqa: S608 - our own names
    " SELECT p.id, ?, p.type, p.trandate, n.id, ?, n.type, n.trandate, ?, ?, ?"
    ' FROM "transaction" p, "transaction" n WHERE p.id = ? AND n.id = ?'
)
_DELETE = f"DELETE FROM {LINK_TABLE} WHERE nextdoc = ? AND linktype IN "  # noqa: S608 - our own names


def replace_links(world: World, number: int, types: Iterable[LinkType], links: Iterable[Link]) -> None:
    """Put these links in the place of a transaction's earlier ones of the types."""
    values = [one.value for one in types]
    world.execute(f"{_DELETE}({', '.join('?' * len(values))})", (number, *values))
    at = world.second_text()
    for link in links:
        amount = None if link.amount is None else float(link.amount)
        values_of = (link.previous_line, link.next_line, link.type.value, amount, at, link.previous, number)
        world.execute(_INSERT, values_of)


def is_linked(world: World, number: int, types: Iterable[LinkType]) -> bool:
    """Whether a later transaction came of this one."""
    values = [one.value for one in types]
    marks = ", ".join("?" * len(values))
    sql = f"SELECT 1 FROM {LINK_TABLE} WHERE previousdoc = ? AND linktype IN ({marks}) LIMIT 1"  # noqa: S608
    return world.row(sql, (number, *values)) is not None
