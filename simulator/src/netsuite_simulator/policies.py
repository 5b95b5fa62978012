"""Setup > Accounting > Accounting Preferences, as far as the account's rules ask: what is mandatory, what awaits approval.

Kept with the account's settings. Which types a preference names and what it does is assumed from the preferences' own
labels (*Approval Routing*, *Make Departments Mandatory*). Refuses to know what a rule makes of them.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import msgspec

from netsuite_simulator.storage import Storage

ROUTABLE = frozenset(
    {"invoice", "vendorBill", "vendorPayment", "purchaseOrder", "purchaseRequisition", "journalEntry", "salesOrder"}
)
CLASSIFICATIONS = ("department", "class", "location")
_SETTING = "accounting preferences"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policies:
    """The preferences: types whose new records await approval, whether fulfillment may exceed the order, and which
    classifications a transaction has to have."""

    awaiting_approval: frozenset[str] = frozenset()
    allows_overage: bool = False
    mandatory: frozenset[str] = frozenset()


_NONE = Policies()


def policies_of(storage: Storage) -> Policies:
    """Read the preferences of an account."""
    kept = storage.setting(_SETTING)
    return _NONE if kept is None else msgspec.json.decode(kept, type=Policies)


def choose_policies(
    storage: Storage,
    *,
    awaiting_approval: Collection[str] | None = None,
    allows_overage: bool | None = None,
    mandatory: Collection[str] | None = None,
) -> Policies:
    """Change preferences; it raises ValueError where a record type knows no approval, or a classification is none."""
    before = policies_of(storage)
    wanted = before.awaiting_approval if awaiting_approval is None else frozenset(awaiting_approval)
    unknown = wanted - ROUTABLE
    if unknown:
        raise ValueError(f"{', '.join(sorted(unknown))}: approval is routed for {', '.join(sorted(ROUTABLE))} only")
    needed = before.mandatory if mandatory is None else frozenset(mandatory)
    if not needed <= set(CLASSIFICATIONS):
        raise ValueError(f"{', '.join(sorted(needed))}: {', '.join(CLASSIFICATIONS)} may be mandatory, nothing else")
    chosen = Policies(
        awaiting_approval=wanted,
        allows_overage=before.allows_overage if allows_overage is None else allows_overage,
        mandatory=needed,
    )
    storage.set_setting(_SETTING, msgspec.json.encode(chosen).decode())
    return chosen
