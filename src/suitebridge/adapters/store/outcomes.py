"""What became of each record of a run: one row per record in the work list, counted and summed by the database.

Settling also opens and closes the items that later runs take up again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from suitebridge.adapters.store.amounts import SCALE, from_millionths, to_millionths
from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.chain import changes_from, changes_text
from suitebridge.adapters.store.databases import Cell, Parameter, Row
from suitebridge.adapters.store.progress import progress_key, run_key
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, moment, number_of
from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.outcomes import OPEN_KINDS, WRITTEN_KINDS, Amount, Outcome, OutcomeKind, Tally
from suitebridge.ports.runs import Passage, RecordedOutcome, WorkItem
from suitebridge.ports.transactions import Settled

_KEY: Final = ("run_id", "progress_id", "source_id", "position", "version")
_ENDED: Final = ("kind", "place", "at", "source_version", "title", "target_id", "details", "unit", "amount")
_UPSERT: Final = "ON CONFLICT (progress_id, source_id) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in _ENDED
)
_OPEN_UPSERT: Final = (
    "ON CONFLICT (company_id, account_id, workflow, source_id) DO UPDATE SET "
    "kind = excluded.kind, run_id = excluded.run_id, touched_at = excluded.touched_at"
)
_OUTCOME: Final = (
    "{item}.at, {item}.source_version, {item}.kind, {item}.source_id, {item}.title, {item}.target_id, {item}.details, {item}.unit, "
    "{item}.amount"
)
_OWN_ITEM: Final = (
    "LEFT JOIN store_run u ON u.company_id = r.company_id AND u.id = %s "
    "LEFT JOIN store_progress p ON p.company_id = r.company_id AND p.run_id = u.key AND p.workflow = r.workflow "
    "LEFT JOIN store_item i ON i.progress_id = p.key AND i.source_id = r.source_id"
)
_RECORDED: Final = f"p.workflow, {_OUTCOME.format(item='r')}"
_ITS_WORKFLOW: Final = "JOIN store_progress p ON p.key = r.progress_id AND p.company_id = r.company_id"
# SQLite's SUM stops at 64 bits: wholes and rest are summed apart.
_SUMS: Final = f"SUM(i.amount / {SCALE}), SUM(i.amount %% {SCALE})"


class Details(msgspec.Struct, frozen=True, omit_defaults=True):
    """The parts of an outcome that no query asks for."""

    reason: str = ""
    code: str = ""
    facts: dict[str, str] = {}
    effect: str = ""
    changed: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()
    is_recovered: bool = False
    differences: str = ""


_DETAILS: Final = msgspec.json.Decoder(Details)
_ENCODER: Final = msgspec.json.Encoder()
_NO_DETAILS: Final = "{}"


def settle(scope: CompanyScope, *, run_id: str, workflow: str, settled: Sequence[Settled], at: str) -> None:
    """Store outcomes and open or close the records' open items accordingly."""
    run = run_key(scope, run_id)
    progress = progress_key(scope, run, workflow)
    fresh = _without_outcome(scope, progress, settled)
    if not fresh:
        return
    place, is_dry = _take_places(scope, run, len(fresh))
    rows = [(run, progress, *_row(part, place=place + index, at=at)) for index, part in enumerate(fresh, 1)]
    scope.insert("store_item", (*_KEY, *_ENDED), rows, conflict=_UPSERT)
    if not is_dry:
        _reopen(scope, run_id=run_id, workflow=workflow, settled=fresh, at=at)


def _without_outcome(scope: CompanyScope, progress: int, settled: Sequence[Settled]) -> Sequence[Settled]:
    """Leave out records that have an outcome already: a batch that is carried out twice changes nothing."""
    first: dict[str, Settled] = {}
    for part in settled:
        first.setdefault(part.outcome.source_id, part)
    among, parameter = scope.among_texts("r.source_id", list(first))
    ended = scope.select(
        "store_item",
        "r.source_id",
        where=f"r.progress_id = %s AND r.kind IS NOT NULL AND {among}",
        parameters=(progress, parameter),
    )
    for (source_id,) in ended:
        del first[str(source_id)]
    return list(first.values())


