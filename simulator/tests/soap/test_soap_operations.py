"""Asynchronous jobs, initialize, lists of customizations, rates, attachments, sessions, saved and joined searches."""

from __future__ import annotations

import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

from netsuite_simulator.attachments import attached_to
from netsuite_simulator.faces.soap.criteria import Column, Criterion
from netsuite_simulator.faces.soap.periods import PREDEFINED_DATES, predefined_span
from netsuite_simulator.faces.soap.savedsearches import SavedSearch, saved_searches
from netsuite_simulator.faults import AfterSubmitFailed
from netsuite_simulator.schemas.fields import Field, Kind

DAY = datetime.date(2026, 5, 6)
FIRST_OF_A_YEAR = datetime.date(2026, 1, 1)


def vendor(client: Any, name: str, **ids: str) -> str:
    fields = f"<listRel:companyName>{name}</listRel:companyName><listRel:subsidiary internalId='1'/>"
    return str(client.record("listRel:Vendor", fields, **ids))


def job_of(reply: Any) -> str:
    return f"<msgs:jobId>{reply.text('core:jobId')}</msgs:jobId>"


# --- asynchronous jobs ---


def test_a_job_is_pending_then_processing_then_finished(client: Any, account: Any) -> None:
    records = "".join(vendor(client, f"V{number}", externalId=f"v{number}") for number in range(150))
    started = client.send(f"<msgs:asyncUpsertList>{records}</msgs:asyncUpsertList>")
    assert started.text("core:status") == "pending"
    job = job_of(started)
    assert client.send(f"<msgs:checkAsyncStatus>{job}</msgs:checkAsyncStatus>").text("core:status") == "processing"
    ask = f"<msgs:getAsyncResult>{job}<msgs:pageIndex>1</msgs:pageIndex></msgs:getAsyncResult>"
    assert client.send(ask).fault == ("asyncFault", "JOB_NOT_COMPLETE")
    account.clock.advance(2)
    assert client.send(f"<msgs:checkAsyncStatus>{job}</msgs:checkAsyncStatus>").text("core:status") == "finished"
    assert client.send(ask).codes == [None] * 150
    assert client.send(ask.replace(">1<", ">2<")).fault == ("asyncFault", "INVALID_PAGE_INDEX")
    account.clock.advance(31 * 86_400)
    assert client.send(ask).fault == ("asyncFault", "INVALID_JOB_ID")


def test_a_job_with_errors_and_a_job_of_deletions(client: Any, account: Any) -> None:
    account.clock.freeze(account.clock.now())
    for body, codes in (
        (f"<msgs:asyncGetList>{client.ref('job', internalId='40')}{client.ref('job', internalId='9')}</msgs:asyncGetList>",
         [None, "RCRD_DSNT_EXIST"]),
        (f"<msgs:asyncDeleteList>{client.ref('projectTask', internalId='60')}</msgs:asyncDeleteList>", [None]),
    ):  # fmt: skip
        job = job_of(client.send(body))
        account.clock.advance(2)
        status = client.send(f"<msgs:checkAsyncStatus>{job}</msgs:checkAsyncStatus>").text("core:status")
        assert status == ("finished" if codes == [None] else "finishedWithErrors")
        ask = f"<msgs:getAsyncResult>{job}<msgs:pageIndex>1</msgs:pageIndex></msgs:getAsyncResult>"
        assert client.send(ask).codes == codes


def test_an_asynchronous_search_is_paged(client: Any, account: Any) -> None:
    for number in range(7):
        account.add("vendor", entityId=f"V{number}", companyName=f"V{number}", subsidiary="1")
    body = '<msgs:asyncSearch><msgs:searchRecord xsi:type="listRel:VendorSearch"/></msgs:asyncSearch>'
    sized = "<msgs:searchPreferences><msgs:pageSize>{}</msgs:pageSize></msgs:searchPreferences>"
    job = job_of(client.send(body, headers=sized.format(5)))
    account.clock.advance(2)
    ask = f"<msgs:getAsyncResult>{job}<msgs:pageIndex>2</msgs:pageIndex></msgs:getAsyncResult>"
    reply = client.send(ask)
    assert (reply.text("core:totalRecords"), len(reply.all("core:record"))) == ("7", 2)
    assert client.send(body, headers=sized.format(2000)).text("core:status") == "pending"
    assert client.send(body, headers=sized.format(2001)).fault == ("", None)


