"""The simulator's pages in a browser: nobody is shut out, nothing runs over the edge, and no script is needed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.simulated import PAGES, log_in, simulated
from tests.browser.test_console_pages import SMALLEST, serious

WIDE = {"width": 1280, "height": 900}
IN_THE_DARK = ("simulator-card", "simulator-accesstokens", "simulator-loginaudittrail-tomorrow")
_OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.fixture
def window(browser: Browser) -> Iterator[Page]:
    """Open a window on an account that holds a little of everything."""
    with simulated() as origin:
        context = browser.new_context(base_url=origin, viewport=WIDE)  # type: ignore[arg-type]
        page = context.new_page()
        page.set_default_timeout(15_000)
        yield page
        context.close()


def test_no_page_of_the_simulator_shuts_anybody_out(window: Page) -> None:
    window.goto("/")
    findings = {"sign-in": serious(window)}
    log_in(window)
    for name, path in PAGES.items():
        window.set_viewport_size(WIDE)  # type: ignore[arg-type]
        window.goto(path)
        found = serious(window)
        window.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
        wide = window.evaluate(_OVERFLOW)
        findings[name] = [*found, *([f"{wide} px too wide for a small window"] if wide > 0 else [])]
    window.emulate_media(color_scheme="dark")
    for name in IN_THE_DARK:
        window.goto(PAGES[name])
        findings[f"{name}, dark"] = serious(window)
    assert {name: found for name, found in findings.items() if found} == {}
