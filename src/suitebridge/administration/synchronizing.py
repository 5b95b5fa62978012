"""Synchronizes the custom fields of NetSuite: what a survey of the account finds is kept, record type by record type (quality.md U15)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from suitebridge.administration.defining import NEEDS, Description, take_over_fields
from suitebridge.administration.permitting import require
from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.domain.field_snapshots import Surveyed
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.ports.companies import CompanyStore


def synchronize(
    store: CompanyStore, surveyed: Iterable[Surveyed], *, account: str, user: User, stamp: Stamp
) -> Iterator[Surveyed]:
    """Keep the custom fields of each record type as soon as it is read; what could not be read or kept is told, and the rest goes on.

    A type that no workflow knows is read and not kept. Whoever stops listening stops it, and what was kept stays. Raise `RunStoppedError`
    SB-AUTH-001 when listening begins.
    """
    require(user, NEEDS, "synchronize the custom fields")
    for found in surveyed:
        if found.problem is not None or found.record_type not in NETSUITE_TYPES:
            yield found
            continue
        try:
            described = Description(record_type=found.record_type, fields=found.fields, account=account)
            take_over_fields(store, described, acting=user, stamp=stamp)
        except SuiteBridgeError as error:
            yield replace(found, problem=error.problem)
        else:
            yield found
