"""A whole store in memory, under the same contract suite as the real one. Values and the chain are shared with it; queries are not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace

from suitebridge.domain.credentials import Secret
from suitebridge.domain.custom_fields import schemas_with
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.owning import refuse_reach
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.reaching import Reach
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Company
from tests.fakes.store_agreements import MemoryAgreements
from tests.fakes.store_attempts import MemoryAttempts
from tests.fakes.store_boxes import guard_boxes
from tests.fakes.store_configurations import MemoryConfigurations
from tests.fakes.store_connections import MemoryConnections
from tests.fakes.store_custom_fields import MemoryCustomFields
from tests.fakes.store_groups import MemoryGroups
from tests.fakes.store_guards import guard
from tests.fakes.store_inbox import MemoryInbox
from tests.fakes.store_keys import MemorySecrets
from tests.fakes.store_mail import MemoryMail
from tests.fakes.store_notices import MemoryNotices
from tests.fakes.store_people import MemoryPeople, MemoryRoles, MemoryTokens, check_new_password
from tests.fakes.store_real_time import MemoryRealTime
from tests.fakes.store_records import MemoryRecords
from tests.fakes.store_request_keys import MemoryRequestKeys
from tests.fakes.store_runs import MemoryRuns
from tests.fakes.store_schedules import MemorySchedules
from tests.fakes.store_sessions import MemoryNotes, MemorySecondFactors, MemorySessions
from tests.fakes.store_state import State
from tests.fakes.store_trail import MemoryTrail
from tests.fakes.store_units import MemoryUnit
from tests.fakes.store_workers import MemoryWorkers


class MemoryStore:
    """The store of one company; each port is the store itself or a small part of it."""

    def __init__(self, company: Company, clock: Clock) -> None:
        self.company = company
        self.clock = clock
        self.address = ""
        self.state = State()
        self.records = MemoryRecords(self)
        self.runs = MemoryRuns(self)
        self.agreements = MemoryAgreements(self)
        self.inbox = MemoryInbox(self)
        self.real_time = MemoryRealTime(self)
        self.people = MemoryPeople(self)
        self.roles = MemoryRoles(self)
        self.connections = MemoryConnections(self)
        self.secrets = MemorySecrets()
        self.trail = MemoryTrail(self)
        self.tokens = MemoryTokens(self)
        self.sessions = MemorySessions(self)
        self.second_factors = MemorySecondFactors(self)
        self.notes = MemoryNotes(self)
        self.request_keys = MemoryRequestKeys()
        self.groups = MemoryGroups(self)
        self.schedules = MemorySchedules(self)
        self.notices = MemoryNotices(self)
        self.configurations = MemoryConfigurations(self)
        self.custom_fields = MemoryCustomFields(self)
        self.mail = MemoryMail(self)
        self.transactions = self
        self._is_open = False

    def schemas(self) -> CompanySchemas:
        return schemas_with(self.custom_fields.load())

    def records_for(self, stamp: Stamp) -> MemoryRecords:
        return MemoryRecords(self, stamp)

    def require(self, stamp: Stamp, reach: Reach) -> None:
        """Let a run do only what its author may."""
        if stamp.door is Door.INTEGRATION:
            problem = refuse_reach(self.people.by_record(stamp.author_id), stamp.author_name, reach)
            if problem is not None:
                raise RunStoppedError(problem)

    @property
    def linked_account(self) -> str:
        """The account id that the company's ids belong to."""
        return self.state.connection.shown.linked_account_id if self.state.connection else ""

    @property
    def account(self) -> str:
        """The account id of the connection."""
        return self.state.connection.shown.account_id if self.state.connection else ""

    @contextmanager
    def begin(self) -> Iterator[MemoryUnit]:
        """Open a unit of work; everything is undone when the block raises."""
        if self._is_open:
            raise RuntimeError("A unit of work is open on this thread already.")
        before, self._is_open = self.state.copied(), True
        people = {user.id: user for user in self.people.users()}
        chosen = self.state.connection.shown.integration_user_id if self.state.connection else ""
        try:
            yield MemoryUnit(self)
            guard(self, people, chosen)
            guard_boxes(self, people)
        except BaseException:
            self.state = before
            raise
        finally:
            self._is_open = False


class MemoryCompanies:
    """All companies."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._stores: dict[str, MemoryStore] = {}
        self._attempts = MemoryAttempts()
        self._workers = MemoryWorkers(clock, self._stores.values)

    @property
    def attempts(self) -> MemoryAttempts:
        return self._attempts

    @property
    def workers(self) -> MemoryWorkers:
        return self._workers

    def all(self) -> Sequence[Company]:
        return [store.company for store in self._stores.values()]

    def add(self, *, company_id: str, name: str, token: str, zone: str) -> Company:
        identity = company_id.strip().casefold()
        if not identity.replace("-", "").replace("_", "").isalnum() or identity in self._stores:
            raise ValueError(f"There is a company {identity} already. Choose another company ID.")
        company = Company(id=identity, name=name, token=token, zone=zone)
        self._stores[identity] = MemoryStore(company, self._clock)
        return company

    def mark_restored(self, *, reason: str) -> None:
        for store in self._stores.values():
            store.company = replace(store.company, restored_below=store.state.next_record)
            event = Event(
                name=EventName.BACKUP_RESTORED, subject_type="company", subject_id=store.company.id, subject=reason
            )
            with store.begin() as unit:
                unit.append_event(event, Stamp(author_id="", author_name="Whoever", door=Door.COMMAND_LINE))
            store.state.next_record += 1_000_000
            store.state.sessions.clear()

    def check_new_password(self, password: Secret) -> None:
        check_new_password(password)

    def store(self, company_id: str, *, address: str = "") -> MemoryStore:
        identity = company_id.strip().casefold()
        if identity not in self._stores:
            raise LookupError(f"There is no company “{company_id}”.")
        store = self._stores[identity]
        store.address = address
        return store
