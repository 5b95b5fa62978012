"""The tables of the account: from record types to SQLite tables, one per NetSuite2 table.

A `Table` says which columns SuiteQL may see, of which kind, and what each refers to. Fields without a NetSuite2 column
live in columns named `x_…`, which no SuiteQL query may name. Refuses to hold a connection.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from netsuite_simulator.addressviews import ADDRESS_COLUMNS, ROW_COLUMNS, select_addresses, select_rows
from netsuite_simulator.schemas.fields import Choice, Field, Kind, RecordType
from netsuite_simulator.values import SQL_TYPES

HIDDEN = "x_"
LINE_TABLE = "transactionline"
NOTE_TABLE = "systemnote"
DELETED_TABLE = "deletedrecord"
LINK_TABLE = "nexttransactionlinelink"
BILLED_TABLE = "x_billed"  # which time bills and lines of costs an invoice has billed: nothing SuiteQL shows


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column: `visible` is whether SuiteQL may name it."""

    name: str
    kind: Kind
    visible: bool = True
    refers_to: tuple[str, ...] = ()
    choices: tuple[Choice, ...] = ()


@dataclass(slots=True, kw_only=True)
class Table:
    """One NetSuite2 table or view; `permissions` are the role permissions of which one lets a role see it."""

    name: str
    columns: dict[str, Column] = field(default_factory=dict)
    permissions: tuple[str, ...] = ()
    types: tuple[RecordType, ...] = ()
    view: str | None = None  # its SELECT where it is a view
    restriction: str | None = None  # the condition its rows meet for whoever asks

    @property
    def visible(self) -> tuple[Column, ...]:
        """The columns SuiteQL may name."""
        return tuple(column for column in self.columns.values() if column.visible)

    def add(self, column: Column) -> None:
        """Add a column; a name already there keeps its kind and gains what the new one refers to."""
        known = self.columns.get(column.name)
        if known is None:
            self.columns[column.name] = column
            return
        refers_to = tuple(dict.fromkeys(known.refers_to + column.refers_to))
        choices = tuple(dict.fromkeys(known.choices + column.choices))
        self.columns[column.name] = Column(
            name=known.name, kind=known.kind, visible=known.visible, refers_to=refers_to, choices=choices
        )


def column_name(of: Field) -> str:
    """Name the column that holds a field: its NetSuite2 column, or a hidden one."""
    return of.column if of.column is not None else HIDDEN + of.name.lower()


def column_of(of: Field) -> Column:
    """Build the column that holds a field."""
    return Column(
        name=column_name(of),
        kind=of.kind,
        visible=of.column is not None,
        refers_to=of.refers_to,
        choices=of.choices,
    )


_ID = Column(name="id", kind=Kind.INTEGER)
_EXTERNAL_ID = Column(name="externalid", kind=Kind.TEXT)
_ENTITY_TYPES = ("customer", "job", "employee", "vendor", "contact")
_ENTITY_LABELS = {"customer": "CustJob", "job": "Job", "employee": "Employee", "vendor": "Vendor", "contact": "Contact"}
_ENTITY_COLUMNS = ("entityid", "altname", "email", "phone", "firstname", "lastname", "comments", "entitytitle")


def _plain(*columns: tuple[str, Kind]) -> dict[str, Column]:
    return {name: Column(name=name, kind=kind) for name, kind in columns}


def _line_table() -> Table:
    """Build the rows of sublists of transactions, reference §9.14; line 0 is the main line."""
    table = Table(
        name=LINE_TABLE,
        columns=_plain(
            ("uniquekey", Kind.INTEGER),
            ("transaction", Kind.INTEGER),
            ("id", Kind.INTEGER),
            ("linesequencenumber", Kind.INTEGER),
            ("mainline", Kind.BOOLEAN),
            ("taxline", Kind.BOOLEAN),
            ("linelastmodifieddate", Kind.INSTANT),
            ("itemtype", Kind.TEXT),
            ("netamount", Kind.DECIMAL),
            ("quantity", Kind.DECIMAL),
            ("rate", Kind.DECIMAL),
            ("foreignamount", Kind.DECIMAL),
            ("createdfrom", Kind.INTEGER),
        ),
    )
    table.add(Column(name="entity", kind=Kind.REFERENCE))
    table.add(Column(name="subsidiary", kind=Kind.REFERENCE, refers_to=("subsidiary",)))
    table.add(Column(name=f"{HIDDEN}list", kind=Kind.TEXT, visible=False))
    return table


def _deleted_table() -> Table:
    """Build the table of deleted records, reference §5.11."""
    columns = _plain(
        ("recordid", Kind.INTEGER),
        ("recordtypeid", Kind.INTEGER),
        ("scriptid", Kind.TEXT),
        ("name", Kind.TEXT),
        ("type", Kind.TEXT),
        ("context", Kind.TEXT),
        ("deletedby", Kind.INTEGER),
        ("deleteddate", Kind.INSTANT),
        ("iscustomlist", Kind.BOOLEAN),
        ("iscustomrecord", Kind.BOOLEAN),
        ("iscustomtransaction", Kind.BOOLEAN),
    )
    table = Table(name=DELETED_TABLE, columns=columns, permissions=("ADMI_DELETEDRECORD",))
    hidden = {"record": Kind.TEXT, "externalid": Kind.TEXT, "reason": Kind.TEXT, "memo": Kind.TEXT}
    for name, kind in {**hidden, "subsidiary": Kind.REFERENCES, "employee": Kind.INTEGER}.items():
        table.add(Column(name=HIDDEN + name, kind=kind, visible=False))
    return table


