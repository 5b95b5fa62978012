"""A simulated account with a little of everything, and its pages by name: for the browser tests and the screenshots."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal

from playwright.sync_api import Page

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving

EMAIL, PASSWORD = "administrator@example.com", "a password for NetSuite"
PAGES = {
    "simulator-card": "/app/center/card.nl",
    "simulator-changerole": "/app/login/secure/changerole.nl",
    "simulator-features": "/app/setup/features.nl",
    "simulator-acctsetup": "/app/setup/acctsetup.nl",
    "simulator-webservicesprefs": "/app/setup/webservicesprefs.nl",
    "simulator-integrapplist": "/app/common/integration/integrapplist.nl",
    "simulator-integrapp": "/app/common/integration/integrapp.nl",
    "simulator-integrapp-1": "/app/common/integration/integrapp.nl?id=1",
    "simulator-integrapp-99": "/app/common/integration/integrapp.nl?id=99",
    "simulator-workspace": "/app/setup/workspace.nl",
    "simulator-rolelist": "/app/setup/rolelist.nl",
    "simulator-role": "/app/setup/role.nl",
    "simulator-role-3": "/app/setup/role.nl?id=3",
    "simulator-accesstokens": "/app/setup/accesstokens.nl",
    "simulator-accesstoken": "/app/setup/accesstoken.nl",
    "simulator-myaccesstokens": "/app/setup/myaccesstokens.nl",
    "simulator-myaccesstoken": "/app/setup/myaccesstoken.nl",
    "simulator-uiaccesslist": "/app/setup/uiaccesslist.nl",
    "simulator-employeelist": "/app/common/entity/employeelist.nl",
    "simulator-employeeaccess--5": "/app/common/entity/employeeaccess.nl?id=-5",
    "simulator-oauth2clientcredentials": "/app/setup/oauth2clientcredentials.nl",
    "simulator-oauth2clientcredential": "/app/setup/oauth2clientcredential.nl",
    "simulator-loginaudittrail": "/app/setup/loginaudittrail.nl",
    "simulator-loginaudittrail-tomorrow": "/app/setup/loginaudittrail.nl?since=tomorrow",
    "simulator-deletedrecords": "/app/setup/deletedrecords.nl",
    "simulator-recordtypes": "/app/common/record/recordtypes.nl",
    "simulator-recordlist-employee": "/app/common/record/recordlist.nl?type=employee",
    "simulator-recordlist-nothing": "/app/common/record/recordlist.nl?type=nothing",
    "simulator-employee-7": "/app/common/entity/employee.nl?id=7",
    "simulator-custinvc-8": "/app/accounting/transactions/custinvc.nl?id=8",
    "simulator-record-projectTask": "/app/common/record/record.nl?type=projectTask",
}


@contextmanager
def simulated() -> Iterator[str]:
    """Serve the account until the block ends; give its address."""
    account = Account()
    account.users.add(EMAIL, name="Administrator", roles=[account.roles.administrator], password=PASSWORD)
    account.tokens.issue(account.id)
    account.add("employee", internal_id=7, firstName="Ann", lastName="Lee", email="ann@example.com")
    customer = account.add("customer", companyName="Łódź & Söhne")
    lines = [{"description": "Consulting", "amount": Decimal(100)}]
    account.add("invoice", internal_id=8, entity=customer, tranDate=date(2026, 5, 4), item=lines)
    with serving(account) as server:
        yield server.url
    account.close()


def log_in(page: Page) -> None:
    """Log the administrator in on the page that asks for it."""
    page.get_by_label("Email address").fill(EMAIL)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