# --- initialize ---


def initialize(client: Any, wanted: str, source: str, internal_id: str) -> Any:
    reference = f'<core:reference type="{source}" internalId="{internal_id}"/>'
    inner = f"<core:type>{wanted}</core:type>{reference if source else ''}"
    return client.send(f"<msgs:initialize><msgs:initializeRecord>{inner}</msgs:initializeRecord></msgs:initialize>")


def test_an_invoice_is_made_from_an_order_and_not_saved(client: Any, account: Any) -> None:
    line = {"item": "12", "quantity": Decimal(2), "rate": "100", "amount": Decimal(200)}
    order = account.add("salesOrder", entity="30", tranDate=DAY, currency="1", memo="Phase 1", item=[line])
    before = account.counts()["invoice"]
    reply = initialize(client, "invoice", "salesOrder", order.id)
    record = reply.one("msgs:record")
    assert record.get("internalId") is None
    assert (reply.one("tranSales:entity").get("internalId"), reply.text("tranSales:memo")) == ("30", "Phase 1")
    assert reply.one("tranSales:createdFrom").get("internalId") == order.id
    assert reply.text("tranSales:quantity") == "2"
    assert account.counts()["invoice"] == before
    sent = etree.tostring(record).decode()
    ignoring = "<msgs:preferences><msgs:ignoreReadOnlyFields>true</msgs:ignoreReadOnlyFields></msgs:preferences>"
    day = "<tranSales:tranDate>2026-05-06T07:00:00.000Z</tranSales:tranDate>"
    sent = sent.replace("<tranSales:entity", f"{day}<tranSales:entity", 1)
    assert client.send(f"<msgs:add>{sent}</msgs:add>", headers=ignoring).codes == [None]
    assert account.counts()["invoice"] == before + 1


@pytest.mark.parametrize(
    ("wanted", "source", "code"),
    [
        ("invoice", "vendor", "INVALID_INITIALIZE_REF"),
        ("workOrder", "customer", "INVALID_RCRD_TYPE"),
        ("invoice", "", "INITIALIZE_ARG_REQD"),
        ("invoice", "salesOrder", "RCRD_DSNT_EXIST"),
    ],
)
def test_what_cannot_be_initialized(client: Any, wanted: str, source: str, code: str) -> None:
    assert initialize(client, wanted, source, "999").codes == [code]


def test_a_list_of_records_to_initialize(client: Any) -> None:
    one = '<msgs:initializeRecord><core:type>invoice</core:type><core:reference type="customer" internalId="30"/></msgs:initializeRecord>'
    reply = client.send(f"<msgs:initializeList>{one * 2}</msgs:initializeList>")
    assert reply.codes == [None, None]
    too_many = client.send(f"<msgs:initializeList>{one * 101}</msgs:initializeList>")
    assert too_many.fault == ("exceededRecordCountFault", "MAX_RCRDS_EXCEEDED")


# --- what the account is made of ---


def test_customizations_are_listed_by_kind(client: Any) -> None:
    def listed(kind: str) -> list[str | None]:
        inner = f'<msgs:customizationType getCustomizationType="{kind}"/><msgs:includeInactives>false</msgs:includeInactives>'
        reply = client.send(f"<msgs:getCustomizationId>{inner}</msgs:getCustomizationId>")
        return [one.get("scriptId") for one in reply.all("core:customizationRef")]

    assert listed("transactionColumnCustomField") == ["custcol_note"]
    assert "custentity_tier" in listed("entityCustomField")
    assert listed("customSegment") == []


