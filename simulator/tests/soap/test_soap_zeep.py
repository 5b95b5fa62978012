"""zeep, driven by the WSDL the simulator makes: every operation and record type, each answer held to NetSuite's XSDs."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest
import zeep
from lxml import etree
from requests import Session
from simulator.tests.samples import one_of_each
from simulator.tests.soap.zeep_client import COMMON, NAMES, Validation, Zeep
from zeep.helpers import serialize_object

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.schemas import RECORD_TYPES

DAY = datetime.date(2026, 5, 6)
SOAP_TYPES = sorted(name for name, kind in RECORD_TYPES.items() if kind.soap_type)


@pytest.fixture(scope="module")
def generated(schema: etree.XMLSchema | None) -> Iterator[tuple[zeep.Client, Validation]]:
    """zeep's client of the simulator's WSDL, read from an account that is gone when the tests call."""
    session = Session()
    session.trust_env = False
    validation = Validation(schema)
    account = Account()
    with serving(account) as running:
        address = f"{running.url}/wsdl/v2025_2_0/netsuite.wsdl"
        made = zeep.Client(address, transport=zeep.Transport(session=session), plugins=[validation])
    account.close()
    yield made, validation
    session.close()


@pytest.fixture
def soap(client: Any, generated: tuple[zeep.Client, Validation]) -> Iterator[Zeep]:
    made, validation = generated
    validation.problems.clear()
    validation.answers = 0
    yield Zeep(client, made, validation)
    assert validation.answers > 0
    assert validation.problems == []


@pytest.fixture
def everything(account: Any) -> dict[str, str]:
    """One record of every type, by type name: its internal id."""
    line = {"category": "4", "amount": Decimal("12.5"), "expenseDate": DAY, "customer": "40", "memo": "Taxi"}
    item = {"item": "12", "quantity": Decimal(2), "rate": "100", "amount": Decimal(200), "job": "40"}
    made = {
        "contact": account.add("contact", entityId="Bo", firstName="Bo", lastName="Li", company="30", subsidiary="1"),
        "vendor": account.add("vendor", entityId="V", companyName="V", subsidiary="1", currency="1"),
        "classification": account.add("classification", name="Retail"),
        "location": account.add("location", name="Berlin", locationType="1", subsidiaryList=("1",)),
        "serviceResaleItem": account.add(
            "serviceResaleItem", itemId="Both", incomeAccount="50", expenseAccount="51", subsidiaryList=("1",)
        ),
        "timeBill": account.add(
            "timeBill", employee="20", tranDate=DAY, customer="40", item="12", hours=Decimal("7.5"), timeType="A"
        ),
        "expenseReport": account.add("expenseReport", entity="20", tranDate=DAY, expense=[line, dict(line)]),
        "invoice": account.add("invoice", entity="30", tranDate=DAY, currency="1", terms="2", item=[item]),
    }
    ids = {name: written.id for name, written in made.items()}
    ids |= {"currency": "2", "subsidiary": "1", "department": "2", "account": "50", "accountingPeriod": "7"}
    ids |= {"expenseCategory": "4", "serviceSaleItem": "12", "servicePurchaseItem": "13", "employee": "20"}
    return one_of_each(account, ids | {"customer": "30", "job": "40", "projectTask": "60"})


def test_the_fixture_has_every_record_type(everything: dict[str, str]) -> None:
    assert set(everything) == set(RECORD_TYPES)


def test_each_record_type_is_read_and_can_be_sent_back_unchanged(
    soap: Zeep, account: Any, everything: dict[str, str]
) -> None:
    for name in SOAP_TYPES:
        before = account.get(name, internal_id=everything[name])
        response = soap.call("get", soap.ref(internalId=everything[name], type=name))["body"]["readResponse"]
        assert response["status"]["isSuccess"] is True
        record = response["record"]
        assert (record["internalId"], type(record).__name__) == (everything[name], RECORD_TYPES[name].soap_type)
        if name == "accountingPeriod":
            continue
        response = soap.call("update", record, preferences={"ignoreReadOnlyFields": True})["body"]["writeResponse"]
        assert response["status"]["isSuccess"] is True, (name, response["status"])
        after = {**account.get(name, internal_id=everything[name]).values}
        changed = [one for one, value in after.items() if value != before.values.get(one)]
        assert changed in ([], [account.types[name].change_field]), name


def test_accounting_periods_are_read_only(soap: Zeep, everything: dict[str, str]) -> None:
    reference = soap.ref(internalId=everything["accountingPeriod"], type="accountingPeriod")
    record = soap.call("get", reference)["body"]["readResponse"]["record"]
    status = soap.call("update", record, preferences={"ignoreReadOnlyFields": True})["body"]["writeResponse"]["status"]
    assert status["statusDetail"][0]["code"] == "RCRD_UNEDITABLE"


def time_bill(soap: Zeep, external_id: str, **values: Any) -> Any:
    given = {
        "employee": soap.ref(internalId="20"),
        "tranDate": datetime.datetime(2026, 5, 4, 7, tzinfo=datetime.UTC),
        "hours": {"timeSpan": 2.5, "unit": "hour"},
        "customer": soap.ref(internalId="40"),
        "item": soap.ref(internalId="12"),
    }
    return soap.record("timeBill", externalId=external_id, **(given | values))


def codes(responses: Any) -> list[str | None]:
    return [
        None if one["status"]["isSuccess"] else one["status"]["statusDetail"][0]["code"]
        for one in responses["writeResponse"]
    ]


def test_add_update_upsert_delete_and_their_lists(soap: Zeep, account: Any) -> None:
    def listed(operation: str, argument: Any) -> list[str | None]:
        return codes(soap.call(operation, argument)["body"]["writeResponseList"])

    added = soap.call("add", time_bill(soap, "a"))["body"]["writeResponse"]["baseRef"]
    assert (added["externalId"], added["type"]) == ("a", "timeBill")
    assert listed("addList", [time_bill(soap, "b"), time_bill(soap, "A")]) == [None, "DUP_RCRD"]
    changed = soap.call("update", soap.record("timeBill", internalId=added["internalId"], memo="x"))
    assert changed["body"]["writeResponse"]["status"]["isSuccess"] is True
    several = [soap.record("timeBill", externalId="b", memo="y"), soap.record("timeBill", internalId="99", memo="z")]
    assert listed("updateList", several) == [None, "RCRD_DSNT_EXIST"]
    assert soap.call("upsert", time_bill(soap, "c"))["body"]["writeResponse"]["baseRef"]["internalId"]
    mixed = [
        time_bill(soap, "a", memo=None),
        soap.record("vendor", externalId="v", companyName="V"),
        time_bill(soap, "d"),
    ]
    assert listed("upsertList", mixed)[::2] == [None, None]
    assert account.get("timeBill", external_id="a").values["memo"] == "x"
    cleared = time_bill(soap, "a", nullFieldList={"name": ["memo"]})
    assert listed("upsertList", [cleared]) == [None]
    assert "memo" not in account.get("timeBill", external_id="a").values
    assert soap.call("delete", soap.ref(externalId="a", type="timeBill"))["body"]["writeResponse"]["status"][
        "isSuccess"
    ]
    assert listed("deleteList", [soap.ref(externalId=one, type="timeBill") for one in "bx"]) == [
        None,
        "RCRD_DSNT_EXIST",
    ]


def test_get_list_and_get_all(soap: Zeep) -> None:
    references = [soap.ref(internalId="40", type="job"), soap.ref(externalId="nobody", type="customer")]
    responses = soap.call("getList", references)["body"]["readResponseList"]["readResponse"]
    assert [one["status"]["isSuccess"] for one in responses] == [True, False]
    currencies = soap.call("getAll", {"recordType": "currency"})["body"]["getAllResult"]["recordList"]["record"]
    assert [one["symbol"] for one in currencies] == ["USD", "EUR"]


def test_search_and_its_further_pages(soap: Zeep, account: Any) -> None:
    for number in range(12):
        account.add("vendor", entityId=f"V{number}", companyName=f"Vendor {number}", subsidiary="1")
    basic = soap.type(COMMON, "VendorSearchBasic")(
        entityId={"searchValue": "v", "operator": "startsWith"},
        isInactive={"searchValue": False},
        subsidiary={"searchValue": [soap.ref(internalId="1")], "operator": "anyOf"},
        lastModifiedDate={"searchValue": datetime.datetime(2026, 5, 1, tzinfo=datetime.UTC), "operator": "onOrAfter"},
    )
    search = soap.type(NAMES.by_prefix["listRel"], "VendorSearch")(basic=basic)
    first = soap.call("search", search, searchPreferences={"pageSize": 5})["body"]["searchResult"]
    assert (first["totalRecords"], first["totalPages"], len(first["recordList"]["record"])) == (12, 3, 5)
    last = soap.call("searchMoreWithId", first["searchId"], 3)["body"]["searchResult"]
    assert [one["companyName"] for one in last["recordList"]["record"]] == ["Vendor 10", "Vendor 11"]


def test_deletions_select_values_and_the_account(soap: Zeep, account: Any) -> None:
    account.delete("projectTask", internal_id="60")
    wanted = {"type": {"searchValue": ["projectTask"], "operator": "anyOf"}}
    deleted = soap.call("getDeleted", wanted, 1)["body"]["getDeletedResult"]
    assert deleted["deletedRecordList"]["deletedRecord"][0]["record"]["name"] == "Design"
    values = soap.call("getSelectValue", {"recordType": "timeBill", "field": "item"}, 1)["body"]["getSelectValueResult"]
    assert [one["name"] for one in values["baseRefList"]["baseRef"]] == ["Consulting", "Subcontracting"]
    time = soap.call("getServerTime")["body"]["getServerTimeResult"]["serverTime"]
    assert time.astimezone(datetime.UTC) == account.clock.now()
    limits = soap.call("getAccountGovernanceInfo")["body"]["getAccountGovernanceInfoResult"]
    assert limits["accountConcurrencyLimit"] == 5
    own = soap.call("getIntegrationGovernanceInfo")["body"]["getIntegrationGovernanceInfoResult"]
    assert serialize_object(own)["limitType"] == "_account"


def test_data_center_urls_without_credentials(soap: Zeep, account: Any) -> None:
    answer = soap.bare("getDataCenterUrls", account.id)
    assert serialize_object(answer)["body"]["getDataCenterUrlsResult"]["dataCenterUrls"]["restDomain"].startswith(
        "http://"
    )


def test_a_fault_reaches_the_client_as_a_fault(soap: Zeep, account: Any) -> None:
    account.governance.limit = 0
    with pytest.raises(zeep.exceptions.Fault, match="Request blocked"):
        soap.call("getServerTime")
    account.governance.limit = 5
    soap.call("getServerTime")
