"""Tries records of a run again: one, some, or all of a cause. Pressed twice it is one retry.

It refuses to know how a record is transferred: a retry is a run over a work list that is frozen when it is asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.outcomes import OPEN_KINDS
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import RecordedOutcome, Run
from suitebridge.runs.deciding import Decision, code_of, decide
from suitebridge.runs.reviewing import MOST_OUTCOMES, group_key, open_records, troubled_outcomes
from suitebridge.runs.starting import RunRequest, ask_for_run, may_run


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryRequest:
    """Which records of a run are tried again: all that are open, or those of a workflow, a code, a group of errors, or chosen ones.

    `records` holds pairs of workflow and source id; what is blank or empty narrows nothing down. With a decision, only records are tried
    again that wait for such a one.
    """

    run: Run
    workflow: str = ""
    code: str = ""
    group: str = ""
    records: frozenset[tuple[str, str]] = frozenset()
    confirmed_account: str = ""
    decision: Decision = field(default_factory=Decision)


def ask_for_retry(
    store: CompanyStore,
    workflows: Mapping[str, Workflow],
    request: RetryRequest,
    *,
    user: User,
    door: Door,
    clock: Clock,
    chance: Chance,
) -> Run:
    """Store a queued run over the chosen records that are still open, or give the one that has them in hand already.

    Raise `RunStoppedError` SB-RUN-006 where none of them is open any more, and what `decide` and `ask_for_run` raise.
    """
    may_run(user)
    chosen = _chosen(store, request)
    wanted = open_records(store, request.run, chosen)
    in_hand = {record: run for run in store.runs.unfinished() if run.is_over_chosen for record in _in_hand(store, run)}
    fresh = wanted - in_hand.keys()
    if wanted and not fresh:
        return max((in_hand[record] for record in wanted), key=lambda run: run.number)
    if not fresh:
        raise RunStoppedError(Problem(code="SB-RUN-006", facts={"run": f"run {request.run.number}"}))
    stamp = Stamp(author_id=user.id, author_name=user.name, door=door)
    decided = [one for one in chosen if (one.workflow, one.outcome.source_id) in fresh]
    taken = decide(store, workflows, decided, request.decision, stamp=stamp)
    only = {name: taken[name] for name in workflows if name in taken}
    asked = RunRequest(workflows=tuple(only), confirmed_account=request.confirmed_account, only=only)
    return ask_for_run(store, workflows, asked, user=user, door=door, clock=clock, chance=chance)


def _chosen(store: CompanyStore, request: RetryRequest) -> list[RecordedOutcome]:
    return [
        one
        for one in troubled_outcomes(store, request.run, workflow=request.workflow)
        if one.outcome.kind in OPEN_KINDS
        and request.code in {"", code_of(one)}
        and request.decision.code in {"", code_of(one)}
        and request.group in {"", group_key(one)}
        and (not request.records or (one.workflow, one.outcome.source_id) in request.records)
    ]


def _in_hand(store: CompanyStore, run: Run) -> frozenset[tuple[str, str]]:
    return frozenset(
        (name, item.record_id)
        for name in run.workflows
        for item in store.runs.pending(run.id, name, limit=MOST_OUTCOMES)
    )
