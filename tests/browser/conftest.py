"""One browser for the session, and a served firm for each module, seen by an administrator."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import django
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page, sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suitebridge.web.settings")
django.setup()

from tests.browser.serving import ARGUMENTS, Served, find_chromium, served, sign_in  # noqa: E402
from tests.console_world import build  # noqa: E402
from tests.quick_passwords import quick_passwords  # noqa: E402

__all__ = ["quick_passwords"]

PATIENCE_MILLISECONDS = 15_000
# The browser notes each page that comes with such a status; for pages that are not there and forms that are refused it is right.
_REFUSED = re.compile(r"the server responded with a status of (404|409|410|422) ")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Start the system's Chromium."""
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=find_chromium(), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def console(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """Serve a firm of its own to each module."""
    with served(lambda: build(tmp_path_factory.mktemp("firm") / "data")) as running:
        yield running


@pytest.fixture
def stranger(browser: Browser, console: Served) -> Iterator[Page]:
    """Open a window of somebody who is not signed in; anything the page complains about fails the test."""
    context = browser.new_context(base_url=console.origin, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MILLISECONDS)
    complaints: list[str] = []

    def complain(message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not _REFUSED.search(message.text):
            complaints.append(message.text)

    def dismiss(dialog: Dialog) -> None:
        complaints.append(f"A dialog opened: {dialog.message}")
        dialog.dismiss()

    page.on("console", complain)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", dismiss)
    yield page
    context.close()
    assert not complaints


@pytest.fixture
def administrator(stranger: Page) -> Page:
    """Open a window of the administrator."""
    sign_in(stranger, "grace")
    return stranger
