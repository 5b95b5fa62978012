"""The custom fields of a company, and its record types with them.

A store reads them once and keeps what it read until it is asked for the company's schemas anew, or changes them itself: a run asks before each
batch.
"""

from __future__ import annotations

from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer, moment
from suitebridge.domain.custom_fields import CustomField, TypeFields, schemas_with
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event
from suitebridge.domain.people import Stamp
from suitebridge.domain.records import System
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.ports.clock import Clock

_TABLE: Final = "store_fieldlist"
_COLUMNS: Final = ("system", "record_type", "body", "version", "at", "account")
_READ: Final = ", ".join(f"r.{column}" for column in _COLUMNS)
_UPSERT: Final = (
    "ON CONFLICT (company_id, system, record_type) DO UPDATE SET "
    "body = excluded.body, version = excluded.version, at = excluded.at, account = excluded.account"
)


class _Plain(msgspec.Struct, omit_defaults=True):
    """A custom field as it is stored."""

    name: str
    label: str
    kind: str
    choices: tuple[tuple[str, str], ...] = ()
    required: bool = False
    read_only: bool = False
    list: str = ""
    retired: bool = False


_DECODER: Final = msgspec.json.Decoder(tuple[_Plain, ...])


class StoredCustomFields:
    """The custom fields of one company; implements `ports.custom_fields.CustomFieldLists`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def load(self) -> tuple[TypeFields, ...]:
        """Give every list."""
        return _read(self._scope)

    def save(self, wanted: TypeFields, *, stamp: Stamp, told: Event | None) -> TypeFields:
        """Store a list in place of the one of the version that `wanted` names."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            known = {(one.system, one.record_type): one.version for one in _read(self._scope)}
            if known.get((wanted.system, wanted.record_type), 0) != wanted.version:
                raise overtaken(wanted)
            row = (
                wanted.system.value,
                wanted.record_type,
                msgspec.json.encode([_plain(one) for one in wanted.fields]).decode(),
                wanted.version + 1,
                ledger.at,
                wanted.account,
            )
            self._scope.insert(_TABLE, _COLUMNS, [row], conflict=_UPSERT)
            if told is not None:
                ledger.append([told], stamp)
        self._scope.schemas = None
        return next(
            one for one in _read(self._scope) if (one.system, one.record_type) == (wanted.system, wanted.record_type)
        )


def fresh_schemas(scope: CompanyScope) -> CompanySchemas:
    """Read a company's record types anew."""
    scope.schemas = schemas_with(_read(scope))
    return scope.schemas


def schema_of(scope: CompanyScope, record_type: str) -> RecordSchema:
    """Find a workspace type as the company has it. Raise `LookupError` with a sentence if there is none."""
    return (scope.schemas or fresh_schemas(scope)).workspace_type(record_type)


def overtaken(wanted: TypeFields) -> RecordRefusedError:
    """Say that somebody else changed the list meanwhile."""
    return RecordRefusedError(Problem(code="SB-CFG-014", facts={"type": wanted.record_type}))


def _read(scope: CompanyScope) -> tuple[TypeFields, ...]:
    return tuple(_stored(row) for row in scope.select(_TABLE, _READ, tail="ORDER BY r.system, r.record_type"))


def _stored(row: tuple[Cell, ...]) -> TypeFields:
    system, record_type, body, version, at, account = row
    return TypeFields(
        system=System(system),
        record_type=str(record_type),
        fields=tuple(_field(one) for one in _DECODER.decode(str(body))),
        version=integer(version),
        at=moment(at),
        account=str(account),
    )


def _field(plain: _Plain) -> CustomField:
    return CustomField(
        name=plain.name,
        label=plain.label,
        kind=Kind(plain.kind),
        choices=plain.choices,
        is_required=plain.required,
        is_read_only=plain.read_only,
        list_name=plain.list,
        is_retired=plain.retired,
    )


def _plain(custom: CustomField) -> _Plain:
    return _Plain(
        name=custom.name,
        label=custom.label,
        kind=custom.kind.value,
        choices=custom.choices,
        required=custom.is_required,
        read_only=custom.is_read_only,
        list=custom.list_name,
        retired=custom.is_retired,
    )
