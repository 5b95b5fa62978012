"""A record's form taken in: what was changed becomes a write with every rule, and what is refused goes beside its field.

Only what differs from the stored record is written. The refusal of a record that changed meanwhile is worded as assumed.
Refuses to know how a form looks.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from netsuite_simulator.account import Rejection, Stored, Written
from netsuite_simulator.faces.setup.fieldtexts import FieldTextError, Texts, value_of
from netsuite_simulator.faces.setup.sheets import (
    EXTERNAL_ID,
    Sheet,
    body_name,
    columns_of,
    line_name,
    set_value,
    stored_sheet,
    value_at,
)
from netsuite_simulator.faces.setup.targets import Targets
from netsuite_simulator.faces.setup.visits import Visit
from netsuite_simulator.results import CREATE, EDIT, READ_ONLY_TYPES, view_refusal
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.shelves import Line

CHANGED = (
    "Record has been changed. Somebody saved it after you opened this page: open it again and repeat what you entered."
)
_KEPT_EXTERNAL_ID = "An external ID can be changed and not be taken away."
_LINE_PATH = re.compile(r"(\w+)\.items\[(\d+)\]\.([\w.]+)")


@dataclass(slots=True)
class Refused:
    """Why nothing was saved: by input, and what belongs to none."""

    by_input: dict[str, str] = field(default_factory=dict)
    others: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.by_input or self.others)


def version_of(record: Stored | None) -> str:
    """Return what tells two states of a record apart, as its form carries it."""
    if record is None or record.type.change_field is None:
        return ""
    changed = record.values.get(record.type.change_field)
    return changed.isoformat() if isinstance(changed, datetime) else ""


class Taken:
    """One form taken in: `values` are the changes, `refused` what kept them from being read."""

    def __init__(self, visit: Visit, record_type: RecordType, current: Stored | None, typed: Sheet) -> None:
        self._visit = visit
        self._type = record_type
        self._current = current
        self._typed = typed
        self._before = stored_sheet(record_type, current, visit.account.zone)
        self._targets = Targets(visit)
        self._rows: dict[str, list[int]] = {}
        self.values: dict[str, object] = {}
        self.refused = Refused()
        for one in record_type.fields:
            if one.lines is not None:
                self._take_lines(one)
            elif not one.read_only:
                self._take(one)

    def _take(self, of: Field) -> None:
        name = body_name(of)
        given = self._typed.of(name)
        if given == self._before.of(name):
            return
        try:
            self.values[of.name] = self._value(of, given)
        except FieldTextError as error:
            self.refused.by_input[name] = str(error)

    def _value(self, of: Field, given: Texts) -> object:
        match of.kind:
            case Kind.BOOLEAN:
                return bool(given)
            case Kind.REFERENCES:
                return [self._targets.resolved(of, one) for one in given] or None
            case Kind.REFERENCE:
                return self._targets.resolved(of, given[0]) if given else None
            case _:
                return value_of(of, given[0], self._visit.account.zone) if given else None

    def _take_lines(self, of: Field) -> None:
        rows = list(self._typed.rows(of))
        self._rows[of.name] = rows
        before = [self._before.row(of, number) for number in self._before.rows(of)]
        if [self._typed.row(of, number) for number in rows] != before:
            self.values[of.name] = [self._line(of, number) for number in rows]

    def _line(self, of: Field, number: int) -> Line:
        """Read a line; what was not touched keeps its value to the last digit."""
        assert of.lines is not None
        stored = None if self._current is None else self._current.values.get(of.name)
        kept = stored[number] if isinstance(stored, list) and number < len(stored) else {}
        line: Line = {}
        for column in columns_of(of.lines):
            name = line_name(of, number, column)
            given = self._typed.of(name)
            if column.read_only or not given:
                continue
            if given == self._before.of(name):
                set_value(line, column.name, value_at(kept, column.name))
                continue
            try:
                set_value(line, column.name, self._value(column, given))
            except FieldTextError as error:
                self.refused.by_input[name] = str(error)
        return line

    def place(self, rejection: Rejection) -> Refused:
        """Put a rejection beside the field it is about."""
        refused = Refused()
        name = self._input_of(rejection)
        if name is None:
            refused.others.append(rejection.message)
        else:
            refused.by_input[name] = rejection.message
        return refused

    def _input_of(self, rejection: Rejection) -> str | None:
        path = rejection.path or ""
        if path == "externalId":
            return EXTERNAL_ID
        found = _LINE_PATH.fullmatch(path)
        if found is not None:
            return self._line_input(found[1], int(found[2]), found[3])
        by_name: Mapping[str, Field] = {one.name: one for one in self._type.fields if one.lines is None}
        of = by_name.get(rejection.field or "")
        return None if of is None or of.read_only else body_name(of)

    def _line_input(self, sublist: str, index: int, name: str) -> str | None:
        for of in self._type.fields:
            rows = self._rows.get(of.name, [])
            if of.lines is None or of.lines.name != sublist or index >= len(rows):
                continue
            for column in columns_of(of.lines):
                if (
                    name.rpartition(".")[2] in (column.name.rpartition(".")[2], column.rest_name)
                    and not column.read_only
                ):
                    return line_name(of, rows[index], column)
        return None


def save(visit: Visit, record_type: RecordType, current: Stored | None, typed: Sheet, seen: str) -> Written | Refused:
    """Save a form: a new record where there is no current one."""
    taken = Taken(visit, record_type, current, typed)
    if taken.refused:
        return taken.refused
    if current is not None and seen != version_of(current):
        return Refused(others=[CHANGED])
    external = typed.of(EXTERNAL_ID)
    external_id = external[0] if external else None
    if external_id is None and current is not None and current.external_id is not None:
        return Refused(by_input={EXTERNAL_ID: _KEPT_EXTERNAL_ID})
    result = _written(visit, record_type, current, taken.values, external_id)
    return result if isinstance(result, Written) else taken.place(result)


def save_made(visit: Visit, made: Stored, typed: Sheet) -> Written | Refused:
    """Save the form of a record made of another one: what the visitor changed lies over what was made."""
    taken = Taken(visit, made.type, made, typed)
    if taken.refused:
        return taken.refused
    values = {name: value for name, value in {**made.values, **taken.values}.items() if value is not None}
    external = typed.of(EXTERNAL_ID)
    external_id = external[0] if external else None
    result = visit.account.create(made.type.name, values, external_id=external_id, role=visit.login)
    return result if isinstance(result, Written) else taken.place(result)


def _written(
    visit: Visit, record_type: RecordType, current: Stored | None, values: dict[str, object], external_id: str | None
) -> Written | Rejection:
    account, login, name = visit.account, visit.login, record_type.name
    if name in READ_ONLY_TYPES:  # web services may not write them, an accountant may
        return _edited(visit, record_type, current, values, external_id)
    if current is None:
        return account.create(name, values, external_id=external_id, role=login)
    return account.update(name, values, internal_id=current.id, new_external_id=external_id, role=login)


def _edited(
    visit: Visit,
    record_type: RecordType,
    current: Stored | None,
    values: Mapping[str, Any],
    external_id: str | None,
) -> Written | Rejection:
    refusal = view_refusal(record_type, visit.login, CREATE if current is None else EDIT)
    if refusal is not None:
        return refusal
    if current is not None and current.external_id != external_id:
        return Rejection(code="USER_ERROR", message="The external ID of this record stays.", path="externalId")
    try:
        if current is None:
            return visit.account.add(record_type.name, external_id=external_id, **values)
        return visit.account.bump(record_type.name, current.id, **values)
    except ValueError as error:
        return Rejection(code="USER_ERROR", message=str(error))
