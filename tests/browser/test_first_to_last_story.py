"""The whole path as a new administrator walks it: first run, sign-in, credentials and their mistakes, the integration user, runs, and who did what.

The page is held against the accessibility checker at each stop.
"""

from __future__ import annotations

import io
import json
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.results import FULL
from suitebridge.administration.admitting import new_token
from suitebridge.catalog import CATALOG
from suitebridge.cli.main import run_line
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.expressions import Constant, When
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Door, Stamp, User
from suitebridge.domain.workflow import Row, Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import Origin
from suitebridge.ports.people import PersonChange
from tests.browser.newcomers import (
    COMPANY,
    OTHER_ACCOUNT,
    PAGE,
    PATIENCE_MILLISECONDS,
    PATIENCE_SECONDS,
    SECRET_WALK,
    Firm,
    enter,
    found_company,
    opened,
    try_out,
    worked,
)
from tests.browser.test_console_pages import serious

CONNECTOR = "/administration/netsuite-connector"
ROLE = f"{CONNECTOR}/integration-role"
SUITEAPP = Path(__file__).parents[2] / "suiteapp" / "src"
RUN_MILLISECONDS = 30_000
MOST_LOOKS = 100


def mirrored() -> dict[str, Workflow]:
    """Give the employee workflow as a company might change it: whoever is inactive in NetSuite becomes so here."""
    shipped = CATALOG["import_employees"]
    (group,) = shipped.groups
    is_gone = Compare(path="isInactive", comparison=Comparison.EQUAL, value=True)
    active = Row(
        target="active", source=When(condition=is_gone, then=Constant(value=False), otherwise=Constant(value=True))
    )
    rows = tuple(active if row.target == "active" else row for row in group.rows)
    return {**CATALOG, shipped.name: replace(shipped, guards=(), groups=(replace(group, rows=rows),))}


@pytest.fixture
def firm(tmp_path: Path) -> Iterator[Firm]:
    with opened(tmp_path / "data", mirrored()) as running, worked(running.console.world.house):
        yield running


@pytest.fixture
def page(browser: Browser, firm: Firm) -> Iterator[Page]:
    context = browser.new_context(base_url=firm.console.origin, viewport={"width": 1280, "height": 900})
    window = context.new_page()
    window.set_default_timeout(PATIENCE_MILLISECONDS)
    yield window
    context.close()


