"""What a write to the account answers: values shared by the account, its rules and every door."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from netsuite_simulator.features import Feature
from netsuite_simulator.permissions import CREATE, EDIT, FULL, VIEW, label_of
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.tables import HIDDEN, Table

__all__ = ["CREATE", "EDIT", "FULL", "VIEW"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejection:
    """A write refused: `code` is a StatusDetailCodeType value, `message` NetSuite's words.

    `field` is the field's name; `path` the place inside a REST body ("item.items[0].item").
    """

    code: str
    message: str
    field: str | None = None
    path: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A write done; `created` tells a new record from a changed or deleted one."""

    id: str
    external_id: str | None
    type: RecordType
    created: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeletedRecord:
    """A record that was deleted, as getDeleted and the `deletedrecord` table show it."""

    type: RecordType
    id: str
    external_id: str | None
    name: str
    deleted_at: datetime
    reason: str | None = None  # the internal id of the deletion reason that was given, and what was said besides
    memo: str | None = None


def deletion_reason(code: str, memo: str | None) -> dict[str, str]:
    """Name the columns that keep why a record was deleted: the id of a reason, and words of one's own."""
    kept = {f"{HIDDEN}reason": code}
    return {**kept, f"{HIDDEN}memo": memo} if memo else kept


class Grants(Protocol):
    """Whoever may do some things and not others: a role, or a login with one."""

    def may(self, permission: str, level: int) -> bool:
        """Say whether the permission is held at that level or above."""

    def lacking(self, type_name: str) -> Feature | None:
        """Return the feature that a record type needs and the account has turned off."""

    def restriction(self, table: Table, tables: Mapping[str, Table]) -> str | None:
        """Return the SQL condition that the records of a table meet which they may see; None where all may be seen."""


READ_ONLY_TYPES = frozenset({"accountingPeriod"})  # reference §9.1


def permission_violation(permission: str) -> Rejection:
    """Refuse in NetSuite's words what a role may not do, reference §4.8."""
    label = label_of(permission)
    return Rejection(
        code="INSUFFICIENT_PERMISSION",
        message=(
            f"Permission Violation: You need a higher level of the '{label}' permission to access this page. "
            "Please contact your account administrator."
        ),
    )


def feature_disabled(feature: Feature) -> Rejection:
    """Refuse what needs a feature that is off, reference §4.8."""
    return Rejection(
        code="FEATURE_DISABLED", message=f"{feature.label} feature is not enabled in your NetSuite account."
    )


def out_of_bounds() -> Rejection:
    """Refuse a record that a role's subsidiaries or employees keep from it; the words are assumed."""
    message = "Permission Violation: The restrictions on your role deny you access to this record."
    return Rejection(code="INSUFFICIENT_PERMISSION", message=message)


def view_refusal(record_type: RecordType, grants: Grants, level: int = VIEW) -> Rejection | None:
    """Refuse to show records of a type that a feature or a role does not let be seen."""
    feature = grants.lacking(record_type.name)
    if feature is not None:
        return feature_disabled(feature)
    return None if grants.may(record_type.permission, level) else permission_violation(record_type.permission)


def refusal_of(record_type: RecordType, role: Grants | None, level: int) -> Rejection | None:
    """Refuse a write of a type that takes none, that needs a feature that is off, or that a role may not do."""
    if record_type.name in READ_ONLY_TYPES:
        message = f"Records of type {record_type.name} cannot be changed through web services."
        return Rejection(code="RCRD_UNEDITABLE", message=message)
    return None if role is None else view_refusal(record_type, role, level)


def absent(record_type: RecordType, identity: str | None, account_id: str) -> Rejection:
    """Refuse a write to a record that does not exist, reference §4.8."""
    where = f"type={record_type.name.lower()},id={identity},scompid={account_id}"
    return Rejection(code="RCRD_DSNT_EXIST", message=f"That record does not exist. Invalid record:{where}")
