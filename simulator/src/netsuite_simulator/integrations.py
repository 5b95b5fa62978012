"""Integration records: the applications that may come in, how, and with which keys (reference §2.1, §3.2, §3.3).

The consumer key and secret are the client id and secret of OAuth 2.0 too. Whoever shows a record shows both once, after
`add` and after `reset`; here they stay readable, for a signature cannot be checked without the secret. Refuses to know
users, tokens and requests.
"""

from __future__ import annotations

import enum
import re
import secrets
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from urllib.parse import urlsplit

import msgspec

from netsuite_simulator.clock import Clock

SCOPES = ("restlets", "rest_webservices", "suite_analytics")  # reference §3.2
SCOPE_LABELS = {
    "restlets": "RESTlets",
    "rest_webservices": "REST Web Services",
    "suite_analytics": "SuiteAnalytics Connect",
}
PUBLIC_REFRESH_HOURS = 48  # reference §3.2: settable 1 to 720
ROTATION_HOURS = 168
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*")
_DANGEROUS_SCHEMES = frozenset({"http", "javascript", "data", "vbscript", "file", "ftp", "blob", "about"})


class IntegrationError(ValueError):
    """An integration record cannot be as asked."""


class IntegrationState(enum.Enum):
    """State of an integration record, reference §2.1: only an enabled one lets requests through."""

    ENABLED = "enabled"
    BLOCKED = "blocked"
    WAITING = "waiting for approval"


class Consent(enum.Enum):
    """When a user is asked for consent, reference §3.2."""

    ALWAYS = "Always Ask"
    NEVER = "Never Ask"
    FIRST_TIME = "Ask First Time"


class Integration(msgspec.Struct, kw_only=True):
    """An integration record."""

    name: str
    application_id: str
    consumer_key: str
    consumer_secret: str
    id: str = ""
    description: str = ""
    state: IntegrationState = IntegrationState.ENABLED
    created_at: datetime | None = None
    has_tba: bool = True  # Token-Based Authentication
    has_issue_token: bool = True  # TBA: IssueToken Endpoint
    has_tba_flow: bool = False  # TBA: Authorization Flow
    callback_url: str = ""  # of that flow
    has_code_grant: bool = False  # Authorization Code Grant
    has_client_credentials: bool = False  # Client Credentials (Machine to Machine) Grant
    is_public: bool = False  # Public Client: it has no secret
    scopes: tuple[str, ...] = ()
    redirect_uris: tuple[str, ...] = ()
    consent: Consent = Consent.FIRST_TIME
    refresh_hours: int = PUBLIC_REFRESH_HOURS  # of a public client's refresh tokens
    rotation_hours: int = ROTATION_HOURS  # how long a public client may rotate them

    def __repr__(self) -> str:
        return f"<integration {self.name}>"

    @property
    def client_id(self) -> str:
        """The name of OAuth 2.0 for the consumer key."""
        return self.consumer_key

    @property
    def is_enabled(self) -> bool:
        """Whether it lets requests through."""
        return self.state is IntegrationState.ENABLED


