"""The shape of each record type on the wire, built once: element tags and readers, in XSD order.

Reads record elements into values. Knows the field catalog; knows no account, no operation and no rule.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.customfields import read_custom_fields
from netsuite_simulator.faces.soap.namespaces import Namespaces, split_tag
from netsuite_simulator.faces.soap.readers import EmptyReferenceError, Reader, RefusedFieldError, reader_of
from netsuite_simulator.results import Rejection
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.timegrids import Grid


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldShape:
    """One element of a record or line. `rows` is None but for sublists and records inside rows, which have no `read`."""

    name: str
    tag: str
    field: Field
    read: Reader | None
    rows: RowsShape | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RowsShape:
    """The rows of a sublist, or one record inside such a row, whose `line_tag` is empty."""

    line_tag: str
    fields: tuple[FieldShape, ...]
    by_tag: Mapping[str, FieldShape]
    custom: Mapping[str, Field]
    custom_tag: str
    nulls_tag: str | None = None  # what names fields to clear: a record has it, a row has not


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One record type of one endpoint version."""

    type: RecordType
    prefix: str
    tag: str  # the type's Clark name, as xsi:type resolves to it
    fields: tuple[FieldShape, ...]
    by_tag: Mapping[str, FieldShape]
    custom: Mapping[str, Field]
    custom_tag: str
    nulls_tag: str
    rec_type_tag: str  # which element tells a custom record's type, reference §9.13
    has_external_id: bool  # accountingPeriod has none, reference §4.10
    names_by_element: Mapping[str, str]  # what nullFieldList may name: elements and script ids -> field names
    list_names: frozenset[str]
    references: tuple[Field, ...]  # the fields whose values are shown with the name of a record


@dataclass(slots=True, kw_only=True)
class Incoming:
    """One record as sent: what to write, what to clear, which sublists to replace, and why it cannot be read."""

    shape: Shape
    internal_id: str | None
    external_id: str | None
    values: dict[str, object]
    nulls: list[str]
    merged_lists: set[str]  # sublists sent with replaceAll="false"
    refusal: Rejection | None = None
    grid: Grid | None = None  # of a weekly time sheet

    def refuse(self, code: str, message: str) -> None:
        """Refuse the record; the first reason stays."""
        self.refusal = self.refusal or Rejection(code=code, message=message)

    def set_values(self) -> dict[str, object]:
        """Return the values to set, without those sent empty."""
        return {name: value for name, value in self.values.items() if value is not None}

    def cleared(self) -> list[str]:
        """Return the fields to clear: those of nullFieldList, and texts sent empty."""
        return [*self.nulls, *(name for name, value in self.values.items() if value is None)]


def shape_of(record_type: RecordType, names: Namespaces) -> Shape:
    """Build the shape of `record_type` in the version of `names`."""
    prefix = record_type.soap_prefix
    fields = _field_shapes(record_type.fields, prefix, names)
    return Shape(
        type=record_type,
        prefix=prefix,
        tag=names.tag(prefix, record_type.soap_type),
        fields=fields,
        by_tag={shape.tag: shape for shape in fields},
        custom={entry.name: entry for entry in record_type.fields if entry.is_custom},
        custom_tag=names.tag(prefix, "customFieldList"),
        nulls_tag=names.tag("platformCore", "nullFieldList"),
        rec_type_tag=names.tag("setupCustom", "recType"),
        has_external_id=bool(record_type.external_id_group),
        names_by_element={split_tag(shape.tag)[1]: shape.name for shape in fields}
        | {entry.name: entry.name for entry in record_type.fields if entry.is_custom},
        references=tuple(
            entry for entry in record_type.fields if entry.kind is Kind.REFERENCE and entry.refers_to and entry.soap
        ),
        list_names=frozenset(shape.name for shape in fields if shape.rows is not None),
    )


def _field_shapes(fields: Sequence[Field], prefix: str, names: Namespaces) -> tuple[FieldShape, ...]:
    return tuple(_field_shape(entry, prefix, names) for entry in fields if entry.soap and not entry.is_custom)


def _field_shape(entry: Field, prefix: str, names: Namespaces) -> FieldShape:
    if entry.kind is Kind.LINES and entry.lines is not None:
        lines = entry.lines
        rows = _rows_shape(lines.fields, prefix, names, line_tag=names.tag(prefix, lines.soap_line))
        return FieldShape(name=entry.name, tag=names.tag(prefix, lines.soap_list), field=entry, read=None, rows=rows)
    if entry.subrecord is not None:
        nulls_tag = names.tag("platformCore", "nullFieldList")
        parts = _rows_shape(entry.subrecord.fields, entry.subrecord.soap_prefix, names, nulls_tag=nulls_tag)
        return FieldShape(name=entry.name, tag=names.tag(prefix, entry.name), field=entry, read=None, rows=parts)
    return FieldShape(name=entry.name, tag=names.tag(prefix, entry.name), field=entry, read=reader_of(entry))


