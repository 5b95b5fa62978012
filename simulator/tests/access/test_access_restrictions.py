"""What a role's level, the account's features, and a role's subsidiaries and employees keep from a request, door by door."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pytest
import requests
from simulator.tests.firms import DAY, Firm, RestClient, hours

from netsuite_simulator.account import Account, Rejection, Written
from netsuite_simulator.faces.server import Running
from netsuite_simulator.features import NEEDED_BY_TYPE, Feature
from netsuite_simulator.permissions import CREATE, EDIT, FULL, VIEW, connector_permissions
from netsuite_simulator.roles import Employees, Role, Subsidiaries

QUERY = "/services/rest/query/v1/suiteql"


@dataclass(slots=True)
class Group:
    """A firm with a second subsidiary, and two people in each: a boss and somebody who reports to the boss."""

    firm: Firm
    abroad: str
    boss: str
    report: str
    foreigner: str


@pytest.fixture
def group(firm: Firm) -> Group:
    """The firm grown, with hours, an expense report and a customer on either side."""
    account = firm.account
    abroad = account.add("subsidiary", name="Abroad", country="DE", currency=firm.dollar).id
    boss = account.add("employee", firstName="Bo", lastName="Ss", subsidiary=firm.subsidiary, email="bo@example.com").id
    report = account.add("employee", firstName="Re", lastName="Po", subsidiary=firm.subsidiary, supervisor=boss).id
    foreigner = account.add("employee", firstName="Fo", lastName="Re", subsidiary=abroad).id
    account.add("customer", companyName="Fern", subsidiary=abroad)
    for number, (employee, subsidiary) in enumerate(
        ((boss, firm.subsidiary), (report, firm.subsidiary), (foreigner, abroad)), start=1
    ):
        account.add("timeBill", employee=employee, tranDate=DAY, hours=Decimal(number), subsidiary=subsidiary)
        account.add("expenseReport", entity=employee, tranDate=DAY, subsidiary=subsidiary)
    return Group(firm=firm, abroad=abroad, boss=boss, report=report, foreigner=foreigner)


def boss_of(group: Group, running: Running, role: Role) -> RestClient:
    """Sign the boss in, in a role."""
    account = group.firm.account
    token = account.tokens.add(account.integrations.add(f"I{len(account.tokens)}"), role, user="bo@example.com")
    return RestClient(account, running.url, account.tokens.credentials(account.id, token))


def queried(client: RestClient, query: str) -> list[str]:
    """Ask by SuiteQL, and return the first column."""
    response = client.send("POST", QUERY, {"q": query}, headers={"Prefer": "transient"})
    assert response.status_code == 200, response.text
    return sorted(str(item["id"]) for item in response.json()["items"])


def listed(client: RestClient, record_type: str) -> list[str]:
    """List a collection's ids."""
    return sorted(item["id"] for item in client.records("GET", record_type).json()["items"])


def refusal(response: requests.Response) -> tuple[int, str]:
    """Return the status and code of a problem."""
    return response.status_code, response.json()["o:errorDetails"][0]["o:errorCode"]


@pytest.mark.parametrize("employees", [Employees.OWN, Employees.OWN_OR_NOBODY])
def test_own_records_and_subordinates_are_all_there_is(group: Group, running: Running, employees: Employees) -> None:
    role = group.firm.account.roles.add("Boss", connector_permissions(), employees=employees)
    client = boss_of(group, running, role)
    own = sorted([group.boss, group.report])
    assert listed(client, "employee") == own
    assert queried(client, "SELECT id FROM employee") == own
    assert queried(client, "SELECT employee AS id FROM timebill") == own
    assert queried(client, "SELECT id FROM entity WHERE type = 'Employee'") == own
    assert queried(client, "SELECT entity AS id FROM transaction WHERE type = 'ExpRept'") == own
    assert len(listed(client, "timeBill")) == len(listed(client, "expenseReport")) == 2
    assert refusal(client.records("GET", f"employee/{group.foreigner}")) == (403, "INSUFFICIENT_PERMISSION")
    assert refusal(client.records("PATCH", f"employee/{group.foreigner}", {"phone": "1"}))[0] == 403
    assert refusal(client.records("DELETE", f"employee/{group.foreigner}"))[0] == 403
    assert client.records("GET", f"employee/{group.report}").status_code == 200
    assert client.records("GET", "customer").json()["count"] == 2
    client.session.close()


def test_a_role_sees_its_subsidiaries_and_what_belongs_to_all(group: Group, running: Running) -> None:
    account, firm = group.firm.account, group.firm
    role = account.roles.add("Local", connector_permissions(), subsidiaries=Subsidiaries.OWN)
    client = boss_of(group, running, role)
    assert listed(client, "customer") == [firm.customer]
    assert queried(client, "SELECT id FROM customer") == [firm.customer]
    assert queried(client, "SELECT id FROM subsidiary") == [firm.subsidiary]
    assert group.foreigner not in queried(client, "SELECT id FROM entity")
    assert firm.task in queried(client, "SELECT id FROM projecttask")
    everybody = account.roles.connector
    both = "SELECT t.id AS id FROM customer t JOIN subsidiary s ON 1 = 1"
    assert len(queried(client, both)) == 1
    assert len(queried(boss_of(group, running, everybody), both)) == 4  # the same text, compiled for another role
    account.roles.edit(role, subsidiaries=Subsidiaries.SELECTED, selected_subsidiaries=(group.abroad,))
    assert firm.customer not in listed(client, "customer")
    account.roles.edit(role, selected_subsidiaries=())
    assert listed(client, "customer") == []
    client.session.close()


