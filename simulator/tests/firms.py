"""A small firm in a simulated account, and a client that oauthlib signs for and requests sends for."""

from __future__ import annotations

import itertools
import json
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, cast

import requests
from oauthlib.oauth1 import Client
from requests.utils import requote_uri

from netsuite_simulator.account import Account, Rejection, Stored, Written
from netsuite_simulator.tokens import Credentials

NOW = datetime(2026, 5, 18, 17, 0, 0, tzinfo=UTC)
RECORDS = "/services/rest/record/v1"


@dataclass(slots=True, kw_only=True)
class Firm:
    """The account of a small firm and the internal ids of what it holds."""

    account: Account
    dollar: str
    yen: str
    subsidiary: str
    income: str
    expense: str
    customer: str
    project: str
    task: str
    employee: str
    item: str
    category: str
    mileage: str


def small_firm(account: Account) -> Firm:
    """Put a small firm into an account."""
    dollar = account.add(
        "currency", name="US Dollar", symbol="USD", exchangeRate=1, isBaseCurrency=True, currencyPrecision="2"
    )
    yen = account.add(
        "currency",
        name="Yen",
        symbol="JPY",
        exchangeRate=Decimal("0.0065"),
        isBaseCurrency=False,
        currencyPrecision="0",
    )
    subsidiary = account.add("subsidiary", name="Firm", country="US", currency=dollar)
    income = account.add("account", acctName="Consulting", acctNumber="4000", acctType="Income")
    expense = account.add("account", acctName="Travel", acctNumber="6000", acctType="Expense")
    account.add("accountingPeriod", periodName="2026", startDate=date(2026, 1, 1), endDate=date(2026, 12, 31))
    account.add(
        "accountingPeriod", periodName="2025", startDate=date(2025, 1, 1), endDate=date(2025, 12, 31), closed=True
    )
    customer = account.add("customer", external_id="c-1", companyName="Łódź & Söhne", subsidiary=subsidiary, terms="2")
    project = account.add("job", companyName="Rollout", parent=customer)
    task = account.add("projectTask", title="Design", company=project, estimatedWork=8)
    employee = account.add("employee", external_id="e-1", firstName="Ann", lastName="Lee", subsidiary=subsidiary)
    item = account.add("serviceSaleItem", itemId="Consulting", incomeAccount=income)
    category = account.add("expenseCategory", name="Hotel", expenseAcct=expense)
    mileage = account.add("expenseCategory", name="Mileage", expenseAcct=expense, rateRequired=True)
    return Firm(
        account=account,
        dollar=dollar.id,
        yen=yen.id,
        subsidiary=subsidiary.id,
        income=income.id,
        expense=expense.id,
        customer=customer.id,
        project=project.id,
        task=task.id,
        employee=employee.id,
        item=item.id,
        category=category.id,
        mileage=mileage.id,
    )


_nonces = itertools.count()


@dataclass(slots=True)
class RestClient:
    """A client nobody here wrote signs (oauthlib) and sends (requests)."""

    account: Account
    url: str
    credentials: Credentials
    session: requests.Session = field(default_factory=requests.Session)
    realm: str | None = None

    def headers(
        self, method: str, path: str, *, timestamp: float | None = None, nonce: str | None = None
    ) -> dict[str, str]:
        """Sign a request."""
        signer = Client(
            self.credentials.consumer_key,
            self.credentials.consumer_secret,
            self.credentials.token_id,
            self.credentials.token_secret,
            signature_method="HMAC-SHA256",
            realm=self.realm or self.account.id,
            timestamp=str(int(self.account.clock.timestamp() if timestamp is None else timestamp)),
            nonce=nonce or f"nonce{next(_nonces):08d}",
        )
        _, headers, _ = signer.sign(self.url + path, http_method=cast(Any, method))
        return {str(name): str(value) for name, value in headers.items()}

    def send(
        self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
    ) -> requests.Response:
        """Sign and send a request."""
        path = requote_uri(path)
        return self.session.request(
            method,
            self.url + path,
            headers={**self.headers(method, path), **(headers or {})},
            data=None if body is None else json.dumps(body),
            timeout=20,
        )

    def records(
        self, method: str, path: str, body: object = None, *, headers: dict[str, str] | None = None
    ) -> requests.Response:
        """Send a request to the records door."""
        return self.send(method, f"{RECORDS}/{path}", body, headers=headers)


DAY = date(2026, 3, 3)


def done(result: Written | Rejection) -> Written:
    """Return what was written; a rejection fails the test."""
    assert isinstance(result, Written), result
    return result


def refused(result: Written | Rejection) -> Rejection:
    """Return the rejection; a write fails the test."""
    assert isinstance(result, Rejection), result
    return result


def stored(account: Account, written: Written) -> Stored:
    """Read what was written."""
    found = account.get(written.type.name, internal_id=written.id)
    assert found is not None
    return found


def hours(firm: Firm, **values: Any) -> dict[str, Any]:
    """Return eight hours on the project; None takes a value out."""
    usual = {
        "employee": firm.employee,
        "customer": firm.project,
        "item": firm.item,
        "hours": Decimal(8),
        "tranDate": DAY,
    }
    return {name: value for name, value in {**usual, **values}.items() if value is not None}


def bill(firm: Firm, *lines: dict[str, Any], **values: Any) -> dict[str, Any]:
    """Return an invoice with these lines."""
    return {"entity": firm.customer, "tranDate": DAY, "item": list(lines), **values}
