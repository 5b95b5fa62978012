"""add, update, upsert, delete and their lists, with envelopes written by hand."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

TIME = (
    '<tranEmp:employee internalId="20"/><tranEmp:tranDate>2026-05-04T00:00:00.000-07:00</tranEmp:tranDate>'
    '<tranEmp:customer internalId="40"/><tranEmp:caseTaskEvent internalId="60"/><tranEmp:isBillable>true</tranEmp:isBillable>'
    '<tranEmp:item externalId="ITEM-A"/><tranEmp:hours><core:timeSpan>7.5</core:timeSpan><core:unit>hour</core:unit>'
    "</tranEmp:hours><tranEmp:timeType>_actualTime</tranEmp:timeType><tranEmp:memo>Work &amp; more</tranEmp:memo>"
)


def time_bill(client: Any, external_id: str, fields: str = TIME) -> str:
    return client.record("tranEmp:TimeBill", fields, externalId=external_id)


def test_upsert_list_answers_each_record_in_order(client: Any, account: Any) -> None:
    bad = TIME.replace('employee internalId="20"', 'employee internalId="999"')
    body = time_bill(client, "t-1") + time_bill(client, "t-2", bad) + time_bill(client, "t-3")
    reply = client.send(f"<msgs:upsertList>{body}</msgs:upsertList>")
    assert reply.status == 200
    assert reply.codes == [None, "INVALID_KEY_OR_REF", None]
    assert [ref.get("externalId") for ref in reply.all("msgs:baseRef")] == ["t-1", "t-2", "t-3"]
    assert reply.all("msgs:baseRef")[1].get("internalId") is None
    assert reply.all("core:status")[0].get("isSuccess") == "true"
    stored = account.get("timeBill", external_id="t-1")
    assert stored.values["hours"] == Decimal("7.5")
    assert stored.values["tranDate"] == datetime.date(2026, 5, 4)
    assert stored.values["item"] == "12"
    assert stored.values["timeType"] == "A"
    assert stored.values["memo"] == "Work & more"
    assert account.get("timeBill", external_id="t-2") is None


def test_a_second_upsert_changes_the_same_record(client: Any, account: Any) -> None:
    first = client.send(f"<msgs:upsert>{time_bill(client, 't-1')}</msgs:upsert>")
    again = client.send(
        f"<msgs:upsert>{time_bill(client, 'T-1', TIME.replace('Work &amp; more', 'Changed'))}</msgs:upsert>"
    )
    assert again.one("msgs:baseRef").get("internalId") == first.one("msgs:baseRef").get("internalId")
    assert account.get("timeBill", external_id="t-1").values["memo"] == "Changed"


def test_upsert_needs_an_external_id_and_no_internal_one(client: Any) -> None:
    without = client.send(f"<msgs:upsert>{client.record('tranEmp:TimeBill', TIME)}</msgs:upsert>")
    both = client.record("tranEmp:TimeBill", TIME, externalId="t-1", internalId="5")
    assert without.codes == ["EXTERNALID_REQD"]
    assert client.send(f"<msgs:upsert>{both}</msgs:upsert>").codes == ["CANT_SET_INTERNALID"]


def test_add_refuses_a_taken_external_id(client: Any) -> None:
    body = f"<msgs:addList>{time_bill(client, 'x')}{time_bill(client, 'X')}</msgs:addList>"
    assert client.send(body).codes == [None, "DUP_RCRD"]


def test_add_reports_missing_values_in_netsuites_words(client: Any) -> None:
    reply = client.send(f"<msgs:add>{client.record('listRel:Customer', '')}</msgs:add>")
    assert reply.codes == ["USER_ERROR"]
    assert "Please enter value(s) for:" in (reply.text("core:message") or "")
    assert reply.all("msgs:baseRef") == []


def test_update_by_either_id_and_not_without(client: Any, account: Any) -> None:
    def update(fields: str, **ids: str) -> list[str | None]:
        return client.send(f"<msgs:update>{client.record('listRel:Customer', fields, **ids)}</msgs:update>").codes

    assert update("<listRel:phone>1</listRel:phone>", internalId="30") == [None]
    assert update("<listRel:fax>2</listRel:fax>", externalId="CUST-1") == [None]
    assert update("<listRel:fax>3</listRel:fax>") == ["UNIQUE_RCRD_ID_REQD"]
    assert update("<listRel:fax>4</listRel:fax>", internalId="31") == ["RCRD_DSNT_EXIST"]
    values = account.get("customer", internal_id="30").values
    assert (values["phone"], values["fax"], values["companyName"]) == ("1", "2", "Acme")


def test_null_field_list_clears_and_absence_does_not(client: Any, account: Any) -> None:
    account.bump("customer", "30", phone="1", fax="2", custentity_motto="On")
    nulls = "".join(f"<core:name>{name}</core:name>" for name in ("phone", "custentity_motto"))
    fields = f"<core:nullFieldList>{nulls}</core:nullFieldList><listRel:email></listRel:email>"
    record = client.record("listRel:Customer", fields, internalId="30")
    assert client.send(f"<msgs:updateList>{record}</msgs:updateList>").codes == [None]
    values = account.get("customer", internal_id="30").values
    assert "phone" not in values
    assert "custentity_motto" not in values
    assert values["fax"] == "2"


def test_null_field_list_names_must_exist(client: Any) -> None:
    fields = "<core:nullFieldList><core:name>phones</core:name></core:nullFieldList>"
    record = client.record("listRel:Customer", fields, internalId="30")
    assert client.send(f"<msgs:update>{record}</msgs:update>").codes == ["INVALID_FIELD_NAME_FOR_NULL"]


def test_read_only_fields_are_refused_unless_ignored(client: Any) -> None:
    fields = "<listRel:lastModifiedDate>2026-05-04T00:00:00.000-07:00</listRel:lastModifiedDate>"
    body = f"<msgs:update>{client.record('listRel:Customer', fields, internalId='30')}</msgs:update>"
    refused = client.send(body)
    assert refused.codes == ["INSUFFICIENT_PERMISSION"]
    assert "lastmodifieddate" in (refused.text("core:message") or "")
    ignoring = "<msgs:preferences><msgs:ignoreReadOnlyFields>true</msgs:ignoreReadOnlyFields></msgs:preferences>"
    assert client.send(body, headers=ignoring).codes == [None]


def custom(soap_type: str, script_id: str, value: str) -> str:
    return f'<core:customField xsi:type="core:{soap_type}" scriptId="{script_id}">{value}</core:customField>'


def test_all_seven_custom_field_types(client: Any, account: Any) -> None:
    fields = (
        custom("BooleanCustomFieldRef", "custentity_oa_export_to_openair", "<core:value>true</core:value>")
        + custom("LongCustomFieldRef", "custentity_size", "<core:value>250</core:value>")
        + custom("DoubleCustomFieldRef", "custentity_score", "<core:value>4.75</core:value>")
        + custom("DateCustomFieldRef", "custentity_since", "<core:value>2020-02-01T00:00:00.000-08:00</core:value>")
        + custom("StringCustomFieldRef", "custentity_motto", "<core:value>Größer</core:value>")
        + custom("SelectCustomFieldRef", "custentity_tier", '<core:value internalId="2"/>')
        + custom(
            "MultiSelectCustomFieldRef", "custentity_teams", '<core:value internalId="1"/><core:value internalId="2"/>'
        )
    )
    wrapped = f"<listRel:customFieldList>{fields}</listRel:customFieldList>"
    record = client.record("listRel:Customer", wrapped, internalId="30")
    assert client.send(f"<msgs:update>{record}</msgs:update>").codes == [None]
    values = account.get("customer", internal_id="30").values
    assert values["custentity_oa_export_to_openair"] is True
    assert values["custentity_size"] == 250
    assert values["custentity_score"] == Decimal("4.75")
    assert values["custentity_since"] == datetime.date(2020, 2, 1)
    assert values["custentity_motto"] == "Größer"
    assert values["custentity_tier"] == "2"
    assert values["custentity_teams"] == ("1", "2")
    reply = client.send(f"<msgs:get>{client.ref('customer', internalId='30')}</msgs:get>")
    shown = {element.get("scriptId"): element for element in reply.all("core:customField")}
    assert len(shown) == 7
    assert [value.get("internalId") for value in shown["custentity_teams"]] == ["1", "2"]
    assert shown["custentity_tier"].findtext(".//{*}name") == "Silver"


@pytest.mark.parametrize(
    ("soap_type", "script_id", "code"),
    [
        ("StringCustomFieldRef", "custentity_nowhere", "INVALID_CSTM_FIELD_REF"),
        ("StringCustomFieldRef", "custentity_size", "INVALID_CSTM_FIELD_DATA_TYP"),
    ],
)
def test_custom_fields_that_do_not_fit(client: Any, soap_type: str, script_id: str, code: str) -> None:
    field = custom(soap_type, script_id, "<core:value>1</core:value>")
    wrapped = f"<listRel:customFieldList>{field}</listRel:customFieldList>"
    record = client.record("listRel:Customer", wrapped, internalId="30")
    assert client.send(f"<msgs:update>{record}</msgs:update>").codes == [code]


def expense(line: str, amount: str) -> str:
    return (
        f"<tranEmp:expense>{line}<tranEmp:expenseDate>2026-05-05T00:00:00.000-07:00</tranEmp:expenseDate>"
        f'<tranEmp:category internalId="4"/><tranEmp:amount>{amount}</tranEmp:amount></tranEmp:expense>'
    )


def expense_report(lines: str, attributes: str = "") -> str:
    return (
        '<tranEmp:entity internalId="20"/><tranEmp:tranDate>2026-05-06T00:00:00.000-07:00</tranEmp:tranDate>'
        f"<tranEmp:expenseList{attributes}>{lines}</tranEmp:expenseList>"
    )


def test_sublists_are_replaced_unless_told_to_merge(client: Any, account: Any) -> None:
    def upsert(lines: str, attributes: str = "") -> list[Decimal]:
        record = client.record("tranEmp:ExpenseReport", expense_report(lines, attributes), externalId="er-1")
        assert client.send(f"<msgs:upsert>{record}</msgs:upsert>").codes == [None]
        return [line["amount"] for line in account.get("expenseReport", external_id="er-1").values["expense"]]

    assert upsert(expense("", "10") + expense("", "20.25")) == [Decimal(10), Decimal("20.25")]
    merged = upsert(expense("<tranEmp:line>2</tranEmp:line>", "21") + expense("", "5"), ' replaceAll="false"')
    assert merged == [Decimal(10), Decimal(21), Decimal(5)]
    assert upsert(expense("", "7")) == [Decimal(7)]


def test_delete_and_delete_list(client: Any, account: Any) -> None:
    client.send(f"<msgs:addList>{time_bill(client, 'a')}{time_bill(client, 'b')}</msgs:addList>")
    used = client.send(f"<msgs:delete>{client.ref('employee', internalId='20')}</msgs:delete>")
    assert used.codes == ["CANT_DELETE_CHILD_RCRD_FOUND"]
    one = client.send(f"<msgs:delete>{client.ref('timeBill', externalId='a')}</msgs:delete>")
    assert one.codes == [None]
    references = (
        client.ref("timeBill", externalId="b")
        + client.ref("timeBill", internalId="4711")
        + client.ref("nothing", internalId="1")
    )
    several = client.send(f"<msgs:deleteList>{references}</msgs:deleteList>")
    assert several.codes == [None, "RCRD_DSNT_EXIST", "INVALID_RCRD_TYPE"]
    assert account.get("timeBill", external_id="b") is None


def test_a_role_without_permission_is_refused_record_by_record(client: Any, account: Any) -> None:
    account.roles.connector.permissions["TRAN_TIMEBILL"] = 1
    body = time_bill(client, "t-1") + client.record(
        "listRel:Vendor",
        '<listRel:companyName>V</listRel:companyName><listRel:subsidiary internalId="1"/>',
        externalId="v-1",
    )
    reply = client.send(f"<msgs:upsertList>{body}</msgs:upsertList>")
    assert reply.codes[0] == "INSUFFICIENT_PERMISSION"
    assert reply.codes[1] is None
    assert "Permission Violation" in (reply.texts("core:message")[0] or "")


@pytest.mark.parametrize(("operation", "limit"), [("addList", 200), ("updateList", 100), ("upsertList", 100)])
def test_a_list_over_its_limit_writes_nothing(client: Any, account: Any, operation: str, limit: int) -> None:
    records = "".join(time_bill(client, f"n-{number}") for number in range(limit + 1))
    reply = client.send(f"<msgs:{operation}>{records}</msgs:{operation}>")
    assert reply.status == 500
    assert reply.fault == ("exceededRecordCountFault", "MAX_RCRDS_EXCEEDED")
    assert account.search("timeBill", ())[1] == 0


@pytest.mark.parametrize(
    "fields",
    [
        TIME.replace("<tranEmp:memo>", "<tranEmp:memos>").replace("</tranEmp:memo>", "</tranEmp:memos>"),
        TIME.replace(">true<", ">yes<"),
        TIME.replace("_actualTime", "_spareTime"),
        TIME.replace("7.5", "NaN"),
        TIME.replace("7.5", "1E999999999"),
        TIME.replace("2026-05-04T00:00:00.000-07:00", "2026-05-04"),
        TIME.replace("<core:unit>hour</core:unit>", ""),
    ],
)
def test_what_the_schema_forbids_refuses_the_whole_request(client: Any, account: Any, fields: str) -> None:
    body = time_bill(client, "good") + time_bill(client, "bad", fields)
    reply = client.send(f"<msgs:upsertList>{body}</msgs:upsertList>")
    assert reply.status == 500
    assert reply.fault == ("", None)
    assert "SAXException" in (reply.text("faultstring") or "")
    assert account.search("timeBill", ())[1] == 0


def test_an_empty_reference_counts_as_not_sent(client: Any, account: Any) -> None:
    without_customer = TIME.replace('<tranEmp:customer internalId="40"/>', "<tranEmp:customer/>")
    without_employee = TIME.replace('<tranEmp:employee internalId="20"/>', "<tranEmp:employee/>")
    body = time_bill(client, "t-1", without_customer) + time_bill(client, "t-2", without_employee)
    codes = client.send(f"<msgs:upsertList>{body}</msgs:upsertList>").codes
    assert (codes[0], codes[1] is None) == (None, False)
    assert "customer" not in account.get("timeBill", external_id="t-1").values


def test_an_empty_custom_reference_refuses_its_record(client: Any) -> None:
    teams = '<core:customField xsi:type="core:MultiSelectCustomFieldRef" scriptId="custentity_teams"><core:value/></core:customField>'
    fields = f"<listRel:companyName>B</listRel:companyName><listRel:customFieldList>{teams}</listRel:customFieldList>"
    record = client.record("listRel:Customer", fields, externalId="b")
    assert client.send(f"<msgs:upsert>{record}</msgs:upsert>").codes == ["INVALID_KEY_OR_REF"]


def test_item_subsidiaries_are_a_list_of_references(client: Any, account: Any) -> None:
    fields = (
        '<listAcct:incomeAccount internalId="50"/><listAcct:itemId>Training</listAcct:itemId><listAcct:subsidiaryList>'
        '<core:recordRef internalId="1"/></listAcct:subsidiaryList>'
    )
    record = client.record("listAcct:ServiceSaleItem", fields, externalId="item-b")
    assert client.send(f"<msgs:upsert>{record}</msgs:upsert>").codes == [None]
    assert account.get("serviceSaleItem", external_id="item-b").values["subsidiaryList"] == ("1",)
