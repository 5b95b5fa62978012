"""Every route declares what it needs, each role opens what it may, and nothing crosses between companies."""

from __future__ import annotations

import pytest
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.urls import URLPattern, get_resolver

from suitebridge.administration.permitting import RecordNeed, RunNeed
from suitebridge.console.access import Access, Guard
from suitebridge.console.routes import ROUTES
from suitebridge.domain.people import Permission
from suitebridge.web.middleware import GUARDS, HouseEntrance
from tests.console_world import NEIGHBOR, NEIGHBOR_RUNS, ROLES, World
from tests.scenarios.console.conftest import Entrance, visitor

PAGES = {
    "runs": "/runs",
    "run-start": "/runs/start",
    "open-records": "/runs/open",
    "workers": "/runs/workers",
    "reconciliation": "/runs/comparison",
    "run": "/runs/23",
    "run-live": "/runs/23/live",
    "run-records": "/runs/23/records",
    "run-record": "/runs/21/records/import_customers/500",
    "record-types": "/records",
    "records": "/records/customer",
    "record": "/records/customer/{customer}",
    "record-add": "/records/customer/add",
    "record-edit": "/records/customer/{customer}/edit",
    "week": "/week",
    "trail": "/audit-trail",
    "connector": "/administration/netsuite-connector",
    "credentials": "/administration/netsuite-connector/credentials",
    "credentials-account": "/administration/netsuite-connector/credentials/account",
    "credentials-test": "/administration/netsuite-connector/credentials/test",
    "integration-role": "/administration/netsuite-connector/integration-role",
    "connector-settings": "/administration/netsuite-connector/settings",
    "mapping": "/administration/netsuite-connector/mapping",
    "mapping-workflow": "/administration/netsuite-connector/mapping/import_customers",
    "mapping-preview": "/administration/netsuite-connector/mapping/import_customers/preview",
    "mapping-row": "/administration/netsuite-connector/mapping/import_customers/row?target=phone",
    "mapping-advanced": "/administration/netsuite-connector/mapping/import_customers/text",
    "mapping-filter": "/administration/netsuite-connector/mapping/import_customers/filter",
    "mapping-settings": "/administration/netsuite-connector/mapping/import_customers/settings",
    "mapping-changes": "/administration/netsuite-connector/mapping-draft",
    "mapping-versions": "/administration/netsuite-connector/mapping-versions",
    "mapping-legacy": "/administration/netsuite-connector/legacy-notation",
    "mapping-legacy-file": "/administration/netsuite-connector/legacy-notation/file",
    "workflow-new": "/administration/netsuite-connector/add-workflow",
    "netsuite-fields": "/administration/netsuite-connector/fields",
    "automate": "/administration/netsuite-connector/automate",
    "real-time": "/administration/netsuite-connector/real-time",
    "schedule-add": "/administration/netsuite-connector/add-schedule",
    "schedule": "/administration/netsuite-connector/schedules/Mornings",
    "workflow-group-add": "/administration/netsuite-connector/add-group",
    "workflow-group": "/administration/netsuite-connector/groups/Nightly",
    "notifications": "/administration/netsuite-connector/notifications",
    "mail-server": "/administration/netsuite-connector/mail-server",
    "recipient-add": "/administration/netsuite-connector/add-recipient",
    "recipient": "/administration/netsuite-connector/recipients/Ops",
    "settings-history": "/administration/netsuite-connector/settings-history",
    "configuring-netsuite": "/administration/netsuite-connector/configuring-netsuite",
    "custom-fields": "/administration/custom-fields",
    "access-review": "/administration/access-review",
    "access-review-file": "/administration/access-review.csv",
    "people": "/administration/people",
    "person-add": "/administration/people/add",
    "person": "/administration/people/{employee}",
    "roles": "/administration/roles",
    "role-add": "/administration/add-role",
    "role": "/administration/roles/Integration%20operator",
    "sign-in-rules": "/administration/sign-in-rules",
}
OWN_PAGES = {
    "account": "/account",
    "account-tokens": "/account/tokens",
    "second-factor": "/account/second-factor",
}
SENT = {
    "person-access": "/administration/people/{employee}/access",
    "run-steering": "/runs/23/steering",
    "run-retry": "/runs/23/retry",
    "record-transfer": "/records/customer/{customer}/transfer",
    "record-approval": "/records/customer/{customer}/approval",
}
"""Addresses that take forms only, and a form that asks for nothing."""
# Written out, not computed: what each role is for.
OPEN_TO = {
    "grace": {*PAGES, *SENT},
    "omar": {"runs", "open-records", "workers", "run-start", "reconciliation", "run", "run-steering", "run-retry", "record-transfer", "run-live", "run-records", "run-record", "record-types", "records", "record", "record-add", "record-edit", "record-approval"},
    "audrey": {"record-types", "records", "record", "record-approval", "trail", "access-review", "access-review-file"},
    "emil": {"week", "record-types", "records", "record", "record-approval"},
    "ursula": {
        "record-types", "records", "record", "record-approval", "people", "person-add", "person", "person-access", "roles", "role",
    },
    "clara": {"record-types", "records", "record", "record-approval", "trail", "access-review", "access-review-file"},
}  # fmt: skip


