"""A small account whose rows show every form of value, and a way to ask it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal

import msgspec
import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.suiteql import Page, Suiteql
from netsuite_simulator.suiteql.execution import Parameter

NOW = datetime(2026, 5, 18, 17, 30, 15, tzinfo=UTC)  # 10:30:15 in Los Angeles
Rows = list[dict[str, object]]
Ask = Callable[..., Rows]


def furnished() -> Account:
    """An account with a few records of each kind; times are UTC."""
    account = Account()
    account.clock.freeze(NOW)
    with account.transaction():
        for number, (name, symbol) in enumerate((("US Dollar", "USD"), ("Euro", "EUR"), ("Yen", "JPY")), start=1):
            account.add("currency", internal_id=number, name=name, symbol=symbol, exchangeRate=Decimal("1.25"))
        account.add("subsidiary", internal_id=1, name="Parent", currency="1", country="US")
        account.add("subsidiary", internal_id=2, name="Child", currency="2", country="DE", parent="1")
        account.add("department", internal_id=1, name="Delivery", subsidiaryList=("1", "2"))
        names = ("Alder & Sons", "Bärenthal", "alder west", "Größe 100%", "O'Brien_1")
        for number, name in enumerate(names, start=101):
            account.add(
                "customer",
                external_id=f"CRM-{number}",
                internal_id=number,
                entityId=name,
                companyName=name,
                subsidiary="1",
                currency="1" if number < 104 else "2",
                entityStatus="13",
                stage="Customer" if number < 105 else "Lead",
                isInactive=number == 103,
                creditLimit=Decimal("1000.5") if number == 101 else None,
                lastModifiedDate=datetime(2026, 1, number - 100, 7, 59, 58, tzinfo=UTC),
            )
        for number in range(201, 207):
            account.add(
                "job",
                internal_id=number,
                entityId=f"P{number}",
                companyName=f"Project {number}",
                customer=str(101 + number % 3),
                parent=str(101 + number % 3),
                startDate=date(2026, number - 200, 15),
                estimatedTime=Decimal("7.5") if number < 204 else None,
                jobBillingType="5",
                lastModifiedDate=datetime(2026, 3, 1, 12, 0, 0, tzinfo=UTC),
            )
    return account


def written(page: Page) -> Rows:
    """The items of a page as JSON has them."""
    items: Rows = msgspec.json.decode(msgspec.json.encode(page.items))
    return items


@pytest.fixture(scope="module")
def account() -> Account:
    return furnished()


@pytest.fixture(scope="module")
def engine(account: Account) -> Suiteql:
    return Suiteql(account.connection, zone=account.zone)


@pytest.fixture
def page(account: Account, engine: Suiteql) -> Callable[..., Page]:
    def ask(query: str, *parameters: Parameter, limit: int = 1000, offset: int = 0) -> Page:
        return engine.page(query, parameters, tables=account.tables, now=NOW, limit=limit, offset=offset)

    return ask


@pytest.fixture
def ask(page: Callable[..., Page]) -> Ask:
    """The items of a query, without their links."""

    def rows(query: str, *parameters: Parameter, limit: int = 1000, offset: int = 0) -> Rows:
        items = written(page(query, *parameters, limit=limit, offset=offset))
        return [{name: value for name, value in item.items() if name != "links"} for item in items]

    return rows
