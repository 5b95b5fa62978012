"""What posted transactions come to, asked for by getPostingTransactionSummary."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from simulator.tests.firms import done
from simulator.tests.soap.conftest import Client, Reply

from netsuite_simulator.account import Account
from netsuite_simulator.permissions import connector_permissions
from netsuite_simulator.roles import Role, Subsidiaries

DAY = {"tranDate": date(2026, 5, 4)}
ONLY = '<msgs:filters><core:account><core:recordRef internalId="{}"/></core:account></msgs:filters>'


def client_in(client: Client, role: Role) -> Client:
    """Let the client come in another role."""
    account = client.account
    account.users.add("clerk@example.com", roles=[role])
    token = account.tokens.add(account.integrations.add("Books"), role, user="clerk@example.com")
    return Client(account, client.port, account.tokens.credentials(account.id, token), client.schema)


def asked(client: Client, fields: str, filters: str = "", *, page: int = 1) -> Reply:
    chosen = "".join(f"<core:{one}>true</core:{one}>" for one in fields.split())
    inner = f"<msgs:fields>{chosen}</msgs:fields>{filters}<msgs:pageIndex>{page}</msgs:pageIndex>"
    return client.send(f"<msgs:getPostingTransactionSummary>{inner}</msgs:getPostingTransactionSummary>")


def amounts(reply: Reply) -> list[float]:
    return [float(one or "") for one in reply.texts("core:amount")]


def test_posted_transactions_are_summed_by_what_is_asked_for(account: Account, client: Client) -> None:
    bank, payables, receivables = (
        account.add("account", acctName=kind, acctType=kind).id for kind in ("Bank", "AcctPay", "AcctRec")
    )
    vendor = account.add("vendor", entityId="Sub", companyName="Sub", subsidiary="1").id
    abroad = account.add("customer", entityId="Werk", companyName="Werk", subsidiary="1", currency="2").id
    hours = {"item": "12", "quantity": Decimal(2), "rate": "100", "department": "1"}
    done(account.create("invoice", {"entity": "30", "item": [hours], **DAY}))
    euros = done(account.create("invoice", {"entity": abroad, "item": [hours], **DAY}))
    done(account.create("salesOrder", {"entity": "30", "item": [hours], **DAY}))  # it posts nothing
    lines = [{"account": "51", "amount": Decimal(70)}, {"category": "4", "amount": Decimal(30)}]
    done(account.create("vendorBill", {"entity": vendor, "expense": lines, **DAY}))
    done(account.create("creditMemo", {"entity": "30", "item": [{"item": "12", "amount": Decimal(16)}], **DAY}))
    paid = {"apply": True, "doc": int(euros.id), "amount": Decimal(50)}
    money = {"customer": abroad, "account": bank, "payment": Decimal(50), "apply": [paid], **DAY}
    done(account.create("customerPayment", money))
    entry = [{"account": "50", "debit": Decimal(9)}, {"account": bank, "credit": Decimal(9)}]
    done(account.create("journalEntry", {"currency": "1", "subsidiary": "1", "line": entry, **DAY}))
    reply = asked(client, "account period")
    accounts = [one.get("internalId") for one in reply.all("core:account")]
    assert dict(zip(accounts, amounts(reply), strict=True)) == {
        "50": -391,
        "51": 100,
        payables: -100,
        receivables: 346,
        bank: 45,
    }
    assert {one.get("internalId") for one in reply.all("core:period")} == {"7"}
    assert (reply.text("core:totalRecords"), reply.text("core:totalPages")) == ("5", "1")
    assert amounts(asked(client, "")) == [0]
    by_item = asked(client, "item department book", ONLY.format(50))
    assert amounts(by_item) == [9, 16, -416]
    assert [one.get("internalId") for one in by_item.all("core:item")] == ["12", "12"]
    assert asked(client, "item", ONLY.format(99)).text("core:totalRecords") == "0"
    assert asked(client, "item", ONLY.format("x")).text("core:code") == "INVALID_KEY_OR_REF"
    assert asked(client, "item", page=2).text("core:code") == "INVALID_SEARCH_PAGE_INDEX"


def test_what_has_no_account_of_its_own_posts_to_none(account: Account, client: Client) -> None:
    assert amounts(asked(client, "account")) == []
    deposit = {"customer": "30", "payment": Decimal(40), "account": "50", **DAY}
    done(account.create("customerDeposit", deposit))
    reply = asked(client, "account entity")
    assert amounts(reply) == [-40, 40]
    assert [one.get("internalId") for one in reply.all("core:account")] == ["50"]
    assert [one.get("internalId") for one in reply.all("core:entity")] == ["30", "30"]


def test_sums_are_of_what_a_role_may_see(account: Account, client: Client) -> None:
    done(account.create("customerDeposit", {"customer": "30", "payment": Decimal(40), "account": "50", **DAY}))
    other = account.add("subsidiary", name="Elsewhere", country="DE").id
    role = account.roles.add(
        "Clerk", connector_permissions(), subsidiaries=Subsidiaries.SELECTED, selected_subsidiaries=(other,)
    )
    clerk = client_in(client, role)
    assert amounts(asked(clerk, "account")) == []
    role.selected_subsidiaries = ("1",)
    assert amounts(asked(clerk, "account")) == [-40, 40]
    del role.permissions["REPO_FINANCIALS"]
    assert asked(clerk, "account").text("core:code") == "INSUFFICIENT_PERMISSION"
