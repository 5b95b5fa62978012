"""The contract of `ports.trail`, and what the databases themselves refuse (quality.md S54, S55)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from itertools import product

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.databases import Cell, Database, Parameter
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.values import Fields
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.trail import TrailFilter, TrailVerdict
from tests.contract.conftest import fresh_store
from tests.contract.stories import create

ENTRIES = 5


def written(store: CompanyStore, stamp: Stamp) -> None:
    """Write a handful of entries, one of them within a run."""
    for number in range(1, ENTRIES):
        create(store, stamp, "vendor", {"name": f"V{number}"})
    create(store, replace(stamp, run_id="run-1"), "vendor", {"name": "in a run"})


def test_entries_are_numbered_without_gap_and_read_newest_first(store: CompanyStore, stamp: Stamp) -> None:
    written(store, stamp)
    entries = store.trail.newest(limit=10)
    assert [entry.sequence for entry in entries] == [5, 4, 3, 2, 1]
    assert [entry.sequence for entry in store.trail.newest(limit=2, before_sequence=4)] == [3, 2]
    assert [entry.sequence for entry in store.trail.newest(limit=9, run_id="run-1")] == [5]
    assert [entry.record_title for entry in store.trail.of_record("vendor", "2")] == ["Vendor V2"]
    assert len({entry.hash for entry in entries}) == ENTRIES
    assert entries[0].at.tzinfo is not None
    assert store.trail.verify() == TrailVerdict(checked=ENTRIES)


def test_the_trail_is_narrowed_down_by_who_what_how_and_when(store: CompanyStore, stamp: Stamp) -> None:
    written(store, stamp)
    create(store, replace(stamp, author_id="77", author_name="Grace", door=Door.API), "customer", {"name": "C"})
    oldest = [entry.at for entry in store.trail.newest(limit=9)][::-1]

    def found(**asked: str | datetime) -> list[int]:
        among = TrailFilter(**asked)  # type: ignore[arg-type]  # the cases name the fields
        return [entry.sequence for entry in store.trail.newest(limit=9, among=among)]

    assert found() == [6, 5, 4, 3, 2, 1]
    assert found(author_id="77") == found(door=Door.API.value) == found(record_type="customer") == [6]
    assert found(record_type="vendor", author_id=stamp.author_id, door=stamp.door.value) == [5, 4, 3, 2, 1]
    assert found(record_type="vendor", author_id="77") == []
    assert found(since=oldest[2]) == [6, 5, 4, 3]
    assert found(until=oldest[2]) == [2, 1]
    assert found(since=oldest[1], until=oldest[3]) == [3, 2]
    several = TrailFilter(record_types=("contact", "vendor"))
    assert len(store.trail.newest(limit=9, among=several)) == ENTRIES
    assert not store.trail.newest(limit=9, among=TrailFilter(record_types=("contact",)))
    vendors = TrailFilter(record_type="vendor")
    assert [entry.sequence for entry in store.trail.newest(limit=2, before_sequence=4, among=vendors)] == [3, 2]
    assert [entry.sequence for entry in store.trail.newest(limit=9, run_id="run-1", among=vendors)] == [5]


WHO, TYPE = TrailFilter(author_id="1"), TrailFilter(record_type="vendor")
LEADS = {
    "author": ({"among": WHO}, 2000, "USING INDEX store_trail_by_author "),
    "people's door": ({"among": TrailFilter(door="console")}, 2000, "USING INDEX store_trail_by_person_door "),
    "rare type": ({"among": TYPE}, 2000, "USING INDEX store_trail_record "),
    "rare types of an author": (
        {"among": TrailFilter(record_types=("vendor",), author_id="1")},
        2000,
        "USING INDEX store_trail_record ",
    ),
    "common type": ({"among": TYPE}, 2, "USING INDEX sqlite_autoindex_store_trail_1 "),
    "runs' door": (
        {"among": TrailFilter(door="NetSuite integration")},
        2000,
        "USING INDEX sqlite_autoindex_store_trail_1 ",
    ),
    "run": ({"run_id": "run-1", "among": TYPE}, 2000, "USING INDEX store_trail_run "),
}


@pytest.mark.parametrize("lead", LEADS)
def test_filters_have_an_index(
    sqlite_companies: StoredCompanies, stamp: Stamp, monkeypatch: pytest.MonkeyPatch, lead: str
) -> None:
    """Each filter is led by what finds few entries; the rest is compared, and nothing but rare types is sorted."""
    arguments, rare, step = LEADS[lead]
    monkeypatch.setattr("suitebridge.adapters.store.trail.RARE", rare)
    store, asked = fresh_store(sqlite_companies), list[tuple[str, Sequence[Parameter]]]()
    written(store, stamp)
    fetch = Database.fetch

    def spy(database: Database, statement: str, parameters: Sequence[Parameter] = ()) -> list[tuple[Cell, ...]]:
        asked.append((statement, parameters))
        return fetch(database, statement, parameters)

    monkeypatch.setattr(Database, "fetch", spy)
    store.trail.newest(limit=9, before_sequence=5, **arguments)  # type: ignore[arg-type]  # the cases name the arguments
    statement, parameters = asked[-1]
    plan = [str(row[3]) for row in fetch(sqlite_companies.database, f"EXPLAIN QUERY PLAN {statement}", parameters)]
    assert any(step in one for one in plan), plan
    assert not any(one.startswith("SCAN r") for one in plan), plan
    assert any("TEMP B-TREE" in one for one in plan) is lead.startswith("rare"), plan


@pytest.mark.parametrize("rare", [0, 2, 2000])
def test_whatever_leads_the_answer_is_the_same(
    store: CompanyStore, stamp: Stamp, monkeypatch: pytest.MonkeyPatch, rare: int
) -> None:
    """Every combination of filters is compared with the entries themselves."""
    monkeypatch.setattr("suitebridge.adapters.store.trail.RARE", rare)
    written(store, stamp)
    for through, by in ((Door.INTEGRATION, "1"), (Door.CONSOLE, "2"), (Door.INTEGRATION, "2")):
        event = Event(name=EventName.RECORD_UPDATED, subject_type="customer", subject_id="1", subject="C")
        with store.transactions.begin() as unit:
            unit.append_event(event, replace(stamp, author_id=by, door=through))
    everything = store.trail.newest(limit=99)
    for kind, author, door in product(("", "vendor", "customer"), ("", "1", "2"), ("", *(one.value for one in Door))):
        found = store.trail.newest(limit=99, among=TrailFilter(record_type=kind, author_id=author, door=door))
        expected = [
            one
            for one in everything
            if kind in ("", one.record_type) and author in ("", one.author_id) and door in ("", one.door)
        ]
        assert found == expected


def test_an_empty_trail_verifies(store: CompanyStore) -> None:
    assert store.trail.verify() == TrailVerdict(checked=0)


@pytest.mark.parametrize("rows", [ENTRIES, ENTRIES + 1, 2])
def test_the_walk_goes_on_over_its_chunks(
    real_store: CompanyStore, stamp: Stamp, rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suitebridge.adapters.store.trail.VERIFY_ROWS", rows)
    written(real_store, stamp)
    assert real_store.trail.verify() == TrailVerdict(checked=ENTRIES)


STATEMENTS = ("UPDATE store_trail SET author_name = 'Mallory'", "DELETE FROM store_trail")


@pytest.mark.parametrize("statement", STATEMENTS)
def test_the_database_refuses_to_change_the_trail(
    stored_companies: StoredCompanies, stamp: Stamp, statement: str
) -> None:
    store = fresh_store(stored_companies)
    written(store, stamp)
    with pytest.raises(RunStoppedError, match="SB-INT-001") as caught:
        stored_companies.database.execute(f"{statement} WHERE company_id = %s", (store.company.id,))
    assert "append-only" in caught.value.problem.cause


def test_postgresql_refuses_to_empty_the_trail(postgresql_companies: StoredCompanies) -> None:
    with pytest.raises(RunStoppedError, match="SB-INT-001") as caught:
        postgresql_companies.database.execute("TRUNCATE store_trail")
    assert "append-only" in caught.value.problem.cause


def tamper(companies: StoredCompanies, company_id: str, statement: str) -> None:
    """Do what only the owner of the database can: switch the triggers off first."""
    database = companies.database
    if database.is_sqlite:
        kept = database.fetch("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = 'store_trail'")
        before, after = [f"DROP TRIGGER {name}" for name, _ in kept], [str(sql) for _, sql in kept]
    else:
        before, after = (
            ["ALTER TABLE store_trail DISABLE TRIGGER USER"],
            ["ALTER TABLE store_trail ENABLE TRIGGER USER"],
        )
    for step in before:
        database.execute(step)
    database.execute(statement, (company_id,))
    for step in after:
        database.execute(step)


@pytest.mark.parametrize(
    ("statement", "first_broken"),
    [
        ("UPDATE store_trail SET author_name = 'Mallory' WHERE sequence = 3 AND company_id = %s", 3),
        ("UPDATE store_trail SET changes = '[]' WHERE sequence = 2 AND company_id = %s", 2),
        ("UPDATE store_trail SET at = '2020-01-01T00:00:00.000000Z' WHERE sequence = 1 AND company_id = %s", 1),
        ("UPDATE store_trail SET hash = 'ab' WHERE sequence = 5 AND company_id = %s", 5),
        ("DELETE FROM store_trail WHERE sequence = 2 AND company_id = %s", 2),
        ("DELETE FROM store_trail WHERE sequence = 1 AND company_id = %s", 1),
        ("DELETE FROM store_trail WHERE sequence = 5 AND company_id = %s", 5),
        ("DELETE FROM store_trail WHERE company_id = %s", 1),
        ("UPDATE store_company SET audit_hash = 'ab' WHERE id = %s", 5),
        ("UPDATE store_company SET audit_sequence = 4 WHERE id = %s", 4),
    ],
)
def test_verifying_names_the_first_broken_entry(
    stored_companies: StoredCompanies, stamp: Stamp, statement: str, first_broken: int
) -> None:
    store = fresh_store(stored_companies)
    written(store, stamp)
    tamper(stored_companies, store.company.id, statement)
    verdict = store.trail.verify()
    assert verdict.first_broken == first_broken
    assert str(first_broken) in verdict.said


def test_a_chain_is_no_other_companys(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    one, other = fresh_store(stored_companies), fresh_store(stored_companies)
    written(one, stamp)
    head = "audit_sequence, audit_hash"
    stored_companies.database.execute(
        f"UPDATE store_company SET ({head}) = (SELECT {head} FROM store_company WHERE id = %s) WHERE id = %s",
        (one.company.id, other.company.id),
    )
    columns = (
        "sequence, at, event, record_type, record_id, record_title, author_id, author_name, door, run_id, changes, hash"
    )
    stored_companies.database.execute(
        f"INSERT INTO store_trail (company_id, {columns}) SELECT %s, {columns} FROM store_trail WHERE company_id = %s",
        (other.company.id, one.company.id),
    )
    assert other.trail.verify().first_broken == 1


def test_a_long_list_of_changes_is_told_whole(store: CompanyStore, stamp: Stamp) -> None:
    fields: Fields = {"name": "V", "email": "x" * 100_000, "currency": 'ü"\\\n'}
    create(store, stamp, "vendor", fields)
    (entry,) = store.trail.newest(limit=1)
    assert {step.field: step.after for step in entry.changes} == fields
