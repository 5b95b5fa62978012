"""An SDF project in the account: what it brings, and its scripts run as they are after saves, at their door, and when told to."""

from __future__ import annotations

import hashlib
import hmac
import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from simulator.tests.admin.test_admin_end_points import Admin
from simulator.tests.firms import Firm, RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.restlets import ScriptError
from netsuite_simulator.suitescript.engine import call
from netsuite_simulator.suitescript.installing import Installed, install
from netsuite_simulator.suitescript.outgoing import Answer, post
from netsuite_simulator.suitescript.projects import ProjectError, read_project

SOURCE = Path(__file__).resolve().parents[3] / "suiteapp" / "src"
PATH = "/hooks/acme/netsuite"
ENTERED = {"custscript_sb_push_address": f"https://suitebridge.example.com{PATH}"}
KEY = "an-example-key"


@dataclass(slots=True)
class Receiver:
    """Another system: it keeps what comes, and answers as it is told, or not at all."""

    code: int | None = 202
    letters: list[tuple[str, Mapping[str, str]]] = field(default_factory=list)

    def take(self, url: str, body: str, headers: Mapping[str, str]) -> Answer:
        assert url == ENTERED["custscript_sb_push_address"]
        self.letters.append((body, headers))
        if self.code is None:
            raise ScriptError("SSS_REQUEST_TIME_EXCEEDED", "no answer")
        return Answer(code=self.code, body="so it is")

    def records(self) -> list[list[tuple[str, str]]]:
        """List the records of each request."""
        return [[(one["type"], one["id"]) for one in json.loads(body)["records"]] for body, _ in self.letters]


@pytest.fixture
def receiver() -> Receiver:
    """A receiver that takes everything."""
    return Receiver()


@pytest.fixture
def installed(firm: Firm, receiver: Receiver) -> Installed:
    """The SuiteApp, deployed to a small firm."""
    project = read_project(SOURCE)
    return install(
        firm.account, project, preferences=ENTERED, secrets={"custsecret_sb_push_key": KEY}, send=receiver.take
    )


def waiting(account: Account) -> int:
    return account.search("customrecord_sb_hint")[1]


def test_a_project_brings_fields_records_and_a_role(firm: Firm, installed: Installed) -> None:
    account = firm.account
    account.bump("customer", firm.customer, custentity_sb_export=True)
    assert "custevent_sb_export" in {one.name for one in account.types["projectTask"].fields}
    orders = {one.name: one.lines for one in account.types["purchaseOrder"].fields}
    assert "custcol_sb_export" in {one.name for one in orders["item"].fields}  # type: ignore[union-attr]
    (role,) = [one for one in account.roles if one.name == "SuiteBridge Integration"]
    assert (role.permissions["LIST_CUSTJOB"], role.permissions["customrecord_sb_hint"]) == (3, 4)
    before = len(account.customizations)
    install(account, installed.project)
    assert len(account.customizations) == before


def test_a_save_is_told_signed_in_the_same_moment(firm: Firm, installed: Installed, receiver: Receiver) -> None:
    customer = firm.account.add("customer", companyName="Brook").id
    firm.account.bump("job", firm.project, comments="x")
    firm.account.remove("customer", customer)
    firm.account.add("folder", name="Nobody imports it")
    assert receiver.records() == [[("customer", customer)], [("job", firm.project)]]
    body, headers = receiver.letters[0]
    moment = headers["X-SuiteBridge-Timestamp"]
    assert moment == str(int(firm.account.clock.timestamp()))
    signed = hmac.new(KEY.encode(), f"{moment}\nPOST\n{PATH}\n{body}".encode(), hashlib.sha256).hexdigest()
    assert headers["X-SuiteBridge-Signature"] == f"v1={signed}"
    assert (waiting(firm.account), installed.shared.lines) == (0, [])


@pytest.mark.parametrize("code", [None, 503, 401])
def test_what_is_not_taken_waits_and_is_sent_later(
    firm: Firm, installed: Installed, receiver: Receiver, code: int | None
) -> None:
    account, receiver.code = firm.account, code
    customer = account.add("customer", companyName="Brook").id
    account.bump("customer", customer, phone="1")
    assert (len(receiver.letters), waiting(account)) == (1, 2)
    installed.run("customscript_sb_outbox")
    assert waiting(account) == 2
    receiver.code = 202
    account.clock.advance(121)
    installed.run("customscript_sb_outbox")
    assert (receiver.records()[-1], waiting(account)) == ([("customer", customer)], 0)
    account.clock.advance(300)
    account.bump("customer", customer, phone="2")
    assert len(receiver.letters) == 4
    assert all(one.level == "ERROR" for one in installed.shared.lines)


