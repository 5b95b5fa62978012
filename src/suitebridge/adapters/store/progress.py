"""Keys of runs and of their workflows, and how far each workflow has come."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Final

from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, number_of
from suitebridge.domain.errors import Problem, RunTakenOverError

FREEZE_ROWS: Final = 5000
"""How many rows of a work list are held in memory at a time."""

MOST_PAGES: Final = 20_000
"""Bound of the loop over open items: a hundred million of them."""

BEHIND: Final = 1 << 60
"""Added to the place of what earlier runs left open; no record id reaches it."""

RUNNING: Final = "running"
WAITING: Final = "waiting"
FINISHED: Final = "finished"


def run_key(scope: CompanyScope, run_id: str) -> int:
    """Give the row key of a run. Raise `LookupError` if the company has no such run."""
    rows = scope.select("store_run", "r.key", where="r.id = %s", parameters=(run_id,))
    if not rows:
        raise LookupError(f"There is no run “{run_id}”.")
    return integer(rows[0][0])


def hold_run(scope: CompanyScope, run_id: str, fence: int) -> None:
    """Lock a run's row. Raise `RunTakenOverError` if the run has changed hands since its fence was read."""
    # SQLite's BEGIN IMMEDIATE has taken the whole file already.
    lock = "" if scope.is_sqlite else "FOR UPDATE"
    rows = scope.select("store_run", "r.number, r.fence", where="r.id = %s", parameters=(run_id,), tail=lock)
    if not rows:
        raise LookupError(f"There is no run “{run_id}”.")
    number, present = rows[0]
    if present != fence:
        raise RunTakenOverError(Problem(code="SB-LEASE-001", facts={"number": str(number)}))


def progress_key(scope: CompanyScope, run: int, workflow: str) -> int:
    """Give the row key of a workflow within a run. Raise `LookupError` before its beginning."""
    rows = scope.select(
        "store_progress", "r.key", where="r.run_id = %s AND r.workflow = %s", parameters=(run, workflow)
    )
    if not rows:
        raise LookupError(f"The workflow “{workflow}” has not begun in this run.")
    return integer(rows[0][0])


def begin(scope: CompanyScope, run: int, workflow: str, since: str) -> None:
    """Create a workflow's progress, or leave the one that is there."""
    scope.insert(
        "store_progress",
        ("run_id", "workflow", "phase", "after_id", "is_frozen", "since"),
        [(run, workflow, RUNNING, "", False, since)],
        conflict="ON CONFLICT (company_id, run_id, workflow) DO NOTHING",
    )


def freeze(
    scope: CompanyScope, run: int, workflow: str, items: Iterable[tuple[str, str]], *, takes_up_open: bool = False
) -> int:
    """Store a work list once; give its length."""
    progress = progress_key(scope, run, workflow)
    ((is_frozen,),) = scope.select("store_progress", "r.is_frozen", where="r.key = %s", parameters=(progress,))
    if not is_frozen:
        waiting = iter(items)
        while page := list(islice(waiting, FREEZE_ROWS)):
            _list(
                scope, run, progress, [(source_id, version, number_of(source_id) or 0) for source_id, version in page]
            )
        if takes_up_open:
            _take_up_open(scope, run, progress, workflow)
        scope.set("store_progress", "is_frozen = %s", where="key = %s", parameters=(True, progress))
    ((count,),) = scope.select("store_item", "COUNT(*)", where="r.progress_id = %s", parameters=(progress,))
    return integer(count)


def _list(scope: CompanyScope, run: int, progress: int, page: Sequence[tuple[str, str, int]]) -> None:
    """Put some records on a work list: id, version and place."""
    scope.insert(
        "store_item",
        (
            "run_id",
            "progress_id",
            "source_id",
            "position",
            "version",
            "source_version",
            "title",
            "target_id",
            "details",
        ),
        [(run, progress, source_id, position, version, "", "", "", "") for source_id, version, position in page],
        conflict="ON CONFLICT (progress_id, source_id) DO NOTHING",
    )


def _take_up_open(scope: CompanyScope, run: int, progress: int, workflow: str) -> None:
    """Let what earlier runs left open stand behind what is new, page by page: it must not keep new records waiting (quality.md F82)."""
    account, last = account_of(scope), ""
    for _ in range(MOST_PAGES):
        rows = scope.select(
            "store_openitem",
            "r.source_id",
            where="r.account_id = %s AND r.workflow = %s AND r.source_id > %s",
            parameters=(account, workflow, last),
            tail=f"ORDER BY r.source_id LIMIT {FREEZE_ROWS}",
        )
        if not rows:
            break
        ids = [str(source_id) for (source_id,) in rows]
        last = ids[-1]
        _list(scope, run, progress, [(source_id, "", number_of(source_id) or 0) for source_id in ids])
        among, parameter = scope.among_texts("source_id", ids)
        scope.set(
            "store_item",
            "position = position + %s",
            where=f"progress_id = %s AND {among}",
            parameters=(BEHIND, progress, parameter),
        )


def save_checkpoint(scope: CompanyScope, run: int, workflow: str, *, after_id: str, is_finished: bool) -> None:
    """Remember how far a workflow has come."""
    begin(scope, run, workflow, "")
    scope.set(
        "store_progress",
        "after_id = %s, phase = %s",
        where="run_id = %s AND workflow = %s",
        parameters=(after_id, FINISHED if is_finished else RUNNING, run, workflow),
    )
