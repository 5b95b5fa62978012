"""Which field of a record type a header means.

A header is a NetSuite2 column or, where NetSuite2 has none for a field, the field's script id in lower case.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

from netsuite_simulator.loading.cells import CellError, UnknownChoiceError, value
from netsuite_simulator.loading.reports import rows_from
from netsuite_simulator.schemas.fields import Field, Kind, RecordType

# Columns that no field holds and that still mean something to the loader, or to the tool that wrote the export.
KNOWN = frozenset({"id", "externalid", "date_deleted", "links", "recordtype", "itemtype", "subtype", "type"})
TOOL_PREFIX = "_fivetran"


@dataclass(slots=True)
class Remarks:
    """What is said once per file instead of once per row: how often, and on which line first."""

    counts: dict[str, tuple[int, int]]

    def add(self, remark: str, line: int) -> None:
        """Count a remark."""
        count, first = self.counts.get(remark, (0, line))
        self.counts[remark] = (count + 1, first)

    def notes(self) -> list[str]:
        """Tell the remarks."""
        return [f"{remark} ({rows_from(count, first)})" for remark, (count, first) in self.counts.items()]


def fields_by_header(fields: Iterable[Field]) -> dict[str, Field]:
    """Map headers to fields; a NetSuite2 column wins over a script id."""
    found: dict[str, Field] = {}
    for one in fields:
        if one.kind is not Kind.LINES and one.column is not None:
            found.setdefault(one.column, one)
    for one in fields:
        if one.kind is not Kind.LINES:
            found.setdefault(one.name.lower(), one)
    return found


def unknown_headers(headers: Iterable[str], types: Iterable[RecordType]) -> list[str]:
    """List the headers that mean nothing here."""
    known = KNOWN.union(*(fields_by_header(one.fields) for one in types))
    return [name for name in dict.fromkeys(headers) if name not in known and not name.startswith(TOOL_PREFIX)]


def repeated_headers(headers: tuple[str, ...]) -> list[str]:
    """List the headers that stand more than once."""
    return [name for name in dict.fromkeys(headers) if headers.count(name) > 1]


def read_cells(
    cells: Mapping[str, str], fields: Mapping[str, Field], *, zone: ZoneInfo, line: int, remarks: Remarks
) -> dict[str, object]:
    """Read the cells that fields hold; an unknown choice is left out with a remark, anything else raises `CellError`."""
    values: dict[str, object] = {}
    for header, text in cells.items():
        field = fields.get(header)
        if field is None:
            continue
        try:
            values[field.name] = value(field, text, zone)
        except UnknownChoiceError as error:
            remarks.add(f"column {header}: {error}; left unset", line)
        except CellError as error:
            raise CellError(f"column {header}: {error}") from error
    return values
