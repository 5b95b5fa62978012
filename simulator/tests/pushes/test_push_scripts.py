"""Scripts that run after a save: what they are told, what keeps them from running, and what a failing one leaves."""

from __future__ import annotations

import contextlib
from decimal import Decimal
from typing import Any

import pytest
from simulator.tests.firms import DAY, Firm, RestClient, done
from simulator.tests.rest.test_rest_records import problem
from simulator.tests.soap.conftest import Client

from netsuite_simulator.account import Account, Rejection
from netsuite_simulator.restlets import ScriptError
from netsuite_simulator.userevents import SavedRecord

SILENT = (
    "<msgs:preferences><msgs:runServerSuiteScriptAndTriggerWorkflows>false"
    "</msgs:runServerSuiteScriptAndTriggerWorkflows></msgs:preferences>"
)


@pytest.fixture
def soap(firm: Firm, client: RestClient) -> Client:
    """A client of the same account by SOAP."""
    port = int(client.url.rpartition(":")[2])
    return Client(firm.account, port, firm.account.tokens.issue(firm.account.id), None)


def told(account: Account, **deployment: Any) -> list[tuple[str, str, str, str]]:
    """Deploy a script that writes down what it is told."""
    seen: list[tuple[str, str, str, str]] = []

    def note(saved: SavedRecord) -> None:
        seen.append((saved.type, saved.id, saved.event.value, saved.context))

    account.on_save(note, **deployment)
    return seen


def phone(soap: Client, firm: Firm, text: str, headers: str = "") -> Any:
    record = soap.record("listRel:Customer", f"<listRel:phone>{text}</listRel:phone>", internalId=firm.customer)
    return soap.send(f"<msgs:update>{record}</msgs:update>", headers=headers)


def test_a_script_is_told_every_save_with_its_context(firm: Firm, client: RestClient, soap: Client) -> None:
    account = firm.account
    seen = told(account)
    assert client.records("PATCH", f"customer/{firm.customer}", {"phone": "1"}).status_code == 204
    assert phone(soap, firm, "2").codes == [None]
    assert phone(soap, firm, "3", SILENT).codes == [None]
    account.bump("customer", firm.customer, phone="4")
    added = account.add("customer", companyName="Brook").id
    done(account.delete("customer", internal_id=added))
    assert seen == [
        ("customer", firm.customer, "edit", "RESTWEBSERVICES"),
        ("customer", firm.customer, "edit", "WEBSERVICES"),
        ("customer", firm.customer, "edit", "USERINTERFACE"),
        ("customer", added, "create", "USERINTERFACE"),
        ("customer", added, "delete", "OTHER"),
    ]


def test_a_script_runs_for_what_it_is_deployed_for_once_it_is_committed(firm: Firm) -> None:
    account = firm.account
    seen = told(account, types=["timeBill"], contexts=["OTHER"])
    hours: dict[str, Any] = {"employee": firm.employee, "tranDate": DAY, "hours": Decimal(1)}
    with account.transaction():
        written = done(account.create("timeBill", hours))
        assert seen == []
    assert seen == [("timeBill", written.id, "create", "OTHER")]
    with contextlib.suppress(ScriptError), account.transaction():
        account.create("timeBill", hours)
        raise ScriptError("SSS_ERROR", "It comes to nothing.")
    assert isinstance(account.create("timeBill", {}), Rejection)
    account.add("timeBill", **hours)
    account.create("customer", {"companyName": "Mill", "subsidiary": firm.subsidiary})
    assert len(seen) == 1
    with pytest.raises(ValueError, match="no record type timebells"):
        told(account, types=["timebells"])
    with pytest.raises(ValueError, match="WEB is no execution context here"):
        told(account, contexts=["WEB"])


def test_what_a_script_saves_starts_no_script(firm: Firm) -> None:
    account = firm.account
    seen = told(account)
    deployment = account.on_save(lambda saved: account.bump(saved.type, saved.id, comments="seen"), types=["customer"])
    account.bump("customer", firm.customer, phone="1")
    stored = account.get("customer", internal_id=firm.customer)
    assert stored is not None
    assert stored.values["comments"] == "seen"
    assert len(seen) == 1
    account.scripts.undeploy(deployment)


def test_a_script_that_fails_leaves_the_record_saved(firm: Firm, client: RestClient, soap: Client) -> None:
    account = firm.account

    def fail(saved: SavedRecord) -> None:
        raise ScriptError("SSS_ERROR", f"No luck with {saved.id}.")

    account.on_save(fail, contexts=["WEBSERVICES", "RESTWEBSERVICES"])
    reply = phone(soap, firm, "2")
    assert reply.one("core:statusDetail/core:afterSubmitFailed").text == "true"
    assert reply.text("core:statusDetail/core:message") == f"No luck with {firm.customer}."
    assert phone(soap, firm, "3", SILENT).all("core:statusDetail") == []
    problem(client.records("PATCH", f"customer/{firm.customer}", {"phone": "4"}), 500, "UNEXPECTED_ERROR")
    stored = account.get("customer", internal_id=firm.customer)
    assert stored is not None
    assert stored.values["phone"] == "4"
