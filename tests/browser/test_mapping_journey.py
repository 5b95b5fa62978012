"""An administrator's task list on the Mapping tab, once by keyboard and once by mouse.

A custom field mapped both ways with a value map, internal projects left out, expense lines split by tax, a custom record imported, a mapping broken and cured, order,
and one save of all of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from netsuite_simulator.schemas.fields import Field, Kind
from tests.browser.hands import Hands, Keyboard, Mouse
from tests.browser.serving import Served, served
from tests.browser.test_console_pages import serious
from tests.console_world import build
from tests.scenarios.console.connecting import Connected, beside_a_simulator, connect

_MAPPING = "/administration/netsuite-connector/mapping"


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[tuple[Served, Connected]]:
    """Serve the firm beside an account that has a custom field of customers, and an internal project."""
    directory = tmp_path / "data"
    with served(lambda: build(directory)) as console, beside_a_simulator(console.world, directory) as connected:
        connect(connected)
        tier = Field(name="custentity_tier", kind=Kind.TEXT, label="Tier", column="custentity_tier")
        account = connected.account
        account.add_custom_field(["customer"], tier)
        customer = account.add(
            "customer", entityId="Quay & Sons", custentity_tier="Gold", custentity_oa_export_to_openair=True
        )
        for name in ("Rollout", "Internal"):
            account.add("job", companyName=name, parent=customer, custentity_oa_export_to_openair=True)
        yield console, connected


@pytest.fixture
def console(firm: tuple[Served, Connected]) -> Served:
    """Give what is served."""
    return firm[0]


@pytest.mark.parametrize("hands", [Keyboard(), Mouse()], ids=["keyboard", "mouse"])
def test_an_administrator_does_the_task_list(administrator: Page, console: Served, hands: Hands) -> None:
    page = administrator
    page.goto(_MAPPING)
    hands.press(page, "Pause Mornings for Employees (Employees)")
    expect(page.get_by_role("status").first).to_contain_text("The schedule is off")
    add_a_custom_field(page, hands)
    map_it_both_ways(page, hands)
    exclude_internal_projects(page, hands)
    split_expense_lines_by_tax(page, hands)
    import_a_custom_record(page, hands)
    break_and_cure_a_mapping(page, hands)

    # Saved as a whole, with the differences before.
    hands.press(page, "Look at them and save")
    changes = page.locator("table").first
    expect(changes).to_contain_text("Customers (Customers) · import_customers · Customer · tier__c")
    expect(changes).to_contain_text("Enable tax export on expense reports")
    assert serious(page) == []
    hands.write(page, "note", "Tiers, and internal projects stay outside")
    hands.press(page, "Save")
    expect(page.get_by_role("status").first).to_contain_text("The configuration was saved")
    hands.press(page, "Versions")
    expect(page.locator("tbody tr").first).to_contain_text("Tiers, and internal projects stay outside")
    stored = console.world.store.configurations.load()
    assert (stored.version, [one.name for one in stored.configuration.custom]) == (1, ["cost_centers_in"])


def add_a_custom_field(page: Page, hands: Hands) -> None:
    page.goto("/administration/custom-fields")
    hands.choose(page, "type", "Customer")
    hands.write(page, "name", "tier__c")
    hands.write(page, "label", "Tier")
    hands.press(page, "Save the field")
    expect(page.locator("table")).to_contain_text("tier__c")


def map_it_both_ways(page: Page, hands: Hands) -> None:
    page.goto(f"{_MAPPING}/import_customers")
    hands.press(page, "Synchronize custom fields")
    expect(page.get_by_role("status").first).to_contain_text("custom field")
    add_row(page, hands, "Value map", target="tier__c", path="custentity_tier", from_0="Gold", to_0="A")
    expect(page.locator("#row-tier__c")).to_contain_text("Tier through a value map of 1")
    expect(page.locator(".notice-plain")).to_contain_text("Your draft has 1 change")
    hands.press(page, "Preview with a record")
    hands.write(page, "text", "Quay")
    hands.press(page, "Find")
    expect(page.locator("tr").filter(has_text="tier__c")).to_contain_text("Gold")
    expect(page.locator("tr").filter(has_text="tier__c").locator("strong")).to_have_text("A")
    page.goto(f"{_MAPPING.removesuffix('mapping')}add-workflow")
    hands.press(page, "Customers (Customers)")
    page.goto(f"{_MAPPING}/export_customers")
    add_row(page, hands, "Value map", target="custentity_tier", path="tier__c", from_0="A", to_0="Gold")
    expect(page.locator("#row-custentity_tier")).to_contain_text("Tier through a value map of 1")


def exclude_internal_projects(page: Page, hands: Hands) -> None:
    page.goto(f"{_MAPPING}/import_projects")
    hands.press(page, "Filter")
    hands.write(page, "when-0", "companyName")
    hands.choose(page, "operator-0", "<>")
    hands.write(page, "operand-0", "Internal")
    hands.press(page, "Take into the draft")
    expect(page.locator(".conditions").first).to_contain_text("Project name is not “Internal”")
    hands.press(page, "Preview with a record")
    hands.press(page, "Find")
    expect(page.locator("main")).to_contain_text("Rollout")
    expect(page.locator(".samples li")).to_have_count(1)


def split_expense_lines_by_tax(page: Page, hands: Hands) -> None:
    page.goto(f"{_MAPPING}/export_expense_reports?group=EXPENSE_REP_LINE")
    expect(page.locator("#row-foreignAmount")).to_contain_text("Total")
    hands.press(page, "Workflow settings")
    hands.tick(page, "export_taxes")
    assert serious(page) == []
    hands.press(page, "Take into the draft")
    hands.press(page, "Expense line with taxes")
    expect(page.locator("#row-foreignAmount")).to_contain_text("total - tax")
    expect(page.locator("#row-taxCode")).to_contain_text("Tax location")
    hands.press(page, "Deactivate Memo")
    expect(page.locator("#row-memo")).to_contain_text("Inactive")


def import_a_custom_record(page: Page, hands: Hands) -> None:
    page.goto(f"{_MAPPING}")
    hands.press(page, "New workflow")
    hands.write(page, "name", "cost_centers_in")
    hands.write(page, "title", "Cost centers")
    hands.choose(page, "netsuite_type", "Cost center in NetSuite")
    hands.choose(page, "workspace_type", "Service")
    hands.press(page, "Add to the draft")
    expect(page.locator(".notice-bad")).to_contain_text("Required and not mapped: Service (name)")
    add_row(page, hands, "Field", target="name", path="name")
    expect(page.locator(".notice-bad")).to_have_count(0)
    add_row(page, hands, "Field", target="code", path="custrecord_sb_cc_number")
    # Rows of one's own change places, and the one that was moved keeps the focus.
    rows = page.locator("tr[data-place]")
    expect(rows.nth(1)).to_have_id("row-code")
    hands.lift(page, "Code")
    expect(rows.nth(0)).to_have_id("row-code")
    expect(page.locator("#row-code").get_by_role("link")).to_be_focused()


def break_and_cure_a_mapping(page: Page, hands: Hands) -> None:
    # What cannot be is refused in the form: the message takes the focus, and leads to the input.
    page.goto(f"{_MAPPING}/import_services/row?kind=formula")
    hands.write(page, "target", "notes")
    hands.write(page, "formula", "upper(itemIt")
    hands.press(page, "Take into the draft")
    expect(page.locator(".notice-bad")).to_be_focused()
    expect(page.locator(".notice-bad")).to_contain_text("Column")
    assert serious(page) == []
    hands.press(page, page.locator(".notice-bad a[href='#formula']").inner_text())
    expect(page.get_by_label("Formula")).to_be_focused()
    # What a form cannot know is said by the validation of the whole: its link leads to the row, where the cure is made.
    page.goto(f"{_MAPPING}/import_services/row?target=active&kind=constant")
    hands.write(page, "value", "perhaps")
    hands.press(page, "Take into the draft")
    hands.press(page, "Look at them and save")
    broken = page.locator("#check-title ~ .card")
    expect(broken).to_contain_text("perhaps")
    hands.press(page, broken.get_by_role("link").inner_text())
    expect(page.locator("#row-active a")).to_be_focused()
    hands.press(page, "Restore Active")
    expect(page.locator("#row-active")).not_to_contain_text("perhaps")


def add_row(page: Page, hands: Hands, kind: str, **inputs: str) -> None:
    """Add a row on a workflow's page."""
    hands.press(page, "Mapping row")
    expect(page.locator("h1")).to_have_text("New mapping row")
    hands.press(page, kind)
    expect(page.locator("nav[aria-label='Kinds of source'] [aria-current]")).to_have_text(kind)
    for name, text in inputs.items():
        hands.write(page, name.replace("_0", "-0"), text)
    hands.press(page, "Take into the draft")