def _take_places(scope: CompanyScope, run: int, count: int) -> tuple[int, bool]:
    """Give the last place taken before, and whether the run is a dry one."""
    ((place, is_dry),) = scope.select("store_run", "r.settled, r.is_dry", where="r.key = %s", parameters=(run,))
    scope.set("store_run", "settled = settled + %s", where="key = %s", parameters=(count, run))
    return integer(place), bool(is_dry)


def _row(part: Settled, *, place: int, at: str) -> Row:
    outcome = part.outcome
    amount = outcome.amount
    record = outcome.title or outcome.source_id
    return (
        outcome.source_id,
        number_of(outcome.source_id) or 0,
        part.source_version,
        outcome.kind.value,
        place,
        at,
        part.source_version,
        outcome.title,
        outcome.target_id,
        _details(part),
        amount.unit if amount is not None else None,
        to_millionths(amount, record=record) if amount is not None else None,
    )


def _details(part: Settled) -> str:
    outcome, problem = part.outcome, part.outcome.problem
    if problem is None and not (
        outcome.reason or outcome.changed_fields or outcome.refused_fields or outcome.is_recovered or part.differences
    ):
        return _NO_DETAILS
    details = Details(
        reason=outcome.reason,
        code=problem.code if problem is not None else "",
        facts=dict(problem.facts) if problem is not None else {},
        effect=problem.effect.value if problem is not None else "",
        changed=outcome.changed_fields,
        refused=outcome.refused_fields,
        is_recovered=outcome.is_recovered,
        differences=changes_text(part.differences) if part.differences else "",
    )
    return _ENCODER.encode(details).decode()


def _reopen(scope: CompanyScope, *, run_id: str, workflow: str, settled: Sequence[Settled], at: str) -> None:
    account = account_of(scope)
    opened: dict[str, Row] = {}
    closed: list[str] = []
    for part in settled:
        source_id, kind = part.outcome.source_id, part.outcome.kind
        if kind in OPEN_KINDS:
            opened[source_id] = (account, workflow, source_id, kind.value, run_id, at)
        else:
            closed.append(source_id)
    among, parameter = scope.among_texts("source_id", closed)
    scope.delete(
        "store_openitem",
        where=f"account_id = %s AND workflow = %s AND {among}",
        parameters=(account, workflow, parameter),
    )
    columns = ("account_id", "workflow", "source_id", "kind", "run_id", "touched_at")
    scope.insert("store_openitem", columns, list(opened.values()), conflict=_OPEN_UPSERT)


def open_items(scope: CompanyScope, workflow: str, *, not_in_run: str, limit: int) -> Sequence[str]:
    """Give the source ids left open for a workflow that have no item in this run, those that waited longest first."""
    rows = scope.select(
        "store_openitem",
        "r.source_id",
        joins=_OWN_ITEM,
        where="r.account_id = %s AND r.workflow = %s AND i.source_id IS NULL",
        joined=(not_in_run,),
        parameters=(account_of(scope), workflow),
        tail=f"ORDER BY r.touched_at, r.source_id LIMIT {int(limit)}",
    )
    return [str(source_id) for (source_id,) in rows]


def still_open(scope: CompanyScope, workflow: str, ids: Iterable[str]) -> frozenset[str]:
    """Say which of these source ids are open for a workflow."""
    among, parameter = scope.among_texts("r.source_id", list(ids))
    rows = scope.select(
        "store_openitem",
        "r.source_id",
        where=f"r.account_id = %s AND r.workflow = %s AND {among}",
        parameters=(account_of(scope), workflow, parameter),
    )
    return frozenset(str(source_id) for (source_id,) in rows)


def pending(scope: CompanyScope, run_id: str, workflow: str, *, limit: int) -> Sequence[WorkItem]:
    """Give the next frozen items without an outcome."""
    progress = progress_key(scope, run_key(scope, run_id), workflow)
    rows = scope.select(
        "store_item",
        "r.source_id, r.version",
        where="r.progress_id = %s AND r.kind IS NULL",
        parameters=(progress,),
        tail=f"ORDER BY r.position, r.source_id LIMIT {int(limit)}",
    )
    return [WorkItem(record_id=str(source_id), version=str(version)) for source_id, version in rows]


