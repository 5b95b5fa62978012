"""What people do with the console, by keyboard alone where it matters."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]  # it ships no types
from playwright.sync_api import Page, expect

from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.ports.runs import RunState
from suitebridge.ports.transactions import Settled
from tests.browser.hands import tab_to
from tests.browser.serving import Served
from tests.console_decisions import let_wait
from tests.console_world import COMPANY, PASSWORD


def test_a_day_at_the_keyboard(stranger: Page) -> None:
    stranger.goto("/runs")
    for name, text in (("company", COMPANY), ("user", "grace"), ("password", PASSWORD)):
        tab_to(stranger, name)
        stranger.keyboard.type(text)
    stranger.keyboard.press("Enter")
    expect(stranger.locator("h1")).to_have_text("Runs")
    tab_to(stranger, "Run 23")
    stranger.keyboard.press("Enter")
    expect(stranger.locator("h1")).to_have_text("Run 23")
    tab_to(stranger, "INV-26-0020")
    stranger.keyboard.press("Enter")
    expect(stranger.locator("h1")).to_have_text("INV-26-0020")
    tab_to(stranger, "Sign out")
    stranger.keyboard.press("Enter")
    expect(stranger.locator("h1")).to_have_text("Sign in")
    stranger.go_back()
    expect(stranger.locator("h1")).to_have_text("Sign in")


def test_the_skip_link_comes_first_and_leads_to_the_content(administrator: Page) -> None:
    administrator.goto("/runs")
    administrator.keyboard.press("Tab")
    expect(administrator.locator(".skip-link")).to_be_focused()
    administrator.keyboard.press("Enter")
    expect(administrator.locator("main")).to_be_focused()


def test_a_run_under_way_moves_by_itself_and_ends_in_words(administrator: Page, console: Served) -> None:
    store, now = console.world.store, console.world.clock.now()
    administrator.goto("/runs/24")
    expect(administrator.locator("#live")).to_contain_text("264 of 269 records settled")
    run = store.runs.get("24")
    assert run is not None
    left = [
        Settled(
            source_version="1", outcome=Outcome(kind=OutcomeKind.UPDATED, source_id=str(90_000 + n), title=f"Late {n}")
        )
        for n in range(5)
    ]
    with store.transactions.begin() as unit:
        unit.settle(run.id, "import_customers", left)
    expect(administrator.locator("#live")).to_contain_text("269 of 269 records settled", timeout=10_000)
    expect(administrator.locator("#said")).to_have_text("Run 24: running, 100 percent settled.")
    store.runs.enter(run.id, RunState.COMPLETED, at=now)
    expect(administrator.locator("#live .progress-line .mark")).to_have_text("Completed", timeout=10_000)
    expect(administrator.locator("#live progress")).to_have_count(0)


def test_a_run_is_started_from_its_form(administrator: Page, console: Served) -> None:
    before = console.world.store.runs.newest(limit=1)[0].number
    administrator.goto("/runs")
    administrator.get_by_role("link", name="Start a run").click()
    administrator.get_by_label("Invoices (Invoices)").uncheck()
    administrator.get_by_label("Full run").check()
    administrator.get_by_role("button", name="Start the run").click()
    expect(administrator.locator("h1")).to_contain_text("Run ")
    newest = console.world.store.runs.newest(limit=1)[0]
    expect(administrator.locator("h1")).to_have_text(f"Run {newest.number}")
    assert newest.number > before
    expect(administrator.locator(".facts")).to_contain_text("7 workflows, full")
    expect(administrator.locator(".progress-line .mark")).to_have_text("Queued")


def test_a_conflict_is_decided_where_it_is_seen(administrator: Page, console: Served) -> None:
    run, edited, deleted = let_wait(console.world)
    administrator.goto(f"/runs/{run.number}")
    (group,) = administrator.get_by_role("form", name="Decide about 1 record").filter(has_text="Unlink").all()
    group.get_by_role("button", name="Leave as it is").click()
    expect(administrator.locator(".progress-line .mark")).to_have_text("Queued")
    expect(administrator.locator(".facts")).to_contain_text("chosen records of 1 workflow again")
    administrator.goto(f"/records/invoice/{edited}")
    administrator.get_by_role("link", name="Both sides, and how it came about").click()
    expect(administrator.get_by_role("row", name="Memo Theirs Ours")).to_be_visible()
    assert not Axe().run(administrator).response["violations"]
    tab_to(administrator, "Keep the workspace’s values")
    administrator.keyboard.press("Enter")
    expect(administrator.locator("h1")).to_have_text(f"Run {run.number + 2}")
    told = [console.world.store.trail.of_record("invoice", one)[0].event for one in (edited, deleted)]
    assert told == ["conflict:decided", "link:decided"]


def test_records_are_found_by_title(administrator: Page) -> None:
    administrator.goto("/records/customer")
    administrator.get_by_label("Title contains").fill("hafen")
    administrator.get_by_label("Title contains").press("Enter")
    administrator.get_by_role("link", name="Hafenkontor Medizintechnik").click()
    expect(administrator.locator("h1")).to_have_text("Hafenkontor Medizintechnik")
