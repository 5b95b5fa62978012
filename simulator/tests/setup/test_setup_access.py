"""Signing in, features, integrations, roles, employees' access and tokens on the account's pages."""

from __future__ import annotations

from typing import Any

import pytest
from simulator.tests.firms import RestClient
from simulator.tests.setup.conftest import (
    ACCESS,
    EMAIL,
    EMPLOYEES,
    FEATURES,
    HOME,
    INTEGRATION,
    INTEGRATIONS,
    MY_TOKEN,
    MY_TOKENS,
    PASSWORD,
    ROLE,
    ROLES,
    SIGN_IN,
    TOKEN,
    TOKENS,
    USERS,
    Desk,
    Shown,
)

from netsuite_simulator import snapshots
from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import IntegrationState
from netsuite_simulator.permissions import FULL, VIEW
from netsuite_simulator.tokens import Credentials
from netsuite_simulator.users import User

HARMFUL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{'xyz'*3}}"
PAGES = {  # every page behind a permission, and the permission
    FEATURES: "ADMI_ENABLEFEATURES",
    "/app/setup/webservicesprefs.nl": "ADMI_WEBSERVICESSETUP",
    INTEGRATIONS: "ADMI_INTEGRAPP",
    INTEGRATION: "ADMI_INTEGRAPP",
    ROLES: "ADMI_MANAGEROLES",
    ROLE: "ADMI_MANAGEROLES",
    TOKENS: "ADMI_MANAGE_OAUTH_TOKENS",
    TOKEN: "ADMI_MANAGE_OAUTH_TOKENS",
    MY_TOKENS: "ADMI_MANAGE_OWN_OAUTH_TOKENS",
    MY_TOKEN: "ADMI_MANAGE_OWN_OAUTH_TOKENS",
    USERS: "ADMI_MANAGEUSERS",
    EMPLOYEES: "LIST_EMPLOYEE",
    f"{ACCESS}?id=-5": "ADMI_MANAGEUSERS",
    "/app/setup/oauth2clientcredentials.nl": "ADMI_MANAGE_OAUTH2",
    "/app/setup/oauth2clientcredential.nl": "ADMI_MANAGE_OWN_OAUTH2_CERTS",
    "/app/setup/loginaudittrail.nl": "ADMI_AUDITLOGIN",
    "/app/setup/deletedrecords.nl": "ADMI_DELETEDRECORD",
}


# --- signing in ---


def test_a_stranger_signs_in_and_comes_where_they_wanted(visitor: Desk, administrator: User) -> None:
    asked = visitor.open(f"{ROLE}?copy=3")
    assert (asked.title, asked.response.url.startswith(f"{visitor.url}{SIGN_IN}?next=")) == ("Log in", True)
    wrong = visitor.press(asked, "sign-in", email=EMAIL, password="wrong")
    assert (wrong.status, "invalid email address or password" in wrong.problems) == (403, True)
    right = visitor.press(wrong, "sign-in", email=EMAIL, password=PASSWORD)
    assert (right.title, right.response.url) == ("Role", f"{visitor.url}{ROLE}?copy=3")
    assert [(one.success, one.door) for one in visitor.account.logins] == [(False, "page"), (True, "page")]
    cookie = next(one for one in visitor.browser.cookies if one.name == "simulator_session")
    assert cookie.has_nonstandard_attr("HttpOnly")
    visitor.post("/app/login/signout.nl", [("token", "guessed")])
    assert visitor.open(HOME).title == "Home"
    token = right.root.xpath("//header//input[@name='token']/@value")[0]
    assert visitor.post("/app/login/signout.nl", [("token", token)]).title == "Log in"
    assert visitor.open(HOME).title == "Log in"


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "/app/\\..", "javascript:1"])  # fmt: skip
def test_signing_in_leads_to_no_other_site(visitor: Desk, administrator: User, target: str) -> None:
    page = visitor.open(f"{SIGN_IN}?next={target}")
    assert visitor.press(page, "sign-in", email=EMAIL, password=PASSWORD).response.url == f"{visitor.url}{HOME}"


def test_a_session_ends_by_the_accounts_clock(desk: Desk) -> None:
    desk.account.clock.advance(19 * 60)
    assert desk.open(HOME).title == "Home"
    desk.account.clock.advance(21 * 60)
    assert desk.open(HOME).title == "Log in"


def test_the_address_alone_leads_home_and_pages_say_what_they_are_to_browsers(desk: Desk) -> None:
    home = desk.open("/")
    assert (home.title, home.facts["Account ID"]) == ("Home", "TSTDRV1000001")
    headers = home.response.headers
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert (headers["X-Frame-Options"], headers["Cache-Control"]) == ("DENY", "no-store")
    assert (
        desk.browser.get(f"{desk.url}/app/simulator/style.css", timeout=20)
        .headers["Content-Type"]
        .startswith("text/css")
    )


