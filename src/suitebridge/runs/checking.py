"""Proves a connection step by step, with the credentials that a run would use."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import CheckState, CheckStep
from suitebridge.runs.transferring import GatewayOpener


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
    verdict = "failed" if any(step.state is CheckState.FAILED for step in steps) else "passed"
    event = Event(
        name=EventName.CONNECTION_TESTED,
        subject_type="connection",
        subject_id=account,
        subject=account,
        changes=(Change(field="result", before=None, after=verdict),),
    )
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)
    return steps
