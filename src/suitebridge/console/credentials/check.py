"""What a test of the connection shows: a line for each step, with its remedy. “Connected” stands on a signed call and nothing else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from suitebridge.administration.connecting import EntryProblem
from suitebridge.console import links, wording
from suitebridge.console.marks import Mark, Tone
from suitebridge.console.wording import Moment
from suitebridge.domain.checks import CHECKS
from suitebridge.ports.netsuite import CheckState, CheckStep, RecordLink
from suitebridge.runs.checking import is_signed_in

STATE_MARKS: Mapping[CheckState, Mark] = {
    CheckState.PASSED: Mark(text="Passed", icon="check", tone=Tone.GOOD.value, meaning="This holds."),
    CheckState.WARNED: Mark(text="Look", icon="warning", tone=Tone.CAUTION.value, meaning="This works, with a limit."),
    CheckState.FAILED: Mark(text="Failed", icon="cross", tone=Tone.BAD.value, meaning="This does not hold."),
    CheckState.NOT_RUN: Mark(
        text="Not tried", icon="skip", tone=Tone.NEUTRAL.value, meaning="Something before it has to hold first."
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckLine:
    """One step; what happened, what to do and the place in the guide are told where it failed or warns."""

    mark: Mark
    title: str
    said: str
    happened: str
    remedy: str
    guide_href: str
    links: tuple[RecordLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckReport:
    """The verdict and its lines, or what has to be filled in before anything can be tested."""

    verdict: str
    icon: str
    tone: str
    at: Moment
    lines: tuple[CheckLine, ...]
    problems: tuple[EntryProblem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinesSoFar:
    """Lines of a test that is still being made, and where the next ones are."""

    lines: tuple[CheckLine, ...]
    poll_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LastLines:
    """What a page that shows a test's lines still lacks: the rest of them, and the verdict. What is shown is not said twice."""

    lines: tuple[CheckLine, ...]
    report: CheckReport


def last_lines(report: CheckReport, *, after: int) -> LastLines:
    """Leave out so many lines that are shown already."""
    return LastLines(lines=report.lines[after:], report=report)


def check_report(steps: Sequence[CheckStep], *, at: datetime, zone: tzinfo, is_saved: bool) -> CheckReport:
    """Write the report of a test that was run."""
    failed = sum(step.state is CheckState.FAILED for step in steps)
    kept = "" if is_saved else " These values are not saved yet."
    if not is_signed_in(steps):
        verdict, icon, tone = "Not connected: NetSuite accepted no signed request.", "cross", Tone.BAD
    elif failed:
        count = wording.counted(failed, "check", "checks")
        verdict, icon, tone = f"NetSuite let us in, and {count} failed.", "warning", Tone.CAUTION
    else:
        verdict, icon, tone = "Connected: NetSuite has just accepted a signed request.", "check", Tone.GOOD
    lines = tuple(_line(step) for step in steps)
    return CheckReport(
        verdict=verdict + kept, icon=icon, tone=tone.value, at=wording.moment(at, zone), lines=lines, problems=()
    )


def untested(problems: Sequence[EntryProblem], *, at: datetime, zone: tzinfo) -> CheckReport:
    """Say what is missing before anything can be tested."""
    return CheckReport(
        verdict="Not tested: nothing was sent to NetSuite.",
        icon="alert",
        tone=Tone.BAD.value,
        at=wording.moment(at, zone),
        lines=(),
        problems=tuple(problems),
    )


def unknown_end(*, at: datetime, zone: tzinfo) -> CheckReport:
    """Say that a test ended without a result, or is not known any more."""
    return CheckReport(
        verdict="The test did not end: whether NetSuite accepts these values is not known. Test again.",
        icon="alert",
        tone=Tone.BAD.value,
        at=wording.moment(at, zone),
        lines=(),
        problems=(),
    )


def lines_so_far(key: str, steps: Sequence[CheckStep], *, after: int = 0) -> LinesSoFar:
    """Write what a test has found after so many lines that are shown already."""
    query = {"test": key, "after": str(len(steps))}
    return LinesSoFar(
        lines=tuple(_line(step) for step in steps[after:]),
        poll_href=links.address("credentials-test", query=query),
    )


def _line(step: CheckStep) -> CheckLine:
    problem = step.problem
    return CheckLine(
        mark=STATE_MARKS[step.state],
        title=step.title,
        said=wording.capitalized(step.said),
        happened=problem.title if problem is not None else "",
        remedy=problem.remedy if problem is not None else "",
        guide_href=links.guide(CHECKS[step.check].anchor) if problem is not None else "",
        links=step.links,
    )
