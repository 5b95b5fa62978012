"""Orders, bills, payments and credits: what is made from what, what is open, who bills whom, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from simulator.tests.firms import DAY, Firm, bill, done, hours, refused, stored

from netsuite_simulator.account import Written
from netsuite_simulator.rules import rules_of
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.transforms import TRANSFORMS


def invoice(firm: Firm, amount: str = "100", **values: Any) -> Written:
    return done(firm.account.create("invoice", bill(firm, {"item": firm.item, "amount": Decimal(amount)}, **values)))


def pay(firm: Firm, payment: str, *lines: dict[str, Any], **values: Any) -> Any:
    money = {"customer": firm.customer, "payment": Decimal(payment), "apply": list(lines), "tranDate": DAY, **values}
    return firm.account.create("customerPayment", money)


def of(firm: Firm, written: Written, *names: str) -> tuple[object, ...]:
    values = stored(firm.account, written).values
    return tuple(values.get(name) for name in names)


def links(firm: Firm, sql: str = "previousdoc, nextdoc, linktype, foreignamount") -> list[tuple[Any, ...]]:
    return firm.account.connection.execute(f"SELECT {sql} FROM nexttransactionlinelink ORDER BY 1, 2").fetchall()


# --- what is made from what ---


def test_an_order_is_billed_in_parts_until_nothing_is_left(firm: Firm) -> None:
    account = firm.account
    line = {"item": firm.item, "quantity": Decimal(10), "rate": "50"}
    order = done(account.create("salesOrder", bill(firm, line, memo="Phase 1")))
    assert of(firm, order, "orderStatus", "status", "posting", "total") == ("F", "F", False, Decimal(500))
    part = {"item": [{"orderLine": 1, "quantity": Decimal(4), "amount": Decimal(200)}], "tranDate": DAY}
    first = done(account.transform("salesOrder", "invoice", part, internal_id=order.id))
    assert of(firm, first, "createdFrom", "memo", "total") == (order.id, "Phase 1", Decimal(200))
    lines: Any = stored(account, order).values["item"]
    assert lines[0]["quantityBilled"] == Decimal(4)
    second = done(account.transform("salesOrder", "invoice", {"tranDate": DAY}, internal_id=order.id))
    assert of(firm, second, "total") == (Decimal(300),)
    assert of(firm, order, "orderStatus", "status") == ("G", "G")
    assert [row[:3] for row in links(firm)] == [
        (int(order.id), int(first.id), "OrdBill"),
        (int(order.id), int(second.id), "OrdBill"),
    ]
    rejection = refused(account.transform("salesOrder", "invoice", {}, internal_id=order.id))
    assert rejection.code == "INVALID_INITIALIZE_REF"
    assert refused(account.delete("salesOrder", internal_id=order.id)).code == "CANT_DELETE_CHILD_RCRD_FOUND"
    done(account.delete("invoice", internal_id=second.id))
    assert of(firm, order, "orderStatus") == ("F",)


def test_goods_are_received_and_billed(firm: Firm) -> None:
    account = firm.account
    vendor = account.add("vendor", companyName="Parts Inc", subsidiary=firm.subsidiary).id
    part = account.add("inventoryItem", itemId="Part", incomeAccount=firm.income).id
    line = {"item": part, "quantity": Decimal(5), "rate": "2"}
    order = done(account.create("purchaseOrder", {"entity": vendor, "tranDate": DAY, "item": [line]}))
    assert of(firm, order, "orderStatus") == ("B",)
    some = {"item": [{"orderLine": 1, "quantity": Decimal(2)}], "tranDate": DAY}
    receipt = done(account.transform("purchaseOrder", "itemReceipt", some, internal_id=order.id))
    assert of(firm, receipt, "entity") == (vendor,)
    assert of(firm, order, "orderStatus") == ("E",)
    much = {"item": [{"orderLine": 1, "quantity": Decimal(4)}], "tranDate": DAY}
    rejection = refused(account.transform("purchaseOrder", "itemReceipt", much, internal_id=order.id))
    assert rejection.code == "OVER_FULFILL_DISALLWD"
    done(account.transform("purchaseOrder", "itemReceipt", {"tranDate": DAY}, internal_id=order.id))
    assert of(firm, order, "orderStatus") == ("F",)
    billed = done(account.transform("purchaseOrder", "vendorBill", {"tranDate": DAY}, internal_id=order.id))
    assert of(firm, order, "orderStatus") == ("G",)
    assert of(firm, billed, "total", "purchaseOrderList") == (Decimal(10), (order.id,))
    values = {"account": firm.income, "tranDate": DAY}
    paid = done(account.transform("vendorBill", "vendorPayment", values, internal_id=billed.id))
    assert of(firm, paid, "total") == (Decimal(10),)
    assert of(firm, billed, "status", "amountRemaining") == ("B", Decimal(0))


def test_a_quote_is_processed_and_an_opportunity_won(firm: Firm) -> None:
    account = firm.account
    line = {"item": firm.item, "amount": Decimal(80)}
    values = bill(firm, line, entityStatus="10", expectedCloseDate=DAY)
    opportunity = done(account.create("opportunity", values))
    quote = done(account.transform("opportunity", "estimate", {"tranDate": DAY}, internal_id=opportunity.id))
    assert of(firm, opportunity, "status") == ("B",)
    done(account.transform("estimate", "salesOrder", {"tranDate": DAY}, internal_id=quote.id))
    assert of(firm, quote, "status", "total") == ("B", Decimal(80))
    done(account.transform("opportunity", "salesOrder", {"tranDate": DAY}, internal_id=opportunity.id))
    assert of(firm, opportunity, "status") == ("C",)


@pytest.mark.parametrize("pair", TRANSFORMS, ids="-".join)
def test_every_pair_names_fields_that_both_records_have(pair: tuple[str, str]) -> None:
    source, target = (RECORD_TYPES[name] for name in pair)
    transform = TRANSFORMS[pair]
    for name in transform.lists:
        (lines,) = (one.lines for one in source.fields if one.name == name)
        assert lines is not None
        assert transform.done is None or name == "expense" or transform.done in {one.name for one in lines.fields}
        assert name in {one.name for one in target.fields}
    if transform.applies is not None:
        assert rules_of(target).effects


# --- time and costs ---


def test_time_and_expenses_are_billed_once(firm: Firm) -> None:
    account = firm.account
    time_bill = done(account.create("timeBill", hours(firm, isBillable=True, rate=Decimal(100))))
    done(account.create("timeBill", hours(firm)))
    receipt = {"category": firm.category, "amount": Decimal(30), "customer": firm.project, "isBillable": True}
    report = done(account.create("expenseReport", {"entity": firm.employee, "tranDate": DAY, "expense": [receipt]}))
    made: Any = account.initialize("invoice", "customer", internal_id=firm.customer)
    assert [(one["apply"], one["doc"], one["quantity"], one["amount"]) for one in made.values["time"]] == [
        (False, int(time_bill.id), "8:00", Decimal(800))
    ]
    assert [(one["doc"], one["line"], one["amount"]) for one in made.values["expCost"]] == [
        (int(report.id), 1, Decimal(30))
    ]
    chosen = {"time": [{"doc": int(time_bill.id), "apply": True}], "expCost": [{"doc": int(report.id), "apply": True}]}
    billed = done(account.transform("customer", "invoice", {"tranDate": DAY, **chosen}, internal_id=firm.customer))
    assert of(firm, billed, "total") == (Decimal(830),)
    assert of(firm, time_bill, "status") == ("Billed",)
    assert links(firm)[0][:3] == (int(report.id), int(billed.id), "Reimburse")
    again = refused(account.create("invoice", bill(firm, time=[{"doc": int(time_bill.id)}])))
    assert again.message == f"Invalid doc reference key {time_bill.id} for entity {firm.customer}."
    assert refused(account.update("timeBill", {"memo": "late"}, internal_id=time_bill.id)).field == "status"
    for name, number in (("timeBill", time_bill.id), ("expenseReport", report.id)):
        assert refused(account.delete(name, internal_id=number)).code == "CANT_DELETE_CHILD_RCRD_FOUND"
    done(account.delete("invoice", internal_id=billed.id))
    assert of(firm, time_bill, "status") == ("Open",)
    done(account.delete("timeBill", internal_id=time_bill.id))


# --- tax ---


def test_tax_is_computed_on_save(firm: Firm) -> None:
    account = firm.account
    code = account.add("salesTaxItem", itemId="VAT", rate="19%").id
    lines = [
        {"item": firm.item, "quantity": Decimal(3), "rate": "33.33", "taxCode": code},
        {"item": firm.item, "amount": Decimal(10)},
    ]
    written = done(account.create("invoice", bill(firm, *lines)))
    assert of(firm, written, "subTotal", "taxTotal", "total") == (Decimal("109.99"), Decimal(19), Decimal("128.99"))
    change = {"item": [{"line": 1, "amount": Decimal(200)}]}
    done(account.update("invoice", change, internal_id=written.id, replace_lists=False))
    assert of(firm, written, "taxTotal") == (Decimal(38),)
    account.bump("customer", firm.customer, taxable=True, taxItem=code)
    header = done(account.create("invoice", bill(firm, {"item": firm.item, "amount": Decimal(50)})))
    assert of(firm, header, "taxItem", "taxRate", "taxTotal") == (code, Decimal(19), Decimal("9.5"))


# --- payments ---


def test_a_payment_settles_an_invoice_and_its_deletion_opens_it(firm: Firm) -> None:
    first = invoice(firm)
    part = done(pay(firm, "60", {"doc": int(first.id), "amount": Decimal(40)}))
    assert of(firm, first, "status", "amountPaid", "amountRemaining") == ("A", Decimal(40), Decimal(60))
    assert of(firm, part, "applied", "unapplied") == (Decimal(40), Decimal(20))
    rest = done(pay(firm, "60", {"doc": int(first.id)}))
    assert of(firm, first, "status", "amountRemaining") == ("B", Decimal(0))
    assert links(firm)[1] == (int(first.id), int(rest.id), "Payment", 60)
    assert refused(firm.account.delete("invoice", internal_id=first.id)).code == "CANT_DELETE_CHILD_RCRD_FOUND"
    done(firm.account.delete("customerPayment", internal_id=rest.id))
    assert of(firm, first, "status", "amountRemaining") == ("A", Decimal(60))
    done(firm.account.update("customerPayment", {"apply": []}, internal_id=part.id))
    assert of(firm, first, "amountPaid") == (Decimal(0),)


@pytest.mark.parametrize(
    ("payment", "amount", "code"),
    [("500", "101", "CANT_APPLY_PMT"), ("50", "60", "CANT_APPLY_PMT"), ("-5", "1", "NEGATIVE_PAYMENT_DISALLWD")],
)
def test_more_than_is_due_or_paid_is_refused(firm: Firm, payment: str, amount: str, code: str) -> None:
    first = invoice(firm)
    assert refused(pay(firm, payment, {"doc": int(first.id), "amount": Decimal(amount)})).code == code
    assert of(firm, first, "amountRemaining") == (Decimal(100),)


def test_what_is_no_open_document_of_the_customer_is_refused(firm: Firm) -> None:
    account = firm.account
    first = invoice(firm)
    other = account.add("customer", companyName="Other", subsidiary=firm.subsidiary).id
    assert refused(pay(firm, "5", {"doc": int(first.id)}, customer=other)).code == "INVALID_KEY_OR_REF"
    assert refused(pay(firm, "5", {"doc": 999})).code == "INVALID_KEY_OR_REF"
    account.bump("customer", firm.customer, currencyList=[{"currency": firm.yen}])
    assert refused(pay(firm, "5", {"doc": int(first.id)}, currency=firm.yen)).code == "MISMATCHED_CURRENCY"
    assert refused(pay(firm, "5", currency=firm.yen, customer=other)).field == "currency"


def test_credits_and_deposits_pay_too(firm: Firm) -> None:
    account = firm.account
    first = invoice(firm)
    credit = done(account.transform("invoice", "creditMemo", {"tranDate": DAY}, internal_id=first.id))
    assert of(firm, first, "status", "amountRemaining") == ("B", Decimal(0))
    assert of(firm, credit, "status", "applied", "unapplied") == ("B", Decimal(100), Decimal(0))
    second = invoice(firm, "70")
    deposit = done(
        account.create("customerDeposit", {"customer": firm.customer, "payment": Decimal(50), "tranDate": DAY})
    )
    use = {"deposit": deposit.id, "tranDate": DAY, "apply": [{"doc": int(second.id), "amount": Decimal(50)}]}
    done(account.create("depositApplication", use))
    assert of(firm, deposit, "status") == ("C",)
    assert of(firm, second, "amountRemaining") == (Decimal(20),)
    loose = done(account.create("creditMemo", bill(firm, {"item": firm.item, "amount": Decimal(20)})))
    both = done(pay(firm, "0", {"doc": int(second.id)}, credit=[{"doc": int(loose.id), "amount": Decimal(20)}]))
    assert of(firm, second, "status") == ("B",)
    assert of(firm, loose, "status", "unapplied") == ("B", Decimal(0))
    done(account.delete("customerPayment", internal_id=both.id))
    assert of(firm, loose, "status", "unapplied") == ("A", Decimal(20))


def test_the_oldest_invoices_are_paid_first(firm: Firm) -> None:
    first, second = invoice(firm, "30"), invoice(firm, "30")
    done(pay(firm, "40", autoApply=True))
    assert of(firm, first, "status") == ("B",)
    assert of(firm, second, "amountRemaining") == (Decimal(20),)


# --- journals, approval, periods ---


def test_a_journal_balances(firm: Firm) -> None:
    lines = [{"account": firm.income, "debit": Decimal(5)}, {"account": firm.expense, "credit": Decimal(4)}]
    entry = {"tranDate": DAY, "currency": firm.dollar, "line": lines}
    assert refused(firm.account.create("journalEntry", entry)).code == "JE_AMOUNTS_MUST_BALANCE"
    lines[1]["credit"] = Decimal(5)
    assert of(firm, done(firm.account.create("journalEntry", entry)), "status", "posting") == ("B", True)
    lines[1]["debit"] = Decimal(5)
    assert refused(firm.account.create("journalEntry", entry)).code == "USER_ERROR"


def test_what_awaits_approval_does_not_post(firm: Firm) -> None:
    account = firm.account
    account.world.choose_policies(awaiting_approval=["invoice", "salesOrder"])
    first = invoice(firm)
    assert of(firm, first, "status", "approvalStatus", "posting") == ("D", "1", False)
    assert refused(pay(firm, "5", {"doc": int(first.id)})).code == "CANT_APPLY_PMT"
    order = done(account.create("salesOrder", bill(firm, {"item": firm.item, "amount": Decimal(1)})))
    assert (
        refused(account.transform("salesOrder", "invoice", {}, internal_id=order.id)).code == "INVALID_INITIALIZE_REF"
    )
    clerk = account.roles.add("Clerk", permissions={"TRAN_CUSTINVC": 4, "LIST_CUSTJOB": 1})
    approval = {"approvalStatus": "2"}
    assert refused(account.update("invoice", approval, internal_id=first.id, role=clerk)).code == "APPROVAL_PERMS_REQD"
    done(account.update("invoice", approval, internal_id=first.id))
    assert of(firm, first, "status", "posting") == ("A", True)
    with pytest.raises(ValueError, match="approval is routed for"):
        account.world.choose_policies(awaiting_approval=["customer"])


def test_what_the_preferences_make_mandatory_has_to_be_there(firm: Firm) -> None:
    account = firm.account
    account.world.choose_policies(mandatory=["department", "location"])
    department = account.add("department", name="Delivery").id
    location = account.add("location", name="Hamburg").id
    line = {"item": firm.item, "amount": Decimal(1)}
    bare = refused(account.create("invoice", bill(firm, line)))
    assert (bare.code, bare.message) == ("USER_ERROR", "Please enter value(s) for: Department, Location")
    head = {**bill(firm, line), "department": department}
    assert refused(account.create("invoice", head)).message == "Please enter value(s) for: Location"
    made = done(account.create("invoice", {**head, "location": location}))
    by_line = bill(firm, {**line, "department": department, "location": location}, line)
    assert refused(account.create("invoice", by_line)).field == "department"
    done(account.create("invoice", bill(firm, {**line, "department": department, "location": location})))
    assert refused(account.update("invoice", {}, internal_id=made.id, nulls=["department"])).field == "department"
    sides = {"debit": firm.income, "credit": firm.expense}
    entries = [{"account": one, side: Decimal(5), "department": department} for side, one in sides.items()]
    journal = {"tranDate": DAY, "currency": firm.dollar, "line": entries}
    assert refused(account.create("journalEntry", journal)).message == "Please enter value(s) for: Location"
    account.world.choose_policies(mandatory=[])
    done(account.create("journalEntry", journal))
    with pytest.raises(ValueError, match="may be mandatory, nothing else"):
        account.world.choose_policies(mandatory=["memo"])


def test_a_closed_period_keeps_its_transactions(firm: Firm) -> None:
    account = firm.account
    first = invoice(firm)
    period = account.search("accountingPeriod", [("periodName", "is", "2026")])[0][0]
    account.bump("accountingPeriod", period.id, arLocked=True)
    done(account.update("invoice", {"memo": "seen"}, internal_id=first.id))
    account.bump("accountingPeriod", period.id, allowNonGLChanges=False)
    assert refused(account.update("invoice", {"memo": "no"}, internal_id=first.id)).code == "TRAN_PRD_CLOSED"
    assert refused(account.delete("invoice", internal_id=first.id)).code == "TRAN_PRD_CLOSED"
    values = {"entity": account.add("vendor", companyName="V", subsidiary=firm.subsidiary).id, "tranDate": DAY}
    payable = {**values, "expense": [{"account": firm.expense, "amount": Decimal(9)}]}
    done(account.create("vendorBill", payable))
    account.bump("accountingPeriod", period.id, arLocked=False, apLocked=True)
    assert refused(account.create("vendorBill", payable)).code == "TRAN_PRD_CLOSED"
    later = account.add("accountingPeriod", periodName="2027", startDate=date(2027, 1, 1), endDate=date(2027, 12, 31))
    done(account.update("invoice", {"tranDate": date(2027, 2, 1)}, internal_id=first.id))
    assert of(firm, first, "postingPeriod") == (later.id,)


def test_another_subsidiarys_customer_and_department_are_refused(firm: Firm) -> None:
    account = firm.account
    other = account.add("subsidiary", name="Second", country="DE", currency=firm.dollar).id
    department = account.add("department", name="Sales", subsidiaryList=[other]).id
    line = {"item": firm.item, "amount": Decimal(1)}
    rejection = refused(account.create("invoice", bill(firm, line, subsidiary=other)))
    assert rejection.message == f"Invalid subsidiary reference key {other} for entity {firm.customer}."
    rejection = refused(account.create("invoice", bill(firm, line, department=department)))
    assert rejection.message == f"Invalid department reference key {department} for subsidiary {firm.subsidiary}."


def test_an_account_number_is_given_once(firm: Firm) -> None:
    values = {"acctName": "Sales", "acctNumber": "4000", "acctType": "Income"}
    assert refused(firm.account.create("account", values)).code == "DUP_ACCT_NUM"
    other = done(firm.account.create("account", {**values, "acctNumber": "4001"}))
    assert refused(firm.account.update("account", {"acctNumber": "6000"}, internal_id=other.id)).code == "DUP_ACCT_NUM"
