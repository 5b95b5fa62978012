"""Records and their trail as pages tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from suitebridge.console.record.page import field_paths, record_page, related_list
from suitebridge.console.record_list.page import PAGE_RECORDS, record_line, record_list_page, title_of
from suitebridge.console.trail.filters import TrailQuestion, narrow, read_question
from suitebridge.console.trail.page import PAGE_ENTRIES, references, trail_line, trail_page
from suitebridge.domain.events import EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields
from suitebridge.ports.trail import TrailEntry

INVOICE, CUSTOMER, ENTRY = (WORKSPACE_TYPES[name] for name in ("invoice", "customer", "time_entry"))
AT = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)


def everything(_record_type: str) -> bool:
    """See every record type."""
    return True


def nothing(_record_type: str) -> bool:
    """See no record type."""
    return False


def make_record(record_type: str, fields: Fields, *, id_: str = "12") -> Record:
    return Record(type=record_type, id=id_, version="1", fields=fields)


def make_entry(*changes: Change, event: EventName = EventName.RECORD_UPDATED, sequence: int = 40) -> TrailEntry:
    return TrailEntry(
        sequence=sequence, at=AT, event=event.value, record_type="customer", record_id="5", record_title="Customer Acme", author_id="1",
        author_name="Grace Kim", door="NetSuite integration", run_id="r1", changes=changes, address="", version="", hash="ab" * 32,
    )  # fmt: skip


def test_an_invoice_shows_its_fields_as_people_read_them() -> None:
    fields: Fields = {
        "number": "INV-1", "customer": "5", "customer.name": "Acme", "date": date(2026, 3, 1), "status": "A",
        "total": Decimal("1234.5"), "exported": AT, "netsuite_id": "61000", "notes": "",
    }  # fmt: skip
    page = record_page(
        INVOICE,
        make_record("invoice", fields),
        zone=UTC,
        netsuite_href="n",
        related=[],
        trail=None,
        may_view=everything,
    )
    shown = {line.label: line for line in page.fields}
    assert shown["Customer"].text == "Acme"
    assert shown["Customer"].href == "/records/customer/5"
    assert shown["Approval status"].text == "Approved"
    assert shown["Total"].text == "1,234.50"
    assert shown["Exported"].text == "2026-03-02 08:00:00"
    assert shown["Notes"].is_blank
    assert (page.netsuite_id, page.shows_trail) == ("61000", False)
    assert "NetSuite ID" not in shown


def test_a_page_asks_for_the_titles_of_what_it_refers_to() -> None:
    assert {"customer.name", "project.name", "number"} <= set(field_paths(INVOICE))


def test_a_record_without_title_is_named_by_type_and_id() -> None:
    assert title_of(ENTRY, make_record("time_entry", {"notes": "  "})) == "Time entry 12"
    assert len(title_of(ENTRY, make_record("time_entry", {"notes": "long " * 100}))) <= 121


def test_a_list_has_the_columns_that_its_type_has() -> None:
    line = record_line(CUSTOMER, make_record("customer", {"name": "Acme", "active": False}), netsuite_href="")
    page = record_list_page(CUSTOMER, [line], text="", after="", count=1)
    assert (line.status, line.day) == ("Inactive", "")
    assert (page.has_status, page.has_day, page.count, page.older_href) == (True, False, "1 customer", "")


def test_a_full_page_leads_on_and_keeps_the_search() -> None:
    lines = [
        record_line(CUSTOMER, make_record("customer", {"name": "A&B"}, id_=str(99 - n)), netsuite_href="")
        for n in range(PAGE_RECORDS)
    ]
    page = record_list_page(CUSTOMER, lines, text="a&b", after="", count=120)
    assert page.older_href == "/records/customer?text=a%26b&after=50"


def test_more_related_records_than_are_shown_are_admitted() -> None:
    records = [make_record("charge", {"description": str(n)}, id_=str(n)) for n in range(26)]
    shown = related_list(WORKSPACE_TYPES["charge"], records)
    assert (len(shown.lines), shown.more) == (25, "The newest 25 are shown.")


def test_an_entry_is_a_sentence_with_its_run_and_fields() -> None:
    changes = (
        Change(field="active", before="true", after="false"),
        Change(field="phone", before=None, after="12"),
        Change(field="notes", before="x", after=None),
    )
    line = trail_line(
        make_entry(*changes), zone=UTC, run_numbers={"r1": 7}, names={}, may_view=everything, may_open_runs=False
    )
    assert line.sentence == "Grace Kim changed Customer Acme through the NetSuite integration."
    assert (line.run_text, line.run_href, line.record_href) == ("Run 7", "", "/records/customer/5")
    active, phone, notes = line.changes
    assert (active.field, active.before, active.after) == ("Active", "Yes", "No")
    assert (phone.had_value, phone.after) == (False, "12")
    assert (notes.has_value, notes.before) == (False, "x")
    assert line.folded == ""


def test_many_changes_are_folded() -> None:
    changes = tuple(Change(field=f"f{n}", before=None, after="1") for n in range(9))
    line = trail_line(make_entry(*changes), zone=UTC, run_numbers={}, names={}, may_view=nothing, may_open_runs=False)
    assert (line.folded, line.run_text, line.record_href) == ("9 fields", "", "")


@pytest.mark.parametrize(("starter", "behalf"), [("Omar Haddad", "Omar Haddad"), ("Grace Kim", ""), ("", "")])
def test_an_entry_says_on_whose_behalf_its_author_acted(starter: str, behalf: str) -> None:
    line = trail_line(
        make_entry(),
        zone=UTC,
        run_numbers={"r1": 7},
        names={},
        may_view=everything,
        may_open_runs=True,
        starter=starter,
    )
    assert line.behalf == behalf


def test_days_count_whole_in_the_zone_of_the_company() -> None:
    question = read_question({"from": "2026-03-01", "to": "2026-03-02", "door": "console", "type": "invoice"})
    among = narrow(question, None, ZoneInfo("Europe/Berlin"), hidden_types=("project",))
    assert (among.since, among.until) == (
        datetime(2026, 2, 28, 23, 0, tzinfo=UTC),
        datetime(2026, 3, 2, 23, 0, tzinfo=UTC),
    )
    assert (among.door, among.record_type, among.author_id) == ("console", "invoice", "")
    assert among.hidden_types == ("project",)


@pytest.mark.parametrize("text", ["", "x", "2026-02-30", "0001-01-01", "9999-12-31", "20260101x"])
def test_what_is_no_day_counts_as_not_asked(text: str) -> None:
    assert read_question({"from": text, "to": text}) == TrailQuestion()


def test_every_event_makes_a_sentence() -> None:
    for event in EventName:
        line = trail_line(
            make_entry(event=event), zone=UTC, run_numbers={}, names={}, may_view=everything, may_open_runs=True
        )
        assert line.sentence.startswith("Grace Kim ")
        assert line.sentence.endswith(".")


def test_the_trail_leads_on_until_its_first_entry() -> None:
    entries = [make_entry(sequence=100 - n) for n in range(PAGE_ENTRIES)]
    assert trail_page(entries, [], question=TrailQuestion(run=7)).older_href == "/audit-trail?run=7&before=51"
    first = [make_entry(sequence=PAGE_ENTRIES - n) for n in range(PAGE_ENTRIES)]
    assert trail_page(first, [], question=TrailQuestion()).older_href == ""


def test_what_somebody_may_not_see_is_a_number() -> None:
    fields: Fields = {"customer": "5", "customer.name": "Acme", "total": Decimal(1)}
    page = record_page(
        INVOICE, make_record("invoice", fields), zone=UTC, netsuite_href="", related=[], trail=None, may_view=nothing
    )
    customer = next(line for line in page.fields if line.label == "Customer")
    assert (customer.text, customer.href) == ("Customer 5", "")


def test_an_entry_names_the_records_that_it_refers_to() -> None:
    entry = replace(make_entry(Change(field="customer", before="5", after="6")), record_type="project")
    assert list(references([entry])) == [("customer", "5"), ("customer", "6")]
    line = trail_line(
        entry, zone=UTC, run_numbers={}, names={("customer", "5"): "Acme"}, may_view=everything, may_open_runs=True
    )
    assert [(one.before, one.after) for one in line.changes] == [("Acme (customer 5)", "Customer 6")]
