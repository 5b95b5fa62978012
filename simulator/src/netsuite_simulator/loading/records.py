"""One file of records, loaded row by row: created where new, updated where different, skipped where the same.

Loads through the account's world edits, so internal ids and change dates stay what the file says. Refuses to know
sublists: lines of transactions are `lines`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from netsuite_simulator.loading.cells import CellError, boolean, internal_id
from netsuite_simulator.loading.columns import Remarks, fields_by_header, read_cells, repeated_headers, unknown_headers
from netsuite_simulator.loading.files import CsvFile, Row, Unreadable
from netsuite_simulator.loading.reports import TableReport
from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.values import WrongKindError

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

CHANGE_FIELD = "lastModifiedDate"
SAME = "the account has it already, the same"


def why_skipped(row: Row) -> str | None:
    """Say why a row is none of the account's present: replication tools keep older and deleted versions."""
    if boolean(row.cells.get("_fivetran_deleted", "F")) or row.cells.get("date_deleted"):
        return "the record was deleted in the account it comes from"
    if not boolean(row.cells.get("_fivetran_active", "T")):
        return "an older version of the record"
    return None


class RecordLoader:
    """Loads the rows of one table."""

    def __init__(self, account: Account, file: CsvFile, types: tuple[RecordType, ...]) -> None:
        self._account = account
        self._file = file
        self._types = types
        self._fields: dict[str, Mapping[str, Field]] = {one.name: fields_by_header(one.fields) for one in types}
        self._remarks = Remarks({})
        self.report = TableReport(table=file.table, file=file.path.name)

    def load(self) -> TableReport:
        """Load every row."""
        unknown = unknown_headers(self._file.headers, self._types)
        if unknown:
            self.report.notes.append(f"columns that the account does not have were not read: {', '.join(unknown)}")
        for name in repeated_headers(self._file.headers):
            self.report.notes.append(f"column {name} stands more than once; the last one was read")
        for row in self._file.rows():
            if isinstance(row, Unreadable):
                self.report.refuse(row.line, row.reason)
                continue
            try:
                self._load(row)
            except (CellError, WrongKindError, ValueError) as error:
                self.report.refuse(row.line, str(error))
        self.report.notes += self._remarks.notes()
        return self.report

    def _load(self, row: Row) -> None:
        skipped = why_skipped(row)
        if skipped is not None:
            self.report.skip(row.line, skipped)
            return
        record_type = type_of(row, self._types)
        fields = self._fields[record_type.name]
        values = read_cells(row.cells, fields, zone=self._account.zone, line=row.line, remarks=self._remarks)
        number = internal_id(row.cells["id"]) if "id" in row.cells else None
        external_id = row.cells.get("externalid")
        current = None
        if number is not None:
            current = self._account.get(record_type.name, internal_id=number)
        elif external_id is not None:
            current = self._account.get(record_type.name, external_id=external_id)
        if current is None:
            self._create(record_type, external_id, number, values, row)
            return
        if external_id is not None and external_id != current.external_id:
            raise CellError(
                f"the account has {record_type.label.lower()} {current.id} with the external id"
                f" {current.external_id or '(none)'}, not {external_id}; external ids are not changed by a load"
            )
        cleared = self._cleared(row, fields, current.values)
        changed = {name: value for name, value in values.items() if current.values.get(name) != value}
        if not changed and not cleared:
            self.report.skip(row.line, SAME)
            return
        kept = {CHANGE_FIELD: current.values[CHANGE_FIELD]} if CHANGE_FIELD in current.values else {}
        self._account.bump(record_type.name, current.id, **{**kept, **changed, **dict.fromkeys(cleared)})
        if not changed and self._account.get(record_type.name, internal_id=current.id) == current:
            self.report.skip(row.line, SAME)  # the account fills by itself what the file leaves blank
            return
        self.report.updated += 1

    def _create(
        self, record_type: RecordType, external_id: str | None, number: str | None, values: dict[str, object], row: Row
    ) -> None:
        """Add a record, without the defaults that the account gives where the file says that there is nothing."""
        written = self._account.add(record_type.name, external_id, number, **values)
        self.report.created += 1
        stored = self._account.get(record_type.name, internal_id=written.id)
        assert stored is not None
        cleared = self._cleared(row, self._fields[record_type.name], stored.values)
        if cleared:
            kept = {CHANGE_FIELD: stored.values[CHANGE_FIELD]} if CHANGE_FIELD in stored.values else {}
            self._account.bump(record_type.name, written.id, **{**kept, **dict.fromkeys(cleared)})

    def _cleared(self, row: Row, fields: Mapping[str, Field], known: Mapping[str, object]) -> list[str]:
        """List the set fields whose cells are blank: a blank cell means no value, but for what the account computes."""
        blank = [fields[name] for name in self._file.headers if name not in row.cells and name in fields]
        return [one.name for one in blank if one.name in known and not one.read_only]


def type_of(row: Row, types: tuple[RecordType, ...]) -> RecordType:
    """Choose among the record types of a shared table; it raises `CellError` for a kind that the account lacks."""
    if len(types) == 1:
        return types[0]
    cells = row.cells
    if types[0].table == "item":
        cells = {"itemtype": "Service", **cells}
        if "subtype" not in cells:
            cells = {**cells, "subtype": _subtype(row)}
    found = next((one for one in types if all(cells.get(name) == value for name, value in one.discriminator)), None)
    if found is not None:
        return found
    columns = dict.fromkeys(name for one in types for name, _ in one.discriminator)
    given = ", ".join(f"{name} {cells.get(name) or 'blank'}" for name in columns)
    held = "; ".join(" ".join(value for _, value in one.discriminator) for one in types)
    raise CellError(f"the account holds no record of {given}; it holds {held}")


def _subtype(row: Row) -> str:
    """Tell what an item is for by its accounts, where an export leaves the subtype out."""
    sold, bought = "incomeaccount" in row.cells, "expenseaccount" in row.cells
    return "Resale" if sold and bought else "Purchase" if bought else "Sale"
