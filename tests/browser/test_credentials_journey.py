"""A new administrator connects a company to NetSuite: first run, Credentials, mistakes, tests of the connection, in a browser and by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.newcomers import PAGE, PATIENCE_MILLISECONDS, Firm, found_company, opened, try_out
from tests.browser.test_console_pages import SMALLEST, serious


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    with opened(tmp_path / "data") as running:
        yield running


@pytest.fixture
def window(browser: Browser, firm: Firm) -> Iterator[Page]:
    """Set the company up."""
    context = browser.new_context(base_url=firm.console.origin, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    found_company(page, firm)
    yield page
    context.close()


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


def test_pasted_confirmations_connect_and_are_saved_by_keyboard(window: Page, firm: Firm) -> None:
    right = firm.issue()
    window.goto(PAGE)
    window.get_by_text("Paste what NetSuite showed").focus()
    window.keyboard.press("Enter")
    window.get_by_label("A confirmation page").fill(
        f"account: {right['account_id']}\nCONSUMER KEY / CLIENT ID\n{right['consumer_key']}\nCONSUMER SECRET / CLIENT SECRET\n{right['consumer_secret']}\n"
        f"TOKEN ID\n{right['token_id']}\nTOKEN SECRET\n{right['token_secret']}\n"
    )
    expect(window.locator("#recognized")).to_contain_text("recognized, not shown")
    expect(window.locator("#recognized")).not_to_contain_text(right["token_secret"])
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
    assert right["token_secret"] not in window.content()


def test_the_sign_on_changes_in_place_and_every_page_fits_the_smallest_window(window: Page) -> None:
    window.goto(PAGE)
    window.get_by_label("TBA Consumer Secret").fill("typed-secret")
    switch = window.get_by_label("Enable single sign-on")
    expect(window.get_by_label("Shared secret")).to_have_count(0)
    switch.check()
    expect(window.get_by_label("Shared secret")).to_be_visible()
    switch.uncheck()
    expect(window.get_by_label("Shared secret")).to_have_count(0)
    expect(window.get_by_label("TBA Consumer Secret")).to_have_value("typed-secret")
    expect(switch).to_be_focused()
    window.goto("/administration/netsuite-connector/settings")
    window.get_by_label("Enable single sign-on").check()
    window.get_by_role("button", name="Save the connection").click()
    window.goto(PAGE)
    expect(window.get_by_label("Shared secret")).to_be_visible()
    window.get_by_label("TBA Consumer Secret").fill("typed-secret")
    window.get_by_label("Use OAuth 2.0 for NetSuite").check()
    expect(window.locator("#sign-on")).to_contain_text("NetSuite OAuth 2.0 credentials")
    expect(window.get_by_label("Use OAuth 2.0 for NetSuite")).to_be_focused()
    expect(window.get_by_label("TBA Consumer Secret")).to_have_value("typed-secret")
    expect(window.get_by_label("Shared secret")).to_have_count(0)
    assert serious(window) == []

    window.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    for path in (PAGE, PAGE.replace("credentials", "settings"), PAGE.replace("credentials", "settings-history"), PAGE.replace("credentials", "configuring-netsuite")):  # fmt: skip
        window.goto(path)
        assert window.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0
        assert serious(window) == []


def test_by_keyboard_alone_a_production_account_is_saved_and_its_first_write_confirmed(window: Page) -> None:
    window.goto(PAGE)
    typed = {
        "account_id": "1234567",
        "consumer_key": "a-key",
        "consumer_secret": "a-typed-secret",
        "token_id": "a-token",
        "token_secret": "another-typed-secret",
    }
    for name, text in typed.items():
        tab_to(window, f"#{name}")
        window.keyboard.type(text)
        # What the id means appears above the other fields and moves them down.
        expect(window.locator("#meaning")).to_contain_text("production")
    tab_to(window, "#single_sign_on")
    window.keyboard.press("Space")
    expect(window.get_by_label("Shared secret")).to_be_visible()
    expect(window.locator("#single_sign_on")).to_be_focused()
    tab_to(window, "#oauth_sign_on", most=2)
    tab_to(window, "#integration_user_id")
    window.keyboard.type("Ada")
    tab_to(window, "button[value=save]")
    tab_to(window, "button[value=test]", most=1)
    window.keyboard.press("Shift+Tab")
    window.keyboard.press("Enter")
    expect(window.locator("[role=status]")).to_contain_text("Saved.")
    expect(window.locator(".environment").first).to_contain_text("production")

    window.goto("/runs/start")
    for box in window.locator("input[name=workflow]").all():
        box.set_checked(box.get_attribute("value") == "export_time_entries")
    window.get_by_role("button", name="Start the run").click()
    window.get_by_label("Start without the workflows that it needs").check()
    window.get_by_role("button", name="Start the run").click()
    field = window.get_by_label("Account ID, typed to confirm")
    expect(field).to_be_focused()
    assert serious(window) == []
    window.keyboard.type("7654321")
    window.keyboard.press("Enter")
    expect(field).to_be_focused()
    window.keyboard.type("1234567")
    window.keyboard.press("Enter")
    expect(window.locator("h1")).to_contain_text("Run 1")


def tab_to(window: Page, selector: str, *, most: int = 40) -> None:
    """Press Tab until an element has the focus; whatever has it on the way is seen."""
    for _ in range(most):
        window.keyboard.press("Tab")
        # A page that has just moved scrolls to the focus a frame later.
        window.wait_for_function(
            """() => {
                const box = document.activeElement.getBoundingClientRect();
                return box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight;
            }"""
        )
        if window.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"{selector} was not reached by Tab.")