def rehearsed(
    scope: CompanyScope, run_id: str, workflow: str, ids: Sequence[str], *, by_target: bool
) -> Mapping[str, str]:
    """Give the other side of records that a workflow would have written, by source id or by target id."""
    progress = progress_key(scope, run_key(scope, run_id), workflow)
    asked, other = ("target_id", "source_id") if by_target else ("source_id", "target_id")
    among, parameter = scope.among_texts(f"r.{asked}", list(ids))
    kinds, written = scope.among_texts("r.kind", sorted(kind.value for kind in WRITTEN_KINDS))
    rows = scope.select(
        "store_item",
        f"r.{asked}, r.{other}",
        where=f"r.progress_id = %s AND {kinds} AND {among}",
        parameters=(progress, written, parameter),
    )
    return {str(one): str(far) for one, far in rows}


def tallies(scope: CompanyScope, run: int) -> Mapping[str, Tally]:
    """Count and sum the rows of each workflow of a run."""
    rows = scope.select("store_progress", "r.key, r.workflow", where="r.run_id = %s", parameters=(run,))
    return {str(workflow): tally(scope, integer(key)) for key, workflow in rows}


def tally(scope: CompanyScope, progress: int) -> Tally:
    """Count and sum one workflow's rows: those that have ended and those that wait, each from its own index alone."""
    ended = scope.select(
        "store_progress",
        f"i.kind, i.unit, COUNT(*), {_SUMS}",
        joins="JOIN store_item i ON i.progress_id = r.key AND i.kind IS NOT NULL",
        where="r.key = %s",
        parameters=(progress,),
        tail="GROUP BY i.kind, i.unit",
    )
    waiting = scope.select(
        "store_progress",
        "NULL, NULL, COUNT(*), NULL, NULL",
        joins="JOIN store_item i ON i.progress_id = r.key AND i.kind IS NULL",
        where="r.key = %s",
        parameters=(progress,),
    )
    return _tally([*ended, *waiting])


def _tally(rows: Sequence[tuple[Cell, ...]]) -> Tally:
    counts: dict[OutcomeKind, int] = {}
    selected: dict[str, int] = {}
    written: dict[str, int] = {}
    considered = 0
    for kind, unit, count, wholes, rest in rows:
        considered += integer(count)
        ended = OutcomeKind(kind) if kind is not None else None
        if ended is not None:
            counts[ended] = counts.get(ended, 0) + integer(count)
        if unit is not None:
            millionths = int(str(wholes)) * SCALE + int(str(rest))
            selected[str(unit)] = selected.get(str(unit), 0) + millionths
            if ended in WRITTEN_KINDS:
                written[str(unit)] = written.get(str(unit), 0) + millionths
    return Tally(
        considered=considered,
        counts=tuple((kind, counts[kind]) for kind in OutcomeKind if kind in counts),
        selected_sums=_amounts(selected),
        written_sums=_amounts(written),
    )


def _amounts(sums: Mapping[str, int]) -> tuple[Amount, ...]:
    return tuple(Amount(unit=unit, value=from_millionths(sums[unit])) for unit in sorted(sums))


def read(
    scope: CompanyScope,
    run_id: str,
    *,
    workflow: str,
    kinds: frozenset[OutcomeKind] | None,
    or_refused_fields: bool,
    after: int,
    limit: int,
) -> Sequence[RecordedOutcome]:
    """Read stored outcomes in the order they were settled, after so many of them."""
    where, parameters = "r.run_id = %s AND r.place IS NOT NULL", list[Parameter]([run_key(scope, run_id)])
    if workflow:
        where += " AND p.workflow = %s"
        parameters.append(workflow)
    if kinds is not None:
        among, parameter = scope.among_texts("r.kind", sorted(kind.value for kind in kinds))
        parameters.append(parameter)
        if or_refused_fields:
            # A quotation mark within a JSON text is escaped, so this can only be the member itself.
            among = f"({among} OR r.details LIKE %s)"
            parameters.append('%"refused":[%')
        where += f" AND {among}"
    rows = scope.select(
        "store_item",
        _RECORDED,
        joins=_ITS_WORKFLOW,
        where=where,
        parameters=parameters,
        tail=f"ORDER BY r.place LIMIT {int(limit)} OFFSET {int(after)}",
    )
    return [_recorded(row) for row in rows]