def _note_table() -> Table:
    """Build the table of system notes; columns as NetSuite2 has them, `recordtype` assumed."""
    columns = _plain(
        ("recordid", Kind.INTEGER),
        ("recordtype", Kind.TEXT),
        ("date", Kind.INSTANT),
        ("context", Kind.TEXT),
        ("type", Kind.TEXT),
        ("field", Kind.TEXT),
        ("oldvalue", Kind.TEXT),
        ("newvalue", Kind.TEXT),
        ("role", Kind.TEXT),
    )
    table = Table(name=NOTE_TABLE, columns=columns, permissions=("LIST_SYSTEMNOTES",))
    table.add(Column(name="name", kind=Kind.REFERENCE, refers_to=("employee",)))
    return table


def _link_tables(transactions: tuple[str, ...]) -> tuple[Table, Table]:
    """Build the table of links between transactions and its mirror (see `links`)."""
    table = Table(name=LINK_TABLE)
    for name in ("previousdoc", "nextdoc"):
        table.add(Column(name=name, kind=Kind.REFERENCE, refers_to=transactions))
    table.columns.update(
        _plain(
            ("previousline", Kind.INTEGER),
            ("previoustype", Kind.TEXT),
            ("previousdate", Kind.DATE),
            ("nextline", Kind.INTEGER),
            ("nexttype", Kind.TEXT),
            ("nextdate", Kind.DATE),
            ("linktype", Kind.TEXT),
            ("foreignamount", Kind.DECIMAL),
            ("lastmodifieddate", Kind.INSTANT),
        )
    )
    mirror = Table(name="previoustransactionlinelink", columns=dict(table.columns))
    mirror.view = f"SELECT * FROM {LINK_TABLE}"  # noqa: S608 - our own name
    return table, mirror


def _entity_view(tables: Mapping[str, Table]) -> Table:
    """Build the view with a row per customer, project, employee, vendor and contact, reference §9.14."""
    selects = []
    for name in _ENTITY_TYPES:
        own = tables[name].columns
        shown = [column if column in own else f"NULL AS {column}" for column in _ENTITY_COLUMNS]
        pointers = [
            f"{'id' if name == other else 'NULL'} AS {'project' if other == 'job' else other}"
            for other in _ENTITY_TYPES
        ]
        parts = ["id", "externalid", f"'{_ENTITY_LABELS[name]}' AS type", *shown, *pointers]
        parts += ["isinactive", "datecreated", "lastmodifieddate"]
        selects.append(f"SELECT {', '.join(parts)} FROM {name}")  # noqa: S608 - names are the schema's own
    columns = _plain(
        ("id", Kind.INTEGER),
        ("externalid", Kind.TEXT),
        ("type", Kind.TEXT),
        *((column, Kind.TEXT) for column in _ENTITY_COLUMNS),
        *(("project" if other == "job" else other, Kind.REFERENCE) for other in _ENTITY_TYPES),
        ("isinactive", Kind.BOOLEAN),
        ("datecreated", Kind.INSTANT),
        ("lastmodifieddate", Kind.INSTANT),
    )
    permissions = ("LIST_CUSTJOB", "LIST_EMPLOYEE", "LIST_VENDOR", "LIST_CONTACT")
    return Table(name="entity", columns=columns, permissions=permissions, view=" UNION ALL ".join(selects))


def _book_view(kind: str, tables: Mapping[str, Table]) -> Table:
    """Build the view of one kind of entity's address books (see `addressviews`)."""
    view = Table(name=f"{kind}addressbook", columns=_plain(*ROW_COLUMNS.items()), view=select_rows(kind))
    view.permissions = tables[kind].permissions
    view.add(Column(name="entity", kind=Kind.REFERENCE, refers_to=(kind,)))
    return view


def _address_view(name: str, kinds: tuple[str, ...], tables: Mapping[str, Table]) -> Table:
    """Build a view of the addresses of some kinds of entities."""
    view = Table(
        name=name, columns=_plain(*ADDRESS_COLUMNS.items()), view=" UNION ALL ".join(map(select_addresses, kinds))
    )
    view.permissions = tuple(dict.fromkeys(one for kind in kinds for one in tables[kind].permissions))
    view.add(Column(name="recordowner", kind=Kind.REFERENCE, refers_to=kinds))
    return view


