"""The Credentials page as an administrator meets it: entering, mistakes, saving, removing, history."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path

import pytest

from suitebridge.adapters.store.ledger import VERSION
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.credentials import TokenCredentials
from suitebridge.domain.people import Door, Stamp
from tests.console_world import World
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import (
    CANARY,
    FORM_AS_STORED,
    HISTORY,
    HTMX,
    PAGE,
    SETTINGS,
    text_of,
)


def test_the_page_shows_what_is_stored_and_no_secret(entrance: Entrance) -> None:
    text = text_of(entrance("grace"))
    assert 'value="TSTDRV1984736"' in text
    assert 'value="an-example-consumer-key"' in text
    assert "an-example-consumer-secret" not in text
    assert text.count("Stored: fingerprint") == 2
    assert "Setup &gt; Integration &gt; SOAP Web Services Preferences" in text
    assert "Connected" not in text
    order = [text.index(f'id="{name}"') for name in ("account_id", "application_id", "consumer_key", "consumer_secret", "token_id", "token_secret", "integration_user_id")]  # fmt: skip
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1234567", ("production", "https://1234567.suitetalk.api.netsuite.com", "https://1234567.app.netsuite.com")),
        ("1234567_SB2", ("sandbox 2", "https://1234567-sb2.suitetalk.api.netsuite.com")),
        ("1234567_RP", ("release preview",)),
        ("TD1234567", ("test drive",)),
        (" 1234567 ", ("production",)),
        ("1234567-sb1", ("Did you mean 1234567_SB1?",)),
        ("evil.com/", ("is not a NetSuite Account ID",)),
        ("", ("The account ID alone tells",)),
    ],
)
def test_an_account_id_is_told_while_it_is_typed(entrance: Entrance, typed: str, said: tuple[str, ...]) -> None:
    answer = entrance("grace").get(f"{PAGE}/account", {"account_id": typed})
    assert all(words in answer.content.decode() for words in said)


def test_every_mistake_is_told_at_once_beside_its_field(entrance: Entrance) -> None:
    client = entrance("grace")
    answer = client.post(
        PAGE,
        {"version": "1", "account_id": "1234567-sb1", "consumer_key": "other", "consumer_secret": "", "token_id": "",
         "token_secret": CANARY, "integration_user_id": "999"},
    )  # fmt: skip
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "Did you mean 1234567_SB1?" in text
    assert "Type the TBA Consumer Secret again" in text
    assert "The TBA User Token ID is missing." in text
    assert "must be an active administrator" in text
    for field in ("account_id", "consumer_secret", "token_id", "integration_user_id"):
        assert f'href="#{field}"' in text
        assert f'id="{field}-problem"' in text
    assert re.search(r'role="alert" tabindex="-1" autofocus', text)
    assert 'value="1234567-sb1"' in text
    assert CANARY not in text


def test_saving_keeps_untouched_secrets_and_says_what_changed(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    form = {"version": "1", "account_id": " TSTDRV1984736 ", "application_id": "NEW-APP", "consumer_key": "an-example-consumer-key",
            "consumer_secret": "", "token_id": "an-example-token-id", "token_secret": "", "integration_user_id": "1"}  # fmt: skip
    answer = client.post(PAGE, form)
    assert (answer.status_code, answer["Location"]) == (302, PAGE)
    text = text_of(client)
    assert "Saved." in text
    assert "Around the NetSuite Account ID, blanks were left out." in text
    assert "Saved." not in text_of(client)
    stored = world.store.connections.credentials()
    assert isinstance(stored, TokenCredentials)
    assert stored.consumer_secret.reveal() == "an-example-consumer-secret"
    history = text_of(client, HISTORY)
    assert "NEW-APP" in history
    assert "Integration user" in history
    assert "Grace Kim" in history
    assert f"From 127.0.0.1, with SuiteBridge {VERSION}" in history
    client.post(PAGE, {**form, "version": "2", "integration_user_id": ""})
    connection = world.store.connections.get()
    assert connection is not None
    assert connection.integration_user_id == ""


def test_who_saves_upon_an_old_page_is_told(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    stamp = Stamp(author_id="1", author_name="Grace Kim", door=Door.CONSOLE)
    world.store.connections.save_switches(frozenset(), stamp)
    form = {"version": "1", "account_id": "TSTDRV1984736", "application_id": "LATE", "consumer_key": "an-example-consumer-key", "token_id": "an-example-token-id"}  # fmt: skip
    answer = client.post(PAGE, form)
    assert answer.status_code == 409
    text = answer.content.decode()
    assert "was changed by somebody else meanwhile" in text
    assert 'value="LATE"' in text
    connection = world.store.connections.get()
    assert connection is not None
    assert connection.values["application_id"] == "5F1C-EXAMPLE"


def test_another_account_wants_every_secret_and_a_confirmation(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    form = {"version": "1", "account_id": "TSTDRV2000000", "consumer_key": "k", "consumer_secret": "", "token_id": "t", "token_secret": ""}  # fmt: skip
    refused = client.post(PAGE, form).content.decode()
    assert refused.count("the account ID was changed, and a secret belongs to its account") == 4
    assert client.post(PAGE, {**form, "consumer_secret": "cs", "token_secret": "ts"}).status_code == 302
    assert "Runs wait for you to confirm the new account" in text_of(client)
    run = client.post("/runs/start", {"workflow": "import_customers", "key": "x"})
    assert run.status_code == 422
    assert "another NetSuite account" in run.content.decode()
    assert client.post(PAGE, {"act": "confirm", "version": "2", "confirmed_account": "yes"}).status_code == 422
    confirmed = {"act": "confirm", "version": "2", "confirmed_account": "TSTDRV2000000"}
    unsaid = client.post(PAGE, confirmed)
    assert unsaid.status_code == 422
    assert "Say whether TSTDRV2000000 is a copy" in unsaid.content.decode()
    assert client.post(PAGE, {**confirmed, "relink": "other"}).status_code == 302
    assert "Runs wait" not in text_of(client)
    assert client.post("/runs/start", {"workflow": "import_customers", "key": "x"}).status_code == 302
    history = text_of(client, HISTORY)
    assert "confirmed that the company works with" in history
    assert "another account" in history
    assert world.store.trail.verify().first_broken == 0


def test_pasted_values_fill_what_was_left_alone(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    pasted = f"CONSUMER KEY / CLIENT ID\npasted-key\nCONSUMER SECRET / CLIENT SECRET\n{CANARY}"
    seen = client.post(PAGE, {"act": "read", "pasted": pasted}, headers=HTMX).content.decode()
    assert "pasted-key" in seen
    assert "recognized, not shown" in seen
    assert CANARY not in seen
    form = {"version": "1", "account_id": "TSTDRV1984736", "application_id": "", "consumer_key": "an-example-consumer-key", "consumer_secret": "",
            "token_id": "an-example-token-id", "token_secret": "", "pasted": pasted}  # fmt: skip
    assert client.post(PAGE, form).status_code == 302
    stored = world.store.connections.credentials()
    assert isinstance(stored, TokenCredentials)
    assert (stored.consumer_key, stored.consumer_secret.reveal()) == ("pasted-key", CANARY)
    assert CANARY not in text_of(client) + text_of(client, HISTORY)


def test_the_sign_on_is_asked_for_only_when_it_is_on_and_in_one_way(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    assert "Shared secret" not in text_of(client)
    on = client.post(PAGE, {**FORM_AS_STORED, "version": "1", "switches_shown": "yes", "single_sign_on": "yes"})
    assert (on.status_code, "Shared secret" in text_of(client)) == (302, True)
    off = client.post(SETTINGS, {"form": "connection", "version": "2", "switch": []})
    assert (off.status_code, "Shared secret" in text_of(client)) == (302, False)
    assert client.post(SETTINGS, {"form": "connection", "version": "3", "switch": "single_sign_on"}).status_code == 302
    text = text_of(client)
    assert "Shared secret" in text
    assert "NetSuite OAuth 2.0 credentials" not in text
    form = {**FORM_AS_STORED, "version": "4", "switches_shown": "yes", "sign_on_shown": "yes", "single_sign_on": "yes"}
    form |= {"sso_consumer_key": "sk", "sso_shared_secret": ""}
    assert "The Shared secret is missing" in client.post(PAGE, form).content.decode()
    assert client.post(PAGE, {**form, "sso_shared_secret": CANARY}).status_code == 302
    part = client.post(PAGE, {**form, "act": "sign-on", "oauth_sign_on": "yes"}, headers=HTMX).content.decode()
    assert "NetSuite OAuth 2.0 credentials" in part
    assert "Shared secret" not in part
    oauth = {**form, "version": "5", "oauth_sign_on": "yes", "oauth_consumer_key": "ok", "oauth_consumer_secret": "os"}
    assert client.post(PAGE, oauth).status_code == 302
    assert "NetSuite OAuth 2.0 credentials" in text_of(client)
    stored = world.store.connections.get()
    assert stored is not None
    assert stored.switches == {Switch.SINGLE_SIGN_ON, Switch.OAUTH_SIGN_ON}
    assert stored.values["oauth_consumer_key"] == "ok"
    assert client.post(SETTINGS, {"form": "connection", "version": "3", "switch": []}).status_code == 409
    assert CANARY not in text_of(client) + text_of(client, HISTORY)


def test_credentials_are_removed_when_that_is_meant(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    assert client.post(PAGE, {"act": "clear", "version": "1"}).status_code == 422
    assert client.post(PAGE, {"act": "clear", "version": "1", "sure": "yes"}).status_code == 302
    assert "Every key and secret was removed." in text_of(client)
    assert world.store.connections.credentials() is None
    assert "removed the NetSuite credentials" in text_of(client, HISTORY)


def test_the_right_spelling_of_an_account_id_is_one_button(entrance: Entrance) -> None:
    client = entrance("grace")
    form = {"version": "1", "account_id": "1234567-sb1", "consumer_key": "typed-key", "consumer_secret": CANARY}
    refused = client.post(PAGE, form).content.decode()
    assert 'name="spelling" value="1234567_SB1"' in refused
    plain = client.post(PAGE, {**form, "spelling": "1234567_SB1"})
    text = plain.content.decode()
    assert plain.status_code == 200
    assert 'value="1234567_SB1"' in text
    assert 'value="typed-key"' in text
    assert "sandbox 1" in text
    assert CANARY not in text
    part = client.get(f"{PAGE}/account?spelling=1234567_SB1", headers=HTMX).content.decode()
    assert 'value="1234567_SB1"' in part
    assert 'hx-swap-oob="true"' in part
    assert "sandbox 1" in part
    assert "hx-swap-oob" not in client.get(f"{PAGE}/account?spelling=evil.com", headers=HTMX).content.decode()


def test_the_overview_tells_what_ends_and_when(world: World, entrance: Entrance) -> None:
    world.clock.pass_by(timedelta(minutes=1))
    text = text_of(entrance("grace"), "/administration/netsuite-connector")
    assert "TBA Consumer Secret" in text
    assert "to be replaced by" in text
    assert "with NetSuite 2028.2" in text
    assert "days left" in text


def test_the_guide_inside_the_console_is_the_guide_of_the_documents(entrance: Entrance) -> None:
    text = text_of(entrance("grace"), "/administration/netsuite-connector/configuring-netsuite")
    for words in ("User Access Token", "Manage Access Tokens", "Enabling an employee", "REST Web Services"):
        assert words in text
    packaged = Path("src/suitebridge/console/guide/configuring-netsuite.md").read_text(encoding="utf-8")
    assert packaged == Path("docs/guides/configuring-netsuite.md").read_text(encoding="utf-8")
