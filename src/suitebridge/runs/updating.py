"""Exports that change what NetSuite holds: read, compare three ways, note what is sent, send, settle (quality.md F43).

Only linked records come here. A change sets fields to fixed values and creates nothing, so sending it twice does no harm; what is under way
is noted before it leaves, so that its arrival is never taken for somebody's edit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeAlias

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.flow import settling
from suitebridge.domain.flow.fingerprints import mark_of
from suitebridge.domain.flow.mapping import CompiledMapping, Draft
from suitebridge.domain.flow.merging import Arrived, Clash, Merged, agree, merge
from suitebridge.domain.flow.selecting import Selected, select
from suitebridge.domain.flow.summing import amount_of
from suitebridge.domain.intents import Change, Keep, Refuse, Skip, Update
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import Kind, RecordSchema
from suitebridge.domain.values import Fields, is_blank
from suitebridge.domain.workflow import Method, Workflow
from suitebridge.ports.netsuite import Done, NotSent, ReadRequest, Rejected, Uncertain, WriteAnswer
from suitebridge.ports.netsuite_account import OutgoingChange
from suitebridge.ports.transactions import Settled
from suitebridge.runs.transfers import BATCH_SIZE, Transfer, as_left, look_up

SENDS_PER_BATCH = 2
"""A change that was not answered is looked at and, if NetSuite does not show it, sent once more."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """A change to one NetSuite record, with the agreement that notes it as under way."""

    selected: Selected
    netsuite_id: str
    intent: Update
    agreement: Agreement


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a comparison came to: changes to send, records that are settled without one, and the agreements of all."""

    revisions: tuple[Revision, ...] = ()
    settled: tuple[Settled, ...] = ()
    agreements: tuple[Agreement, ...] = ()


Answered: TypeAlias = Sequence[tuple[Revision, WriteAnswer, bool]]
"""Each change with what became of it, and whether that was looked up."""


def is_update(workflow: Workflow, earlier: Binding | None) -> bool:
    """Whether a record is one that the workflow changes in NetSuite rather than makes there."""
    changes = workflow.method is not Method.CREATE
    return changes and earlier is not None and earlier.state is BindingState.BOUND


def choose(workflow: Workflow, source: RecordSchema, record: Record, earlier: Binding | None) -> Selected | Skip:
    """Say whether an export takes a record, by its filter and by whether it is linked; `source` is the schema of the record."""
    updates = is_update(workflow, earlier)
    if workflow.method is Method.UPDATE and not updates:
        return Skip(reason="It is not linked to a NetSuite record, and this workflow changes only linked ones.")
    return select(workflow, source, record, is_update=updates)


