"""The contract of the NetSuite port: one suite for the memory and for the real gateway over loopback HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from suitebridge.adapters.netsuite.conversing import ChangingCallError
from suitebridge.domain.checks import Check
from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison, Not, OneOf
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import RetryLaterError, RunStoppedError
from suitebridge.domain.values import Fields, Scalar, Value
from suitebridge.ports.netsuite import (
    CheckState,
    Done,
    LinkedRecord,
    NotSent,
    OutgoingRecord,
    ReadRequest,
    Rejected,
    Uncertain,
)
from suitebridge.ports.netsuite_account import OutgoingChange
from tests.contract.netsuite_worlds import MemoryWorld, World, bearing, needs, simulated
from tests.fakes.netsuite import MemoryNetSuite

DAY = date(2026, 5, 4)


@pytest.fixture(params=["memory", *Preference, "OAuth 2.0"])
def world(request: pytest.FixtureRequest) -> Iterator[World]:
    if request.param == "OAuth 2.0":
        with bearing() as signed_in:
            yield signed_in
        return
    if not isinstance(request.param, Preference):
        yield MemoryWorld(memory=MemoryNetSuite())
        return
    with simulated(prefers=request.param) as behind_http:
        yield behind_http


@pytest.fixture
def firm(world: World) -> dict[str, str]:
    """Give the ids of a small firm."""
    euro = world.add("currency", name="Euro", symbol="EUR")
    customer = world.add("customer", entityId="Müller & Söhne", companyName="Müller & Söhne GmbH", currency=euro)
    pound = world.add("currency", name="Pound", symbol="GBP")
    lead = world.add(
        "customer", entityId="Zed", companyName="Zed Ltd", email="zed@example.com", isInactive=True, currency=pound
    )
    return {
        "euro": euro,
        "customer": customer,
        "lead": lead,
        "item": world.add("serviceSaleItem", itemId="Consulting"),
        "employee": world.add("employee", entityId="Ann", firstName="Ann", lastName="Lee"),
        "job": world.add("job", entityId="P-1", companyName="Rollout", parent=customer),
        "category": world.add("expenseCategory", name="Airfare"),
    }


def time_bill(firm: dict[str, str], key: str, **fields: Value) -> OutgoingRecord:
    given: dict[str, Value] = {
        "employee": firm["employee"],
        "tranDate": DAY,
        "hours": Decimal("7.25"),
        "memo": "Plan “B”",
        **fields,
    }
    return OutgoingRecord(external_id=key, fields=given)


def test_a_request_is_spelled_without_being_sent(world: World, firm: dict[str, str]) -> None:
    said = world.gateway.reading().spell("timeBill", time_bill(firm, "sb_x_time_entry_1"))
    assert "sb_x_time_entry_1" in said
    assert "Plan “B”" in said or "Plan \\u201cB\\u201d" in said
    assert world.gateway.find_by_external_ids("timeBill", ["sb_x_time_entry_1"]) == {}
    with pytest.raises(RunStoppedError) as refused:
        world.gateway.spell("timeBill", time_bill(firm, "sb_x_time_entry_2", memo="a\x01b"))
    assert refused.value.problem.code == "SB-MAP-002"
    said = world.gateway.reading().spell("job", OutgoingChange(record=firm["job"], fields={"companyName": "Move"}))
    assert firm["job"] in said
    assert "Move" in said
    with pytest.raises(RunStoppedError) as refused:
        world.gateway.spell("job", OutgoingChange(record=firm["job"], fields={"companyName": "a\x01b"}))
    assert refused.value.problem.code == "SB-MAP-002"


@pytest.mark.fault("F20")
def test_pages_go_by_id_until_the_last(world: World) -> None:
    ids = [world.add("department", name=f"D{number}") for number in range(12)]
    seen: list[str] = []
    after, is_last, pages = "", False, 0
    while not is_last:
        page = world.gateway.fetch(ReadRequest(record_type="department", fields=("name",), after_id=after, limit=5))
        seen += [record.id for record in page.records]
        after, is_last, pages = page.records[-1].id, page.is_last, pages + 1
    assert seen == sorted(ids, key=int)
    assert pages == 3


def test_an_exactly_full_page_may_be_the_last(world: World) -> None:
    for number in range(4):
        world.add("department", name=f"D{number}")
    assert world.gateway.fetch(ReadRequest(record_type="department", fields=(), limit=4)).is_last


def test_fields_come_as_values_and_references_are_followed(world: World, firm: dict[str, str]) -> None:
    fields = (
        "entityId",
        "email",
        "isInactive",
        "currency.symbol",
        "parent.entityId",
        "custentity_oa_export_to_openair",
    )
    page = world.gateway.fetch(ReadRequest(record_type="customer", fields=fields))
    first, second = page.records
    assert (first.type, first.id) == ("customer", firm["customer"])
    assert first.fields == {
        "entityId": "Müller & Söhne",
        "email": None,
        "isInactive": False,
        "currency.symbol": "EUR",
        "parent.entityId": None,
        "custentity_oa_export_to_openair": False,
    }
    assert second.fields["currency.symbol"] == "GBP"
    assert second.fields["isInactive"] is True


def test_conditions_choose_what_is_read(world: World, firm: dict[str, str]) -> None:
    active = Compare(path="isInactive", comparison=Comparison.EQUAL, value=False)
    has_mail = Not(condition=Blank(path="email"))
    in_euro = OneOf(path="currency.symbol", values=("EUR", "USD"))

    def chosen(*conditions: Compare | Not | OneOf) -> list[str]:
        request = ReadRequest(record_type="customer", fields=(), condition=AllOf(conditions=conditions))
        return [record.id for record in world.gateway.fetch(request).records]

    assert chosen() == [firm["customer"], firm["lead"]]
    assert chosen(active) == [firm["customer"]]
    assert chosen(Not(condition=active)) == [firm["lead"]]
    assert chosen(has_mail) == [firm["lead"]]
    assert chosen(in_euro) == [firm["customer"]]
    assert chosen(Not(condition=in_euro)) == [firm["lead"]]
    assert chosen(active, has_mail) == []


def test_ids_narrow_what_is_read(world: World, firm: dict[str, str]) -> None:
    request = ReadRequest(record_type="customer", fields=(), ids=(firm["lead"], "999999"))
    assert [record.id for record in world.gateway.fetch(request).records] == [firm["lead"]]


def test_changes_since_a_stamp_of_netsuites_own(world: World, firm: dict[str, str]) -> None:
    world.pass_time(60)
    stamp = world.gateway.ask_now()
    request = ReadRequest(record_type="customer", fields=("phone",), changed_since=stamp)
    before = world.gateway.fetch(ReadRequest(record_type="customer", fields=(), ids=(firm["lead"],))).records[0]
    assert world.gateway.fetch(request).records == ()
    world.change("customer", firm["lead"], phone="+49 30 1")
    (changed,) = world.gateway.fetch(request).records
    assert changed.id == firm["lead"]
    assert changed.fields == {"phone": "+49 30 1"}
    assert changed.version != before.version


def test_a_moment_has_a_stamp_that_fits_among_netsuites_own(world: World) -> None:
    stamp = world.gateway.ask_now()
    moments = (
        datetime(2026, 1, 1, tzinfo=UTC),
        datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC),
        datetime(2999, 1, 1, tzinfo=UTC),
    )
    first, second, last = (world.gateway.stamp_of(moment) for moment in moments)
    assert first < second < stamp < last
    assert len({len(one) for one in (first, second, stamp, last)}) == 1


def test_a_type_without_change_date_shows_change_in_its_version(world: World, firm: dict[str, str]) -> None:
    request = ReadRequest(
        record_type="expenseCategory", fields=("name", "isInactive"), changed_since=world.gateway.ask_now()
    )
    (first,) = world.gateway.fetch(request).records
    (again,) = world.gateway.fetch(request).records
    world.change("expenseCategory", firm["category"], name="Flights")
    (changed,) = world.gateway.fetch(request).records
    assert first.version == again.version != changed.version


def test_counterparts_are_found_by_a_field(world: World, firm: dict[str, str]) -> None:
    twin = world.add("customer", entityId="Zed")
    found = world.gateway.find("customer", "entityId", ["Zed", "Müller & Söhne", "Nobody", ""])
    assert {name: set(ids) for name, ids in found.items()} == {
        "Zed": {firm["lead"], twin},
        "Müller & Söhne": {firm["customer"]},
    }


def test_upsert_creates_once_and_updates_after(world: World, firm: dict[str, str]) -> None:
    (first,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1", customer=firm["job"], item=firm["item"])])
    (second,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1", memo="changed")])
    assert isinstance(first, Done)
    assert first == second
    assert world.count("timeBill") == 1
    page = world.gateway.fetch(ReadRequest(record_type="timeBill", fields=("memo", "hours", "tranDate", "externalId")))
    assert page.records[0].fields == {
        "memo": "changed",
        "hours": Decimal("7.25"),
        "tranDate": DAY,
        "externalId": "sb_t_1",
    }


def test_what_was_to_be_sent_for_a_run_that_is_to_halt_does_not_leave(world: World, firm: dict[str, str]) -> None:
    records = [time_bill(firm, f"sb_t_{number}") for number in range(3)]
    held = world.gateway.upsert("timeBill", records, is_halted=lambda: True)
    assert [one.problem.code for one in held if isinstance(one, NotSent)] == ["SB-HALT-001"] * 3
    assert world.count("timeBill") == 0
    assert all(isinstance(one, Done) for one in world.gateway.upsert("timeBill", records))


def test_a_gateway_that_only_reads_lets_no_changing_request_leave(world: World, firm: dict[str, str]) -> None:
    reading = world.gateway.reading()
    assert len(reading.fetch(ReadRequest(record_type="customer", fields=("entityId",))).records) == 2
    assert reading.find("customer", "entityId", ["Zed"]) == {"Zed": (firm["lead"],)}
    with pytest.raises((ChangingCallError, AssertionError), match="A dry run"):
        reading.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert world.count("timeBill") == 0
    (answer,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert isinstance(answer, Done)


def test_a_change_to_a_record_that_is_there_sets_and_empties_fields_and_creates_nothing(
    world: World, firm: dict[str, str]
) -> None:
    (made,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert isinstance(made, Done)
    here, nowhere = made.netsuite_id, "987654"
    changed, refused = world.gateway.update(
        "timeBill",
        [
            OutgoingChange(record=here, fields={"hours": Decimal("2.5")}, cleared=("memo",)),
            OutgoingChange(record=nowhere, fields={"memo": "nowhere"}),
        ],
    )
    assert changed == Done(external_id=here, netsuite_id=here)
    assert isinstance(refused, Rejected)
    assert refused.external_id == nowhere
    page = world.gateway.fetch(ReadRequest(record_type="timeBill", fields=("memo", "hours")))
    assert [record.fields for record in page.records] == [{"memo": None, "hours": Decimal("2.5")}]
    with pytest.raises((ChangingCallError, AssertionError), match="A dry run"):
        world.gateway.reading().update("timeBill", [OutgoingChange(record=here, fields={"memo": "dry"})])


def test_what_is_cleared_is_emptied_and_what_is_blank_stays(world: World, firm: dict[str, str]) -> None:
    kept, cleared = time_bill(firm, "sb_t_1"), time_bill(firm, "sb_t_2")
    world.gateway.upsert("timeBill", [kept, cleared])
    world.gateway.upsert(
        "timeBill", [time_bill(firm, "sb_t_1", memo=""), replace(time_bill(firm, "sb_t_2", memo=""), cleared=("memo",))]
    )
    page = world.gateway.fetch(ReadRequest(record_type="timeBill", fields=("externalId", "memo")))
    assert {record.fields["externalId"]: record.fields["memo"] for record in page.records} == {
        "sb_t_1": "Plan “B”",
        "sb_t_2": None,
    }


def test_many_records_at_once_each_get_their_answer(world: World, firm: dict[str, str]) -> None:
    keys = [f"sb_t_{number}" for number in range(430)]
    answers = world.gateway.upsert("timeBill", [time_bill(firm, key) for key in keys])
    assert [answer.external_id for answer in answers] == keys
    ids = {answer.external_id: answer.netsuite_id for answer in answers if isinstance(answer, Done)}
    assert len(set(ids.values())) == 430
    assert world.gateway.find_by_external_ids("timeBill", [*keys, "sb_t_none"]) == ids


def test_external_ids_are_compared_without_case(world: World, firm: dict[str, str]) -> None:
    (done,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert isinstance(done, Done)
    assert world.gateway.find_by_external_ids("timeBill", ["sb_t_1"]) == {"sb_t_1": done.netsuite_id}


@pytest.mark.fault("F30")
def test_bad_records_fail_alone_with_their_reason(world: World, firm: dict[str, str]) -> None:
    good, nobody, timeless, illegal, last = world.gateway.upsert(
        "timeBill",
        [
            time_bill(firm, "a"),
            time_bill(firm, "b", employee="999999"),
            time_bill(firm, "c", hours=None),
            time_bill(firm, "d", memo="bell \x07"),
            time_bill(firm, "e"),
        ],
    )
    assert isinstance(good, Done)
    assert isinstance(last, Done)
    assert isinstance(nobody, Rejected)
    assert nobody.problem.code == "NS-REF-001"
    assert isinstance(timeless, Rejected)
    assert timeless.problem.code == "NS-DATA-001"
    assert isinstance(illegal, Rejected)
    assert illegal.problem.code == "SB-MAP-002"
    assert world.count("timeBill") == 2


def test_lines_sent_twice_are_there_once(world: World, firm: dict[str, str]) -> None:
    line: dict[str, Scalar] = {
        "expenseDate": DAY,
        "category": firm["category"],
        "amount": Decimal("120.50"),
        "memo": "Berlin",
    }
    report = OutgoingRecord(
        external_id="sb_e_1",
        fields={
            "entity": firm["employee"],
            "tranDate": DAY,
            "memo": "May",
            "expenseList": (line, {**line, "memo": "Łódź"}),
        },
    )
    answers = [world.gateway.upsert("expenseReport", [report])[0] for _ in range(2)]
    assert isinstance(answers[0], Done)
    assert answers[0] == answers[1]
    assert world.expenses(answers[0].netsuite_id) == 2


def test_whole_records_are_shown_with_their_lines(world: World, firm: dict[str, str]) -> None:
    line: dict[str, Scalar] = {"category": firm["category"], "amount": Decimal("120.50"), "memo": "Berlin"}
    report: Fields = {"entity": firm["employee"], "tranDate": DAY, "expenseList": ({**line, "expenseDate": DAY},) * 2}
    (done,) = world.gateway.upsert("expenseReport", [OutgoingRecord(external_id="sb_e_1", fields=report)])
    assert isinstance(done, Done)
    shown = world.gateway.show("expenseReport", [done.netsuite_id, "999999"])
    (told,) = shown.values()
    texts = [(path.rpartition(".")[2], text) for path, text in told.items()]
    assert [Decimal(text) for name, text in texts if name == "amount"].count(Decimal("120.5")) == 2
    assert texts.count(("memo", "Berlin")) == 2
    assert ("entity", firm["employee"]) in texts
    assert world.gateway.show("expenseReport", []) == {}


def test_what_was_written_is_read_back_as_values(world: World, firm: dict[str, str]) -> None:
    line: dict[str, Scalar] = {
        "category": firm["category"],
        "amount": Decimal("120.50"),
        "memo": "Łódź",
        "isBillable": True,
    }
    written: Fields = {
        "entity": firm["employee"],
        "tranDate": DAY,
        "memo": "May",
        "expenseList": ({**line, "expenseDate": DAY}, {**line, "expenseDate": DAY, "isBillable": False}),
    }
    (done,) = world.gateway.upsert("expenseReport", [OutgoingRecord(external_id="sb_e_1", fields=written)])
    assert isinstance(done, Done)
    names = ("entity", "tranDate", "memo", "expenseList.amount", "expenseList.expenseDate", "expenseList.isBillable")
    (read,) = world.gateway.read_back("expenseReport", [done.netsuite_id, "999999"], names)
    assert (read.id, read.fields["entity"], read.fields["tranDate"]) == (done.netsuite_id, firm["employee"], DAY)
    lines = read.fields["expenseList"]
    assert isinstance(lines, tuple)
    assert [(one["amount"], one["expenseDate"], one["isBillable"]) for one in lines] == [
        (Decimal("120.5"), DAY, True),
        (Decimal("120.5"), DAY, False),
    ]
    (time,) = world.gateway.upsert(
        "timeBill",
        [
            OutgoingRecord(
                external_id="sb_t_1",
                fields={
                    "employee": firm["employee"],
                    "tranDate": DAY,
                    "hours": Decimal("7.25"),
                    "timeType": "_actualTime",
                },
            )
        ],
    )
    assert isinstance(time, Done)
    (bill,) = world.gateway.read_back("timeBill", [time.netsuite_id], ("hours", "timeType"))
    assert bill.fields == {"hours": Decimal("7.25"), "timeType": "_actualTime"}
    assert world.gateway.read_back("timeBill", [], ("hours",)) == []


def test_deletions_are_told_by_id_where_netsuite_reports_them(world: World, firm: dict[str, str]) -> None:
    """F45: what is deleted in NetSuite is noticed."""
    world.remove("customer", firm["customer"])
    world.pass_time(60)
    stamp = world.gateway.ask_now()
    world.remove("customer", firm["lead"])
    every, late = world.gateway.deleted("customer", ""), world.gateway.deleted("customer", stamp)
    assert {one.netsuite_id for one in every or ()} == {firm["customer"], firm["lead"]}
    assert [(one.netsuite_id, one.name) for one in late or ()] == [(firm["lead"], "Zed")]
    assert world.gateway.deleted("employee", "") == []
    assert world.gateway.deleted("timeBill", "") is None


@pytest.mark.fault("F04")
def test_a_lost_answer_is_doubt_until_the_record_is_looked_up(world: World, firm: dict[str, str]) -> None:
    world.lose_answers()
    (doubt,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert isinstance(doubt, Uncertain)
    assert "sb_t_1" in world.gateway.find_by_external_ids("timeBill", ["sb_t_1"])
    assert world.count("timeBill") == 1


def test_being_turned_away_stores_nothing(world: World, firm: dict[str, str]) -> None:
    world.turn_away()
    (unsent,) = world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    assert isinstance(unsent, NotSent)
    assert unsent.problem.code == "NS-THR-001"
    assert world.count("timeBill") == 0


def test_reads_that_are_turned_away_can_be_repeated_later(world: World) -> None:
    world.turn_away()
    with pytest.raises(RetryLaterError, match="NS-THR-001"):
        world.gateway.fetch(ReadRequest(record_type="customer", fields=()))


def test_a_gateway_that_is_closed_lets_nothing_leave(world: World, firm: dict[str, str]) -> None:
    world.gateway.close()
    with pytest.raises(RunStoppedError, match="NS-AUTH-004"):
        world.gateway.upsert("timeBill", [time_bill(firm, "sb_t_1")])
    with pytest.raises(RunStoppedError, match="NS-AUTH-004"):
        world.gateway.fetch(ReadRequest(record_type="customer", fields=()))
    assert world.count("timeBill") == 0


def test_what_nobody_knows_stops_the_run(world: World, firm: dict[str, str]) -> None:
    with pytest.raises(RunStoppedError):
        world.gateway.fetch(ReadRequest(record_type="unicorn", fields=()))
    with pytest.raises(RunStoppedError):
        world.gateway.fetch(ReadRequest(record_type="customer", fields=("nickname",)))
    with pytest.raises(RunStoppedError):
        world.gateway.upsert("item", [OutgoingRecord(external_id="a", fields={})])


def test_the_check_says_what_holds_and_what_does_not(world: World) -> None:
    linked = [LinkedRecord(record_type="customer", netsuite_id="987654", title="Customer Gone", name="Gone")]
    steps = {step.name: step for step in world.gateway.check(needs("customer", "unicorn", "timeBill"), linked)}
    assert steps["links:customer"].state is CheckState.WARNED
    failed = {name for name, step in steps.items() if step.state is CheckState.FAILED}
    assert failed == {"permissions:unicorn"}
    assert steps["permissions:timeBill"].state is CheckState.PASSED
    assert list(dict.fromkeys(step.check for step in steps.values())) == list(Check)
    problem = steps["permissions:unicorn"].problem
    assert problem is not None
    assert problem.remedy
