"""`python -m benchmarks.checking`: holds a document of measurements against targets.toml and says which fall short; `make bench-check` calls it."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, Literal

import msgspec

from benchmarks.results import CONNECTOR, CaseResult, Document

_HERE: Final = Path(__file__).parent
TARGETS: Final = _HERE / "targets.toml"


class Target(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What one case must reach: a figure of one of its sides, or the connector's speed (`ratio`) or memory (`peak_ratio`) over another side's."""

    case: str
    figure: Literal[
        "ratio",
        "peak_ratio",
        "seconds",
        "records_per_second",
        "requests",
        "slots_filled",
        "peak_mib",
        "simulator_peak_mib",
    ]
    side: str = CONNECTOR
    over: str = ""
    at_least: float | None = None
    at_most: float | None = None

    @property
    def sentence(self) -> str:
        """Say it in words."""
        name = self.figure.replace("_", " ")
        what = f"{name} to {self.over}" if self.over else name if self.side == CONNECTOR else f"{name} of {self.side}"
        bound = f"at least {self.at_least:g}" if self.at_least is not None else f"at most {self.at_most:g}"
        return f"{self.case}: {what} {bound}"

    def measured(self, case: CaseResult) -> float | None:
        """Find the figure; None where it was not measured."""
        if self.figure == "ratio":
            return case.ratios.get(self.over)
        if self.figure == "peak_ratio":
            return case.peak_ratio(self.over)
        side = case.sides.get(self.side)
        return None if side is None else getattr(side, self.figure)

    def is_reached(self, found: float) -> bool:
        """Whether the figure is good enough."""
        return (self.at_least is None or found >= self.at_least) and (self.at_most is None or found <= self.at_most)


class _File(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    target: list[Target]


def read_targets(file: Path = TARGETS) -> Sequence[Target]:
    """Read what must be reached."""
    return msgspec.toml.decode(file.read_bytes(), type=_File).target


def verdicts(document: Document, targets: Sequence[Target]) -> Iterator[tuple[Target, float | None, bool]]:
    """Hold every target whose case was measured against its figure; a figure that is missing is not reached."""
    cases = {case.case: case for case in document.cases}
    for target in targets:
        if target.case in cases:
            found = target.measured(cases[target.case])
            yield target, found, found is not None and target.is_reached(found)


def main() -> None:
    """Check the newest document, or the one that is named; end with 1 where anything falls short."""
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.checking", description="Hold measurements against the targets."
    )
    parser.add_argument("document", type=Path, nargs="?", help="a file that `make bench` wrote; without it the newest")
    file = parser.parse_args().document or max((_HERE / "results").glob("*.json"), default=None)
    if file is None:
        sys.exit("Nothing was measured yet: run make bench first.")
    document = msgspec.json.decode(file.read_bytes(), type=Document)
    is_short = False
    for target, found, is_reached in verdicts(document, read_targets()):
        is_short = is_short or not is_reached
        print(
            f"{'reached' if is_reached else 'SHORT  '}  {target.sentence}; {'not measured' if found is None else f'{found:.4g}'}"
        )
    sys.exit(1 if is_short else 0)


if __name__ == "__main__":
    main()
