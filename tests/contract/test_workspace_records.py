"""The contract of `ports.workspace`: every question has one answer, whichever database decides it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.databases import Cell, Database, Parameter
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Condition, Not, OneOf, holds, paths
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.values import Fields, Scalar
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import RecordChange
from suitebridge.ports.workspace import RecordQuery
from tests.contract.conftest import fresh_store
from tests.contract.stories import create

EXPORTED = datetime(2026, 2, 1, 10, 0, 0, 250000, tzinfo=UTC)


@pytest.fixture
def firm(store: CompanyStore, stamp: Stamp) -> CompanyStore:
    """Give a company with a week of time entries; ids follow from the order of creation."""
    create(store, stamp, "employee", {"nickname": "ada", "netsuite_id": "500", "active": True}, {"nickname": "bob"})
    create(
        store,
        stamp,
        "timesheet",
        {"name": "W1", "employee": "1", "starts": date(2026, 1, 5), "status": "A"},
        {"name": "W2", "employee": "2", "starts": date(2026, 1, 12), "status": "O"},
    )
    entries: list[Fields] = [
        {"timesheet": "3", "employee": "1", "date": date(2026, 1, 5), "hours": Decimal("7.50"), "billable": True},
        {"timesheet": "3", "employee": "1", "date": date(2026, 1, 6), "hours": Decimal(8), "exported": EXPORTED},
        {"timesheet": "4", "employee": "2", "date": date(2026, 1, 12), "hours": Decimal("0.25"), "notes": ""},
        {"timesheet": "4", "employee": "99", "date": date(2026, 1, 13), "hours": Decimal("10"), "notes": "Çaña"},
    ]
    create(store, stamp, "time_entry", *entries)
    return store


@pytest.mark.fault("F56")
def test_every_value_survives(store: CompanyStore, stamp: Stamp) -> None:
    fields: Fields = {
        "name": "  Quote ' \" , | < & \n ünïcode 東京 \U0001f600 00042",
        "company": "",
        "active": False,
        "netsuite_id": "007",
        "unknown": Decimal("1.10"),
    }
    (own,) = create(store, stamp, "customer", fields)
    (record,) = store.records.fetch("customer", [own], [])
    assert record.version == "1"
    assert {name: record.fields[name] for name in fields} == fields
    assert record.fields["email"] is None


def test_decimals_days_and_moments_keep_their_type(firm: CompanyStore) -> None:
    (record,) = firm.records.fetch("time_entry", ["6"], [])
    assert record.fields["hours"] == Decimal(8)
    assert isinstance(record.fields["hours"], Decimal)
    assert record.fields["date"] == date(2026, 1, 6)
    assert record.fields["exported"] == EXPORTED


def test_fetch_keeps_the_order_asked_and_leaves_unknown_ids_out(firm: CompanyStore) -> None:
    asked = ["7", "999", "not an id", "5", "7", ""]
    assert [record.id for record in firm.records.fetch("time_entry", asked, ["date"])] == ["7", "5"]


def test_fetch_gives_exactly_the_paths_asked_for(firm: CompanyStore) -> None:
    wanted = [
        "date",
        "id",
        "timesheet.status",
        "timesheet.employee.netsuite_id",
        "employee.netsuite_id",
        "project.name",
    ]
    first, last = firm.records.fetch("time_entry", ["5", "8"], wanted)
    assert first.fields == {
        "date": date(2026, 1, 5),
        "id": "5",
        "timesheet.status": "A",
        "timesheet.employee.netsuite_id": "500",
        "employee.netsuite_id": "500",
        "project.name": None,
    }
    assert last.fields["employee.netsuite_id"] is None


def test_belonging_records_come_as_lines_in_their_order(firm: CompanyStore) -> None:
    (sheet, other) = firm.records.fetch("timesheet", ["3", "4"], ["entries.hours", "name", "entries.employee.nickname"])
    assert sheet.fields == {
        "name": "W1",
        "entries": (
            {"hours": Decimal("7.50"), "employee.nickname": "ada"},
            {"hours": Decimal(8), "employee.nickname": "ada"},
        ),
    }
    assert other.fields["entries"] == (
        {"hours": Decimal("0.25"), "employee.nickname": "bob"},
        {"hours": Decimal(10), "employee.nickname": None},
    )


def test_an_unknown_path_is_named(firm: CompanyStore) -> None:
    with pytest.raises(LookupError, match="nonsense"):
        firm.records.fetch("time_entry", ["5"], ["nonsense"])
    with pytest.raises(LookupError, match="nonsense"):
        firm.records.find("time_entry", "nonsense", ["x"])
    with pytest.raises(LookupError, match="nonsense"):
        firm.records.count("nonsense")


def test_find_by_name_id_and_other_fields(store: CompanyStore, stamp: Stamp) -> None:
    long = "Straße " * 60
    create(
        store,
        stamp,
        "customer",
        {"name": "Acme", "email": "a@x.example", "netsuite_id": "7", "load_key": "c-1"},
        {"name": "ACME", "email": "A@X.example", "load_key": "c-2"},
        {"name": long + "1"},
        {"name": long + "2"},
        {"email": ""},
    )
    find = store.records.find
    assert find("customer", "name", ["Acme", "nobody", ""]) == {"Acme": ("1",)}
    assert find("customer", "name", ["aCMe"], ignores_case=True) == {"acme": ("1", "2")}
    assert find("customer", "name", [long.upper() + "2"], ignores_case=True) == {(long + "2").casefold(): ("4",)}
    assert find("customer", "email", ["a@x.example"]) == {"a@x.example": ("1",)}
    assert find("customer", "email", ["a@x.EXAMPLE"], ignores_case=True) == {"a@x.example": ("1", "2")}
    assert find("customer", "netsuite_id", ["7", "8"]) == {"7": ("1",)}
    assert find("customer", "load_key", ["c-2", "c-1"]) == {"c-1": ("1",), "c-2": ("2",)}
    assert find("customer", "id", ["2", "77", "x"]) == {"2": ("2",)}
    assert find("customer", "email", []) == {}


MAILS = (
    "a@x.example",
    "A@X.example",
    "straße@x.example",
    "STRASSE@x.example",
    f"{'long' * 60}1@x.example",
    f"{'long' * 60}2@x.example",
    "",
    "“quoted”@x",
)


def by_reading_all(store: CompanyStore, values: Sequence[str], *, ignores_case: bool) -> Mapping[str, tuple[str, ...]]:
    """Find by e-mail as it was done before there was an index: look at every record."""
    found: dict[str, tuple[str, ...]] = {}
    wanted = {value.casefold() if ignores_case else value for value in values if value}
    for record in store.records.query(RecordQuery(record_type="employee", limit=99)):
        mail = str(record.fields.get("email") or "")
        key = mail.casefold() if ignores_case else mail
        if key in wanted:
            found[key] = (*found.get(key, ()), record.id)
    return found


def test_finding_by_e_mail_answers_as_reading_every_record_did(store: CompanyStore, stamp: Stamp) -> None:
    create(
        store,
        stamp,
        "employee",
        *({"nickname": f"n{n}", "email": mail} for n, mail in enumerate(MAILS * 2)),
        {"nickname": "x"},
    )
    cleared = RecordChange(
        type="employee", id="1", version="", changes=(Change(field="email", before=None, after=None),)
    )
    moved = RecordChange(
        type="employee", id="2", version="", changes=(Change(field="email", before=None, after="New@x.example"),)
    )
    with store.transactions.begin() as unit:
        unit.change_records([cleared, moved], stamp)
    asked = (*MAILS, "new@X.example", "New@x.example", "nobody@x.example")
    for ignores_case in (False, True):
        for values in (asked, *((one,) for one in asked)):
            found = store.records.find("employee", "email", values, ignores_case=ignores_case)
            assert found == by_reading_all(store, values, ignores_case=ignores_case)


def test_records_of_before_get_their_second_key_and_are_found_by_an_index(
    stored_companies: StoredCompanies, stamp: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, database = fresh_store(stored_companies), stored_companies.database
    migration = import_module("suitebridge.adapters.store.migrations.0038_second_keys")
    monkeypatch.setattr(migration, "BATCH", 3)
    create(store, stamp, "vendor", *({"name": f"V{n}", "email": mail} for n, mail in enumerate(MAILS)))
    database.execute("UPDATE store_record SET second_key = NULL WHERE company_id = %s", (store.company.id,))
    assert store.records.find("vendor", "email", MAILS) == {}
    migration.fill(apps, SimpleNamespace(connection=database.connection))
    assert store.records.find("vendor", "email", MAILS) == {mail: (str(n + 1),) for n, mail in enumerate(MAILS) if mail}
    asked: list[tuple[str, Sequence[Parameter]]] = []
    fetch = Database.fetch

    def spy(own: Database, statement: str, parameters: Sequence[Parameter] = ()) -> list[tuple[Cell, ...]]:
        asked.append((statement, parameters))
        return fetch(own, statement, parameters)

    if database.is_sqlite:
        monkeypatch.setattr(Database, "fetch", spy)
        store.records.find("vendor", "email", MAILS[:2], ignores_case=True)
        statement, parameters = asked[-1]
        plan = [str(row[3]) for row in fetch(database, f"EXPLAIN QUERY PLAN {statement}", parameters)]
        assert any("USING INDEX store_record_second " in step for step in plan), plan


def value(path: str, comparison: Comparison, to: Scalar) -> Compare:
    return Compare(path=path, comparison=comparison, value=to)


LEAVES: tuple[Condition, ...] = (
    Blank(path="exported"),
    Blank(path="notes"),
    Blank(path="timesheet.status"),
    Blank(path="employee.netsuite_id"),
    Blank(path="hours"),
    *(value("hours", comparison, Decimal("7.5")) for comparison in Comparison),
    *(value("date", comparison, date(2026, 1, 6)) for comparison in Comparison),
    *(value("exported", comparison, EXPORTED) for comparison in Comparison),
    *(value("notes", comparison, "Çaña") for comparison in Comparison),
    *(value("notes", comparison, None) for comparison in Comparison),
    value("notes", Comparison.EQUAL, ""),
    value("timesheet.status", Comparison.EQUAL, "A"),
    value("timesheet.status", Comparison.NOT_EQUAL, "A"),
    value("timesheet.starts", Comparison.GREATER, date(2026, 1, 6)),
    value("timesheet.employee.active", Comparison.EQUAL, True),
    value("employee.netsuite_id", Comparison.EQUAL, "500"),
    value("billable", Comparison.NOT_EQUAL, True),
    value("billable", Comparison.EQUAL, "true"),
    value("timesheet", Comparison.EQUAL, "3"),
    value("timesheet", Comparison.EQUAL, "x"),
    value("employee", Comparison.NOT_EQUAL, "1"),
    value("hours", Comparison.EQUAL, 8),
    value("hours", Comparison.LESS, "8"),
    OneOf(path="timesheet", values=("4", "3", None)),
    OneOf(path="timesheet.status", values=("O", "S")),
    OneOf(path="notes", values=("", None)),
    OneOf(path="hours", values=(Decimal("0.250"), 10)),
    OneOf(path="date", values=()),
)
WHOLE: tuple[Condition, ...] = (
    AllOf(conditions=()),
    AnyOf(conditions=()),
    AllOf(conditions=(Blank(path="exported"), value("timesheet.status", Comparison.EQUAL, "A"))),
    AnyOf(conditions=(Blank(path="billable"), Not(condition=Blank(path="notes")))),
    Not(condition=AnyOf(conditions=(Blank(path="notes"), value("hours", Comparison.GREATER, 9)))),
    Not(condition=AllOf(conditions=(Blank(path="exported"), value("timesheet.status", Comparison.EQUAL, "A")))),
)


@pytest.mark.parametrize("condition", [*LEAVES, *(Not(condition=leaf) for leaf in LEAVES), *WHOLE], ids=repr)
def test_the_database_decides_as_the_domain_does(firm: CompanyStore, condition: Condition) -> None:
    every = firm.records.fetch("time_entry", ["5", "6", "7", "8"], [*dict.fromkeys(paths(condition))] or ["id"])
    expected = [(record.id, record.version) for record in every if holds(condition, record.fields)]
    assert firm.records.select("time_entry", condition, after_id="", limit=100) == expected


def test_select_walks_in_numeric_order(store: CompanyStore, stamp: Stamp) -> None:
    ids = create(store, stamp, "vendor", *({"name": f"V{number}"} for number in range(12)))
    walked: list[str] = []
    while page := store.records.select("vendor", None, after_id=walked[-1] if walked else "", limit=5):
        walked += [own for own, _ in page]
    assert walked == ids


def test_a_condition_on_an_unknown_field_is_named(real_store: CompanyStore) -> None:
    with pytest.raises(LookupError, match="colour"):
        real_store.records.select("vendor", Blank(path="colour"), after_id="", limit=1)
    with pytest.raises(LookupError, match="name"):
        real_store.records.select("vendor", Blank(path="name.colour"), after_id="", limit=1)


def test_query_pages_searches_and_turns_round(store: CompanyStore, stamp: Stamp) -> None:
    names = ["100% Äpfel", "Birnen_Saft", "ÄPFEL", "Kirschen"]
    vendors: list[Fields] = [{"name": name, "active": name != "ÄPFEL"} for name in names]
    create(store, stamp, "vendor", *vendors)

    def found(**asked: object) -> list[str]:
        return [record.id for record in store.records.query(RecordQuery(record_type="vendor", **asked))]  # type: ignore[arg-type]

    assert found() == ["1", "2", "3", "4"]
    assert found(newest_first=True, limit=2) == ["4", "3"]
    assert found(newest_first=True, after_id="3") == ["2", "1"]
    assert found(after_id="2") == ["3", "4"]
    assert found(text="äpfel") == ["1", "3"]
    assert found(text="%") == ["1"]
    assert found(text="n_s") == ["2"]
    assert found(text="\\") == []
    assert found(text="äpfel", condition=value("active", Comparison.EQUAL, True)) == ["1"]
    assert store.records.count("vendor") == 4
    assert store.records.count("customer") == 0