def test_a_new_administrator_walks_from_first_to_last(
    page: Page, firm: Firm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arrive(page, firm)
    make_mistakes(page, firm)
    store = firm.console.world.house.companies.store(COMPANY)
    noor = store.people.add(
        user_id="noor",
        first="Noor",
        last="Vega",
        email="noor@lakeside.example",
        role=ADMINISTRATOR,
        password=None,
        stamp=None,
    )
    connect(page, firm)
    customer = fill_netsuite(firm)

    run(page, "Customers (Customers)")
    run_is_of(page, "Noor Vega")
    authored(page, "Noor Vega", "created")
    save_within_netsuite(page, firm, store, customer)
    refused_in_the_console(page, noor)
    refused_by_the_api(firm, store, noor)
    refused_on_the_command_line(firm, monkeypatch, capsys)
    refused_in_the_store(store, noor)
    refused_to_a_run(page, firm, store, noor)
    free(page, noor)

    firm.steer("PATCH", f"/records/customer/{customer}", {"values": {"phone": "+1 555 0177"}})
    run(page, "Customers (Customers)")
    run_is_of(page, "Ada Okafor")
    authored(page, "Ada Okafor", "changed")


def arrive(page: Page, firm: Firm) -> None:
    """Found the company, leave, and sign in again."""
    page.goto("/first-run")
    assert serious(page) == []
    found_company(page, firm)
    page.get_by_role("button", name="Sign out").click()
    for label, text in (("Company ID", COMPANY), ("User ID", "ada"), ("Password", SECRET_WALK)):
        page.get_by_label(label).fill(text)
    assert serious(page) == []
    page.get_by_role("button", name="Sign in").click()
    expect(page.locator(".visitor")).to_contain_text("Ada Okafor")
    page.get_by_role("link", name="NetSuite Connector").click()
    assert serious(page) == []
    page.get_by_role("link", name="Enter the credentials").click()
    expect(page.locator("h1")).to_have_text("Credentials")


def make_mistakes(page: Page, firm: Firm) -> None:
    """Make each mistake once, and read what is said about it."""
    page.get_by_label("NetSuite Account ID").fill("1234567-sb1")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=alert]")).to_be_focused()
    expect(page.locator("[role=alert]")).to_contain_text("Did you mean 1234567_SB1?")
    assert serious(page) == []
    page.get_by_role("button", name="Use 1234567_SB1").click()
    expect(page.get_by_label("NetSuite Account ID")).to_have_value("1234567_SB1")
    expect(page.locator("#meaning")).to_contain_text("sandbox 1")

    enter(page, firm.issue(), **{"TBA Consumer Secret": "0" * 64})
    try_out(page, "Not connected")
    expect(page.locator("#check")).to_contain_text("View Login Audit Trail")
    expect(page.get_by_label("TBA Consumer Secret")).to_have_value("0" * 64)
    assert serious(page) == []

    enter(page, firm.issue(), **{"NetSuite Account ID": OTHER_ACCOUNT})
    try_out(page, "Not connected")
    expect(page.locator("#check")).to_contain_text("does not know this account")

    enter(page, firm.issue())
    firm.steer("POST", "/clock", {"advanceSeconds": 900})
    try_out(page, "Not connected")
    expect(page.locator("#check")).to_contain_text("from a time server")
    firm.steer("POST", "/clock", {"advanceSeconds": -900})

    permissions = {**firm.account.roles.connector.permissions, **dict.fromkeys(DOOR_PERMISSIONS, FULL)}
    del permissions["LIST_CUSTJOB"]
    role = firm.steer("POST", "/roles", {"name": "Lacking", "permissions": permissions})
    enter(page, firm.issue(role=role["id"]))
    try_out(page, "NetSuite let us in, and")
    expect(page.locator("#check")).to_contain_text("adds the permission")
    assert serious(page) == []
    page.goto(ROLE)
    lacking = page.get_by_role("row", name="Customers").filter(has_text="Missing")
    expect(lacking).to_have_count(1)
    assert serious(page) == []


def connect(page: Page, firm: Firm) -> None:
    """Test the right credentials, save them with an integration user, and test what is saved."""
    enter(page, firm.issue())
    watch_the_lines(page, firm)
    page.get_by_label("Integration user", exact=True).select_option(label="Noor Vega (noor)")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=status]")).to_contain_text("Saved.")
    expect(page.locator(".environment").first).to_contain_text("test drive")
    assert serious(page) == []


def watch_the_lines(page: Page, firm: Firm) -> None:
    """See the lines of a test come one after the other; the region that shows them is polite, and says none of them twice."""
    firm.steer("POST", "/concurrency", {"latencySeconds": 0.06})
    page.evaluate(
        """() => {
            window.said = [];
            new MutationObserver(changes => changes.forEach(change => change.addedNodes.forEach(node => {
                if (node.matches && node.matches("li, section")) window.said.push(...[node, ...node.querySelectorAll("li")]
                    .map(one => one.querySelector(":scope > div strong")).filter(one => one).map(one => one.textContent));
            }))).observe(document.getElementById("check"), {childList: true, subtree: true});
        }"""
    )
    page.get_by_role("button", name="Test connection").click()
    expect(page.locator("#check h2")).to_contain_text("Testing: a line appears as each check is done")
    expect(page.locator("#check .check-lines strong").first).to_have_text("The account ID is one that NetSuite gives")
    expect(page.locator("#check")).to_contain_text("Asking NetSuite…")
    expect(page.locator("#check h2")).to_contain_text("Connected")
    expect(page.locator("#check")).not_to_contain_text("Asking NetSuite…")
    firm.steer("POST", "/concurrency", {"latencySeconds": 0})
    shown = page.locator("#check .check-lines strong").all_text_contents()
    assert page.evaluate("window.said") == shown
    tree = page.context.new_cdp_session(page).send("Accessibility.getFullAXTree")
    (region,) = [node for node in tree["nodes"] if node.get("name", {}).get("value") == "Connection test"]
    told = {one["name"]: one["value"].get("value") for one in region["properties"]}
    assert region["role"]["value"] == "log"
    assert (told["live"], told.get("busy", False), told.get("atomic", False)) == ("polite", False, False)


