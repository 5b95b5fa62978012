"""What the measurements say: medians, ratios to the plain client, a table for people and a document for machines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from statistics import median

import msgspec

from benchmarks.machines import Surroundings
from benchmarks.tasks import Measured

CONNECTOR = "connector"


class SideResult(msgspec.Struct, frozen=True, kw_only=True):
    """Medians of one client. The simulator's share is its processor time over the time that passed.

    `records_per_simulator_second` counts the simulator's processor time alone: what it could do if it never waited.
    """

    records_per_second: float
    records_per_cpu_second: float
    simulator_share: float | None
    records_per_simulator_second: float | None
    peak_mib: float
    simulator_peak_mib: float | None
    measurements: list[Measured]


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """One case. The ratio is the connector's speed over the plain client's: two means twice as fast; None without one."""

    case: str
    title: str
    size: int
    seed: int
    ratio: float | None
    sides: dict[str, SideResult]


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one call measured, and where."""

    surroundings: Surroundings
    cases: list[CaseResult]


def side_result(measurements: Sequence[Measured]) -> SideResult:
    """Take the medians of repeated measurements."""
    told = [(one, one.simulator_cpu_seconds) for one in measurements if one.simulator_cpu_seconds]
    peaks = [one.simulator_peak_mib for one in measurements if one.simulator_peak_mib is not None]
    return SideResult(
        records_per_second=median(one.records / one.seconds for one in measurements),
        records_per_cpu_second=median(one.records / one.cpu_seconds for one in measurements),
        simulator_share=median(spent / one.seconds for one, spent in told) if told else None,
        records_per_simulator_second=median(one.records / spent for one, spent in told) if told else None,
        peak_mib=median(one.peak_mib for one in measurements),
        simulator_peak_mib=median(peaks) if peaks else None,
        measurements=list(measurements),
    )


def case_result(name: str, title: str, *, size: int, seed: int, sides: Mapping[str, Sequence[Measured]]) -> CaseResult:
    """Put one case together."""
    results = {side: side_result(measurements) for side, measurements in sides.items()}
    others = [one.records_per_second for side, one in results.items() if side != CONNECTOR]
    ours = results.get(CONNECTOR)
    ratio = None if ours is None else ours.records_per_second / max(others)
    return CaseResult(case=name, title=title, size=size, seed=seed, ratio=ratio, sides=results)


def table(results: Sequence[CaseResult]) -> str:
    """Write the table for people."""
    lines = []
    for one in results:
        lines.append(f"{one.title}; {one.size:,} records")
        lines += [] if one.ratio is None else [f"  ratio {one.ratio:.2f}"]
        for side, found in one.sides.items():
            share = "" if found.simulator_share is None else f", simulator busy {found.simulator_share:.0%} of the time"
            if found.records_per_simulator_second is not None:
                share += f" ({found.records_per_simulator_second:,.0f} a second of its processor)"
            if found.simulator_peak_mib is not None:
                share += f", {found.simulator_peak_mib:,.0f} MiB"
            lines.append(
                f"  {side:<10} {found.records_per_second:>9,.0f} a second"
                f" {found.records_per_cpu_second:>9,.0f} a second of its processor {found.peak_mib:>6,.0f} MiB{share}"
            )
    return "\n".join(lines)
