"""The simulator's pages in a browser: nobody is shut out, nothing runs over the edge, and no script is needed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit
from urllib.request import Request, urlopen

import pytest
from oauthlib.oauth1 import Client
from playwright.sync_api import Browser, Page

from tests.browser.simulated import EMAIL, PAGES, log_in, simulated
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


class _Workspace(BaseHTTPRequestHandler):
    """A workspace of another site: it asks the account whose token it was sent, and shows who came to which record."""

    account = ""
    secret = "a-shared-secret"
    key = ""

    def do_GET(self) -> None:
        sent = {name: values[0] for name, values in parse_qs(urlsplit(self.path).query).items()}
        signing = Client(self.key, client_secret=self.secret, resource_owner_key=sent["oauth_token"])
        address, headers, _ = signing.sign(f"{self.account}/app/common/integration/ssoapplistener.nl")
        with urlopen(Request(address, headers=headers), timeout=20) as answer:
            email = re.findall("<ENTITYEMAIL>(.*)</ENTITYEMAIL>", answer.read().decode())[0]
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", f"frame-ancestors {self.account}")
        self.end_headers()
        self.wfile.write(f"<!DOCTYPE html><title>Workspace</title><p>{email} at {sent['record']} {sent['id']}".encode())

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_workspace_of_another_site_opens_within_a_record(window: Page) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Workspace)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    window.goto("/")
    log_in(window)
    window.goto("/app/setup/workspace.nl")
    window.get_by_label("Workspace Address").fill(f"http://localhost:{server.server_port}/open")
    window.get_by_label("Sign People On By").select_option("suitesignon")
    window.get_by_label("Shared Secret").fill(_Workspace.secret)
    window.get_by_role("button", name="Save").click()
    _Workspace.account, _Workspace.key = window.url.partition("/app/")[0], window.locator("dd").inner_text()
    window.goto("/app/common/entity/employee.nl?id=7")
    window.get_by_role("link", name="Show Workspace").click()
    within = window.frame_locator("iframe[title=Workspace]")
    within.get_by_text(f"{EMAIL} at employee 7").wait_for()
    assert serious(window) == []
    with window.context.expect_page() as opened:
        window.get_by_role("link", name="Open in Workspace (new window)").click()
    opened.value.get_by_text(f"{EMAIL} at employee 7").wait_for()
    server.shutdown()
    server.server_close()
