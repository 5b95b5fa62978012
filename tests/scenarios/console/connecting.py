"""What the scenarios of the Credentials page share: a firm beside a simulated account, its form, and the test of its connection."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from html import unescape
from pathlib import Path

from django.test import Client

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.tokens import Credentials
from suitebridge.administration.staffing import stamp_for
from suitebridge.bootstrap import open_house
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import Door
from suitebridge.domain.relinks import Relink
from suitebridge.web import houses
from tests.console_world import World

PAGE = "/administration/netsuite-connector/credentials"
SETTINGS = "/administration/netsuite-connector/settings"
ROLE = "/administration/netsuite-connector/integration-role"
HISTORY = "/administration/netsuite-connector/settings-history"
HTMX = {"HX-Request": "true"}
OTHER = "TSTDRV5550001"
CANARY = "canary-5b1f-secret"
MOST_LOOKS = 5_000
FORM_AS_STORED = {
    "account_id": "TSTDRV1984736",
    "application_id": "",
    "consumer_key": "an-example-consumer-key",
    "consumer_secret": "",
    "token_id": "an-example-token-id",
    "token_secret": "",
}
"""The form of the firm's connection, with its secrets left alone."""


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


def connect(connected: Connected) -> None:
    """Let the firm have the credentials of the account beside it."""
    given, store = connected.given, connected.world.store
    credentials = TokenCredentials(
        account=AccountId.parse(given.account_id),
        application_id=given.application_id,
        consumer_key=given.consumer_key,
        consumer_secret=Secret(given.consumer_secret),
        token_id=given.token_id,
        token_secret=Secret(given.token_secret),
    )
    by = stamp_for(store.people.administrators()[0], Door.CONSOLE)
    store.connections.save(draft_of(credentials), by)
    store.connections.link(Relink.OTHER, by)


def text_of(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def told_by_test(client: Client, form: dict[str, str]) -> str:
    """Test a connection as the page does, and look again until the test has ended; give everything that was shown."""
    answer, told = client.post(PAGE, form, headers=HTMX), ""
    for _ in range(MOST_LOOKS):
        shown = answer.content.decode()
        assert answer.status_code == 200
        again = re.search(r'hx-get="([^"]+/test\?[^"]+)"', shown)
        told += shown
        if again is None:
            return told
        assert "Connected:" not in shown
        answer = client.get(unescape(again[1]), headers=HTMX)
    raise AssertionError("The test did not end.")