class Integrations:
    """The integration records of one account."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._by_key: dict[str, Integration] = {}

    def __iter__(self) -> Iterator[Integration]:
        return iter(self._by_key.values())

    def __len__(self) -> int:
        return len(self._by_key)

    def by_key(self, consumer_key: str) -> Integration | None:
        """Find a record by its consumer key or client id."""
        return self._by_key.get(consumer_key)

    def find(self, wanted: str) -> Integration | None:
        """Find a record by internal id, application id, consumer key or name."""
        known = self._by_key.get(wanted)
        return known or next((one for one in self if wanted in (one.id, one.application_id, one.name)), None)

    def one(self, wanted: str) -> Integration:
        """Find a record as `find` does; it raises `IntegrationError` where there is none."""
        found = self.find(wanted)
        if found is None:
            raise IntegrationError(f"There is no integration {wanted}.")
        return found

    def add(
        self, name: str, *, consumer_key: str | None = None, consumer_secret: str | None = None, **changes: object
    ) -> Integration:
        """Create a record; keys are made up unless given, `changes` are attributes as `edit` takes them."""
        integration = Integration(
            id=str(1 + max((int(one.id) for one in self), default=0)),
            name="",
            application_id=str(uuid.uuid4()).upper(),
            consumer_key=consumer_key or secrets.token_hex(32),
            consumer_secret=consumer_secret or secrets.token_hex(32),
            created_at=self._clock.second(),
        )
        self._change(integration, {**changes, "name": name})
        self._by_key[integration.consumer_key] = integration
        return integration

    def edit(self, integration: Integration, **changes: object) -> Integration:
        """Change attributes of a record by name; nothing changes where one of them cannot be."""
        self._change(integration, changes)
        return integration

    def block(self, integration: Integration) -> None:
        """Refuse every request of an application from now on."""
        integration.state = IntegrationState.BLOCKED

    def enable(self, integration: Integration) -> None:
        """Let an application's requests through."""
        integration.state = IntegrationState.ENABLED

    def reset(self, integration: Integration) -> Integration:
        """Give a record another key and secret; tokens made for the old key end with it."""
        del self._by_key[integration.consumer_key]
        integration.consumer_key = secrets.token_hex(32)
        integration.consumer_secret = secrets.token_hex(32)
        self._by_key[integration.consumer_key] = integration
        return integration

    def remove(self, integration: Integration) -> None:
        """Delete a record; its tokens end with it."""
        del self._by_key[integration.consumer_key]

    def load(self, integrations: Iterable[Integration]) -> None:
        """Put records in the place of all there are; those written before they had an id get one."""
        self._by_key = {}
        for number, one in enumerate(integrations, start=1):
            one.id = one.id or str(number)
            self._by_key[one.consumer_key] = one

    def _change(self, integration: Integration, changes: Mapping[str, object]) -> None:
        unknown = [name for name in changes if name not in _CHANGEABLE]
        if unknown:
            raise IntegrationError(f"An integration has no {unknown[0]} that can be set.")
        wanted = msgspec.structs.replace(integration, **changes)
        try:
            wanted = msgspec.convert(msgspec.structs.asdict(wanted), Integration)
        except msgspec.ValidationError as error:
            raise IntegrationError(f"The integration cannot be saved: {error}.") from error
        wanted.name = wanted.name.strip()
        _check(wanted)
        for name in changes:
            setattr(integration, name, getattr(wanted, name))


_CHANGEABLE = frozenset(Integration.__struct_fields__) - {
    "id",
    "application_id",
    "consumer_key",
    "consumer_secret",
    "created_at",
}


def _check(wanted: Integration) -> None:
    """Raise what NetSuite would not save, all of it at once."""
    wrong = []
    if not wanted.name:
        wrong.append("Please enter value(s) for: Name")
    unknown = [scope for scope in wanted.scopes if scope not in SCOPES]
    if unknown:
        wrong.append(f"There is no scope {', '.join(unknown)}; there are {', '.join(SCOPES)}.")
    if (wanted.has_code_grant or wanted.has_client_credentials) and not wanted.scopes:
        wrong.append("An OAuth 2.0 grant needs at least one scope.")
    if wanted.has_code_grant and not wanted.redirect_uris:
        wrong.append("The authorization code grant needs a redirect URI.")
    wrong += [
        f"The redirect URI {uri} is refused: it begins with https or an application's own scheme, and has no fragment."
        for uri in wanted.redirect_uris
        if not is_redirect_uri(uri)
    ]
    if wanted.is_public and not wanted.has_code_grant:
        wrong.append("A public client needs the authorization code grant.")
    if wanted.has_tba_flow and not wanted.callback_url:
        wrong.append("The TBA authorization flow needs a callback URL.")
    if not 1 <= wanted.refresh_hours <= 720:
        wrong.append("The validity of refresh tokens is 1 to 720 hours.")
    if wanted.rotation_hours < wanted.refresh_hours:
        wrong.append("The maximum time for token rotation is at least the validity of a refresh token.")
    if wrong:
        raise IntegrationError(" ".join(wrong))


def is_redirect_uri(uri: str) -> bool:
    """Say whether a redirect URI may be registered: https or a custom scheme, never http (reference §3.2)."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        return False
    if not uri.isascii() or any(character <= " " for character in uri) or "#" in uri:
        return False
    if parts.scheme == "https":
        return bool(parts.hostname)
    return _SCHEME.fullmatch(parts.scheme) is not None and parts.scheme not in _DANGEROUS_SCHEMES
