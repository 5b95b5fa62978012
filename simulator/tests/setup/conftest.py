"""A browser without scripts before the account's pages: it opens addresses, reads forms and presses buttons."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urljoin

import pytest
import requests
from lxml import html
from simulator.tests.firms import Firm

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running
from netsuite_simulator.users import User

EMAIL, PASSWORD = "ada@example.com", "correct horse battery"
HOME = "/app/center/card.nl"
SIGN_IN = "/app/login/secure/privatelogin.nl"
FEATURES = "/app/setup/features.nl"
INTEGRATIONS = "/app/common/integration/integrapplist.nl"
INTEGRATION = "/app/common/integration/integrapp.nl"
ROLES, ROLE = "/app/setup/rolelist.nl", "/app/setup/role.nl"
TOKENS, TOKEN = "/app/setup/accesstokens.nl", "/app/setup/accesstoken.nl"
MY_TOKENS, MY_TOKEN = "/app/setup/myaccesstokens.nl", "/app/setup/myaccesstoken.nl"
USERS = "/app/setup/uiaccesslist.nl"
EMPLOYEES, ACCESS = "/app/common/entity/employeelist.nl", "/app/common/entity/employeeaccess.nl"

Pairs = list[tuple[str, str]]


@dataclass(slots=True)
class Shown:
    """A page as it came."""

    response: requests.Response
    root: html.HtmlElement

    @property
    def status(self) -> int:
        return self.response.status_code

    @property
    def title(self) -> str:
        return self.root.findtext(".//h1") or ""

    @property
    def text(self) -> str:
        return " ".join(self.root.text_content().split())

    @property
    def problems(self) -> str:
        return " ".join(" ".join(one.itertext()) for one in self.root.xpath("//*[@role='alert']"))

    @property
    def facts(self) -> dict[str, str]:
        """Labels and values of the boxes."""
        names = [one.text for one in self.root.iter("dt")]
        return dict(zip(names, (one.text for one in self.root.iter("dd")), strict=True))

    @property
    def links(self) -> dict[str, str]:
        return {one.text_content(): one.get("href") for one in self.root.iter("a")}

    def rows(self) -> list[list[str]]:
        """The cells of the page's tables."""
        return [[cell.text_content().strip() for cell in row.iter("td")] for row in self.root.xpath("//tbody/tr")]

    def form(self, act: str, row: str | None = None) -> html.FormElement:
        """The form with a button, of a row of a list where one is named."""
        place = f"//tr[contains(., {row!r})]" if row else ""
        found = self.root.xpath(f"{place}//form[.//button[@name='act' and @value={act!r}]]")
        assert found, f"{self.title} has no button {act}: {self.text}"
        return found[0]


@dataclass(slots=True)
class Desk:
    """Somebody at a browser."""

    account: Account
    url: str
    browser: requests.Session = field(default_factory=requests.Session)

    def open(self, path: str) -> Shown:
        return self.shown(self.browser.get(urljoin(self.url, path), timeout=20))

    def press(self, page: Shown, act: str = "save", *, row: str | None = None, **values: Any) -> Shown:
        """Fill a form in and press a button; None unticks a box or leaves a field out, lists choose several."""
        form = page.form(act, row)
        pairs: Pairs = [(name, value) for name, value in form.form_values() if name not in values]
        for name, value in values.items():
            pairs += [(name, one) for one in ([] if value is None else [value] if isinstance(value, str) else value)]
        return self.post(page.response.url, [*pairs, ("act", act)])

    def post(self, address: str, pairs: Pairs) -> Shown:
        return self.shown(self.browser.post(urljoin(self.url, address), data=pairs, timeout=20))

    def sign_in(self, email: str = EMAIL, password: str = PASSWORD, path: str = HOME) -> Shown:
        return self.press(self.open(path), "sign-in", email=email, password=password)

    @staticmethod
    def shown(response: requests.Response) -> Shown:
        root = html.fromstring(response.content)
        for area in root.iter("textarea"):  # browsers drop the line's end right after the tag
            area.text = (area.text or "").removeprefix("\n")
        return Shown(response, root)


@pytest.fixture
def administrator(account: Account) -> User:
    """Somebody who may do everything on the pages."""
    return account.users.add(EMAIL, name="Ada", roles=[account.roles.administrator], password=PASSWORD)


@pytest.fixture
def visitor(firm: Firm, running: Running) -> Iterator[Desk]:
    """A browser in which nobody is signed in."""
    desk = Desk(firm.account, running.url)
    yield desk
    desk.browser.close()


@pytest.fixture
def desk(visitor: Desk, administrator: User) -> Desk:
    """A browser in which the administrator is signed in."""
    visitor.sign_in()
    return visitor