def test_select_values_are_filtered_and_warn_of_what_is_missing(client: Any, account: Any) -> None:
    account.add("job", internal_id=41, entityId="P-2", companyName="Run", parent="31", subsidiary="1")

    def values(field: str, filters: str = "", headers: str = "") -> Any:
        inner = f"<core:recordType>invoice</core:recordType><core:field>{field}</core:field>{filters}"
        body = f"<msgs:fieldDescription>{inner}</msgs:fieldDescription><msgs:pageIndex>1</msgs:pageIndex>"
        return client.send(f"<msgs:getSelectValue>{body}</msgs:getSelectValue>", headers=headers)

    starting = '<core:filter operator="startsWith"><core:filterValue>ac</core:filterValue></core:filter>'
    assert values("entity", starting).texts("core:baseRef/core:name") == ["Acme"]
    warned = values("job")
    assert warned.one("core:statusDetail").get("type") == "WARN"
    assert (warned.one("core:status").get("isSuccess"), len(warned.all("core:baseRef"))) == ("true", 2)
    strict = "<msgs:preferences><msgs:warningAsError>true</msgs:warningAsError></msgs:preferences>"
    assert values("job", headers=strict).one("core:status").get("isSuccess") == "false"
    by_entity = "<core:filterBy><core:field>entity</core:field><core:internalId>30</core:internalId></core:filterBy>"
    chosen = values("job", f"<core:filterByValueList>{by_entity}</core:filterByValueList>")
    assert [one.get("internalId") for one in chosen.all("core:baseRef")] == ["40"]


def test_currency_and_budget_rates(client: Any, account: Any) -> None:
    body = '<msgs:getCurrencyRate><msgs:currencyRateFilter><core:fromCurrency internalId="2"/></msgs:currencyRateFilter></msgs:getCurrencyRate>'
    assert client.send(body).texts("core:exchangeRate") == ["1.08"]
    account.add("subsidiary", internal_id=2, name="Berlin", country="DE", currency="2", parent="1")
    asked = '<msgs:budgetExchangeRateFilter><core:period internalId="{}"/></msgs:budgetExchangeRateFilter>'
    ask = f"<msgs:getBudgetExchangeRate>{asked}</msgs:getBudgetExchangeRate>"
    assert client.send(ask.format(7)).texts("core:averageRate")[1] == "1.08"
    assert client.send(ask.format(99)).text("core:code") == "DATA_REQD"
    stock = '<msgs:itemAvailabilityFilter><core:item><core:recordRef internalId="12"/></core:item></msgs:itemAvailabilityFilter>'
    reply = client.send(f"<msgs:getItemAvailability>{stock}</msgs:getItemAvailability>")
    assert reply.one("core:status").get("isSuccess") == "true"


def test_contacts_are_attached_and_detached(client: Any, account: Any) -> None:
    contact = account.add("contact", entityId="Bo", firstName="Bo", lastName="Li", company="30", subsidiary="1")

    def tied(operation: str, kind: str, owner: str, what: str, number: str) -> list[str | None]:
        to = f'<core:{owner} xsi:type="core:RecordRef" type="job" internalId="40"/>'
        attached = f'<core:{what} xsi:type="core:RecordRef" type="contact" internalId="{number}"/>'
        inner = f'<msgs:{operation}Reference xsi:type="core:{kind}">{to}{attached}</msgs:{operation}Reference>'
        codes: list[str | None] = client.send(f"<msgs:{operation}>{inner}</msgs:{operation}>").codes
        return codes

    assert tied("attach", "AttachContactReference", "attachTo", "contact", contact.id) == [None]
    assert attached_to(account.storage, "job", "40") == [("contact", contact.id)]
    assert tied("attach", "AttachContactReference", "attachTo", "contact", "99") == ["RCRD_DSNT_EXIST"]
    for code in (None, "INVALID_DETACH_RECORD_TYP"):
        assert tied("detach", "DetachBasicReference", "detachFrom", "detachedRecord", contact.id) == [code]
    assert attached_to(account.storage, "job", "40") == []


def test_invitations_to_events_that_are_not_there(client: Any) -> None:
    one = (
        '<msgs:updateInviteeStatusReference><core:eventId internalId="222"/><core:responseCode>_accepted</core:responseCode>'
        "</msgs:updateInviteeStatusReference>"
    )
    reply = client.send(f"<msgs:updateInviteeStatus>{one}</msgs:updateInviteeStatus>")
    assert reply.codes == ["RCRD_DSNT_EXIST"]
    assert "type=event,id=222" in (reply.text("core:message") or "")
    listed = client.send(f"<msgs:updateInviteeStatusList>{one * 2}</msgs:updateInviteeStatusList>")
    assert listed.codes == ["RCRD_DSNT_EXIST"] * 2


