"""The Credentials page as an administrator meets it: entering, mistakes, testing against the simulator, saving, history."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from html import unescape
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.permissions import DOOR_PERMISSIONS
from netsuite_simulator.results import FULL
from netsuite_simulator.tokens import Credentials
from suitebridge.adapters.store.ledger import VERSION
from suitebridge.adapters.store.opening import close_connections
from suitebridge.bootstrap import House, open_house
from suitebridge.console.credentials.trials import TRIALS
from suitebridge.domain.checks import Check
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.people import Door, Stamp
from suitebridge.ports.netsuite import CheckState, CheckStep
from suitebridge.web import houses
from tests.console_world import World
from tests.scenarios.console.conftest import Entrance, Template

PAGE = "/administration/netsuite-connector/credentials"
SETTINGS = "/administration/netsuite-connector/settings"
ROLE = "/administration/netsuite-connector/integration-role"
HISTORY = "/administration/netsuite-connector/settings-history"
HTMX = {"HX-Request": "true"}
OTHER = "TSTDRV5550001"
CANARY = "canary-5b1f-secret"
MOST_LOOKS = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Connected:
    """A firm beside a simulated account, whose credentials are those of `given`."""

    world: World
    account: Account
    given: Credentials

    @property
    def form(self) -> dict[str, str]:
        """Give the form with the right values."""
        return {
            "version": str(self.version),
            "account_id": self.given.account_id,
            "application_id": self.given.application_id,
            "consumer_key": self.given.consumer_key,
            "consumer_secret": self.given.consumer_secret,
            "token_id": self.given.token_id,
            "token_secret": self.given.token_secret,
            "integration_user_id": "",
        }

    @property
    def version(self) -> int:
        """Give the version that is stored."""
        stored = self.world.store.connections.get()
        assert stored is not None
        return stored.version


@contextmanager
def beside_a_simulator(world: World, directory: Path) -> Iterator[Connected]:
    """Serve an account, and name it and another id that it does not know in the settings."""
    account = Account("TSTDRV3000003")
    with serving(account) as server:
        lines = "".join(f'{id_} = "{server.url}"\n' for id_ in (account.id, OTHER))
        (directory / "suitebridge.toml").write_text(f"[simulators]\n{lines}")
        house = open_house(directory)
        houses.set_current(house)
        given = account.tokens.issue(account.id)
        yield Connected(world=dataclasses.replace(world, house=house), account=account, given=given)
        house.close()
    account.close()


@pytest.fixture
def connected(world: World, tmp_path: Path, template: Template) -> Iterator[Connected]:
    assert template.ids
    with beside_a_simulator(world, tmp_path / "firm") as both:
        yield both
    close_connections()


def text_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def told_by_test(client: Client, form: dict[str, str]) -> str:
    """Test a connection as the page does, and look again until the test has ended."""
    answer = client.post(PAGE, form, headers=HTMX)
    for _ in range(MOST_LOOKS):
        shown = answer.content.decode()
        assert answer.status_code == 200
        again = re.search(r'hx-get="([^"]+/test\?[^"]+)"', shown)
        if again is None:
            return shown
        assert "Connected:" not in shown
        answer = client.get(unescape(again[1]), headers=HTMX)
    raise AssertionError("The test did not end.")


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
    assert stored is not None
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
    assert stored is not None
    assert (stored.consumer_key, stored.consumer_secret.reveal()) == ("pasted-key", CANARY)
    assert CANARY not in text_of(client) + text_of(client, HISTORY)


def test_the_sign_on_is_asked_for_only_when_it_is_on_and_in_one_way(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    assert "Shared secret" not in text_of(client)
    assert client.post(SETTINGS, {"version": "1", "switch": "single_sign_on"}).status_code == 302
    text = text_of(client)
    assert "Shared secret" in text
    assert "NetSuite OAuth 2.0 credentials" not in text
    form = {"version": "2", "account_id": "TSTDRV1984736", "application_id": "", "consumer_key": "an-example-consumer-key", "consumer_secret": "",
            "token_id": "an-example-token-id", "token_secret": "", "sso_consumer_key": "sk", "sso_shared_secret": ""}  # fmt: skip
    assert "The Shared secret is missing" in client.post(PAGE, form).content.decode()
    assert client.post(PAGE, {**form, "sso_shared_secret": CANARY}).status_code == 302
    part = client.post(PAGE, {**form, "act": "sign-on", "oauth_sign_on": "yes"}, headers=HTMX).content.decode()
    assert "NetSuite OAuth 2.0 credentials" in part
    assert "Shared secret" not in part
    oauth = {**form, "version": "3", "oauth_sign_on": "yes", "oauth_consumer_key": "ok", "oauth_consumer_secret": "os"}
    assert client.post(PAGE, oauth).status_code == 302
    assert "NetSuite OAuth 2.0 credentials" in text_of(client)
    stored = world.store.connections.get()
    assert stored is not None
    assert stored.switches == frozenset(Switch)
    assert stored.values["oauth_consumer_key"] == "ok"
    assert client.post(SETTINGS, {"version": "3", "switch": []}).status_code == 409
    assert CANARY not in text_of(client) + text_of(client, HISTORY)


def test_credentials_are_removed_when_that_is_meant(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    assert client.post(PAGE, {"act": "clear", "version": "1"}).status_code == 422
    assert client.post(PAGE, {"act": "clear", "version": "1", "sure": "yes"}).status_code == 302
    assert "Every key and secret was removed." in text_of(client)
    assert world.store.connections.credentials() is None
    assert "removed the NetSuite credentials" in text_of(client, HISTORY)


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
    ended = client.get(poll, headers=HTMX)
    assert ended["HX-Retarget"] == "#check"
    assert "Connected: NetSuite has just accepted a signed request." in ended.content.decode()
    forgotten = client.get(poll.replace(key, "another"), headers=HTMX).content.decode()
    assert "The test did not end: whether NetSuite accepts these values is not known." in forgotten


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


def test_the_least_role_is_listed_before_any_test(entrance: Entrance) -> None:
    text = text_of(entrance("grace"), ROLE)
    assert "has not been tested yet" in text
    for words in ("Log in using Access Tokens", "ADMI_WEBSERVICES", "Track Time", "LIST_CUSTJOB"):
        assert words in text
    assert "Missing</span>" not in text


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


def test_the_guide_inside_the_console_is_the_guide_of_the_documents(entrance: Entrance) -> None:
    text = text_of(entrance("grace"), "/administration/netsuite-connector/configuring-netsuite")
    for words in ("User Access Token", "Manage Access Tokens", "Enabling an employee", "REST Web Services"):
        assert words in text
    packaged = Path("src/suitebridge/console/guide/configuring-netsuite.md").read_text(encoding="utf-8")
    assert packaged == Path("docs/guides/configuring-netsuite.md").read_text(encoding="utf-8")
