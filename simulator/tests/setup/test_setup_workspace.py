"""A workspace that opens within NetSuite: its settings, the ways to it from records, and SuiteSignOn's verify call."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
import requests
from lxml import etree
from oauthlib.oauth1 import Client
from simulator.tests.firms import Firm
from simulator.tests.setup.conftest import EMAIL, PASSWORD, Desk

from netsuite_simulator.faults import ServerError
from netsuite_simulator.workspaces import workspace_of

WORKSPACE, OPEN = "/app/setup/workspace.nl", "/app/common/integration/openworkspace.nl"
LISTENER = "/app/common/integration/ssoapplistener.nl"
ADDRESS, SECRET = "https://psa.example/netsuite/open?company=acme", "a-shared-secret!"


def opened(desk: Desk, path: str) -> dict[str, list[str]]:
    """Follow the way to the workspace up to its door, and return what it is told."""
    response = desk.browser.get(desk.url + path, allow_redirects=False, timeout=20)
    assert response.status_code == 303, response.text
    assert response.headers["Location"].startswith("https://psa.example/netsuite/open?")
    return parse_qs(urlsplit(response.headers["Location"]).query)


def test_records_lead_to_the_workspace_that_an_administrator_named(desk: Desk, firm: Firm) -> None:
    forms = {
        "customer": f"/app/common/entity/custjob.nl?type=customer&id={firm.customer}",
        "job": f"/app/common/entity/custjob.nl?type=job&id={firm.project}",
        "employee": f"/app/common/entity/employee.nl?id={firm.employee}",
        "expenseCategory": f"/app/common/record/record.nl?type=expenseCategory&id={firm.category}",
    }
    assert "Show Workspace" not in desk.open(forms["job"]).links
    assert "Workspace" in desk.open("/app/center/card.nl").links, "the menu leads to the setup page"
    refused = desk.press(desk.open(WORKSPACE), address="psa.example")
    assert "begins with https://" in refused.problems
    assert desk.press(desk.open(WORKSPACE), address=ADDRESS).text.count("The workspace is saved.") == 1
    for name, path in forms.items():
        page = desk.open(path)
        told = opened(desk, page.links["Open in Workspace (new window)"])
        assert told["company"] == ["acme"]
        assert told["account"] == [desk.account.id]
        assert (told["record"], "oauth_token" in told) == ([name], False)
        assert told["id"] == [path.rpartition("=")[2]]
        (link,) = page.root.xpath("//a[starts-with(., 'Open in Workspace')]")
        assert (link.get("target"), link.get("rel")) == ("_blank", "noopener")
        assert page.root.xpath("//iframe") == []
        framed = desk.open(page.links["Show Workspace"])
        (frame,) = framed.root.xpath("//iframe")
        assert frame.get("title") == "Workspace"
        assert opened(desk, frame.get("src")) == told
        policy = framed.response.headers["Content-Security-Policy"]
        assert policy.endswith("frame-src 'self' https://psa.example")
        assert "frame-src" not in page.response.headers["Content-Security-Policy"]
    assert "Show Workspace" not in desk.open("/app/common/record/record.nl?type=serviceSaleItem&id=1").links
    for path in (f"{OPEN}?type=invoice&id=1", f"{OPEN}?type=job&id=99", f"{OPEN}?type=nothing&id=1"):
        assert desk.open(path).status == 404
    desk.press(desk.open(WORKSPACE), address="")
    assert desk.open(f"{OPEN}?type=job&id={firm.project}").status == 404


def test_who_may_not_see_a_record_is_not_led_to_it(visitor: Desk, firm: Firm) -> None:
    account = firm.account
    chosen = requests.put(f"{visitor.url}/_simulator/workspace", json={"address": ADDRESS}, timeout=20).json()
    assert chosen == requests.get(f"{visitor.url}/_simulator/workspace", timeout=20).json()
    assert (chosen["address"], chosen["signOn"]) == (ADDRESS, "openid")
    wrong = requests.put(f"{visitor.url}/_simulator/workspace", json={"address": "x"}, timeout=20)
    assert wrong.status_code == 400
    role = account.roles.add("Desk", {"LIST_EMPLOYEE": 1})
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    visitor.sign_in("bo@example.com")
    assert visitor.open(f"{OPEN}?type=job&id={firm.project}").status == 403
    assert visitor.open(WORKSPACE).status == 403
    assert opened(visitor, f"{OPEN}?type=employee&id={firm.employee}")["record"] == ["employee"]


@pytest.fixture
def signed_on(desk: Desk) -> Desk:
    """The administrator's browser, and a workspace that people are signed on to by SuiteSignOn."""
    page = desk.press(desk.open(WORKSPACE), address=ADDRESS, sign_on="suitesignon", secret=SECRET)
    assert "Consumer Key" in page.facts
    assert SECRET not in page.response.text
    return desk


