"""How one record type's records lie in SQLite: encoders, decoders and statements, compiled once.

Knows columns and kinds; refuses to know rules, external ids and time.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from netsuite_simulator.schemas.fields import Field, Kind, LineType, RecordType
from netsuite_simulator.tables import HIDDEN, LINE_TABLE, Column, Table, column_name, quoted
from netsuite_simulator.values import Decode, Encode, Scalar, WrongKindError, decoder, encoder

Values = dict[str, object]
Line = dict[str, object]

_STATEMENTS = 1_000  # kept of one type: callers decide which columns a row has


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """One record as it is kept; only set values are present, each of the Python type of its field's `Kind`.

    A sublist stands under its field's name ("item", "expense") as a list of rows; it is absent when empty or not asked.
    """

    type: RecordType
    id: str
    external_id: str | None
    values: Values


@dataclass(slots=True)
class Sublist:
    """The rows of one sublist: in the line table, or as JSON in the record's own row."""

    field: Field
    lines: LineType
    encoders: dict[str, Encode]
    decoders: dict[str, Decode | None]
    columns: dict[str, str]
    in_table: bool

    def encode(self, row: Mapping[str, object]) -> dict[str, Scalar]:
        """Turn a row into column values by field name; it raises `WrongKindError` naming the field."""
        encoded: dict[str, Scalar] = {}
        for name, value in row.items():
            if value is None:
                continue
            encode = self.encoders.get(name)
            if encode is None:
                raise WrongKindError(f"{self.field.name} has no field {name}")
            try:
                encoded[name] = encode(value)
            except WrongKindError as error:
                raise WrongKindError(f"{self.field.name}.{name}: {error}") from error
        return encoded

    def decode(self, row: Iterable[tuple[str, Scalar]]) -> Line:
        """Turn (field name, column value) pairs into a row."""
        line: Line = {}
        for name, value in row:
            if value is not None:
                decode = self.decoders[name]
                line[name] = value if decode is None else decode(value)
        return line


def _encoder(of: Field) -> Encode:
    """Return what encodes a row's field; a record inside the row becomes text in JSON of its own."""
    if of.subrecord is None:
        return encoder(of.kind)
    encoders = {one.name: encoder(one.kind) for one in of.subrecord.fields}

    def encode(value: object) -> Scalar:
        if not isinstance(value, Mapping):
            raise WrongKindError("a record is expected")
        parts = {name: encoders[name](part) for name, part in value.items() if part is not None}
        return msgspec.json.encode(parts).decode()

    return encode


def _line_decoder(of: Field) -> Decode | None:
    if of.subrecord is None:
        return decoder(of.kind)
    decoders = {one.name: decoder(one.kind) for one in of.subrecord.fields}

    def decode(value: Scalar) -> object:
        parts = msgspec.json.decode(str(value), type=dict[str, Scalar])
        found = ((name, part, decoders[name]) for name, part in parts.items())
        return {name: part if convert is None else convert(part) for name, part, convert in found}

    return decode


def _decoder(of: Field, column: Column) -> Decode | None:
    if of.kind in (Kind.TEXT, Kind.CHOICE) and column.kind is not Kind.TEXT and column.kind is not Kind.CHOICE:
        return str  # a shared column whose first owner keeps numbers in it
    return decoder(of.kind)


def _sublist(of: Field, tables: Mapping[str, Table]) -> Sublist:
    assert of.lines is not None
    in_table = of.column == LINE_TABLE
    columns = tables[LINE_TABLE].columns if in_table else {}
    return Sublist(
        field=of,
        lines=of.lines,
        encoders={one.name: _encoder(one) for one in of.lines.fields},
        decoders={
            one.name: _decoder(one, columns[column_name(one)]) if in_table else _line_decoder(one)
            for one in of.lines.fields
        },
        columns={one.name: column_name(one) for one in of.lines.fields},
        in_table=in_table,
    )


