"""Role × door × action: whoever may act, acts through every door; whoever may not is refused at each, by the name of the permission.

The calls are harmless: what is allowed comes as far as an entry that is refused, or changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest
from django.urls import resolve

from suitebridge.administration.permitting import RecordNeed, RoleNeed, RunNeed, meets, permission_of
from suitebridge.api.endpoints import ENDPOINTS
from suitebridge.cli.logins import Logins, write_logins
from suitebridge.cli.main import run_line
from suitebridge.console.access import Access
from suitebridge.console.routes import ROUTES
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import APPROVER, INTEGRATION_DESIGNER, OPTIONAL_ROLES, STANDARD_ROLES, VIEWER, Permission
from tests.architecture.source import ROOT
from tests.console_world import COMPANY, PASSWORD, ROLES, World
from tests.contract.stories import add_errand
from tests.scenarios.api.conftest import Programs
from tests.scenarios.console.conftest import entrance

__all__ = ["entrance"]
_PERSON = {"user_id": "pia", "first": "Pia", "last": "Okafor", "email": "no address", "role": "Employee"}
_SETTLE = Permission.EDIT_INTEGRATION_SETTINGS
_ADMINISTER, _PEOPLE = Permission.ADMINISTER, Permission.MANAGE_PEOPLE
_RUN, _STEER, _TRAIL = Permission.RUN_INTEGRATION, Permission.STEER_RUNS, Permission.VIEW_AUDIT_TRAIL
_SEE, _RUNS = RecordNeed.THIS_TYPE, RunNeed.SOME_KIND
_ENTER, _APPROVE = RecordNeed.ENTER_TYPE, Permission.APPROVE_RECORDS
_APPROVAL = "/records/customer/{customer}/approval"
REFERENCE = ROOT / "docs" / "reference" / "cli.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What somebody does, as each door has it; a door that has not is left out. {other} is another user of the company."""

    needs: RoleNeed
    console: str = ""
    form: Mapping[str, str | list[str]] | None = None
    api: tuple[str, ...] = ()
    contents: tuple[object, ...] = ()
    line: str = ""


def action(  # one parameter for each part of a line
    needs: RoleNeed,
    *,
    console: str = "",
    form: Mapping[str, str | list[str]] | None = None,
    api: str = "",
    body: object = None,
    line: str = "",
) -> Action:
    """Write one line of the matrix; `api` names an endpoint, `form` is what the console's page sends (None: the page is opened)."""
    return Action(needs=needs, console=console, form=form, api=(api,) if api else (), contents=(body,), line=line)