def token_of(desk: Desk, firm: Firm) -> str:
    return opened(desk, f"{OPEN}?type=job&id={firm.project}")["oauth_token"][0]


def ask(desk: Desk, token: str, *, method: str = "HMAC-SHA256", secret: str = SECRET, **changes: Any) -> Any:
    """Send the verify call as a library signs it that the simulator does not use."""
    workspace = workspace_of(desk.account.storage)
    assert workspace is not None
    given = {"client_key": workspace.consumer_key, "timestamp": str(int(desk.account.clock.timestamp())), **changes}
    client = Client(client_secret=secret, resource_owner_key=token, signature_method=method, **given)
    address, headers, _ = client.sign(desk.url + LISTENER)
    return requests.get(address, headers=headers, timeout=20)


@pytest.mark.parametrize("method", ["HMAC-SHA256", "HMAC-SHA1", "PLAINTEXT"])
def test_a_token_of_suitesignon_is_verified_once(signed_on: Desk, firm: Firm, method: str) -> None:
    token = token_of(signed_on, firm)
    answer = ask(signed_on, token, method=method)
    assert (answer.status_code, answer.headers["Content-Type"]) == (200, "text/html; charset=utf-8")
    info = etree.fromstring(answer.content).find("entityInfo")
    assert info is not None
    assert {one.tag: one.text for one in info} == {
        "ENTITYLASTNAME": "Ada",
        "ENTITYINTERNALID": signed_on.account.users.one(EMAIL).entity,
        "ENTITYACCOUNT": signed_on.account.id,
        "ENTITYFIRSTNAME": None,
        "ENTITYEMAIL": EMAIL,
    }
    again = ask(signed_on, token, method=method)
    assert (again.status_code, again.text) == (401, "oauth_problem=token_rejected")


def test_verify_calls_that_are_refused(signed_on: Desk, firm: Firm) -> None:
    account, token = signed_on.account, token_of(signed_on, firm)

    def problem(response: Any) -> str:
        assert response.status_code == 401
        return str(response.text).removeprefix("oauth_problem=")

    assert problem(ask(signed_on, "0" * 64)) == "token_rejected"
    assert problem(ask(signed_on, token, secret="another-secret")) == "signature_invalid"
    assert problem(ask(signed_on, token, method="PLAINTEXT", secret="another-secret")) == "signature_invalid"
    assert problem(ask(signed_on, token, method="HMAC-SHA512")) == "signature_method_rejected"
    assert problem(ask(signed_on, token, client_key="0" * 16)) == "consumer_key_unknown"
    assert problem(ask(signed_on, token, timestamp="1")) == "timestamp_refused"
    assert problem(requests.get(signed_on.url + LISTENER, timeout=20)) == "parameter_absent"
    account.fail_next(ServerError(status=503), door="oauth", operation="verify")
    assert ask(signed_on, token).status_code == 503
    assert ask(signed_on, token, nonce="used-once").status_code == 200
    assert problem(ask(signed_on, token, nonce="used-once")) == "nonce_used"
    late = token_of(signed_on, firm)
    account.clock.advance(15 * 60 + 1)
    assert problem(ask(signed_on, late)) == "token_rejected"
    signed_on.press(signed_on.open(WORKSPACE), address=ADDRESS, sign_on="openid")
    assert problem(ask(signed_on, late)) == "consumer_key_refused"
    details = [one.detail for one in account.logins.find() if one.door == "sign-on" and one.detail is not None]
    assert {"InvalidSignature", "nonce_used", "token_rejected", "consumer_key_unknown"} <= {str(one) for one in details}
