"""System end points: what the account's governance allows (netsuite-api.md §5.12), and where REST proves itself."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from suitebridge.wire.rest.json import decode

GOVERNANCE_PATH = "/services/rest/system/v1/governanceLimits"
CATALOG_PATH = "/services/rest/record/v1/metadata-catalog?select=currency"
"""The catalog of one record type: small, and open to every role that may use REST (§5.2)."""


class _Limits(msgspec.Struct):
    account: int = msgspec.field(name="accountConcurrencyLimit")
    unallocated: int | None = msgspec.field(default=None, name="accountUnallocatedConcurrencyLimit")
    integration: int | None = msgspec.field(default=None, name="integrationConcurrencyLimit")
    limit_type: str = msgspec.field(default="", name="integrationLimitType")


_LIMITS = msgspec.json.Decoder(_Limits)


@dataclass(frozen=True, slots=True, kw_only=True)
class GovernanceLimits:
    """How many requests may be under way at once: in the account, and for this integration."""

    account: int
    integration: int


def read_governance(body: bytes) -> GovernanceLimits:
    """Read the limits; an integration without one of its own shares what the account has not given away."""
    limits = decode(_LIMITS, body)
    shared = limits.account if limits.unallocated is None else limits.unallocated
    return GovernanceLimits(
        account=limits.account, integration=shared if limits.integration is None else limits.integration
    )
