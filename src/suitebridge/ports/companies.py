"""What the use cases need of companies, the tenants: every store below is scoped to one of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Stamp
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.ports.agreements import Agreements
from suitebridge.ports.attempts import Attempts
from suitebridge.ports.configurations import Configurations
from suitebridge.ports.connections import Connections
from suitebridge.ports.custom_fields import CustomFieldLists
from suitebridge.ports.groups import WorkflowGroups
from suitebridge.ports.inbox import Inbox
from suitebridge.ports.keys import SealedSecrets
from suitebridge.ports.mail import MailSettings
from suitebridge.ports.notes import Notes
from suitebridge.ports.notices import Notices
from suitebridge.ports.people import People, Roles
from suitebridge.ports.real_time import RealTimeSettings
from suitebridge.ports.request_keys import RequestKeys
from suitebridge.ports.runs import RunLog
from suitebridge.ports.schedules import Schedules
from suitebridge.ports.second_factors import SecondFactors
from suitebridge.ports.sessions import Sessions
from suitebridge.ports.tokens import ApiTokens
from suitebridge.ports.trail import Trail
from suitebridge.ports.transactions import Transactions
from suitebridge.ports.workers import Workers
from suitebridge.ports.workspace import WorkspaceRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class Company:
    """A tenant: `id` is what people type to sign in, `token` the eight characters in external ids, fixed for ever; `zone` an IANA name.

    Records with ids below `restored_below` may be in NetSuite without our knowing: a backup was put back since.
    """

    id: str
    name: str
    token: str
    zone: str
    restored_below: int = 0


class CompanyStore(Protocol):
    """Everything stored for one company; the only place where the scope is chosen."""

    @property
    def company(self) -> Company:
        """Whose store this is."""
        ...

    @property
    def records(self) -> WorkspaceRecords:
        """The workspace records."""
        ...

    def records_for(self, stamp: Stamp) -> WorkspaceRecords:
        """Give the workspace records in the name of somebody: what comes through the integration's door sees only what the role of its author lets it.

        Each read then raises `RunStoppedError` SB-OWN-002 where that user is not active, or may not see records of a type that is read or that
        its field paths lead to.
        """
        ...

    @property
    def transactions(self) -> Transactions:
        """Where everything is written."""
        ...

    @property
    def runs(self) -> RunLog:
        """The run log."""
        ...

    @property
    def agreements(self) -> Agreements:
        """What both sides held when an export last made them alike."""
        ...

    @property
    def inbox(self) -> Inbox:
        """Single records that wait to be carried over."""
        ...

    @property
    def real_time(self) -> RealTimeSettings:
        """What is exported when it is saved, and the key of pushes."""
        ...

    @property
    def people(self) -> People:
        """Users."""
        ...

    @property
    def roles(self) -> Roles:
        """Roles."""
        ...

    @property
    def connections(self) -> Connections:
        """The NetSuite connection."""
        ...

    @property
    def secrets(self) -> SealedSecrets:
        """The connection's secrets as they are sealed."""
        ...

    @property
    def trail(self) -> Trail:
        """The audit trail."""
        ...

    @property
    def tokens(self) -> ApiTokens:
        """API tokens."""
        ...

    @property
    def sessions(self) -> Sessions:
        """Signed-in sessions."""
        ...

    @property
    def second_factors(self) -> SecondFactors:
        """Second factors."""
        ...

    @property
    def notes(self) -> Notes:
        """What was noted lately."""
        ...

    @property
    def request_keys(self) -> RequestKeys:
        """The keys of requests to the API."""
        ...

    @property
    def groups(self) -> WorkflowGroups:
        """The workflow groups."""
        ...

    @property
    def schedules(self) -> Schedules:
        """The schedules."""
        ...

    @property
    def notices(self) -> Notices:
        """The notifications."""
        ...

    @property
    def configurations(self) -> Configurations:
        """The configuration of the workflows."""
        ...

    @property
    def custom_fields(self) -> CustomFieldLists:
        """The custom fields of both sides."""
        ...

    def schemas(self) -> CompanySchemas:
        """Give the record types of both sides as they stand now: the field catalog with the company's custom fields."""
        ...

    @property
    def mail(self) -> MailSettings:
        """The mail server of notifications."""
        ...


class Companies(Protocol):
    """All tenants of an installation."""

    @property
    def attempts(self) -> Attempts:
        """Wrong passwords and codes."""
        ...

    @property
    def workers(self) -> Workers:
        """The processes that carry runs out."""
        ...

    def all(self) -> Sequence[Company]:
        """List the companies in order of creation."""
        ...

    def add(self, *, company_id: str, name: str, token: str, zone: str) -> Company:
        """Create a company. Raise `ValueError` if the id is taken."""
        ...

    def mark_restored(self, *, reason: str) -> None:
        """Let every company mind that a backup was put back.

        New ids lie above those that may have been given in the lost time, every session ends, and each trail says why.
        """
        ...

    def check_new_password(self, password: Secret) -> None:
        """Raise `ValueError` with what makes a password too weak to be set."""
        ...

    def store(self, company_id: str, *, address: str = "") -> CompanyStore:
        """Open the store of one company (id case-insensitive). Raise `LookupError` if there is none.

        `address` is from where a visitor asks, "" where that is not known: every trail entry that this store writes carries it (quality.md D03).
        """
        ...
