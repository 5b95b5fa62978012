"""Draws every page of the console and of the simulator into ./screenshots: wide, narrow and dark. `make screenshots` runs it.

It fills a store of its own in a temporary folder, serves it on a free loopback port, and looks at it with the system's Chromium.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.browser.serving import ARGUMENTS, find_chromium, served, sign_in  # noqa: E402
from tests.browser.simulated import PAGES, log_in, simulated  # noqa: E402
from tests.console_world import World, build, build_empty  # noqa: E402

FOLDER = ROOT / "screenshots"
WIDE, NARROW = {"width": 1440, "height": 900}, {"width": 320, "height": 640}


def pages(world: World) -> dict[str, str]:
    """Name every page for somebody who may see all of them, with its address."""
    return {
        "runs": "/runs",
        "run": "/runs/23",
        "run-under-way": "/runs/24",
        "run-failed": "/runs/22",
        "run-dry": "/runs/21",
        "run-dry-records": "/runs/21/records",
        "run-record": "/runs/21/records/import_customers/500",
        "run-records": "/runs/23/records",
        "run-records-blocked": "/runs/23/records?workflow=export_time_entries&outcome=blocked",
        "run-start": "/runs/start",
        "open-records": "/runs/open",
        "workers": "/runs/workers",
        "comparison": "/runs/comparison",
        "record-types": "/records",
        "customers": "/records/customer",
        "invoices": "/records/invoice",
        "customer": f"/records/customer/{world.ids['customer']}",
        "invoice": f"/records/invoice/{world.ids['invoice']}",
        "record-add": "/records/expense_report/add",
        "record-edit": f"/records/invoice/{world.ids['invoice']}/edit",
        "week": "/week",
        "audit-trail": "/audit-trail",
        "netsuite-connector": "/administration/netsuite-connector",
        "credentials": "/administration/netsuite-connector/credentials",
        "integration-role": "/administration/netsuite-connector/integration-role",
        "connector-settings": "/administration/netsuite-connector/settings",
        "mapping": "/administration/netsuite-connector/mapping",
        "mapping-workflow": "/administration/netsuite-connector/mapping/export_invoices",
        "mapping-preview": "/administration/netsuite-connector/mapping/import_customers/preview",
        "mapping-row": "/administration/netsuite-connector/mapping/import_customers/row?target=currency&kind=translate",
        "mapping-advanced": "/administration/netsuite-connector/mapping/import_customers/text",
        "mapping-filter": "/administration/netsuite-connector/mapping/import_customers/filter",
        "mapping-settings": "/administration/netsuite-connector/mapping/import_customers/settings",
        "mapping-draft": "/administration/netsuite-connector/mapping-draft",
        "mapping-legacy": "/administration/netsuite-connector/legacy-notation",
        "mapping-versions": "/administration/netsuite-connector/mapping-versions",
        "workflow-new": "/administration/netsuite-connector/add-workflow",
        "custom-fields": "/administration/custom-fields",
        "netsuite-fields": "/administration/netsuite-connector/fields",
        "automate": "/administration/netsuite-connector/automate",
        "real-time": "/administration/netsuite-connector/real-time",
        "schedule": "/administration/netsuite-connector/schedules/Mornings",
        "workflow-group": "/administration/netsuite-connector/groups/Nightly",
        "notifications": "/administration/netsuite-connector/notifications",
        "mail-server": "/administration/netsuite-connector/mail-server",
        "recipient": "/administration/netsuite-connector/recipients/Ops",
        "settings-history": "/administration/netsuite-connector/settings-history",
        "configuring-netsuite": "/administration/netsuite-connector/configuring-netsuite",
        "people": "/administration/people",
        "person-add": "/administration/people/add",
        "person": f"/administration/people/{world.ids['grace']}",
        "roles": "/administration/roles",
        "role": "/administration/roles/Auditor",
        "role-add": "/administration/add-role",
        "sign-in-rules": "/administration/sign-in-rules",
        "access-review": "/administration/access-review",
        "my-account": "/account",
        "api-tokens": "/account/tokens",
        "second-factor": "/account/second-factor",
        "nothing-here": "/records/customer/999999",
    }


def draw(browser: Browser, world: World, origin: str, *, name: str, size: dict[str, int], scheme: str) -> None:
    """Draw every page in one size and one color scheme."""
    context = browser.new_context(viewport=size, color_scheme=scheme, base_url=origin)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/sign-in")
    keep(page, f"sign-in-{name}")
    sign_in(page, "grace")
    for title, address in pages(world).items():
        page.goto(address)
        keep(page, f"{title}-{name}")
    context.close()


def draw_first_run(browser: Browser, origin: str) -> None:
    """Draw what an empty installation shows, with and without mistakes."""
    page = browser.new_page(viewport=WIDE, base_url=origin)  # type: ignore[arg-type]
    page.goto("/first-run")
    keep(page, "first-run-wide")
    page.get_by_role("button", name="Create the company").click()
    keep(page, "first-run-mistakes-wide")
    page.close()


def draw_invitation(browser: Browser, world: World, origin: str) -> None:
    """Draw a refusal at the form of a user, an invitation, and what it opens."""
    page = browser.new_page(viewport=WIDE, base_url=origin)  # type: ignore[arg-type]
    sign_in(page, "grace")
    page.goto(f"/administration/people/{world.ids['grace']}")
    page.get_by_label("Active").uncheck()
    page.get_by_role("button", name="Save").click()
    keep(page, "person-refused-wide")
    page.goto(f"/administration/people/{world.ids['employee']}")
    page.get_by_role("button", name="Reset by invitation").click()
    keep(page, "invited-wide")
    page.goto(page.get_by_label("Link for").input_value())
    keep(page, "invitation-wide")
    page.close()


def draw_simulator(browser: Browser, *, name: str, size: dict[str, int], scheme: str) -> None:
    """Draw the pages of a simulated NetSuite account."""
    with simulated() as origin:
        page = browser.new_page(viewport=size, color_scheme=scheme, base_url=origin)  # type: ignore[arg-type]
        page.goto("/")
        keep(page, f"simulator-log-in-{name}")
        log_in(page)
        for title, address in PAGES.items():
            page.goto(address)
            keep(page, f"{title}-{name}")
        page.close()


def keep(page: Page, name: str) -> None:
    """Write one picture, the whole page from top to bottom."""
    page.screenshot(path=FOLDER / f"{name}.png", full_page=True)


def main() -> None:
    """Draw everything."""
    FOLDER.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        with served(lambda: build(Path(folder) / "firm")) as console:
            for name, size, scheme in (
                ("wide", WIDE, "light"),
                ("narrow", NARROW, "light"),
                ("dark", WIDE, "dark"),
            ):
                draw(browser, console.world, console.origin, name=name, size=size, scheme=scheme)
                draw_simulator(browser, name=name, size=size, scheme=scheme)
            draw_invitation(browser, console.world, console.origin)
        with served(lambda: build_empty(Path(folder) / "empty")) as console:
            draw_first_run(browser, console.origin)
        browser.close()
    print(f"{len(list(FOLDER.glob('*.png')))} pictures in {FOLDER.name}/")


if __name__ == "__main__":
    main()
