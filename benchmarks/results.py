"""What the measurements say: medians, ratios to the plain client, a table for people and a document for machines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from statistics import median

import msgspec

from benchmarks.machines import Surroundings
from benchmarks.tasks import Measured

CONNECTOR = "connector"


class SideResult(msgspec.Struct, frozen=True, kw_only=True):
    """Medians of one client. The simulator's share is its processor time over the time that passed.

    `records_per_simulator_second` counts the simulator's processor time alone: what it could do if it never waited.
    `requests` and `slots_filled` are None where the case does not look.
    """

    seconds: float
    records_per_second: float
    records_per_cpu_second: float
    simulator_share: float | None
    records_per_simulator_second: float | None
    peak_mib: float
    simulator_peak_mib: float | None
    requests: float | None
    slots_filled: float | None
    measurements: list[Measured]


class CaseResult(msgspec.Struct, frozen=True, kw_only=True):
    """One case. A ratio is the connector's speed over another side's: two means twice as fast. Without the connector there are none."""

    case: str
    title: str
    size: int
    seed: int
    ratios: dict[str, float]
    sides: dict[str, SideResult]

    def peak_ratio(self, side: str) -> float | None:
        """Give the connector's peak memory over another side's: two means twice as much; None where one of them was not measured."""
        ours, theirs = self.sides.get(CONNECTOR), self.sides.get(side)
        return None if ours is None or theirs is None else ours.peak_mib / theirs.peak_mib


class Document(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one call measured, and where."""

    surroundings: Surroundings
    cases: list[CaseResult]


def side_result(measurements: Sequence[Measured]) -> SideResult:
    """Take the medians of repeated measurements."""
    told = [(one, one.simulator_cpu_seconds) for one in measurements if one.simulator_cpu_seconds]
    return SideResult(
        seconds=median(one.seconds for one in measurements),
        records_per_second=median(one.records / one.seconds for one in measurements),
        records_per_cpu_second=median(one.records / one.cpu_seconds for one in measurements),
        simulator_share=_median_of(spent / one.seconds for one, spent in told),
        records_per_simulator_second=_median_of(one.records / spent for one, spent in told),
        peak_mib=median(one.peak_mib for one in measurements),
        simulator_peak_mib=_median_of(one.simulator_peak_mib for one in measurements),
        requests=_median_of(one.requests for one in measurements),
        slots_filled=_median_of(one.slots_filled for one in measurements),
        measurements=list(measurements),
    )


def _median_of(values: Iterable[float | None]) -> float | None:
    told = [value for value in values if value is not None]
    return median(told) if told else None


def case_result(name: str, title: str, *, size: int, seed: int, sides: Mapping[str, Sequence[Measured]]) -> CaseResult:
    """Put one case together."""
    results = {side: side_result(measurements) for side, measurements in sides.items()}
    ours = results.get(CONNECTOR)
    ratios = {
        side: ours.records_per_second / one.records_per_second
        for side, one in results.items()
        if ours is not None and side != CONNECTOR
    }
    return CaseResult(case=name, title=title, size=size, seed=seed, ratios=ratios, sides=results)


def table(results: Sequence[CaseResult]) -> str:
    """Write the table for people."""
    lines = []
    for one in results:
        lines.append(f"{one.title}; {one.size:,} records")
        lines += [f"  ratio {ratio:.2f} to {side}" for side, ratio in one.ratios.items()]
        for side, found in one.sides.items():
            share = "" if found.simulator_share is None else f", simulator busy {found.simulator_share:.0%} of the time"
            if found.records_per_simulator_second is not None:
                share += f" ({found.records_per_simulator_second:,.0f} a second of its processor)"
            if found.simulator_peak_mib is not None:
                share += f", {found.simulator_peak_mib:,.0f} MiB"
            share += "" if found.requests is None else f"; {found.requests:,.0f} requests"
            share += "" if found.slots_filled is None else f"; slots filled {found.slots_filled:.0%} of the time"
            share += f"; {found.measurements[-1].said}" if found.measurements[-1].said else ""
            lines.append(
                f"  {side:<10} {found.records_per_second:>9,.0f} a second"
                f" {found.records_per_cpu_second:>9,.0f} a second of its processor {found.peak_mib:>6,.0f} MiB{share}"
            )
    return "\n".join(lines)
