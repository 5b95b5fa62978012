"""A small client for one NetSuite account, over the same gateway as SuiteBridge: paced, retried, signed anew each time.

    from suitebridge.netsuite import Credentials, connect

    with connect(Credentials(account="1234567_SB1", consumer_key=…, consumer_secret=…, token_id=…, token_secret=…)) as account:
        for row in account.query("SELECT id, entityid FROM job WHERE isinactive = ?", "F"):
            print(row["id"], row["entityid"])
        for answer in account.upsert("timeBill", [{"externalId": "t-1", "employee": "7", "tranDate": date(2026, 5, 4), "hours": Decimal("7.5")}]):
            print(answer)

Refuses to know companies, workflows and the store.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from types import TracebackType
from typing import TYPE_CHECKING

from suitebridge.bootstrap import OpenedAccount, open_account
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.doors import Preference
from suitebridge.domain.values import Value
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer

if TYPE_CHECKING:
    from typing import Self

__all__ = ["Account", "Credentials", "Done", "NotSent", "Preference", "Rejected", "Uncertain", "WriteAnswer", "connect"]

_EXTERNAL_ID = "externalId"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Token-based authentication as NetSuite gives it; secrets are not shown in a `repr`."""

    account: str
    consumer_key: str
    consumer_secret: str = field(repr=False)
    token_id: str
    token_secret: str = field(repr=False)


class Account:
    """One account. Calls raise `RetryLaterError` where waiting helps, and `RunStoppedError` where it does not."""

    def __init__(self, opened: OpenedAccount) -> None:
        self._opened = opened

    def query(self, text: str, *parameters: str) -> Iterator[Mapping[str, str]]:
        """Give the rows of a SuiteQL query by lower-case column name; each `?` takes a parameter. Columns that are null are left out.

        Every value is a text. More than 100,000 rows raise: order by id and ask in parts.
        """
        return self._opened.gateway.query(text, parameters)

    def upsert(self, record_type: str, records: Iterable[Mapping[str, Value]]) -> Sequence[WriteAnswer]:
        """Create or update records under their "externalId"; one answer each, in order.

        Fields are named as in SOAP: "tranDate". A reference is an internal id, or an external id with "eid:" before it; lists are tuples of
        lines, which replace those that are there. `None` empties a field, what is absent stays. `Uncertain` means that nobody knows: look the
        record up by `find` before it is sent again.
        """
        return self._opened.gateway.upsert(record_type, [_outgoing(record) for record in records])

    def find(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give the internal ids of those external ids that exist."""
        return self._opened.gateway.find_by_external_ids(record_type, external_ids)

    def show(self, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Give whole records by id with their sublists, each value as a text by its path: "item[1].amount"."""
        return self._opened.gateway.show(record_type, ids)

    def close(self) -> None:
        """Close the connections."""
        self._opened.close()

    def __enter__(self) -> Self:
        """Give the account."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()


def connect(credentials: Credentials, *, prefers: Preference = Preference.SOAP, simulator: str = "") -> Account:
    """Open an account; nothing is sent yet. `simulator` is the address of a simulator on this machine that plays it.

    Raise `AccountIdError` for what is no account id.
    """
    signing = TokenCredentials(
        account=AccountId.parse(credentials.account),
        application_id="",
        consumer_key=credentials.consumer_key,
        consumer_secret=Secret(credentials.consumer_secret),
        token_id=credentials.token_id,
        token_secret=Secret(credentials.token_secret),
    )
    return Account(open_account(signing, prefers=prefers, simulator=simulator))


def _outgoing(record: Mapping[str, Value]) -> OutgoingRecord:
    external_id = record.get(_EXTERNAL_ID)
    if not isinstance(external_id, str) or not external_id:
        raise ValueError(f"A record to be upserted needs its {_EXTERNAL_ID}, a text that is not empty.")
    fields = {name: value for name, value in record.items() if name != _EXTERNAL_ID}
    cleared = tuple(name for name, value in fields.items() if value is None)
    return OutgoingRecord(external_id=external_id, fields=fields, cleared=cleared)
