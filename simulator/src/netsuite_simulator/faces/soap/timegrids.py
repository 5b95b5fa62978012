"""The timeGridList of a weekly time sheet on the wire: rows of seven days, each day a time entry (reference §9.7).

Knows shapes and how records are read and written; what a grid does to the account's time is `timegrids`'.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import Namespaces, split_tag
from netsuite_simulator.faces.soap.shapes import Incoming, Shape, read_record, shape_of
from netsuite_simulator.faces.soap.writers import Pen, write_record
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.time_sheet import time_entry
from netsuite_simulator.timegrids import DAYS, Entry, Grid, Row

GRID, ROW = "timeGridList", "timeSheetTimeGrid"  # the elements' names


@dataclass(frozen=True, slots=True, kw_only=True)
class GridShape:
    """The grid in one endpoint version: its tags, the days by tag, and what a day is made of."""

    list_tag: str
    row_tag: str
    days: Mapping[str, int]
    entry: Shape
    custom_tag: str


def grid_shape_of(time_bill: RecordType, names: Namespaces) -> GridShape:
    """Build the grid of accounts whose time bills are `time_bill`s."""
    entry = shape_of(time_entry(time_bill.fields), names)
    return GridShape(
        list_tag=names.tag(entry.prefix, GRID),
        row_tag=names.tag(entry.prefix, ROW),
        days={names.tag(entry.prefix, day): number for number, day in enumerate(DAYS)},
        entry=entry,
        custom_tag=entry.custom_tag,
    )


def take_grid(
    element: etree._Element, shape: GridShape, zone: datetime.tzinfo, *, ignore_read_only: bool
) -> tuple[Grid | None, list[Incoming]]:
    """Take the grid out of a time sheet's element, with its entries as they were read; ValueError as `read_record`."""
    sent = element.find(shape.list_tag)
    if sent is None:
        return None, []
    element.remove(sent)
    entries: list[Entry] = []
    incomings: list[Incoming] = []
    for row in sent:
        for day in row if row.tag == shape.row_tag else ():
            if day.tag not in shape.days:
                raise ValueError(f"Invalid element in TimeSheetTimeGrid - {split_tag(day.tag)[1]}: it is no day")
            incoming = read_record(day, shape.entry, zone, ignore_read_only=ignore_read_only)
            incomings.append(incoming)
            entries.append(
                Entry(
                    day=shape.days[day.tag],
                    internal_id=incoming.internal_id,
                    external_id=incoming.external_id,
                    values=incoming.set_values(),
                    nulls=incoming.cleared(),
                )
            )
    replaces = sent.get("replaceAll", "true").strip() not in {"false", "0"}
    return Grid(entries=tuple(entries), replaces=replaces), incomings


def write_grid(pen: Pen, record: etree._Element, shape: GridShape, rows: Iterable[Row]) -> None:
    """Add the rows of a grid to a time sheet that has been written."""
    grid = etree.Element(shape.list_tag)
    for row in rows:
        element = etree.SubElement(grid, shape.row_tag)
        for tag, number in shape.days.items():
            if number in row:
                write_record(pen, element, tag, shape.entry, row[number], with_lists=False)
    if len(grid):
        custom = record.find(shape.custom_tag)
        record.insert(len(record) if custom is None else record.index(custom), grid)
