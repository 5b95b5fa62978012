"""Exports: freeze the work list, then batch by batch claim, send, classify and settle (design §3, K1 to K5).

No byte of a write leaves before its claim is committed; an answer that did not come is looked up by external id, never guessed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.conditions import Condition, Not
from suitebridge.domain.errors import Effect, Problem, RetryLaterError
from suitebridge.domain.flow import claiming, planning, settling
from suitebridge.domain.flow.claiming import Claim, Found, Taken
from suitebridge.domain.flow.mapping import Answers, Draft
from suitebridge.domain.flow.selecting import Selected, name_record
from suitebridge.domain.flow.summing import amount_of, check_sum
from suitebridge.domain.intents import Change, Create, Refuse, Skip
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.overrides import both
from suitebridge.domain.records import Record
from suitebridge.domain.values import Value
from suitebridge.domain.workflow import Method
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.ports.runs import WorkItem
from suitebridge.ports.transactions import RecordChange, Settled
from suitebridge.runs import updating
from suitebridge.runs.asking import ask_netsuite
from suitebridge.runs.dating import considered
from suitebridge.runs.discovering import refuse_drift
from suitebridge.runs.noticing import TOMBSTONE, is_kept, is_undecided, undecided
from suitebridge.runs.reading_back import ReadBack, problem_of, pull_again, read_back
from suitebridge.runs.rehearsing import promised_to_export, with_promises
from suitebridge.runs.transfers import BATCH_SIZE, Transfer, as_left, look_up, refuse_record
from suitebridge.runs.updating import Answered, Compared

SENDS_PER_BATCH = 2
"""An unanswered record is looked up and, if NetSuite does not have it, sent once more under the same external id."""


def freeze_work_list(transfer: Transfer) -> int:
    """Store which records this run considers, once; give their number."""
    refuse_drift(transfer)
    # What an earlier run left open is looked at again even if it no longer qualifies, so that its item can close.
    return transfer.store.runs.freeze(transfer.run.id, transfer.workflow.name, _work_list(transfer), takes_up_open=True)


def _work_list(transfer: Transfer) -> Iterator[tuple[str, str]]:
    workflow, store = transfer.workflow, transfer.store
    # What the owner may not see is listed by its ids alone, so that each of these records ends refused and none is forgotten.
    records = transfer.records if transfer.refusal is None else store.records
    reads = considered(transfer)
    after_id = ""
    while workflow.method is not Method.UPDATE and (
        page := records.select(workflow.source_type, reads, after_id=after_id, limit=BATCH_SIZE)
    ):
        yield from page
        after_id = page[-1][0]
    yield from _moved_on(transfer, besides=reads if workflow.method is Method.CREATE_AND_UPDATE else None)


def _moved_on(transfer: Transfer, *, besides: Condition | None) -> Iterator[tuple[str, str]]:
    """List linked records that were edited since both sides were alike, `besides` those listed already; none where nothing is changed."""
    workflow = transfer.workflow
    pair, after_id = (workflow.source_type, workflow.target_type), ""
    wanted = workflow.updates if besides is None else both(workflow.updates, Not(condition=besides))
    while workflow.method is not Method.CREATE and (
        page := transfer.store.agreements.moved_on(workflow.name, pair, wanted, after_id=after_id, limit=BATCH_SIZE)
    ):
        yield from page
        after_id = page[-1][0]


def export_batch(transfer: Transfer) -> bool:
    """Carry the next batch of the work list over; say whether there was one."""
    items = transfer.store.runs.pending(transfer.run.id, transfer.workflow.name, limit=BATCH_SIZE)
    if not items:
        return False
    prepared = _prepare(transfer, items)
    sending, found, taken = _look_up(transfer, prepared.claims, prepared.earlier)
    compared = updating.compare(transfer, prepared.drafts)
    settled = [*prepared.settled, *(_taken(transfer, one) for one in taken), *compared.settled]
    if transfer.run.is_dry:
        settled += updating.rehearsed(transfer, compared.revisions)
        _commit_rehearsal(transfer, sending, found, settled)
        return True
    _commit_claims(transfer, sending, compared, settled)
    answers = _send(transfer, sending)
    changed = updating.send(transfer, compared.revisions)
    _commit_answers(
        transfer,
        [
            *((one.claim, Done(external_id=one.claim.external_id, netsuite_id=one.netsuite_id), True) for one in found),
            *answers,
        ],
        changed,
    )
    _stop_if_turned_away([answer for _, answer, _ in (*answers, *changed)])
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class _Prepared:
    """A batch before anything is sent: what is settled already, what is to be made in NetSuite, and what is to be compared with it."""

    settled: Sequence[Settled]
    claims: Sequence[Claim]
    drafts: Sequence[tuple[Selected, Draft, str]]
    earlier: Mapping[str, Binding]


def _prepare(transfer: Transfer, items: Sequence[WorkItem]) -> _Prepared:
    workflow = transfer.workflow
    ids = [item.record_id for item in items]
    earlier = transfer.store.runs.bindings_by_workspace(workflow.source_type, workflow.target_type, ids)
    if transfer.refusal is not None:
        refused = [_refused(transfer, transfer.refusal, one, earlier.get(one)) for one in ids]
        return _Prepared(settled=refused, claims=(), drafts=(), earlier=earlier)
    records = {r.id: r for r in transfer.records.fetch(workflow.source_type, ids, workflow.source_paths())}
    settled = [_deleted(transfer, record_id) for record_id in ids if record_id not in records]
    settled += undecided(
        transfer, [one for one in earlier.values() if is_undecided(one) and one.workspace_id in records]
    )
    selected: list[Selected] = []
    for record in records.values():
        if is_undecided(earlier.get(record.id)):
            continue
        chosen = _select(transfer, record, earlier.get(record.id))
        if isinstance(chosen, Skip):
            settled.append(_without_write(transfer, record, chosen))
        else:
            selected.append(chosen)
    answers = ask_netsuite(transfer.gateway, transfer.records, transfer.mapping, selected)
    if transfer.run.is_dry:
        answers = with_promises(transfer, selected, answers, promised_to_export)
    claims: list[Claim] = []
    drafts: list[tuple[Selected, Draft, str]] = []
    for one in selected:
        draft, before = _draft(transfer, one, answers), earlier.get(one.record.id)
        if isinstance(draft, Refuse | Skip):
            settled.append(_without_write(transfer, one.record, draft))
        elif before is not None and updating.is_update(transfer.workflow, before):
            drafts.append((one, draft, before.netsuite_id or ""))
        else:
            claims.append(_claim(transfer, one, planning.create(draft), before))
    return _Prepared(settled=settled, claims=claims, drafts=drafts, earlier=earlier)


def _select(transfer: Transfer, record: Record, earlier: Binding | None) -> Selected | Skip:
    if is_kept(earlier):
        return Skip(reason=TOMBSTONE)
    return updating.choose(transfer.workflow, transfer.source, record, earlier)


def _draft(transfer: Transfer, selected: Selected, answers: Answers) -> Draft | Refuse | Skip:
    draft = transfer.mapping.draft(selected, answers)
    if isinstance(draft, Refuse | Skip):
        return draft
    problem = check_sum(transfer.workflow, selected, draft)
    return draft if problem is None else Refuse(kind=OutcomeKind.FAILED, problem=problem)


def _claim(transfer: Transfer, selected: Selected, intent: Create, earlier: Binding | None) -> Claim:
    return claiming.make_claim(
        transfer.workflow,
        selected,
        intent,
        company_token=transfer.store.company.token,
        fingerprint=transfer.fingerprint,
        earlier=earlier,
    )


def _look_up(
    transfer: Transfer, claims: Sequence[Claim], earlier: Mapping[str, Binding]
) -> tuple[list[Claim], list[Found], list[Taken]]:
    """Ask for all external ids before anything is sent: a hit without our claim is somebody else's record."""
    if not claims:
        return [], [], []
    known = transfer.gateway.find_by_external_ids(
        transfer.workflow.target_type, [claim.external_id for claim in claims]
    )
    sending: list[Claim] = []
    found: list[Found] = []
    taken: list[Taken] = []
    for claim in claims:
        before = earlier.get(claim.selected.record.id)
        match claiming.decide_claim(
            claim,
            earlier=before,
            netsuite_id=known.get(claim.external_id),
            restored_below=transfer.store.company.restored_below,
        ):
            case Claim() as free:
                sending.append(free)
            case Found() as arrived:
                found.append(arrived)
            case Taken() as foreign:
                taken.append(foreign)
    return sending, found, taken


