"""What the store in memory holds."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any

from suitebridge.adapters.store.chain import Entry
from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding
from suitebridge.domain.credentials import Secret
from suitebridge.domain.custom_fields import TypeFields
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.mail import MailServer
from suitebridge.domain.notices import Message, Recipient, Stand
from suitebridge.domain.outcomes import Tally
from suitebridge.domain.people import Role
from suitebridge.domain.schedules import Schedule, Tick
from suitebridge.domain.sessions import Session, SignInRules
from suitebridge.domain.values import Value
from suitebridge.ports.configurations import Draft, StoredConfiguration
from suitebridge.ports.inbox import Errand
from suitebridge.ports.real_time import RealTime
from suitebridge.ports.runs import Progress, RecordedOutcome, Run
from suitebridge.ports.tokens import TokenCard

if TYPE_CHECKING:
    from tests.fakes.store_connections import Kept
    from tests.fakes.store_sessions import Factor


@dataclass
class Item:
    """One record of a work list."""

    version: str
    place: int = 0
    recorded: RecordedOutcome | None = None
    is_behind: bool = False


@dataclass
class State:
    """Everything of one company; a unit of work that fails puts a copy back."""

    records: dict[tuple[str, int], tuple[int, dict[str, Value]]] = field(default_factory=dict)
    stamps: dict[tuple[str, int], str] = field(default_factory=dict)
    next_record: int = 1
    trail: list[tuple[Entry, str]] = field(default_factory=list)
    bindings: dict[tuple[str, str, str, str], Binding] = field(default_factory=dict)
    agreements: dict[tuple[str, str, str], Agreement] = field(default_factory=dict)
    watermarks: dict[tuple[str, str], str] = field(default_factory=dict)
    runs: list[Run] = field(default_factory=list)
    progress: dict[tuple[str, str], Progress] = field(default_factory=dict)
    items: dict[tuple[str, str], dict[str, Item]] = field(default_factory=dict)
    open_items: dict[tuple[str, str], dict[str, int]] = field(default_factory=dict)
    people: dict[int, tuple[Role, str | None]] = field(default_factory=dict)
    roles: dict[str, Role] = field(default_factory=dict)
    boxes: dict[str, tuple[datetime | None, str]] = field(default_factory=dict)  # by record id: end of the role, reason
    keeps_duties_apart: bool = False
    signed_in: dict[str, datetime] = field(default_factory=dict)
    invitations: dict[str, tuple[Secret, datetime]] = field(default_factory=dict)
    connection: Kept | None = None
    tokens: dict[Secret, tuple[str, TokenCard]] = field(default_factory=dict)
    rules: SignInRules = field(default_factory=SignInRules)
    sessions: dict[str, tuple[str, Session]] = field(default_factory=dict)
    factors: dict[str, Factor] = field(default_factory=dict)
    notes: dict[str, datetime] = field(default_factory=dict)
    groups: dict[str, WorkflowGroup] = field(default_factory=dict)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    ticks: dict[tuple[str, str, str], Tick] = field(default_factory=dict)
    recipients: dict[str, tuple[Recipient, Secret]] = field(default_factory=dict)
    standings: dict[str, Stand] = field(default_factory=dict)
    messages: dict[str, tuple[Message, datetime]] = field(default_factory=dict)
    places: int = 0
    errands: dict[int, Errand] = field(default_factory=dict)
    next_errand: int = 0
    real_time: RealTime = field(default_factory=RealTime)
    push_key: Secret | None = None
    configurations: dict[int, StoredConfiguration] = field(default_factory=dict)
    drafts: dict[str, Draft] = field(default_factory=dict)
    field_lists: dict[tuple[str, str], TypeFields] = field(default_factory=dict)
    mail_server: MailServer | None = None
    mail_password: Secret | None = None

    def copied(self) -> State:
        """Give a copy that later changes do not touch."""
        return State(**{part.name: _copied(getattr(self, part.name)) for part in fields(self)})


def _copied(value: object) -> Any:
    match value:
        case dict():
            return {key: _copied(part) for key, part in value.items()}
        case list():
            return list(value)
        case Item():
            return replace(value)
        case _:
            return value


def waiting_progress(workflow: str, phase: str) -> Progress:
    """Give the progress of a workflow that has done nothing yet."""
    return Progress(workflow=workflow, phase=phase, after_id="", is_frozen=False, since="", tally=Tally())