def compare(transfer: Transfer, drafts: Sequence[tuple[Selected, Draft, str]]) -> Compared:
    """Compare linked records three ways with what NetSuite holds now; each comes with its NetSuite id."""
    if not drafts:
        return Compared()
    ids = [one.record.id for one, _, _ in drafts]
    known = transfer.store.agreements.of(transfer.workflow.name, ids)
    present = _present(transfer, [netsuite_id for _, _, netsuite_id in drafts])
    revisions: list[Revision] = []
    settled: list[Settled] = []
    agreements: list[Agreement] = []
    for selected, draft, netsuite_id in drafts:
        target = present.get(netsuite_id)
        if target is None:
            settled.append(_gone(transfer, selected, netsuite_id))
            continue
        asked = Asked(workflow=transfer.workflow, mapping=transfer.mapping, selected=selected)
        merged = compare_one(asked, draft, target, known=known.get(selected.record.id))
        agreements.append(merged.agreement)
        match merged.intent:
            case Update() as intent:
                revisions.append(
                    Revision(selected=selected, netsuite_id=netsuite_id, intent=intent, agreement=merged.agreement)
                )
            case Arrived(change=change):
                settled.append(_arrived(transfer, selected, change))
            case Keep() as kept:
                settled.append(_settled(transfer, selected, kept))
            case Clash(changes=changes):
                settled.append(_clashed(transfer, selected, netsuite_id, changes))
    return Compared(revisions=tuple(revisions), settled=tuple(settled), agreements=tuple(agreements))


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A record that is to be compared, and by what."""

    workflow: Workflow
    mapping: CompiledMapping
    selected: Selected


def compare_one(asked: Asked, draft: Draft, target: Record, *, known: Agreement | None) -> Merged:
    """Compare one linked record three ways; `known` is what both sides held, None before they ever met."""
    record = asked.selected.record
    return merge(
        draft,
        target,
        known or Agreement(workflow=asked.workflow.name, workspace_id=record.id),
        version=record.version,
        initial_only=asked.mapping.initial_only,
        sync=asked.mapping.sync,
        begins_here=asked.workflow.method is Method.UPDATE,
    )


def send(transfer: Transfer, revisions: Sequence[Revision]) -> Answered:
    """Send changes; what was not answered is looked at, and sent once more where NetSuite does not show it."""
    answers: dict[str, tuple[WriteAnswer, bool]] = {}
    waiting = {one.netsuite_id: one for one in revisions}
    for _ in range(SENDS_PER_BATCH):
        if not waiting:
            break
        outgoing = [outgoing_change(transfer.target, one.intent) for one in waiting.values()]
        for answer in transfer.gateway.update(transfer.workflow.target_type, outgoing, is_halted=transfer.is_halted):
            answers[answer.external_id] = (answer, False)
        unanswered = [key for key in waiting if isinstance(answers[key][0], Uncertain)]
        present = look_up(transfer, partial(_present, transfer, unanswered)) if unanswered else {}
        arrived = {key for key in unanswered if key in present and _shows(present[key], waiting[key].intent)}
        answers.update({key: (Done(external_id=key, netsuite_id=key), True) for key in arrived})
        waiting = {key: waiting[key] for key in unanswered if key not in arrived}
        if transfer.is_halted():
            break
    answered = ((one, *answers[one.netsuite_id]) for one in revisions)
    return [(one, as_left(transfer, answer), is_recovered) for one, answer, is_recovered in answered]


def agreed(answered: Answered) -> list[Agreement]:
    """Give the agreements of those changes that NetSuite has taken."""
    return [
        agree(one.agreement, version=one.selected.record.version)
        for one, answer, _ in answered
        if isinstance(answer, Done)
    ]


def outcomes(transfer: Transfer, answered: Answered) -> list[Settled]:
    """Tell what became of changes; what never left stays pending."""
    return [
        _outcome(transfer, one, answer, is_recovered)
        for one, answer, is_recovered in answered
        if not isinstance(answer, NotSent)
    ]


def rehearsed(transfer: Transfer, revisions: Sequence[Revision]) -> list[Settled]:
    """Tell what would become of changes in a dry run."""
    told = []
    for one in revisions:
        amount = amount_of(transfer.workflow, one.selected.record.fields)
        outcome, differences = settling.outcome_of_rehearsal(one.selected, one.intent, amount)
        told.append(Settled(source_version=one.selected.record.version, outcome=outcome, differences=differences))
    return told


def first_agreement(transfer: Transfer, selected: Selected, fields: Fields) -> Agreement | None:
    """Give the agreement of a record that was just made in NetSuite; None where the workflow never changes what it made."""
    if transfer.workflow.method is not Method.CREATE_AND_UPDATE:
        return None
    shown = {name: mark_of(value) for name, value in fields.items()}
    return replace(_unmet(transfer, selected), version=selected.record.version, shown=shown)


def _unmet(transfer: Transfer, selected: Selected) -> Agreement:
    return Agreement(workflow=transfer.workflow.name, workspace_id=selected.record.id)


def _present(transfer: Transfer, ids: Sequence[str]) -> Mapping[str, Record]:
    """Read what NetSuite holds in the fields that the mapping names: by pages where the door of pages knows them all, else one by one."""
    names = tuple(dict.fromkeys(_paths(transfer)))
    plain = [name for name in names if "." not in name and transfer.target.by_name[name].column != ""]
    wanted = tuple(dict.fromkeys(ids))
    if len(plain) < len(names):
        found = transfer.gateway.read_back(transfer.workflow.target_type, wanted, names)
        return {one.id: one for one in found}
    request = ReadRequest(record_type=transfer.workflow.target_type, fields=names, ids=wanted, limit=BATCH_SIZE)
    return {one.id: one for one in transfer.gateway.fetch(request).records}


def _paths(transfer: Transfer) -> list[str]:
    return [
        f"{group.target_list}.{row.target}" if group.target_list else row.target
        for group in transfer.workflow.groups
        for row in group.rows
        if row.is_active
    ]


def outgoing_change(target: RecordSchema, intent: Update) -> OutgoingChange:
    """Write a change as it is sent; `target` is the schema of NetSuite's record type."""
    fields = target.by_name
    # A box is emptied by not being ticked.
    wanted = {
        one.field: False if is_blank(one.after) and fields[one.field].kind is Kind.BOOLEAN else one.after
        for one in intent.changes
    }
    filled = {name: value for name, value in wanted.items() if not is_blank(value)}
    cleared = tuple(name for name in wanted if name not in filled)
    return OutgoingChange(record=intent.target_id, fields=filled, cleared=cleared)


