"""A new administrator connects a company to NetSuite: first run, Credentials, mistakes, tests of the connection, in a browser and by keyboard."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.results import FULL
from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.tokens import Credentials
from suitebridge.bootstrap import open_house
from suitebridge.web import houses
from tests.browser.serving import Served, served
from tests.browser.test_console_pages import SMALLEST, serious
from tests.console_world import SteeredClock, World

PAGE = "/administration/netsuite-connector/credentials"
OTHER = "TSTDRV5550001"
PATIENCE_MILLISECONDS = 15_000


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """An empty installation beside a simulated account, and the window of who sets it up."""

    console: Served
    account: Account
    server: Running
    token: str


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    directory = tmp_path / "data"
    directory.mkdir(mode=0o700)
    account = Account("TSTDRV3000003")
    with serving(account) as server:
        lines = "".join(f'{id_} = "{server.url}"\n' for id_ in (account.id, OTHER))
        (directory / "suitebridge.toml").write_text(f"[simulators]\n{lines}")

        def build() -> World:
            house = open_house(directory)
            houses.set_current(house)
            return World(house=house, clock=SteeredClock(house.clock.now()), ids={})

        with served(build) as console:
            yield Firm(console=console, account=account, server=server, token=houses.invite())
            console.world.house.close()
    account.close()


@pytest.fixture
def window(browser: Browser, firm: Firm) -> Iterator[Page]:
    """Set the company up."""
    context = browser.new_context(base_url=firm.console.origin, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    page.goto("/first-run")
    for label, text in (
        ("Set-up token", firm.token),
        ("Company name", "Lakeside Partners"),
        ("Company ID", "lakeside"),
        ("First name", "Ada"),
        ("Last name", "Okafor"),
        ("User ID", "ada"),
        ("Password, once more", "a long walk by the lake"),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Password", exact=True).fill("a long walk by the lake")
    page.get_by_role("button", name="Create the company").click()
    page.wait_for_url(lambda address: "first-run" not in address)
    yield page
    context.close()


def enter(page: Page, given: Credentials, **other: str) -> None:
    """Fill the form in."""
    page.goto(PAGE)
    values = {
        "NetSuite Account ID": given.account_id,
        "TBA Consumer Key": given.consumer_key,
        "TBA Consumer Secret": given.consumer_secret,
        "TBA User Token ID": given.token_id,
        "TBA User Token Secret": given.token_secret,
        **other,
    }
    for label, text in values.items():
        page.get_by_label(label).fill(text)


def try_out(page: Page, verdict: str) -> None:
    """Choose Test connection and wait for the verdict."""
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#check h2")).to_contain_text(verdict)


def given(firm: Firm) -> Credentials:
    """Have NetSuite issue credentials."""
    return firm.server.edit(lambda: firm.account.tokens.issue(firm.account.id))


def test_the_way_from_an_empty_company_to_its_first_mistakes(window: Page) -> None:
    window.goto("/")
    expect(window.locator(".environment")).to_contain_text("not connected")
    window.get_by_role("link", name="NetSuite Connector").click()
    window.get_by_role("link", name="Enter the credentials").click()
    expect(window.locator("h1")).to_have_text("Credentials")
    expect(window.locator("#meaning")).to_contain_text("The account ID alone tells")

    field = window.get_by_label("NetSuite Account ID")
    for typed, meaning in (("1234567_SB1", "sandbox 1"), ("1234567", "production"), ("1234567-sb1", "1234567_SB1")):
        field.fill(typed)
        expect(window.locator("#meaning")).to_contain_text(meaning)
    field.fill("TSTDRV3000003")
    expect(window.locator("#meaning")).to_contain_text("played by a simulator")
    window.goto(PAGE)
    window.get_by_label("NetSuite Account ID").fill("1234567-sb1")
    window.get_by_label("TBA Consumer Key").fill("a-key")
    window.get_by_label("TBA User Token Secret").fill("typed-secret")
    window.get_by_role("button", name="Save").click()
    summary = window.locator("[role=alert]")
    expect(summary).to_be_focused()
    expect(summary.get_by_role("link")).to_have_count(3)
    expect(window.get_by_label("TBA Consumer Key")).to_have_value("a-key")
    expect(window.get_by_label("TBA User Token Secret")).to_have_value("")
    summary.get_by_role("link", name="The TBA User Token ID is missing.").click()
    expect(window.get_by_label("TBA User Token ID")).to_be_focused()
    assert serious(window) == []


def test_whatever_is_wrong_is_told_with_the_way_out(window: Page, firm: Firm) -> None:
    enter(window, given(firm), **{"TBA Consumer Secret": "0" * 64})
    try_out(window, "Not connected")
    expect(window.locator("#check")).to_contain_text("View Login Audit Trail")
    expect(window.get_by_label("TBA Consumer Secret")).to_have_value("0" * 64)
    assert serious(window) == []

    enter(window, given(firm), **{"NetSuite Account ID": OTHER})
    try_out(window, "Not connected")
    expect(window.locator("#check")).to_contain_text("does not know this account")

    enter(window, given(firm))
    firm.server.edit(lambda: firm.account.clock.advance(900))
    try_out(window, "Not connected")
    expect(window.locator("#check")).to_contain_text("from a time server")
    firm.server.edit(lambda: firm.account.clock.advance(-900))

    def lacking() -> Credentials:
        account = firm.account
        permissions = {**account.roles.connector.permissions, **dict.fromkeys(DOOR_PERMISSIONS, FULL)}
        del permissions["LIST_CUSTJOB"]
        role = account.roles.add("Lacking", permissions)
        token = account.tokens.add(account.integrations.add("Lacking"), role, user="ann@example.com")
        return account.tokens.credentials(account.id, token)

    enter(window, firm.server.edit(lacking))
    try_out(window, "NetSuite let us in, and")
    expect(window.locator("#check")).to_contain_text("adds the permission")


def test_pasted_confirmations_connect_and_are_saved_by_keyboard(window: Page, firm: Firm) -> None:
    right = given(firm)
    window.goto(PAGE)
    window.get_by_text("Paste what NetSuite showed").focus()
    window.keyboard.press("Enter")
    window.get_by_label("A confirmation page").fill(
        f"account: {right.account_id}\nCONSUMER KEY / CLIENT ID\n{right.consumer_key}\nCONSUMER SECRET / CLIENT SECRET\n{right.consumer_secret}\n"
        f"TOKEN ID\n{right.token_id}\nTOKEN SECRET\n{right.token_secret}\n"
    )
    expect(window.locator("#recognized")).to_contain_text("recognized, not shown")
    expect(window.locator("#recognized")).not_to_contain_text(right.token_secret)
    window.get_by_role("button", name="Test connection").focus()
    window.keyboard.press("Enter")
    expect(window.locator("#check h2")).to_contain_text("Connected")
    expect(window.locator("#check h2")).to_contain_text("not saved yet")
    window.get_by_label("Integration user", exact=True).select_option(label="Ada Okafor (ada)")
    window.get_by_role("button", name="Save").focus()
    window.keyboard.press("Enter")
    expect(window.locator("[role=status]")).to_contain_text("Saved.")
    expect(window.locator(".environment").first).to_contain_text("test drive")
    expect(window.get_by_text("Stored: fingerprint")).to_have_count(2)
    try_out(window, "Connected: NetSuite has just accepted a signed request.")
    expect(window.locator("#check h2")).not_to_contain_text("not saved yet")
    assert serious(window) == []
    window.get_by_role("link", name="Settings history").first.click()
    expect(window.locator(".trail")).to_contain_text("Ada Okafor")
    expect(window.locator(".trail")).to_contain_text("a new secret")
    assert right.token_secret not in window.content()


def test_the_sign_on_changes_in_place_and_every_page_fits_the_smallest_window(window: Page) -> None:
    window.goto("/administration/netsuite-connector/settings")
    window.get_by_label("Single sign-on enabled").check()
    window.get_by_role("button", name="Save").click()
    window.goto(PAGE)
    expect(window.get_by_label("Shared secret")).to_be_visible()
    window.get_by_label("Use OAuth 2.0 for NetSuite").check()
    expect(window.locator("#sign-on")).to_contain_text("NetSuite OAuth 2.0 credentials")
    expect(window.get_by_label("Shared secret")).to_have_count(0)
    assert serious(window) == []

    window.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for path in (PAGE, PAGE.replace("credentials", "settings"), PAGE.replace("credentials", "settings-history"), PAGE.replace("credentials", "configuring-netsuite")):  # fmt: skip
        window.goto(path)
        assert window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert serious(window) == []
