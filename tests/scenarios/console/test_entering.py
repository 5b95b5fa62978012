"""Entering records on pages: a week of time, a record with its lines, and what is refused beside its field."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.people import User
from suitebridge.domain.records import Record
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.workspace import RecordQuery
from tests.console_world import World
from tests.contract.stories import create, field
from tests.scenarios.console.conftest import Entrance
from tests.unit.recording.test_approving import stamp_of

MONDAY = "2026-03-02"


def person(store: CompanyStore, user_id: str) -> User:
    user = store.people.get(user_id)
    assert user is not None
    return user


def lines(store: CompanyStore, record_type: str, by: str, head: str) -> list[Record]:
    belongs = Compare(path=by, comparison=Comparison.EQUAL, value=head)
    return list(store.records.query(RecordQuery(record_type=record_type, condition=belongs)))


def newest(store: CompanyStore, record_type: str) -> Record:
    return store.records.query(RecordQuery(record_type=record_type, newest_first=True, limit=1))[0]


def test_a_week_is_filled_corrected_copied_and_submitted(world: World, entrance: Entrance) -> None:
    emil, store = entrance("emil"), world.store
    grace = stamp_of(person(store, "grace"))
    create(store, grace, "service", {"name": "Consulting"}, {"name": "Twice"}, {"name": "twice"})
    project = f"#{world.ids['project']} {field(store, 'project', world.ids['project'], 'name')}"
    row = {"row-0-project": project, "row-0-service": "consulting", "row-0-notes": "Design"}
    week = {"starts": MONDAY, "version": "", **row, "row-0-0": "7:30", "row-0-1": "8,25", "row-0-2": "", "row-1-0": ""}
    wrong = emil.post("/week", {**week, "row-0-service": "Twice", "row-0-2": "25", "row-0-3": "a lot"})
    said = wrong.content.decode()
    assert (wrong.status_code, store.records.count("time_entry")) == (422, 0)
    for text in (
        "names 2 records",
        "A day has at most 24 hours",
        "“a lot” is not a number",
        'value="7:30"',
        'aria-invalid="true"',
    ):
        assert text in said, text
    saved = emil.post("/week", week)
    assert saved.status_code == 302, saved.content.decode().partition('role="alert"')[2][:600]
    assert saved["Location"] == f"/week?day={MONDAY}"
    sheet = newest(store, "timesheet")
    assert (sheet.fields["employee"], sheet.fields["ends"]) == (person(store, "emil").id, date(2026, 3, 8))
    monday, tuesday = lines(store, "time_entry", "timesheet", sheet.id)
    assert (monday.fields["hours"], tuesday.fields["hours"]) == (Decimal("7.5"), Decimal("8.25"))
    assert monday.fields["project"] == world.ids["project"]
    shown = emil.get(f"/week?day={MONDAY}").content.decode()
    assert ('value="Consulting"' in shown, f'value="{project}"' in shown, "data-sum>15.75<" in shown) == (
        True,
        True,
        True,
    )

    seen = {"row-0-0-seen": f"{monday.id}:1", "row-0-1-seen": f"{tuesday.id}:1", "version": "1"}
    changed = {**week, **seen, "row-0-0": "", "row-0-1": "6", "act": "submit"}
    assert emil.post("/week", changed).status_code == 302
    assert [one.fields["hours"] for one in lines(store, "time_entry", "timesheet", sheet.id)] == [Decimal(6)]
    assert field(store, "timesheet", sheet.id, "status") == "S"
    late = emil.post("/week", {**changed, "version": "1"})
    assert (late.status_code, "It is submitted" in late.content.decode()) == (422, True)
    copied = emil.get("/week?day=2026-03-09&copy=yes").content.decode()
    assert ("Nothing is saved yet" in copied, 'value="Consulting"' in copied, 'value="6"' in copied) == (
        True,
        True,
        True,
    )
    assert store.records.count("timesheet") == 1


def test_a_report_is_entered_with_its_receipts_on_one_page(world: World, entrance: Entrance) -> None:
    emil, store = entrance("emil"), world.store
    create(store, stamp_of(person(store, "grace")), "expense_item", {"name": "Hotel"})
    form = {
        "number": "EXP-1", "date": MONDAY, "currency": "EUR", "version": "",
        "line-0-seen": "", "line-0-expense_item": "Hotel", "line-0-date": MONDAY, "line-0-quantity": "2", "line-0-cost": "110", "line-0-total": "",
        "line-1-seen": "", "line-1-expense_item": "Hotel", "line-1-date": MONDAY, "line-1-total": "",
    }  # fmt: skip
    blank = emil.get("/records/expense_report/add").content.decode()
    assert ("Receipts" in blank, "Expense item, line 3" in blank, 'name="employee"' in blank) == (True, True, False)
    wrong = emil.post("/records/expense_report/add", form)
    assert ("Line 2, Total: Total must be filled in" in wrong.content.decode(), store.records.count("receipt")) == (
        True,
        0,
    )
    place = emil.post("/records/expense_report/add", {**form, "line-1-total": "40.5"})["Location"]
    report = newest(store, "expense_report")
    assert (place, report.fields["employee"]) == (f"/records/expense_report/{report.id}", person(store, "emil").id)
    hotel, other = lines(store, "receipt", "expense_report", report.id)
    assert (hotel.fields["total"], other.fields["total"], other.fields["currency"]) == (
        Decimal(220),
        Decimal("40.5"),
        "EUR",
    )
    again = {
        "number": "EXP-1", "date": MONDAY, "currency": "EUR", "version": "1",
        "line-0-seen": f"{hotel.id}:1", "line-0-gone": "yes", "line-0-total": "220",
        "line-1-seen": f"{other.id}:1", "line-1-expense_item": "Hotel", "line-1-date": MONDAY, "line-1-total": "41", "act": "submit",
    }  # fmt: skip
    assert emil.post(f"{place}/edit", again).status_code == 302
    (kept,) = lines(store, "receipt", "expense_report", report.id)
    assert (kept.id, kept.fields["total"], field(store, "expense_report", report.id, "status")) == (
        other.id,
        Decimal(41),
        "S",
    )
    assert "It is submitted" in emil.post(f"{place}/edit", again).content.decode()
    assert "/edit" not in emil.get(place).content.decode()
    assert emil.post("/records/invoice/add", {"number": "INV-1"}).status_code == 403


def test_an_invoice_adds_up_its_charges_and_keeps_what_it_cannot_read(world: World, entrance: Entrance) -> None:
    grace, store = entrance("grace"), world.store
    customer = str(field(store, "customer", world.ids["customer"], "name"))
    form = {
        "number": "INV-9", "customer": customer, "date": MONDAY, "currency": "EUR", "version": "",
        "line-0-seen": "", "line-0-description": "Advice", "line-0-quantity": "3", "line-0-rate": "100", "line-0-total": "",
        "line-1-seen": "", "line-1-description": "Travel", "line-1-total": "50",
    }  # fmt: skip
    wrong = grace.post("/records/invoice/add", {**form, "customer": "Nobody", "date": "soon"}).content.decode()
    assert ("There is no customer “Nobody”" in wrong, "“soon” is not a date" in wrong, 'value="Advice"' in wrong) == (
        True,
        True,
        True,
    )
    assert grace.post("/records/invoice/add", {**form, "customer": f"#{world.ids['customer']}"}).status_code == 302
    invoice = newest(store, "invoice")
    assert (invoice.fields["total"], invoice.fields["customer"]) == (Decimal(350), world.ids["customer"])
    edit = f"/records/invoice/{invoice.id}/edit"
    more = grace.post(edit, {**form, "act": "more"}).content.decode()
    assert "Description, line 5" in more
    stale = grace.post(edit, {**form, "version": "7"})
    assert (stale.status_code, "Somebody else" in stale.content.decode()) == (422, True)
    assert grace.get("/records/employee/add").status_code == 404
    assert grace.get("/records/charge/add").status_code == 404
    assert grace.get("/records/invoice/0/edit").status_code == 404
