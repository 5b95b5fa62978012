"""The rules of time, tasks, expense reports and invoices: what the account computes and refuses."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from simulator.tests.firms import DAY, Firm, bill, done, hours, refused, stored

from netsuite_simulator.account import Account

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
    assert refused(firm.account.create("timeBill", hours(firm))).message == expected
    firm.account.bump("subsidiary", firm.subsidiary, parent=other.id)
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
    firm.account.bump("customer", firm.customer, currencyList=[{"currency": firm.yen}])
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
    time_bill = done(firm.account.create("timeBill", hours(firm, isBillable=True)))
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


@pytest.mark.parametrize(
    "line",
    [
        {"quantity": Decimal("1e20"), "rate": "1e20"},
        {"quantity": Decimal(1), "rate": "NaN"},
        {"quantity": Decimal(1), "rate": "Infinity"},
        {"quantity": Decimal(0), "amount": Decimal("1e30")},
    ],
)
def test_no_amount_breaks_an_invoice(firm: Firm, line: dict[str, Any]) -> None:
    result = firm.account.create("invoice", bill(firm, {"item": firm.item, **line}, tranDate=date(9999, 12, 31)))
    assert refused(result).code in ("DATE_PRD_MISMATCH", "USER_ERROR")


def test_no_amount_breaks_an_expense_report(firm: Firm) -> None:
    firm.account.bump("currency", firm.dollar, exchangeRate=0)
    line = {"category": firm.category, "foreignAmount": Decimal("1e20"), "currency": firm.yen}
    done(firm.account.create("expenseReport", report(firm, line)))
