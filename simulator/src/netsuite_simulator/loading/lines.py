"""Lines of transactions and subsidiaries of entities: rows that belong to records loaded before."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from netsuite_simulator.loading.cells import CellError, boolean, internal_id
from netsuite_simulator.loading.columns import KNOWN, TOOL_PREFIX, Remarks, fields_by_header, read_cells
from netsuite_simulator.loading.files import CsvFile, Row, Unreadable
from netsuite_simulator.loading.records import CHANGE_FIELD, SAME, why_skipped
from netsuite_simulator.loading.reports import TableReport
from netsuite_simulator.rules.relations import RELATIONS as OWNERS
from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.tables import LINE_TABLE

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

RELATIONS = {name.lower(): (name, owner) for name, owner in OWNERS.items()}
_POSITIONS = frozenset(
    {"transaction", "linesequencenumber", "mainline", "taxline", "uniquekey", "linelastmodifieddate"}
)


@dataclass(slots=True, kw_only=True)
class _Lines:
    """The rows of one transaction."""

    record_type: RecordType
    sublist: Field
    rows: list[tuple[int, dict[str, object]]] = field(default_factory=list)


class LineLoader:
    """Loads transactionline.csv: all rows of a transaction together, as the lines that it then has."""

    def __init__(self, account: Account, file: CsvFile) -> None:
        self._account = account
        self._file = file
        self._remarks = Remarks({})
        self._lines: dict[tuple[str, str], _Lines] = {}
        self.report = TableReport(table=file.table, file=file.path.name)

    def load(self) -> TableReport:
        """Load every row."""
        known = KNOWN | _POSITIONS
        for one in self._sublists():
            known |= fields_by_header(one.lines.fields if one.lines is not None else ()).keys()
        unknown = [name for name in self._file.headers if name not in known and not name.startswith(TOOL_PREFIX)]
        if unknown:
            self.report.notes.append(f"columns that the account does not have were not read: {', '.join(unknown)}")
        for row in self._file.rows():
            if isinstance(row, Unreadable):
                self.report.refuse(row.line, row.reason)
                continue
            try:
                self._read(row)
            except CellError as error:
                self.report.refuse(row.line, str(error))
        for (number, _), lines in self._lines.items():
            self._store(number, lines)
        self.report.notes += self._remarks.notes()
        return self.report

    def _sublists(self) -> list[Field]:
        return [
            one
            for record_type in self._account.types.values()
            for one in record_type.fields
            if one.column == LINE_TABLE
        ]

    def _read(self, row: Row) -> None:
        skipped = why_skipped(row)
        if skipped is None and boolean(row.cells.get("mainline", "F")):
            skipped = "the main line is the transaction itself"
        if skipped is None and boolean(row.cells.get("taxline", "F")):
            skipped = "tax lines are computed"
        if skipped is not None:
            self.report.skip(row.line, skipped)
            return
        if "transaction" not in row.cells:
            raise CellError("the column transaction is blank; it holds the internal id of the line's transaction")
        number = internal_id(row.cells["transaction"])
        record_type = self._owner(number)
        if record_type is None:
            raise CellError(f"the transaction {number} of this line was not loaded")
        sublist = _sublist_of(record_type, row)
        if sublist is None:
            self.report.skip(row.line, f"a {record_type.label.lower()} keeps what it is applied to, and no lines")
            return
        lines = self._lines.setdefault((number, sublist.name), _Lines(record_type=record_type, sublist=sublist))
        assert lines.sublist.lines is not None
        fields = fields_by_header(lines.sublist.lines.fields)
        values = read_cells(row.cells, fields, zone=self._account.zone, line=row.line, remarks=self._remarks)
        values.pop("line", None)
        lines.rows.append((row.line, values))

    def _owner(self, number: str) -> RecordType | None:
        row = self._account.row('SELECT recordtype FROM "transaction" WHERE id = ?', (number,))
        return None if row is None else self._account.record_type(str(row[0]))

    def _store(self, number: str, lines: _Lines) -> None:
        current = self._account.get(lines.record_type.name, internal_id=number)
        assert current is not None
        known = current.values.get(lines.sublist.name)
        given = [values for _, values in lines.rows]
        if isinstance(known, list) and _says_the_same(known, given):
            for line, _ in lines.rows:
                self.report.skip(line, SAME)
            return
        kept = {CHANGE_FIELD: current.values[CHANGE_FIELD]} if CHANGE_FIELD in current.values else {}
        try:
            self._account.bump(lines.record_type.name, number, **{lines.sublist.name: given}, **kept)
        except ValueError as error:
            for line, _ in lines.rows:
                self.report.refuse(line, f"the lines of transaction {number} go together, and one is wrong: {error}")
            return
        if known:
            self.report.updated += len(given)
        else:
            self.report.created += len(given)


def _sublist_of(record_type: RecordType, row: Row) -> Field | None:
    """Choose the sublist of a row: purchases have items and expenses, told apart by what the row names."""
    sublists = {one.name: one for one in record_type.fields if one.column == LINE_TABLE}
    if len(sublists) > 1 and "expense" in sublists:
        return sublists["item" if "item" in row.cells else "expense"]
    return next(iter(sublists.values()), None)


def _says_the_same(known: list[Mapping[str, object]], given: list[dict[str, object]]) -> bool:
    """Whether the lines hold what the file says; what the account completes by itself does not count."""
    return len(known) == len(given) and all(
        all(line.get(name) == value for name, value in values.items())
        for line, values in zip(known, given, strict=True)
    )


class RelationLoader:
    """Loads customersubsidiaryrelationship.csv: NetSuite2 keeps an entity's subsidiary in a table of its own."""

    def __init__(self, account: Account, file: CsvFile) -> None:
        self._account = account
        self._file = file
        self.report = TableReport(table=file.table, file=file.path.name)

    def load(self) -> TableReport:
        """Load every row."""
        for row in self._file.rows():
            if isinstance(row, Unreadable):
                self.report.refuse(row.line, row.reason)
                continue
            try:
                self._load(row)
            except ValueError as error:
                self.report.refuse(row.line, str(error))
        return self.report

    def _load(self, row: Row) -> None:
        skipped = why_skipped(row)
        if skipped is not None:
            self.report.skip(row.line, skipped)
            return
        if "entity" not in row.cells or "subsidiary" not in row.cells:
            raise CellError("the columns entity and subsidiary must both be filled")
        relation, owner = RELATIONS[self._file.table]
        number, subsidiary = internal_id(row.cells["entity"]), internal_id(row.cells["subsidiary"])
        current = self._account.get(owner, internal_id=number)
        if current is None:
            raise CellError(f"the {owner} {number} was not loaded")
        if not boolean(row.cells.get("isprimarysub", "T")):
            self._add_further(row.line, relation, number, subsidiary)
            return
        if current.values.get("subsidiary") == subsidiary:
            self.report.skip(row.line, SAME)
            return
        kept = {CHANGE_FIELD: current.values[CHANGE_FIELD]} if CHANGE_FIELD in current.values else {}
        self._account.bump(owner, number, subsidiary=subsidiary, **kept)
        self.report.updated += 1

    def _add_further(self, line: int, relation: str, entity: str, subsidiary: str) -> None:
        found, _ = self._account.search(relation, [("entity", "=", entity), ("subsidiary", "=", subsidiary)])
        if found:
            self.report.skip(line, SAME)
            return
        self._account.add(relation, entity=entity, subsidiary=subsidiary)
        self.report.created += 1
