"""What the list of workers shows: where they run, since when, what they carry out, and how fresh their lease is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.marks import Mark
from suitebridge.console.wording import Moment
from suitebridge.ports.workers import WorkerKind
from suitebridge.runs.working import AtWork

_KINDS = {WorkerKind.SERVE: "server", WorkerKind.WORKER: "worker", WorkerKind.COMMAND: "command"}
_AT_WORK = Mark(text="At work", icon="check", tone="good", meaning="It renews its lease in time.")
_SILENT = Mark(
    text="Silent",
    icon="warning",
    tone="caution",
    meaning="Its lease ran out: other workers take over what it had in hand.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkerLine:
    """One process; `runs` are those of the visitor's company."""

    title: str
    mark: Mark
    kind: str
    version: str
    since: Moment
    renewed: str
    runs: tuple[tuple[str, str], ...]
    elsewhere: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkersPage:
    """The list."""

    lines: tuple[WorkerLine, ...]
    here_href: str


def workers_page(at_work: Iterable[AtWork], *, zone: tzinfo) -> WorkersPage:
    """Write the list."""
    return WorkersPage(lines=tuple(_line(one, zone) for one in at_work), here_href=links.address("workers"))


def _line(one: AtWork, zone: tzinfo) -> WorkerLine:
    worker = one.worker
    return WorkerLine(
        title=f"{worker.host}, process {worker.process}",
        mark=_AT_WORK if worker.holds_lease else _SILENT,
        kind=_KINDS[worker.kind],
        version=worker.version,
        since=wording.moment(worker.since, zone),
        renewed=f"{wording.duration(worker.silent_seconds)} ago",
        runs=tuple((f"Run {number}", links.run(number)) for number in one.numbers),
        elsewhere=wording.counted(one.elsewhere, "run", "runs") + " of other companies" if one.elsewhere else "",
    )
