"""Writes what every golden case leads to: its intent and its requests. Sources are written by people; a new case begins with one."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.golden.cases import CURRENT, SOURCE, all_cases, play  # noqa: E402 — the tests are no installed package


def main() -> None:
    """Write what differs, and take away what no case leads to any more."""
    changed = 0
    for case in all_cases():
        made = play(case)
        for path in case.folder.iterdir():
            if path.name not in {SOURCE, CURRENT} and path.name not in made:
                path.unlink()
                changed += 1
        for name, content in made.items():
            path = case.folder / name
            if not path.is_file() or path.read_bytes() != content:
                path.write_bytes(content)
                changed += 1
    print(f"{changed} golden files written or removed")


if __name__ == "__main__":
    main()
