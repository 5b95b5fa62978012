"""A record's form made of its schema: fields, sublists, what the account computes, and the system notes below.

Which fields come first and which are folded away is assumed. Refuses to save; `recordsaving` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from netsuite_simulator.account import Stored
from netsuite_simulator.faces.setup.fieldtexts import Texts
from netsuite_simulator.faces.setup.pieces import (
    Button,
    Cell,
    Form,
    Input,
    Listing,
    Look,
    Option,
    Row,
    Section,
    check,
    hidden,
    select,
)
from netsuite_simulator.faces.setup.sheets import EXTERNAL_ID, Sheet, body_name, columns_of, line_name
from netsuite_simulator.faces.setup.targets import Targets
from netsuite_simulator.faces.setup.visits import Visit
from netsuite_simulator.schemas.fields import Field, Kind, RecordType

SEEN = "seen"  # the input that carries the version the visitor saw
ADD = "add:"  # the act of a button that adds a line to a sublist
_PRIMARY = 12  # editable fields that are never folded away
_LONG = ("comments", "memo", "message", "salesDescription", "purchaseDescription", "incomingMessage", "outgoingMessage")
_NOTES = (
    "SELECT date, name, context, type, field, oldvalue, newvalue FROM systemnote"
    " WHERE recordid = ? AND recordtype = ? ORDER BY rowid DESC LIMIT 20"
)
_NOTHING = Option(value="", label="")


class Builder:
    """Builds the form of one record type for one visit."""

    def __init__(
        self, visit: Visit, record_type: RecordType, sheet: Sheet, problems: Mapping[str, str], *, is_editable: bool
    ) -> None:
        self._type = record_type
        self._sheet = sheet
        self._problems = problems
        self._is_editable = is_editable
        self._targets = Targets(visit)
        self._suggestions: dict[str, tuple[str, ...]] = {}

    def form(self, buttons: tuple[Button, ...], seen: str) -> Form:
        """Build the form; without buttons it only shows the record."""
        bodies = [one for one in self._type.fields if one.lines is None]
        first, rest = self._split([one for one in bodies if not one.read_only])
        computed = [one for one in bodies if one.read_only and self._sheet.of(body_name(one))]
        carried = hidden(SEEN, seen)
        sections = [
            self._section("Primary Information", [carried, self._external_id(), *map(self._body, first)]),
            self._section("More Fields", list(map(self._body, rest)), is_folded=True),
        ]
        for one in self._type.fields:
            if one.lines is not None:
                sections += self._lines(one)
        sections.append(self._section("Set by the account", list(map(self._body, computed)), is_folded=True))
        return Form(
            sections=tuple(one for one in sections if one.inputs or one.button),
            buttons=buttons,
            suggestions=self._suggestions,
        )

    def _split(self, fields: list[Field]) -> tuple[list[Field], list[Field]]:
        """Put required fields and the name first, then the others as the schema orders them."""
        wanted = [one for one in fields if one.required or one.name == self._type.name_field]
        others = [one for one in fields if one not in wanted]
        room = max(0, _PRIMARY - len(wanted))
        return wanted + others[:room], others[room:]

    def _section(self, title: str, inputs: list[Input], *, is_folded: bool = False) -> Section:
        return Section(
            title=title, inputs=tuple(inputs), is_folded=is_folded and not any(one.problem for one in inputs)
        )

    # --- the body ---

    def _external_id(self) -> Input:
        text = "".join(self._sheet.of(EXTERNAL_ID))
        look = Look.TEXT if self._is_editable else Look.SHOWN
        problem = self._problems.get(EXTERNAL_ID, "")
        return Input(name=EXTERNAL_ID, label="External ID", look=look, value=text, problem=problem)

    def _body(self, of: Field) -> Input:
        return self._input(of, body_name(of), is_line=False)

    def _input(self, of: Field, name: str, *, is_line: bool) -> Input:
        texts = self._sheet.of(name)
        if of.read_only or not self._is_editable:
            return Input(name=name, label=of.label, look=Look.SHOWN, value=self._readable(of, texts))
        built = self._entry(of, name, texts, is_line=is_line)
        return replace(built, is_required=of.required, problem=self._problems.get(name, ""))

    def _entry(self, of: Field, name: str, texts: Texts, *, is_line: bool) -> Input:
        text = texts[0] if texts else ""
        plain = Input(name=name, label=of.label, value=text)
        match of.kind:
            case Kind.BOOLEAN:
                return check(name, of.label, is_checked=bool(text))
            case Kind.CHOICE:
                return select(name, of.label, _with(text, _choices(of), text), text)
            case Kind.REFERENCE:
                return self._reference(of, name, text, is_line=is_line)
            case Kind.REFERENCES:
                return self._references(of, name, texts)
            case Kind.DATE:
                return replace(plain, look=Look.DATE)
            case Kind.INSTANT:
                return replace(plain, look=Look.MOMENT)
            case Kind.DURATION:
                return replace(plain, hint="Hours and minutes, like 7:30.")
            case _:
                is_long = "\n" in text or "\r" in text or (of.name in _LONG and not is_line)
                return replace(plain, look=Look.AREA) if is_long else plain

    def _reference(self, of: Field, name: str, text: str, *, is_line: bool) -> Input:
        offered = self._targets.offered(of) if of.refers_to else None
        if offered is not None and not is_line:
            return select(name, of.label, _with(text, offered, self._targets.name_of(of, text)), text)
        listed = f"list-{'-'.join(of.refers_to)}" if offered is not None else ""
        if listed and offered is not None:
            self._suggestions[listed] = tuple(f"{one.label} [{one.value}]" for one in offered)
        hint = "" if listed else "A name or an internal ID." if of.refers_to else "An internal ID."
        written = self._targets.written(of, text) if text else ""
        return Input(name=name, label=of.label, value=written, listed=listed, hint=hint)

    def _references(self, of: Field, name: str, texts: Texts) -> Input:
        offered = self._targets.offered(of) if of.refers_to else None
        if offered is None:
            return Input(
                name=name, label=of.label, value="; ".join(texts), hint="Internal IDs, separated by semicolons."
            )
        known = {one.value for one in offered}
        others = tuple(Option(value=one, label=self._targets.name_of(of, one)) for one in texts if one not in known)
        return Input(
            name=name, label=of.label, look=Look.MULTIPLE, chosen=frozenset(texts), options=(*offered, *others)
        )

    def _readable(self, of: Field, texts: Texts) -> str:
        match of.kind:
            case Kind.BOOLEAN:
                return "Yes" if texts else "No"
            case Kind.CHOICE:
                return ", ".join(next((one.label for one in of.choices if one.id == text), text) for text in texts)
            case Kind.REFERENCE | Kind.REFERENCES:
                return ", ".join(self._targets.name_of(of, text) for text in texts)
            case _:
                return ", ".join(text.replace("T", " ") if of.kind is Kind.INSTANT else text for text in texts)

    # --- sublists ---

    def _lines(self, of: Field) -> Iterator[Section]:
        """Give each line a section, and the sublist a button that adds one."""
        count = self._sheet.counts.get(of.name, 0)
        for number in range(count):
            yield self._line(of, number)
        if self._is_editable:
            carried = hidden(f"n.{of.name}", str(count))
            button = Button(act=f"{ADD}{of.name}", label="Add a line", spoken=f"Add a line to {of.label}")
            yield Section(title=of.label, inputs=(carried,), button=button, note="" if count else "There is no line.")

    def _line(self, of: Field, number: int) -> Section:
        assert of.lines is not None
        inputs = []
        for column in columns_of(of.lines):
            name = line_name(of, number, column)
            if of.lines.is_numbered and self._is_editable and column.name.rpartition(".")[2] == of.lines.key:
                inputs.append(hidden(name, "".join(self._sheet.of(name))))
            elif not column.read_only or self._sheet.of(name):
                inputs.append(self._input(column, name, is_line=True))
        if self._is_editable:
            is_removed = f"{of.name}.{number}" in self._sheet.removed
            inputs.append(check(f"remove.{of.name}.{number}", "Remove this line", is_checked=is_removed))
        return self._section(f"{of.label}: line {number + 1}", inputs)


def _choices(of: Field) -> tuple[Option, ...]:
    return tuple(Option(value=one.id, label=one.label) for one in of.choices)


def _with(text: str, options: tuple[Option, ...], label: str) -> tuple[Option, ...]:
    """Add nothing as a choice, and the present value where it is none of the list."""
    known = {one.value for one in options}
    own = (Option(value=text, label=label),) if text and text not in known else ()
    return (_NOTHING, *own, *options)


def notes_of(visit: Visit, record: Stored) -> Listing:
    """List who changed what of a record."""
    account = visit.account
    rows = account.connection.execute(_NOTES, (int(record.id), record.type.name)).fetchall()
    users = {one.entity: one.name for one in account.users}
    authors = account.names_of("employee", {str(row[1]) for row in rows}) | users
    shown = (
        (str(at), authors.get(str(author), str(author)), context, kind, field or "", old or "", new or "")
        for at, author, context, kind, field, old, new in rows
    )
    return Listing(
        caption="System Notes",
        columns=("Date (UTC)", "Set by", "Context", "Type", "Field", "Old Value", "New Value"),
        rows=tuple(Row(id="", cells=tuple(Cell(text=str(text)) for text in texts)) for texts in shown),
        empty="Nothing was changed through a door since the record was put into the account.",
    )
