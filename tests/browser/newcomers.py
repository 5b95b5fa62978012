"""An empty installation beside a simulated NetSuite account, and what a new administrator does first."""

from __future__ import annotations

import dataclasses
import json
import threading
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running, serving
from suitebridge.bootstrap import House, open_house, working
from suitebridge.domain.workflow import Workflow
from suitebridge.web import houses
from tests.browser.serving import Served, served
from tests.console_world import SteeredClock, World

PAGE = "/administration/netsuite-connector/credentials"
OTHER_ACCOUNT = "TSTDRV5550001"
COMPANY = "lakeside"
SECRET_WALK = "a long walk by the lake"
PATIENCE_MILLISECONDS = 15_000
PATIENCE_SECONDS = 15.0


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """The installation, the account, and the token that lets the first administrator in."""

    console: Served
    account: Account
    server: Running
    token: str
    directory: Path

    def steer(self, method: str, path: str, document: Mapping[str, object] | None = None) -> Any:
        """Edit the account through the simulator's admin end points."""
        contents = None if document is None else json.dumps(document).encode()
        request = urllib.request.Request(f"{self.server.url}/_simulator{path}", data=contents, method=method)
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:
            return json.loads(answer.read())

    def issue(self, **wishes: object) -> dict[str, str]:
        """Have NetSuite issue credentials."""
        found = self.steer("POST", "/tokens", wishes)
        assert isinstance(found, dict)
        return found


@contextmanager
def opened(directory: Path, workflows: Mapping[str, Workflow] | None = None) -> Iterator[Firm]:
    """Serve an installation without a company."""
    directory.mkdir(mode=0o700)
    account = Account("TSTDRV3000003")
    with serving(account) as server:
        lines = "".join(f'{id_} = "{server.url}"\n' for id_ in (account.id, OTHER_ACCOUNT))
        (directory / "suitebridge.toml").write_text(f"[simulators]\n{lines}")

        def build() -> World:
            house = open_house(directory)
            house = house if workflows is None else dataclasses.replace(house, shipped=workflows)
            houses.set_current(house)
            return World(house=house, clock=SteeredClock(house.clock.now()), ids={})

        with served(build) as console:
            yield Firm(console=console, account=account, server=server, token=houses.invite(), directory=directory)
            console.world.house.close()
    account.close()


@contextmanager
def worked(house: House) -> Iterator[None]:
    """Carry runs out, in a thread of its own: the engine refuses to start beside the event loop that drives the browser."""
    begun, ending = threading.Event(), threading.Event()

    def work() -> None:
        with working(house):
            begun.set()
            ending.wait()

    thread = threading.Thread(target=work, name="worker")
    thread.start()
    try:
        assert begun.wait(PATIENCE_SECONDS)
        yield
    finally:
        ending.set()
        thread.join(PATIENCE_SECONDS)


def found_company(page: Page, firm: Firm) -> None:
    """Set the company up on the first-run page."""
    page.goto("/first-run")
    for label, text in (
        ("Set-up token", firm.token),
        ("Company name", "Lakeside Partners"),
        ("Company ID", COMPANY),
        ("First name", "Ada"),
        ("Last name", "Okafor"),
        ("User ID", "ada"),
        ("Password, once more", SECRET_WALK),
    ):
        page.get_by_label(label).fill(text)
    page.get_by_label("Password", exact=True).fill(SECRET_WALK)
    page.get_by_role("button", name="Create the company").click()
    page.wait_for_url(lambda address: "first-run" not in address)


def enter(page: Page, given: Mapping[str, str], **other: str) -> None:
    """Fill the Credentials form in."""
    page.goto(PAGE)
    values = {
        "NetSuite Account ID": given["account_id"],
        "TBA Consumer Key": given["consumer_key"],
        "TBA Consumer Secret": given["consumer_secret"],
        "TBA User Token ID": given["token_id"],
        "TBA User Token Secret": given["token_secret"],
        **other,
    }
    for label, text in values.items():
        page.get_by_label(label).fill(text)


def try_out(page: Page, verdict: str) -> None:
    """Choose Test connection and wait for the verdict."""
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#check h2")).to_contain_text(verdict)
