"""The rows of an advanced search: columns of the record, and of those behind its joins (reference §4.4, §4.15).

Knows how a column of each kind is written. A column without a value is left out of its row.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from lxml import etree

from netsuite_simulator.faces.soap.aliases import field_of
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError
from netsuite_simulator.faces.soap.criteria import Column, SearchRequest
from netsuite_simulator.faces.soap.joins import Join
from netsuite_simulator.faces.soap.namespaces import XSI_TYPE
from netsuite_simulator.faces.soap.plans import offered_join, subtype_literal, type_literal
from netsuite_simulator.faces.soap.repeating import Found
from netsuite_simulator.faces.soap.searchfields import search_fields
from netsuite_simulator.faces.soap.searchtypes import search_prefix
from netsuite_simulator.faces.soap.texts import printable
from netsuite_simulator.faces.soap.times import show_day, show_instant
from netsuite_simulator.faces.soap.writers import literal
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.tables import LINE_TABLE

_CUSTOM_TYPES = {
    Kind.TEXT: "String", Kind.INTEGER: "Long", Kind.DECIMAL: "Double", Kind.DURATION: "Double",
    Kind.BOOLEAN: "Boolean", Kind.DATE: "Date", Kind.INSTANT: "Date", Kind.CHOICE: "Select", Kind.REFERENCE: "Select",
    Kind.REFERENCES: "MultiSelect",
}  # fmt: skip


_PATTERNS = {
    "b": re.compile("true|false"),
    "l": re.compile(r"-?\d{1,18}"),
    "d": re.compile(r"-?\d+(\.\d+)?"),
    "t": re.compile(r"\d{4}-\d\d-\d\dT.*"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The columns of one record in a row, in the schema's order: of the found one, or of the one behind a join."""

    search_type: str
    join: Join | None
    columns: tuple[tuple[Column, str], ...]  # each with its kind of column


def columns_of(call: Call, request: SearchRequest) -> tuple[Group, ...]:
    """Return the columns a request asks for, grouped; CriterionRefusedError where one is not there."""
    by_join: dict[str | None, list[Column]] = {}
    for column in request.columns:
        by_join.setdefault(column.join, []).append(column)
    groups = []
    for name in sorted(by_join, key=lambda join: (join is not None, (join or "").removesuffix("Join").casefold())):
        join = None if name is None else offered_join(call, request.search_type, name)
        search_type = request.search_type if join is None else join.target
        groups.append(Group(search_type=search_type, join=join, columns=_in_order(search_type, by_join[name])))
    return tuple(groups)


def _in_order(search_type: str, asked: Sequence[Column]) -> tuple[tuple[Column, str], ...]:
    known = {one.name: (place, one.column) for place, one in enumerate(search_fields(search_type)) if one.column}
    asked = [one for one in asked if known.get(one.name, (0, ""))[1] != "r"]  # a custom record's type is shown anyway
    unknown = [one.name for one in asked if not one.is_custom and one.name not in known]
    if unknown:
        raise CriterionRefusedError(
            code="SSS_INVALID_SRCH_COL",
            message=f"The simulated account has no column {', '.join(unknown)} of {search_type}.",
        )
    plain = sorted((one for one in asked if not one.is_custom), key=lambda one: known[one.name][0])
    custom = [one for one in asked if one.is_custom]
    return (*((one, known[one.name][1]) for one in plain), *((one, "c") for one in custom))


def write_row(call: Call, parent: etree._Element, search_type: str, groups: Sequence[Group], found: Found) -> None:
    """Append one row to a searchRowList."""
    answer, prefix = call.answer, search_prefix(call.catalog, search_type)
    row = etree.SubElement(parent, answer.core + "searchRow")
    row.set(XSI_TYPE, f"{prefix}:{search_type}Row")
    for group in groups:
        shown = found if group.join is None else _behind(call, group.join, found)
        name = "basic" if group.join is None else group.join.name
        element = etree.SubElement(row, answer.names.tag(prefix, name))
        if shown is not None:
            _write_group(call, element, group, shown)


def _behind(call: Call, join: Join, found: Found) -> Found | None:
    if join.is_backward:
        follower = found.followers.get(join.name)
        return None if follower is None else Found(record=follower)
    value = found.record.values.get(join.field)
    for shape in call.catalog.searched_by(join.target) if value is not None else ():
        record = call.account.get(shape.type.name, internal_id=str(value))
        if record is not None and call.refusal_to_open(record.type, record.id) is None:
            return Found(record=record)
    return None