_CONNECTOR = "/administration/netsuite-connector"
_CREDENTIALS, _PEOPLE_PAGE = f"{_CONNECTOR}/credentials", "/administration/people/{id}"
_WORKFLOW = f"{_CONNECTOR}/mapping/import_customers"
ACTIONS = {
    "see the connection": action(_ADMINISTER, console=_CONNECTOR, api="show_connection"),
    "save credentials": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "save", "account_id": "nonsense"}, api="put_connection", body={"account_id": "nonsense"},
        line="--no-input connect --credentials-file {empty}",
    ),
    "clear credentials": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "clear"}, api="delete_credentials", line="disconnect --yes"
    ),
    "see the certificates": action(_ADMINISTER, console=f"{_CREDENTIALS}", api="show_certificates", line="certificate show"),
    "create a certificate": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "create-certificate", "certificate_days": "0"}, api="add_certificate",
        body={"days": 0}, line="certificate create --days 1",
    ),
    "use a certificate": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "use-certificate"}, api="put_certificate_in_use", body={"certificate_id": ""},
        line="certificate use nothing",
    ),
    "rotate the certificate": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "rotate-certificate"}, api="rotate", body={"days": 1}, line="certificate rotate",
    ),
    "forget a certificate": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "discard-certificate"}, api="delete_next_certificate", line="certificate discard"
    ),
    "confirm an account": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "confirm"}, api="confirm", body={"relink": "nothing"},
        line="confirm-account 1234567 --as other",
    ),
    "test typed credentials": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "test", "account_id": "nonsense"}, api="check_entered", body={"account_id": "nonsense"}
    ),
    "see the settings": action(_ADMINISTER, console=f"{_CONNECTOR}/settings", api="show_settings"),
    "change the settings": action(
        _ADMINISTER, console=f"{_CONNECTOR}/settings", form={"form": "connection", "version": "0"}, api="put_settings", body={"switches": []}
    ),
    "settings history": action(_ADMINISTER, console=f"{_CONNECTOR}/settings-history", api="show_history", line="audit settings"),
    "see the integration user": action(_ADMINISTER, api="show_integration_user", line="integration-user show"),
    "choose the integration user": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "save", "integration_user_id": "999999"}, api="put_integration_user", body={"id": "999999"},
        line="integration-user choose {other}",
    ),
    "clear the integration user": action(
        _ADMINISTER, console=_CREDENTIALS, form={"act": "save", "integration_user_id": ""}, api="delete_integration_user", line="integration-user clear"
    ),
    "check": action(_RUN, api="check_saved", line="check"),
    "start a run": action(
        _RUN, console="/runs/start", form={"workflow": ["nothing"]}, api="start_run", body={"workflows": ["nothing"]}, line="run --workflow nothing"
    ),
    "try records again": action(
        _RUN, console="/runs/23/retry", form={"group": "nothing"}, api="retry_run", body={"group": "nothing"}, line="retry 23 --code nothing"
    ),
    "carry one record over": action(
        _RUN, console="/records/customer/{customer}/transfer", form={"direction": "export"}, api="transfer_record", body={"direction": "export"},
        line="run --record customer {other}",
    ),
    "see single records": action(_RUN, api="list_errands"),
    "see a single record": action(_RUN, api="show_errand"),
    "pause a run": action(
        _STEER, console="/runs/23/steering", form={"steering": "pause"}, api="pause_run", line="runs pause 23"
    ),
    "resume a run": action(
        _STEER, console="/runs/23/steering", form={"steering": "resume"}, api="resume_run", line="runs resume 23"
    ),
    "cancel a run": action(
        _STEER, console="/runs/23/steering", form={"steering": "cancel"}, api="cancel_run", line="runs cancel 23"
    ),
    "see the configuration": action(_SETTLE, api="show_configuration", line="config export"),
    "compare the configuration with a file": action(
        _SETTLE, api="compare_configuration", body={"file": "{}"}, line="config diff nothing.json"
    ),
    "apply a configuration": action(
        _SETTLE, api="put_configuration", body={"file": "{}"}, line="config apply nothing.json"
    ),
    "see the mapping": action(_SETTLE, console=f"{_CONNECTOR}/mapping"),
    "switch workflows on and off": action(_SETTLE, console=f"{_CONNECTOR}/mapping", form={"act": "activate", "workflow": "nothing"}),
    "edit the rows of a workflow": action(_SETTLE, console=_WORKFLOW, form={"act": "nothing"}),
    "edit a row": action(_SETTLE, console=f"{_WORKFLOW}/row", form={"kind": "nothing"}),
    "edit a group as text": action(_SETTLE, console=f"{_WORKFLOW}/text", form={"text": "nothing\n"}),
    "edit a filter": action(_SETTLE, console=f"{_WORKFLOW}/filter", form={"when-0": "nothing"}),
    "edit workflow settings": action(_SETTLE, console=f"{_WORKFLOW}/settings", form={"switch": "nothing"}),
    "add a workflow": action(_SETTLE, console=f"{_CONNECTOR}/add-workflow", form={"name": "no good!"}),
    "preview a mapping": action(_SETTLE, console=f"{_WORKFLOW}/preview"),
    "save the mapping": action(_SETTLE, console=f"{_CONNECTOR}/mapping-draft", form={"act": "discard"}),
    "take a legacy configuration": action(_SETTLE, console=f"{_CONNECTOR}/legacy-notation", form={"text": "nothing"}),
    "keep the mapping as legacy text": action(_SETTLE, console=f"{_CONNECTOR}/legacy-notation/file"),
    "restore the mapping": action(_SETTLE, console=f"{_CONNECTOR}/mapping-versions", form={"act": "nothing"}),
    "see the connector's settings": action(
        _ADMINISTER, console=f"{_CONNECTOR}/settings", api="show_connector_settings", line="settings show"
    ),
    "change the connector's settings": action(
        _ADMINISTER, console=f"{_CONNECTOR}/settings", form={"version": "99", "value-own_workflows": "nothing"}, api="put_connector_settings",
        body={"settings": {"nothing": True}}, line="settings set nothing=on",
    ),
    "see what goes in real time": action(_SETTLE, console=f"{_CONNECTOR}/real-time", api="show_real_time", line="real-time show"),
    "choose what goes in real time": action(
        _SETTLE, console=f"{_CONNECTOR}/real-time", form={"act": "exports", "type": "nothing"}, api="put_real_time", body={"exports": ["nothing"]},
        line="real-time set --type nothing",
    ),
    "see the custom fields": action(
        _SETTLE, console="/administration/custom-fields", api="show_custom_fields", line="custom-fields list"
    ),
    "see the custom fields of a type": action(_SETTLE, api="show_type_fields"),
    "define a custom field": action(
        _SETTLE, console="/administration/custom-fields", form={"type": "customer", "name": "no"}, api="put_custom_field",
        body={"label": "Tier", "kind": "text"}, line="custom-fields save customer nothing --label Tier",
    ),
    "remove a custom field": action(
        _SETTLE, console="/administration/custom-fields", form={"act": "remove", "type": "customer", "name": "tier__c"},
        api="delete_custom_field", line="custom-fields remove customer nothing",
    ),
    "see what runs by itself": action(_SETTLE, console=f"{_CONNECTOR}/automate", api="show_groups", line="groups list"),
    "see a workflow group": action(_SETTLE, console=f"{_CONNECTOR}/groups/Nightly", api="show_group"),
    "add a workflow group": action(_SETTLE, console=f"{_CONNECTOR}/add-group", form={"name": "Nightly"}),
    "change a workflow group": action(
        _SETTLE, console=f"{_CONNECTOR}/groups/Nightly", form={"version": "99"}, api="put_group", body={"workflows": ["nothing"]},
        line="groups save Nightly -w nothing",
    ),
    "remove a workflow group": action(
        _SETTLE, console=f"{_CONNECTOR}/groups/Nightly", form={"act": "remove", "version": "99"}, api="delete_group", line="groups remove Nothing"
    ),
    "sign in at NetSuite oneself": action(_RUN, line="--no-input netsuite login --account-id TSTDRV1"),
    "ask NetSuite with one's own rights": action(_RUN, line="netsuite query SELECT"),
    "see NetSuite's fields": action(_RUN, line="fields --type nothing"),
    "see the custom fields found in NetSuite": action(
        _SETTLE, console=f"{_CONNECTOR}/fields", api="show_netsuite_fields"
    ),
    "synchronize the custom fields": action(
        _SETTLE, console=f"{_CONNECTOR}/fields", form={"act": "cancel"}, api="synchronize_netsuite_fields", body={},
        line="fields --synchronize --type nothing",
    ),
    "compare both sides": action(
        _RUN, console="/runs/comparison", api="show_reconciliation", line="reconcile --workflow nothing"
    ),
    "start a dry run": action(
        _RUNS, console="/runs/start", form={"workflow": ["nothing"], "dry": "yes"}, api="start_dry_run", body={"workflows": ["nothing"]},
        line="run --dry-run --workflow nothing",
    ),
    "see what a dry run would write": action(
        _RUNS, console="/runs/21/records", api="list_outcomes", line="runs differences 21"
    ),
    "see one record of a run": action(
        _RUNS, console="/runs/21/records/import_customers/500", api="show_outcome", line="runs record 21 import_customers 500"
    ),
    "see who is notified": action(
        _SETTLE, console=f"{_CONNECTOR}/notifications", api="show_recipients", line="notifications list"
    ),
    "see a recipient of notifications": action(_SETTLE, console=f"{_CONNECTOR}/recipients/Ops", api="show_recipient"),
    "save whom to notify": action(
        _SETTLE, console=f"{_CONNECTOR}/recipients/Ops", form={"url": "nonsense"}, api="put_recipient", body={"url": "nonsense"},
        line="notifications save finance --url nonsense",
    ),
    "add whom to notify": action(_SETTLE, console=f"{_CONNECTOR}/add-recipient", form={"name": "Ops", "url": "nonsense"}),
    "remove whom to notify": action(
        _SETTLE, console=f"{_CONNECTOR}/recipients/Ops", form={"act": "remove", "version": "99"}, api="delete_recipient",
        line="notifications remove nobody",
    ),
    "try a notification": action(_SETTLE, api="try_recipient", line="notifications test nobody"),
    "see notifications": action(_SETTLE, api="list_messages", line="notifications messages"),
    "send a notification again": action(
        _SETTLE, console=f"{_CONNECTOR}/notifications", form={"message": "msg_1"}, api="repeat_message", line="notifications again nothing"
    ),
    "see the mail server": action(_SETTLE, console=f"{_CONNECTOR}/mail-server", api="show_mail_server", line="mail-server show"),
    "save the mail server": action(
        _SETTLE, console=f"{_CONNECTOR}/mail-server", form={"host": "no host"}, api="put_mail_server", body={"host": "no host", "sender": "nobody"},
        line="mail-server save nothing --sender nobody",
    ),
    "remove the mail server": action(
        _SETTLE, console=f"{_CONNECTOR}/mail-server", form={"act": "remove", "version": "99"}, api="delete_mail_server", line="mail-server remove"
    ),
    "list runs": action(_RUNS, console="/runs", api="list_runs", line="runs"),
    "see what is open": action(_RUNS, console="/runs/open", api="list_open", line="runs open"),
    "see the workers": action(_RUNS, console="/runs/workers", api="list_workers", line="workers"),
    "see a run": action(_RUNS, console="/runs/23", api="show_run", line="runs show 23"),
    "see a run's errors": action(_RUNS, console="/runs/23/records", api="list_errors", line="errors 23"),
    "see the schedules": action(_SETTLE, api="show_schedules", line="schedules list"),
    "see a schedule": action(_SETTLE, console=f"{_CONNECTOR}/schedules/Mornings", api="show_schedule", line="schedules show Mornings"),
    "add a schedule": action(_SETTLE, console=f"{_CONNECTOR}/add-schedule", form={"name": "Mornings"}),
    "change a schedule": action(
        _SETTLE, console=f"{_CONNECTOR}/schedules/Mornings", form={"version": "99"}, api="put_schedule",
        body={"group": "nothing", "zone": "UTC", "times": ["06:00"], "days": ["mon"]}, line="schedules save Mornings --group nothing --at 06:00",
    ),
    "turn a schedule on": action(_SETTLE, line="schedules turn-on Nothing"),
    "turn a schedule off": action(_SETTLE, line="schedules turn-off Nothing"),
    "remove a schedule": action(
        _SETTLE, console=f"{_CONNECTOR}/schedules/Mornings", form={"act": "remove", "version": "99"}, api="delete_schedule",
        line="schedules remove Nothing",
    ),
    "list people": action(_PEOPLE, console="/administration/people", api="list_users", line="people list"),
    "see a person": action(_PEOPLE, console=_PEOPLE_PAGE, api="show_user"),
    "add a person": action(
        _PEOPLE, console="/administration/people/add", form=_PERSON, api="add_user", body=_PERSON,
        line="people add pia --first Pia --last Okafor --email nothing --role Employee",
    ),
    "change a person": action(
        _PEOPLE, console=_PEOPLE_PAGE, form=_PERSON, api="change_user", body=_PERSON,
        line="people change {other} --email nothing",
    ),
    "activate a person": action(
        _PEOPLE, console=_PEOPLE_PAGE, form={**_PERSON, "active": "yes"}, api="change_activity", body={"is_active": True},
        line="people activate {other}",
    ),
    "deactivate a person": action(_PEOPLE, console=_PEOPLE_PAGE, form=_PERSON, line="people deactivate {other}"),
    "give a role": action(
        _PEOPLE, console=_PEOPLE_PAGE, form={**_PERSON, "role": "King"}, api="change_role", body={"role": "King"},
        line="people change {other} --role King",
    ),
    "invite a person": action(
        _PEOPLE, console=f"{_PEOPLE_PAGE}/access", form={"act": "invite"}, api="invite_user", body={"kind": "first"},
        line="people invite {other}",
    ),
    "end a person's access": action(
        _PEOPLE, console=f"{_PEOPLE_PAGE}/access", form={"act": "end"}, api="end_user_access", line="people sign-out {other}"
    ),
    "remove a second factor": action(
        _PEOPLE, console=f"{_PEOPLE_PAGE}/access", form={"act": "second-factor"}, api="remove_second_factor",
        line="people remove-second-factor {other}",
    ),
    "see the sign-in rules": action(
        _ADMINISTER, console="/administration/sign-in-rules", api="show_sign_in_rules", line="sign-in-rules show"
    ),
    "change the sign-in rules": action(
        _ADMINISTER, console="/administration/sign-in-rules", form={"idle_minutes": "0", "longest_minutes": "0"},
        api="put_sign_in_rules", body={"idle_minutes": 0, "longest_minutes": 0, "demands_second_factor": False},
        line="sign-in-rules change --idle-minutes 0",
    ),
    "give a role at the command line": action(_PEOPLE, line="people give-role {other} King"),
    "list roles": action(_PEOPLE, console="/administration/roles", api="show_roles", line="roles list"),
    "see a role": action(_PEOPLE, console="/administration/roles/Employee", api="show_role"),
    "change a role": action(
        _ADMINISTER, console="/administration/roles/Administrator", form={"name": "Administrator"}, api="put_role",
        body={"permissions": []}, line="roles change Administrator --permission view-records",
    ),
    "add a role": action(
        _ADMINISTER, console="/administration/add-role", form={"name": "Administrator"},
        line="roles add Administrator --permission view-records",
    ),
    "turn a role on": action(
        _ADMINISTER, console="/administration/roles", form={"role": "Administrator"}, api="turn_on",
        line="roles turn-on Administrator",
    ),
    "remove a role": action(
        _ADMINISTER, console="/administration/roles/Administrator", form={"act": "remove"}, api="delete_role",
        line="roles remove Administrator",
    ),
    "review access": action(
        _TRAIL, console="/administration/access-review", api="show_access_review", line="access review"
    ),
    "take the review of access away": action(_TRAIL, console="/administration/access-review.csv"),
    "confirm a review of access": action(
        _ADMINISTER, console="/administration/access-review", form={"fingerprint": "none"}, api="add_attestation",
        body={"fingerprint": "none"}, line="access confirm none",
    ),
    "load records from files": action(Permission.MODIFY_RECORDS, line="workspace load {folder}"),
    "replace the master key": action(_ADMINISTER, line="keys rotate"),
    "see the master keys": action(_ADMINISTER, line="keys status"),
    "create another company": action(_ADMINISTER, line="--no-input company create"),
    "list record types": action(RecordNeed.SOME_TYPE, console="/records", api="list_types"),
    "keep duties apart": action(
        _ADMINISTER, console="/administration/roles", form={"duties": "off"}, api="put_duties",
        body={"keeps_duties_apart": False}, line="roles keep-apart off",
    ),
    "see which duties are kept apart": action(_PEOPLE, api="show_duties"),
    "list records": action(_SEE, console="/records/customer", api="list_records"),
    "see a record": action(_SEE, console="/records/customer/{customer}", api="show_record"),
    "add a record": action(_ENTER, console="/records/customer/add", form={"name": ""}),
    "change a record": action(_ENTER, console="/records/customer/{customer}/edit", form={"name": ""}),
    "enter one's own week": action(Permission.ENTER_OWN_RECORDS, console="/week", form={"row-0-0": "nothing"}),
    "submit a record": action(
        _ENTER, console=_APPROVAL, form={"act": "submit"}, api="submit_record", line="records submit customer {customer}"
    ),
    "approve a record": action(
        _APPROVE, console=_APPROVAL, form={"act": "approve"}, api="approve_record", line="records approve customer {customer}"
    ),
    "reject a record": action(
        _APPROVE, console=_APPROVAL, form={"act": "reject", "reason": "no"}, api="reject_record", body={"reason": "no"},
        line="records reject customer {customer} --reason no",
    ),
    "reopen a record": action(
        _ENTER, console=_APPROVAL, form={"act": "reopen"}, api="reopen_record", line="records reopen customer {customer}"
    ),
    "see a record's trail": action(_TRAIL, api="record_trail"),
    "see the trail": action(_TRAIL, console="/audit-trail", api="list_entries", line="audit list"),
    "verify the trail": action(_TRAIL, api="verify", line="audit verify"),
}  # fmt: skip
OF_ANYBODY = {"show_tokens", "add_token", "delete_token"}
"""Everybody's own: a good token is enough."""
LINES_OF_ANYBODY = {
    "login", "logout", "netsuite logout", "people join", "people password", "tokens list", "tokens add", "tokens withdraw",
    "demo", "parity", "serve", "worker", "workers", "backup", "restore", "workspace seed", "keys create",
    "config schema",
}  # fmt: skip
"""Commands about oneself, and those of whoever may write the data directory; seeding is loading a folder that ships with SuiteBridge, and the schema of a file is
no secret of anybody."""