def _commit_claims(
    transfer: Transfer, sending: Sequence[Claim], compared: Compared, settled: Sequence[Settled]
) -> None:
    """K1: what may leave is on disk before it leaves (I4), together with everything that is settled already."""
    with transfer.store.transactions.begin() as unit:
        unit.hold_run(transfer.run.id, transfer.run.fence)
        unit.hold_account(transfer.run.account_id)
        unit.save_bindings([claim.binding for claim in sending])
        unit.save_agreements(compared.agreements)
        unit.settle(transfer.run.id, transfer.workflow.name, settled)


def _commit_rehearsal(
    transfer: Transfer, sending: Sequence[Claim], found: Sequence[Found], settled: Sequence[Settled]
) -> None:
    """Settle a batch of a dry run with what would have become of it: nothing is claimed, so nothing can leave."""
    rehearsed = []
    for claim in sending:
        selected, amount = claim.selected, amount_of(transfer.workflow, claim.selected.record.fields)
        outcome, differences = settling.outcome_of_rehearsal(selected, Create(fields=claim.fields), amount)
        rehearsed.append(Settled(source_version=selected.record.version, outcome=outcome, differences=differences))
    arrived = [Done(external_id=one.claim.external_id, netsuite_id=one.netsuite_id) for one in found]
    rehearsed += [
        _answer_outcome(transfer, one.claim, done, is_recovered=True) for one, done in zip(found, arrived, strict=True)
    ]
    with transfer.store.transactions.begin() as unit:
        unit.hold_run(transfer.run.id, transfer.run.fence)
        unit.settle(transfer.run.id, transfer.workflow.name, [*settled, *rehearsed])


