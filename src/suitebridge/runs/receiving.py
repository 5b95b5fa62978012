"""Single records: what is asked for becomes an errand in the account's inbox, and a run takes waiting errands (design §4).

It refuses to know how a record is transferred: a run over errands is a run over a work list that is frozen when it is added. Whatever the
errand was told about the record, the run reads it anew, so that a late or repeated errand can do no harm.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from suitebridge.domain.errors import Problem, RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.owning import Automatic, Manual
from suitebridge.domain.people import Door, Stamp, User
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import Errand, ErrandsTakenError, NewErrand, Origin
from suitebridge.ports.runs import NewRun, RecordedOutcome, Run, Told
from suitebridge.runs.confirming import confirmations
from suitebridge.runs.starting import agree_terms, may_run

MOST_TAKEN = 1000
"""Errands that one run takes while no other is at work: a batch."""

_STARTED_BY_ITSELF = "real-time"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRequest:
    """Which workspace record somebody wants carried over: out to NetSuite, or in from its counterpart there.

    Without a direction it is the one that the record's type has a workflow for; out, where it has both.
    """

    record_type: str
    record_id: str
    direction: Direction | None = None
    confirmed_account: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandReport:
    """An errand with the run that took it and what became of the record in each workflow; `problem` is why no run could."""

    errand: Errand
    run: Run | None
    outcomes: tuple[RecordedOutcome, ...]
    problem: Problem | None


def ways_of(workflows: Mapping[str, Workflow], record_type: str) -> tuple[Direction, ...]:
    """Name the directions in which records of a workspace type can be carried over one by one, out first."""
    ways = (Direction.EXPORT, Direction.IMPORT)
    return tuple(way for way in ways if any(_workspace_type(one) == record_type for one in _of(workflows, way)))


def ask_for_record(
    store: CompanyStore,
    workflows: Mapping[str, Workflow],
    request: RecordRequest,
    *,
    user: User,
    door: Door,
    clock: Clock,
) -> Errand:
    """Put one record into the inbox. Raise `RecordRefusedError` SB-REC-001 where there is no way for it, and what keeps a run from starting."""
    may_run(user)
    if not user.role.may_view(request.record_type):
        raise _no_way(request, "carried over", "Your role does not show records of this type.", "Ask an administrator.")
    direction = _direction(workflows, request)
    chosen = [one for one in _of(workflows, direction) if _workspace_type(one) == request.record_type]
    terms = agree_terms(store, chosen, Manual(starter=user), confirmed_account=request.confirmed_account)
    source_id = _source_id(store, chosen[0], request)
    errand = NewErrand(
        account_id=terms.account_id,
        direction=direction,
        record_type=chosen[0].source_type,
        record_id=source_id,
        origin=Origin.PERSON,
        asked_at=clock.now(),
        asked_by_id=user.id,
        asked_by_name=user.name,
    )
    verb = "export" if direction is Direction.EXPORT else "import"
    label = WORKSPACE_TYPES[request.record_type].label.lower()
    subject = f"the {verb} of {label} {request.record_id}"
    asked = Event(
        name=EventName.RECORD_ASKED,
        subject_type=request.record_type,
        subject_id=request.record_id,
        subject=subject,
    )
    stamp = Stamp(author_id=user.id, author_name=user.name, door=door)
    with store.transactions.begin() as unit:
        for confirmed in confirmations(terms.account_id, terms.new_writes):
            unit.append_event(confirmed, stamp)
        unit.append_event(asked, stamp)
        (errand_id,) = unit.add_errands([errand])
    return store.inbox.get(errand_id) or Errand(id=errand_id, asked=errand)


def take_errands(
    store: CompanyStore, workflows: Mapping[str, Workflow], *, clock: Clock, chance: Chance, limit: int
) -> Run | None:
    """Store a queued run over the errands that have waited longest, all of one author; None where none waits.

    Errands that cannot be carried over are closed with the reason; who was faster keeps what it took.
    """
    while waiting := store.inbox.waiting(limit=limit):
        first = waiting[0].asked
        alike = [
            one for one in waiting if _author(one.asked) == _author(first) and one.asked.account_id == first.account_id
        ]
        try:
            return _begin(store, workflows, alike, clock=clock, chance=chance)
        except ErrandsTakenError:
            return None
        except (RunStoppedError, RecordRefusedError) as error:
            store.inbox.refuse([one.id for one in alike], error.problem)
    return None


def take_at_rest(store: CompanyStore, workflows: Mapping[str, Workflow], *, clock: Clock, chance: Chance) -> Run | None:
    """Store a run over waiting errands where no other run is at work, which would take them between two batches."""
    if not store.inbox.waiting(limit=1) or any(not run.rests for run in store.runs.unfinished()):
        return None
    return take_errands(store, workflows, clock=clock, chance=chance, limit=MOST_TAKEN)


def report_errand(store: CompanyStore, workflows: Mapping[str, Workflow], errand: Errand) -> ErrandReport:
    """Put together what became of an errand."""
    problem = Problem(code=errand.problem_code, facts=errand.problem_facts) if errand.problem_code else None
    run = store.runs.get(errand.run_id) if errand.run_id else None
    names = run.workflows if run is not None else ()
    source = (errand.asked.direction, errand.asked.record_type)
    fitting = [
        name
        for name in names
        if (workflow := workflows.get(name)) is not None and (workflow.direction, workflow.source_type) == source
    ]
    outcomes = tuple(
        one for name in fitting for one in store.runs.outcomes_of(errand.run_id, name, [errand.asked.record_id])
    )
    if run is not None and run.problem_code and not outcomes:
        problem = Problem(code=run.problem_code, facts=run.problem_facts)
    return ErrandReport(errand=errand, run=run, outcomes=outcomes, problem=problem)


def latest_errand(
    store: CompanyStore, workflows: Mapping[str, Workflow], record_type: str, record: Record
) -> ErrandReport | None:
    """Tell what became of the last errand of a workspace record, in or out; its fields hold the ids of its counterparts."""
    found: list[Errand] = []
    for workflow in [one for one in workflows.values() if _workspace_type(one) == record_type]:
        is_export = workflow.direction is Direction.EXPORT
        source_id = record.id if is_export else str(record.fields.get(workflow.id_field) or "")
        found.extend(store.inbox.of_record(workflow.direction, workflow.source_type, source_id, limit=1))
    last = max(found, key=lambda one: (one.asked.asked_at, one.id), default=None)
    return report_errand(store, workflows, last) if last is not None else None


def _begin(
    store: CompanyStore, workflows: Mapping[str, Workflow], errands: Sequence[Errand], *, clock: Clock, chance: Chance
) -> Run:
    asked = errands[0].asked
    only = _work_lists(workflows, errands)
    if not only:
        request = RecordRequest(record_type=asked.record_type, record_id=asked.record_id, direction=asked.direction)
        raise _no_workflow(workflows, request)
    terms = agree_terms(store, [workflows[name] for name in only], _start(store, asked))
    if terms.account_id != asked.account_id:
        facts = {"linked": asked.account_id, "account": terms.account_id}
        raise RunStoppedError(Problem(code="SB-CONN-002", facts=facts))
    stamp = partial(Stamp, author_id=terms.owner.id, author_name=terms.owner.name, door=Door.INTEGRATION)

    def tell(run: Run) -> Sequence[Told]:
        event = Event(name=EventName.RUN_ASKED, subject_type="run", subject_id=run.id, subject=run.title)
        return [Told(event=event, stamp=stamp(run_id=run.id))]

    return store.runs.add(
        NewRun(
            id=chance.token(20),
            account_id=terms.account_id,
            workflows=tuple(only),
            owner_id=terms.owner.id,
            owner_name=terms.owner.name,
            started_by=asked.asked_by_name if asked.origin is Origin.PERSON else _STARTED_BY_ITSELF,
            is_full=False,
            asked_at=clock.now(),
            mapping_versions={name: fingerprint_workflow(workflows[name]) for name in only},
            only=only,
            errands=tuple(one.id for one in errands),
        ),
        tell=tell,
    )


def _work_lists(workflows: Mapping[str, Workflow], errands: Iterable[Errand]) -> Mapping[str, tuple[str, ...]]:
    lists: dict[str, list[str]] = {}
    for errand in errands:
        asked = errand.asked
        fitting = [one for one in _of(workflows, asked.direction) if one.source_type == asked.record_type]
        for workflow in fitting:
            lists.setdefault(workflow.name, []).append(asked.record_id)
    # In the order of the catalog: what others refer to goes first.
    return {name: tuple(lists[name]) for name in workflows if name in lists}


def _start(store: CompanyStore, asked: NewErrand) -> Manual | Automatic:
    if asked.origin is not Origin.PERSON:
        return Automatic(configurer=store.people.by_record(store.real_time.get().configured_by))
    starter = store.people.by_record(asked.asked_by_id)
    if starter is None or not starter.may_sign_in:
        said = f"{asked.asked_by_name}, who asked for it, is no active user any more."
        raise RunStoppedError(Problem(code="SB-OWN-001", facts={"said": said}))
    return Manual(starter=starter)


def _author(asked: NewErrand) -> str:
    return asked.asked_by_id if asked.origin is Origin.PERSON else ""


def _direction(workflows: Mapping[str, Workflow], request: RecordRequest) -> Direction:
    ways = ways_of(workflows, request.record_type)
    if ways and request.direction in (None, *ways):
        return request.direction or ways[0]
    raise _no_workflow(workflows, request)


def _no_workflow(workflows: Mapping[str, Workflow], request: RecordRequest) -> RecordRefusedError:
    act = "imported from NetSuite" if request.direction is Direction.IMPORT else "exported to NetSuite"
    types = {_workspace_type(one) for one in workflows.values() if request.direction in (None, one.direction)}
    remedy = f"Choose a record of one of these types: {', '.join(sorted(types))}."
    return _no_way(
        request, act, f"No workflow carries records of the type {request.record_type} over that way.", remedy
    )


def _source_id(store: CompanyStore, workflow: Workflow, request: RecordRequest) -> str:
    """Give the id of the record on the side that it comes from; a workspace record is imported by its counterpart's."""
    found = store.records.fetch(request.record_type, [request.record_id], [workflow.id_field])
    if not found:
        raise LookupError(f"There is no record {request.record_id} of the type {request.record_type}.")
    if workflow.direction is Direction.EXPORT:
        return request.record_id
    counterpart = found[0].fields.get(workflow.id_field)
    if isinstance(counterpart, str) and counterpart:
        return counterpart
    said = "It carries no NetSuite ID, so it has no counterpart to import from."
    remedy = "Run the import once, which matches it by its name, or export it."
    raise _no_way(request, "imported from NetSuite", said, remedy)


def _no_way(request: RecordRequest, act: str, said: str, remedy: str) -> RecordRefusedError:
    schema = WORKSPACE_TYPES.get(request.record_type)
    record = f"{schema.label if schema is not None else request.record_type} {request.record_id}"
    facts = {"record": record, "act": act, "said": said, "remedy": remedy}
    return RecordRefusedError(Problem(code="SB-REC-001", facts=facts))


def _of(workflows: Mapping[str, Workflow], direction: Direction) -> list[Workflow]:
    """Name the active workflows of a direction."""
    return [one for one in workflows.values() if one.direction is direction and one.is_active]


def _workspace_type(workflow: Workflow) -> str:
    return workflow.source_type if workflow.direction is Direction.EXPORT else workflow.target_type