def test_a_save_through_web_services_starts_no_script(
    firm: Firm, client: RestClient, installed: Installed, receiver: Receiver
) -> None:
    assert client.records("PATCH", f"customer/{firm.customer}", {"phone": "1"}).status_code == 204
    assert (installed.shared.lines, receiver.letters) == ([], [])


def test_the_record_stays_saved_whatever_is_missing(firm: Firm, receiver: Receiver) -> None:
    install(firm.account, read_project(SOURCE), preferences=ENTERED, send=receiver.take)
    customer = firm.account.add("customer", companyName="Brook").id
    assert (firm.account.get("customer", internal_id=customer) is None, receiver.letters) == (False, [])
    assert waiting(firm.account) == 1  # no secret, no signature: it waits


def test_the_restlet_tells_who_asks(firm: Firm, client: RestClient, installed: Installed, receiver: Receiver) -> None:
    receiver.code = 503
    firm.account.bump("customer", firm.customer, phone="3")
    path = "/app/site/hosting/restlet.nl?script=customscript_sb_status&deploy=customdeploy_sb_status"
    answer = client.send("GET", path)
    assert answer.status_code == 200
    told = answer.json()
    assert (told["account"], told["outbox"]["hints"]) == (firm.account.id, 1)
    assert "JOBS" in told["features"]
    assert told["push"]["address"] == ENTERED["custscript_sb_push_address"]


def test_the_admin_end_points_deploy_a_folder_and_run_its_schedule(firm: Firm, client: RestClient) -> None:
    admin = Admin(client.url)
    assert admin.ask("POST", "/suiteapps", {"folder": str(SOURCE)})["name"] == "SuiteBridge"
    assert "deployed already" in admin.ask("POST", "/suiteapps", {"folder": str(SOURCE)}, status=400)["error"]
    shown = admin.ask("POST", "/suiteapps/runs", {"script": "customscript_sb_outbox"})
    assert shown["preferences"]["custscript_sb_push_secret"] == "custsecret_sb_push_key"
    for script in ("customscript_sb_push", "customscript_x"):
        assert "there is no" in admin.ask("POST", "/suiteapps/runs", {"script": script}, status=400)["error"]
    assert [one["name"] for one in admin.ask("GET", "/suiteapps")["items"]] == ["SuiteBridge"]
    assert "no SDF project" in admin.ask("POST", "/suiteapps", {"folder": "/nowhere"}, status=400)["error"]


def test_a_project_that_lacks_a_file_or_asks_for_what_is_not_known_is_refused(firm: Firm, tmp_path: Path) -> None:
    folder = tmp_path / "src"
    shutil.copytree(SOURCE, folder)
    path = folder / "Objects" / "custentity_sb_export.xml"
    whole = path.read_text()
    for wrong, words in (("CHECKBOX", "of a type"), ("appliestocustomer", "applies to")):
        path.write_text(whole.replace(wrong, f"{wrong}x"))
        with pytest.raises(ProjectError, match=words):
            install(firm.account, read_project(folder))
    path.write_text(whole.replace("label>", "labels>"))
    with pytest.raises(ProjectError, match="has no label"):
        read_project(folder)
    path.write_text(whole)
    (folder / "FileCabinet" / "SuiteScripts" / "suitebridge" / "sb_push_ue.js").unlink()
    with pytest.raises(ProjectError, match="has no /SuiteScripts/suitebridge/sb_push_ue"):
        read_project(folder)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("define(['N/nothing'], () => ({ go: () => 1 }))", "no module N/nothing"),
        ("define([], () => ({ go: () => { throw new TypeError('oh') } }))", "oh"),
        ("define([], () => ({ go: () => { const x = []; for (;;) x.push(new Array(1e6).fill(1)); } }))", "memory"),
    ],
)
def test_what_a_script_throws_is_a_script_error(text: str, words: str) -> None:
    with pytest.raises(ScriptError, match=words):
        call("/a.js", "go", None, ask=lambda question, _: text if question == "file" else 0)


def test_only_this_machine_is_asked_without_tls() -> None:
    with pytest.raises(ScriptError, match="fully qualified HTTPS"):
        post("http://suitebridge.example.com/x", "", {})
    with pytest.raises(ScriptError, match="did not answer"):
        post("http://127.0.0.1:9/x?y=1", "", {})