def _send(transfer: Transfer, claims: Sequence[Claim]) -> list[tuple[Claim, WriteAnswer, bool]]:
    """K2 and K3: send, classify each answer by its key, look up what was not answered; say for each whether it was recovered."""
    if not claims:
        return []
    record_type = transfer.workflow.target_type
    answers: dict[str, tuple[WriteAnswer, bool]] = {}
    waiting = {claim.external_id: claim for claim in claims}
    for _ in range(SENDS_PER_BATCH):
        outgoing = [OutgoingRecord(external_id=key, fields=claim.fields) for key, claim in waiting.items()]
        for answer in transfer.gateway.upsert(record_type, outgoing, is_halted=transfer.is_halted):
            answers[answer.external_id] = (answer, False)
        unanswered = [key for key in waiting if not isinstance(answers[key][0], Done | Rejected | NotSent)]
        if not unanswered:
            break
        arrived = look_up(transfer, partial(transfer.gateway.find_by_external_ids, record_type, unanswered))
        for key, netsuite_id in arrived.items():
            answers[key] = (Done(external_id=key, netsuite_id=netsuite_id), True)
        waiting = {key: waiting[key] for key in unanswered if key not in arrived}
        if not waiting or transfer.is_halted():
            break
    answered = ((claim, *answers[claim.external_id]) for claim in claims)
    return [(claim, as_left(transfer, answer), is_recovered) for claim, answer, is_recovered in answered]


def _commit_answers(transfer: Transfer, answered: Sequence[tuple[Claim, WriteAnswer, bool]], changed: Answered) -> None:
    """K4: stamps, trail, bindings, agreements and outcomes in one transaction. What never left stays pending."""
    done = [(claim, answer) for claim, answer, _ in answered if isinstance(answer, Done)]
    told = read_back(transfer, [(claim, answer.netsuite_id) for claim, answer in done])
    again = [(one.selected, one.netsuite_id) for one, answer, _ in changed if isinstance(answer, Done)]
    pulled = [change for one in told.values() for change in one.changes] + pull_again(transfer, again)
    with transfer.store.transactions.begin() as unit:
        unit.hold_run(transfer.run.id, transfer.run.fence)
        unit.hold_account(transfer.run.account_id)
        unit.change_records([*(_stamp_record(transfer, *one) for one in done), *pulled], transfer.stamp)
        unit.save_bindings([_bound(claim, answer) for claim, answer in done])
        unit.save_agreements([*updating.agreed(changed), *_first_agreements(transfer, done)])
        unit.settle(
            transfer.run.id,
            transfer.workflow.name,
            [
                _answer_outcome(transfer, *one, told=told.get(one[0].external_id, ReadBack()))
                for one in answered
                if not isinstance(one[1], NotSent)
            ]
            + updating.outcomes(transfer, changed),
        )


