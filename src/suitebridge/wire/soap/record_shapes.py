"""How a record looks in SOAP: a wire-own description that its caller derives from whatever it knows of records.

Order is the order of the XSD: NetSuite's parser refuses elements that come out of turn.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import TypeAlias

Scalar: TypeAlias = str | int | Decimal | bool | date | datetime | None
Line: TypeAlias = Mapping[str, Scalar]
SoapValue: TypeAlias = Scalar | Sequence[Line]


class ElementKind(enum.Enum):
    """The form of an element's content."""

    TEXT = "text"
    LITERAL = "literal"  # an enumeration's value, as the XSD spells it
    NUMBER = "number"
    BOOLEAN = "boolean"
    DAY = "day"  # midnight Pacific, so that the civil day stands
    INSTANT = "instant"
    REFERENCE = "reference"  # RecordRef by internal id
    HOURS = "hours"  # Duration in hours
    LINES = "lines"  # a list wrapper with its lines


@dataclass(frozen=True, slots=True, kw_only=True)
class ElementShape:
    """One element. A custom field is written into customFieldList under its script id. `literals` are all that an enumeration takes."""

    name: str
    kind: ElementKind
    literals: tuple[str, ...] = ()
    is_custom: bool = False
    line_name: str = ""
    lines: tuple[ElementShape, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordShape:
    """A record type: its xsi:type, its namespace, its elements in XSD order."""

    type_name: str
    namespace: str
    elements: tuple[ElementShape, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SoapRecord:
    """One record to be written, named by either id. `values` that are None or absent are left out; names in `nulls` are cleared in NetSuite."""

    external_id: str = ""
    internal_id: str = ""
    values: Mapping[str, SoapValue]
    nulls: tuple[str, ...] = field(default=())