def test_each_account_has_its_own_door(running: object, account: Account) -> None:
    other = Account("TSTDRV42")
    other.users.add(EMAIL, name="Ada", roles=[other.roles.administrator], password=PASSWORD)
    with serving(account, other) as both:
        desk = Desk(other, both.url)
        page = desk.open(f"{SIGN_IN}?c=TSTDRV42")
        assert "Account TSTDRV42" in page.text
        assert desk.press(page, "sign-in", email=EMAIL, password=PASSWORD).facts["Account ID"] == "TSTDRV42"
        desk.browser.close()
    other.close()


# --- permissions, forged forms, harmful names ---


def test_pages_open_with_their_permission_and_with_no_other(visitor: Desk, administrator: User) -> None:
    account = visitor.account
    role = account.roles.add("Reader", {})
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    visitor.sign_in("bo@example.com")
    for path, permission in PAGES.items():
        account.roles.edit(role, permissions={"LIST_CUSTJOB": FULL})
        refused = visitor.open(path)
        assert (refused.status, "permission to access this page" in refused.problems) == (403, True), path
        assert not any(path == href for href in refused.links.values())
        account.roles.edit(role, permissions={permission: VIEW if permission.startswith("LIST") else FULL})
        assert visitor.open(path).status == 200, path
    account.roles.edit(role, is_web_services_only=True)
    assert "None of your roles opens pages" in visitor.open(HOME).problems


def test_no_form_is_taken_from_another_site(desk: Desk) -> None:
    stray = [("act", "save"), ("name", "Stray"), ("state", "enabled")]
    for token in ([], [("token", "guessed")], [("token", "ü")]):
        refused = desk.post(INTEGRATION, [*stray, *token])
        assert (refused.status, refused.title) == (403, "This form cannot be taken")
    assert [one.name for one in desk.account.integrations] == []


def test_whatever_is_typed_is_shown_as_it_is_written(desk: Desk) -> None:
    desk.press(desk.open(INTEGRATION), name=HARMFUL, has_tba_flow=None, has_code_grant=None, description=HARMFUL)
    desk.press(desk.open(ROLE), name=HARMFUL)
    desk.account.users.add("eve@example.com", name=HARMFUL, roles=[desk.account.roles.administrator])
    role = desk.account.roles.one(HARMFUL)
    for path in (
        INTEGRATIONS,
        f"{INTEGRATION}?id=1",
        ROLES,
        f"{ROLE}?id={role.id}",
        TOKEN,
        USERS,
        f"{EMPLOYEES}?search={HARMFUL}",
    ):
        page = desk.open(path)
        assert not page.root.xpath("//script | //img | //*[@onerror]"), path
        assert "xyzxyzxyz" not in page.response.text, path
    assert HARMFUL in [one.get("value") for one in desk.open(f"{INTEGRATION}?id=1").root.iter("input")]


# --- features, integrations, roles ---


def test_features_are_chosen_all_at_once(desk: Desk) -> None:
    page = desk.press(desk.open(FEATURES), TBA=None, OAUTH2=None, NSASOIDCPROVIDER=None)
    assert "Your features are saved." in page.text
    assert set(desk.account.features.disabled) == {
        Feature.TOKEN_BASED_AUTHENTICATION,
        Feature.OAUTH2,
        Feature.OIDC_PROVIDER,
    }
    refused = desk.press(page, NSASOIDCPROVIDER="T", TBA="T")
    assert "NetSuite as OIDC Provider needs OAuth 2.0" in refused.problems
    assert Feature.TOKEN_BASED_AUTHENTICATION not in desk.account.features


def test_accounting_preferences_are_chosen_all_at_once(desk: Desk) -> None:
    address = "/app/setup/acctsetup.nl"
    chosen: dict[str, Any] = {"mandatory.class": "T", "routed.invoice": "T", "overage": "T"}
    page = desk.press(desk.open(address), **chosen)
    assert "Your accounting preferences are saved." in page.text
    policies = desk.account.world.policies
    assert (policies.mandatory, policies.awaiting_approval, policies.allows_overage) == (
        frozenset({"class"}),
        frozenset({"invoice"}),
        True,
    )
    dropped: dict[str, Any] = {"mandatory.class": None, "overage": None}
    desk.press(page, **dropped)
    policies = desk.account.world.policies
    assert (policies.mandatory, policies.awaiting_approval, policies.allows_overage) == (
        frozenset(),
        frozenset({"invoice"}),
        False,
    )


