"""The whole credentials exercise, as the guide tells it: in NetSuite's pages, played by the simulator, and in SuiteBridge's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from netsuite_simulator.features import Feature
from tests.browser.newcomers import PAGE, PATIENCE_MILLISECONDS, Firm, found_company, opened, try_out
from tests.browser.test_console_pages import serious

ADMINISTRATOR, PASSWORD = "administrator@example.com", "a password for NetSuite"
# What the guide has an administrator add to the role, and at which level.
SETUP = ("User Access Token", "Log in using Access Tokens", "SOAP Web Services", "REST Web Services")
LISTS = (
    "Customers",
    "Contacts",
    "Vendors",
    "Cases",
    "Employees",
    "Employee Record",
    "Projects",
    "Project Tasks",
    "Items",
    "Accounts",
    "Expense Categories",
    "Currency",
    "Departments",
    "Classes",
    "Locations",
    "Subsidiaries",
)


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    """An installation without a company, and an account in which nothing is set up for an integration."""
    with opened(tmp_path / "data") as running:
        running.server.edit(lambda: furnish(running))
        yield running


def furnish(firm: Firm) -> None:
    """Let an administrator into an account whose web services are off, with the employee of the integration."""
    account = firm.account
    account.users.add(ADMINISTRATOR, name="Administrator", roles=[account.roles.administrator], password=PASSWORD)
    account.features.disable(Feature.SOAP_WEB_SERVICES, Feature.REST_WEB_SERVICES, Feature.TOKEN_BASED_AUTHENTICATION)
    subsidiary = account.add("subsidiary", name="Lakeside", country="US")
    account.add(
        "employee", firstName="Suite", lastName="Bridge", email="bridge@lakeside.example", subsidiary=subsidiary
    )


def window(browser: Browser, origin: str) -> Page:
    """Open a window of its own."""
    page = browser.new_context(base_url=origin, viewport={"width": 1280, "height": 900}).new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    return page


def choose(page: Page, *way: str) -> None:
    """Go through NetSuite's menu."""
    menu = page.get_by_role("navigation", name="Menu")
    group = menu.locator("details", has_text=way[0])
    if group.get_attribute("open") is None:
        group.locator("summary").click()
    menu.get_by_role("link", name=way[-1], exact=True).click()


def facts(page: Page) -> dict[str, str]:
    """Read what a page shows once."""
    return dict(zip(page.locator("dt").all_inner_texts(), page.locator("dd").all_inner_texts(), strict=True))


def save(page: Page) -> None:
    """Save a page of NetSuite's, which then says what was saved."""
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_be_visible()


def set_up(page: Page) -> dict[str, str]:
    """Carry out steps 1 to 6 of the guide and return the six values."""
    page.goto("/")
    page.get_by_label("Email address").fill(ADMINISTRATOR)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Log in").click()
    choose(page, "Setup", "SOAP Web Services Preferences")
    values = facts(page)
    choose(page, "Setup", "Enable Features")
    for feature in ("SOAP Web Services", "REST Web Services", "Token-Based Authentication"):
        page.get_by_label(feature, exact=True).check()
    save(page)
    make_role(page)
    choose(page, "Setup", "Manage Integrations")
    page.get_by_role("link", name="New").click()
    page.get_by_label("Name (required)").fill("SuiteBridge")
    page.get_by_label("TBA: Authorization Flow").uncheck()
    page.get_by_label("Authorization Code Grant").uncheck()
    save(page)
    values |= facts(page)
    values["Application ID"] = page.locator(".value").first.inner_text()
    give_access(page)
    choose(page, "Setup", "Access Tokens")
    page.get_by_role("link", name="New Access Token").click()
    page.get_by_label("Application Name").select_option("SuiteBridge")
    page.get_by_label("User (required)").select_option(label="Suite Bridge (bridge@lakeside.example)")
    page.get_by_label("Role (required)").select_option("SuiteBridge Integration")
    save(page)
    return values | facts(page)


def make_role(page: Page) -> None:
    """Make the role with what the guide lists (step 3)."""
    choose(page, "Setup", "Manage Roles")
    page.get_by_role("link", name="New").click()
    page.get_by_label("Name (required)").fill("SuiteBridge Integration")
    for name in SETUP:
        page.get_by_label(name, exact=True).select_option("Full")
    for name in LISTS:
        page.get_by_label(name, exact=True).select_option("View")
    page.get_by_label("SuiteAnalytics Workbook", exact=True).select_option("Edit")
    for name in ("Track Time", "Expense Report", "Invoice"):
        page.get_by_label(name, exact=True).select_option("Full")
    save(page)


def give_access(page: Page) -> None:
    """Give the employee of the integration the role (step 5)."""
    choose(page, "Lists", "Employees")
    page.get_by_label("Name or email").fill("bridge")
    page.get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Suite Bridge").click()
    page.get_by_role("main").get_by_role("link", name="Access").click()
    page.get_by_label("Give Access").check()
    page.get_by_label("Roles").select_option("SuiteBridge Integration")
    save(page)


def test_a_newcomer_does_the_whole_exercise_and_sees_what_a_revoked_token_looks_like(
    browser: Browser, firm: Firm
) -> None:
    netsuite, bridge = window(browser, firm.server.url), window(browser, firm.console.origin)
    values = set_up(netsuite)
    assert serious(netsuite) == []
    assert len(values) == 6
    found_company(bridge, firm)
    bridge.goto(PAGE)
    form = bridge.locator("form", has=bridge.locator("#account_id"))  # a certificate's form asks for an account too
    for label, name in (
        ("NetSuite Account ID", "Account ID"),
        ("Application ID", "Application ID"),
        ("TBA Consumer Key", "Consumer Key / Client ID"),
        ("TBA Consumer Secret", "Consumer Secret / Client Secret"),
        ("TBA User Token ID", "Token ID"),
        ("TBA User Token Secret", "Token Secret"),
    ):
        form.get_by_label(label).fill(values[name])
    try_out(bridge, "Connected: NetSuite has just accepted a signed request.")
    expect(bridge.locator("#check h2")).to_have_class(re.compile("tone-good"))
    netsuite.get_by_role("button", name="Revoke").click()
    expect(netsuite.get_by_role("status")).to_have_text("The access token is revoked.")
    try_out(bridge, "Not connected: NetSuite accepted no signed request.")
    expect(bridge.locator("#check h2")).to_have_class(re.compile("tone-bad"))
    expect(bridge.locator("#check")).to_contain_text("View Login Audit Trail")
    choose(netsuite, "Setup", "View Login Audit Trail")
    assert "token_rejected" in netsuite.locator("tbody tr").first.inner_text()
    for page in (netsuite, bridge):
        page.context.close()
