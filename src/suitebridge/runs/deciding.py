"""Decides what waits for a person: whose values stand where both sides were edited, what becomes of a record whose counterpart was deleted (F43, F45).

The run that is asked for with a decision carries it out. A decision on values holds for the very ones that clashed; whoever edits either side
afterwards makes another conflict. Nothing is ever deleted on either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from suitebridge.domain.agreements import Side
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Method, WhenDeleted, Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Passage, RecordedOutcome
from suitebridge.runs.unlinking import released, unlink

CLASHED = "SB-CONF-004"
"""What a record is told that was edited on both sides."""

DELETED = "SB-GONE-001"
"""What a record is told whose counterpart was deleted in NetSuite."""

DECIDED_CODES = frozenset({CLASHED, DELETED})
"""What a person decides at the press of a button."""

LABELS = {Side.WORKSPACE: "the workspace's", Side.NETSUITE: "NetSuite's"}
ENDS = {
    WhenDeleted.FLAG: "left as it is, and not written any more",
    WhenDeleted.RECREATE: "created again in NetSuite",
    WhenDeleted.UNLINK: "unlinked",
}

_LOOKED_AT = 20
"""Dry runs may have come after the run that left a record open."""

Records = Mapping[str, tuple[str, ...]]
"""Source ids by workflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decides: one of the two."""

    keeps: Side | None = None
    when_deleted: WhenDeleted | None = None

    @property
    def code(self) -> str:
        """What the records are told that it can be decided for, "" where nothing is decided."""
        if self.keeps is not None:
            return CLASHED
        return DELETED if self.when_deleted is not None else ""


def is_clash(recorded: RecordedOutcome) -> bool:
    """Whether a record waits for somebody to say whose values stand."""
    return code_of(recorded) == CLASHED


def is_deletion(recorded: RecordedOutcome) -> bool:
    """Whether a record waits for somebody to say what becomes of it without its counterpart."""
    return code_of(recorded) == DELETED


def code_of(recorded: RecordedOutcome) -> str:
    """Give the code of what is wrong with a record, "" where nothing is."""
    return recorded.outcome.problem.code if recorded.outcome.problem is not None else ""


def ways_out(workflows: Mapping[str, Workflow], workflow: Workflow) -> tuple[WhenDeleted, ...]:
    """List what can become of a record of a workflow whose counterpart was deleted.

    What no active export makes cannot be created again; what an export tells by its NetSuite ID alone, it would create again when unlinked.
    """
    maker = _maker(workflows, workflow)
    if maker is None:
        return (WhenDeleted.FLAG, WhenDeleted.UNLINK)
    if maker.exported_field:
        return (WhenDeleted.FLAG, WhenDeleted.RECREATE, WhenDeleted.UNLINK)
    return (WhenDeleted.FLAG, WhenDeleted.RECREATE)


def decide(
    store: CompanyStore,
    workflows: Mapping[str, Workflow],
    recorded: Sequence[RecordedOutcome],
    decision: Decision,
    *,
    stamp: Stamp,
) -> Records:
    """Keep the decision about records, and give what a run has to take up to carry it out.

    Raise `RunStoppedError` SB-GONE-002 where a record cannot become what was decided.
    """
    taken: dict[str, tuple[str, ...]] = {}
    by_workflow = groupby(sorted(recorded, key=lambda one: one.workflow), key=lambda one: one.workflow)
    groups = [(workflows[name], list(group)) for name, group in by_workflow if name in workflows]
    if decision.when_deleted is not None:
        _require_possible(workflows, [workflow for workflow, _ in groups], decision.when_deleted)
    for workflow, group in groups:
        ids = tuple(sorted(one.outcome.source_id for one in group))
        taken[workflow.name] = ids
        if decision.keeps is not None:
            _keep(store, workflow, group, decision.keeps, stamp)
        elif decision.when_deleted is not None:
            bindings = _deleted(store, workflow, ids)
            titles = {one.outcome.source_id: one.outcome.title for one in group}
            maker = _maker(workflows, workflow)
            _let_go(store, maker or workflow, bindings, decision.when_deleted, titles, stamp)
            if decision.when_deleted is WhenDeleted.RECREATE and maker is not None:
                again = (*taken.get(maker.name, ()), *(one.workspace_id for one in bindings.values()))
                taken[maker.name] = tuple(dict.fromkeys(again))
    return taken


def waiting_for(
    store: CompanyStore, workflows: Mapping[str, Workflow], record_type: str, record_id: str
) -> Passage | None:
    """Find the open outcome of a workspace record that somebody can decide about, with its run."""
    for workflow in workflows.values():
        is_import = workflow.direction is Direction.IMPORT
        if record_type != (workflow.target_type if is_import else workflow.source_type):
            continue
        source_id = record_id
        if is_import:
            pair = store.runs.bindings_by_workspace(workflow.target_type, workflow.source_type, [record_id])
            source_id = (pair[record_id].netsuite_id or "") if record_id in pair else ""
        if not source_id or not store.runs.still_open(workflow.name, [source_id]):
            continue
        passages = store.runs.history(workflow.name, source_id, limit=_LOOKED_AT)
        newest = next((one for one in passages if not one.is_dry), None)
        if newest is not None and code_of(newest.recorded) in DECIDED_CODES:
            return newest
    return None


def _keep(
    store: CompanyStore, workflow: Workflow, clashes: Iterable[RecordedOutcome], keeps: Side, stamp: Stamp
) -> None:
    titles = {one.outcome.source_id: one.outcome.title for one in clashes}
    with store.transactions.begin() as unit:
        known = store.agreements.of(workflow.name, list(titles))
        unit.save_agreements([replace(one, keeps=keeps) for one in known.values() if one.clash])
        for record_id, title in titles.items():
            change = Change(field="values that stand", before=None, after=LABELS[keeps])
            unit.append_event(_event(EventName.CONFLICT_DECIDED, workflow.source_type, record_id, title, change), stamp)


def _let_go(
    store: CompanyStore,
    workflow: Workflow,
    bindings: Mapping[str, Binding],
    policy: WhenDeleted,
    titles: Mapping[str, str],
    stamp: Stamp,
) -> None:
    """Keep what becomes of pairs, by source id; only what nobody has decided yet is."""
    if not bindings:
        return
    with store.transactions.begin() as unit:
        pairs = list(bindings.values())
        for source_id, one in bindings.items():
            change = Change(field=f"NetSuite record {one.netsuite_id}", before=None, after=ENDS[policy])
            title = titles[source_id]
            unit.append_event(
                _event(EventName.LINK_DECIDED, one.workspace_type, one.workspace_id, title, change), stamp
            )
        if policy is WhenDeleted.FLAG:
            unit.save_bindings([replace(one, state=BindingState.KEPT) for one in pairs])
        else:
            unit.change_records(unlink(store, workflow, pairs, policy), stamp)
            unit.save_bindings([released(one) for one in pairs])


def _deleted(store: CompanyStore, workflow: Workflow, ids: Sequence[str]) -> Mapping[str, Binding]:
    if workflow.direction is Direction.IMPORT:
        found = store.runs.bindings_by_netsuite(workflow.target_type, workflow.source_type, ids)
    else:
        found = store.runs.bindings_by_workspace(workflow.source_type, workflow.target_type, ids)
    return {source_id: one for source_id, one in found.items() if one.state is BindingState.GONE}


def _maker(workflows: Mapping[str, Workflow], workflow: Workflow) -> Workflow | None:
    """Find the active export that makes such records in NetSuite: the workflow itself, or the one the other way."""
    if workflow.direction is Direction.EXPORT and workflow.method is not Method.UPDATE:
        return workflow if workflow.is_active else None
    pair = (workflow.source_type, workflow.target_type)
    own, theirs = pair if workflow.direction is Direction.EXPORT else pair[::-1]
    makers = (
        one
        for one in workflows.values()
        if one.direction is Direction.EXPORT and one.is_active and one.method is not Method.UPDATE
    )
    return next((one for one in makers if (one.source_type, one.target_type) == (own, theirs)), None)


def _require_possible(workflows: Mapping[str, Workflow], chosen: Sequence[Workflow], policy: WhenDeleted) -> None:
    unable = [one.title for one in chosen if policy not in ways_out(workflows, one)]
    if unable:
        facts = {"records": ", ".join(unable), "end": ENDS[policy]}
        raise RunStoppedError(Problem(code="SB-GONE-002", facts=facts))


def _event(name: EventName, record_type: str, record_id: str, title: str, change: Change) -> Event:
    return Event(name=name, subject_type=record_type, subject_id=record_id, subject=title, changes=(change,))