EVERYBODY = {**ROLES, "vera": VIEWER, "dora": INTEGRATION_DESIGNER, "abel": APPROVER}
"""Somebody of each standard role, and of one that sees a single type."""


@pytest.fixture(autouse=True)
def newcomers(request: pytest.FixtureRequest) -> None:
    """Add whoever the firm has not."""
    if "world" not in request.fixturenames:
        return
    world: World = request.getfixturevalue("world")
    for user_id in EVERYBODY.keys() - ROLES.keys():
        world.store.people.add(
            user_id=user_id,
            first=user_id,
            last="",
            email="",
            role=EVERYBODY[user_id],
            password=Secret(PASSWORD),
            stamp=None,
        )


def test_every_standard_role_is_asked() -> None:
    assert set(EVERYBODY.values()) >= {*STANDARD_ROLES, *OPTIONAL_ROLES}


def may(user: str, one: Action) -> bool:
    """Whether somebody's role opens an action; the records asked for are customers."""
    return meets(EVERYBODY[user], one.needs, record_type="customer")


def places(world: World, user: str) -> dict[str, str]:
    """Give what stands for the names in braces: never the acting user."""
    other = "audrey" if user != "audrey" else "emil"
    person = world.store.people.get(other)
    assert person is not None
    return {**world.ids, "other": other, "id": person.id}


