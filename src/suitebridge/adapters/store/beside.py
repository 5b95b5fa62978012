"""What is a field of a record and kept beside its JSON, because something else decides about it: who it is, and whether it counts.

The role of an employee is a column of the sign-in that goes by it. A NetSuite ID counts only in the account that gave it: its account
stands in a column next to it, and while the company works with another account the record shows none (quality.md F25).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.encoding import Stored, load
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.domain.people import EMPLOYEE

EMPLOYEE_TYPE: Final = "employee"
"""The record type whose records are users."""

ROLE: Final = "role"
NETSUITE_ID: Final = "netsuite_id"
UNUSABLE: Final = "!"
"""How the stored form of a password begins that nothing fits."""

_CONNECTED: Final = (
    "COALESCE((SELECT connected.account_id FROM store_connection connected "
    "WHERE connected.company_id = {row}.company_id), '')"
)


def stamp_column(row: str = "r") -> str:
    """Write the NetSuite ID that counts, NULL where the record has none or one of another account."""
    return f"CASE WHEN {row}.netsuite_account = {_CONNECTED.format(row=row)} THEN {row}.netsuite_id END"


def role_column(row: str = "r") -> str:
    """Write the name of the role that an employee's sign-in has; who was never given one has the default."""
    return (
        f"CASE WHEN {row}.number IS NOT NULL THEN COALESCE((SELECT held.role FROM store_person held "  # noqa: S608
        f"WHERE held.company_id = {row}.company_id AND held.number = {row}.number), '{EMPLOYEE.name}') END"
    )


def columns(record_type: str) -> str:
    """Write the columns that `whole` takes, JSON first."""
    return f"r.data, {stamp_column()}, {role_column() if record_type == EMPLOYEE_TYPE else 'NULL'}"


def whole(data: Cell, stamp: Cell, role: Cell) -> Stored:
    """Read a record's fields from what `columns` gave."""
    stored = load(data)
    if stamp is None and stored.get(NETSUITE_ID):
        del stored[NETSUITE_ID]
    if isinstance(role, str):
        stored[ROLE] = role
    return stored


def role_meant(name: object) -> str:
    """Give the role that a value of the field means: a blank one is the default role."""
    return name if isinstance(name, str) and name else EMPLOYEE.name


def give_roles(scope: CompanyScope, roles: Mapping[int, str]) -> None:
    """Give employees roles by the number of their record; one who never signed in gets a sign-in without a usable password."""
    scope.insert(
        "store_person",
        ("number", "role", "password", "sign_in"),
        [(number, role, UNUSABLE, f"{scope.company_id}/{number}") for number, role in roles.items()],
        conflict="ON CONFLICT (company_id, number) DO UPDATE SET role = excluded.role",
    )
