"""Imports: one page of NetSuite records at a time, from reading to one settling transaction.

The workspace commits with us, so there is no claim: writes, trail, bindings, outcomes and the checkpoint are one transaction.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from suitebridge.domain.bindings import Binding
from suitebridge.domain.errors import Problem
from suitebridge.domain.flow import matching, planning, settling
from suitebridge.domain.flow.mapping import Answers
from suitebridge.domain.flow.matching import Ambiguous, Candidates, Match, NoMatch
from suitebridge.domain.flow.selecting import Selected, name_record, select
from suitebridge.domain.intents import Create, Intent, Keep, Refuse, Skip, Update
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.records import Record
from suitebridge.domain.values import Fields
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.ports.transactions import NewRecord, RecordChange, Settled, UnitOfWork
from suitebridge.ports.workspace import WorkspaceRecords
from suitebridge.runs import dating
from suitebridge.runs.accompanying import Landed, accompany
from suitebridge.runs.asking import ask_workspace
from suitebridge.runs.discovering import refuse_drift
from suitebridge.runs.noticing import TOMBSTONE, is_kept, is_undecided, undecided
from suitebridge.runs.rehearsing import promised_id, promised_to_import, with_promises
from suitebridge.runs.transfers import BATCH_SIZE, Transfer, refuse_record


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """A selected record and what is wanted for it; `draft` is what the mapping gives it, nothing where it gives none."""

    selected: Selected
    intent: Intent
    draft: Fields = field(default_factory=dict)


def import_page(transfer: Transfer, *, after_id: str) -> str:
    """Carry one page of changed records over; give the id to go on after, or "" after the last page."""
    if not after_id:
        refuse_drift(transfer)
    page = transfer.gateway.fetch(_request(transfer, changed_since=dating.reads_from(transfer), after_id=after_id))
    next_id = "" if page.is_last or not page.records else page.records[-1].id
    _import_records(transfer, page.records, (), next_id=next_id)
    return next_id


def import_open_items(transfer: Transfer) -> bool:
    """Take up by id what earlier runs left open; say whether there may be more."""
    ids = transfer.store.runs.open_items(transfer.workflow.name, not_in_run=transfer.run.id, limit=BATCH_SIZE)
    if ids:
        _import_by_id(transfer, ids)
    return len(ids) == BATCH_SIZE


def import_batch(transfer: Transfer) -> bool:
    """Carry the next batch of a work list over, which only a run has that tries chosen records again; say whether there was one."""
    items = transfer.store.runs.pending(transfer.run.id, transfer.workflow.name, limit=BATCH_SIZE)
    if items:
        _import_by_id(transfer, [item.record_id for item in items])
    return bool(items)


def _import_by_id(transfer: Transfer, ids: Sequence[str]) -> None:
    page = transfer.gateway.fetch(_request(transfer, ids=tuple(ids)))
    seen = {record.id for record in page.records}
    missing = [record_id for record_id in ids if record_id not in seen]
    workflow = transfer.workflow
    known = transfer.store.runs.bindings_by_netsuite(workflow.target_type, workflow.source_type, missing)
    waiting = [one for one in known.values() if is_undecided(one)]
    named = {one.netsuite_id for one in waiting}
    gone = [_gone(transfer, one, known.get(one)) for one in missing if one not in named]
    gone += undecided(transfer, waiting)
    _import_records(transfer, page.records, gone, next_id="")


def _request(
    transfer: Transfer, *, changed_since: str = "", after_id: str = "", ids: tuple[str, ...] = ()
) -> ReadRequest:
    workflow = transfer.workflow
    return ReadRequest(
        record_type=workflow.source_type,
        fields=workflow.source_paths(),
        condition=None if ids else workflow.takes,
        changed_since=changed_since,
        after_id=after_id,
        ids=ids,
        limit=BATCH_SIZE,
    )


def _gone(transfer: Transfer, record_id: str, binding: Binding | None) -> Settled:
    outcome = Outcome(
        kind=OutcomeKind.SKIPPED,
        source_id=record_id,
        title=f"{transfer.source.label} {record_id}",
        reason=TOMBSTONE
        if is_kept(binding)
        else "It no longer exists in NetSuite, or the role may not see it any more.",
    )
    return Settled(source_version="", outcome=outcome)


def _import_records(transfer: Transfer, records: Sequence[Record], extra: Sequence[Settled], *, next_id: str) -> None:
    selected, settled = _select(transfer, records)
    decided = _decide(transfer, selected)
    run_id, workflow = transfer.run.id, transfer.workflow.name
    with transfer.store.transactions.begin() as unit:
        unit.hold_run(run_id, transfer.run.fence)
        unit.hold_account(transfer.run.account_id)
        write = _rehearse if transfer.run.is_dry else _write
        settled += [*extra, *write(transfer, decided, unit)]
        unit.settle(run_id, workflow, settled)
        unit.save_checkpoint(run_id, workflow, after_id=next_id, is_finished=False)


def _select(transfer: Transfer, records: Sequence[Record]) -> tuple[list[Selected], list[Settled]]:
    selected: list[Selected] = []
    settled: list[Settled] = []
    for record in records:
        chosen = select(transfer.workflow, transfer.source, record)
        if isinstance(chosen, Skip):
            title = name_record(transfer.workflow, transfer.source, record)
            outcome = settling.outcome_without_write(record.id, title, chosen)
            settled.append(Settled(source_version=record.version, outcome=outcome))
        else:
            selected.append(chosen)
    return selected, settled


def _decide(transfer: Transfer, selected: Sequence[Selected]) -> list[_Decided]:
    if transfer.refusal is not None:
        return [_Decided(selected=one, intent=refuse_record(transfer.refusal, one.title)) for one in selected]
    candidates = find_candidates(transfer.records, transfer.workflow, selected)
    answers = ask_workspace(transfer.gateway, transfer.records, transfer.mapping, selected)
    if transfer.run.is_dry:
        answers = with_promises(transfer, selected, answers, promised_to_import)
    decided = [_decided(transfer, one, candidates, answers) for one in selected]
    return _one_source_for_each_target(decided)


def _one_source_for_each_target(decided: list[_Decided]) -> list[_Decided]:
    """Two NetSuite records of one page may match one workspace record by name: the first takes it, a person decides about the others."""
    taken: dict[str, str] = {}
    kept: list[_Decided] = []
    for one in decided:
        match one.intent:
            case Update(target_id=target_id) | Keep(target_id=target_id):
                holder = taken.setdefault(target_id, one.selected.record.id)
                if holder != one.selected.record.id:
                    facts = {"record": one.selected.title, "target": target_id, "netsuite_id": holder}
                    problem = Problem(code="SB-CONF-003", facts=facts)
                    intent = Refuse(kind=OutcomeKind.CONFLICTED, problem=problem)
                    kept.append(_Decided(selected=one.selected, intent=intent))
                    continue
            case _:
                pass
        kept.append(one)
    return kept


def find_candidates(records: WorkspaceRecords, workflow: Workflow, selected: Sequence[Selected]) -> Candidates:
    """Find what the workflow's keys could match records to, with what the mapping may change."""
    found_ids = []
    sources = [one.record for one in selected]
    for key in workflow.match_keys:
        values = matching.values_to_find(key, sources)
        found_ids.append(records.find(workflow.target_type, key.target, values, ignores_case=key.ignores_case))
    all_ids = tuple(dict.fromkeys(i for by_value in found_ids for ids in by_value.values() for i in ids))
    paths = dict.fromkeys(row.target for group in workflow.groups for row in group.rows)
    paths[workflow.id_field] = None
    paths.update(dict.fromkeys(pair[1] for key in workflow.match_keys for pair in key.also))
    targets = {record.id: record for record in records.fetch(workflow.target_type, all_ids, tuple(paths))}
    return [
        {value: tuple(targets[i] for i in ids if i in targets) for value, ids in by_value.items()}
        for by_value in found_ids
    ]


