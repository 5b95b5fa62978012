"""Real-time transfer: who may decide what is exported when it is saved, and make the key that pushes from NetSuite are signed with."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from suitebridge.administration.permitting import require
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.real_time import RealTime

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS
_KEY_LENGTH: Final = 43
"""Letters and digits of a key: more than 200 bits."""


def exportable_types(workflows: Mapping[str, Workflow]) -> tuple[str, ...]:
    """Name the workspace record types that can be exported when they are saved."""
    exports = (one for one in workflows.values() if one.is_active and one.direction is Direction.EXPORT)
    return tuple(dict.fromkeys(one.source_type for one in exports))


def real_time_settings(store: CompanyStore, *, acting: User) -> RealTime:
    """Show the settings. Raise `RunStoppedError` SB-AUTH-001 for who may not edit integration settings."""
    require(acting, _NEEDS, "see real-time transfer")
    return store.real_time.get()


def save_exports(
    store: CompanyStore,
    exports: frozenset[str],
    *,
    workflows: Mapping[str, Workflow],
    version: int,
    acting: User,
    stamp: Stamp,
) -> None:
    """Store what is exported when it is saved. Raise `RecordRefusedError` SB-REC-001 for a type that no workflow exports, SB-AUTO-002 for another version."""
    require(acting, _NEEDS, "change real-time transfer")
    known = exportable_types(workflows)
    if strange := sorted(exports - set(known)):
        facts = {
            "record": f"Records of the type {', '.join(strange)}",
            "act": "exported when they are saved",
            "said": "No workflow exports them.",
            "remedy": f"Choose among {', '.join(known)}.",
        }
        raise RecordRefusedError(Problem(code="SB-REC-001", facts=facts))
    store.real_time.save_exports(exports, stamp, version=version)


def make_push_key(store: CompanyStore, *, acting: User, stamp: Stamp, chance: Chance) -> Secret:
    """Make the key that pushes are signed with, in the place of an earlier one; it is shown this once."""
    require(acting, _NEEDS, "make a key for pushes")
    key = Secret(f"sbp_{chance.token(_KEY_LENGTH)}")
    store.real_time.save_key(key, stamp)
    return key


def remove_push_key(store: CompanyStore, *, acting: User, stamp: Stamp) -> None:
    """Remove the key: no push is accepted any more."""
    require(acting, _NEEDS, "remove the key for pushes")
    store.real_time.save_key(None, stamp)
