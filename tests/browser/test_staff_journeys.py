"""Letting somebody in, by keyboard alone: add a user, invite, set the password, and refusals that take the focus."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.hands import tab_to
from tests.browser.serving import Served
from tests.browser.test_console_pages import serious

SMALLEST = {"width": 320, "height": 640}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def test_somebody_is_let_in_by_keyboard_alone(administrator: Page) -> None:
    administrator.goto("/administration/people")
    tab_to(administrator, "Add a user")
    administrator.keyboard.press("Enter")
    expect(administrator.locator("h1")).to_have_text("Add a user")
    for name, text in (("first", "Noor"), ("last", "Vega"), ("email", "noor@example.com"), ("user_id", "noor")):
        tab_to(administrator, name)
        administrator.keyboard.type(text)
    administrator.keyboard.press("Enter")
    expect(administrator.locator("h1")).to_have_text("Noor Vega")
    tab_to(administrator, "Invite")
    administrator.keyboard.press("Enter")
    expect(administrator.locator("h1")).to_have_text("Invitation of Noor Vega")
    assert serious(administrator) == []
    link = administrator.get_by_label("Link for Noor Vega").input_value()
    tab_to(administrator, "Sign out")
    administrator.keyboard.press("Enter")
    expect(administrator.locator("h1")).to_have_text("Sign in")

    administrator.goto(link)
    assert serious(administrator) == []
    tab_to(administrator, "password")
    administrator.keyboard.type("short")
    tab_to(administrator, "repeated")
    administrator.keyboard.type("short")
    administrator.keyboard.press("Enter")
    expect(administrator.locator(".notice-bad")).to_be_focused()
    for name in ("password", "repeated"):
        tab_to(administrator, name)
        administrator.keyboard.type("seven quiet otters")
    administrator.keyboard.press("Enter")
    expect(administrator.locator(".visitor")).to_contain_text("Noor Vega Employee")
    administrator.goto(link)
    expect(administrator.locator("h1")).to_have_text("The invitation cannot be used")


def test_a_refusal_takes_the_focus_and_leads_to_its_field(administrator: Page, console: Served) -> None:
    administrator.goto(f"/administration/people/{console.world.ids['grace']}")
    administrator.get_by_label("Active").uncheck()
    administrator.get_by_role("button", name="Save").click()
    expect(administrator.locator(".notice-bad")).to_be_focused()
    assert serious(administrator) == []
    administrator.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    assert administrator.evaluate(_OVERFLOW) <= 0
    tab_to(administrator, "Grace Kim is the last active administrator and cannot be deactivated")
    administrator.keyboard.press("Enter")
    expect(administrator.get_by_role("checkbox", name="Active")).to_be_focused()
    expect(administrator.get_by_role("checkbox", name="Active")).to_have_accessible_description(
        "Grace Kim is the last active administrator and cannot be deactivated. Saved now: active."
    )


def test_the_trail_is_narrowed_down_from_a_users_page(administrator: Page, console: Served) -> None:
    administrator.goto(f"/administration/people/{console.world.ids['grace']}")
    administrator.get_by_role("link", name="What this user did").click()
    expect(administrator.locator("h1")).to_have_text("Audit trail")
    expect(administrator.get_by_label("User ID")).to_have_value("grace")
    administrator.get_by_label("Through").select_option("console")
    administrator.get_by_role("button", name="Show").click()
    expect(administrator.locator(".trail > li").first).to_contain_text("Grace Kim signed in through the console.")
    expect(administrator.locator(".trail")).not_to_contain_text("NetSuite integration")