def fill_netsuite(firm: Firm) -> str:
    """Put a customer and Noor's employee record into NetSuite; give the customer's id."""
    values = {"companyName": "Silverbrook", "entityId": "Silverbrook", "custentity_oa_export_to_openair": True}
    customer = firm.steer("POST", "/records", {"type": "customer", "values": values})
    person = {"entityId": "noor", "firstName": "Noor", "lastName": "Vega-Quist", "isInactive": True}
    firm.steer("POST", "/records", {"type": "employee", "values": person})
    return str(customer["id"])


def run(page: Page, workflow: str) -> None:
    """Start a run of one workflow and see it end."""
    page.goto("/runs/start")
    for box in page.locator("input[name=workflow]").all():
        box.uncheck()
    page.get_by_label(workflow, exact=True).check()
    page.get_by_role("button", name="Start the run").click()
    expect(page.locator("#live > .progress-line")).to_contain_text("Completed", timeout=RUN_MILLISECONDS)
    page.reload()
    assert serious(page) == []


def run_is_of(page: Page, author: str) -> None:
    """Read on the run's page who authors its changes."""
    expect(page.locator(".facts")).to_contain_text("Started byAda Okafor")
    expect(page.locator(".facts")).to_contain_text(f"Author of its changes{author}")


def authored(page: Page, author: str, deed: str) -> None:
    """Read in the customer's own trail who did the last thing to it, and through which door."""
    page.goto("/records/customer")
    page.get_by_role("link", name="Silverbrook").first.click()
    newest = page.locator(".trail > li").first
    expect(newest).to_contain_text(f"{author} {deed} Customer Silverbrook through the NetSuite integration")
    assert serious(page) == []


def save_within_netsuite(page: Page, firm: Firm, store: CompanyStore, customer: str) -> None:
    """Deploy the SuiteApp, save the customer on NetSuite's own page, and find it changed here before anybody starts a run."""
    page.goto(f"{CONNECTOR}/real-time")
    page.get_by_role("button", name="Make a new push key").click()
    key = page.get_by_label("Push key").input_value()
    entered = {"custscript_sb_push_address": f"{firm.console.origin}/hooks/{COMPANY}/netsuite"}
    secrets = {"custsecret_sb_push_key": key}
    firm.steer("POST", "/suiteapps", {"folder": str(SUITEAPP), "preferences": entered, "secrets": secrets})
    person = {"email": "kit@lakeside.example", "name": "Kit", "roles": ["Administrator"], "password": SECRET_WALK}
    firm.steer("POST", "/users", person)
    netsuite = page.context.new_page()
    netsuite.set_default_timeout(PATIENCE_MILLISECONDS)
    netsuite.goto(f"{firm.server.url}/app/common/entity/custjob.nl?id={customer}&e=T")
    netsuite.get_by_label("Email address").fill("kit@lakeside.example")
    netsuite.get_by_label("Password").fill(SECRET_WALK)
    netsuite.get_by_role("button", name="Log in").click()
    netsuite.get_by_label("Phone", exact=True).fill("+1 555 0123")
    netsuite.get_by_role("button", name="Save").first.click()
    expect(netsuite.locator("body")).to_contain_text("+1 555 0123")
    netsuite.close()
    (errand,) = store.inbox.newest(limit=9)
    assert (errand.asked.origin, errand.asked.record_id) == (Origin.PUSH, customer)
    page.goto("/records/customer")
    page.get_by_role("link", name="Silverbrook").first.click()
    for _ in range(MOST_LOOKS):
        if page.get_by_text("Updated").count():
            break
        page.reload()
    expect(page.locator("main")).to_contain_text("Import, pushed by NetSuite")
    authored(page, "Noor Vega", "changed")
    written = next(one for one in store.trail.newest(limit=20) if one.record_type == "customer")
    assert written.at - errand.asked.asked_at < timedelta(seconds=2)


