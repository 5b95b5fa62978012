"""Proves a connection check by check, with the credentials that a run would use.

Who may ask is decided here for every door: typed credentials are tested by administrators only, for whoever tests them learns whether they are
right; the saved ones by everybody who may run the integration, for a run would tell them the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from suitebridge.administration.connecting import ConnectionEntry, EntryProblem, trial_credentials
from suitebridge.administration.permitting import require
from suitebridge.domain.checks import CHECKS, Check
from suitebridge.domain.credentials import SigningCredentials
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.records import Direction, System
from suitebridge.domain.rights import need_of
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.values import as_text
from suitebridge.domain.workflow import MatchKey, Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import CheckState, CheckStep, LinkedRecord, NetSuiteGateway
from suitebridge.runs.transferring import GatewayOpener


class GatewayTrier(Protocol):
    """Opens a gateway for credentials that may not be saved."""

    def __call__(self, credentials: SigningCredentials) -> NetSuiteGateway:
        """Open it."""
        ...


CONNECTION_ID = "netsuite"
"""What the trail calls the company's one connection."""

LINKS_EACH = 5
"""How many linked records of a pair of types a test looks at."""

SURPLUS = "permissions:surplus"
"""The line that warns of a role that may do too much."""

FAILED_CHECKS = "failed_checks"
"""What the trail calls the names of the lines that failed in a test."""


Tell: TypeAlias = Callable[[CheckStep], None]
"""Takes a line of a check when it is done."""


def check_saved(
    store: CompanyStore,
    open_gateway: GatewayOpener,
    workflows: Iterable[Workflow],
    *,
    user: User,
    stamp: Stamp,
    tell: Tell | None = None,
) -> Sequence[CheckStep]:
    """Check the saved connection: whoever may run the integration may ask whether it would work. Raise `RunStoppedError` SB-AUTH-001."""
    require(user, Permission.RUN_INTEGRATION, "test the NetSuite connection")
    return _check(store, open_gateway, workflows, user=user, stamp=stamp, tell=tell)


def _check(  # a check for somebody, of something, with something
    store: CompanyStore,
    open_gateway: GatewayOpener,
    workflows: Iterable[Workflow],
    *,
    user: User,
    stamp: Stamp,
    tell: Tell | None,
) -> Sequence[CheckStep]:
    """Make every check, tell each line when it is done, and note in the trail who tested the connection and with which result."""
    steps: list[CheckStep] = []
    account = "NetSuite"
    try:
        gateway = open_gateway(store)
    except SuiteBridgeError as error:
        found: Iterable[CheckStep] = (_unopened(error.problem),)
    else:
        account = gateway.account.value
        flows = tuple(workflows)
        needs = tuple(need_of(one) for one in flows if one.is_active)
        found = gateway.check(needs, linked_records(store, flows, user))
    for step in found:
        steps.append(step)
        if tell is not None:
            tell(step)
    event = Event(
        name=EventName.CONNECTION_TESTED,
        subject_type="connection",
        subject_id=CONNECTION_ID,
        subject=account,
        changes=tuple(_result(steps)),
    )
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)
    return steps


def linked_records(store: CompanyStore, workflows: Iterable[Workflow], user: User) -> tuple[LinkedRecord, ...]:
    """Choose a few bound records of each pair of types that workflows bind and the user may see, to be looked at in NetSuite."""
    # Imports last: an export that binds the same types has no key that says by which field their names are compared.
    known = sorted(workflows, key=lambda one: _name_key(one) is not None)
    pairs = {_bound_types(workflow): workflow for workflow in known}
    return tuple(one for pair, flow in pairs.items() if user.role.may_view(pair[0]) for one in _linked(store, flow))


def _bound_types(workflow: Workflow) -> tuple[str, str]:
    if workflow.direction is Direction.IMPORT:
        return workflow.target_type, workflow.source_type
    return workflow.source_type, workflow.target_type


def _name_key(workflow: Workflow) -> MatchKey | None:
    return next((key for key in workflow.match_keys if key.target != workflow.id_field), None)


def _linked(store: CompanyStore, workflow: Workflow) -> Iterator[LinkedRecord]:
    workspace_type, netsuite_type = _bound_types(workflow)
    bound = store.runs.linked(workspace_type, netsuite_type, limit=LINKS_EACH)
    schema = schema_of(System.WORKSPACE, workspace_type)
    # Names are compared as matching compares them: a project's name is no number of its own.
    by_name = _name_key(workflow)
    field = by_name.target if by_name is not None else schema.title
    records = store.records.fetch(workspace_type, [one.workspace_id for one in bound], (field,))
    names = {record.id: as_text(value) for record in records if isinstance(value := record.fields.get(field), str)}
    for one in bound:
        name = names.get(one.workspace_id, "")
        yield LinkedRecord(
            record_type=netsuite_type,
            netsuite_id=one.netsuite_id or "",
            title=f"{schema.label} {name or one.workspace_id}",
            name=name,
            named_by=by_name.source if by_name is not None else "",
            external_id=one.external_id,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Tested:
    """What a test of typed credentials came to: the steps, or what is wrong with the entry. `is_saved`: a run would use the same."""

    steps: Sequence[CheckStep] = ()
    problems: tuple[EntryProblem, ...] = ()
    is_saved: bool = False


def try_entry(  # a connection check for somebody, of something, with something
    store: CompanyStore,
    entry: ConnectionEntry,
    try_gateway: GatewayTrier,
    workflows: Iterable[Workflow],
    *,
    user: User,
    stamp: Stamp,
    tell: Tell | None = None,
) -> Tested:
    """Test credentials as they stand in the form, with what a run would take for fields left alone (quality.md U04). Raise `RunStoppedError` SB-AUTH-001."""
    credentials = trial_credentials(store, entry, user=user)
    if isinstance(credentials, tuple):
        return Tested(problems=credentials)
    steps = _check(store, lambda _store: try_gateway(credentials), workflows, user=user, stamp=stamp, tell=tell)
    return Tested(steps=steps, is_saved=_stored(store) == credentials)


def _stored(store: CompanyStore) -> SigningCredentials | None:
    try:
        return store.connections.credentials()
    except SuiteBridgeError:
        return None


def is_signed_in(steps: Sequence[CheckStep]) -> bool:
    """Whether NetSuite has just accepted a signed request: the only ground on which anybody may be told “connected”."""
    return any(step.check is Check.AUTHENTICATION and step.state is CheckState.PASSED for step in steps)


def _unopened(problem: Problem) -> CheckStep:
    check = Check.AUTHENTICATION
    return CheckStep(
        check=check, title=CHECKS[check].title, state=CheckState.FAILED, said=problem.cause, problem=problem
    )


def _result(steps: Sequence[CheckStep]) -> Iterator[Change]:
    failed = [step for step in steps if step.state is CheckState.FAILED]
    yield Change(field="result", before=None, after="failed" if failed else "passed")
    if failed:
        yield Change(field="failed_at", before=None, after="; ".join(step.title for step in failed))
        yield Change(field=FAILED_CHECKS, before=None, after=" ".join(step.name for step in failed))
    if any(step.name == SURPLUS and step.state is CheckState.WARNED for step in steps):
        yield Change(field="surplus", before=None, after="an administrator's role")
