"""CSV files as NetSuite exports them, one for each table; the simulator loads such a folder."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path


def write_table(folder: Path, name: str, columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table."""
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        writer.writerows(rows)


def write_ground(folder: Path) -> None:
    """Write what every record refers to: one subsidiary, two currencies."""
    write_table(folder, "subsidiary", ("id", "name", "country", "currency"), [("1", "Benchmark", "US", "1")])
    currencies = [("1", "US Dollar", "USD", "T"), ("2", "Euro", "EUR", "F")]
    write_table(folder, "currency", ("id", "name", "symbol", "isbasecurrency"), currencies)
