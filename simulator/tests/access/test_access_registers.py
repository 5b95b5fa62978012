"""Features, roles, users and integration records as registers: what can be set, and what is refused in which words."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.features import NEEDED_BY_TYPE, SUBTABS, Feature, FeatureError
from netsuite_simulator.integrations import IntegrationError
from netsuite_simulator.logins import Detail
from netsuite_simulator.permissions import DOOR_PERMISSIONS, FULL, NONE, PERMISSIONS, VIEW
from netsuite_simulator.roles import Employees, RoleError, Roles, Subsidiaries
from netsuite_simulator.users import UserError


def test_every_record_type_has_a_known_permission_and_every_feature_a_place(account: Account) -> None:
    assert {one.permission for one in account.types.values()} <= {*PERMISSIONS}
    assert set(NEEDED_BY_TYPE) <= set(account.types)
    assert sorted(one.value for features in SUBTABS.values() for one in features) == sorted(
        one.value for one in Feature
    )
    assert set(DOOR_PERMISSIONS) <= set(PERMISSIONS)
    assert {one.subtab for one in Feature} == set(SUBTABS)


def test_a_role_is_made_edited_copied_and_deleted(account: Account) -> None:
    roles = account.roles
    role = roles.add("Clerk", {"LIST_CUSTJOB": VIEW, "LIST_VENDOR": NONE}, employees=Employees.OWN)
    assert role.permissions == {"LIST_CUSTJOB": VIEW}
    assert (roles.find(role.id), roles.find("Clerk"), roles.find(role.script_id)) == (role, role, role)
    roles.grant(role, "customrecord_rate", FULL)
    roles.edit(role, name="Clerks", subsidiaries=Subsidiaries.SELECTED, selected_subsidiaries=("1",))
    copied = roles.copy(role, "Copy")
    assert copied.permissions == role.permissions
    assert (copied.subsidiaries, copied.employees) == (Subsidiaries.SELECTED, Employees.OWN)
    everything = roles.copy(roles.administrator, "All but one")
    assert not everything.is_administrator
    assert set(everything.permissions) == set(PERMISSIONS)
    roles.remove(role)
    assert roles.find("Clerks") is None
    assert not {"ADMI_MANAGEROLES", "ADMI_PERIODOVERRIDE"} & set(roles.connector.permissions)


@pytest.mark.parametrize(
    ("work", "words"),
    [
        (lambda roles: roles.add(" "), "Name"),
        (lambda roles: roles.add("Administrator"), "already exists"),
        (lambda roles: roles.add("R", {"LIST_SPACESHIP": VIEW}), "no permission LIST_SPACESHIP"),
        (lambda roles: roles.add("R", {"LIST_ITEM": 5}), "0 to 4"),
        (lambda roles: roles.add("R", color="red"), "no color"),
        (lambda roles: roles.edit(roles.administrator, name="Boss"), "cannot be changed"),
        (lambda roles: roles.remove(roles.administrator), "cannot be deleted"),
        (lambda roles: roles.one("Nobody"), "no role Nobody"),
    ],
)
def test_roles_that_cannot_be(account: Account, work: Callable[[Roles], object], words: str) -> None:
    with pytest.raises(RoleError, match=words):
        work(account.roles)
    assert len(account.roles) == 1


def test_users_are_employees_where_there_is_one(account: Account) -> None:
    employee = account.add("employee", firstName="Ann", lastName="Lee", email="Ann@Example.com")
    users, role = account.users, account.roles.connector
    ann = users.add("ann@example.com", name="Ann", roles=[role])
    assert (ann.entity, users.find("ANN@example.com"), users.find(employee.id)) == (employee.id, ann, ann)
    assert [users.add(f"{name}@example.com").entity for name in ("first", "second")] == ["-5", "-6"]
    with pytest.raises(UserError, match="has access already"):
        users.add("other@example.com", entity=employee.id)
    with pytest.raises(UserError, match="needs an email address"):
        users.add("  ")
    with pytest.raises(UserError, match="no user nobody"):
        users.one("nobody")
    assert users.sign_in("ann@example.com", "") is None  # no password, no sign-in
    chosen = users.set_password(ann)
    assert users.sign_in("ann@example.com", chosen) is ann
    assert chosen not in ann.password
    users.set_access(ann, has_access=False)
    assert users.sign_in("ann@example.com", chosen) is None
    users.remove(ann)
    assert users.find("ann@example.com") is None


def test_a_token_is_objected_to_in_words(account: Account) -> None:
    integration, role = account.integrations.add("Planner"), account.roles.add("Clerk")
    user = account.users.add("ann@example.com", name="Ann")

    def objection() -> str:
        return account.tokens.objection(integration, role, user) or ""

    assert "Ann does not have the role Clerk" in objection()
    account.users.give(user, role)
    assert "lacks the permission Log in using Access Tokens" in objection()
    account.roles.grant(role, "ADMI_LOGIN_OAUTH", FULL)
    assert objection() == ""
    account.users.set_access(user, has_access=False)
    assert "has no access" in objection()
    account.integrations.edit(integration, has_tba=False)
    assert "is not enabled for token-based authentication" in objection()
    account.features.disable(Feature.TOKEN_BASED_AUTHENTICATION)
    assert "feature is not enabled" in objection()
    token = account.tokens.add(integration, role, user=user.email)
    assert token.name == "Planner - Ann, Clerk"
    assert account.tokens.of_user("ANN@example.com") == [token]
    account.revoke(token)
    assert token.is_revoked


def test_integration_records_say_all_that_is_wrong_at_once(account: Account) -> None:
    with pytest.raises(IntegrationError) as raised:
        account.integrations.add(
            " ", scopes=("everything",), has_code_grant=True, has_tba_flow=True, refresh_hours=721, rotation_hours=1
        )
    said = str(raised.value)
    for words in ("Name", "everything", "needs a redirect URI", "callback URL", "1 to 720", "token rotation"):
        assert words in said
    assert len(account.integrations) == 0
    integration = account.integrations.add("Planner")
    with pytest.raises(IntegrationError, match="no consumer_key that can be set"):
        account.integrations.edit(integration, consumer_key="mine")
    with pytest.raises(IntegrationError, match="cannot be saved"):
        account.integrations.edit(integration, refresh_hours="many")
    with pytest.raises(IntegrationError, match="public client"):
        account.integrations.edit(integration, is_public=True)
    old = integration.consumer_key
    account.integrations.reset(integration)
    assert account.integrations.by_key(old) is None
    assert account.integrations.find(integration.application_id) is integration
    account.integrations.remove(integration)
    with pytest.raises(IntegrationError, match="no integration"):
        account.integrations.one("Planner")


def test_features_rest_on_each_other(account: Account) -> None:
    with pytest.raises(FeatureError, match="Project Management needs Projects"):
        account.features.disable(Feature.PROJECTS)
    on = {one for one in Feature if one not in (Feature.OAUTH2, Feature.OIDC_PROVIDER)}
    account.features.choose(on)
    assert set(account.features) == on
    assert account.features.disabled == [Feature.OAUTH2, Feature.OIDC_PROVIDER]
    account.features.enable(Feature.OAUTH2)
    assert Feature.OAUTH2 in account.features


def test_the_trail_is_found_by_everything_the_page_filters_by(account: Account) -> None:
    credentials = account.tokens.issue(account.id)
    token = account.tokens.find(credentials.token_id)
    assert token is not None
    for _ in range(2):
        account.tokens.denied(
            "rest", Detail.INVALID_SIGNATURE, consumer_key=credentials.consumer_key, token_id=token.id
        )
        account.clock.advance(60)
    start = account.clock.now() - timedelta(seconds=60)
    logins = account.logins
    assert len(logins.find(user="integration@example.com", role="Connector", application="SuiteBridge")) == 2
    assert [entry.at for entry in logins.find(since=start)] == [start]
    assert [entry.at for entry in logins.find(until=start)] == [start - timedelta(seconds=60)]
    assert logins.find(success=True) == []
