"""Canonical bytes and hashes are fixed for ever: entries that were written must verify under every later version."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suitebridge.adapters.store.chain import Entry, canonical, changes_from, changes_text, genesis, link
from suitebridge.domain.intents import Change

ENTRY = Entry(
    sequence=1,
    at="2026-03-01T08:00:00.000000Z",
    event="record:updated",
    record_type="customer",
    record_id="7",
    record_title="Customer “Ünïcorn”",
    author_id="1",
    author_name="Ada",
    door="console",
    run_id="",
    changes='[["name",null,"x"]]',
)


def test_canonical_bytes_are_these() -> None:
    assert (
        canonical(ENTRY)
        == (
            '[1,"2026-03-01T08:00:00.000000Z","record:updated","customer","7","Customer “Ünïcorn”","1","Ada","console","",'
            '"[[\\"name\\",null,\\"x\\"]]"]'
        ).encode()
    )


def test_address_and_version_follow_where_they_are_known() -> None:
    """Entries of before they were kept have the bytes that they always had."""
    told = canonical(ENTRY._replace(address="203.0.113.7", version="1.2"))
    assert told == canonical(ENTRY)[:-1] + b',"203.0.113.7","1.2"]'


def test_the_hash_of_the_first_entry_is_this() -> None:
    assert link(genesis("meridian"), ENTRY) == "084d01ff1a26eed47f57f8b211651b5bb7c1089a5e4a91e12015e52857f0fec7"


@pytest.mark.parametrize("part", Entry._fields)
def test_every_part_of_an_entry_counts(part: str) -> None:
    other = Entry(**{**ENTRY._asdict(), part: 2 if part == "sequence" else "changed"})
    assert link(genesis("meridian"), other) != link(genesis("meridian"), ENTRY)


def test_the_entry_before_counts() -> None:
    assert link(genesis("other"), ENTRY) != link(genesis("meridian"), ENTRY)


def test_changes_are_kept_as_texts() -> None:
    changes = (
        Change(field="a", before=None, after=Decimal("1.50")),
        Change(field="b", before=True, after=False),
        Change(field="c", before=date(2026, 1, 2), after=datetime(2026, 1, 2, 3, 4, 5, 6, tzinfo=UTC)),
        Change(field="d", before="", after=({"x": 1, "y": None},)),
    )
    text = changes_text(changes)
    assert text == (
        '[["a",null,"1.50"],["b","true","false"],["c","2026-01-02","2026-01-02T03:04:05Z"],["d","",[{"x":"1","y":null}]]]'
    )
    assert [(part.field, part.before, part.after) for part in changes_from(text)] == [
        ("a", None, "1.50"),
        ("b", "true", "false"),
        ("c", "2026-01-02", "2026-01-02T03:04:05Z"),
        ("d", "", ({"x": "1", "y": None},)),
    ]