def _first_agreements(transfer: Transfer, done: Sequence[tuple[Claim, Done]]) -> list[Agreement]:
    made = (updating.first_agreement(transfer, claim.selected, claim.fields) for claim, _ in done)
    return [one for one in made if one is not None]


def _stamp_record(transfer: Transfer, claim: Claim, answer: Done) -> RecordChange:
    """Write back what NetSuite gave, and when: the record shows where it went and is not selected again."""
    workflow, record = transfer.workflow, claim.selected.record
    pulled: dict[str, Value] = {back.target: answer.netsuite_id for back in workflow.pull_backs if back.is_id}
    if workflow.exported_field:
        pulled[workflow.exported_field] = transfer.clock.now()
    changes = tuple(Change(field=name, before=record.fields.get(name), after=value) for name, value in pulled.items())
    return RecordChange(type=workflow.source_type, id=record.id, version="", changes=changes)


def _bound(claim: Claim, answer: Done) -> Binding:
    return replace(claim.binding, netsuite_id=answer.netsuite_id, state=BindingState.BOUND)


def _answer_outcome(
    transfer: Transfer, claim: Claim, answer: WriteAnswer, is_recovered: bool, *, told: ReadBack | None = None
) -> Settled:
    """Tell what became of a record; `told` is what reading it back said."""
    selected = claim.selected
    amount = amount_of(transfer.workflow, selected.record.fields)
    match answer:
        case Done(netsuite_id=netsuite_id):
            back = told or ReadBack()
            waiting = [one.target for one in transfer.workflow.pull_backs if not one.is_id]
            refusal = problem_of(selected.title, back, waiting)
            intent = Create(fields=claim.fields, refused_fields=back.different, refusal=refusal)
            outcome = settling.outcome_of_write(selected, intent, netsuite_id, amount)
            outcome = replace(outcome, is_recovered=True) if is_recovered else outcome
        case Rejected(problem=problem) | NotSent(problem=problem):
            facts = {"record": selected.title, **problem.facts}
            outcome = settling.outcome_of_problem(selected, OutcomeKind.FAILED, replace(problem, facts=facts), amount)
        case Uncertain(said=said):
            facts = {"record": selected.title, "external_id": claim.external_id, "said": said}
            problem = Problem(code="NS-UNK-001", facts=facts, effect=Effect.UNKNOWN)
            outcome = settling.outcome_of_problem(selected, OutcomeKind.UNKNOWN, problem, amount)
    # What NetSuite did not take is kept: whoever has to mend it must see what was sent.
    sent = () if isinstance(answer, Done) else settling.filled_in(claim.fields)
    return Settled(source_version=selected.record.version, outcome=outcome, differences=sent)


def _stop_if_turned_away(answers: Sequence[WriteAnswer]) -> None:
    """Stop the run where records never left: they stay on the work list, and a later run goes on with them."""
    for answer in answers:
        if isinstance(answer, NotSent):
            raise RetryLaterError(answer.problem)


def _without_write(transfer: Transfer, record: Record, intent: Skip | Refuse) -> Settled:
    title = name_record(transfer.workflow, transfer.source, record)
    amount = amount_of(transfer.workflow, record.fields)
    return Settled(
        source_version=record.version, outcome=settling.outcome_without_write(record.id, title, intent, amount)
    )


def _taken(transfer: Transfer, taken: Taken) -> Settled:
    refusal = Refuse(kind=OutcomeKind.CONFLICTED, problem=taken.problem)
    return _without_write(transfer, taken.selected.record, refusal)


def _refused(transfer: Transfer, refusal: Problem, record_id: str, earlier: Binding | None) -> Settled:
    """Refuse a record unread; what was sent for it earlier and not answered is looked up by the run that may."""
    is_claimed = earlier is not None and earlier.state is BindingState.CLAIMED
    title = f"{transfer.source.label} {record_id}"
    refuse = refuse_record(refusal, title, Effect.UNKNOWN if is_claimed else Effect.NOTHING_WRITTEN)
    return Settled(source_version="", outcome=settling.outcome_without_write(record_id, title, refuse))


def _deleted(transfer: Transfer, record_id: str) -> Settled:
    outcome = Outcome(
        kind=OutcomeKind.SKIPPED,
        source_id=record_id,
        title=f"{transfer.source.label} {record_id}",
        reason="It was deleted in the workspace after the run began.",
    )
    return Settled(source_version="", outcome=outcome)
