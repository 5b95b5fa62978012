"""The grid of weekly time sheets over SOAP, driven by zeep: days are time bills, and a sheet is kept whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
from lxml import etree
from requests import Session
from simulator.tests.soap.zeep_client import Zeep, load_zeep

from netsuite_simulator.schemas.fields import Field, Kind

SUNDAY = datetime.datetime(2026, 5, 3, 7, tzinfo=datetime.UTC)


@pytest.fixture
def soap(client: Any, schema: etree.XMLSchema | None) -> Iterator[Zeep]:
    field = Field(name="custcol_place", kind=Kind.TEXT, column="custcol_place", label="Place")
    client.account.add_custom_field(["timeBill"], field)
    with Session() as session:
        session.trust_env = False
        made = load_zeep(client, f"http://127.0.0.1:{client.port}/wsdl/v2025_2_0/netsuite.wsdl", schema, session)
        yield made
    assert made.problems() == []


def entry(soap: Zeep, hours: float, **values: Any) -> Any:
    kind = soap.type(soap.names.by_prefix["tranEmp"], "TimeEntry")
    work = {"customer": soap.ref(internalId="40"), "item": soap.ref(internalId="12")}
    return kind(hours={"timeSpan": hours, "unit": "hour"}, **(work | values))


def sheet(soap: Zeep, *rows: dict[str, Any], replace: bool | None = None, **values: Any) -> Any:
    grid: dict[str, Any] = {"timeSheetTimeGrid": list(rows)}
    if replace is not None:
        grid["replaceAll"] = replace
    return soap.record("timeSheet", timeGridList=grid, **values)


def week(account: Any, number: str) -> list[tuple[str, Decimal]]:
    rows = account.connection.execute(
        "SELECT trandate, hours FROM timebill WHERE timesheet = ? ORDER BY 1, 2", (number,)
    )
    return [(day, Decimal(str(hours))) for day, hours in rows]


def test_a_sheet_is_added_with_its_days_and_read_back(soap: Zeep, account: Any) -> None:
    text = soap.type(soap.names.core, "StringCustomFieldRef")
    fields = {"customField": [text(value="Oslo", scriptId="custcol_place")]}
    rows = {"monday": entry(soap, 7.5, memo="Design", customFieldList=fields), "friday": entry(soap, 4, memo="Design")}
    late = {"friday": entry(soap, 1.25, memo="Travel", externalId="travel-1")}
    sent = sheet(soap, rows, late, employee=soap.ref(internalId="20"), startDate=SUNDAY)
    added = soap.call("add", sent)["body"]["writeResponse"]
    assert added["status"]["isSuccess"] is True, added["status"]
    number = added["baseRef"]["internalId"]
    assert week(account, number) == [
        ("2026-05-04", Decimal("7.5")), ("2026-05-08", Decimal("1.25")), ("2026-05-08", Decimal(4))
    ]  # fmt: skip
    assert account.find_external("timeline", "TRAVEL-1") is not None
    record = soap.call("get", soap.ref(internalId=number, type="timeSheet"))["body"]["readResponse"]["record"]
    assert record["totalHours"]["timeSpan"] == 12.75
    first, second = record["timeGridList"]["timeSheetTimeGrid"]
    assert (first["monday"]["hours"]["timeSpan"], first["friday"]["memo"], first["sunday"]) == (7.5, "Design", None)
    assert first["monday"]["customFieldList"]["customField"][0]["value"] == "Oslo"
    assert (second["friday"]["externalId"], second["monday"]) == ("travel-1", None)

    unchanged = soap.call("update", record, preferences={"ignoreReadOnlyFields": True})["body"]["writeResponse"]
    assert unchanged["status"]["isSuccess"] is True, unchanged["status"]
    assert len(week(account, number)) == 3


def test_a_grid_replaces_the_week_unless_it_says_otherwise(soap: Zeep, account: Any) -> None:
    sent = sheet(soap, {"monday": entry(soap, 8)}, employee=soap.ref(internalId="20"), startDate=SUNDAY)
    number = soap.call("upsert", soap.record("timeSheet", externalId="week", employee=sent.employee, startDate=SUNDAY))
    number = number["body"]["writeResponse"]["baseRef"]["internalId"]
    for replace, hours in ((False, 2), (False, 3), (True, 5)):
        given = sheet(soap, {"tuesday": entry(soap, hours)}, internalId=number, replace=replace)
        assert soap.call("updateList", [given])["body"]["writeResponseList"]["status"]["isSuccess"] is True
    assert week(account, number) == [("2026-05-05", Decimal(5))]


def test_a_sheet_whose_grid_is_refused_is_not_kept(soap: Zeep, account: Any) -> None:
    before = len(account.journal.writes)
    wrong = {"monday": entry(soap, 8), "tuesday": entry(soap, 8, item=None)}
    sent = sheet(soap, wrong, employee=soap.ref(internalId="20"), startDate=SUNDAY, externalId="w1")
    right = sheet(soap, employee=soap.ref(internalId="20"), startDate=SUNDAY, externalId="w2")
    answers = soap.call("upsertList", [sent, right])["body"]["writeResponseList"]["writeResponse"]
    assert answers[0]["status"]["statusDetail"][0]["message"] == "Please enter value(s) for: Item"
    assert answers[1]["status"]["isSuccess"] is True
    assert [(one.type, one.external_id) for one in [*account.journal.writes][before:]] == [("timeSheet", "w2")]
    unknown = sheet(soap, {"monday": entry(soap, 8, internalId="999")}, internalId=answers[1]["baseRef"]["internalId"])
    status = soap.call("update", unknown)["body"]["writeResponse"]["status"]
    assert status["statusDetail"][0]["code"] == "RCRD_DSNT_EXIST"
    assert account.connection.execute("SELECT COUNT(*) FROM timebill").fetchone()[0] == 0
