"""What a record's page shows of carrying that one record over: the buttons, and what became of it last time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.console import links, wording
from suitebridge.console.marks import ERRAND_MARKS, OUTCOME_MARKS, Mark
from suitebridge.console.wording import Moment, Span, spans
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.runs import ENDED_STATES
from suitebridge.runs.receiving import ErrandReport

_WORDS = {
    Direction.EXPORT: ("Export to NetSuite", "export"),
    Direction.IMPORT: ("Import from NetSuite", "import"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A button that carries the record over."""

    value: str
    text: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandLine:
    """What became of the record in one workflow, or how far it is; `cause` and `remedy` where something is wrong."""

    mark: Mark
    what: str
    cause: str
    remedy: tuple[Span, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LastTime:
    """The last time the record was carried over by itself."""

    what: str
    who: str
    asked: Moment
    run_title: str
    run_href: str
    lines: tuple[ErrandLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferBox:
    """The part of the page; it looks again by itself while it `follows`."""

    here_href: str
    send_href: str
    ways: tuple[Way, ...]
    last: LastTime | None
    follows: bool
    refusal: str
    remedy: tuple[Span, ...]
    asks_account: bool


def transfer_box(
    record_type: str,
    record_id: str,
    ways: Sequence[Direction],
    *,
    workflows: Mapping[str, Workflow],
    report: ErrandReport | None,
    zone: tzinfo,
    refused: Problem | None = None,
) -> TransferBox:
    """Write the part."""
    return TransferBox(
        here_href=links.record(record_type, record_id),
        send_href=links.address("record-transfer", record_type=record_type, record_id=record_id),
        ways=tuple(Way(value=one.value, text=_WORDS[one][0], icon=_WORDS[one][1]) for one in ways),
        last=_last(report, workflows, zone) if report is not None else None,
        follows=report is not None and is_under_way(report),
        refusal=f"{refused.title}. {refused.cause}" if refused is not None else "",
        remedy=spans(refused.remedy) if refused is not None else (),
        asks_account=refused is not None and refused.code == "SB-RUN-004",
    )


def is_under_way(report: ErrandReport) -> bool:
    """Whether the errand waits, or its run has not ended."""
    return report.errand.is_waiting or (report.run is not None and report.run.state not in ENDED_STATES)


def errand_lines(report: ErrandReport, workflows: Mapping[str, Workflow]) -> tuple[ErrandLine, ...]:
    """Write what became of an errand, a line for each workflow."""
    if report.outcomes:
        return tuple(
            ErrandLine(
                mark=OUTCOME_MARKS[one.outcome.kind],
                what=workflows[one.workflow].title,
                cause=one.outcome.problem.cause if one.outcome.problem is not None else one.outcome.reason,
                remedy=spans(one.outcome.problem.remedy) if one.outcome.problem is not None else (),
            )
            for one in report.outcomes
        )
    if report.problem is not None:
        cause = f"{report.problem.title}. {report.problem.cause}"
        return (ErrandLine(mark=ERRAND_MARKS["refused"], what="", cause=cause, remedy=spans(report.problem.remedy)),)
    return (ErrandLine(mark=ERRAND_MARKS["under way" if report.run else "waiting"], what="", cause="", remedy=()),)


def _last(report: ErrandReport, workflows: Mapping[str, Workflow], zone: tzinfo) -> LastTime:
    asked = report.errand.asked
    return LastTime(
        what="Export" if asked.direction is Direction.EXPORT else "Import",
        who=asked.asked_by_name or asked.origin.value,
        asked=wording.moment(asked.asked_at, zone),
        run_title=f"Run {report.run.number}" if report.run is not None else "",
        run_href=links.run(report.run.number) if report.run is not None else "",
        lines=errand_lines(report, workflows),
    )