# --- sessions and preferences ---


def test_what_only_sessions_had_is_refused(client: Any) -> None:
    change = "<msgs:changePassword><msgs:changePassword><core:currentPassword>x</core:currentPassword></msgs:changePassword></msgs:changePassword>"
    reply = client.send(change)
    assert (reply.text("core:code"), reply.all("msgs:documentInfo")) == ("INVALID_PSWD", [])
    old = {"version": "2019_2"}
    for operation, element in (("login", "invalidCredentialsFault"), ("logout", "invalidSessionFault")):
        content = client.envelope(f"<msgs:{operation}/>", "").replace(b"2025_2", b"2019_2")
        assert element.encode() in client.raw(content, **old)[1]
    content = client.envelope("<msgs:searchNext/>", client.passport()).replace(b"2025_2", b"2019_2")
    assert b"INVALID_SEARCH_MORE" in client.raw(content, **old)[1]
    assert client.send("<msgs:searchNext/>").fault == ("", None)


def test_scripts_that_are_not_to_run_do_not_fail(client: Any, account: Any) -> None:
    quiet = (
        "<msgs:preferences><msgs:runServerSuiteScriptAndTriggerWorkflows>false"
        "</msgs:runServerSuiteScriptAndTriggerWorkflows></msgs:preferences>"
    )
    for headers, codes in (("", ["UNEXPECTED_ERROR"]), (quiet, [None])):
        account.fail_next(AfterSubmitFailed(), door="soap")
        assert (
            client.send(f"<msgs:upsert>{vendor(client, 'V', externalId='v')}</msgs:upsert>", headers=headers).codes
            == codes
        )


def test_mandatory_custom_fields_are_asked_for_unless_the_request_says_no(client: Any, account: Any) -> None:
    account.add_custom_field(
        ["vendor"],
        Field(name="custentity_rank", kind=Kind.TEXT, column="custentity_rank", label="Rank", required=True),
    )
    body = f"<msgs:upsert>{vendor(client, 'V', externalId='v')}</msgs:upsert>"
    refused = client.send(body)
    assert (refused.codes, refused.text("core:message")) == (["USER_ERROR"], "Please enter value(s) for: Rank")
    lenient = (
        "<msgs:preferences><msgs:disableMandatoryCustomFieldValidation>true"
        "</msgs:disableMandatoryCustomFieldValidation></msgs:preferences>"
    )
    assert client.send(body, headers=lenient).codes == [None]


def test_a_deletion_reason_needs_its_code(client: Any, account: Any) -> None:
    body = f"<msgs:delete>{client.ref('projectTask', internalId='60')}<msgs:deletionReason>{{}}</msgs:deletionReason></msgs:delete>"
    memo = "<core:deletionReasonMemo>twice</core:deletionReasonMemo>"
    assert client.send(body.format(memo)).fault == ("", None)
    assert client.send(body.format(f'<core:deletionReasonCode internalId="1"/>{memo}')).codes == [None]
    (gone,) = account.deleted(["projectTask"])
    assert (gone.reason, gone.memo) == ("1", "twice")


# --- custom records, joined, advanced and saved searches ---


def test_a_custom_record_travels_and_is_found_by_its_type(client: Any, account: Any) -> None:
    made = account.add_custom_record_type("customrecord_outbox", "Outbox")
    account.add_custom_field(
        ["customrecord_outbox"],
        Field(name="custrecord_state", kind=Kind.TEXT, column="custrecord_state", label="State"),
    )
    setup = 'xmlns:setup="urn:customization_2025_2.setup.webservices.netsuite.com"'
    fields = (
        f'<setup:name>First</setup:name><setup:recType internalId="{made.id}"/><setup:customFieldList>'
        '<core:customField xsi:type="core:StringCustomFieldRef" scriptId="custrecord_state"><core:value>new</core:value>'
        "</core:customField></setup:customFieldList>"
    )
    body = f'<msgs:record {setup} xsi:type="setup:CustomRecord" externalId="o-1">{fields}</msgs:record>'
    reference = client.send(f"<msgs:add>{body}</msgs:add>").one("msgs:baseRef")
    assert (reference.get("typeId"), reference.get("scriptId")) == (str(made.id), "customrecord_outbox")
    asked = f'<msgs:baseRef xsi:type="core:CustomRecordRef" typeId="{made.id}" externalId="o-1"/>'
    assert client.send(f"<msgs:get>{asked}</msgs:get>").text("core:value") == "new"
    basic = '<setup:basic><common:recType internalId="{}"/></setup:basic>'
    search = f'<msgs:searchRecord {setup} xsi:type="setup:CustomRecordSearch">{basic}</msgs:searchRecord>'
    for type_id, total in ((str(made.id), "1"), ("999", "0")):
        assert client.send(f"<msgs:search>{search.format(type_id)}</msgs:search>").text("core:totalRecords") == total


