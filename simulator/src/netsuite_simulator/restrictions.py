"""Which records a restricted role sees: those of its subsidiaries, and of its own employees, as SQL over a table.

A role's form names both (*Accessible Subsidiaries*, *Employee Restrictions*); which tables they reach through which
column is assumed from the fields' meaning. A record without a subsidiary belongs to all. Lines, links, notes and deletions
go with the records they are of. Refuses to know why somebody asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.roles import Employees, Role, Subsidiaries
from netsuite_simulator.schemas.fields import Kind
from netsuite_simulator.tables import (
    DELETED_TABLE,
    HIDDEN,
    LINE_TABLE,
    LINK_TABLE,
    NOTE_TABLE,
    Column,
    Table,
    quoted,
)

_SUBSIDIARY = ("subsidiary", "x_subsidiary")
# Tables that have no subsidiary of their own: the column that leads to one that has.
_PARENTS = {
    "projecttask": (("project", "job"),),
    "resourceallocation": (("project", "job"),),
    LINE_TABLE: (("transaction", "transaction"),),
    LINK_TABLE: (("previousdoc", "transaction"), ("nextdoc", "transaction")),
    "previoustransactionlinelink": (("previousdoc", "transaction"), ("nextdoc", "transaction")),
}
_ENTITIES = ("customer", "job", "employee", "vendor", "contact")
_PARENTS |= {f"{kind}addressbook": (("entity", kind),) for kind in _ENTITIES}
_PARENTS |= {f"{kind}addressbookentityaddress": (("recordowner", kind),) for kind in _ENTITIES}
# Views of entities of all kinds: the column that holds the entity's id.
_MIXED = {"entity": "id", "entityaddress": "recordowner"}


def restriction(role: Role, entity: str, table: Table, tables: Mapping[str, Table]) -> str | None:
    """Return the condition that a role's records of a table meet; None where it sees them all.

    `entity` is the internal id of the employee who acts. The condition holds ids alone, nothing a client sent.
    """
    if not role.is_restricted:
        return None
    number = int(entity or 0)
    parts = [_of_subsidiaries(role, number, table), _of_employees(role, number, table)]
    owner = _MIXED.get(table.name)
    if owner is not None:  # each as its own table says
        parts += [_of_kind(role, entity, tables[name], tables, owner) for name in _ENTITIES]
    if table.name == NOTE_TABLE:  # a note of a record goes with the record
        parts += [_of_notes(role, entity, one, tables) for one in tables.values() if one.types]
    for column, parent in _PARENTS.get(table.name, ()):
        inner = restriction(role, entity, tables[parent], tables)
        selected = f"SELECT id FROM {quoted(parent)} WHERE {inner}"  # noqa: S608 - the schema's own names and numbers
        parts.append(None if inner is None else f"({quoted(column)} IS NULL OR {quoted(column)} IN ({selected}))")
    return " AND ".join(part for part in parts if part is not None) or None


def _of_kind(role: Role, entity: str, table: Table, tables: Mapping[str, Table], column: str) -> str | None:
    inner = restriction(role, entity, table, tables)
    if inner is None:
        return None
    name = quoted(table.name)
    return f"({column} NOT IN (SELECT id FROM {name}) OR {column} IN (SELECT id FROM {name} WHERE {inner}))"  # noqa: S608


def _of_notes(role: Role, entity: str, table: Table, tables: Mapping[str, Table]) -> str | None:
    inner = restriction(role, entity, table, tables)
    if inner is None:
        return None
    names = ", ".join(f"'{one.name}'" for one in table.types)
    seen = f"SELECT id FROM {quoted(table.name)} WHERE {inner}"  # noqa: S608 - the schema's own names and numbers
    return f"(recordtype NOT IN ({names}) OR recordid IN ({seen}))"


def _of_subsidiaries(role: Role, number: int, table: Table) -> str | None:
    match role.subsidiaries:
        case Subsidiaries.ALL:
            return None
        case Subsidiaries.OWN:
            allowed = f"SELECT subsidiary FROM employee WHERE id = {number}"  # noqa: S608
        case Subsidiaries.SELECTED:
            allowed = ", ".join(str(int(one)) for one in role.selected_subsidiaries) or "NULL"
    if table.name == "subsidiary":
        return f"id IN ({allowed})"
    column = next((table.columns[name] for name in _SUBSIDIARY if name in table.columns), None)
    if column is None:
        return None
    name = quoted(column.name)
    return f"({name} IS NULL OR {_is_among(column, allowed)})"


def _is_among(column: Column, allowed: str) -> str:
    """Ask whether a reference, or one of several ("1, 3, 4"), is allowed."""
    if column.kind is not Kind.REFERENCES:
        return f"{quoted(column.name)} IN ({allowed})"
    listed = f"', ' || {quoted(column.name)} || ', '"
    return f"EXISTS (SELECT 1 FROM subsidiary AS s WHERE s.id IN ({allowed}) AND {listed} LIKE '%, ' || s.id || ', %')"  # noqa: S608


def _of_employees(role: Role, number: int, table: Table) -> str | None:
    if role.employees is Employees.ALL:
        return None
    chain = "SELECT e.id FROM employee AS e JOIN own ON e.supervisor = own.id"
    own = f"WITH RECURSIVE own(id) AS (SELECT {number} UNION {chain}) SELECT id FROM own"  # noqa: S608
    if table.name == "employee":
        return f"id IN ({own})"
    if table.name == "transaction":  # of transactions, expense reports are an employee's
        return f"(type <> 'ExpRept' OR entity IN ({own}))"
    if table.name == DELETED_TABLE:  # what went kept whose it was
        return f"({HIDDEN}employee IS NULL OR {HIDDEN}employee IN ({own}))"
    column = table.columns.get("employee")
    if column is None or "employee" not in column.refers_to:
        return None
    unassigned = " OR employee IS NULL" if role.employees is Employees.OWN_OR_NOBODY else ""
    return f"(employee IN ({own}){unassigned})"
