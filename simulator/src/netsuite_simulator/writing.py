"""How a write becomes a stored record or a rejection: values checked, references resolved, rules run, rows stored.

Everything is decided before the first row is touched, so a rejected record of a list leaves no trace. Refuses to know
doors, permissions and transactions: the account wraps them around.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from netsuite_simulator.drafts import Draft, World
from netsuite_simulator.results import Rejection, Written
from netsuite_simulator.rules import CHECKS, COMPLETIONS, GENERAL_CHECKS
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.shelves import Line, Shelf, Stored, Sublist
from netsuite_simulator.storage import Storage
from netsuite_simulator.tables import HIDDEN, LINE_TABLE, quoted
from netsuite_simulator.values import Reference, Scalar, WrongKindError, as_kept, choice_id, encoder, is_internal_id

ReplaceLists = bool | Collection[str]


class RejectedError(Exception):
    """Carries a rejection out of the depths of a write."""

    def __init__(self, rejection: Rejection) -> None:
        super().__init__(rejection.message)
        self.rejection = rejection


def _invalid(field: Field, value: object, path: str | None = None) -> RejectedError:
    shown = value.isoformat() if hasattr(value, "isoformat") else value
    name = field.rest_name or field.name
    message = f"You have entered an Invalid Field Value {shown} for the following field: {name.lower()}"
    return RejectedError(Rejection(code="INVALID_FLD_VALUE", message=message, field=field.name, path=path or name))


class Writer:
    """Writes records into one account."""

    def __init__(self, storage: Storage, world: World) -> None:
        self._storage = storage
        self._world = world
        self._is_world_edit = False
        self._targets: dict[tuple[str, ...], tuple[str, ...]] = {}

    def write(  # noqa: PLR0913 - one write has this many sides
        self,
        shelf: Shelf,
        given: Mapping[str, object],
        *,
        current: Stored | None,
        external_id: str | None,
        nulls: Collection[str] = (),
        replace_lists: ReplaceLists = True,
        internal_id: int | None = None,
        is_world_edit: bool = False,
    ) -> Written | Rejection:
        """Store a new record (`current` is None) or change one."""
        self._is_world_edit = is_world_edit
        draft = Draft(self._world, shelf, current, external_id, is_world_edit)
        if current is not None:
            draft.values = dict(current.values)
        try:
            for name in nulls:
                self._clear(draft, name)
            for name, value in given.items():
                self._take(draft, name, value, replace_lists)
            for complete in COMPLETIONS.get(shelf.type.name, ()):
                complete(draft)
            if not is_world_edit:
                for check in CHECKS.get(shelf.type.name, GENERAL_CHECKS):
                    rejection = check(draft)
                    if rejection is not None:
                        return rejection
        except RejectedError as error:
            return error.rejection
        return self._store(draft, internal_id)

    # --- taking values in ---

    def _clear(self, draft: Draft, name: str) -> None:
        field = draft.shelf.fields.get(name)
        if field is None:
            raise RejectedError(
                Rejection(
                    code="INVALID_FLD_VALUE",
                    message=f"You have entered an Invalid Field Value {name} for the following field: nullFieldList",
                    field=name,
                    path=name,
                )
            )
        if field.read_only and not draft.is_world_edit:
            return
        draft.given.add(name)
        draft.values.pop(name, None)
        if name in draft.shelf.sublists and draft.shelf.sublists[name].in_table:
            draft.lists[name] = []
        else:
            draft.row[draft.shelf.columns[name]] = None

    def _take(self, draft: Draft, name: str, value: object, replace_lists: ReplaceLists) -> None:
        shelf = draft.shelf
        field = shelf.fields.get(name)
        if field is None:
            raise ValueError(f"{shelf.type.name} has no field {name}")
        if value is None or value == "":  # NetSuite's database knows no empty text
            self._clear(draft, name)
            return
        if field.read_only and not draft.is_world_edit:
            return
        draft.given.add(name)
        if field.kind is Kind.LINES:
            self._take_lines(draft, shelf.sublists[name], value, replace_lists)
            return
        value = self.settle(field, value)
        try:
            draft.row[shelf.columns[name]] = shelf.encoders[name](value)
        except WrongKindError:
            raise _invalid(field, value) from None
        draft.values[name] = value

    def settle(self, field: Field, value: object, path: str | None = None) -> object:
        """Turn a given value into the kept one: references into ids, choices into theirs."""
        match field.kind:
            case Kind.REFERENCE:
                return self._resolve(field, value, path)
            case Kind.REFERENCES:
                if not isinstance(value, list | tuple):
                    raise _invalid(field, value, path)
                return tuple(self._resolve(field, one, path) for one in value)
            case Kind.CHOICE:
                if isinstance(value, Reference):
                    value = value.internal_id
                found = choice_id(field, value)
                if found is not None:
                    return found
                if self._is_world_edit and all(one.soap is None for one in field.choices):
                    return str(value)
                raise RejectedError(self._bad_key(field, value, path))
            case Kind.DECIMAL | Kind.DURATION:
                return as_kept(value)
            case _:
                return value

    def _take_lines(self, draft: Draft, sublist: Sublist, value: object, replace_lists: ReplaceLists) -> None:
        name = sublist.field.name
        if not isinstance(value, list | tuple):
            raise _invalid(sublist.field, value)
        lines = [self._line(sublist, row, index) for index, row in enumerate(value)]
        replaces = replace_lists if isinstance(replace_lists, bool) else name in replace_lists
        if not replaces and draft.current is not None:
            lines = merged(sublist, draft.rows(name), lines)
        number_lines(sublist, lines)
        if draft.current is not None and not draft.is_world_edit:
            keep_computed(sublist, draft.rows(name), lines)
        draft.values[name] = lines
        if sublist.in_table:
            draft.lists[name] = lines
        else:
            draft.row[draft.shelf.columns[name]] = draft.shelf.encode({name: lines})[draft.shelf.columns[name]]

    def _line(self, sublist: Sublist, row: object, index: int) -> Line:
        if not isinstance(row, Mapping):
            raise _invalid(sublist.field, row)
        line: Line = {}
        for field in sublist.lines.fields:
            value = row.get(field.name)
            if value is None or (field.read_only and not self._is_world_edit):
                continue
            path = f"{sublist.lines.name}.items[{index}].{field.rest_name or field.name}"
            settled = self.settle(field, value, path)
            try:
                encoder(field.kind)(settled)
            except WrongKindError:
                raise _invalid(field, value, path) from None
            line[field.name] = settled
        unknown = row.keys() - {field.name for field in sublist.lines.fields}
        if unknown:
            raise ValueError(f"{sublist.field.name} has no field {', '.join(sorted(map(str, unknown)))}")
        return line

    # --- references ---

    def _bad_key(self, field: Field, value: object, path: str | None) -> Rejection:
        message = f"Invalid {(field.rest_name or field.name).lower()} reference key {value}."
        return Rejection(
            code="INVALID_KEY_OR_REF", message=message, field=field.name, path=path or field.rest_name or field.name
        )

    def _resolve(self, field: Field, value: object, path: str | None) -> str:
        if isinstance(value, Reference):
            if value.internal_id is not None:
                number = value.internal_id
            else:
                found = self._by_external_id(field, value.external_id)
                if found is None:
                    raise RejectedError(self._bad_key(field, value.external_id, path))
                number = found
        else:
            number = value.id if isinstance(value, Written | Stored) else str(value)
        statements = self._targets.get(field.refers_to)
        if statements is None:
            statements = self._statements(field.refers_to)
        if not is_internal_id(number):
            raise RejectedError(self._bad_key(field, number, path))
        if not statements or self._is_world_edit:
            return number
        for statement in statements:
            row = self._storage.connection.execute(statement, (number,)).fetchone()
            if row is not None:
                if row[0] == "T":
                    break
                return number
        raise RejectedError(self._bad_key(field, number, path))

    def _by_external_id(self, field: Field, external_id: str | None) -> str | None:
        if external_id is None:
            return None
        for space in dict.fromkeys(self._storage.types[name].external_id_group for name in field.refers_to):
            found = self._storage.find_external(space, external_id)
            if found is not None and found[0] in field.refers_to:
                return str(found[1])
        return None

    def _statements(self, refers_to: tuple[str, ...]) -> tuple[str, ...]:
        statements = []
        tables = dict.fromkeys(self._storage.types[name].table for name in refers_to)
        for table in tables:
            columns = self._storage.tables[table].columns
            flag = "isinactive" if "isinactive" in columns else "'F'"
            statements.append(f"SELECT {flag} FROM {quoted(table)} WHERE id = ?")  # noqa: S608 - the schema's own names
        self._targets[refers_to] = tuple(statements)
        return self._targets[refers_to]

    # --- storing ---

    def _second_text(self) -> str:
        return self._world.now().replace(tzinfo=None).isoformat(sep=" ")

    def _store(self, draft: Draft, internal_id: int | None) -> Written:
        storage, shelf = self._storage, draft.shelf
        change = shelf.columns.get("lastModifiedDate")
        if change is not None and not (draft.is_world_edit and "lastModifiedDate" in draft.given):
            draft.row[change] = self._second_text()
        if draft.current is None:
            number = storage.take_id(shelf.type, internal_id)
            shelf.insert(storage.connection, number, draft.external_id, draft.row)
            if draft.external_id is not None:
                storage.bind_external(shelf.type, draft.external_id, number)
        else:
            number = int(draft.current.id)
            shelf.change(storage.connection, number, draft.row)
        if shelf.type.table == "transaction":
            self._store_lines(draft, number)
        is_new = draft.current is None
        return Written(id=str(number), external_id=draft.external_id, type=shelf.type, created=is_new)

    def _store_lines(self, draft: Draft, number: int) -> None:
        connection = self._storage.connection
        modified = self._second_text()
        if draft.current is None:
            self._insert_line(number, 0, None, {"mainline": "T"}, modified)
        for name, lines in draft.lists.items():
            sublist = draft.shelf.sublists[name]
            statement = f'DELETE FROM {LINE_TABLE} WHERE "transaction" = ? AND {HIDDEN}list = ?'  # noqa: S608
            connection.execute(statement, (number, name))
            for position, line in enumerate(lines, start=1):
                encoded = sublist.encode(line)
                row = {sublist.columns[field]: value for field, value in encoded.items()}
                row["mainline"] = "F"
                if "netamount" not in row and "foreignamount" in row:
                    rate = draft.values.get("exchangeRate") or 1
                    row["netamount"] = round(float(row["foreignamount"] or 0) * float(str(rate)), 2)
                self._insert_line(number, position, name, row, modified)
        total = draft.row.get("foreigntotal")
        columns: dict[str, Scalar] = {"entity": draft.row.get("entity"), "foreignamount": total}
        changed = {name: value for name, value in columns.items() if value is not None}
        subsidiary = draft.row.get(f"{HIDDEN}subsidiary")
        if subsidiary is not None:
            connection.execute(
                f'UPDATE {LINE_TABLE} SET subsidiary = ? WHERE "transaction" = ?',  # noqa: S608
                (subsidiary, number),
            )
        if changed:
            names = ", ".join(f"{name} = ?" for name in changed)
            connection.execute(
                f"UPDATE {LINE_TABLE} SET {names} WHERE \"transaction\" = ? AND mainline = 'T'",  # noqa: S608
                (*changed.values(), number),
            )

    def _insert_line(self, number: int, position: int, name: str | None, row: dict[str, Scalar], modified: str) -> None:
        row = {
            **row,
            "uniquekey": self._storage.next_number("transaction line"),
            "transaction": number,
            "id": position,
            "linesequencenumber": position,
            "taxline": "F",
            "linelastmodifieddate": modified,
            f"{HIDDEN}list": name,
        }
        names, marks = ", ".join(map(quoted, row)), ", ".join("?" * len(row))
        statement = f"INSERT INTO {LINE_TABLE} ({names}) VALUES ({marks})"  # noqa: S608 - the schema's own names
        self._storage.connection.execute(statement, tuple(row.values()))


def merged(sublist: Sublist, before: Sequence[Line], given: Sequence[Line]) -> list[Line]:
    """Merge lines into a keyed list by key, append where there is no key (reference §4.12)."""
    key = sublist.lines.key
    lines = [dict(line) for line in before]
    for line in given:
        known = next((one for one in lines if key and key in line and one.get(key) == line[key]), None)
        if known is None:
            lines.append(dict(line))
        else:
            known.update(line)
    return lines


def keep_computed(sublist: Sublist, before: Sequence[Line], lines: Sequence[Line]) -> None:
    """Keep what the account computed for a line that stays: a caller cannot send it."""
    key = sublist.lines.key
    computed = [one.name for one in sublist.lines.fields if one.read_only]
    if key is None or not computed:
        return
    known = {line.get(key): line for line in before}
    for line in lines:
        earlier = known.get(line.get(key), {})
        line.update({name: earlier[name] for name in computed if name in earlier and name not in line})


def number_lines(sublist: Sublist, lines: Sequence[Line]) -> None:
    """Give each line without one a line number."""
    if sublist.lines.key != "line":
        return
    taken = {line["line"] for line in lines if "line" in line}
    last = max((number for number in taken if isinstance(number, int)), default=0)
    for line in lines:
        if "line" not in line:
            last += 1
            line["line"] = last