def test_every_address_has_a_route_that_declares_what_it_needs() -> None:
    patterns = get_resolver().url_patterns
    views = [pattern.callback for pattern in patterns if isinstance(pattern, URLPattern)]
    assert len(views) == len(patterns)
    assert all(isinstance(view, GUARDS) for view in views)
    pages = [view for view in views if isinstance(view, Guard)]
    assert len(pages) == len(ROUTES)
    assert all(isinstance(page.route.needs, (Permission, RecordNeed, RunNeed, Access)) for page in pages)


def test_only_these_addresses_are_open_to_anyone() -> None:
    assert {route.name for route in ROUTES if route.needs is Access.ANYONE} == {
        "health", "metrics", "first-run", "sign-in", "sign-in-code", "policy-reports", "invitation",
        "sign-on", "sign-on-return", "netsuite-record",
    }  # fmt: skip
    assert {route.name for route in ROUTES if route.needs is Access.SIGNED_IN} == {
        "home", "sign-out", "account", "account-password", "account-access", "account-sessions", "account-tokens",
        "second-factor", "second-factor-drawing",
    }  # fmt: skip
    assert {route.name for route in ROUTES if isinstance(route.needs, (Permission, RecordNeed, RunNeed))} == {
        *PAGES,
        *SENT,
    }


def test_only_these_addresses_are_open_without_what_protects_the_others() -> None:
    assert {route.name for route in ROUTES if route.takes_reports} == {"policy-reports"}
    assert {route.name for route in ROUTES if route.within} == {
        "sign-on", "sign-on-return", "netsuite-record", "sign-in-code", "record-types", "records", "record",
    }  # fmt: skip
    assert {route.name for route in ROUTES if route.without_second_factor} == {
        "sign-out", "second-factor", "second-factor-drawing",
    }  # fmt: skip


def test_a_view_that_declares_nothing_answers_nobody() -> None:
    entrance = HouseEntrance(lambda _request: HttpResponse())
    answer = entrance.process_view(RequestFactory().get("/"), lambda _request: HttpResponse("open"), (), {})
    assert answer is not None
    assert answer.status_code == 404


@pytest.mark.parametrize("user", ROLES)
def test_each_role_opens_exactly_what_it_may(world: World, entrance: Entrance, user: str) -> None:
    client = entrance(user)
    answers = {name: client.get(path.format(**world.ids)).status_code for name, path in PAGES.items()}
    assert answers == {name: 200 if name in OPEN_TO[user] else 403 for name in PAGES}
    sent = {name: client.post(path.format(**world.ids)).status_code for name, path in SENT.items()}
    assert sent == {name: 302 if name in OPEN_TO[user] else 403 for name in SENT}
    assert {name: client.get(path).status_code for name, path in OWN_PAGES.items()} == dict.fromkeys(OWN_PAGES, 200)