def test_names_notes_deletions_and_links_go_with_the_records(group: Group, running: Running) -> None:
    account = group.firm.account
    role = account.roles.copy(account.roles.administrator, "Bounded")
    account.roles.edit(role, subsidiaries=Subsidiaries.OWN)
    client = boss_of(group, running, role)
    contact = account.add("contact", lastName="Kay", company=account.search("customer", [])[0][-1].id)
    text = f"SELECT BUILTIN.DF(company) AS id FROM contact WHERE id = {contact.id}"
    assert queried(client, text) == [str(account.search("customer", [])[0][-1].id)]  # the name of Fern stays unread
    fern, ours = (
        account.create("customer", {"companyName": name, "subsidiary": subsidiary})
        for name, subsidiary in (("Gone abroad", group.abroad), ("Gone here", group.firm.subsidiary))
    )
    assert isinstance(fern, Written)
    assert isinstance(ours, Written)
    assert queried(client, "SELECT recordid AS id FROM systemnote WHERE recordtype = 'customer'") == [ours.id]
    for one in (fern, ours):
        account.delete("customer", internal_id=one.id)
    assert queried(client, "SELECT recordid AS id FROM deletedrecord") == [ours.id]
    client.session.close()


def test_nothing_is_written_out_of_bounds(group: Group) -> None:
    account, firm = group.firm.account, group.firm
    role = account.roles.add("Local", connector_permissions(), employees=Employees.OWN)
    token = account.tokens.add(account.integrations.add("I"), role, user="bo@example.com")
    login: Any = account.tokens.login_of(token)
    before = account.counts()["timeBill"]
    own = {**hours(firm), "employee": group.report}
    theirs = {**hours(firm), "employee": group.foreigner}
    results = account.upsert_many(
        "timeBill", [("t-1", own, (), True), ("t-2", theirs, (), True), ("t-3", own, (), True)], role=login
    )
    assert [isinstance(one, Written) for one in results] == [True, False, True]
    (denied,) = [one for one in results if isinstance(one, Rejection)]
    assert "restrictions on your role" in denied.message
    assert account.counts()["timeBill"] == before + 2
    assert account.find_external("timeline", "t-2") is None
    assert isinstance(account.create("timeBill", theirs, role=login), Rejection)
    moved = account.update("timeBill", {"employee": group.foreigner}, external_id="t-1", role=login)
    assert isinstance(moved, Rejection)
    kept = account.get("timeBill", external_id="t-1")
    assert kept is not None
    assert kept.values["employee"] == group.report
    strange = account.add("timeBill", external_id="t-9", employee=group.foreigner, tranDate=DAY, hours=Decimal(1))
    assert isinstance(account.upsert("timeBill", own, external_id="t-9", role=login), Rejection)
    assert isinstance(account.delete("timeBill", internal_id=strange.id, role=login), Rejection)


@pytest.mark.parametrize(
    ("level", "answers"),
    [(0, (403, 403, 403, 403)), (VIEW, (200, 403, 403, 403)), (CREATE, (200, 204, 403, 403)),
     (EDIT, (200, 204, 204, 403)), (FULL, (200, 204, 204, 204))],
)  # fmt: skip
def test_each_level_opens_its_operations(
    firm: Firm, client: RestClient, level: int, answers: tuple[int, int, int, int]
) -> None:
    other = firm.account.add("customer", companyName="Other", subsidiary=firm.subsidiary).id
    firm.account.roles.grant(firm.account.roles.connector, "LIST_CUSTJOB", level)
    new = {"companyName": "New", "subsidiary": {"id": firm.subsidiary}}
    assert answers == (
        client.records("GET", f"customer/{other}").status_code,
        client.records("POST", "customer", new).status_code,
        client.records("PATCH", f"customer/{other}", {"phone": "1"}).status_code,
        client.records("DELETE", f"customer/{other}").status_code,
    )


def _disabled_with(feature: Feature) -> list[Feature]:
    """Return a feature with those that rest on it."""
    on_projects = [Feature.CHARGE_BASED_BILLING, Feature.RESOURCE_ALLOCATIONS, Feature.PROJECT_MANAGEMENT]
    return [feature, *on_projects] if feature in (Feature.PROJECTS, Feature.PROJECT_MANAGEMENT) else [feature]


@pytest.mark.parametrize("type_name", ["timeBill", "expenseReport", "job", "projectTask", "department", "invoice"])
def test_a_feature_that_is_off_takes_its_records_away(firm: Firm, client: RestClient, type_name: str) -> None:
    account: Account = firm.account
    account.features.disable(*_disabled_with(NEEDED_BY_TYPE[type_name]))
    assert refusal(client.records("GET", type_name)) == (400, "FEATURE_DISABLED")
    assert refusal(client.records("POST", type_name, {})) == (400, "FEATURE_DISABLED")
    names = [one["name"] for one in client.records("GET", "metadata-catalog").json()["items"]]
    assert type_name not in names
    assert "customer" in names
    table = account.types[type_name].table
    if table != "transaction":
        asked = client.send("POST", QUERY, {"q": f"SELECT id FROM {table}"}, headers={"Prefer": "transient"})
        assert f"Record '{table}' was not found." in asked.text


def test_rest_web_services_may_be_off(firm: Firm, client: RestClient) -> None:
    firm.account.features.disable(Feature.REST_WEB_SERVICES)
    assert refusal(client.records("GET", "customer")) == (400, "FEATURE_DISABLED")