def refused_in_the_console(page: Page, noor: User) -> None:
    """Try on the person's page."""
    for act in ("active", "role"):
        page.goto(f"/administration/people/{noor.id}")
        if act == "active":
            page.get_by_label("Active").uncheck()
        else:
            page.get_by_label("Role", exact=True).select_option(label="Employee")
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".notice-bad")).to_be_focused()
        expect(page.locator(".notice-bad")).to_contain_text("Noor Vega is the integration user")
    assert serious(page) == []


def refused_by_the_api(firm: Firm, store: CompanyStore, noor: User) -> None:
    """Try as a program with a token of Ada's."""
    house, ada = firm.console.world.house, store.people.get("ada")
    assert ada is not None
    token = new_token(store, house.chance)
    store.tokens.issue(ada, label="story", token=token, expires_at=house.clock.now() + timedelta(days=1))
    card = store.people.card(noor.id)
    assert card is not None
    headers = {
        "Authorization": f"Bearer {token.reveal()}",
        "Content-Type": "application/json",
        "If-Match": f'"{card.version}"',
    }
    for part, document in (("activity", {"is_active": False}), ("role", {"role": "Employee"})):
        address = f"{firm.console.origin}/api/v1/people/{noor.id}/{part}"
        request = urllib.request.Request(address, json.dumps(document).encode(), headers, method="PUT")
        with pytest.raises(urllib.error.HTTPError) as refused:
            urllib.request.urlopen(request, timeout=PATIENCE_SECONDS)
        with refused.value as answer:
            assert json.loads(answer.read())["code"] == "SB-USER-001"


def refused_on_the_command_line(
    firm: Firm, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Try as Ada at the command line."""
    common = ["--data", str(firm.directory), "--json", "--no-input"]
    monkeypatch.setattr("sys.stdin", io.StringIO(SECRET_WALK))
    assert run_line([*common, "login", "--user", "ada", "--password-file", "-"]) == 0
    for words in (["deactivate", "noor"], ["change", "noor", "--role", "Employee"]):
        capsys.readouterr()
        assert run_line([*common, "people", *words]) == 8
        assert json.loads(capsys.readouterr().out)["error"]["code"] == "SB-USER-001"


def refused_in_the_store(store: CompanyStore, noor: User) -> None:
    """Try behind every door."""
    stamp = Stamp(author_id=noor.id, author_name=noor.name, door=Door.CONSOLE)
    for change in (PersonChange(is_active=False), PersonChange(role=EMPLOYEE)):
        with pytest.raises(RecordRefusedError) as refused:
            store.people.change(noor.id, change, version="", stamp=stamp)
        assert refused.value.problem.code == "SB-USER-001"


def refused_to_a_run(page: Page, firm: Firm, store: CompanyStore, noor: User) -> None:
    """Import Noor, who has left according to NetSuite: the name changes, and the refused field is told."""
    run(page, "Employees (Employees)")
    expect(page.locator(".card h3")).to_contain_text("Noor Vega is the integration user")
    page.get_by_role("link", name="in the list").click()
    expect(page.locator("main")).to_contain_text("Left as they were: active.")
    stayed = store.people.by_record(noor.id)
    assert stayed is not None
    assert stayed.name == "Noor Vega-Quist"
    assert stayed.is_administrator


def free(page: Page, noor: User) -> None:
    """Clear the integration user on the Credentials page; then the way out works."""
    page.goto(PAGE)
    page.get_by_label("Integration user", exact=True).select_option(label="Select…")
    page.get_by_role("button", name="Save").click()
    expect(page.locator("[role=status]")).to_contain_text("Saved.")
    page.goto(f"/administration/people/{noor.id}")
    page.get_by_label("Active").uncheck()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_label("Active")).not_to_be_checked()
    expect(page.locator(".notice-bad")).to_have_count(0)