def test_the_matrix_holds_every_endpoint() -> None:
    told = {name for one in ACTIONS.values() for name in one.api}
    assert told | OF_ANYBODY == {endpoint.name for endpoint in ENDPOINTS}
    for one in ACTIONS.values():
        for endpoint in ENDPOINTS:
            if endpoint.name in one.api and endpoint.needs is not None:
                assert endpoint.needs is one.needs, endpoint.name


def test_the_matrix_holds_every_command() -> None:
    lines = [one.line.split() for one in ACTIONS.values() if one.line]
    for command in commands():
        words = command.split()
        assert command in LINES_OF_ANYBODY or any(is_about(line, words) for line in lines), command


def commands() -> Iterator[str]:
    """Give every command as the reference page of the command line names it."""
    for found in re.finditer(
        r"^### `suitebridge ([a-z -]+?)(?: [A-Z_]+)?`$", REFERENCE.read_text("utf-8"), re.MULTILINE
    ):
        yield found[1]


def is_about(line: list[str], words: list[str]) -> bool:
    """Whether a line runs a command; options of all commands stand before its name."""
    bare = line[1:] if line[0].startswith("-") else line
    return bare[: len(words)] == words


def test_the_matrix_holds_every_page_that_takes_forms() -> None:
    taken = {resolve(re.sub(r"\{\w+\}", "1", one.console)).url_name for one in ACTIONS.values() if one.form is not None}
    own = {"first-run", "sign-in", "sign-in-code", "sign-out", "invitation", "policy-reports", "second-factor"}
    own |= {"account", "account-password", "account-access", "account-sessions", "account-tokens"}
    assert taken | own >= {route.name for route in ROUTES if "POST" in route.methods}