@pytest.mark.parametrize("user", ROLES)
def test_the_navigation_shows_what_the_role_opens_and_leads_to_the_first_of_it(entrance: Entrance, user: str) -> None:
    client = entrance(user)
    home = client.get("/")
    text = client.get(home["Location"]).content.decode()
    for name, path in {
        name: PAGES[name] for name in ("runs", "record-types", "trail", "connector", "people", "roles", "access-review")
    }.items():
        assert (f'<a href="{path}"' in text) is (name in OPEN_TO[user])
    assert 'aria-current="page"' in text


def test_a_right_for_one_type_opens_that_type_alone(world: World, entrance: Entrance) -> None:
    client = entrance("clara")
    types = client.get("/records").content.decode()
    assert ("/records/customer" in types, "/records/project" in types) == (True, False)
    assert client.get("/records/project").status_code == 403
    refused = client.get(f"/records/project/{world.ids['project']}")
    assert refused.status_code == 403
    assert "View records" in refused.content.decode()
    assert client.get("/records/nothing").status_code == 403
    page = client.get(f"/records/customer/{world.ids['customer']}").content.decode()
    assert "/records/project/" not in page
    assert "Audit trail" in page
    trail = client.get("/audit-trail").content.decode()
    assert ("/records/customer/" in trail, "/records/employee/" in trail) == (True, False)
    assert client.get("/audit-trail?type=project").content.decode().count("trail-when") == 0


def test_a_refusal_names_the_permission_and_the_role(entrance: Entrance) -> None:
    text = entrance("emil").get("/audit-trail").content.decode()
    assert "View audit trail" in text
    assert "Your role is Employee." in text


@pytest.mark.parametrize("path", PAGES.values())
def test_strangers_are_asked_to_sign_in(world: World, path: str) -> None:
    address = path.format(**world.ids)
    answer = visitor().get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith("/sign-in?next=")


@pytest.mark.parametrize(
    "path",
    ["/records/customer/{neighbor customer}", f"/runs/{NEIGHBOR_RUNS}", f"/runs/{NEIGHBOR_RUNS}/live",
     f"/runs/{NEIGHBOR_RUNS}/records", f"/audit-trail?run={NEIGHBOR_RUNS}"],
)  # fmt: skip
def test_another_company_is_nowhere(world: World, entrance: Entrance, path: str) -> None:
    address = path.format(**world.ids)
    assert entrance("grace", company=NEIGHBOR).get(address).status_code == 200
    assert entrance("grace").get(address).status_code == 404


def test_lists_hold_nothing_of_another_company(entrance: Entrance) -> None:
    client = entrance("grace")
    for path in (
        "/records/customer",
        "/records/customer?text=quayside",
        "/audit-trail",
        "/runs",
        "/administration/netsuite-connector",
    ):
        text = client.get(path).content.decode()
        assert "Quayside" not in text
        assert "5551234_SB2" not in text


@pytest.mark.parametrize(
    "path",
    ["/records/nothing", "/records/customer/0", "/records/customer/x", "/records/customer/999999999", "/runs/999", "/runs/0", "/nowhere",
     "/runs/99999999999999999999", "/admin/", "/docs", "/static/../settings.py"],
)  # fmt: skip
def test_what_does_not_exist_is_told_with_the_navigation(entrance: Entrance, path: str) -> None:
    answer = entrance("grace").get(path)
    assert answer.status_code == 404
    assert "There is nothing at this address" in answer.content.decode()


@pytest.mark.parametrize("method", ["put", "delete", "patch", "options", "trace"])
def test_other_methods_are_turned_away(entrance: Entrance, method: str) -> None:
    client: Client = entrance("grace")
    assert getattr(client, method)("/runs").status_code == 405


def test_runs_are_started_by_a_form_and_ended_sessions_too(entrance: Entrance) -> None:
    assert entrance("grace").get("/sign-out").status_code == 405
