"""What the use cases need of NetSuite, whatever the door: read what changed, find what is there, write under external ids."""

from __future__ import annotations

import enum
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol, TypeAlias

from suitebridge.domain.checks import CHECKS, Check
from suitebridge.domain.conditions import Condition
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Record
from suitebridge.domain.rights import Need
from suitebridge.domain.values import Fields
from suitebridge.ports.netsuite_account import (
    CurrencyRate,
    Deletion,
    Discovered,
    Limits,
    OutgoingChange,
    SelectValue,
    Total,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadRequest:
    """One page of records of a type, ordered by id, after `after_id`.

    `fields` are names of the record's schema; a dotted one follows a reference ("currency.symbol"). `changed_since` is a change stamp that NetSuite itself gave (`ask_now`); it is ignored for
    types that carry no change date. `ids` restricts the page to these records. `limit` is at most 1,000 (netsuite-api.md §5.11).
    """

    record_type: str
    fields: tuple[str, ...]
    condition: Condition | None = None
    changed_since: str = ""
    ids: tuple[str, ...] = ()
    after_id: str = ""
    limit: int = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Records in order of id; `is_last` when the source has no more."""

    records: tuple[Record, ...]
    is_last: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingRecord:
    """A record to be upserted: header fields and, for list fields, tuples of lines, named as the record's schema names them.

    Blank fields are left as they are in NetSuite; those named in `cleared` are emptied there. A reference is an internal id, or an
    external id with "eid:" before it.
    """

    external_id: str
    fields: Fields
    cleared: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """NetSuite did what was asked; the record has this internal id, "" where a deletion or an attachment was not told it."""

    external_id: str
    netsuite_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """NetSuite looked at the record and refused it; nothing was stored."""

    external_id: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """The record never left, or a limit turned the whole request away before anything was stored: send it again later."""

    external_id: str
    problem: Problem


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """The request left and no answer for this record came back: it may be stored or not."""

    external_id: str
    said: str


WriteAnswer: TypeAlias = Done | Rejected | NotSent | Uncertain


@dataclass(frozen=True, slots=True, kw_only=True)
class Addresses:
    """Where an account's doors are; a simulator plays all of them at one address and has no pages."""

    web_services: str
    restlets: str
    pages: str
    is_simulated: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedRecord:
    """A record that is bound: its id in NetSuite, the external id where we wrote it, and what the workspace calls it, for people and bare.

    `named_by` is the NetSuite field that holds the name, "" for the one that titles the type.
    """

    record_type: str
    netsuite_id: str
    title: str
    name: str
    named_by: str = ""
    external_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLink:
    """A record in words, with the address of its page in NetSuite, "" where it has none."""

    text: str
    url: str


class CheckState(enum.Enum):
    """The verdict of one step of a connection check."""

    PASSED = "passed"
    WARNED = "warned"
    FAILED = "failed"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckStep:
    """One line of a connection check: what was tried, what came of it, and the problem when it failed or warned.

    `part` tells the lines of one check apart: the door, the record type or the workflow that it is about.
    `links` are the records that were looked at.
    """

    check: Check
    title: str
    state: CheckState
    said: str
    part: str = ""
    problem: Problem | None = None
    links: tuple[RecordLink, ...] = ()

    @property
    def name(self) -> str:
        """The name of the line, the same at every door."""
        return f"{self.check.value}:{self.part}" if self.part else self.check.value

    @property
    def guide(self) -> str:
        """The place in the guide that helps."""
        return CHECKS[self.check].guide


class NetSuiteGateway(Protocol):
    """One NetSuite account behind one set of credentials.

    Every call raises `RetryLaterError` where waiting helps (throttled beyond the budget, maintenance, unreachable) and `RunStoppedError` where it
    does not (credentials, permission). `upsert` and `update` raise neither for single records: each gets its own answer.
    """

    @property
    def account(self) -> AccountId:
        """The account this gateway speaks to."""
        ...

    def ask_now(self) -> str:
        """Give NetSuite's present time as a change stamp that `changed_since` understands."""
        ...

    def stamp_of(self, moment: datetime) -> str:
        """Give the change stamp that a moment has in this account; nothing is asked of it."""
        ...

    def fetch(self, request: ReadRequest) -> Page:
        """Read one page."""
        ...

    def find_by_external_ids(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give the internal ids of those external ids that exist, in bulk."""
        ...

    def find(self, record_type: str, field: str, values: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        """Give the internal ids of records whose field equals one of the values, by value."""
        ...

    def show(self, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Give whole records by id with their sublists, each value as a text by its path: "memo", "item[1].amount". Unknown ids are left out."""
        ...

    def read_back(self, record_type: str, ids: Sequence[str], fields: Sequence[str]) -> Sequence[Record]:
        """Give records of a type that can be written, as they are stored: the named fields, those of lines as "itemList.amount".

        Unknown ids are left out; a list comes as a tuple of lines with the named fields that they hold.
        """
        ...

    def deleted(self, record_type: str, since: str) -> Sequence[Deletion] | None:
        """Give the records of a type that were deleted since a change stamp (`ask_now`), by internal id.

        None where NetSuite does not report deletions of this type, or not to this role: then only asking for the records tells.
        """
        ...

    def discover(self, record_type: str, *, max_age_seconds: float = 0.0) -> Discovered:
        """Give the fields that a record type has in this account for this role, as they were read so many seconds ago at most."""
        ...

    def upsert(
        self, record_type: str, records: Sequence[OutgoingRecord], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Write records under their external ids, several requests at a time within the account's limit; one answer each, in order.

        `is_halted` is asked just before each request, from any thread: once it says so, no further one leaves, and what is under way is
        waited for. Records that did not leave are answered with `NotSent` and SB-HALT-001.
        """
        ...

    def spell(self, record_type: str, record: OutgoingRecord | OutgoingChange) -> str:
        """Give the request that `upsert`, or `update`, would send for one record, as text without credentials; nothing leaves.

        Raise `RunStoppedError` with the record's problem where a value cannot go out.
        """
        ...

    def update(
        self, record_type: str, changes: Sequence[OutgoingChange], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        """Change records that exist, each named once; one answer each, in order, under the reference that named it. None is created.

        `is_halted` is heeded as `upsert` does.
        """
        ...

    def check(self, needs: Sequence[Need], linked: Sequence[LinkedRecord] = ()) -> Iterator[CheckStep]:
        """Prove the connection check by check, each line when it is done, all within `MOST_SECONDS`. Never raises for what it finds.

        `linked` are records to be looked at: are they still the same in NetSuite?
        """
        ...

    def reading(self) -> NetSuiteGateway:
        """Give this gateway as one that lets no changing request leave: what asks for one gets an exception (quality.md U25)."""
        ...

    def close(self) -> None:
        """Let no further request leave, whoever holds the gateway: calls then raise `RunStoppedError` NS-AUTH-004."""
        ...

    def record_url(self, record_type: str, netsuite_id: str) -> str:
        """Give the address of a record's page in NetSuite, or "" where it has none."""
        ...


class AccountGateway(NetSuiteGateway, Protocol):
    """A gateway with all that an account offers, for programs that bring their own questions.

    A reference is an internal id, or an external id with "eid:" before it. Answers to changes carry it as their `external_id`.
    """

    def query(self, text: str, parameters: Sequence[str]) -> Iterator[Mapping[str, str]]:
        """Give rows as texts by lower-case column name, each `?` filled by a parameter. Raise `RunStoppedError` rather than leave rows out."""
        ...

    def select_values(self, record_type: str, field: str) -> Sequence[SelectValue]:
        """Give what a select field of a record may hold, by name."""
        ...

    def custom_record_types(self) -> Sequence[str]:
        """Give the script ids of the custom record types, in lower case."""
        ...

    def currency_rates(self, day: date | None = None) -> Sequence[CurrencyRate]:
        """Give exchange rates, of one day or of all that NetSuite keeps."""
        ...

    def server_time(self) -> datetime:
        """Give NetSuite's present time."""
        ...

    def limits(self) -> Limits:
        """Give the limits of concurrency."""
        ...

    def totals(
        self, record_type: str, *, condition: Condition | None = None, amount: str = "", unit: str = ""
    ) -> Sequence[Total]:
        """Count the records that satisfy a condition and add up a field of theirs, by unit (a field path) where one is named."""
        ...

    def delete(self, record_type: str, records: Sequence[str]) -> Sequence[WriteAnswer]:
        """Delete records by their references; one answer each, in order."""
        ...

    def transform(self, source_type: str, source: str, target_type: str, record: OutgoingRecord) -> WriteAnswer:
        """Make a record from another one and store it under an external id; the fields given override what NetSuite fills in."""
        ...

    def attach(self, record_type: str, record: str, attached_type: str, attached: str) -> WriteAnswer:
        """Attach a record (a contact, a file) to another one."""
        ...