@pytest.mark.parametrize("user", EVERYBODY)
def test_the_api_lets_in_whom_it_may_and_refuses_the_others(world: World, programs: Programs, user: str) -> None:
    known, found = places(world, user), {endpoint.name: endpoint for endpoint in ENDPOINTS}
    parts = {
        "{slug:person_id}": known["id"], "{str:name}": "Administrator", "{str:group}": "Nightly", "{int:number}": "23", "{slug:source_id}": "1200",
        "{slug:record_type}": "customer", "{slug:record_id}": known["customer"], "{slug:workflow}": "import_customers",
        "{slug:errand_id}": add_errand(world.store, known["customer"]),
        "{slug:field}": "tier__c", "{str:schedule}": "Mornings", "{str:recipient}": "Ops", "{slug:message}": "msg_1",
    }  # fmt: skip
    program = programs.of(user)
    for name, one in ACTIONS.items():
        for endpoint in (found[api] for api in one.api):
            path = endpoint.path
            for part, text in parts.items():
                path = path.replace(part, text)
            of_version = endpoint.view.__module__.endswith(
                (
                    "connection",
                    "workflow_groups",
                    "schedules",
                    "notifications",
                    "mail_server",
                    "real_time",
                    "connector_settings",
                    "custom_fields",
                    "configuration",
                )
            )
            headers = {"If_Match": '"99999"'} if of_version else {"If_Match": "*"}
            answer = program.call(endpoint.method, path, one.contents[0], **headers)
            text = answer.content.decode()
            if may(user, one):
                assert answer.status_code not in {401, 403, 404, 405, 415, 500}, f"{name}: {text}"
            else:
                assert answer.status_code == 403, f"{name}: {text}"
                assert f"lacks the permission “{permission_of(one.needs).value}”" in text, name


