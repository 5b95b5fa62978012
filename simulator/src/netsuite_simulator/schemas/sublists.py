"""Sublists that several transactions have alike, as data: what may be billed (reference §9.9), what may be applied (§9.14).

Names and order as in the SOAP schema, which gives each transaction types of its own for them.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Field, LineType
from netsuite_simulator.schemas.shorthand import boolean, date, decimal, integer, lines, text

_DOCUMENT = (boolean("apply"), integer("doc"), integer("line"))
_ITEM_COSTS = (
    *_DOCUMENT,
    date("billedDate"),
    text("itemDisp"),
    text("memo"),
    text("jobDisp"),
    text("unitDisp"),
    text("quantity"),
    decimal("cost"),
    decimal("amount"),
)
_EXPENSE_COSTS = (
    *_DOCUMENT,
    date("billedDate"),
    text("jobDisp"),
    text("employeeDisp"),
    text("categoryDisp"),
    text("memo"),
    decimal("originalAmount"),
    decimal("amount"),
)
_TIMES = (
    *_DOCUMENT,
    date("billedDate"),
    text("employeeDisp"),
    text("itemDisp"),
    text("jobDisp"),
    text("quantity"),
    decimal("rate"),
    text("unitDisp"),
    decimal("amount"),
    text("memo"),
)
_CREDITS = (
    *_DOCUMENT,
    date("creditDate"),
    text("type"),
    text("refNum"),
    text("appliedTo"),
    decimal("total"),
    decimal("due"),
    text("currency"),
    decimal("amount"),
)


def billable_costs(
    owner: str, *, expense_ends: tuple[Field, ...] = (), time_ends: tuple[Field, ...] = ()
) -> tuple[Field, Field, Field]:
    """Declare what an invoice or a cash sale may bill: items, expenses, time; the ends are fields of one owner alone."""
    return (
        lines("itemCost", _of_documents(owner, "itemCost", _ITEM_COSTS), label="Billable Items"),
        lines("expCost", _of_documents(owner, "expCost", (*_EXPENSE_COSTS, *expense_ends)), label="Billable Expenses"),
        lines("time", _of_documents(owner, "time", (*_TIMES, *time_ends)), label="Billable Time"),
    )


def applied_credits(owner: str) -> LineType:
    """Declare the credits that a payment may use."""
    return _of_documents(owner, "credit", _CREDITS)


def _of_documents(owner: str, name: str, fields: tuple[Field, ...]) -> LineType:
    return LineType(
        name=name,
        soap_list=f"{name}List",
        soap_line=name,
        soap_type=f"{owner}{name[0].upper()}{name[1:]}",
        key="doc",
        fields=fields,
    )
