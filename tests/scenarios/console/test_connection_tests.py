"""The test of the connection on the Credentials page, against the simulator: right, wrong, and what each line says."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from html import unescape
from urllib.parse import parse_qs, urlsplit

import pytest

from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.results import FULL
from suitebridge.bootstrap import House
from suitebridge.console.credentials.trials import TRIALS
from suitebridge.domain.checks import Check
from suitebridge.domain.credentials import ClientCredentials
from suitebridge.ports.netsuite import CheckState, CheckStep
from tests.contract.netsuite_worlds import client_credentials
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import (
    HISTORY,
    HTMX,
    OTHER,
    PAGE,
    ROLE,
    Connected,
    text_of,
    told_by_test,
)


def test_the_right_credentials_connect_before_they_are_saved(connected: Connected, entrance: Entrance) -> None:
    client = entrance("grace")
    text = told_by_test(client, {**connected.form, "act": "test"})
    assert "Connected: NetSuite has just accepted a signed request. These values are not saved yet." in text
    assert "The features that are needed are on" in text
    assert connected.given.token_secret not in text
    stored = connected.world.store.connections.get()
    assert stored is not None
    assert stored.account_id == "TSTDRV1984736"
    entry = connected.world.store.trail.newest(limit=1)[0]
    assert (entry.event, entry.author_name, entry.changes[0].after) == ("connection:tested", "Grace Kim", "passed")
    assert "tested the connection" in text_of(client, HISTORY)


def test_a_test_is_shown_line_by_line_to_the_one_who_asked(
    connected: Connected, entrance: Entrance, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, begun = entrance("grace"), list[Callable[[], None]]()
    monkeypatch.setattr("suitebridge.console.credentials.trials.FIRST_LINE_SECONDS", 0.0)
    monkeypatch.setattr(House, "beside", lambda _house, work: begun.append(work))
    shown = client.post(PAGE, {**connected.form, "act": "test"}, headers=HTMX).content.decode()
    assert "Testing: a line appears as each check is done" in shown
    poll = unescape(shown.split('hx-get="')[1].split('"')[0])
    key = parse_qs(urlsplit(poll).query)["test"][0]
    grace = connected.world.store.people.get("grace")
    assert grace is not None
    assert TRIALS.find(key, "another/1") is None
    trial = TRIALS.find(key, f"{connected.world.store.company.id}/{grace.id}")
    assert trial is not None
    trial.steps.append(CheckStep(check=Check.DNS, title="The name is known", state=CheckState.PASSED, said="It is."))
    assert "The name is known" in client.get(poll, headers=HTMX).content.decode()
    assert "The name is known" not in client.get(poll.replace("after=0", "after=1"), headers=HTMX).content.decode()
    begun[0]()
    ended = client.get(poll.replace("after=0", "after=1"), headers=HTMX).content.decode()
    assert 'id="check-title" class="with-icon tone-good" hx-swap-oob="true"' in ended
    assert "Connected: NetSuite has just accepted a signed request." in ended
    assert "The account ID is one that NetSuite gives" not in ended
    assert "The host is reached, with a valid certificate" in ended
    forgotten = client.get(poll.replace(key, "another"), headers=HTMX)
    assert forgotten["HX-Retarget"] == "#check"
    assert "The test did not end: whether NetSuite accepts these values is not known." in forgotten.content.decode()


def test_a_stored_secret_is_used_for_a_field_left_alone(connected: Connected, entrance: Entrance) -> None:
    client = entrance("grace")
    assert client.post(PAGE, connected.form).status_code == 302
    blank = {**connected.form, "consumer_secret": "", "token_secret": "", "act": "test"}
    text = told_by_test(client, blank)
    assert "Connected: NetSuite has just accepted a signed request." in text
    assert "not saved yet" not in text
    whole = client.post(PAGE, blank)
    assert whole.status_code == 200
    assert "Connected: NetSuite has just accepted" in whole.content.decode()


@pytest.mark.parametrize("wrong", ["consumer_key", "consumer_secret", "token_id", "token_secret"])
def test_wrong_credentials_do_not_connect(connected: Connected, entrance: Entrance, wrong: str) -> None:
    form = {**connected.form, wrong: "0" * 64, "act": "test"}
    text = told_by_test(entrance("grace"), form)
    assert "Not connected" in text
    assert "View Login Audit Trail" in text
    assert "Connected:" not in text
    assert "0" * 64 not in text


def test_a_wrong_account_is_named_before_anything_signed_leaves(connected: Connected, entrance: Entrance) -> None:
    form = {**connected.form, "account_id": OTHER, "act": "test"}
    text = told_by_test(entrance("grace"), form)
    assert f"NetSuite does not confirm the account {OTHER}" in text or "it does not know this account" in text
    assert "Not connected" in text
    assert "SOAP Web Services Preferences" in text


def test_a_missing_permission_is_named(connected: Connected, entrance: Entrance) -> None:
    account = connected.account
    permissions = {**account.roles.connector.permissions, **dict.fromkeys(DOOR_PERMISSIONS, FULL)}
    del permissions["LIST_CUSTJOB"]
    role = account.roles.add("Lacking", permissions)
    token = account.tokens.add(account.integrations.add("Second"), role, user="ann@example.com")
    lacking = dataclasses.replace(connected, given=account.tokens.credentials(account.id, token))
    text = told_by_test(entrance("grace"), {**lacking.form, "act": "test"})
    assert "NetSuite let us in, and" in text
    assert "adds the permission" in text
    assert "Connected:" not in text
    role_page = text_of(entrance("grace"), ROLE)
    assert "1 permission is missing" in role_page
    line = role_page[role_page.index('<tr><th scope="row">Customers') :].partition("</tr>")[0]
    assert "Missing" in line
    assert role_page.count("Missing</span>") == 1
    assert "Held</span>" in role_page


def test_a_clock_that_is_off_is_named(connected: Connected, entrance: Entrance) -> None:
    connected.account.clock.advance(900)
    text = told_by_test(entrance("grace"), {**connected.form, "act": "test"})
    assert "Not connected" in text
    assert "Set this machine&#x27;s clock from a time server" in text


def test_what_is_not_filled_in_is_not_tested(connected: Connected, entrance: Entrance) -> None:
    form = {**connected.form, "token_id": "", "token_secret": "", "act": "test"}
    text = told_by_test(entrance("grace"), form)
    assert "Not tested: nothing was sent to NetSuite." in text
    assert "The TBA User Token ID is missing." in text


def test_the_least_role_is_listed_before_any_test(entrance: Entrance) -> None:
    text = text_of(entrance("grace"), ROLE)
    assert "has not been tested yet" in text
    for words in ("Log in using Access Tokens", "ADMI_WEBSERVICES", "Track Time", "LIST_CUSTJOB"):
        assert words in text
    assert "Missing</span>" not in text
    # What no connection can know is told as such, for the records that runs write and for no others.
    scripts = text[text.index("Which scripts run.") :].partition("</li>")[0]
    assert "Setup &gt; Users/Roles &gt; Access Tokens" in text
    assert "<strong>Invoice</strong>" in scripts
    assert "Customer</strong>" not in scripts


def test_oauth_client_credentials_are_entered_tested_and_saved(connected: Connected, entrance: Entrance) -> None:
    client = entrance("grace")
    assert "Certificate ID" not in text_of(client)
    given = client_credentials(connected.account)
    shown = {"switches_shown": "yes", "client_credentials": "yes"}
    part = client.post(PAGE, {**connected.form, **shown, "act": "sign-in"}, headers=HTMX).content.decode()
    assert "Certificate ID" in part
    assert "TBA Consumer Secret" not in part
    form = {
        "version": str(connected.version),
        "account_id": given.account.value,
        "client_id": given.client_id,
        "certificate_id": given.certificate_id,
        "private_key": given.private_key.reveal().replace("\n", "\r\n"),
        **shown,
    }
    assert "The Private key is missing" in client.post(PAGE, {**form, "private_key": ""}).content.decode()
    text = told_by_test(client, {**form, "act": "test"})
    assert "Connected: NetSuite has just accepted a signed request. These values are not saved yet." in text
    assert "Not needed: everything goes through REST web services" in text
    pasted = f"CONSUMER KEY / CLIENT ID\n{given.client_id}\nCertificate ID: {given.certificate_id}\n"
    blank = {**form, "client_id": "", "certificate_id": "", "pasted": pasted}
    assert client.post(PAGE, blank).status_code == 302
    stored = connected.world.house.companies.store(connected.world.store.company.id).connections.credentials()
    assert isinstance(stored, ClientCredentials)
    saved = told_by_test(client, {**form, "version": str(connected.version), "private_key": "", "act": "test"})
    assert "Connected: NetSuite has just accepted a signed request." in saved
    key_line = given.private_key.reveal().splitlines()[1]
    assert key_line not in text + saved + text_of(client) + text_of(client, HISTORY)
    assert "Certificate ID" in text_of(client, HISTORY)


def test_a_certificate_is_created_uploaded_and_used(connected: Connected, entrance: Entrance) -> None:
    client, account = entrance("grace"), connected.account
    store = connected.world.store
    assert client.post(PAGE, connected.form).status_code == 302
    version = {"version": str(connected.version)}
    refused = client.post(PAGE, {**version, "act": "create-certificate", "certificate_days": "900"})
    assert refused.status_code == 422
    assert "valid for 1 to 729 days" in refused.content.decode()
    order = {**version, "act": "create-certificate", "certificate_kind": "ec-384", "certificate_days": "45"}
    assert client.post(PAGE, order).status_code == 302
    assert "This one waits for NetSuite: EC P-384" in text_of(client)
    file = client.get(PAGE, {"file": "certificate"})
    assert file["Content-Disposition"] == 'attachment; filename="suitebridge-certificate.pem"'
    integration = account.integrations.add("Ours", has_client_credentials=True, scopes=("rest_webservices",))
    robot = account.users.add("robot@example.com", name="Robot", roles=[account.roles.connector])
    taken = account.certificates.add(file.content, integration, account.roles.connector, robot)
    use = {"act": "use-certificate", "certificate_client": integration.client_id, "next_certificate_id": "another"}
    no = client.post(PAGE, {**use, "version": str(connected.version)})
    assert no.status_code == 409
    assert "gave no access token" in no.content.decode()
    use = {**use, "next_certificate_id": taken.id, "version": str(connected.version)}
    assert client.post(PAGE, use).status_code == 302
    assert "signs in with it from now on" in text_of(client)
    used = connected.world.house.companies.store(store.company.id).connections.credentials()
    assert isinstance(used, ClientCredentials)
    assert used.certificate_id == taken.id
    overview = text_of(client, "/administration/netsuite-connector")
    assert f"Certificate {taken.id}" in overview
    assert "44 days left" in overview or "45 days left" in overview
    history = text_of(client, HISTORY)
    assert "SHA-256" in history
    key_line = used.private_key.reveal().splitlines()[1]
    assert key_line not in overview + history + text_of(client) + file.content.decode()
