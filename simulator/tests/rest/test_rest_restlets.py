"""RESTlets registered from Python functions, and the errors in the form of their door."""

from __future__ import annotations

from typing import Any

import pytest
import requests
from simulator.tests.firms import Firm, RestClient

from netsuite_simulator.account import Account
from netsuite_simulator.faults import Throttle
from netsuite_simulator.restlets import RestletCall, ScriptError

JSON = {"Content-Type": "application/json"}
PATH = "/app/site/hosting/restlet.nl?script=customscript_x&deploy=customdeploy_x"


def error(response: requests.Response, status: int, code: str) -> str:
    assert response.status_code == status, response.text
    (document,) = [response.json()["error"]]
    assert document["code"] == code
    return str(document["message"])


def echo(call: RestletCall) -> object:
    return {"method": call.method, "parameters": dict(call.parameters), "body": call.body}


def test_a_function_answers_json_and_text(firm: Firm, client: RestClient) -> None:
    firm.account.restlet("customscript_x", "customdeploy_x", echo)
    assert client.send("GET", f"{PATH}&name=a b").json() == {
        "method": "GET",
        "parameters": {"name": "a b"},
        "body": None,
    }
    for method in ("POST", "PUT"):
        assert client.send(method, PATH, {"amount": 1.5}, headers=JSON).json()["body"] == {"amount": 1.5}
    assert client.send("POST", PATH, "x", headers={"Content-Type": "text/plain"}).json()["body"] == '"x"'
    assert client.send("DELETE", PATH).json()["method"] == "DELETE"
    firm.account.restlet("customscript_x", "customdeploy_x", lambda call: f"{call.method} done", methods=("GET",))
    answer = client.send("GET", PATH)
    assert (answer.text, answer.headers["Content-Type"]) == ("GET done", "text/plain; charset=utf-8")
    error(client.send("POST", PATH, {}, headers=JSON), 405, "INVALID_REQUEST")
    assert firm.account.journal.requests[-1].door == "restlet"


def test_a_function_writes_by_the_rules(firm: Firm, client: RestClient) -> None:
    account: Account = firm.account
    account.restlet(
        "1", "1", lambda call: account.create("department", {"name": call.body}, role=call.role).__class__.__name__
    )
    path = "/app/site/hosting/restlet.nl?script=1&deploy=1"
    assert client.send("POST", path, "Sales", headers=JSON).text == "Written"
    assert account.journal.writes[-1].door == "restlet"


def failing(call: RestletCall) -> Any:
    match call.parameters.get("how"):
        case "thrown":
            raise ScriptError("MY_CODE", "No such thing.")
        case "broken":
            raise KeyError("name")
        case _:
            return object()


@pytest.mark.parametrize(
    ("query", "code"),
    [("&how=thrown", "MY_CODE"), ("&how=broken", "UNEXPECTED_ERROR"), ("", "INVALID_RETURN_DATA_FORMAT")],
)
def test_a_failing_script_is_an_error(firm: Firm, client: RestClient, query: str, code: str) -> None:
    firm.account.restlet("customscript_x", "customdeploy_x", failing)
    assert error(client.send("GET", PATH + query), 400, code)


def test_the_door_refuses_in_its_own_form(firm: Firm, client: RestClient) -> None:
    error(client.send("GET", PATH), 404, "SSS_INVALID_SCRIPTLET_ID")
    firm.account.restlet("customscript_x", "customdeploy_x", echo)
    error(client.send("POST", PATH, {}, headers={"Content-Type": "text/csv"}), 415, "INVALID_REQUEST")
    error(client.session.get(client.url + PATH, timeout=20), 401, "INVALID_LOGIN_ATTEMPT")
    broken = client.session.post(
        client.url + PATH, data="{", headers={**client.headers("POST", PATH), **JSON}, timeout=20
    )
    error(broken, 400, "INVALID_REQUEST")
    firm.account.fail_next(Throttle(), door="restlet")
    error(client.send("GET", PATH), 400, "SSS_REQUEST_LIMIT_EXCEEDED")
    with pytest.raises(ValueError, match="no entry point for PATCH"):
        firm.account.restlet("1", "1", echo, methods=("PATCH",))
