"""An administrator's tasks on the Mapping tab, by keyboard and by mouse: rows, a value map, a filter, order, a mistake and its cure, a save."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.serving import Served
from tests.browser.test_console_journeys import tab_to
from tests.browser.test_console_pages import serious

_MAPPING = "/administration/netsuite-connector/mapping"
_OWN = "tr[data-place]"


def test_a_mapping_is_changed_in_a_draft_and_saved_as_a_whole(administrator: Page, console: Served) -> None:
    page = administrator
    page.goto(_MAPPING)
    page.get_by_role("button", name="Pause Mornings for Customers (Customers)").click()
    expect(page.get_by_role("status").first).to_contain_text("The schedule is off")

    # A custom row with a value map, by keyboard alone.
    page.goto(f"{_MAPPING}/import_customers")
    tab_to(page, "Mapping row")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("New mapping row")
    tab_to(page, "Value map")
    page.keyboard.press("Enter")
    expect(page.locator("#from-0")).to_be_visible()
    for name, text in (("target", "notes"), ("path", "stage"), ("from-0", "Customer"), ("to-0", "A customer of ours")):
        tab_to(page, name)
        page.keyboard.type(text)
    page.keyboard.press("Enter")
    expect(page.locator("#row-notes")).to_contain_text("Stage through a value map of 1")
    expect(page.locator(".notice-plain")).to_contain_text("Your draft has 1 change")

    # A filter, by mouse.
    page.get_by_role("link", name="Filter").click()
    page.get_by_label("Field 1").fill("entityId")
    page.get_by_label("Comparison 1").select_option("<>")
    page.get_by_label("Value 1").fill("Internal")
    page.get_by_role("button", name="Take into the draft").click()
    expect(page.locator(".conditions").first).to_contain_text("Customer ID is not “Internal”")

    # A mistake takes the focus, names the place, and leads to the input that cures it.
    page.goto(f"{_MAPPING}/import_customers/row?kind=formula")
    page.get_by_label("Target field").fill("rate_nobody_knows")
    page.get_by_label("Formula").fill("upper(companyName")
    page.get_by_role("button", name="Take into the draft").click()
    expect(page.locator(".notice-bad")).to_be_focused()
    expect(page.locator(".notice-bad")).to_contain_text("Column")
    assert serious(page) == []
    page.get_by_role("link", name="Choose a field of the list").click()
    expect(page.get_by_label("Target field")).to_be_focused()
    page.keyboard.press("Control+a")
    page.keyboard.type("exported_by_nobody")
    page.get_by_role("link", name="Fixed value").click()

    # Two rows of one's own change places by Alt and an arrow key, then by dragging.
    first, second = "code", "currency"
    for target in (first, second):
        page.goto(f"{_MAPPING}/import_services/row?kind=constant")
        page.get_by_label("Target field").fill(target)
        page.get_by_role("textbox", name="Value", exact=True).fill("1")
        page.get_by_role("button", name="Take into the draft").click()
    rows = page.locator(_OWN)
    expect(rows.nth(0)).to_have_id(f"row-{first}")
    page.locator(f"#row-{second}").get_by_role("link").focus()
    page.keyboard.press("Alt+ArrowUp")
    expect(rows.nth(0)).to_have_id(f"row-{second}")
    expect(page.locator(f"#row-{second}").get_by_role("link")).to_be_focused()
    rows.nth(1).drag_to(rows.nth(0))
    expect(rows.nth(0)).to_have_id(f"row-{first}")

    # Saved as a whole, with the differences before.
    page.get_by_role("link", name="Look at them and save").click()
    expect(page.locator("table").first).to_contain_text("Customers (Customers) · import_customers · Customer · notes")
    assert serious(page) == []
    page.get_by_label("Why (optional)").fill("Internal customers stay outside")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status").first).to_contain_text("The configuration was saved")
    page.get_by_role("link", name="Versions").click()
    expect(page.locator("tbody tr").first).to_contain_text("Internal customers stay outside")
    assert console.world.store.configurations.load().version == 1
