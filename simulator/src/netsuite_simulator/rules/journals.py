"""Journal entries: each line debits or credits an account, and both sides are equal. Reference §9.10."""

from __future__ import annotations

from decimal import Decimal

from netsuite_simulator.drafts import Draft, missing
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import exchange_rate, number, total_of
from netsuite_simulator.rules.documents import NO_LINES
from netsuite_simulator.rules.presence import only_subsidiary
from netsuite_simulator.rules.subsidiaries import wrong_subsidiary
from netsuite_simulator.shelves import Line

_UNBALANCED = "The amounts in a journal entry must balance: debits are {debit}, credits are {credit}."


def complete_journal(draft: Draft) -> None:
    """Fill in date, rate, subsidiary and number."""
    if draft.is_new:
        draft.default("tranDate", draft.world.today())
        draft.default("subsidiary", only_subsidiary(draft))
        draft.default("exchangeRate", exchange_rate(draft, draft.text("currency")))
        draft.stamp("createdDate")
        if "tranId" not in draft.values:
            draft.default("tranId", f"JE{draft.world.next_number('journal entry number')}")
        draft.default("transactionNumber", draft.text("tranId"))


def check_journal(draft: Draft) -> Rejection | None:
    """Refuse an entry without lines, a line without account or amount, and sides that differ."""
    lines = draft.rows("line")
    if not lines:
        return NO_LINES
    if not (draft.is_new or draft.changes("line")):
        return None
    for index, line in enumerate(lines):
        path = f"line.items[{index}]"
        if "account" not in line:
            return missing("Account", name="line", path=f"{path}.account")
        if ("debit" in line) == ("credit" in line):
            return Rejection(
                code="USER_ERROR",
                message="A journal line has a debit or a credit, not both and not none.",
                field="line",
                path=f"{path}.debit",
            )
        rejection = wrong_subsidiary(draft, "account", line["account"], f"{path}.account")
        if rejection is not None:
            return rejection
    debit, credit = _side(lines, "debit"), _side(lines, "credit")
    if debit == credit:
        return None
    return Rejection(
        code="JE_AMOUNTS_MUST_BALANCE",
        message=_UNBALANCED.format(debit=debit, credit=credit),
        field="line",
        path="line",
    )


def _side(lines: list[Line], name: str) -> Decimal:
    return total_of([number(line.get(name)) or Decimal(0) for line in lines])