def hours(account: Any) -> None:
    account.add("employee", internal_id=21, entityId="Bo Day", firstName="Bo", lastName="Day", subsidiary="1")
    for number, employee in enumerate(("20", "21", "20"), start=1):
        account.add("timeBill", employee=employee, tranDate=DAY, customer="40", item="12", hours=Decimal(number))


def test_searches_join_other_records_and_show_their_columns(client: Any, account: Any) -> None:
    hours(account)
    by_name = '<common:entityId operator="startsWith"><core:searchValue>ann</core:searchValue></common:entityId>'
    criteria = f"<tranEmp:criteria><tranEmp:employeeJoin>{by_name}</tranEmp:employeeJoin></tranEmp:criteria>"
    columns = (
        "<tranEmp:columns><tranEmp:basic><common:hours><core:customLabel>H</core:customLabel></common:hours></tranEmp:basic>"
        "<tranEmp:customerJoin><common:entityId/></tranEmp:customerJoin>"
        "<tranEmp:employeeJoin><common:entityId/></tranEmp:employeeJoin></tranEmp:columns>"
    )
    search = f'<msgs:searchRecord xsi:type="tranEmp:TimeBillSearchAdvanced">{criteria}{columns}</msgs:searchRecord>'
    reply = client.send(f"<msgs:search>{search}</msgs:search>")
    assert reply.texts("common:hours/core:searchValue") == ["1", "3"]
    assert reply.texts("tranEmp:employeeJoin/common:entityId/core:searchValue") == ["Ann Lee"] * 2
    assert set(reply.texts("core:customLabel")) == {"H"}
    whole = (
        "<msgs:searchPreferences><msgs:returnSearchColumns>false</msgs:returnSearchColumns></msgs:searchPreferences>"
    )
    assert len(client.send(f"<msgs:search>{search}</msgs:search>", headers=whole).all("core:record")) == 2
    backward = '<listRel:timeJoin><common:duration operator="greaterThan"><core:searchValue>2</core:searchValue></common:duration></listRel:timeJoin>'
    jobs = client.send(
        f'<msgs:search><msgs:searchRecord xsi:type="listRel:JobSearch">{backward}</msgs:searchRecord></msgs:search>'
    )
    assert [one.get("internalId") for one in jobs.all("core:record")] == ["40"]


