"""Writes docs/reference/doors.md from the table in domain/doors.py; `--check` says whether the page is what it would write."""

from __future__ import annotations

import sys
from pathlib import Path

from suitebridge.domain.doors import BATCH_FROM, FIRST_DOORS, RULES, DoorRule, NetSuiteDoor, Preference

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "doors.md"
HEAD = f"""# The doors of NetSuite

Written by `python tools/door_page.py` from `src/suitebridge/domain/doors.py`; do not edit.

A connection prefers one family of doors: *Administration > NetSuite Connector > Settings*, “Write through REST web services instead of SOAP”.

- {FIRST_DOORS[Preference.SOAP]}.
- {FIRST_DOORS[Preference.REST]}.

Whatever it prefers, the same records are stored under the same external IDs, and every record ends in the same outcome. From {BATCH_FROM} records
on, REST stores them as a batch where the table names one. That REST batches take an upsert by external ID is assumed: no account has proved it.
"""


def page() -> str:
    """Write the whole page."""
    rows = [
        "| What | Records | Where SOAP is preferred | Where REST is preferred | Why |",
        "| --- | --- | --- | --- | --- |",
    ]
    return "\n".join([HEAD, *rows, *map(_row, RULES)]) + "\n"


def _row(rule: DoorRule) -> str:
    carried = f"`{rule.record_type}` that carry `{rule.field}`" if rule.field else "custom record types"
    which = carried if rule.record_type else "every type"
    soap = _doors(rule.soap, rule.many if rule.soap is rule.rest else None)
    return f"| {rule.operation.value} | {which} | {soap} | {_doors(rule.rest, rule.many)} | {rule.reason} |"


def _doors(first: NetSuiteDoor, many: NetSuiteDoor | None) -> str:
    return first.value if many is None else f"{first.value}; {many.value} for many"


def main() -> int:
    """Write the page, or compare it."""
    if "--check" not in sys.argv:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    if PAGE.exists() and PAGE.read_text(encoding="utf-8") == page():
        return 0
    sys.stderr.write("docs/reference/doors.md is not what the table says: run python tools/door_page.py\n")
    return 1


if __name__ == "__main__":
    sys.exit(main())
