"""`python -m benchmarks`: measures cases and prints a table; `make bench` calls it. Every figure holds for one machine and one moment."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import msgspec

from benchmarks.cases import CASES
from benchmarks.machines import surroundings
from benchmarks.results import Document, table
from benchmarks.running import Plan, measure_case


def main() -> None:
    """Measure what was asked for."""
    asked = _asked()
    results = []
    for name in asked.case or CASES:
        case = CASES[name]
        plan = Plan(
            size=asked.size or case.size,
            seed=asked.seed,
            repeat=asked.repeat,
            warm_ups=asked.warm_ups,
            profile=asked.profile,
        )
        results.append(measure_case(case, plan, lambda said: print(said, file=sys.stderr, flush=True)))
    document = Document(surroundings=surroundings(), cases=results)
    print(table(results))
    if asked.json is not None:
        asked.json.parent.mkdir(parents=True, exist_ok=True)
        asked.json.write_bytes(msgspec.json.format(msgspec.json.encode(document)) + b"\n")


def _asked() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description="Measure the connector beside plain clients."
    )
    parser.add_argument(
        "--case", action="append", choices=tuple(CASES), help="only this case; may be given several times"
    )
    parser.add_argument("--size", type=_positive, help="records; each case has its own default")
    parser.add_argument("--repeat", type=_positive, default=5, help="measurements of which the median counts")
    parser.add_argument("--warm-ups", type=int, default=1, help="measurements before those that count")
    parser.add_argument("--seed", type=int, default=2026, help="seed of the drawn records")
    parser.add_argument("--json", type=Path, help="write machine, versions and every measurement into this file")
    parser.add_argument(
        "--profile", type=Path, help="write a profile of the connector's last measurement; it slows that one down"
    )
    return parser.parse_args()


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text} is not above zero")
    return number


if __name__ == "__main__":
    main()
