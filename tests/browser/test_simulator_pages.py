"""The simulator's pages in a browser: nobody is shut out, nothing runs over the edge, and no script is needed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest
from playwright.sync_api import Browser, Page

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from tests.browser.test_console_pages import SMALLEST, serious

EMAIL, PASSWORD = "administrator@example.com", "a password for NetSuite"
PAGES = (
    "/app/center/card.nl",
    "/app/login/secure/changerole.nl",
    "/app/setup/features.nl",
    "/app/setup/webservicesprefs.nl",
    "/app/common/integration/integrapplist.nl",
    "/app/common/integration/integrapp.nl",
    "/app/common/integration/integrapp.nl?id=1",
    "/app/common/integration/integrapp.nl?id=99",
    "/app/setup/rolelist.nl",
    "/app/setup/role.nl",
    "/app/setup/role.nl?id=3",
    "/app/setup/accesstokens.nl",
    "/app/setup/accesstoken.nl",
    "/app/setup/myaccesstokens.nl",
    "/app/setup/myaccesstoken.nl",
    "/app/setup/uiaccesslist.nl",
    "/app/common/entity/employeelist.nl",
    "/app/common/entity/employeeaccess.nl?id=-5",
    "/app/setup/oauth2clientcredentials.nl",
    "/app/setup/oauth2clientcredential.nl",
    "/app/setup/loginaudittrail.nl",
    "/app/setup/loginaudittrail.nl?since=tomorrow",
    "/app/setup/deletedrecords.nl",
    "/app/common/record/recordtypes.nl",
    "/app/common/record/recordlist.nl?type=employee",
    "/app/common/record/recordlist.nl?type=nothing",
    "/app/common/entity/employee.nl?id=7",
    "/app/accounting/transactions/custinvc.nl?id=8",
    "/app/common/record/record.nl?type=projectTask",
)
IN_THE_DARK = ("/app/center/card.nl", "/app/setup/accesstokens.nl", "/app/setup/loginaudittrail.nl?since=tomorrow")
WIDE = {"width": 1280, "height": 900}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Open a window without scripts of its pages, on an account that holds a little of everything."""
    account = Account()
    account.users.add(EMAIL, name="Administrator", roles=[account.roles.administrator], password=PASSWORD)
    account.tokens.issue(account.id)
    account.add("employee", internal_id=7, firstName="Ann", lastName="Lee", email="ann@example.com")
    customer = account.add("customer", companyName="Łódź & Söhne")
    lines = [{"description": "Consulting", "amount": Decimal(100)}]
    account.add("invoice", internal_id=8, entity=customer, tranDate=date(2026, 5, 4), item=lines)
    with serving(account) as server:
        context = browser.new_context(base_url=server.url, viewport=WIDE)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield page
        context.close()
    account.close()


def test_no_page_of_the_simulator_shuts_anybody_out(window: Page) -> None:
    window.goto("/")
    findings = {"sign-in": serious(window)}
    window.get_by_label("Email address").fill(EMAIL)
    window.get_by_label("Password").fill(PASSWORD)
    window.get_by_role("button", name="Log in").click()
    for path in PAGES:
        window.set_viewport_size(WIDE)  # type: ignore[arg-type]
        window.goto(path)
        found = serious(window)
        window.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
        wide = window.evaluate(_OVERFLOW)
        findings[path] = [*found, *([f"{wide} px too wide for a small window"] if wide > 0 else [])]
    window.emulate_media(color_scheme="dark")
    for path in IN_THE_DARK:
        window.goto(path)
        findings[f"{path}, dark"] = serious(window)
    assert {path: found for path, found in findings.items() if found} == {}
