"""Lives through many histories: python -m tests.simulation --histories 20000 --workers 2, or one by its seed."""

from __future__ import annotations

import argparse
import logging
import multiprocessing
import sys
import time

from tests.simulation.fault_plans import survived
from tests.simulation.histories import LENGTH, lived, story


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--histories", type=int, default=300)
    parser.add_argument("--first", type=int, default=1, help="the first seed")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--seed", type=int, help="one history, told by its shortest story where it fails")
    parser.add_argument("--plan", type=int, help="one plan of faults, by its seed (fault_plans.py)")
    parser.add_argument("--briefly", action="store_true", help="do not look for the shortest story")
    asked = parser.parse_args()
    logging.disable()
    if asked.plan is not None:
        broken = survived(asked.plan)
        sys.stdout.write("\n".join(broken or ("Nothing is broken.",)) + "\n")
        return 1 if broken else 0
    if asked.seed is not None:
        told = story(asked.seed)
        sys.stdout.write(f"{told or 'Nothing is broken.'}\n")
        return 1 if told else 0
    began = time.monotonic()
    seeds = range(asked.first, asked.first + asked.histories)
    with multiprocessing.get_context("fork").Pool(asked.workers) as pool:
        endings = {}
        for seed, ending in pool.imap_unordered(lived, seeds):
            endings[seed] = ending
            if ending.broken:
                sys.stdout.write(f"seed {seed}, step {ending.at}: {ending.broken[0]}\n")
                sys.stdout.flush()
    failed = sorted(seed for seed, ending in endings.items() if ending.broken)
    if failed and not asked.briefly:
        sys.stdout.write(f"\n{story(failed[0])}\n")
    sys.stdout.write(
        f"{len(endings)} histories of {LENGTH} actions in {time.monotonic() - began:.0f} s: {len(failed)} failed; "
        f"{sum(one.deaths for one in endings.values())} deaths, {sum(one.requests for one in endings.values())} requests, "
        f"at least {min(one.faults for one in endings.values())} faults in each\n"
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