@pytest.mark.parametrize("user", EVERYBODY)
def test_the_console_lets_in_whom_it_may_and_refuses_the_others(
    world: World, request: pytest.FixtureRequest, user: str
) -> None:
    client = request.getfixturevalue("entrance")(user)
    for name, one in ACTIONS.items():
        if not one.console:
            continue
        path = one.console.format(**places(world, user))
        answer = client.get(path) if one.form is None else client.post(path, one.form)
        if may(user, one):
            assert answer.status_code not in {400, 401, 403, 404, 405, 500}, f"{name}: {answer.status_code}"
        else:
            gate = next(route.needs for route in ROUTES if route.name == resolve(path).url_name)
            asked = (
                one.needs if isinstance(gate, Access) or meets(EVERYBODY[user], gate, record_type="customer") else gate
            )
            assert answer.status_code == 403, name
            assert permission_of(asked).value in answer.content.decode(), name


@pytest.mark.parametrize("user", EVERYBODY)
def test_the_command_line_lets_in_whom_it_may_and_refuses_the_others(
    world: World, programs: Programs, capsys: pytest.CaptureFixture[str], user: str
) -> None:
    directory, known = world.house.directory, places(world, user)
    write_logins(directory, Logins(current=COMPANY, tokens={COMPANY: Secret(programs.of(user).token)}))
    empty = directory / "empty.json"
    empty.write_text("{}", encoding="utf-8")
    folder = directory / "files"
    folder.mkdir()
    (folder / "customer.csv").write_text("key,nothing\n", encoding="utf-8")
    for name, one in ACTIONS.items():
        if not one.line:
            continue
        words = [word.format(**known, empty=empty, folder=folder) for word in one.line.split()]
        code = run_line(["--data", str(directory), *words])
        said = capsys.readouterr().err
        if may(user, one):
            assert "lacks the permission" not in said, f"{name}: {said}"
            assert code != 1, f"{name}: {said}"
        else:
            assert code == 4, f"{name}: {code} {said}"
            assert f"lacks the permission “{permission_of(one.needs).value}”" in said, f"{name}: {said}"
