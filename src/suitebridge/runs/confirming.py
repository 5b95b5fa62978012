"""Asks for the account ID before a workflow writes to a production account for the first time (quality.md U05).

A sandbox and a production account differ by a few letters only; what is written to production stays in the books. The trail remembers who
confirmed which workflow for which account.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from suitebridge.domain.credentials import AccountId, AccountIdError, Environment
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.trail import TrailFilter

SUBJECT = "production_write"
_MOST_CONFIRMED = 1_000


def first_writes(store: CompanyStore, account: str, workflows: Iterable[Workflow]) -> tuple[Workflow, ...]:
    """Find the exports that nobody has confirmed yet for a production account."""
    exports = [workflow for workflow in workflows if workflow.direction is Direction.EXPORT]
    if not exports or not _is_production(account):
        return ()
    entries = store.trail.newest(limit=_MOST_CONFIRMED, among=TrailFilter(record_type=SUBJECT))
    confirmed = {entry.record_id for entry in entries}
    return tuple(workflow for workflow in exports if _key(account, workflow) not in confirmed)


def require_confirmed(account: str, workflows: Sequence[Workflow], typed: str) -> None:
    """Raise `RunStoppedError` SB-RUN-004 unless the account ID was typed where it has to be."""
    if workflows and typed.strip() != account:
        facts = {"account": account, "workflows": ", ".join(workflow.title for workflow in workflows)}
        raise RunStoppedError(Problem(code="SB-RUN-004", facts=facts))


def confirmations(account: str, workflows: Iterable[Workflow]) -> Iterator[Event]:
    """Write down what was confirmed."""
    for workflow in workflows:
        yield Event(
            name=EventName.PRODUCTION_CONFIRMED,
            subject_type=SUBJECT,
            subject_id=_key(account, workflow),
            subject=f"{workflow.title} to account {account}",
        )


def _is_production(account: str) -> bool:
    try:
        return AccountId.parse(account).environment is Environment.PRODUCTION
    except AccountIdError:
        return False


def _key(account: str, workflow: Workflow) -> str:
    return f"{account}:{workflow.name}"
