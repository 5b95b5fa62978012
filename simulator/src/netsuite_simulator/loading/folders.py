"""A folder of exports, loaded table by table in one transaction, then looked over for references that lead nowhere."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from netsuite_simulator.loading.customizations import customize
from netsuite_simulator.loading.files import CsvFile, Unreadable, is_text
from netsuite_simulator.loading.lines import RELATIONS, LineLoader, RelationLoader
from netsuite_simulator.loading.records import RecordLoader
from netsuite_simulator.loading.reports import LoadError, LoadReport, TableReport
from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.tables import LINE_TABLE, Column, quoted

if TYPE_CHECKING:
    from netsuite_simulator.account import Account

SIDE = "netsuite"  # a firm's folder may hold the files of both sides
_NAMED_IDS = 5


def load_folder(account: Account, folder: Path) -> LoadReport:
    """Load every CSV file of a folder, or of its `netsuite` subfolder, after its customizations; it raises `LoadError` where there is none."""
    side = folder / SIDE if (folder / SIDE).is_dir() else folder
    if not side.is_dir():
        raise LoadError(f"There is no folder {side}. Give a folder that holds one CSV file per NetSuite2 table.")
    files = [CsvFile(path) for path in sorted(side.iterdir()) if path.suffix.lower() == ".csv"]
    if not files:
        raise LoadError(
            f"The folder {side} holds no CSV file. Name each file after its table: customer.csv, transaction_line.csv."
        )
    for file in files:
        file.read_headers()
        if not is_text("".join(file.headers)):
            raise LoadError(f"The first row of {file.path} is not UTF-8 text. Save the export as UTF-8.")
    customize(account, side)
    order = {name: position for position, name in enumerate([*account.tables, LINE_TABLE, *RELATIONS])}
    files.sort(key=lambda file: (order.get(file.table, len(order)), file.path.name))
    report = LoadReport()
    with account.transaction():
        for file in files:
            report.tables.append(_load(account, file))
        for table in report.tables:
            table.notes += _dangling(account, table.table)
    return report


def _load(account: Account, file: CsvFile) -> TableReport:
    if file.table == LINE_TABLE:
        return LineLoader(account, file).load()
    if file.table in RELATIONS:
        return RelationLoader(account, file).load()
    table = account.tables.get(file.table)
    if table is not None and table.types:
        return RecordLoader(account, file, tuple(account.types[one.name] for one in table.types)).load()
    report = TableReport(table=file.table, file=file.path.name)
    for row in file.rows():
        if isinstance(row, Unreadable):
            report.refuse(row.line, row.reason)
        else:
            report.skip(row.line, f"the account has no table {file.table}")
    return report


def _dangling(account: Account, name: str) -> list[str]:
    """Tell which references lead to records that were not loaded; they are kept, as a partial export is normal."""
    table = account.tables.get(name)
    if table is None or table.view is not None:
        return []
    notes = []
    for column in table.columns.values():
        targets = dict.fromkeys(account.types[one].table for one in column.refers_to)
        if column.kind not in {Kind.REFERENCE, Kind.REFERENCES} or not targets:
            continue
        missing = _missing(account, name, column, list(targets))
        if missing:
            shown = ", ".join(map(str, missing[:_NAMED_IDS])) + (", …" if len(missing) > _NAMED_IDS else "")
            records = "record that is" if len(missing) == 1 else "records that are"
            notes.append(
                f"column {column.name.removeprefix('x_')} refers to {len(missing)} {records} not loaded: {shown}"
            )
    return notes


def _missing(account: Account, name: str, column: Column, targets: list[str]) -> list[int]:
    """Find the ids in a column that no record of the target tables has."""
    held = " UNION ALL ".join(f"SELECT id FROM {quoted(target)}" for target in targets)  # noqa: S608 - schema names
    source, key = f"{quoted(name)} AS t", f"t.{quoted(column.name)}"
    if column.kind is Kind.REFERENCES:
        source, key = f"{source}, json_each('[' || {key} || ']') AS j", "j.value"
    sql = f"SELECT DISTINCT {key} FROM {source} WHERE {key} IS NOT NULL AND {key} NOT IN ({held}) ORDER BY 1"  # noqa: S608 - schema names
    return [int(row[0]) for row in account.connection.execute(sql)]
