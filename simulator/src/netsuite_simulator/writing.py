"""How a write becomes a stored record or a rejection: values checked, references resolved, rules run, rows stored
(reference §4.8, §4.10, §4.12).

Everything is decided before the first row is touched, so a rejected record of a list leaves no trace. Refuses to know
doors, permissions and transactions: the account wraps them around.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.linekeeping import drop_cleared, keep_computed, merged, number_lines, store_lines
from netsuite_simulator.notes import write_notes
from netsuite_simulator.results import Rejection, Written
from netsuite_simulator.rules import DELETION_CHECKS, Rules, rules_of
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.shelves import Line, Shelf, Stored, Sublist
from netsuite_simulator.storage import Storage
from netsuite_simulator.tables import LINE_TABLE, NOTE_TABLE, quoted
from netsuite_simulator.values import Reference, WrongKindError, as_kept, choice_id, encoder, is_internal_id

ReplaceLists = bool | Collection[str]
Settle = Callable[[Field, object, str | None], object]  # the field, its value, its path


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


def _too_long(field: Field, longest: int, path: str | None) -> Rejection:
    """Refuse a text that is too long: the words are those that users quote, the code is assumed (§4.8 has none for them)."""
    name = field.rest_name or field.name
    message = f"The field {name.lower()} contained more than the maximum number ( {longest} ) of characters allowed."
    return Rejection(code="EXCEEDED_MAX_FIELD_LENGTH", message=message, field=field.name, path=path or name)


def _rounded(_: Field, value: object, __: str | None) -> object:
    return as_kept(value)


class Writer:
    """Writes records into one account."""

    def __init__(self, storage: Storage, world: World) -> None:
        self._storage = storage
        self._world = world
        self._is_world_edit = False
        self._targets: dict[tuple[str, ...], tuple[str, ...]] = {}
        self._rules: dict[str, Rules] = {}
        self._settlers: dict[str, Mapping[str, Settle | None]] = {}

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
        try:
            self._fill(draft, given, nulls, replace_lists)
            if not is_world_edit:
                for check in self.rules_of(shelf).checks:
                    rejection = check(draft)
                    if rejection is not None:
                        return rejection
        except RejectedError as error:
            return error.rejection
        return self._store(draft, internal_id)

    def form(self, shelf: Shelf, given: Mapping[str, object], *, current: Stored | None) -> Stored | Rejection:
        """Return a record as it would be completed, without checks and without storing it."""
        draft = Draft(self._world, shelf, current, None if current is None else current.external_id, False)
        try:
            self._fill(draft, given, (), True)
        except RejectedError as error:
            return error.rejection
        number = "" if current is None else current.id
        return Stored(type=shelf.type, id=number, external_id=draft.external_id, values=draft.values)

    def _fill(
        self, draft: Draft, given: Mapping[str, object], nulls: Collection[str], replace_lists: ReplaceLists
    ) -> None:
        if draft.current is not None:
            draft.values = dict(draft.current.values)
        for name in nulls:
            self._clear(draft, name)
        for name, value in given.items():
            self._take(draft, name, value, replace_lists)
        for complete in self.rules_of(draft.shelf).completions:
            complete(draft)

    def rules_of(self, shelf: Shelf) -> Rules:
        """Return the rules of a record type."""
        found = self._rules.get(shelf.type.name)
        if found is None:
            found = self._rules[shelf.type.name] = rules_of(shelf.type)
        return found

    def refusal_to_delete(self, record: Stored) -> Rejection | None:
        """Ask the rules whether a record may go."""
        refusals = (check(self._world, record) for check in DELETION_CHECKS)
        return next((one for one in refusals if one is not None), None)

    def forget(self, shelf: Shelf, record: Stored) -> None:
        """Undo what a record that was deleted has done to others."""
        for effect in self.rules_of(shelf).effects:
            effect(Change(world=self._world, type=shelf.type, id=int(record.id), before=record.values, after={}))

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
        if name in shelf.sublists:
            self._take_lines(draft, shelf.sublists[name], value, replace_lists)
            return
        settle = self._settlers_of(shelf)[name]
        if settle is not None:
            value = settle(field, value, None)
        try:
            draft.row[shelf.columns[name]] = shelf.encoders[name](value)
        except WrongKindError:
            raise _invalid(field, value) from None
        draft.values[name] = value

    def _settlers_of(self, shelf: Shelf) -> Mapping[str, Settle | None]:
        """Return what settles each field of a record type, looked up once: every value of every record passes here."""
        found = self._settlers.get(shelf.type.name)
        if found is None:
            found = {one.name: self._settler(one) for one in shelf.type.fields}
            self._settlers[shelf.type.name] = found
        return found

    def _settler(self, field: Field) -> Settle | None:
        match field.kind:
            case Kind.REFERENCE:
                return self._resolve
            case Kind.REFERENCES:
                return self._resolve_each
            case Kind.CHOICE:
                return self._choose
            case Kind.DECIMAL | Kind.DURATION:
                return _rounded
            case Kind.SUBRECORD:
                return self._settled_parts
            case Kind.TEXT if field.longest is not None:
                return self._fitting
            case _:
                return None

    def settle(self, field: Field, value: object, path: str | None = None) -> object:
        """Turn a given value into the kept one: references into ids, choices into theirs."""
        settle = self._settler(field)
        return value if settle is None else settle(field, value, path)

    def _resolve_each(self, field: Field, value: object, path: str | None) -> object:
        if not isinstance(value, list | tuple):
            raise _invalid(field, value, path)
        return tuple(self._resolve(field, one, path) for one in value)

    def _choose(self, field: Field, value: object, path: str | None) -> object:
        if isinstance(value, Reference):
            value = value.internal_id
        found = choice_id(field, value)
        if found is not None:
            return found
        if self._is_world_edit and all(one.soap is None for one in field.choices):
            return str(value)
        raise RejectedError(self._bad_key(field, value, path))

    def _fitting(self, field: Field, value: object, path: str | None) -> object:
        longest = field.longest
        if self._is_world_edit or longest is None or not isinstance(value, str) or len(value) <= longest:
            return value
        raise RejectedError(_too_long(field, longest, path))

    def _take_lines(self, draft: Draft, sublist: Sublist, value: object, replace_lists: ReplaceLists) -> None:
        name = sublist.field.name
        if not isinstance(value, list | tuple):
            raise _invalid(sublist.field, value)
        lines = [self._line(sublist, row, index) for index, row in enumerate(value)]
        replaces = replace_lists if isinstance(replace_lists, bool) else name in replace_lists
        if not replaces and draft.current is not None:
            lines = merged(sublist, draft.rows(name), lines)
        drop_cleared(sublist, lines)
        number_lines(sublist, lines)
        if draft.current is not None and not draft.is_world_edit:
            keep_computed(sublist, draft.rows(name), lines)
        draft.values[name] = lines
        if sublist.in_table:
            draft.lists[name] = lines
        else:
            draft.row[draft.shelf.columns[name]] = draft.shelf.encode({name: lines})[draft.shelf.columns[name]]

    def _settled_parts(self, field: Field, value: object, path: str | None) -> dict[str, object]:
        """Settle the fields of a record inside a row; None stands for one to clear."""
        if not isinstance(value, Mapping) or field.subrecord is None:
            raise _invalid(field, value, path)
        parts: dict[str, object] = {}
        for one in field.subrecord.fields:
            if one.name not in value:
                continue
            part = value[one.name]
            at = f"{path}.{one.rest_name or one.name}"
            settled = None if part in (None, "") else self.settle(one, part, at)
            try:
                if settled is not None:
                    encoder(one.kind)(settled)
            except WrongKindError:
                raise _invalid(one, part, at) from None
            parts[one.name] = settled
        unknown = value.keys() - {one.name for one in field.subrecord.fields}
        if unknown:
            raise ValueError(f"{field.name} has no field {', '.join(sorted(map(str, unknown)))}")
        return parts

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
                sublist.encoders[field.name](settled)
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
            row = self._storage.lookups.row(statement, (number,))
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
        for name in dict.fromkeys(self._storage.types[name].table for name in refers_to):
            table = self._storage.tables[name]
            flag = "isinactive" if "isinactive" in table.columns else "'F'"
            kinds = [self._storage.shelves[one.name].restriction for one in table.types if one.name in refers_to]
            only = "" if len(kinds) == len(table.types) else f" AND ({' OR '.join(kinds)})"
            statements.append(f"SELECT {flag} FROM {quoted(name)} WHERE id = ?{only}")  # noqa: S608 - our own names
        self._targets[refers_to] = tuple(statements)
        return self._targets[refers_to]

    # --- storing ---

    def _store(self, draft: Draft, internal_id: int | None) -> Written:
        storage, shelf = self._storage, draft.shelf
        for name, column in shelf.stamps:
            if not (draft.is_world_edit and name in draft.given):
                draft.row[column] = self._world.second_text()
        if draft.current is None:
            number = storage.take_id(shelf.type, internal_id)
            shelf.insert(storage.connection, number, draft.external_id, draft.row)
            if draft.external_id is not None:
                storage.bind_external(shelf.type, draft.external_id, number)
        else:
            number = int(draft.current.id)
            shelf.change(storage.connection, number, draft.row)
        storage.lookups.wrote(shelf.type.table)
        if shelf.type.table == "transaction":
            store_lines(storage, draft, number)
            storage.lookups.wrote(LINE_TABLE)
        write_notes(storage.connection, draft, number)
        storage.lookups.wrote(NOTE_TABLE)
        effects = self.rules_of(shelf).effects
        if effects:
            before = {} if draft.current is None else draft.current.values
            change = Change(world=self._world, type=shelf.type, id=number, before=before, after=draft.values)
            for effect in effects:
                effect(change)
        return Written(id=str(number), external_id=draft.external_id, type=shelf.type, created=draft.is_new)
