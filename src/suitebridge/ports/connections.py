"""What the use cases need to keep a company's NetSuite connection: credentials with sealed secrets, and the integration user."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credential_sets import CLIENT_SET, ConnectionDraft, Switch, signing_set
from suitebridge.domain.credentials import Secret, SigningCredentials
from suitebridge.domain.doors import Preference
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink


@dataclass(frozen=True, slots=True, kw_only=True)
class SecretMark:
    """What may be shown of a stored secret: a fingerprint, who set it and when."""

    field: str
    fingerprint: str
    set_by: str
    set_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Connection:
    """A company's connection without its secrets. `version` counts the saves.

    `linked_account_id` is the account that the company's ids and bindings belong to: while it is another one, no run starts.
    """

    account_id: str
    linked_account_id: str
    values: Mapping[str, str]
    secrets: tuple[SecretMark, ...]
    integration_user_id: str
    switches: frozenset[Switch] = field(default=frozenset())
    version: int = 0

    @property
    def preference(self) -> Preference:
        """The family of doors that the settings choose."""
        return Preference.REST if Switch.REST_DOORS in self.switches else Preference.SOAP

    @property
    def is_linked(self) -> bool:
        """Whether the account is the one that the company's ids belong to."""
        return self.account_id == self.linked_account_id

    @property
    def signing_mark(self) -> tuple[str, ...]:
        """What tells one set of signing credentials from another, without a secret in it: account, keys, fingerprints."""
        prints = {mark.field: mark.fingerprint for mark in self.secrets}
        used = signing_set(self.switches)
        parts = [part for part in used.fields if not part.is_optional or part.choices]
        return (
            self.account_id,
            used.name,
            *((prints if part.is_secret else self.values).get(part.name, "") for part in parts),
        )

    def follows(self, mark: tuple[str, ...]) -> bool:
        """Whether its certificate took the place of the one that a mark names, in a rotation: same account, same application."""
        own = self.signing_mark
        rotated = self.values.get("rotated_from", "").split(" ")
        return (
            own[:3] == mark[:3] and own[1] == CLIENT_SET.name and [mark[3:4], own[3:4]] == [(one,) for one in rotated]
        )


class Connections(Protocol):
    """The one NetSuite connection of one company. Secrets are sealed before they are stored, bound to company, connection, field and host.

    Every change is told in the trail in the same transaction. With a `version`, a change raises `RunStoppedError` SB-CONN-001 where
    somebody else changed the connection since that version was read.
    """

    def get(self) -> Connection | None:
        """Show the connection without secrets; None before anything of it was saved."""
        ...

    def save(self, draft: ConnectionDraft, stamp: Stamp, *, version: int | None = None) -> None:
        """Store a draft as a whole. Secrets that it neither holds nor keeps are removed; a new account id keeps none."""
        ...

    def set_integration_user(self, record_id: str, stamp: Stamp, *, version: int | None = None) -> None:
        """Choose the integration user, or clear the choice with ""."""
        ...

    def save_switches(self, switches: frozenset[Switch], stamp: Stamp, *, version: int | None = None) -> None:
        """Store the connector's settings and leave the rest."""
        ...

    def clear(self, stamp: Stamp, *, version: int | None = None) -> None:
        """Remove every key and secret; account id, integration user and settings stay."""
        ...

    def link(self, relink: Relink, stamp: Stamp, *, version: int | None = None) -> None:
        """Note that the company's work goes to the connection's present account from now on.

        NetSuite IDs, bindings and open items of the account before count in a copy of it, and in no other account; watermarks in neither.
        """
        ...

    def credentials(self) -> SigningCredentials | None:
        """Open the stored credentials for signing. Raise `RunStoppedError` SB-KEY-001 if they cannot be opened."""
        ...

    def open_secrets(self) -> Mapping[str, Secret]:
        """Open every stored secret by field, for signing or for testing a draft. Raise `RunStoppedError` SB-KEY-001 if one cannot be."""
        ...
