"""What rules ask one account, and who is at work in it: time, rows, numbers, the author of a change.

Refuses to know rules and doors.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime

from netsuite_simulator.clock import Clock
from netsuite_simulator.journal import Journal
from netsuite_simulator.logins import Login
from netsuite_simulator.policies import Policies, choose_policies, policies_of
from netsuite_simulator.results import Grants
from netsuite_simulator.roles import Role
from netsuite_simulator.storage import Storage
from netsuite_simulator.values import Scalar

SYSTEM = "-4"  # the internal id of the author "-System-"


class AccountWorld:
    """The world of one account's rules."""

    def __init__(self, storage: Storage, clock: Clock, journal: Journal) -> None:
        self._storage = storage
        self._clock = clock
        self._journal = journal
        self.author = SYSTEM
        self.role: str | None = None
        self._grants: Grants | None = None
        self.asks_for_custom_fields = True  # whether mandatory custom fields are asked for, reference §4.4

    @property
    def context(self) -> str:
        """The door a change comes through."""
        return self._journal.door

    @contextmanager
    def working_as(self, whoever: Grants | None) -> Iterator[None]:
        """Name the author of what is written inside; nobody known is the account itself."""
        before = self.author, self.role, self._grants
        self._grants = whoever
        match whoever:
            case Login():
                self.author, self.role = whoever.entity or SYSTEM, whoever.role.name
            case Role():
                self.author, self.role = SYSTEM, whoever.name
            case _:
                self.author, self.role = SYSTEM, None
        try:
            yield
        finally:
            self.author, self.role, self._grants = before

    @contextmanager
    def asking(self, *, for_custom_fields: bool) -> Iterator[None]:
        """Ask, or do not, for mandatory custom fields in what is written inside."""
        before, self.asks_for_custom_fields = self.asks_for_custom_fields, for_custom_fields
        try:
            yield
        finally:
            self.asks_for_custom_fields = before

    def now(self) -> datetime:
        """Return the account's time to the second."""
        return self._clock.second()

    def today(self) -> date:
        """Return the account's day in its own zone."""
        return self._clock.today().date()

    def rows(self, sql: str, values: Sequence[Scalar] = ()) -> list[tuple[Scalar, ...]]:
        """Return every row of a query."""
        return self._storage.connection.execute(sql, values).fetchall()

    def execute(self, sql: str, values: Sequence[Scalar] = ()) -> None:
        """Change rows of records that another one touches."""
        self._storage.connection.execute(sql, values)
        self._storage.lookups.did(sql)

    def may(self, permission: str, level: int, *, otherwise: bool = True) -> bool:
        """Say whether whoever writes holds a permission; `otherwise` is the answer where nobody is known."""
        return otherwise if self._grants is None else self._grants.may(permission, level)

    @property
    def policies(self) -> Policies:
        """The account's accounting preferences."""
        return policies_of(self._storage)

    def choose_policies(
        self,
        *,
        awaiting_approval: Collection[str] | None = None,
        allows_overage: bool | None = None,
        mandatory: Collection[str] | None = None,
    ) -> Policies:
        """Set accounting preferences: what awaits approval, whether more may be received, what is mandatory."""
        return choose_policies(
            self._storage, awaiting_approval=awaiting_approval, allows_overage=allows_overage, mandatory=mandatory
        )

    def second_text(self) -> str:
        """Return the account's time as a column keeps it."""
        return self._clock.second_text()

    def row(self, sql: str, values: Sequence[Scalar] = ()) -> tuple[Scalar, ...] | None:
        """Return the first row of a query."""
        return self._storage.lookups.row(sql, tuple(values))

    def next_number(self, family: str) -> int:
        """Return the next number of a sequence."""
        return self._storage.next_number(family)