@dataclass(slots=True)
class Shelf:
    """Everything needed to keep records of one type."""

    type: RecordType
    fields: dict[str, Field]
    columns: dict[str, str] = field(default_factory=dict)
    encoders: dict[str, Encode] = field(default_factory=dict)
    sublists: dict[str, Sublist] = field(default_factory=dict)
    select: str = ""
    restriction: str = ""
    stamps: tuple[tuple[str, str], ...] = ()  # the fields and columns that keep the time of the last change
    required: tuple[Field, ...] = ()
    _decoders: list[tuple[str, Decode | None]] = field(default_factory=list)
    _constants: dict[str, Scalar] = field(default_factory=dict)
    _inserts: dict[tuple[str, ...], str] = field(default_factory=dict)  # the statements for rows of some columns

    def encode(self, values: Mapping[str, object]) -> dict[str, Scalar]:
        """Turn set values into columns, None into NULL; it raises `WrongKindError` naming the field."""
        encoded: dict[str, Scalar] = {}
        for name, value in values.items():
            column = self.columns.get(name)
            if column is None:
                raise WrongKindError(f"{self.type.name} has no field {name}")
            if value is None:
                encoded[column] = None
                continue
            sublist = self.sublists.get(name)
            if sublist is not None:
                if not sublist.in_table:
                    encoded[column] = self._rows(sublist, value)
                continue
            try:
                encoded[column] = self.encoders[name](value)
            except WrongKindError as error:
                raise WrongKindError(f"{name}: {error}") from error
        return encoded

    @staticmethod
    def _rows(sublist: Sublist, value: object) -> Scalar:
        if not isinstance(value, list | tuple):
            raise WrongKindError(f"{sublist.field.name}: a list of rows is expected")
        return msgspec.json.encode([sublist.encode(row) for row in value]).decode() if value else None

    def decode(self, row: Sequence[Scalar]) -> Stored:
        """Turn a row of `select` into a record, without the rows of the line table."""
        values: Values = {}
        for (name, decode), value in zip(self._decoders, row[2:], strict=True):
            if value is not None:
                values[name] = value if decode is None else decode(value)
        for name, sublist in self.sublists.items():
            if name in values and not sublist.in_table:
                rows = msgspec.json.decode(str(values[name]), type=list[dict[str, Scalar]])
                values[name] = [sublist.decode(one.items()) for one in rows]
        external = row[1]
        return Stored(
            type=self.type, id=str(row[0]), external_id=None if external is None else str(external), values=values
        )

    def insert(
        self, connection: sqlite3.Connection, number: int, external_id: str | None, row: dict[str, Scalar]
    ) -> None:
        """Add a row."""
        row = {"id": number, "externalid": external_id, **self._constants, **row}
        columns = tuple(row)
        statement = self._inserts.get(columns)
        connection.execute(statement or self._insert_of(columns), tuple(row.values()))

    def _insert_of(self, columns: tuple[str, ...]) -> str:
        if len(self._inserts) >= _STATEMENTS:
            self._inserts.clear()
        names, marks = ", ".join(map(quoted, columns)), ", ".join("?" * len(columns))
        statement = f"INSERT INTO {quoted(self.type.table)} ({names}) VALUES ({marks})"  # noqa: S608 - the schema's own names
        self._inserts[columns] = statement
        return statement

    def change(self, connection: sqlite3.Connection, number: int, row: dict[str, Scalar]) -> None:
        """Set columns of one row."""
        if row:
            names = ", ".join(f"{quoted(name)} = ?" for name in row)
            connection.execute(
                f"UPDATE {quoted(self.type.table)} SET {names} WHERE id = ?",  # noqa: S608 - the schema's own names
                (*row.values(), number),
            )

    def read(self, connection: sqlite3.Connection, number: int) -> Stored | None:
        """Read one record, without the rows of the line table."""
        row = connection.execute(f"{self.select} AND id = ?", (number,)).fetchone()
        return None if row is None else self.decode(row)

    def read_lines(self, connection: sqlite3.Connection, number: int) -> dict[str, list[Line]]:
        """Read the rows of the line table of one record."""
        found: dict[str, list[Line]] = {}
        for name, sublist in self.sublists.items():
            if not sublist.in_table:
                continue
            fields = list(sublist.columns.items())
            columns = ", ".join(quoted(column) for _, column in fields)
            rows = connection.execute(
                f"SELECT {columns} FROM {LINE_TABLE}"  # noqa: S608 - the schema's own names
                f' WHERE "transaction" = ? AND {HIDDEN}list = ? ORDER BY linesequencenumber',
                (number, name),
            )
            lines = [sublist.decode(zip(sublist.columns, row, strict=True)) for row in rows]
            if lines:
                found[name] = lines
        return found


def shelf_of(record_type: RecordType, tables: Mapping[str, Table]) -> Shelf:
    """Compile the shelf of a record type."""
    shelf = Shelf(type=record_type, fields={one.name: one for one in record_type.fields})
    shelf.required = tuple(one for one in record_type.fields if one.required)
    table = tables[record_type.table]
    selected = []
    for one in record_type.fields:
        if one.kind is Kind.LINES:
            sublist = _sublist(one, tables)
            shelf.sublists[one.name] = sublist
            shelf.columns[one.name] = LINE_TABLE if sublist.in_table else column_name(one)
            if sublist.in_table:
                continue
            decode = None
        else:
            shelf.columns[one.name] = column_name(one)
            shelf.encoders[one.name] = encoder(one.kind)
            decode = _decoder(one, table.columns[column_name(one)])
        selected.append(column_name(one))
        shelf._decoders.append((one.name, decode))
    shelf._constants.update(record_type.discriminator)
    shelf.restriction = " AND ".join(f"{quoted(column)} = '{value}'" for column, value in record_type.discriminator)
    if record_type.table == "transaction":
        shelf._constants["recordtype"] = record_type.name.lower()
        shelf._constants["voided"] = "F"
    changes = dict.fromkeys(name for name in ("lastModifiedDate", record_type.change_field) if name in shelf.columns)
    shelf.stamps = tuple((name, shelf.columns[name]) for name in changes if name is not None)
    names = ", ".join(map(quoted, ["id", "externalid", *selected]))
    shelf.select = f"SELECT {names} FROM {quoted(record_type.table)} WHERE {shelf.restriction or '1 = 1'}"  # noqa: S608
    return shelf
