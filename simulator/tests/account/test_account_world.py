"""The account as a world that tests edit: records kept as given, found again, changed, deleted, kept in files."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from netsuite_simulator import snapshots
from netsuite_simulator.account import Account, Reference
from netsuite_simulator.criteria import AllOf, AnyOf, Not, UnknownCriterionError
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.schemas.shorthand import declare
from netsuite_simulator.tables import column_name

SAMPLES: dict[Kind, object] = {
    Kind.TEXT: "Zażółć “gęślą” & jaźń 名前",
    Kind.INTEGER: 7,
    Kind.DECIMAL: Decimal("1234567.89"),
    Kind.BOOLEAN: True,
    Kind.DATE: date(2024, 2, 29),
    Kind.INSTANT: datetime(2024, 2, 29, 23, 59, 59, tzinfo=UTC),
    Kind.DURATION: Decimal("7.25"),
    Kind.REFERENCE: "4711",
    Kind.REFERENCES: ("1", "3"),
}


def sample(field: Field) -> object:
    if field.kind is Kind.CHOICE:
        return field.choices[0].id
    if field.kind is Kind.LINES:
        assert field.lines is not None
        row = {one.name: sample(one) for one in field.lines.fields}
        return [row | ({"line": 1} if "line" in row else {})]
    if field.kind is Kind.SUBRECORD:
        assert field.subrecord is not None
        return {one.name: sample(one) for one in field.subrecord.fields}
    if field.name == "rate" and field.kind is Kind.TEXT:
        return "150.5"
    return SAMPLES[field.kind]


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_every_field_of_every_type_is_kept_as_given(account: Account, type_name: str) -> None:
    record_type = RECORD_TYPES[type_name]
    values = {field.name: sample(field) for field in record_type.fields}
    written = account.add(type_name, external_id="x-1", internal_id=99, **values)
    stored = account.get(type_name, internal_id=written.id)
    assert stored is not None
    assert (stored.id, stored.external_id) == ("99", "x-1")
    assert {name: stored.values.get(name) for name in values} == values


@pytest.mark.parametrize("type_name", RECORD_TYPES)
def test_columns_exist_where_the_schema_says(account: Account, type_name: str) -> None:
    record_type = RECORD_TYPES[type_name]
    table = account.tables[record_type.table]
    for field in record_type.fields:
        if field.kind is not Kind.LINES:
            assert table.columns[column_name(field)].visible is (field.column is not None)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"email": 5}, "email"),
        ({"creditLimit": "much"}, "creditlimit"),
        ({"isInactive": "T"}, "isinactive"),
        ({"startDate": datetime(2024, 1, 1, tzinfo=UTC)}, "startdate"),
        ({"parent": "abc"}, "parent"),
        ({"parent": "9" * 30}, "parent"),
        ({"parent": "٣"}, "parent"),
        ({"reminderDays": 10**30}, "reminderdays"),
        ({"lastModifiedDate": datetime.max.replace(tzinfo=timezone(-timedelta(hours=5)))}, "lastmodifieddate"),
        ({"stage": "Suspect"}, "stage"),
        ({"nonsense": 1}, "nonsense"),
    ],
)
def test_a_value_of_the_wrong_kind_is_named(account: Account, values: dict[str, Any], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        account.add("customer", companyName="A", **values)
    assert account.counts()["customer"] == 0


def test_what_refers_to_nothing_is_kept_by_a_world_edit(account: Account) -> None:
    written = account.add("timeBill", employee="5000", hours=Decimal(1))
    stored = account.get("timeBill", internal_id=written.id)
    assert stored is not None
    assert stored.values["employee"] == "5000"


def test_entities_share_one_sequence_of_ids(account: Account) -> None:
    ids = [account.add(name, entityId=name).id for name in ("customer", "employee", "vendor", "contact", "job")]
    assert len(set(ids)) == 5
    with pytest.raises(ValueError, match="taken"):
        account.add("vendor", entityId="twin", internal_id=ids[0])
    assert account.add("customer", entityId="far", internal_id=5_000).id == "5000"
    assert account.add("vendor", entityId="after").id == "5001"


def test_an_edit_moves_the_change_date_and_nothing_else(account: Account) -> None:
    written = account.add("customer", companyName="A", email="a@example.com")
    before = account.get("customer", internal_id=written.id)
    account.clock.advance(3600)
    account.bump("customer", written.id, phone="1", email=None)
    after = account.get("customer", internal_id=written.id)
    assert before is not None
    assert after is not None
    changed = {name for name in before.values | after.values if before.values.get(name) != after.values.get(name)}
    assert changed == {"phone", "email", "lastModifiedDate"}
    assert after.values["lastModifiedDate"] == account.clock.second()


def test_external_ids_ignore_case_and_are_shared_by_a_group(account: Account) -> None:
    account.add("customer", external_id="Straße-1", companyName="A")
    assert account.get("customer", external_id="STRASSE-1") is not None
    assert account.get("job", external_id="straße-1") is None
    with pytest.raises(ValueError, match="taken"):
        account.add("employee", external_id="STRASSE-1", firstName="A", lastName="B")
    account.add("department", external_id="straße-1", name="another group")


def test_a_custom_field_added_at_run_time_is_kept_and_survives_a_restart(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    account = Account(state_file=path)
    field = declare(Kind.DECIMAL, "custentity_margin", "custentity_margin", "Margin")
    account.add_custom_field(["customer", "job"], field)
    written = account.add("customer", companyName="A", custentity_margin=Decimal("0.25"))
    account.close()
    again = Account(state_file=path)
    stored = again.get("customer", internal_id=written.id)
    assert stored is not None
    assert stored.values["custentity_margin"] == Decimal("0.25")
    assert field in again.types["job"].fields
    assert again.tables["customer"].columns["custentity_margin"].visible
    with pytest.raises(ValueError, match="already"):
        again.add_custom_field(["job"], field)
    with pytest.raises(ValueError, match="script id"):
        again.add_custom_field(["job"], declare(Kind.TEXT, "margin"))
    again.close()


def test_a_state_file_of_an_earlier_version_learns_new_fields(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    account = Account(state_file=path)
    kept = account.add("customer", companyName="A")
    account.connection.execute("ALTER TABLE customer DROP COLUMN x_vatregnumber")
    account.close()
    again = Account(state_file=path)
    again.bump("customer", kept.id, vatRegNumber="DE1")
    stored = again.get("customer", internal_id=kept.id)
    assert stored is not None
    assert stored.values["vatRegNumber"] == "DE1"
    again.close()


def test_a_state_file_brings_back_records_ids_and_logins(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    account = Account("TSTDRV7", state_file=path)
    credentials = account.tokens.issue(account.id)
    gone = account.add("department", name="Gone")
    kept = account.add("department", name="Kept", external_id="d-1")
    last = account.add("department", name="Last")
    account.delete("department", internal_id=last.id)
    account.delete("department", internal_id=gone.id)
    account.clock.advance(60)
    account.close()

    assert snapshots.account_id_in(path) == "TSTDRV7"
    with pytest.raises(snapshots.StateError, match="holds account TSTDRV7"):
        Account("TSTDRV8", state_file=path)
    again = Account("TSTDRV7", state_file=path)
    assert again.get("department", external_id="D-1") is not None
    token = again.tokens.find(credentials.token_id)
    assert token is not None
    assert token.secret == credentials.token_secret
    assert again.clock.offset_seconds == 60
    assert int(again.add("department", name="New").id) > int(last.id) > int(kept.id)
    again.close()


def test_a_snapshot_puts_everything_back(account: Account) -> None:
    kept = account.add("department", name="Kept", external_id="d-1")
    account.snapshots.take("before")
    account.bump("department", kept.id, name="Changed")
    account.add("department", name="More", external_id="d-2")
    account.tokens.issue(account.id)
    account.snapshots.restore("before")
    stored = account.get("department", internal_id=kept.id)
    assert stored is not None
    assert stored.values["name"] == "Kept"
    assert account.counts()["department"] == 1
    assert not list(account.tokens)
    account.add("department", name="More", external_id="d-2")
    with pytest.raises(snapshots.StateError, match="there are before"):
        account.snapshots.restore("after")


def test_an_exception_leaves_no_half_of_a_transaction(account: Account) -> None:
    def interrupted() -> None:
        with account.transaction():
            account.add("department", name="Half", external_id="half")
            raise InterruptedError

    with pytest.raises(InterruptedError):
        interrupted()
    assert account.counts()["department"] == 0
    assert account.get("department", external_id="half") is None
    assert account.add("department", name="Whole").id == "1"
    assert [write.id for write in account.journal.writes] == ["1"]


def test_a_record_of_the_past_was_not_created_today(account: Account) -> None:
    changed = datetime(2024, 2, 29, tzinfo=UTC)
    written = account.add("customer", companyName="A", lastModifiedDate=changed)
    stored = account.get("customer", internal_id=written.id)
    assert stored is not None
    assert stored.values["dateCreated"] == changed


def test_empty_text_is_no_text(account: Account) -> None:
    written = account.add("department", name="")
    stored = account.get("department", internal_id=written.id)
    assert stored is not None
    assert "name" not in stored.values


def test_deletions_are_remembered_where_netsuite_does(account: Account) -> None:
    customer = account.add("customer", companyName="A", external_id="c-1")
    time_bill = account.add("timeBill", employee="1", hours=Decimal(1))
    start = account.clock.now()
    account.clock.advance(10)
    account.delete("customer", internal_id=customer.id)
    account.delete("timeBill", internal_id=time_bill.id)
    (deleted,) = account.deleted(["customer", "timeBill"], since=start)
    assert (deleted.type.name, deleted.id, deleted.external_id, deleted.name) == ("customer", customer.id, "c-1", "A")
    assert deleted.deleted_at == account.clock.second()
    assert account.deleted(["customer"], since=start + timedelta(seconds=11)) == []
    assert account.get("customer", external_id="c-1") is None


def test_views_show_every_entity_with_its_subsidiary(account: Account) -> None:
    subsidiary = account.add("subsidiary", name="S", country="US")
    customer = account.add("customer", companyName="A", subsidiary=subsidiary)
    project = account.add("job", companyName="P", parent=Reference(internal_id=customer.id))
    rows = account.connection.execute("SELECT id, type, customer, project FROM entity ORDER BY id").fetchall()
    assert rows == [
        (int(customer.id), "CustJob", int(customer.id), None),
        (int(project.id), "Job", None, int(project.id)),
    ]
    (row,) = account.connection.execute("SELECT entity, subsidiary FROM customersubsidiaryrelationship")
    assert row == (int(customer.id), int(subsidiary.id))


DEPARTMENTS = ("Łódź", "łódź office", "Berlin_1", "Berlin%1", "")


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ([("name", "contains", "ŁÓDŹ")], [1, 2]),
        ([("name", "is", "łódź")], [1]),
        ([("name", "not is", "łódź")], [2, 3, 4, 5]),
        ([("name", "starts", "berlin_")], [3]),
        ([("name", "ends", "%1")], [4]),
        ([("name", "not contains", "berlin")], [1, 2, 5]),
        ([("name", "hasKeywords", "office łódź")], [2]),
        ([("name", "empty", None)], [5]),
        ([("name", "not empty", None)], [1, 2, 3, 4]),
        ([("id", "in", ["2", "4"])], [2, 4]),
        ([("id", "between", ["2", "4"])], [2, 3, 4]),
        ([("id", ">", 3)], [4, 5]),
        ([("id", "!=", 3), ("id", "<=", 4)], [1, 2, 4]),
        ([AnyOf((("id", "=", 1), AllOf((("id", ">=", 4), Not(("id", "=", 5))))))], [1, 4]),
        ([("isInactive", "=", True)], [2, 4]),
        ([("externalId", "in", ["D-1", "d-3"])], [1, 3]),
        ([("externalId", "not in", ["D-1", "d-3"])], [2, 4, 5]),
        ([("lastModifiedDate", ">=", datetime(2026, 5, 18, 17, 0, 3, tzinfo=UTC))], [3, 4, 5]),
        ([("subsidiaryList", "in", ["3"])], [1]),
        ([("parent", "in", ["1"])], [5]),
        ([("parent", "not in", ["1"])], [1, 2, 3, 4]),
        ([AnyOf(())], []),
    ],
)
def test_criteria_find_what_they_say(account: Account, where: list[Any], found: list[int]) -> None:
    for number, name in enumerate(DEPARTMENTS, start=1):
        account.clock.advance(1)
        extra: dict[str, Any] = {"subsidiaryList": ["3", "33"]} if number == 1 else {"subsidiaryList": ["33"]}
        if number == 5:
            extra["parent"] = "1"
        account.add("department", external_id=f"d-{number}", name=name, isInactive=number % 2 == 0, **extra)
    records, total = account.search("department", where)
    assert [int(record.id) for record in records] == found
    assert total == len(found)


def test_a_search_pages_by_offset_and_by_id(account: Account) -> None:
    for number in range(10):
        account.add("department", name=f"D{9 - number}")
    page, total = account.search("department", limit=3, offset=3)
    assert ([record.id for record in page], total) == (["4", "5", "6"], 10)
    page, _ = account.search("department", limit=3, after_id="8")
    assert [record.id for record in page] == ["9", "10"]
    page, _ = account.search("department", order="name", limit=1)
    assert page[0].id == "10"


def test_an_unknown_criterion_is_named(account: Account) -> None:
    with pytest.raises(UnknownCriterionError, match="nonsense"):
        account.search("department", [("nonsense", "=", 1)])
    with pytest.raises(UnknownCriterionError, match="resembles"):
        account.search("department", [("name", "resembles", "x")])
    with pytest.raises(ValueError, match="no record type spaceship"):
        account.search("spaceship")


def test_a_search_over_types_of_one_table_drops_those_without_the_field(account: Account) -> None:
    invoice = account.add("invoice", entity="1", tranDate=date(2026, 1, 1), otherRefNum="PO-1")
    account.add("expenseReport", entity="2", tranDate=date(2026, 1, 1))
    found, _ = account.search(["invoice", "expenseReport"], [("tranDate", "=", date(2026, 1, 1))])
    assert [record.type.name for record in found] == ["invoice", "expenseReport"]
    found, _ = account.search(["invoice", "expenseReport"], [("otherRefNum", "is", "po-1")])
    assert [record.id for record in found] == [invoice.id]