def _rows_shape(
    fields: Sequence[Field],
    prefix: str,
    names: Namespaces,
    *,
    line_tag: str = "",
    nulls_tag: str | None = None,
) -> RowsShape:
    shapes = _field_shapes(fields, prefix, names)
    return RowsShape(
        line_tag=line_tag,
        fields=shapes,
        by_tag={shape.tag: shape for shape in shapes},
        custom={column.name: column for column in fields if column.is_custom},
        custom_tag=names.tag(prefix, "customFieldList"),
        nulls_tag=nulls_tag,
    )


def read_record(element: etree._Element, shape: Shape, zone: datetime.tzinfo, *, ignore_read_only: bool) -> Incoming:
    """Read one record element; ValueError where the schema forbids it, `refusal` where only this record is wrong.

    A standard reference that names nothing counts as not sent. Assumed: callers of netsuitesdk send such references.
    """
    incoming = Incoming(
        shape=shape,
        internal_id=element.get("internalId") or None,
        external_id=element.get("externalId") or None,
        values={},
        nulls=[],
        merged_lists=set(),
    )
    by_tag, values = shape.by_tag, incoming.values
    for child in element:
        entry = by_tag.get(child.tag)
        try:
            if entry is None:
                _read_exception(child, incoming, zone)
            elif entry.field.read_only:
                if not ignore_read_only:
                    raise _read_only(entry.name)
            elif entry.read is not None:
                values[entry.name] = entry.read(child, zone)
            elif entry.rows is not None:
                values[entry.name] = _read_rows(child, entry.rows, zone, ignore_read_only=ignore_read_only)
                if child.get("replaceAll", "true").strip() in {"false", "0"}:
                    incoming.merged_lists.add(entry.name)
        except EmptyReferenceError as empty:
            if entry is None or entry.read is None:  # a custom field's, of the record or of a row
                incoming.refuse(empty.code, empty.message)
        except RefusedFieldError as refusal:
            incoming.refuse(refusal.code, refusal.message)
    return incoming


def _read_exception(child: etree._Element, incoming: Incoming, zone: datetime.tzinfo) -> None:
    """Read what is no ordinary field: custom fields and the names of fields to clear."""
    shape = incoming.shape
    if child.tag == shape.custom_tag:
        incoming.values.update(read_custom_fields(child, shape.custom, zone))
    elif child.tag == shape.nulls_tag:
        incoming.nulls.extend((name.text or "").strip() for name in child)
    elif not (shape.type.type_id and child.tag == shape.rec_type_tag):
        raise _unknown_element(child, shape.type.soap_type)


def _read_rows(
    element: etree._Element, rows: RowsShape, zone: datetime.tzinfo, *, ignore_read_only: bool
) -> list[dict[str, object]]:
    result: list[dict[str, object]] = []
    for line in element:
        if line.tag != rows.line_tag:
            raise _unknown_element(line, split_tag(element.tag)[1])
        result.append(_read_parts(line, rows, zone, ignore_read_only=ignore_read_only))
    return result


def _read_parts(
    element: etree._Element, rows: RowsShape, zone: datetime.tzinfo, *, ignore_read_only: bool
) -> dict[str, object]:
    values: dict[str, object] = {}
    for child in element:
        entry = rows.by_tag.get(child.tag)
        if entry is not None and entry.read is not None:
            if not entry.field.read_only:
                try:
                    values[entry.name] = entry.read(child, zone)
                except EmptyReferenceError:
                    continue
            elif not ignore_read_only:
                raise _read_only(entry.name)
        elif entry is not None and entry.rows is not None:
            values[entry.name] = _read_parts(child, entry.rows, zone, ignore_read_only=ignore_read_only)
        elif child.tag == rows.custom_tag:
            values.update(read_custom_fields(child, rows.custom, zone))
        elif child.tag == rows.nulls_tag:
            values.update({(name.text or "").strip(): None for name in child})
        else:
            raise _unknown_element(child, split_tag(element.tag)[1])
    return values


def _unknown_element(element: etree._Element, owner: str) -> ValueError:
    namespace, name = split_tag(element.tag)
    return ValueError(
        f"Invalid element in {owner} - {name} (namespace {namespace}): it is no field of {owner}, or the simulated "
        "account does not keep it"
    )


def _read_only(name: str) -> RefusedFieldError:
    return RefusedFieldError(
        code="INSUFFICIENT_PERMISSION",
        message=f"You do not have permissions to set a value for element {name.lower()} due to one of the following "
        "reasons: 1) The field is read-only; 2) An associated feature is disabled; 3) The field is available either "
        "when a record is created or updated, but not in both cases.",
    )
