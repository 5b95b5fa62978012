"""The simulator's pages in a browser: nobody is shut out, nothing runs over the edge, and no script is needed."""

from __future__ import annotations

from collections.abc import Iterator

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
)
IN_THE_DARK = ("/app/center/card.nl", "/app/setup/accesstokens.nl", "/app/setup/loginaudittrail.nl?since=tomorrow")
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Open a window without scripts of its pages, on an account that holds a little of everything."""
    account = Account()
    account.users.add(EMAIL, name="Administrator", roles=[account.roles.administrator], password=PASSWORD)
    account.tokens.issue(account.id)
    account.add("employee", firstName="Ann", lastName="Lee", email="ann@example.com")
    with serving(account) as server:
        context = browser.new_context(base_url=server.url, viewport={"width": 1280, "height": 900})
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
        window.goto(path)
        findings[path] = serious(window)
    window.emulate_media(color_scheme="dark")
    for path in IN_THE_DARK:
        window.goto(path)
        findings[f"{path}, dark"] = serious(window)
    window.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for path in PAGES:
        window.goto(path)
        wide = window.evaluate(_OVERFLOW)
        findings[f"{path}, small"] = [f"{wide} px too wide"] if wide > 0 else []
    assert {path: found for path, found in findings.items() if found} == {}
