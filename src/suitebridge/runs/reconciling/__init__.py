"""Reconciles: compares, for one workflow and a period, what both sides hold, and changes nothing on either.

Both sides are streamed page by page in order of id: memory does not grow with the number of records. What is compared is what the
mapping would write today. It knows no record type.
"""

from __future__ import annotations

from collections.abc import Mapping
from zoneinfo import ZoneInfo

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.flow.mapping import compile_mapping
from suitebridge.domain.flow.reconciling import compared_fields
from suitebridge.domain.macros import facts_of
from suitebridge.domain.people import User
from suitebridge.domain.reaching import reach_of
from suitebridge.domain.reconciliations import Period, Reconciliation
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.runs.reconciling.exports import compare_export
from suitebridge.runs.reconciling.imports import compare_import
from suitebridge.runs.reconciling.sides import Sides, Tally, has_period
from suitebridge.runs.starting import may_run


def reconcile(
    store: CompanyStore, gateway: NetSuiteGateway, workflow: Workflow, period: Period, *, user: User, clock: Clock
) -> Reconciliation:
    """Compare both sides of one workflow. Raise `RunStoppedError` SB-AUTH-001 where the user may not see all that is compared."""
    may_run(user)
    _may_see(user, workflow)
    schemas = store.schemas()
    target = schemas.target_of(workflow)
    zone = ZoneInfo(store.company.zone)
    sides = Sides(
        store=store,
        gateway=gateway,
        workflow=workflow,
        source=schemas.source_of(workflow),
        mapping=compile_mapping(workflow, target, facts_of(asked_at=clock.now(), zone=zone)),
        compared=compared_fields(workflow, target),
        period=period,
        zone=zone,
        role=user.role,
    )
    tally = Tally()
    (compare_import if workflow.direction is Direction.IMPORT else compare_export)(sides, tally)
    return tally.result(sides, has_period=has_period(sides))


def workflow_named(workflows: Mapping[str, Workflow], name: str) -> Workflow:
    """Find a workflow. Raise `RunStoppedError` where there is none of this name."""
    if name in workflows:
        return workflows[name]
    facts = {
        "what": "a workflow is not known",
        "said": f"There is no workflow named {name}.",
        "remedy": f"Choose among {', '.join(workflows)}.",
    }
    raise RunStoppedError(Problem(code="SB-RUN-001", facts=facts))


def _may_see(user: User, workflow: Workflow) -> None:
    reach = reach_of(workflow)
    for record_type in (*reach.reads, *reach.writes):
        if not user.role.may_view(record_type):
            facts = {
                "act": f"compare {workflow.title}",
                "role": user.role.name,
                "permission": f"View {record_type.replace('_', ' ')}",
            }
            raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
