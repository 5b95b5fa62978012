"""Faults that change the account itself, right before the request that meets them: it finds another world.

Values only; `faces.upheavals` brings them about. Records' values are written as REST writes them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from netsuite_simulator.features import Feature


@dataclass(frozen=True, slots=True, kw_only=True)
class RevokeTokens:
    """Access tokens are revoked for good, those of OAuth 2.0 too: all, or those of one integration."""

    integration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LosePermission:
    """A role holds a permission at no more than a level; 0 takes it away."""

    permission: str
    role: str = "Connector"
    level: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockIntegration:
    """An integration record is blocked: the one named, or all."""

    integration: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class DisableFeature:
    """A feature is turned off under Enable Features, by its id ("REST_WEB_SERVICES")."""

    feature: Feature


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatesEnd:
    """The OAuth 2.0 certificates of integrations end so many seconds from now."""

    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SkewClock:
    """The account's clock jumps, backward where negative."""

    seconds: float = 600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeZone:
    """The account's time zone is another from now on."""

    zone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherIntegrations:
    """Other integrations hold so many places of the concurrency count, for so many seconds of the account's clock."""

    requests: int
    seconds: float = 3600.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LockRecord:
    """A workflow locks a record: it cannot be changed or deleted until `account.troubles.unlock`."""

    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AddRecord:
    """Somebody adds a record, without rules; `values` may hold an externalId."""

    type: str
    values: Mapping[str, object] = field(default_factory=dict)
    id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EditRecord:
    """Somebody edits a record, without rules."""

    type: str
    id: str
    values: Mapping[str, object]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeleteRecord:
    """Somebody deletes a record, whatever refers to it."""

    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveField:
    """An administrator removes a custom field, by its script id."""

    script_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ForgetSearches:
    """The ids of searches and of asynchronous jobs that were given so far are known no longer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RotateKeys:
    """The account signs OAuth 2.0 and id tokens with a new key from now on; the old one stays published."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SandboxRefresh:
    """The sandbox is made anew from its production account: of its snapshot, where named, and without any token."""

    snapshot: str | None = None
