"""Custom fields of a company: those that NetSuite was found to have, and those that people define in the workspace.

Pure: it makes a company's schemas of what the company knows, and refuses definitions that cannot be. It knows neither how they are found nor where
they are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Final

from suitebridge.domain.drift import AccountField
from suitebridge.domain.errors import Problem
from suitebridge.domain.intents import Change
from suitebridge.domain.picking import KIND_WORDS, is_custom
from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

MOST_FIELDS: Final = 200
"""So many custom fields one record type of the workspace may have."""

MOST_CHOICES: Final = 200
LONGEST_LABEL: Final = 80
LONGEST_CHOICE: Final = 200

DEFINABLE: Final = (
    Kind.TEXT,
    Kind.INTEGER,
    Kind.DECIMAL,
    Kind.MONEY,
    Kind.BOOLEAN,
    Kind.DATE,
    Kind.CHOICE,
)
"""The kinds that people may give a field of the workspace."""

NAME_RULE: Final = (
    "small letters, digits and underscores, beginning with a letter and ending with __c, 40 characters at most"
)
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,36}__c")
_SCRIPT_ID: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]{0,63}")
_REFUSED: Final = "SB-CFG-013"

_KINDS: Final[Mapping[str, Kind]] = {
    "string": Kind.TEXT,
    "string:date": Kind.DATE,
    "string:date-time": Kind.INSTANT,
    "integer": Kind.INTEGER,
    "number": Kind.DECIMAL,
    "boolean": Kind.BOOLEAN,
    "object": Kind.REFERENCE,
}
"""What the words of JSON Schema mean; numbers and whole numbers whatever their format."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomField:
    """One custom field. `list_name` names the lines where it stands, as NetSuite's REST spells them ("item"), "" for the record itself.

    A choice is a pair of what is kept and what people read. A retired one is part of nothing any more, and keeps its kind: records may hold values
    of it.
    """

    name: str
    label: str
    kind: Kind
    choices: tuple[tuple[str, str], ...] = ()
    is_required: bool = False
    is_read_only: bool = False
    list_name: str = ""
    is_retired: bool = False

    @property
    def path(self) -> str:
        """The name, of lines with their list: "item.custcol_x"."""
        return f"{self.list_name}.{self.name}" if self.list_name else self.name

    def as_schema(self) -> FieldSchema:
        """Give the field as shipped ones are given."""
        return FieldSchema(
            name=self.name,
            kind=self.kind,
            label=self.label,
            choices=self.choices,
            is_required=self.is_required,
            is_read_only=self.is_read_only,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeFields:
    """The custom fields of one record type, in order. `at` is when they were found or defined, `account` where NetSuite showed them.

    `version` grows by one with each change: who changes a list says which one they have seen.
    """

    system: System
    record_type: str
    fields: tuple[CustomField, ...] = ()
    version: int = 0
    at: datetime | None = None
    account: str = ""


@lru_cache(maxsize=256)
def schemas_with(custom: tuple[TypeFields, ...]) -> CompanySchemas:
    """Give the shipped schemas with custom fields laid over them; the same fields give the very same schemas."""
    return CompanySchemas(
        netsuite=_extended(NETSUITE_TYPES, (one for one in custom if one.system is System.NETSUITE)),
        workspace=_extended(WORKSPACE_TYPES, (one for one in custom if one.system is System.WORKSPACE)),
    )


def fields_of(custom: Iterable[TypeFields], system: System, record_type: str) -> TypeFields:
    """Give the custom fields of one record type; none where nobody found or defined any."""
    found = (one for one in custom if (one.system, one.record_type) == (system, record_type))
    return next(found, TypeFields(system=system, record_type=record_type))


def found_fields(described: Sequence[AccountField]) -> tuple[CustomField, ...]:
    """Give the custom fields among those that an account describes; what holds several values at once is left out: no row maps it."""
    lists = {one.name.rpartition(".")[0] for one in described}
    found = (
        _found(one) for one in described if one.is_custom and one.name not in lists and _kind(one.type) is not None
    )
    # A name becomes a column of a query: what is no script id is nobody's field.
    usable = (one for one in found if _SCRIPT_ID.fullmatch(one.name) and not is_custom(one.list_name))
    return tuple(sorted(usable, key=lambda one: one.path))


def changes_between(before: Sequence[CustomField], after: Sequence[CustomField]) -> tuple[Change, ...]:
    """Say in words what became of custom fields: new ones, those that are gone, and those that are something else now."""
    was, now = {one.path: one for one in before}, {one.path: one for one in after}
    paths = dict.fromkeys((*was, *now))
    said = ((path, _told(was.get(path)), _told(now.get(path))) for path in paths)
    return tuple(Change(field=path, before=old, after=new) for path, old, new in said if old != new)


def refuse_definition(
    custom: CustomField, record_type: RecordSchema, known: Sequence[CustomField]
) -> tuple[Problem, ...]:
    """Name everything that is wrong with a definition of a field of the workspace; `record_type` is as shipped, `known` are its custom fields now."""
    said = (*_misplaced(custom, known), *_mischosen(custom), *_mislabeled(custom, record_type, known))
    facts = {"field": custom.name or "without a name", "type": record_type.label}
    return tuple(Problem(code=_REFUSED, facts={**facts, "said": one}) for one in said)


def _extended(shipped: Mapping[str, RecordSchema], custom: Iterable[TypeFields]) -> Mapping[str, RecordSchema]:
    present = {one.record_type: tuple(part for part in one.fields if not part.is_retired) for one in custom}
    by_type = {name: fields for name, fields in present.items() if fields}
    if not by_type:
        return shipped
    return {name: _with_fields(schema, by_type.get(name, ())) for name, schema in shipped.items()}


def _with_fields(schema: RecordSchema, custom: Sequence[CustomField]) -> RecordSchema:
    """Add custom fields to a type and to its lists; one that the catalog has already stays as it is there."""
    if not custom:
        return schema
    known = {field.name.lower() for field in schema.fields}
    own = tuple(one.as_schema() for one in custom if not one.list_name and one.name.lower() not in known)
    kept = tuple(_with_lines(field, custom) for field in schema.fields)
    return replace(schema, fields=(*kept, *own))


def _with_lines(field: FieldSchema, custom: Sequence[CustomField]) -> FieldSchema:
    if field.lines is None:
        return field
    of_lines = [replace(one, list_name="") for one in custom if one.list_name and one.list_name == field.lines.name]
    return replace(field, lines=_with_fields(field.lines, of_lines))


def _found(one: AccountField) -> CustomField:
    list_name, _, name = one.name.rpartition(".")
    return CustomField(
        name=name,
        label=one.label,
        kind=_kind(one.type) or Kind.TEXT,
        is_read_only=one.is_read_only,
        list_name=list_name,
    )


def _kind(type_: str) -> Kind | None:
    return _KINDS.get(type_) or _KINDS.get(type_.partition(":")[0])


def _told(custom: CustomField | None) -> str | None:
    if custom is None or custom.is_retired:
        return None
    said = [custom.label, KIND_WORDS[custom.kind], "required" if custom.is_required else ""]
    said += [f"choices {', '.join(label for _, label in custom.choices)}" if custom.choices else ""]
    return "; ".join(part for part in said if part)


def _misplaced(custom: CustomField, known: Sequence[CustomField]) -> Iterator[str]:
    if not _NAME.fullmatch(custom.name):
        yield f"A name is made of {NAME_RULE}."
    was = next((one for one in known if one.name == custom.name), None)
    if was is not None and was.kind is not custom.kind:
        yield f"Records hold values of it as {KIND_WORDS[was.kind]}, and that stays: define another field."
    if was is None and len(known) >= MOST_FIELDS:
        yield f"A record type has at most {MOST_FIELDS} custom fields, removed ones among them."


def _mislabeled(custom: CustomField, record_type: RecordSchema, known: Sequence[CustomField]) -> Iterator[str]:
    if not custom.label.strip() or len(custom.label) > LONGEST_LABEL or not custom.label.isprintable():
        yield f"A label has between one and {LONGEST_LABEL} characters, on one line."
    taken = (
        *(field.label for field in record_type.fields),
        *(one.label for one in known if one.name != custom.name and not one.is_retired),
    )
    if custom.label.casefold() in {label.casefold() for label in taken}:
        yield f"There is a field “{custom.label}” already, and people could not tell them apart."


def _mischosen(custom: CustomField) -> Iterator[str]:
    if custom.kind not in DEFINABLE or custom.list_name:
        yield f"A field of the workspace is one of: {', '.join(KIND_WORDS[kind] for kind in DEFINABLE)}."
    if custom.kind is not Kind.CHOICE:
        if custom.choices:
            yield "Only a list value has choices."
        return
    values = [value for value, _ in custom.choices]
    if not 0 < len(values) <= MOST_CHOICES or len(set(values)) < len(values):
        yield f"A list value has between one and {MOST_CHOICES} choices, each once."
    if any(not part.strip() or len(part) > LONGEST_CHOICE for pair in custom.choices for part in pair):
        yield f"Choices have between one and {LONGEST_CHOICE} characters."
