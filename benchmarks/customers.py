"""The account of the import case: customers of fourteen columns, besides the subsidiary, which SuiteQL does not show."""

from __future__ import annotations

import random
from pathlib import Path

from benchmarks.tables import write_ground, write_table

COLUMNS = (
    "id",
    "entityid",
    "companyname",
    "email",
    "phone",
    "fax",
    "url",
    "comments",
    "currency",
    "searchstage",
    "creditlimit",
    "isinactive",
    "lastmodifieddate",
    "custentity_oa_export_to_openair",
)
FIRST_ID = 1001
_WORDS = ("Nordlicht", "Halcyon", "Tern", "Søndergaard", "Aurora", "Quill", "Ōkami", "Basalt", "Meadow", "Ríos")
_KINDS = ("GmbH", "Ltd", "Inc.", "A/S", "S.A.", "LLC")


def write_firm(folder: Path, size: int, seed: int) -> None:
    """Write the account's tables."""
    write_ground(folder)
    draw = random.Random(seed)
    rows = ((*_customer(draw, FIRST_ID + index), "1") for index in range(size))
    write_table(folder, "customer", (*COLUMNS, "subsidiary"), rows)


def _customer(draw: random.Random, number: int) -> tuple[str, ...]:
    word = draw.choice(_WORDS)
    name = f"{word} {draw.choice(_WORDS)} {number}"
    return (
        str(number),
        name,
        f"{name} {draw.choice(_KINDS)}",
        f"accounts{number}@benchmark.example",
        f"+1 555 {draw.randrange(10000):04}",
        f"+1 555 {draw.randrange(10000):04}",
        f"https://customer{number}.example",
        "Invoices by e-mail only; a purchase order number is required.",
        draw.choice(("1", "2")),
        "Customer",
        str(draw.randrange(1, 100) * 1000),
        "F",
        f"2026-{draw.randrange(1, 6):02}-{draw.randrange(1, 28):02} {draw.randrange(24)}:{draw.randrange(60):02}:00",
        "T",
    )