def test_a_row_shows_each_record_behind_a_backward_join_once(client: Any, account: Any) -> None:
    hours(account)
    account.add("timeBill", employee="20", tranDate=DAY, hours=Decimal(9), memo="Within the firm")
    account.add("job", internal_id=41, companyName="Unused", parent="30", subsidiary="1")

    def rows(criteria: str, *joins: str) -> tuple[Any, list[tuple[str | None, ...]]]:
        """Return the answer, and from each row the project with what its joins show."""
        columns = "<listRel:columns><listRel:basic><common:internalId/></listRel:basic>" + "".join(joins)
        criteria = f"<listRel:criteria>{criteria}</listRel:criteria>" if criteria else ""
        search = f'<msgs:searchRecord xsi:type="listRel:JobSearchAdvanced">{criteria}{columns}</listRel:columns></msgs:searchRecord>'
        preferences = "<msgs:searchPreferences><msgs:pageSize>5</msgs:pageSize></msgs:searchPreferences>"
        reply = client.send(f"<msgs:search>{search}</msgs:search>", headers=preferences)
        shown = (
            "{*}basic/{*}internalId/{*}searchValue",
            "{*}timeJoin/{*}hours/{*}searchValue",
            "{*}customerJoin/{*}entityId/{*}searchValue",
        )
        found = []
        for row in reply.all("core:searchRow"):
            project, *behind = (row.find(path) for path in shown)
            found.append((project.get("internalId"), *(None if one is None else one.text for one in behind)))
        return reply, found

    time = "<listRel:timeJoin><common:hours/></listRel:timeJoin>"
    customer = "<listRel:customerJoin><common:entityId/></listRel:customerJoin>"
    _, found = rows("", customer, time)
    assert found == [("40", "1", "Acme"), ("40", "2", "Acme"), ("40", "3", "Acme"), ("41", None, "Acme")]
    long = '<listRel:timeJoin><common:duration operator="greaterThan"><core:searchValue>1</core:searchValue></common:duration></listRel:timeJoin>'
    assert rows(long, time)[1] == [("40", "2", None), ("40", "3", None)], "the criteria of the join hold for its rows"
    for number in range(5):
        account.add("projectTask", title=f"Task {number}", company="40", estimatedWork=8)
    tasks = "<listRel:projectTaskJoin><common:title/></listRel:projectTaskJoin>"
    first, shown = rows("", tasks, time)
    assert (len(shown), first.text("core:totalRecords"), first.text("core:totalPages")) == (5, "19", "4")
    last = client.send(
        f"<msgs:searchMoreWithId><msgs:searchId>{first.text('core:searchId')}</msgs:searchId>"
        "<msgs:pageIndex>4</msgs:pageIndex></msgs:searchMoreWithId>"
    )
    assert [one.get("internalId") for one in last.all("common:internalId/core:searchValue")] == ["40"] * 3 + ["41"]
    account.roles.connector.permissions.pop("TRAN_TIMEBILL")
    assert rows("", time)[0].text("core:code") == "INSUFFICIENT_PERMISSION"


def test_a_saved_search_is_listed_and_run(client: Any, account: Any) -> None:
    hours(account)
    long = Criterion(name="duration", operator="greaterThan", values=("1",))
    saved = saved_searches(account).add(
        SavedSearch(name="Long", search_type="TimeBillSearch", criteria=(long,), columns=(Column(name="hours"),))
    )
    listed = client.send('<msgs:getSavedSearch><msgs:record searchType="timeBill"/></msgs:getSavedSearch>')
    assert listed.texts("core:recordRef/core:name") == ["Long"]
    run = '<msgs:search><msgs:searchRecord xsi:type="tranEmp:TimeBillSearchAdvanced" {}/></msgs:search>'
    for named in (f'savedSearchId="{saved.id}"', f'savedSearchScriptId="{saved.script_id}"'):
        assert client.send(run.format(named)).texts("common:hours/core:searchValue") == ["2", "3"]
    assert client.send(run.format('savedSearchId="99"')).text("core:code") == "INVALID_SAVEDSEARCH"


# --- named dates and recorded envelopes ---


@pytest.mark.parametrize("today", [DAY, FIRST_OF_A_YEAR, datetime.date(2024, 2, 29)])
def test_every_named_date_is_a_span_of_days(today: datetime.date) -> None:
    assert len(PREDEFINED_DATES) == 167
    for name in PREDEFINED_DATES:
        span = predefined_span(name, today)
        assert span is not None
        first, last = span
        assert first <= last or name.startswith("previous"), name  # the first month has no previous ones
        assert (first == last) or not name.startswith(("startOf", "sameDay")), name


def test_recorded_requests_are_understood(client: Any, netsuite_folder: Path) -> None:
    """Send the specimens with credentials of this account: each is answered by its operation, none is malformed."""
    specimens = sorted((netsuite_folder.parent / "soap-specimens").glob("request-*.xml"))
    assert specimens
    for path in specimens:
        body = etree.parse(path).getroot().find("{*}Body")
        assert body is not None
        operation = etree.QName(body[0]).localname
        reply = client.send(etree.tostring(body[0]).decode())
        answered = etree.QName(reply.one("soapenv:Body")[0]).localname
        known = reply.fault[0] == "asyncFault" if answered == "Fault" else answered == f"{operation}Response"
        assert known, (operation, etree.tostring(reply.root))
