"""Notices deletions: through getDeleted of SOAP, or the table of deleted records of SuiteQL (netsuite-api.md §4.7, §5.11).

Both want the permission Deleted Records. A role without it hears of no deletion this way, and neither does anybody of the types
that NetSuite does not list; then the answer is None and never an empty list.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.asking import ask_soap, unreadable_answer
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.reading import ask
from suitebridge.adapters.netsuite.tables import kinds_of, place_of
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.zones import moment_shown
from suitebridge.adapters.netsuite.zoning import zone_of
from suitebridge.domain.errors import RunStoppedError
from suitebridge.ports.netsuite_account import Deletion
from suitebridge.wire.rest import suiteql
from suitebridge.wire.soap import get_deleted
from suitebridge.wire.soap.record_writing import PACIFIC

_PAGES = 1000
_NOT_ALLOWED = "NS-PERM-001"
_UNREPORTED = frozenset(
    {
        "timeBill",
        "currency",
        "department",
        "classification",
        "location",
        "subsidiary",
        "expenseCategory",
        "account",
        "purchaseOrderLine",
        "purchaseBill",
        "purchaseBillLine",
        "purchaseCredit",
        "purchaseCreditLine",
        "customerPaymentApplication",
        "customerDepositApplication",
        "billPaymentApplication",
        "appliedCreditMemo",
        "creditMemoLine",
        "creditMemoApplication",
    }
)
"""Of the catalog's types those that DeletedRecordType lacks (§4.7); whether SuiteQL knows more is not documented."""


def deleted(line: Line, record_type: str, since: str, *, by_soap: bool) -> Sequence[Deletion] | None:
    """Give deletions since a change stamp, or None where nobody tells."""
    name = place_of(record_type).schema.name
    if name in _UNREPORTED:
        return None
    asking: Callable[[], list[Deletion]] = (
        (lambda: _by_soap(line, name, since)) if by_soap else (lambda: _by_table(line, name, since))
    )
    try:
        found = asking()
    except RunStoppedError as error:
        if error.problem.code == _NOT_ALLOWED:
            return None
        raise
    return sorted(found, key=lambda one: (len(one.netsuite_id), one.netsuite_id))


def _by_soap(line: Line, name: str, since: str) -> list[Deletion]:
    purpose = Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what="deleted records through SOAP web services",
        permission="Deleted Records",
    )
    start = _moment(since)
    found: list[Deletion] = []
    for number in range(1, _PAGES + 1):
        content = get_deleted.render(kinds_of(name), start, number)
        (page,) = ask_soap(line, [line.soap(get_deleted.OPERATION, content)], get_deleted.read_answer, purpose)
        found.extend(
            Deletion(netsuite_id=one.internal_id, name=one.name, at=one.at.astimezone(UTC)) for one in page.records
        )
        if number >= page.pages:
            return found
    raise unreadable_answer(line, f"There are more than {_PAGES} pages of deleted records")


def _by_table(line: Line, name: str, since: str) -> list[Deletion]:
    zone = zone_of(line)
    found: list[Deletion] = []
    after = ""
    for _ in range(_PAGES):
        query = queries.select_deleted([one.lower() for one in kinds_of(name)], since, after, zone)
        (page,) = ask(line, [query], what="deleted records", limit=suiteql.ROW_LIMIT)
        for row in page.rows:
            id_, at, named = (row.get(column) for column in (queries.ID, queries.STAMP, queries.VALUE))
            if not isinstance(id_, str) or not isinstance(at, str):
                raise unreadable_answer(line, "A deleted record came without its id or its moment")
            moment = moment_shown(at, None, zone).astimezone(UTC)
            found.append(Deletion(netsuite_id=id_, name=named if isinstance(named, str) else "", at=moment))
        if not page.has_more or not found:
            return found
        after = found[-1].netsuite_id
    raise unreadable_answer(line, f"There are more than {_PAGES} pages of deleted records")


def _moment(since: str) -> datetime:
    """Read a change stamp; without one, everything that was ever deleted is asked for."""
    return moment_shown(since, None, PACIFIC) if since else datetime(2000, 1, 1, tzinfo=PACIFIC)
