"""What a company keeps of an account's custom fields, held against its mappings: which of them miss a field, or expect it otherwise (quality.md U15).

Pure: it compares the lists that were kept. How they were found, and what became of them meanwhile, is for others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from suitebridge.domain.custom_fields import CustomField, TypeFields, fields_of
from suitebridge.domain.drift import AccountField, Drift, custom_fields, drifted
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.workflow import Workflow

_WORDS: Final[Mapping[Kind, str]] = {
    Kind.DATE: "string:date",
    Kind.INSTANT: "string:date-time",
    Kind.INTEGER: "integer",
    Kind.DECIMAL: "number",
    Kind.MONEY: "number",
    Kind.BOOLEAN: "boolean",
    Kind.REFERENCE: "object",
    Kind.LINES: "object",
}
"""The words of JSON Schema for kinds; every other one is a text."""

_PARTIAL: Final = frozenset({"item", "appliedCreditMemo", "purchaseBill", "purchaseCredit"})
"""Types that a table gives under another name than the catalog: each kind of item is a record type for itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """One record type as the account describes it: its fields and when they were read, or the problem that hid them; and what drifted, by workflow."""

    record_type: str
    fields: tuple[AccountField, ...]
    read_at: datetime | None
    problem: Problem | None
    drifts: tuple[tuple[str, Drift], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSnapshot:
    """The custom fields of one record type as they were kept, and what drifted from under which workflow. `kept.at` is None where none was kept."""

    record_type: str
    kept: TypeFields
    drifts: tuple[tuple[str, Drift], ...]


def snapshots(
    kept: Iterable[TypeFields], workflows: Mapping[str, Workflow], *, account: str
) -> tuple[FieldSnapshot, ...]:
    """Give one snapshot for each NetSuite record type that workflows use; what was kept of another account counts for nothing."""
    ours = [one for one in kept if one.system is System.NETSUITE and one.account == account]
    return tuple(_snapshot(one, ours, workflows) for one in types_used(workflows))


def types_used(workflows: Mapping[str, Workflow]) -> Sequence[str]:
    """Name the NetSuite record types of workflows, each once, without the views of SuiteQL that are no record types in the catalog of REST."""
    used = dict.fromkeys(custom_fields(one)[0] for one in workflows.values())
    return tuple(name for name in used if not _is_view(NETSUITE_TYPES[name]))


def _is_view(schema: RecordSchema) -> bool:
    """Whether a type is a table alone: lines and links have no key of their own."""
    return bool(schema.pair) or schema.identity != "id" or schema.name in _PARTIAL


def users_of(record_type: str, path: str, workflows: Mapping[str, Workflow]) -> tuple[str, ...]:
    """Name the workflows that read or write a custom field."""
    used = ((name, custom_fields(one)) for name, one in workflows.items())
    wanted = path.lower()
    return tuple(name for name, (type_, paths) in used if type_ == record_type and wanted in map(str.lower, paths))


def _snapshot(record_type: str, kept: Sequence[TypeFields], workflows: Mapping[str, Workflow]) -> FieldSnapshot:
    found = fields_of(kept, System.NETSUITE, record_type)
    described = [_described(one) for one in found.fields if not one.is_retired]
    used = [(name, custom_fields(one)) for name, one in workflows.items()] if found.at is not None else []
    drifts = tuple(
        (name, drift)
        for name, (type_, paths) in used
        if type_ == record_type
        for drift in drifted(record_type, paths, described)
    )
    return FieldSnapshot(record_type=record_type, kept=found, drifts=drifts)


def _described(one: CustomField) -> AccountField:
    word = _WORDS.get(one.kind, "string")
    return AccountField(name=one.path, label=one.label, type=word, is_custom=True, is_read_only=one.is_read_only)
