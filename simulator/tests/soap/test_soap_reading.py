"""get, getList, getAll, getDeleted, getSelectValue and the operations about the account itself."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo


def test_get_shows_references_by_name_and_pacific_times(client: Any, account: Any) -> None:
    account.add(
        "timeBill",
        internal_id=500,
        employee="20",
        tranDate=datetime.date(2026, 5, 4),
        customer="40",
        item="12",
        hours=Decimal("7.25"),
        timeType="A",
        approvalStatus="3",
        custcol_note="n",
    )
    reply = client.send(f"<msgs:get>{client.ref('timeBill', internalId='500')}</msgs:get>")
    record = reply.one("msgs:record")
    assert record.get("internalId") == "500"
    assert reply.text("tranEmp:employee/core:name") == "Ann Lee"
    assert reply.text("tranEmp:tranDate") == "2026-05-04T00:00:00.000-07:00"
    assert reply.text("tranEmp:lastModifiedDate") == "2026-05-18T10:00:00.000-07:00"
    assert reply.text("tranEmp:hours/core:timeSpan") == "7.25"
    assert reply.text("tranEmp:timeType") == "_actualTime"
    assert reply.one("tranEmp:approvalStatus").get("internalId") == "3"
    assert reply.text("core:customField/core:value") == "n"


def test_a_day_shifts_for_an_account_in_another_zone(client: Any, account: Any) -> None:
    account.add("job", internal_id=41, entityId="P-2", companyName="B", startDate=datetime.date(2026, 1, 15))
    account.clock.zone = ZoneInfo("Europe/Berlin")
    reply = client.send(f"<msgs:get>{client.ref('job', internalId='41')}</msgs:get>")
    assert reply.text("listRel:startDate") == "2026-01-14T15:00:00.000-08:00"


def test_get_list_answers_in_the_order_asked(client: Any) -> None:
    references = (
        client.ref("job", internalId="40")
        + client.ref("customer", externalId="CUST-1")
        + client.ref("customer", internalId="999")
        + client.ref("campaign", internalId="1")
        + client.ref("customer", internalId="abc")
    )
    reply = client.send(f"<msgs:getList>{references}</msgs:getList>")
    assert reply.codes == [None, None, "RCRD_DSNT_EXIST", "INVALID_RCRD_TYPE", "RCRD_DSNT_EXIST"]
    assert [record.get("internalId") for record in reply.all("msgs:record")] == ["40", "30"]
    assert reply.texts("core:message")[0] == (
        "That record does not exist. Invalid record:type=customer,id=999,scompid=TSTDRV1000001"
    )


def test_get_list_takes_a_thousand(client: Any) -> None:
    reply = client.send(f"<msgs:getList>{client.ref('job', internalId='40') * 1001}</msgs:getList>")
    assert reply.fault == ("exceededRecordCountFault", "MAX_RCRDS_EXCEEDED")


def test_reading_needs_the_record_types_permission(client: Any, account: Any) -> None:
    account.roles.connector.permissions.pop("LIST_CUSTJOB")
    references = client.ref("customer", internalId="30") + client.ref("employee", internalId="20")
    assert client.send(f"<msgs:getList>{references}</msgs:getList>").codes == ["INSUFFICIENT_PERMISSION", None]


def test_lines_of_a_report_come_with_get(client: Any, account: Any) -> None:
    account.add(
        "expenseReport",
        internal_id=700,
        entity="20",
        tranDate=datetime.date(2026, 5, 6),
        expense=[
            {"category": "4", "amount": Decimal("12.5"), "expenseDate": datetime.date(2026, 5, 5), "customer": "40"},
            {"category": "4", "amount": Decimal(3), "expenseDate": datetime.date(2026, 5, 6)},
        ],
    )
    reply = client.send(f"<msgs:get>{client.ref('expenseReport', internalId='700')}</msgs:get>")
    assert reply.texts("tranEmp:expense/tranEmp:amount") == ["12.5", "3"]
    assert reply.text("tranEmp:expense/tranEmp:customer/core:name") == "P-1"
    assert reply.texts("tranEmp:expense/tranEmp:line") == ["1", "2"]


def test_text_that_xml_cannot_carry_is_left_out(client: Any, account: Any) -> None:
    account.bump("customer", "30", comments="a\x03b\tc <&> \U0001f600")
    reply = client.send(f"<msgs:get>{client.ref('customer', internalId='30')}</msgs:get>")
    assert reply.text("listRel:comments") == "ab\tc <&> \U0001f600"


def test_get_all_lists_currencies_and_nothing_else(client: Any) -> None:
    reply = client.send('<msgs:getAll><msgs:record recordType="currency"/></msgs:getAll>')
    assert reply.texts("listAcct:symbol") == ["USD", "EUR"]
    assert reply.text("core:totalRecords") == "2"
    other = client.send('<msgs:getAll><msgs:record recordType="budgetCategory"/></msgs:getAll>')
    assert other.text("core:code") == "INVALID_RCRD_TYPE"


def deleted_filter(types: str = "", date: str = "") -> str:
    kinds = f'<core:type operator="anyOf">{types}</core:type>' if types else ""
    return f"<msgs:getDeleted><msgs:getDeletedFilter>{date}{kinds}</msgs:getDeletedFilter><msgs:pageIndex>1</msgs:pageIndex></msgs:getDeleted>"


def test_get_deleted_by_type_and_date(client: Any, account: Any) -> None:
    account.add("vendor", internal_id=80, entityId="V", companyName="V", subsidiary="1")
    account.delete("projectTask", internal_id="60")
    account.clock.advance(3600)
    account.delete("vendor", internal_id="80")
    everything = client.send(deleted_filter())
    assert [one.get("type") for one in everything.all("core:deletedRecord/core:record")] == ["projectTask", "vendor"]
    assert everything.text("core:totalRecords") == "2"
    assert everything.texts("core:deletedDate")[0] == "2026-05-18T10:00:00.000-07:00"
    assert everything.texts("core:record/core:name") == ["Design", "V"]
    tasks = client.send(deleted_filter("<core:searchValue>projectTask</core:searchValue>"))
    assert tasks.text("core:totalRecords") == "1"
    later = '<core:deletedDate operator="after"><core:searchValue>2026-05-18T10:30:00-07:00</core:searchValue></core:deletedDate>'
    assert client.send(deleted_filter(date=later)).texts("core:record/core:name") == ["V"]
    within = (
        '<core:deletedDate operator="notWithin"><core:searchValue>2026-05-18T10:30:00-07:00</core:searchValue>'
        "<core:searchValue2>2026-05-18T12:00:00-07:00</core:searchValue2></core:deletedDate>"
    )
    assert client.send(deleted_filter(date=within)).texts("core:record/core:name") == ["Design"]


def test_get_deleted_does_not_know_time_bills(client: Any) -> None:
    reply = client.send(deleted_filter("<core:searchValue>timeBill</core:searchValue>"))
    assert reply.text("core:code") == "INVALID_RCRD_TYPE"


def test_get_deleted_needs_its_permission(client: Any, account: Any) -> None:
    account.roles.connector.permissions.pop("ADMI_DELETEDRECORD")
    assert client.send(deleted_filter()).fault == ("insufficientPermissionFault", "INSUFFICIENT_PERMISSION")


def select_values(fields: str, record_type: str = "timeBill") -> str:
    return (
        f"<msgs:getSelectValue><msgs:fieldDescription><core:recordType>{record_type}</core:recordType>{fields}"
        "</msgs:fieldDescription><msgs:pageIndex>1</msgs:pageIndex></msgs:getSelectValue>"
    )


def test_get_select_value_lists_records_choices_and_line_fields(client: Any) -> None:
    items = client.send(select_values("<core:field>item</core:field>"))
    assert items.texts("core:baseRef/core:name") == ["Consulting", "Subcontracting"]
    statuses = client.send(select_values("<core:field>approvalStatus</core:field>"))
    assert [one.get("internalId") for one in statuses.all("core:baseRef")] == ["1", "2", "3", "4"]
    line = "<core:sublist>expenseList</core:sublist><core:field>category</core:field>"
    assert client.send(select_values(line, "expenseReport")).texts("core:baseRef/core:name") == ["Taxi"]
    assert client.send(select_values("<core:field>memo</core:field>")).text("core:code") == "INVALID_FLD"


def test_server_time_is_the_accounts(client: Any, account: Any) -> None:
    account.clock.advance(90)
    reply = client.send("<msgs:getServerTime/>")
    assert reply.text("core:serverTime") == "2026-05-18T10:01:30.000-07:00"


def test_each_answer_names_itself(client: Any) -> None:
    ids = {client.send("<msgs:getServerTime/>").text("msgs:nsId") for _ in range(3)}
    assert len(ids) == 3
    assert all(one and one.startswith("WEBSERVICES_TSTDRV1000001_05182026") for one in ids)


def test_data_center_urls_need_no_login(client: Any) -> None:
    known = client.send(
        "<msgs:getDataCenterUrls><msgs:account>tstdrv1000001</msgs:account></msgs:getDataCenterUrls>", passport=""
    )
    assert known.text("core:webservicesDomain") == f"http://127.0.0.1:{client.port}"
    unknown = client.send(
        "<msgs:getDataCenterUrls><msgs:account>1</msgs:account></msgs:getDataCenterUrls>", passport=""
    )
    assert unknown.text("core:webservicesDomain") == f"http://127.0.0.1:{client.port}"
    empty = client.send("<msgs:getDataCenterUrls><msgs:account/></msgs:getDataCenterUrls>", passport="")
    assert empty.text("core:code") == "DATA_REQD"


def test_governance_information(client: Any, account: Any) -> None:
    account.governance.limit = 15
    limits = client.send("<msgs:getAccountGovernanceInfo/>")
    assert (limits.text("core:accountConcurrencyLimit"), limits.text("core:unallocatedConcurrencyLimit")) == (
        "15",
        "15",
    )
    own = client.send("<msgs:getIntegrationGovernanceInfo/>")
    assert (own.text("core:integrationConcurrencyLimit"), own.text("core:limitType")) == ("15", "_account")
