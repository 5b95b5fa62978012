"""Proves a connection step by step, with the credentials that a run would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from suitebridge.administration.connecting import ConnectionEntry, EntryProblem, trial_credentials
from suitebridge.domain.credentials import TokenCredentials
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import CheckState, CheckStep, NetSuiteGateway
from suitebridge.runs.transferring import GatewayOpener


class GatewayTrier(Protocol):
    """Opens a gateway for credentials that may not be saved."""

    def __call__(self, credentials: TokenCredentials) -> NetSuiteGateway:
        """Open it."""
        ...


CONNECTION_ID = "netsuite"
"""What the trail calls the company's one connection."""


def check_connection(
    store: CompanyStore, open_gateway: GatewayOpener, workflows: Iterable[Workflow], stamp: Stamp
) -> Sequence[CheckStep]:
    """Run every check and note in the trail who tested the connection and with which result."""
    try:
        gateway = open_gateway(store)
    except SuiteBridgeError as error:
        steps: Sequence[CheckStep] = [
            CheckStep(
                name="credentials",
                title="Credentials are complete",
                state=CheckState.FAILED,
                said=error.problem.cause,
                problem=error.problem,
            )
        ]
        account = "NetSuite"
    else:
        account = gateway.account.value
        types = (flow.source_type if flow.direction is Direction.IMPORT else flow.target_type for flow in workflows)
        steps = gateway.check(tuple(dict.fromkeys(types)))
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
) -> Tested:
    """Test credentials as they stand in the form, with what a run would take for fields left alone (quality.md U04). Raise `RunStoppedError` SB-AUTH-001."""
    credentials = trial_credentials(store, entry, user=user)
    if not isinstance(credentials, TokenCredentials):
        return Tested(problems=credentials)
    steps = check_connection(store, lambda _store: try_gateway(credentials), workflows, stamp)
    return Tested(steps=steps, is_saved=_stored(store) == credentials)


def _stored(store: CompanyStore) -> TokenCredentials | None:
    try:
        return store.connections.credentials()
    except SuiteBridgeError:
        return None


def is_signed_in(steps: Sequence[CheckStep]) -> bool:
    """Whether NetSuite has just accepted a signed request: the only ground on which anybody may be told “connected”."""
    return any(step.name == "credentials" and step.state is CheckState.PASSED for step in steps)


def _result(steps: Sequence[CheckStep]) -> Iterator[Change]:
    failed = [step for step in steps if step.state is CheckState.FAILED]
    yield Change(field="result", before=None, after="failed" if failed else "passed")
    if failed:
        yield Change(field="failed_at", before=None, after="; ".join(step.title for step in failed))
