"""What a record type and a field are. One schema feeds mapping, validation, storage, forms and both NetSuite doors."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from functools import cached_property

from suitebridge.domain.records import System


class Kind(enum.Enum):
    """How a field's value is kept: the Python type in brackets."""

    TEXT = "text"  # str
    INTEGER = "integer"  # int
    DECIMAL = "decimal"  # Decimal: quantities, hours, rates
    MONEY = "money"  # Decimal: an amount in the record's currency
    DURATION = "duration"  # Decimal hours; NetSuite's SOAP door splits it into a span and a unit
    BOOLEAN = "boolean"  # bool
    DATE = "date"  # date, a civil day that never shifts
    INSTANT = "instant"  # datetime, aware, UTC
    CHOICE = "choice"  # str: one of `choices`
    REFERENCE = "reference"  # str: the id of a record of type `refers_to`
    LINES = "lines"  # tuple of mappings: rows of `lines`


class Sensitivity(enum.Enum):
    """Who may see a field's value: whoever sees the record, or only with a right of its own (quality.md S28, D07)."""

    OPEN = "open"
    PERSONAL = "personal"  # e-mail, phone, address
    RATE = "rate"  # the price or the cost of one unit


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldSchema:
    """One field. `column` is the SuiteQL column where it is not simply the lower-cased name; "" where SuiteQL has none.

    `derived` is what SuiteQL computes instead of reading a column, with `{row}` for the record's row. `default` is what a blank means in a
    field that cannot be blank.
    """

    name: str
    kind: Kind
    label: str
    refers_to: str = ""
    choices: tuple[tuple[str, str], ...] = ()
    lines: RecordSchema | None = None
    is_required: bool = False
    is_read_only: bool = False
    default: str = ""
    column: str | None = None
    derived: str = ""
    sensitivity: Sensitivity = Sensitivity.OPEN


@dataclass(frozen=True, slots=True, kw_only=True)
class Related:
    """Records of another type that belong to this one: an invoice's charges. `by` is their field that names this record."""

    name: str
    type: str
    by: str


@dataclass(frozen=True, kw_only=True)
class RecordSchema:
    """One record type of one system.

    NetSuite types say where each door finds them: `table` and `identity` for SuiteQL, `soap_type` and `soap_namespace` for SOAP
    (`lists.relationships` names `urn:relationships_2025_2.lists.webservices.netsuite.com`). `change_column` is `None` where the table has no change date.
    `pair` names the two columns that identify a row together where the table has no key: ids of other records, most telling first.
    Workspace types name the fields by which lists, matching and approval find them: `second_key` is what tells a record besides its title.
    """

    system: System
    name: str
    label: str
    plural: str
    fields: tuple[FieldSchema, ...]
    title: str = "name"
    second_key: str = ""
    table: str = ""
    identity: str = "id"
    pair: tuple[str, ...] = ()
    change_column: str | None = None
    soap_type: str = ""
    soap_namespace: str = ""
    soap_line: str = ""
    related: tuple[Related, ...] = ()
    parent: str = ""
    status: str = ""
    day: str = ""

    def __hash__(self) -> int:
        """Tell types apart without walking through every field: writers and readers are kept by their schema, and asked for with each record."""
        return hash((self.system, self.name, len(self.fields)))

    @cached_property
    def by_name(self) -> dict[str, FieldSchema]:
        """Fields by name; built once per schema."""
        return {field.name: field for field in self.fields}

    @cached_property
    def related_by_name(self) -> dict[str, Related]:
        """Belonging records by name; built once per schema."""
        return {related.name: related for related in self.related}