def of_records(scope: CompanyScope, run_id: str, workflow: str, ids: Sequence[str]) -> Sequence[RecordedOutcome]:
    """Read the outcomes of some records in a workflow of a run."""
    progress = progress_key(scope, run_key(scope, run_id), workflow)
    among, parameter = scope.among_texts("r.source_id", ids)
    rows = scope.select(
        "store_item",
        _RECORDED,
        joins=_ITS_WORKFLOW,
        where=f"r.progress_id = %s AND r.kind IS NOT NULL AND {among}",
        parameters=(progress, parameter),
        tail="ORDER BY r.place",
    )
    return [_recorded(row) for row in rows]


def history(scope: CompanyScope, workflow: str, source_id: str, *, limit: int) -> Sequence[Passage]:
    """Give one record's outcomes in the runs of a workflow, the newest run first: the workflow's runs lead to the row of each."""
    rows = scope.select(
        "store_progress",
        f"u.number, u.is_dry, r.workflow, {_OUTCOME.format(item='i')}",
        joins="JOIN store_item i ON i.progress_id = r.key AND i.source_id = %s JOIN store_run u ON u.key = r.run_id",
        joined=(source_id,),
        where="r.workflow = %s AND i.place IS NOT NULL",
        parameters=(workflow,),
        tail=f"ORDER BY u.number DESC LIMIT {int(limit)}",
    )
    return _passages(rows)


def left_open(scope: CompanyScope, kinds: frozenset[OutcomeKind], *, after: int, limit: int) -> Sequence[Passage]:
    """Read open items with the outcome that the last run left them with; those of an account that is not linked are not asked for."""
    among, parameter = scope.among_texts("r.kind", sorted(kind.value for kind in kinds))
    rows = scope.select(
        "store_openitem",
        f"u.number, u.is_dry, r.workflow, {_OUTCOME.format(item='i')}",
        joins="JOIN store_run u ON u.company_id = r.company_id AND u.id = r.run_id "
        "JOIN store_progress p ON p.company_id = r.company_id AND p.run_id = u.key AND p.workflow = r.workflow "
        "JOIN store_item i ON i.progress_id = p.key AND i.source_id = r.source_id",
        where=f"r.account_id = %s AND {among}",
        parameters=(account_of(scope), parameter),
        tail=f"ORDER BY r.workflow, r.touched_at, r.source_id LIMIT {int(limit)} OFFSET {int(after)}",
    )
    return _passages(rows)


def _passages(rows: Iterable[tuple[Cell, ...]]) -> Sequence[Passage]:
    return [
        Passage(run_number=integer(number), is_dry=bool(is_dry), recorded=_recorded(tuple(row)))
        for number, is_dry, *row in rows
    ]


def _recorded(row: tuple[Cell, ...]) -> RecordedOutcome:
    workflow, at, source_version, kind, source_id, title, target_id, text, unit, amount = row
    details = _DETAILS.decode(str(text))
    problem = Problem(code=details.code, facts=details.facts, effect=Effect(details.effect)) if details.code else None
    outcome = Outcome(
        kind=OutcomeKind(kind),
        source_id=str(source_id),
        title=str(title),
        target_id=str(target_id),
        reason=details.reason,
        problem=problem,
        changed_fields=details.changed,
        refused_fields=details.refused,
        amount=Amount(unit=str(unit), value=from_millionths(amount)) if isinstance(amount, int) else None,
        is_recovered=details.is_recovered,
    )
    return RecordedOutcome(
        workflow=str(workflow),
        at=moment(at),
        source_version=str(source_version),
        outcome=outcome,
        differences=changes_from(details.differences) if details.differences else (),
    )