def test_an_integration_record_shows_its_keys_once(desk: Desk) -> None:
    form = desk.open(INTEGRATION)
    refused = desk.press(form, name="  ", description="Łódź")
    assert "Name" in refused.problems
    assert "callback URL" in refused.problems
    assert "Łódź" in refused.response.text
    made = desk.press(refused, name="SuiteBridge", has_tba_flow=None, has_code_grant=None)
    (one,) = desk.account.integrations
    assert made.facts == {
        "Consumer Key / Client ID": one.consumer_key,
        "Consumer Secret / Client Secret": one.consumer_secret,
    }
    assert one.application_id in made.text
    assert (one.has_tba, one.has_code_grant, one.is_enabled) == (True, False, True)
    again = desk.open(f"{INTEGRATION}?id={one.id}")
    assert (again.facts, one.consumer_secret in again.response.text) == ({}, False)
    desk.press(again, state="blocked", description="")
    assert one.state is IntegrationState.BLOCKED
    key = one.consumer_key
    assert (
        desk.press(desk.open(f"{INTEGRATION}?id={one.id}"), "reset").facts["Consumer Key / Client ID"]
        == one.consumer_key
        != key
    )
    oauth: dict[str, Any] = {
        "has_client_credentials": "T",
        "scopes": ["restlets", "rest_webservices"],
        "refresh_hours": "x",
    }
    assert "whole numbers" in desk.press(desk.open(f"{INTEGRATION}?id={one.id}"), **oauth).problems
    desk.press(desk.open(f"{INTEGRATION}?id={one.id}"), **{**oauth, "refresh_hours": "24"})
    assert (one.scopes, one.refresh_hours) == (("restlets", "rest_webservices"), 24)
    desk.account.integrations.enable(one)
    token = desk.account.tokens.add(one, desk.account.roles.connector, user=EMAIL)
    client = RestClient(desk.account, desk.url, desk.account.tokens.credentials(desk.account.id, token))
    assert client.records("GET", "customer").status_code == 200
    gone = desk.press(desk.open(f"{INTEGRATION}?id={one.id}"), "delete")
    assert ("The integration is deleted." in gone.text, gone.rows(), len(desk.account.integrations)) == (True, [], 0)
    assert client.records("GET", "customer").status_code == 401
    assert desk.open(TOKENS).status == 200
    assert desk.open(f"{INTEGRATION}?id=99").status == 404


def test_a_role_is_made_copied_changed_and_deleted(desk: Desk) -> None:
    made = desk.press(
        desk.open(ROLE), name="Reader", **{"permission.LIST_CUSTJOB": "1", "permission.ADMI_LOGIN_OAUTH": "4"}
    )
    role = desk.account.roles.one("Reader")
    assert role.permissions == {"LIST_CUSTJOB": 1, "ADMI_LOGIN_OAUTH": 4}
    changed = desk.press(
        made, employees="own and subordinates only", **{"permission.LIST_CUSTJOB": "0", "permission.LIST_ITEM": "2"}
    )
    assert role.permissions == {"ADMI_LOGIN_OAUTH": 4, "LIST_ITEM": 2}
    assert role.is_restricted
    assert "already exists" in desk.press(desk.open(ROLE), name="Reader").problems
    assert "Choose the level" in desk.press(changed, **{"permission.LIST_ITEM": "9"}).problems
    copy = desk.press(desk.open(f"{ROLE}?copy=3"), name="Almost everything")
    assert len(desk.account.roles.one("Almost everything").permissions) > 100
    assert "The role is deleted." in desk.press(copy, "delete").text
    assert desk.account.roles.find("Almost everything") is None
    assert "cannot be changed" in desk.open(f"{ROLE}?id=3").text


# --- employees and tokens ---


def _role(desk: Desk, **permissions: int) -> str:
    role = desk.account.roles.add("Integration", {"ADMI_LOGIN_OAUTH": FULL, "ADMI_RESTWEBSERVICES": FULL, "LIST_CUSTJOB": FULL, **permissions})  # fmt: skip
    return role.id