def _shows(target: Record, intent: Update) -> bool:
    return all(mark_of(target.fields.get(one.field)) == mark_of(one.after) for one in intent.changes)


def _outcome(transfer: Transfer, one: Revision, answer: WriteAnswer, is_recovered: bool) -> Settled:
    selected = one.selected
    amount = amount_of(transfer.workflow, selected.record.fields)
    match answer:
        case Done():
            outcome = settling.outcome_of_write(selected, one.intent, one.netsuite_id, amount)
            outcome = replace(outcome, is_recovered=is_recovered)
        case Rejected(problem=problem) | NotSent(problem=problem):
            facts = {"record": selected.title, **problem.facts}
            outcome = settling.outcome_of_problem(selected, OutcomeKind.FAILED, replace(problem, facts=facts), amount)
        case Uncertain(said=said):
            facts = {"record": selected.title, "external_id": f"NetSuite ID {one.netsuite_id}", "said": said}
            problem = Problem(code="NS-UNK-001", facts=facts, effect=Effect.UNKNOWN)
            outcome = settling.outcome_of_problem(selected, OutcomeKind.UNKNOWN, problem, amount)
    # What NetSuite did not take is kept: whoever has to mend it must see what was sent.
    sent = () if isinstance(answer, Done) else one.intent.changes
    return Settled(source_version=selected.record.version, outcome=outcome, differences=sent)


def _settled(transfer: Transfer, selected: Selected, intent: Keep | Refuse) -> Settled:
    amount = amount_of(transfer.workflow, selected.record.fields)
    outcome = settling.outcome_without_write(selected.record.id, selected.title, intent, amount)
    return Settled(source_version=selected.record.version, outcome=outcome)


def _arrived(transfer: Transfer, selected: Selected, change: Update) -> Settled:
    amount = amount_of(transfer.workflow, selected.record.fields)
    outcome = settling.outcome_of_write(selected, change, change.target_id, amount)
    return Settled(source_version=selected.record.version, outcome=replace(outcome, is_recovered=True))


def _clashed(transfer: Transfer, selected: Selected, netsuite_id: str, changes: tuple[Change, ...]) -> Settled:
    problem = clash_of(transfer.target, selected.title, netsuite_id, changes)
    refusal = Refuse(kind=OutcomeKind.CONFLICTED, problem=problem)
    return replace(_settled(transfer, selected, refusal), differences=changes)


def clash_of(target: RecordSchema, title: str, netsuite_id: str, changes: Sequence[Change]) -> Problem:
    """Say that both sides edited a record, and which fields; `target` is the schema of NetSuite's record type."""
    labels = ", ".join(target.by_name[change.field].label for change in changes)
    return Problem(code="SB-CONF-004", facts={"record": title, "fields": labels, "netsuite_id": netsuite_id})


def _gone(transfer: Transfer, selected: Selected, netsuite_id: str) -> Settled:
    refusal = Refuse(kind=OutcomeKind.CONFLICTED, problem=gone_problem(selected.title, netsuite_id))
    return _settled(transfer, selected, refusal)


def gone_problem(title: str, netsuite_id: str) -> Problem:
    """Say that a linked record is not in NetSuite any more."""
    return Problem(code="SB-GONE-001", facts={"record": title, "netsuite_id": netsuite_id, "proposal": ""})