def _decided(transfer: Transfer, selected: Selected, candidates: Candidates, answers: Answers) -> _Decided:
    matched = matching.match(transfer.workflow, selected, candidates)
    match matched:
        case Ambiguous(problem=problem):
            return _Decided(selected=selected, intent=Refuse(kind=OutcomeKind.CONFLICTED, problem=problem))
        case Match() | NoMatch():
            draft = transfer.mapping.draft(selected, answers)
            if isinstance(draft, Refuse | Skip):
                return _Decided(selected=selected, intent=draft)
            target = matched.target if isinstance(matched, Match) else None
            intent = planning.plan(draft, target, transfer.mapping.initial_only, transfer.mapping.sync)
            return _Decided(selected=selected, intent=intent, draft=draft.fields)


def _leave_out_refused(
    transfer: Transfer, decided: Sequence[_Decided], new_ids: Mapping[str, str], unit: UnitOfWork
) -> list[_Decided]:
    """Write the other fields of a record of which the workspace would refuse some."""
    wanted: list[NewRecord | RecordChange] = []
    for one in decided:
        if isinstance(one.intent, Create):
            wanted.append(_new(transfer, new_ids[one.selected.record.id], one.intent))
        elif isinstance(one.intent, Update):
            wanted.append(_change(transfer, one.intent))
    refused = unit.refused_fields(wanted, transfer.stamp) if wanted else {}
    if not refused:
        return list(decided)
    kept = []
    for one in decided:
        if isinstance(one.intent, Create | Update):
            own = one.intent.target_id if isinstance(one.intent, Update) else new_ids[one.selected.record.id]
            fields = {part.field: part.problem for part in refused.get(own, ())}
            kept.append(replace(one, intent=planning.leave_out(one.intent, fields)))
        else:
            kept.append(one)
    return kept