def test_an_employee_gets_access_and_a_token_that_works(desk: Desk) -> None:
    account, role = desk.account, _role(desk)
    (employee,), _ = account.search("employee")
    found = desk.open(f"{EMPLOYEES}?search=lee")
    assert found.rows()[0][:2] == ["Ann Lee", employee.id]
    access = desk.open(desk.open(found.links["Ann Lee"]).links["Access"])
    assert "Please enter value(s) for: Roles" in desk.press(access, has_access="T", email="ann@example.com").problems
    assert "email address" in desk.press(access, has_access="T", email="", roles=[role]).problems
    desk.press(access, has_access="T", email="ann@example.com", roles=[role])
    assert (account.users.one("ann@example.com").entity, account.users.one("ann@example.com").name) == (
        employee.id,
        "Ann Lee",
    )
    integration = account.integrations.add("Planner")
    form = desk.open(TOKEN)
    assert "Application Name, User, Role" in desk.press(form).problems
    wrong = {"application": integration.id, "user": EMAIL, "role": role}
    assert "Ada does not have the role Integration." in desk.press(form, **wrong).problems
    made = desk.press(form, **{**wrong, "user": "ann@example.com"})
    assert set(made.facts) == {"Token ID", "Token Secret"}
    assert desk.open(TOKENS).facts == {}
    given = Credentials(
        account_id=account.id,
        application_id=integration.application_id,
        consumer_key=integration.consumer_key,
        consumer_secret=integration.consumer_secret,
        token_id=made.facts["Token ID"],
        token_secret=made.facts["Token Secret"],
    )
    client = RestClient(account, desk.url, given)
    assert client.records("GET", "customer").status_code == 200
    revoked = desk.press(desk.open(TOKENS), "revoke", row="Planner")
    assert revoked.rows()[0][4] == "Revoked"
    assert client.records("GET", "customer").status_code == 401
    client.session.close()


def test_users_manage_their_own_tokens_in_the_settings_portlet(visitor: Desk, administrator: User) -> None:
    account = visitor.account
    role = account.roles.one(_role(visitor, ADMI_MANAGE_OWN_OAUTH_TOKENS=FULL))
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    account.integrations.add("Planner")
    others = account.tokens.add(account.integrations.one("Planner"), account.roles.connector, user=EMAIL)
    home = visitor.sign_in("bo@example.com")
    mine = visitor.open(home.links["Manage Access Tokens"])
    assert mine.rows() == []
    form = visitor.open(mine.links["New My Access Token"])
    assert "Application Name" in visitor.press(form).problems
    made = visitor.press(form, application="1", name="Mine")
    assert (account.tokens.find(made.facts["Token ID"]) or others).role_id == role.id
    forged = [(name, others.id if name == "id" else value) for name, value in made.form("revoke").form_values()]
    visitor.post(MY_TOKENS, [*forged, ("act", "revoke")])
    assert not others.is_revoked
    assert visitor.press(made, "revoke").rows()[0][4] == "Revoked"


def test_the_last_administrator_stays_one(desk: Desk) -> None:
    access = desk.open(f"{ACCESS}?id=-5")
    changes: list[dict[str, Any]] = [{"has_access": None}, {"roles": [_role(desk)]}]
    for change in changes:
        assert "last administrator" in desk.press(access, **change).problems
    assert "needs 10 or more" in desk.press(access, password="short").problems
    desk.press(access, password="another long one")
    assert desk.account.users.sign_in(EMAIL, "another long one") is not None
    other = desk.account.users.add(
        "bo@example.com", name="Bo", roles=[desk.account.roles.administrator], password=PASSWORD
    )
    session = desk.account.sessions.open(other.email)
    desk.press(desk.open(f"{ACCESS}?id={other.entity}"), password="quite another one")
    assert desk.account.sessions.find(session.id) is None
    assert desk.open(f"{ACCESS}?id=77777").status == 404


def test_a_user_takes_another_role_and_is_unlocked(desk: Desk, administrator: User) -> None:
    account = desk.account
    assert "Change Role" not in desk.open(HOME).links
    account.users.give(administrator, account.roles.one(_role(desk)))
    other = administrator.role_ids[1]
    form = desk.open(desk.open(HOME).links["Change Role"])
    assert desk.press(form, "change", role=other).facts["Role"] == "Integration"
    assert desk.open(FEATURES).status == 403
    assert "do not have that role" in desk.press(form, "change", role="99").problems
    desk.press(form, "change", role="3")
    account.users.add("bo@example.com", name="Bo", roles=[account.roles.administrator])
    for _ in range(5):
        account.users.failed("bo@example.com")
    listed: Shown = desk.open(USERS)
    assert [row[4] for row in listed.rows()] == ["No", "Yes"]
    desk.press(listed, "unlock", row="Bo")
    assert not account.users.is_locked("bo@example.com")


def test_what_the_pages_change_is_in_the_state_file_and_in_the_journal(tmp_path: object) -> None:
    state = f"{tmp_path}/state.db"
    account = Account(state_file=state)
    account.users.add(EMAIL, name="Ada", roles=[account.roles.administrator], password=PASSWORD)
    snapshots.save(account)
    with serving(account) as running:
        desk = Desk(account, running.url)
        desk.sign_in()
        desk.press(desk.open(ROLE), name="Kept")
        desk.browser.close()
    noted = account.journal.requests[-1]
    assert (noted.door, noted.user, noted.outcome) == ("setup", EMAIL, "200")
    account.storage.close()  # as a kill leaves it
    reopened = Account(state_file=state)
    assert reopened.roles.find("Kept") is not None
    reopened.close()
