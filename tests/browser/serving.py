"""Serves a world to a browser: a free loopback port, a thread with the production server, the system's Chromium."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.handlers.wsgi import WSGIHandler
from playwright.sync_api import Page
from waitress.server import create_server  # type: ignore[import-untyped]  # it ships no types

from tests.console_world import COMPANY, PASSWORD, World

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome")


class ChromiumMissingError(RuntimeError):
    """The machine has no Chromium."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Served:
    """A world and the address of its console."""

    world: World
    origin: str


def find_chromium() -> str:
    """Find the system's browser. Raise `ChromiumMissingError` where there is none."""
    found = next((path for path in map(shutil.which, _NAMES) if path), None)
    if found is None:
        raise ChromiumMissingError("The browser tests need Chromium: on Debian, `apt-get install chromium`.")
    return found


@contextmanager
def served(build: Callable[[], World]) -> Iterator[Served]:
    """Build a world and serve it until the block ends.

    The test library runs an event loop in the thread that drives the browser, where the framework refuses to touch the database
    unless told that nothing else of this thread is waiting for it.
    """
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    world = build()
    server = create_server(WSGIHandler(), host="127.0.0.1", port=0, threads=4)
    thread = threading.Thread(target=server.run, name="console")
    thread.start()
    try:
        yield Served(world=world, origin=f"http://127.0.0.1:{server.effective_port}")
    finally:
        server.close()
        thread.join(timeout=10)


def sign_in(page: Page, user: str, *, company: str = COMPANY) -> None:
    """Sign a user of a company in."""
    page.goto("/sign-in")
    page.get_by_label("Company ID").fill(company)
    page.get_by_label("User ID").fill(user)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: "/sign-in" not in address)