def tables_of(types: Iterable[RecordType]) -> dict[str, Table]:
    """Build every table and view of an account from its record types."""
    tables: dict[str, Table] = {}
    line_table = _line_table()
    for record_type in types:
        table = tables.setdefault(record_type.table, Table(name=record_type.table))
        table.types += (record_type,)
        table.permissions = tuple(dict.fromkeys((*table.permissions, record_type.permission)))
        table.add(_ID)
        table.add(_EXTERNAL_ID)
        for name, _ in record_type.discriminator:
            table.add(Column(name=name, kind=Kind.TEXT))
        for one in record_type.fields:
            if one.lines is not None and one.column == LINE_TABLE:
                for line_field in one.lines.fields:
                    line_table.add(column_of(line_field))
                line_table.permissions = tables["transaction"].permissions
            else:
                table.add(column_of(one))
    tables["transaction"].add(Column(name="recordtype", kind=Kind.TEXT))
    tables["transaction"].add(Column(name="voided", kind=Kind.BOOLEAN))
    tables[LINE_TABLE] = line_table
    tables[DELETED_TABLE] = _deleted_table()
    tables[NOTE_TABLE] = _note_table()
    for link_table in _link_tables(tuple(one.name for one in tables["transaction"].types)):
        link_table.permissions = tables["transaction"].permissions
        tables[link_table.name] = link_table
    for view in (
        _entity_view(tables),
        *(_book_view(kind, tables) for kind in _ENTITY_TYPES),
        *(_address_view(f"{kind}addressbookentityaddress", (kind,), tables) for kind in _ENTITY_TYPES),
        _address_view("entityaddress", _ENTITY_TYPES, tables),
    ):
        tables[view.name] = view
    return tables


# Rows that go with the record a column names: what came of another goes with its links, an entity with its subsidiaries.
GOES_ALONG = frozenset(
    {
        (LINK_TABLE, "nextdoc"),
        ("customersubsidiaryrelationship", "entity"),
        ("vendorsubsidiaryrelationship", "entity"),
    }
)

# The ids of one group are unique whatever their case, reference §4.10: `key` is the folded id.
EXTERNAL_IDS = (
    "CREATE TABLE IF NOT EXISTS x_external"
    " (space TEXT, key TEXT, type TEXT, id INTEGER, PRIMARY KEY (space, key)) WITHOUT ROWID"
)

ERRANDS = (
    "CREATE TABLE IF NOT EXISTS x_errand"
    " (kind TEXT, id TEXT, used_at REAL NOT NULL, content BLOB NOT NULL, PRIMARY KEY (kind, id))"
)
_BILLED = (
    f"CREATE TABLE IF NOT EXISTS {BILLED_TABLE}"
    " (list TEXT, doc INTEGER, line INTEGER, biller INTEGER, PRIMARY KEY (list, doc, line)) WITHOUT ROWID"
)

SETTINGS = "CREATE TABLE IF NOT EXISTS x_setting (name TEXT PRIMARY KEY, value TEXT NOT NULL)"


def quoted(name: str) -> str:
    """Quote a name for SQLite: `transaction` and `order` are its keywords."""
    return f'"{name}"'


def definitions(tables: Mapping[str, Table]) -> list[str]:
    """Write the statements that make an empty account."""
    statements = []
    for table in tables.values():
        if table.view is not None:
            statements.append(f"CREATE VIEW IF NOT EXISTS {quoted(table.name)} AS {table.view}")
            continue
        columns = [
            f"{quoted(column.name)} {SQL_TYPES[column.kind]}{_key(table, column)}" for column in table.columns.values()
        ]
        statements.append(f"CREATE TABLE IF NOT EXISTS {quoted(table.name)} ({', '.join(columns)})")
    statements += [
        f'CREATE INDEX IF NOT EXISTS line_of ON {LINE_TABLE} ("transaction")',
        "CREATE INDEX IF NOT EXISTS time_of ON timebill (employee)",
        "CREATE INDEX IF NOT EXISTS sheet_of ON timesheet (employee)",
        "CREATE INDEX IF NOT EXISTS task_of ON projecttask (project)",
        "CREATE INDEX IF NOT EXISTS customer_of ON customersubsidiaryrelationship (entity)",
        "CREATE INDEX IF NOT EXISTS vendor_of ON vendorsubsidiaryrelationship (entity)",
        'CREATE INDEX IF NOT EXISTS number_of ON "transaction" (type, tranid)',
        f"CREATE INDEX IF NOT EXISTS link_from ON {LINK_TABLE} (previousdoc)",
        f"CREATE INDEX IF NOT EXISTS link_to ON {LINK_TABLE} (nextdoc)",
        _BILLED,
        *(f"CREATE INDEX IF NOT EXISTS name_of_{table} ON {table} (entityid)" for table in _ENTITY_TYPES),
        *(
            f"CREATE INDEX IF NOT EXISTS modified_{table.name} ON {quoted(table.name)} (lastmodifieddate)"
            for table in tables.values()
            if table.view is None and "lastmodifieddate" in table.columns
        ),
        EXTERNAL_IDS,
        "CREATE TABLE IF NOT EXISTS x_sequence (family TEXT PRIMARY KEY, last INTEGER NOT NULL)",
        ERRANDS,
        SETTINGS,
    ]
    return statements


def _key(table: Table, column: Column) -> str:
    key = "uniquekey" if table.name == LINE_TABLE else "id"
    return " PRIMARY KEY" if column.name == key else ""
