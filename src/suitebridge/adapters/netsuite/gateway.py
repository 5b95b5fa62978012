"""The gateway to one NetSuite account with token-based authentication: SuiteQL over REST for reading, SOAP for writing.

Implements `ports.netsuite.NetSuiteGateway`; everything it does is in the files beside it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import tzinfo

from suitebridge.adapters.netsuite import checking, reading, writing
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.rights import Need
from suitebridge.ports.netsuite import CheckStep, OutgoingRecord, Page, ReadRequest, WriteAnswer
from suitebridge.wire.soap.record_writing import PACIFIC

# Pages of records in NetSuite's user interface (netsuite-api.md §9.12b); a project shares the customer's page.
_PAGES = {
    "customer": "/app/common/entity/custjob.nl?id=",
    "job": "/app/common/entity/custjob.nl?id=",
    "employee": "/app/common/entity/employee.nl?id=",
    "invoice": "/app/accounting/transactions/custinvc.nl?id=",
}


class TokenGateway:
    """One account behind one set of credentials.

    `zone` is the zone of the token's user in NetSuite: SuiteQL shows and compares moments in it. Oracle recommends Pacific
    (netsuite-api.md §4.14).
    """

    def __init__(self, line: Line, *, zone: tzinfo = PACIFIC) -> None:
        self._line = line
        self._zone = zone

    @property
    def account(self) -> AccountId:
        """The account this gateway speaks to."""
        return self._line.credentials.account

    def ask_now(self) -> str:
        """Give NetSuite's present time as a change stamp."""
        return reading.ask_now(self._line)

    def fetch(self, request: ReadRequest) -> Page:
        """Read one page."""
        return reading.fetch(self._line, request, self._zone)

    def find_by_external_ids(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give the internal ids of those external ids that exist; NetSuite compares them without case."""
        found = reading.find_ids(self._line, record_type, "externalId", external_ids, self._zone)
        known = {value.casefold(): ids[0] for value, ids in found.items()}
        return {key: known[key.casefold()] for key in external_ids if key.casefold() in known}

    def find(self, record_type: str, field: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the internal ids of records whose field equals one of the values, by value."""
        return reading.find_ids(self._line, record_type, field, values, self._zone)

    def upsert(self, record_type: str, records: Sequence[OutgoingRecord]) -> Sequence[WriteAnswer]:
        """Write records under their external ids; one answer each, in order."""
        return writing.upsert(self._line, record_type, records)

    def check(self, needs: Sequence[Need]) -> Iterator[CheckStep]:
        """Prove the connection check by check."""
        return checking.check(self._line, needs, self._zone)

    def close(self) -> None:
        """Sign nothing any more: the credentials were removed or replaced."""
        self._line.close()

    def record_url(self, record_type: str, netsuite_id: str) -> str:
        """Give the address of a record's page in NetSuite, or "" where it has none."""
        origin, page = self._line.hosts.pages(self.account), _PAGES.get(record_type, "")
        return f"{origin}{page}{netsuite_id}" if origin and page and netsuite_id.lstrip("-").isdigit() else ""
