"""Proves a connection step by step, with the credentials that a run would use."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import CheckState, CheckStep
from suitebridge.runs.transferring import GatewayOpener

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


def is_signed_in(steps: Sequence[CheckStep]) -> bool:
    """Whether NetSuite has just accepted a signed request: the only ground on which anybody may be told “connected”."""
    return any(step.name == "credentials" and step.state is CheckState.PASSED for step in steps)


def _result(steps: Sequence[CheckStep]) -> Iterator[Change]:
    failed = [step for step in steps if step.state is CheckState.FAILED]
    yield Change(field="result", before=None, after="failed" if failed else "passed")
    if failed:
        yield Change(field="failed_at", before=None, after="; ".join(step.title for step in failed))
