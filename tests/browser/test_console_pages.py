"""Every page in a real browser: nobody is shut out, nothing runs over the edge, no policy is broken, no name becomes a script."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page, expect

from tests.browser.serving import Served

PAGES = (
    "/runs",
    "/runs/23",
    "/runs/24",
    "/runs/22",
    "/runs/21",
    "/runs/21/records",
    "/runs/21/records/import_customers/500",
    "/runs/23/records",
    "/runs/23/records?workflow=export_time_entries&outcome=blocked",
    "/runs/23/records?outcome=cancelled",
    "/runs/start",
    "/runs/open",
    "/runs/workers",
    "/runs/comparison",
    "/records",
    "/records/customer",
    "/records/customer?text=nothing+like+it",
    "/records/customer/{customer}",
    "/records/invoice/{invoice}",
    "/records/invoice/{invoice}/edit",
    "/week",
    "/audit-trail",
    "/administration/netsuite-connector",
    "/administration/netsuite-connector/credentials",
    "/administration/netsuite-connector/integration-role",
    "/administration/netsuite-connector/settings",
    "/administration/netsuite-connector/mapping",
    "/administration/netsuite-connector/mapping/export_invoices?group=INVOICE_LINE",
    "/administration/netsuite-connector/mapping/export_invoices/preview",
    "/administration/netsuite-connector/mapping/import_customers/row?target=currency&kind=translate",
    "/administration/netsuite-connector/mapping/import_customers/row?kind=when",
    "/administration/netsuite-connector/mapping/import_customers/text",
    "/administration/netsuite-connector/mapping/import_customers/filter",
    "/administration/netsuite-connector/mapping/import_customers/settings",
    "/administration/netsuite-connector/mapping-draft",
    "/administration/netsuite-connector/mapping-versions",
    "/administration/netsuite-connector/legacy-notation",
    "/administration/netsuite-connector/add-workflow",
    "/administration/netsuite-connector/fields",
    "/administration/netsuite-connector/automate",
    "/administration/custom-fields",
    "/administration/netsuite-connector/real-time",
    "/administration/netsuite-connector/add-schedule",
    "/administration/netsuite-connector/schedules/Mornings",
    "/administration/netsuite-connector/add-group",
    "/administration/netsuite-connector/groups/Nightly",
    "/administration/netsuite-connector/notifications",
    "/administration/netsuite-connector/mail-server",
    "/administration/netsuite-connector/add-recipient",
    "/administration/netsuite-connector/recipients/Ops",
    "/administration/netsuite-connector/settings-history",
    "/administration/netsuite-connector/configuring-netsuite",
    "/audit-trail?person=nobody",
    "/administration/people",
    "/administration/people?text=nobody+like+them",
    "/administration/people/add",
    "/administration/people/{grace}",
    "/administration/people/{employee}?done=saved",
    "/administration/roles",
    "/administration/add-role",
    "/administration/roles/Auditor",
    "/administration/roles/Administrator",
    "/administration/access-review",
    "/administration/sign-in-rules",
    "/account",
    "/account/tokens",
    "/nowhere",
)
# 320 px wide is also what a window of 1280 px is at 400 % zoom.
SMALLEST = {"width": 320, "height": 640}
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Links within sentences are exempt (WCAG 2.5.8); a box to tick is hit by its label too. What is narrower has room about it: a circle of 24 px around its
# middle meets no other target.
_TOO_SMALL = """
() => [...document.querySelectorAll('a[href], button, input:not([type=hidden], [type=checkbox]), .tick label, select, summary')]
  .filter(element => element.checkVisibility() && !element.matches('.skip-link, p a'))
  .map(element => [element.getBoundingClientRect(), element.outerHTML.slice(0, 90)])
  .filter(([box], place, all) => box.height < 23.9 || (box.width < 23.9 && all.some(([other], there) => there !== place
    && Math.abs(other.y + other.height / 2 - box.y - box.height / 2) < 24
    && box.x + box.width / 2 + 12 > other.x && box.x + box.width / 2 - 12 < other.x + other.width)))
  .map(([box, text]) => `${Math.round(box.width)}x${Math.round(box.height)} ${text}`)
"""


def serious(page: Page) -> list[str]:
    """Have the accessibility checker look at a page; give its serious and critical findings."""
    found: list[dict[str, Any]] = Axe().run(page).response["violations"]
    return [
        f"{violation['id']}: {node['html'][:120]}"
        for violation in found
        if violation["impact"] in {"serious", "critical"}
        for node in violation["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_shuts_anybody_out(administrator: Page, console: Served, scheme: str) -> None:
    administrator.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    findings = {}
    for path in PAGES:
        administrator.goto(path.format(**console.world.ids))
        findings[path] = serious(administrator)
    assert {path: found for path, found in findings.items() if found} == {}


def test_the_way_in_shuts_nobody_out(stranger: Page) -> None:
    stranger.goto("/sign-in")
    assert serious(stranger) == []
    # A password manager fills in, or somebody pastes: nothing has to be kept in mind (WCAG 3.3.8).
    for label, kept in (("User ID", "username"), ("Password", "current-password")):
        field = stranger.get_by_label(label)
        expect(field).to_have_attribute("autocomplete", kept)
        field.focus()
        taken = field.evaluate(
            "field => field.dispatchEvent(new ClipboardEvent('paste', {bubbles: true, cancelable: true}))"
        )
        assert taken, f"{label} refuses what is pasted"


def test_help_stands_at_the_same_place(administrator: Page) -> None:
    """The guide is the last link of the line above the connector's pages, wherever that line is (WCAG 3.2.6)."""
    last = {}
    for path in (path for path in PAGES if path.startswith("/administration/netsuite-connector")):
        administrator.goto(path)
        entries = administrator.locator("nav[aria-label='NetSuite Connector'] a")
        if entries.count():
            last[path] = entries.last.inner_text()
    assert len(last) > 6
    assert set(last.values()) == {"Guide"}


def test_pages_fit_the_smallest_window(administrator: Page, console: Served) -> None:
    administrator.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    widths = {}
    for path in PAGES:
        administrator.goto(path.format(**console.world.ids))
        widths[path] = administrator.evaluate(_OVERFLOW)
    assert {path: width for path, width in widths.items() if width > 0} == {}


def test_targets_are_large_enough_to_hit(administrator: Page, console: Served) -> None:
    small = {}
    for path in PAGES:
        administrator.goto(path.format(**console.world.ids))
        small[path] = administrator.evaluate(_TOO_SMALL)
    assert {path: found for path, found in small.items() if found} == {}


def test_pages_have_one_heading_landmarks_and_a_language(administrator: Page, console: Served) -> None:
    for path in PAGES:
        administrator.goto(path.format(**console.world.ids))
        assert administrator.locator("h1").count() == 1
        assert administrator.locator("main, header, nav[aria-label=Main]").count() == 3
        assert administrator.locator("html[lang=en]").count() == 1


def test_icons_and_styles_arrive(administrator: Page) -> None:
    administrator.goto("/runs/23")
    assert administrator.evaluate("document.styleSheets[0].cssRules.length") > 50
    assert administrator.evaluate("document.querySelector('.mark use').getBBox().width") > 1
    assert administrator.evaluate("typeof htmx") == "object"