def _write_group(call: Call, element: etree._Element, group: Group, found: Found) -> None:
    customs = None
    if found.record.type.type_id:
        etree.SubElement(element, _shared(call, "recType"), internalId=found.record.type.type_id)
    for column, kind in group.columns:
        if column.is_custom:
            customs = customs if customs is not None else etree.SubElement(element, _shared(call, "customFieldList"))
            _write_custom(call, customs, column, found)
            continue
        text = _text_of(call, group.search_type, column, kind, found)
        if text is None:
            continue
        cell = etree.SubElement(element, _shared(call, column.name))
        value = etree.SubElement(cell, call.answer.core + "searchValue")
        if kind == "m":
            value.set("externalId" if column.name == "externalId" else "internalId", printable(text))
        else:
            value.text = printable(text)
        _label(call, cell, column)
    if customs is not None and len(customs) == 0:
        element.remove(customs)


def _shared(call: Call, name: str) -> str:
    return call.answer.names.tag("platformCommon", name)


def _label(call: Call, cell: etree._Element, column: Column) -> None:
    if column.label is not None:
        label = etree.Element(call.answer.core + "customLabel")
        label.text = printable(column.label)
        cell.insert(0, label)


def _text_of(call: Call, search_type: str, column: Column, kind: str, found: Found) -> str | None:
    record = found.record
    match column.name:
        case "internalId":
            return record.id
        case "externalId":
            return record.external_id
        case "mainLine":
            return literal(found.line is None)
        case "line" | "lineSequenceNumber":
            return str(found.line_number)
        case "type" if type_literal(record.type, search_type) is not None:
            return type_literal(record.type, search_type)
        case "subType" if search_type == "ItemSearch":
            return subtype_literal(record.type)
    given = _value_of(search_type, column.name, found)
    text = None if given is None else _cell(call, given[0], given[1], kind)
    return text if text is None or _fits(text, kind) else None


def _fits(text: str, kind: str) -> bool:
    """Tell whether a column of the kind may hold the text: a few search fields mean something else than the record's."""
    pattern = _PATTERNS.get(kind)
    return pattern is None or pattern.fullmatch(text) is not None


def _value_of(search_type: str, name: str, found: Found) -> tuple[Field, object] | None:
    """Return the field a column shows with its value: the line's, where the record was found by a line that has it."""
    if found.line is not None:
        for sublist in found.record.type.fields:
            entries = sublist.lines.fields if sublist.lines is not None and sublist.column == LINE_TABLE else ()
            entry = next((one for one in entries if one.name == name), None)
            if entry is not None and found.line.get(name) is not None:
                return entry, found.line[name]
    entry = field_of(found.record.type, search_type, name)
    value = None if entry is None else found.record.values.get(entry.name)
    return None if entry is None or value is None else (entry, value)


def _cell(call: Call, entry: Field, value: object, kind: str) -> str | None:
    match entry.kind:
        case Kind.DATE | Kind.INSTANT:
            return _time(call, value)
        case Kind.CHOICE:
            chosen = next((one for one in entry.choices if one.id == value), None)
            if chosen is None or kind == "m":
                return str(value)
            return (chosen.soap if kind == "e" else chosen.label) or chosen.id
        case Kind.REFERENCE:
            return str(value) if kind == "m" else call.name_of(entry, str(value)) or str(value)
        case Kind.REFERENCES:
            return str(value[0]) if isinstance(value, tuple) and value else None
        case Kind.TEXT | Kind.INTEGER | Kind.DECIMAL | Kind.BOOLEAN | Kind.DURATION:
            return literal(value)
        case Kind.LINES | Kind.SUBRECORD:
            return None
        case _:
            assert_never(entry.kind)


def _time(call: Call, value: object) -> str | None:
    if isinstance(value, datetime.datetime):
        return show_instant(value)
    return show_day(value, call.account.clock.zone) if isinstance(value, datetime.date) else None


def _write_custom(call: Call, parent: etree._Element, column: Column, found: Found) -> None:
    entry = next((one for one in found.record.type.fields if one.name == column.name and one.is_custom), None)
    value = None if entry is None else found.record.values.get(entry.name)
    if entry is None or value is None:
        return
    cell = etree.SubElement(parent, call.answer.core + "customField", scriptId=entry.name)
    call.answer.typed(cell, "platformCore", f"SearchColumn{_CUSTOM_TYPES[entry.kind]}CustomField")
    if entry.kind in {Kind.CHOICE, Kind.REFERENCE, Kind.REFERENCES}:
        for one in value if isinstance(value, tuple) else (value,):
            etree.SubElement(cell, call.answer.core + "searchValue", internalId=str(one))
    else:
        text = _cell(call, replace(entry, choices=()), value, "s")
        etree.SubElement(cell, call.answer.core + "searchValue").text = printable(text or "")
    _label(call, cell, column)
