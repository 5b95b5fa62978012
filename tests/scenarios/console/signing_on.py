"""A firm whose people come in by a simulated NetSuite account, and the browser of one of them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import requests
from django.test import Client

from netsuite_simulator.account import Account
from netsuite_simulator.features import Feature
from netsuite_simulator.integrations import Integration
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.credential_sets import ConnectionDraft, Switch
from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.web import houses
from tests.console_world import World
from tests.scenarios.console.connecting import Connected

RETURN = "https://127.0.0.1/sign-in/netsuite/return"
EMAIL, PASSWORD = "emil@netsuite.example", "correct horse"
SECONDS = 30
SWITCHES = frozenset({Switch.SINGLE_SIGN_ON, Switch.OAUTH_SIGN_ON})


@dataclass(frozen=True, slots=True, kw_only=True)
class SignedOn:
    """The firm, the account, the integration record of the sign-on, and the employee in NetSuite."""

    world: World
    account: Account
    integration: Integration
    entity: str
    browser: requests.Session = field(default_factory=requests.Session)

    @property
    def stamp(self) -> Stamp:
        """Give who changes things here."""
        return Stamp(author_id=self.world.ids["grace"], author_name="Grace Kim", door=Door.CONSOLE)

    def visitor(self) -> Client:
        """Give a browser that has not been here."""
        return Client(SERVER_NAME="127.0.0.1", raise_request_exception=False)

    def asked(self, client: Client, path: str = "/sign-in/netsuite") -> str:
        """Begin a sign-in, and give the address that the browser is sent to."""
        answer = client.get(path, secure=True)
        assert answer.status_code == 302, answer.content.decode()
        return str(answer["Location"])

    def allowed(self, address: str) -> str:
        """Walk through NetSuite's pages, and give the address here that the browser is sent back to."""
        answer = self.browser.get(address, timeout=SECONDS, allow_redirects=False)
        for _ in range(3):
            if answer.status_code == 303:
                return answer.headers["Location"]
            token = unescape(re.findall(r'name="token" value="([^"]*)"', answer.text)[0])
            is_first = "Password" in answer.text
            form = {"act": "sign-in", "email": EMAIL, "password": PASSWORD} if is_first else {"act": "allow"}
            roles = [] if is_first else re.findall(r'<option value="([^"]*)"', answer.text)
            data = {"token": token, **form, **({"role": roles[0]} if roles else {})}
            answer = self.browser.post(str(answer.request.url), data=data, timeout=SECONDS, allow_redirects=False)
        return answer.headers["Location"]

    def come(self, client: Client, path: str = "/sign-in/netsuite") -> tuple[int, str]:
        """Walk the whole way; give the status of the answer, and its text or where it leads."""
        return self.back(client, self.allowed(self.asked(client, path)))

    def back(self, client: Client, address: str, **changes: str) -> tuple[int, str]:
        """Come back with an answer, some of its parameters changed."""
        told = {**dict(parse_qsl(urlsplit(address).query)), **changes}
        answer = client.get(urlsplit(address).path, told, secure=True)
        return answer.status_code, str(answer.get("Location", "")) or answer.content.decode()

    def bind(self, kind: str, netsuite_type: str, workspace_id: str, netsuite_id: str) -> None:
        """Bind a record of the workspace to one of the account."""
        binding = Binding(
            workspace_type=kind,
            workspace_id=workspace_id,
            netsuite_type=netsuite_type,
            netsuite_id=netsuite_id,
            state=BindingState.BOUND,
            workflow="import",
        )
        with self.world.store.transactions.begin() as unit:
            unit.save_bindings([binding])


@contextmanager
def signing_on(connected: Connected) -> Iterator[SignedOn]:
    """Switch the sign-on on, and let Emil be an employee of the account."""
    account = connected.account
    world = dataclasses.replace(
        connected.world, house=dataclasses.replace(connected.world.house, clock=connected.world.clock)
    )
    houses.set_current(world.house)
    account.clock.freeze(world.clock.now())
    account.features.enable(Feature.OIDC_PROVIDER)
    integration = account.integrations.add(
        "SuiteBridge sign-on", has_code_grant=True, scopes=("rest_webservices",), redirect_uris=(RETURN,)
    )
    user = account.users.add(EMAIL, name="Emil", roles=[account.roles.connector], password=PASSWORD)
    draft = ConnectionDraft(
        account=AccountId.parse(account.id),
        values={"oauth_consumer_key": integration.client_id, "consumer_key": "key", "token_id": "token"},
        secrets={
            "oauth_consumer_secret": Secret(integration.consumer_secret),
            "consumer_secret": Secret("secret"),
            "token_secret": Secret("secret"),
        },
        switches=SWITCHES,
    )
    both = SignedOn(world=world, account=account, integration=integration, entity=user.entity)
    world.store.connections.save(draft, both.stamp)
    world.store.connections.link(Relink.OTHER, both.stamp)
    both.bind("employee", "employee", world.ids["emil"], user.entity)
    with both.browser:
        both.browser.trust_env = False
        yield both
