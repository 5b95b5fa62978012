"""The business rules of the account: what it fills in, what it refuses, in which words."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from simulator.tests.firms import Firm

from netsuite_simulator.account import Account, Reference, Rejection, Stored, Written
from netsuite_simulator.results import CREATE, EDIT, VIEW
from netsuite_simulator.tokens import Role

DAY = date(2026, 3, 3)


def done(result: Written | Rejection) -> Written:
    assert isinstance(result, Written), result
    return result


def refused(result: Written | Rejection) -> Rejection:
    assert isinstance(result, Rejection), result
    return result


def stored(account: Account, written: Written) -> Stored:
    found = account.get(written.type.name, internal_id=written.id)
    assert found is not None
    return found


def hours(firm: Firm, **values: Any) -> dict[str, Any]:
    usual = {
        "employee": firm.employee,
        "customer": firm.project,
        "item": firm.item,
        "hours": Decimal(8),
        "tranDate": DAY,
    }
    return {name: value for name, value in {**usual, **values}.items() if value is not None}


def bill(firm: Firm, *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"entity": firm.customer, "tranDate": DAY, "item": list(lines), **values}


# --- required fields and references ---


@pytest.mark.parametrize(
    ("type_name", "values", "labels"),
    [
        ("customer", {}, "Company Name"),
        ("customer", {"isPerson": True}, "First Name, Last Name"),
        ("employee", {}, "First Name, Last Name"),
        ("vendor", {}, "Company Name"),
        ("job", {}, "Project Name"),
        ("contact", {}, "Contact"),
        ("projectTask", {}, "Name, Project"),
        ("timeBill", {}, "Employee, Duration"),
        ("serviceSaleItem", {}, "Income Account, Item Name/Number"),
        ("expenseCategory", {}, "Expense Category, Expense Account"),
        ("department", {}, "Name"),
        ("expenseReport", {}, "Employee"),
        ("invoice", {}, "Customer"),
    ],
)
def test_missing_values_are_listed(firm: Firm, type_name: str, values: dict[str, Any], labels: str) -> None:
    rejection = refused(firm.account.create(type_name, values))
    assert (rejection.code, rejection.message) == ("USER_ERROR", f"Please enter value(s) for: {labels}")


def test_with_several_subsidiaries_one_is_asked_for(firm: Firm) -> None:
    assert stored(firm.account, done(firm.account.create("customer", {"companyName": "A"}))).values["subsidiary"]
    firm.account.add("subsidiary", name="Second", country="DE", currency=firm.dollar)
    rejection = refused(firm.account.create("customer", {"companyName": "B"}))
    assert rejection.message == "Please enter value(s) for: Primary Subsidiary"


@pytest.mark.parametrize("reference", [Reference(internal_id="999"), Reference(external_id="E-999"), "999"])
def test_a_reference_to_nothing_is_refused(firm: Firm, reference: object) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, employee=reference)))
    shown = reference if isinstance(reference, str) else (reference.internal_id or reference.external_id)  # type: ignore[attr-defined]
    assert (rejection.code, rejection.message) == ("INVALID_KEY_OR_REF", f"Invalid employee reference key {shown}.")
    assert rejection.field == "employee"


def test_a_reference_to_the_wrong_type_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, employee=Reference(external_id="c-1"))))
    assert rejection.code == "INVALID_KEY_OR_REF"


def test_a_new_reference_to_an_inactive_record_is_refused_and_an_old_one_stays(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm)))
    firm.account.bump("serviceSaleItem", firm.item, isInactive=True)
    assert refused(firm.account.create("timeBill", hours(firm))).code == "INVALID_KEY_OR_REF"
    done(firm.account.update("timeBill", {"memo": "still"}, internal_id=written.id))


def test_an_external_id_reference_is_kept_as_the_internal_id(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm, employee=Reference(external_id="E-1"))))
    assert stored(firm.account, written).values["employee"] == firm.employee


def test_a_choice_must_be_one_of_its_list(firm: Firm) -> None:
    assert refused(firm.account.create("timeBill", hours(firm, approvalStatus="9"))).code == "INVALID_KEY_OR_REF"
    written = done(firm.account.create("timeBill", hours(firm, timeType="_plannedTime")))
    assert stored(firm.account, written).values["timeType"] == "P"


def test_a_value_of_the_wrong_kind_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, hours="eight")))
    assert rejection.code == "INVALID_FLD_VALUE"
    assert "Invalid Field Value eight for the following field: hours" in rejection.message


# --- ids and names ---


def test_a_taken_external_id_is_refused(firm: Firm) -> None:
    rejection = refused(firm.account.create("customer", {"companyName": "B"}, external_id="C-1"))
    assert rejection.code == "DUP_RCRD"
    values = {"firstName": "B", "lastName": "C"}
    assert refused(firm.account.upsert("employee", values, external_id="C-1")).code == "DUP_RCRD"
    assert refused(firm.account.upsert("employee", values, external_id="")).code == "EXTERNALID_REQD"


def test_an_upsert_twice_is_one_record(firm: Firm) -> None:
    first = done(firm.account.upsert("timeBill", hours(firm), external_id="sb_1"))
    second = done(firm.account.upsert("timeBill", hours(firm, memo="again"), external_id="SB_1"))
    assert (first.created, second.created, first.id) == (True, False, second.id)
    assert firm.account.counts()["timeBill"] == 1


def test_a_list_of_upserts_keeps_each_record_apart(firm: Firm) -> None:
    results = firm.account.upsert_many(
        "timeBill",
        [("a", hours(firm), (), True), ("b", hours(firm, employee="999"), (), True), ("c", hours(firm), (), True)],
    )
    assert [isinstance(result, Written) for result in results] == [True, False, True]
    assert firm.account.get("timeBill", external_id="b") is None


@pytest.mark.parametrize(
    ("type_name", "values", "code"),
    [
        ("customer", {"companyName": "Łódź & Söhne"}, "UNIQUE_CUST_ID_REQD"),
        ("employee", {"firstName": "Ann", "lastName": "Lee"}, "DUP_EMPL_ENTITY_NAME"),
        ("serviceSaleItem", {"itemId": "consulting", "incomeAccount": "1"}, "DUP_ITEM"),
        ("expenseCategory", {"name": "Hotel", "expenseAcct": "2"}, "DUP_RCRD"),
    ],
)
def test_a_second_record_of_the_same_name_is_refused(
    firm: Firm, type_name: str, values: dict[str, Any], code: str
) -> None:
    assert refused(firm.account.create(type_name, values)).code == code


def test_projects_of_different_customers_may_share_a_name(firm: Firm) -> None:
    other = done(firm.account.create("customer", {"companyName": "Other"}))
    done(firm.account.create("job", {"companyName": "Rollout", "parent": other.id}))
    rejection = refused(firm.account.create("job", {"companyName": "Rollout", "parent": firm.customer}))
    assert rejection.code == "UNIQUE_ENTITY_NAME_REQD"


def test_full_names_follow_parents(firm: Firm) -> None:
    parent = done(firm.account.create("department", {"name": "Delivery"}))
    child = done(firm.account.create("department", {"name": "Cloud", "parent": parent.id}))
    assert stored(firm.account, child).values["fullName"] == "Delivery : Cloud"


def test_a_customers_status_decides_its_stage(firm: Firm) -> None:
    written = done(firm.account.create("customer", {"companyName": "L", "entityStatus": "6"}))
    assert stored(firm.account, written).values["stage"] == "Lead"
    done(firm.account.update("customer", {"entityStatus": "13"}, internal_id=written.id))
    assert stored(firm.account, written).values["stage"] == "Customer"


def test_a_project_under_a_project_belongs_to_its_customer(firm: Firm) -> None:
    child = done(firm.account.create("job", {"companyName": "Phase", "parent": firm.project}))
    assert stored(firm.account, child).values["customer"] == firm.customer


def test_read_only_values_are_not_taken(firm: Firm) -> None:
    written = done(firm.account.create("customer", {"companyName": "R", "balance": Decimal(5), "stage": "Lead"}))
    values = stored(firm.account, written).values
    assert (values["balance"], values["stage"]) == (0, "Customer")


def test_a_cleared_value_is_gone_and_a_cleared_required_one_refused(firm: Firm) -> None:
    done(firm.account.update("customer", {"phone": "1"}, internal_id=firm.customer))
    done(firm.account.update("customer", {}, internal_id=firm.customer, nulls=["phone"]))
    found = firm.account.get("customer", internal_id=firm.customer)
    assert found is not None
    assert "phone" not in found.values
    rejection = refused(firm.account.update("customer", {"companyName": None}, internal_id=firm.customer))
    assert rejection.message == "Please enter value(s) for: Company Name"


def test_what_does_not_exist_cannot_be_changed_or_deleted(firm: Firm) -> None:
    for rejection in (
        refused(firm.account.update("customer", {}, internal_id="999")),
        refused(firm.account.delete("customer", external_id="nobody")),
    ):
        assert rejection.code == "RCRD_DSNT_EXIST"
        assert f"scompid={firm.account.id}" in rejection.message


def test_what_others_refer_to_cannot_be_deleted(firm: Firm) -> None:
    assert refused(firm.account.delete("customer", internal_id=firm.customer)).code == "CANT_DELETE_CHILD_RCRD_FOUND"
    done(firm.account.delete("projectTask", internal_id=firm.task))
    done(firm.account.delete("job", internal_id=firm.project))
    done(firm.account.delete("customer", internal_id=firm.customer))


def test_a_new_external_id_takes_the_place_of_the_old(firm: Firm) -> None:
    done(firm.account.update("customer", {}, internal_id=firm.customer, new_external_id="c-9"))
    assert firm.account.get("customer", external_id="c-1") is None
    assert firm.account.get("customer", external_id="C-9") is not None
    rejection = refused(firm.account.update("customer", {}, internal_id=firm.customer, new_external_id="e-1"))
    assert rejection.code == "DUP_RCRD"


# --- permissions ---


def test_a_role_writes_only_what_it_may(firm: Firm) -> None:
    role = Role(id="1", name="Time", permissions={"TRAN_TIMEBILL": CREATE, "LIST_CUSTJOB": VIEW})
    written = done(firm.account.create("timeBill", hours(firm), role=role))
    rejection = refused(firm.account.update("timeBill", {"memo": "x"}, internal_id=written.id, role=role))
    assert rejection.code == "INSUFFICIENT_PERMISSION"
    assert "'Transactions -> Track Time'" in rejection.message
    assert refused(firm.account.create("customer", {"companyName": "X"}, role=role)).code == "INSUFFICIENT_PERMISSION"
    role.permissions["TRAN_TIMEBILL"] = EDIT
    done(firm.account.update("timeBill", {"memo": "x"}, internal_id=written.id, role=role))
    assert refused(firm.account.delete("timeBill", internal_id=written.id, role=role)).code == "INSUFFICIENT_PERMISSION"


def test_periods_cannot_be_written_through_a_door(firm: Firm) -> None:
    assert refused(firm.account.create("accountingPeriod", {"periodName": "X"})).code == "RCRD_UNEDITABLE"


# --- time ---


def test_time_gets_its_defaults(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm, tranDate=None)))
    values = stored(firm.account, written).values
    assert (values["tranDate"], values["approvalStatus"], values["isBillable"]) == (date(2026, 5, 18), "1", False)
    assert (values["subsidiary"], values["status"], values["timeType"]) == (firm.subsidiary, "Open", "A")


def test_today_is_the_accounts_own_day(firm: Firm) -> None:
    firm.account.clock.advance(13 * 3600)  # 23:00 in the account's zone, the next day in UTC
    written = done(firm.account.create("timeBill", hours(firm, tranDate=None)))
    assert stored(firm.account, written).values["tranDate"] == date(2026, 5, 18)


def test_time_for_a_customer_needs_an_item(firm: Firm) -> None:
    rejection = refused(firm.account.create("timeBill", hours(firm, item=None)))
    assert rejection.message == "Please enter value(s) for: Item"
    done(firm.account.create("timeBill", hours(firm, item=None, customer=None)))


def test_time_of_no_length_is_refused(firm: Firm) -> None:
    assert refused(firm.account.create("timeBill", hours(firm, hours=Decimal(0)))).message.endswith(": Duration")


def test_approved_time_cannot_change_but_may_be_sent_again(firm: Firm) -> None:
    values = hours(firm, approvalStatus="3", memo="m", rejectionNote="", hours=Decimal(1) / 3)
    done(firm.account.upsert("timeBill", values, external_id="t"))
    done(firm.account.upsert("timeBill", values, external_id="t"))
    for change in ({"memo": "other"}, {"memo": ""}, {"hours": Decimal(1)}, {"approvalStatus": "1"}):
        rejection = refused(firm.account.upsert("timeBill", values | change, external_id="t"))
        assert rejection.code == "CANT_MODIFY_APPRVD_TIME"


def test_supervisor_approval_and_approval_status_say_the_same(firm: Firm) -> None:
    written = done(firm.account.create("timeBill", hours(firm, supervisorApproval=True)))
    assert stored(firm.account, written).values["approvalStatus"] == "3"
    written = done(firm.account.create("timeBill", hours(firm, approvalStatus="3")))
    assert stored(firm.account, written).values["supervisorApproval"] is True


def test_a_task_must_belong_to_the_project(firm: Firm) -> None:
    done(firm.account.create("timeBill", hours(firm, caseTaskEvent=firm.task)))
    other = done(firm.account.create("job", {"companyName": "Other", "parent": firm.customer}))
    rejection = refused(firm.account.create("timeBill", hours(firm, customer=other.id, caseTaskEvent=firm.task)))
    assert rejection.code == "INVALID_KEY_OR_REF"


def test_a_project_may_refuse_time(firm: Firm) -> None:
    firm.account.bump("job", firm.project, allowTime=False)
    assert refused(firm.account.create("timeBill", hours(firm))).code == "TIME_ENTRY_DISALLWD"


def test_an_item_of_another_subsidiary_is_refused(firm: Firm) -> None:
    other = firm.account.add("subsidiary", name="Second", country="DE", currency=firm.dollar)
    firm.account.bump("serviceSaleItem", firm.item, subsidiaryList=[other.id])
    expected = f"Invalid item reference key {firm.item} for subsidiary {firm.subsidiary}."
    assert refused(firm.account.create("timeBill", hours(firm))).message == expected
    line = {"item": firm.item, "amount": Decimal(1)}
    assert refused(firm.account.create("invoice", bill(firm, line))).message == expected
    firm.account.bump("serviceSaleItem", firm.item, includeChildren=True)
    done(firm.account.create("timeBill", hours(firm)))


# --- tasks ---


def test_a_task_without_estimated_work_is_a_milestone(firm: Firm) -> None:
    account = firm.account
    written = done(account.create("projectTask", {"title": "Launch", "company": firm.project, "isMilestone": False}))
    assert stored(account, written).values["isMilestone"] is True
    done(account.update("projectTask", {"estimatedWork": Decimal(4)}, internal_id=written.id))
    assert stored(account, written).values["isMilestone"] is False


def test_a_tasks_work_is_the_sum_over_its_assignees(firm: Firm) -> None:
    lines = [{"resource": firm.employee, "estimatedWork": Decimal("2.5")}]
    values = {"title": "Build", "company": firm.project, "assignee": lines}
    written = done(firm.account.create("projectTask", values))
    assert stored(firm.account, written).values["estimatedWork"] == Decimal("2.5")


def test_a_task_stays_in_its_project(firm: Firm) -> None:
    other = done(firm.account.create("job", {"companyName": "Other", "parent": firm.customer}))
    assert refused(firm.account.update("projectTask", {"company": other.id}, internal_id=firm.task)).field == "company"
    values = {"title": "Child", "company": other.id, "parent": firm.task}
    assert refused(firm.account.create("projectTask", values)).field == "parent"


# --- expense reports ---


def report(firm: Firm, *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    return {"entity": firm.employee, "tranDate": DAY, "expense": list(lines), **values}


def test_an_expense_report_adds_up(firm: Firm) -> None:
    written = done(
        firm.account.create(
            "expenseReport",
            report(
                firm,
                {"category": firm.category, "amount": Decimal("100.10")},
                {"category": firm.mileage, "quantity": Decimal(33), "rate": Decimal("0.305")},
                {"category": firm.category, "amount": Decimal(5), "isNonReimbursable": True},
                advance=Decimal(10),
            ),
        )
    )
    values = stored(firm.account, written).values
    assert values["total"] == Decimal("115.17")
    assert values["amount"] == Decimal("100.17")
    lines = values["expense"]
    assert isinstance(lines, list)
    assert [(line["line"], line["foreignAmount"]) for line in lines] == [
        (1, Decimal("100.1")),
        (2, Decimal("10.07")),
        (3, Decimal(5)),
    ]
    assert lines[0]["expenseDate"] == DAY
    assert lines[0]["expenseAccount"] == firm.expense
    rows = firm.account.connection.execute(
        'SELECT mainline, foreignamount FROM transactionline WHERE "transaction" = ? ORDER BY id', (written.id,)
    ).fetchall()
    assert rows[0] == ("T", 115.17)
    assert len(rows) == 4


def test_a_receipt_in_another_currency_is_converted(firm: Firm) -> None:
    line = {"category": firm.category, "foreignAmount": Decimal(10000), "currency": firm.yen}
    written = done(firm.account.create("expenseReport", report(firm, line)))
    assert stored(firm.account, written).values["total"] == Decimal(65)


@pytest.mark.parametrize(
    ("line", "labels", "path"),
    [
        ({"amount": Decimal(1)}, "Category", "expense.items[0].category"),
        ({"category": "hotel"}, "Amount", "expense.items[0].amount"),
        ({"category": "mileage"}, "Quantity, Rate", "expense.items[0].quantity"),
        ({"category": "mileage", "quantity": Decimal(3), "amount": Decimal(9)}, "Rate", "expense.items[0].rate"),
    ],
)
def test_an_expense_line_lacks_what_its_category_asks(firm: Firm, line: dict[str, Any], labels: str, path: str) -> None:
    ids = {"hotel": firm.category, "mileage": firm.mileage}
    line = {name: ids.get(value, value) if isinstance(value, str) else value for name, value in line.items()}
    rejection = refused(firm.account.create("expenseReport", report(firm, line)))
    assert rejection.message == f"Please enter value(s) for: {labels}"
    assert rejection.path == path


def test_transactions_need_a_line(firm: Firm) -> None:
    words = "You must enter at least one line item for this transaction."
    assert refused(firm.account.create("expenseReport", report(firm))).message == words
    assert refused(firm.account.create("invoice", bill(firm))).message == words


# --- invoices ---


def test_an_invoice_adds_up_and_is_due(firm: Firm) -> None:
    written = done(
        firm.account.create(
            "invoice",
            bill(
                firm,
                {"item": firm.item, "quantity": Decimal("1.5"), "rate": "99.99"},
                {"item": firm.item, "amount": Decimal("-10.00")},
            ),
        )
    )
    values = stored(firm.account, written).values
    assert values["total"] == values["amountRemaining"] == Decimal("139.99")
    assert values["dueDate"] == DAY + timedelta(days=30)
    assert (values["status"], values["currency"], values["approvalStatus"]) == ("A", firm.dollar, "2")
    assert values["tranId"] == "INV1"


def test_yen_have_no_decimals(firm: Firm) -> None:
    line = {"item": firm.item, "quantity": Decimal("1.5"), "rate": "333"}
    written = done(firm.account.create("invoice", bill(firm, line, currency=firm.yen)))
    assert stored(firm.account, written).values["total"] == Decimal(500)


def test_lines_are_replaced_or_merged_by_their_number(firm: Firm) -> None:
    account = firm.account
    lines = [{"item": firm.item, "amount": Decimal(amount)} for amount in (1, 2)]
    written = done(account.create("invoice", bill(firm, *lines)))
    merge = {"item": [{"line": 2, "amount": Decimal(20)}, {"item": firm.item, "amount": Decimal(300)}]}
    done(account.update("invoice", merge, internal_id=written.id, replace_lists=False))
    assert stored(account, written).values["total"] == Decimal(321)
    replace = {"item": [{"item": firm.item, "amount": Decimal(7)}]}
    done(account.update("invoice", replace, internal_id=written.id, replace_lists=frozenset({"item"})))
    assert stored(account, written).values["total"] == Decimal(7)
    assert refused(account.update("invoice", {}, internal_id=written.id, nulls=["item"])).code == "USER_ERROR"


def test_an_invoice_line_needs_item_and_amount(firm: Firm) -> None:
    rejection = refused(firm.account.create("invoice", bill(firm, {"amount": Decimal(1)})))
    assert (rejection.message, rejection.path) == ("Please enter value(s) for: Item", "item.items[0].item")
    rejection = refused(firm.account.create("invoice", bill(firm, {"item": firm.item})))
    assert rejection.path == "item.items[0].amount"


def test_time_may_be_billed_without_an_item_line(firm: Firm) -> None:
    time_bill = done(firm.account.create("timeBill", hours(firm)))
    rows = [{"apply": True, "doc": int(time_bill.id), "amount": Decimal(800)}]
    written = done(firm.account.create("invoice", bill(firm, time=rows)))
    assert stored(firm.account, written).values["total"] == Decimal(800)


@pytest.mark.parametrize(
    ("day", "code"),
    [(date(2025, 6, 1), "TRAN_PRD_CLOSED"), (date(2031, 1, 1), "DATE_PRD_MISMATCH")],
)
def test_a_transaction_needs_an_open_period(firm: Firm, day: date, code: str) -> None:
    line = {"item": firm.item, "amount": Decimal(1)}
    assert refused(firm.account.create("invoice", bill(firm, line, tranDate=day))).code == code
    receipt = {"category": firm.category, "amount": Decimal(1)}
    assert refused(firm.account.create("expenseReport", report(firm, receipt, tranDate=day))).code == code


def test_a_locked_ledger_closes_its_own_transactions(firm: Firm) -> None:
    period = firm.account.search("accountingPeriod", [("periodName", "is", "2026")])[0][0]
    firm.account.bump("accountingPeriod", period.id, arLocked=True)
    line = {"item": firm.item, "amount": Decimal(1)}
    assert refused(firm.account.create("invoice", bill(firm, line))).code == "TRAN_PRD_CLOSED"
    receipt = {"category": firm.category, "amount": Decimal(1)}
    done(firm.account.create("expenseReport", report(firm, receipt)))


def test_an_account_without_periods_has_no_such_rule(account: Account) -> None:
    income = account.add("account", acctName="I", acctType="Income")
    item = account.add("serviceSaleItem", itemId="S", incomeAccount=income)
    customer = account.add("customer", companyName="C")
    lines = [{"item": item, "amount": Decimal(1)}]
    done(account.create("invoice", {"entity": customer, "tranDate": date(1999, 1, 1), "item": lines}))
