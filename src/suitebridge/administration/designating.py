"""The integration user: the active administrator in whose name every run acts, when one is chosen (design §4)."""

from __future__ import annotations

from suitebridge.administration.permitting import require
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.protection import require_eligible
from suitebridge.ports.companies import CompanyStore


def candidates(store: CompanyStore, *, acting: User) -> tuple[User, ...]:
    """List who may be chosen: the active administrators, longest-standing first. Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators."""
    require(acting, Permission.ADMINISTER, "choose the integration user")
    return store.people.administrators()


def integration_user(store: CompanyStore) -> User | None:
    """Give the integration user, None where none is chosen."""
    connection = store.connections.get()
    chosen = connection.integration_user_id if connection is not None else ""
    return store.people.by_record(chosen) if chosen else None


def choose_integration_user(
    store: CompanyStore, record_id: str, *, acting: User, stamp: Stamp, version: int | None = None
) -> User:
    """Choose the integration user. Raise `RecordRefusedError` SB-USER-003 for who is no active administrator.

    Raise `RunStoppedError`: SB-AUTH-001, and SB-CONN-001 where the connection is not of the version that is meant any more.
    """
    require(acting, Permission.ADMINISTER, "choose the integration user")
    eligible = require_eligible(store.people.by_record(record_id))
    store.connections.set_integration_user(eligible.id, stamp, version=version)
    return eligible


def clear_integration_user(store: CompanyStore, *, acting: User, stamp: Stamp, version: int | None = None) -> None:
    """Go back to the default: runs are owned by whoever starts or configures them. Raises as choosing does."""
    require(acting, Permission.ADMINISTER, "clear the integration user")
    store.connections.set_integration_user("", stamp, version=version)