def _new(transfer: Transfer, record_id: str, intent: Create) -> NewRecord:
    return NewRecord(type=transfer.workflow.target_type, id=record_id, fields=intent.fields)


def _change(transfer: Transfer, intent: Update) -> RecordChange:
    return RecordChange(
        type=transfer.workflow.target_type,
        id=intent.target_id,
        version=intent.target_version,
        changes=intent.changes,
    )


def _write(transfer: Transfer, wanted: Sequence[_Decided], unit: UnitOfWork) -> list[Settled]:
    fresh = [one.selected.record.id for one in wanted if isinstance(one.intent, Create)]
    new_ids = dict(zip(fresh, unit.reserve_ids(len(fresh)) if fresh else (), strict=True))
    decided = _leave_out_refused(transfer, wanted, new_ids, unit)
    creating = [
        _new(transfer, new_ids[one.selected.record.id], one.intent) for one in decided if isinstance(one.intent, Create)
    ]
    unit.create_records(creating, transfer.stamp)
    updating = [_change(transfer, one.intent) for one in decided if isinstance(one.intent, Update)]
    stale = set(unit.change_records(updating, transfer.stamp))
    settled, bindings, landed = [], [], []
    for one in decided:
        outcome, binding = _settle(transfer, one, new_ids, stale)
        settled.append(Settled(source_version=one.selected.record.version, outcome=outcome))
        if binding is not None:
            bindings.append(binding)
            netsuite_id = one.selected.record.id
            landed.append(Landed(netsuite_id=netsuite_id, workspace_id=binding.workspace_id, fields=one.draft))
    accompany(transfer, landed, unit)
    unit.save_bindings(_changed_bindings(transfer, bindings))
    return settled


def _rehearse(transfer: Transfer, wanted: Sequence[_Decided], unit: UnitOfWork) -> list[Settled]:
    """Settle records with what would have become of them."""
    new_ids = {one.selected.record.id: promised_id(one.selected.record.id) for one in wanted}
    settled = []
    for one in _leave_out_refused(transfer, wanted, new_ids, unit):
        outcome, differences = settling.outcome_of_rehearsal(one.selected, one.intent, None)
        version = one.selected.record.version
        settled.append(Settled(source_version=version, outcome=outcome, differences=differences))
    return settled


def _settle(
    transfer: Transfer, decided: _Decided, new_ids: dict[str, str], stale: set[str]
) -> tuple[Outcome, Binding | None]:
    selected, intent = decided.selected, decided.intent
    match intent:
        case Create():
            target_id = new_ids[selected.record.id]
        case Update(target_id=target_id) if target_id in stale:
            problem = Problem(code="SB-LOCK-001", facts={"record": selected.title})
            return settling.outcome_of_problem(selected, OutcomeKind.FAILED, problem, None), None
        case Update() | Keep():
            target_id = intent.target_id
        case Skip() | Refuse():
            return settling.outcome_without_write(selected.record.id, selected.title, intent), None
    binding = settling.bind_import(transfer.workflow, selected, target_id, transfer.fingerprint)
    if isinstance(intent, Keep):
        return settling.outcome_without_write(selected.record.id, selected.title, intent), binding
    return settling.outcome_of_write(selected, intent, target_id, None), binding


def _changed_bindings(transfer: Transfer, bindings: Sequence[Binding]) -> list[Binding]:
    """Leave out what is bound just so already: records that come again in the overlap cost no write."""
    ids = [binding.workspace_id for binding in bindings]
    known = transfer.store.runs.bindings_by_workspace(transfer.workflow.target_type, transfer.workflow.source_type, ids)
    return [binding for binding in bindings if known.get(binding.workspace_id) != binding]
