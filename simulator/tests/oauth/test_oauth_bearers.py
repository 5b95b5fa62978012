"""Access tokens at the doors: where they open, how a bad one is refused, and what outlives a restart."""

from __future__ import annotations

from pathlib import Path

import pytest
import requests
from simulator.tests.oauth.conftest import EMAIL, OAUTH, RETURN, Desk
from simulator.tests.oauth.jose import decoded, encoded

from netsuite_simulator.account import Account
from netsuite_simulator.faults import ServerError
from netsuite_simulator.integrations import Consent
from netsuite_simulator.permissions import FULL
from netsuite_simulator.users import UserError


def test_a_token_opens_rest_and_suiteql_and_not_soap(desk: Desk) -> None:
    headers = {"Authorization": f"Bearer {desk.tokens()['access_token']}"}
    assert (
        requests.get(f"{desk.url}/services/rest/system/v1/serverTime", headers=headers, timeout=20).status_code == 200
    )
    query = requests.post(
        f"{desk.url}/services/rest/query/v1/suiteql",
        headers={**headers, "Prefer": "transient"},
        json={"q": "SELECT id FROM customer"},
        timeout=20,
    )
    assert query.json()["count"] == 1
    soap = requests.post(
        f"{desk.url}/services/NetSuitePort_2025_2",
        headers={**headers, "SOAPAction": "getServerTime"},
        data='<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
        '<getServerTime xmlns="urn:messages_2025_2.platform.webservices.netsuite.com"/></s:Body></s:Envelope>',
        timeout=20,
    )
    assert soap.status_code == 500
    assert {request.user for request in desk.account.journal.requests if request.door == "suiteql"} == {EMAIL}


def test_a_token_tells_whose_it_is(desk: Desk) -> None:
    address = f"{desk.url}/rest/tokeninfo"
    headers = {"Authorization": f"Bearer {desk.tokens()['access_token']}"}
    (role_id,) = desk.user.role_ids
    told = requests.get(address, headers=headers, timeout=20).json()
    assert (told["companyId"], told["entityId"], told["roleId"]) == (desk.account.id, desk.user.entity, role_id)
    for authorization in ("Bearer nonsense", "Basic eDp5"):
        refused = requests.get(address, headers={"Authorization": authorization}, timeout=20)
        assert (refused.status_code, refused.json()["error"]["code"]) == (401, "INVALID_LOGIN_ATTEMPT")


def test_bad_tokens_all_sound_the_same(desk: Desk) -> None:
    token = desk.tokens()["access_token"]
    head, body, signature = token.split(".")
    changed = encoded(decoded(body).replace(b'"rest_webservices"', b'"restlets"'))
    for bad in (f"{head}.{changed}.{signature}", f"{head}.{body}.", "", "nonsense", f"e30.{body}.{signature}"):
        answer = desk.customers(bad)
        assert answer.status_code == 401
        assert answer.headers["WWW-Authenticate"] == (
            'Bearer realm="TSTDRV1000001", error="invalid_token", error_description="Invalid login attempt."'
        )
        assert answer.json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_LOGIN"


def test_the_scope_has_to_be_the_doors(desk: Desk) -> None:
    assert desk.customers(desk.tokens(scope="restlets")["access_token"]).status_code == 401
    assert desk.account.logins[-1].detail == "ScopeMismatched"


def test_a_role_that_lost_a_permission_is_refused_by_the_door(desk: Desk) -> None:
    token = desk.tokens()["access_token"]
    desk.account.roles.grant(desk.account.roles.connector, "ADMI_RESTWEBSERVICES", 0)
    assert desk.customers(token).status_code == 400
    desk.account.roles.grant(desk.account.roles.connector, "ADMI_RESTWEBSERVICES", FULL)
    desk.account.users.take(desk.user, desk.account.roles.connector)
    assert desk.customers(token).status_code == 401
    assert desk.account.logins[-1].detail == "EntityOrRoleDisabled"
    desk.account.integrations.remove(desk.integration)
    assert desk.customers(token).status_code == 401
    assert desk.account.logins[-1].detail == "InvalidIntegration"


def test_the_token_end_point_meets_weather_too(desk: Desk) -> None:
    desk.account.fail_next(ServerError(status=503), door="oauth")
    answer = desk.ask("token", grant_type="refresh_token", refresh_token="x")
    assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (503, "text/html")
    desk.account.governance.limit = 0
    assert desk.ask("token", grant_type="refresh_token", refresh_token="x").status_code == 400  # it takes no place
    assert [one.operation for one in desk.account.journal.requests if one.door == "oauth"] == ["token", "token"]


def test_everything_is_in_the_state_file(tmp_path: Path) -> None:
    path = str(tmp_path / "state.db")
    account = Account("TSTDRV7", state_file=path)
    integration = account.integrations.add(
        "Planner", has_code_grant=True, scopes=("restlets",), redirect_uris=(RETURN,), consent=Consent.NEVER
    )
    user = account.users.add(EMAIL, roles=[account.roles.administrator], password="secret")
    code = account.authorizations.issue_code(
        integration,
        user=user.email,
        role_id="3",
        scopes=("restlets",),
        redirect_uri=RETURN,
        challenge=None,
        nonce=None,
    )
    grant = account.authorizations.redeem(code)
    assert grant is not None
    kid = account.keys.current().kid
    account.close()
    again = Account("TSTDRV7", state_file=path)
    assert again.users.sign_in(EMAIL.upper(), "secret") is not None
    assert again.users.sign_in(EMAIL, "Secret") is None
    assert again.integrations.one("Planner") == integration
    assert again.authorizations.find(grant.id) == grant
    assert [one.kid for one in again.keys] == [kid]
    with pytest.raises(UserError, match="another user"):
        again.users.add(EMAIL)
    again.close()


def test_sessions_end_idle_or_late(account: Account) -> None:
    session = account.sessions.open("ann@example.com", "3")
    for _ in range(3):
        account.clock.advance(19 * 60)
        assert account.sessions.find(session.id) is session
    account.clock.advance(3 * 60)
    assert account.sessions.find(session.id) is None
    idle = account.sessions.open("ann@example.com")
    account.clock.advance(20 * 60)
    assert account.sessions.find(idle.id) is None
    kept = account.sessions.open("ann@example.com")
    account.sessions.close(kept)
    assert account.sessions.find(kept.id) is None


def test_discovery_speaks_of_where_it_was_asked(desk: Desk) -> None:
    host = {"Host": "tstdrv1000001.suitetalk.api.netsuite.com"}
    found = requests.get(f"{desk.url}/.well-known/openid-configuration", headers=host, timeout=20).json()
    assert found["authorization_endpoint"] == ("https://tstdrv1000001.app.netsuite.com/app/login/oauth2/authorize.nl")
    assert found["token_endpoint"] == f"http://tstdrv1000001.suitetalk.api.netsuite.com{OAUTH}/token"
