"""Declares the grid of weekly time sheets: the entry of a day, the row of a week, and their list (reference §9.7)."""

from __future__ import annotations

from dataclasses import replace

from netsuite_simulator.faces.soap.timegrids import GRID, ROW, GridShape
from netsuite_simulator.faces.soap.wsdl.declarations import Attribute, ComplexType, Element
from netsuite_simulator.faces.soap.wsdl.recordtypes import Schemas, declare_record
from netsuite_simulator.schemas.time_sheet import TIME_SHEET
from netsuite_simulator.timegrids import DAYS


def declare_grid(shape: GridShape, schemas: Schemas) -> None:
    """Declare the entry, the row and the list, and put the list into the time sheet before its custom fields."""
    declare_record(shape.entry.type, schemas)
    schema = schemas[shape.entry.prefix]
    del schema.global_elements["timeEntry"]  # no record of its own, reference §9.7
    days = tuple(Element(name=day, type="tranEmp:TimeEntry", is_optional=True) for day in DAYS)
    row = Element(name=ROW, type="tranEmp:TimeSheetTimeGrid", is_optional=True, is_repeated=True)
    replaces = Attribute(name="replaceAll", type="xsd:boolean", default="true")
    schema.declare(
        ComplexType(name="TimeSheetTimeGrid", elements=days),
        ComplexType(name="TimeSheetTimeGridList", elements=(row,), attributes=(replaces,)),
    )
    sheet = schema.types[TIME_SHEET.soap_type]
    grid = Element(name=GRID, type="tranEmp:TimeSheetTimeGridList", is_optional=True)
    schema.declare(replace(sheet, elements=(*sheet.elements[:-1], grid, sheet.elements[-1])))
