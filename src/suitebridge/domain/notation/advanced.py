"""The advanced notation of one mapping group: declarations, rows, value maps, IF blocks, a filter, comments (netsuite-connector.md §6.7–6.9).

Reading and writing are inverse but for comments and spaces. Whether fields exist is not asked here: see `validation`.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, cast

from suitebridge.domain.conditions import AnyOf, Condition
from suitebridge.domain.expressions import Expression, Formula, Leave, Translate, When
from suitebridge.domain.formulas import FormulaError, compile_formula
from suitebridge.domain.notation.grammar import parse_piece
from suitebridge.domain.notation.words import PLAIN_NAME, NotationError, read_name, suggest, write_name
from suitebridge.domain.notation.writing import write_condition, write_pairs, write_source
from suitebridge.domain.workflow import Row, SyncRule

LONGEST: Final = 200_000

_NAME: Final = r"(?:[A-Za-z][A-Za-z0-9_.]*|`(?:[^`]|``)*`)"
_FORMULA_ROW: Final = re.compile(rf"\s*(?P<target>{_NAME})\s*=(?P<text>.*)")
_ONE_TEXT: Final = re.compile(r"\s*'(?:[^']|'')*'\s*")
_DECLARED: Final = re.compile(r"\s*(?P<name>`(?:[^`]|``)*`|[^,]*)\s*(?:,|$)")
_BLOCK: Final = re.compile(r"(IF|FILTER)\s*<<\s*END\s*")


class DeclarationKind(enum.Enum):
    """What a line of names declares. The last two are ours: rules of rows."""

    NS_FIELDS = "NS_FIELDS"
    NS_CUSTOM_FIELDS = "NS_CUSTOM_FIELDS"
    OA_FIELDS = "OA_FIELDS"
    OA_CUSTOM_FIELDS = "OA_CUSTOM_FIELDS"
    NS_FIELDS_INITIAL_ONLY = "NS_FIELDS_INITIAL_ONLY"
    NS_CUSTOM_FIELDS_INITIAL_ONLY = "NS_CUSTOM_FIELDS_INITIAL_ONLY"
    OA_FIELDS_INITIAL_ONLY = "OA_FIELDS_INITIAL_ONLY"
    OA_CUSTOM_FIELDS_INITIAL_ONLY = "OA_CUSTOM_FIELDS_INITIAL_ONLY"
    ONLY_IF_EMPTY = "ONLY_IF_EMPTY"
    NEVER_WITH_EMPTY = "NEVER_WITH_EMPTY"

    @property
    def is_initial_only(self) -> bool:
        """Whether the fields are set when their record is made, and never again."""
        return self.value.endswith("_INITIAL_ONLY")


_DECLARES: Final = {kind.value: kind for kind in DeclarationKind}


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """A line of names in front of the rows that use them."""

    kind: DeclarationKind
    names: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancedRow:
    """A target and where its value comes from."""

    target: str
    source: Expression


@dataclass(frozen=True, slots=True, kw_only=True)
class IfBranch:
    """One IF line of a block."""

    condition: Condition
    row: AdvancedRow


@dataclass(frozen=True, slots=True, kw_only=True)
class IfBlock:
    """Several IF lines and what holds when none of them does."""

    branches: tuple[IfBranch, ...]
    otherwise: tuple[AdvancedRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AdvancedGroup:
    """What the text of one mapping group says."""

    declarations: tuple[Declaration, ...] = ()
    rows: tuple[AdvancedRow | IfBlock, ...] = ()
    filter: Condition | None = None

    def declared(self) -> frozenset[str]:
        """Name every declared field."""
        return frozenset(name for one in self.declarations for name in one.names)

    def as_rows(self) -> tuple[Row, ...]:
        """Give the rows of the mapping. In a block the first line that holds decides about its target; where none holds, ELSE, or nothing is changed."""
        initial = {name for one in self.declarations if one.kind.is_initial_only for name in one.names}
        rules = {
            name: SyncRule.IF_EMPTY if one.kind is DeclarationKind.ONLY_IF_EMPTY else SyncRule.KEEP_FILLED
            for one in self.declarations
            if one.kind in {DeclarationKind.ONLY_IF_EMPTY, DeclarationKind.NEVER_WITH_EMPTY}
            for name in one.names
        }
        return tuple(
            Row(
                target=row.target,
                source=row.source,
                is_initial_only=row.target in initial,
                sync=rules.get(row.target, SyncRule.ALWAYS),
            )
            for part in self.rows
            for row in ((part,) if isinstance(part, AdvancedRow) else _block_rows(part))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part of a text, with the line on which it begins: what it says, or why it cannot be read."""

    line: int
    said: Declaration | AdvancedRow | IfBlock | Condition | NotationError


def advanced_of(rows: Iterable[Row], condition: Condition | None, *, is_import: bool) -> AdvancedGroup:
    """Give the notation's form of a mapping group; rows that are switched off are left out."""
    active = [row for row in rows if row.is_active]
    initial = DeclarationKind.OA_FIELDS_INITIAL_ONLY if is_import else DeclarationKind.NS_FIELDS_INITIAL_ONLY
    declared = (
        (initial, tuple(row.target for row in active if row.is_initial_only)),
        (DeclarationKind.ONLY_IF_EMPTY, tuple(row.target for row in active if row.sync is SyncRule.IF_EMPTY)),
        (DeclarationKind.NEVER_WITH_EMPTY, tuple(row.target for row in active if row.sync is SyncRule.KEEP_FILLED)),
    )
    return AdvancedGroup(
        declarations=tuple(Declaration(kind=kind, names=names) for kind, names in declared if names),
        rows=tuple(AdvancedRow(target=row.target, source=row.source) for row in active),
        filter=condition,
    )


def parse_group(text: str) -> AdvancedGroup:
    """Read the text of one mapping group. Raise `NotationError` with the place of what cannot be read."""
    parts = []
    for one in read_parts(text):
        if isinstance(one.said, NotationError):
            raise one.said
        parts.append(one.said)
    return group_of(parts)


def read_parts(text: str, first: int = 1) -> Iterator[Part]:
    """Read a text part by part, the lines counted from `first`; what cannot be read is among the parts, as the error that says why."""
    if len(text) > LONGEST:
        said = f"A mapping group has at most {LONGEST:,} characters."
        yield Part(line=first, said=NotationError(first, 1, (), said=said))
        return
    has_filter = False
    pieces = _pieces(text, first)
    while True:
        try:
            number, piece = next(pieces)
        except StopIteration:
            return
        except NotationError as error:
            yield Part(line=error.line, said=error)
            return
        part = _part(piece, number)
        is_filter = not isinstance(part.said, Declaration | AdvancedRow | IfBlock | NotationError)
        if is_filter and has_filter:
            said = "A mapping group has one filter; join both with AND."
            part = Part(line=number, said=NotationError(number, 1, (), said=said))
        has_filter = has_filter or is_filter
        yield part


def group_of(parts: Iterable[Declaration | AdvancedRow | IfBlock | Condition]) -> AdvancedGroup:
    """Put parts together."""
    found = tuple(parts)
    return AdvancedGroup(
        declarations=tuple(one for one in found if isinstance(one, Declaration)),
        rows=tuple(one for one in found if isinstance(one, AdvancedRow | IfBlock)),
        filter=next((one for one in found if not isinstance(one, Declaration | AdvancedRow | IfBlock)), None),
    )


def _part(piece: str, number: int) -> Part:
    try:
        return Part(line=number, said=_read_piece(piece, number))
    except NotationError as error:
        return Part(line=number, said=error)


def _read_piece(piece: str, number: int) -> Declaration | AdvancedRow | IfBlock | Condition:
    first = piece.split(maxsplit=1)[0]
    if first in _DECLARES:
        return _declaration(_DECLARES[first], piece, number)
    block = _BLOCK.fullmatch(piece.split("\n", 1)[0].strip())
    if block is None:
        return _row(piece, number)
    if block.group(1) == "IF":
        return _if_block(piece, number)
    return cast("Condition", parse_piece("condition", _inside(piece), number + 1))


def write_group(group: AdvancedGroup) -> str:
    """Write a mapping group; `parse_group` reads the same from it."""
    lines = [
        f"{one.kind.value} {', '.join(write_name(name) for name in one.names)}".rstrip() for one in group.declarations
    ]
    for part in group.rows:
        lines.extend((_write_row(part),) if isinstance(part, AdvancedRow) else _write_block(part))
    if group.filter is not None:
        lines.extend(("FILTER <<END", f"({write_condition(group.filter)})", "END"))
    return "\n".join(lines) + ("\n" if lines else "")


def _pieces(text: str, first: int) -> Iterator[tuple[int, str]]:
    """Cut a text into rows, declarations and blocks, each with the number of its first line; comments are left out."""
    lines = [line if not line.lstrip().startswith("#") else "" for line in text.replace("\r\n", "\n").split("\n")]
    at = 0
    while at < len(lines):
        line, start = lines[at], at
        at += 1
        if not line.strip():
            continue
        ends = _end_of_block(line)
        if ends is not None:
            while at < len(lines) and not ends.search(lines[at]):
                at += 1
            if at == len(lines):
                wanted = "END on a line of its own" if "<<" in line else f"the end of the value map, {_closing(line)}"
                raise NotationError(start + first, 1, (wanted,), said="This is not closed.")
            at += 1
        yield start + first, "\n".join(lines[start:at])


def _end_of_block(line: str) -> re.Pattern[str] | None:
    if _BLOCK.fullmatch(line.strip()) is not None:
        return re.compile(r"^\s*END\s*$")
    if line.lstrip().startswith("<") and not re.search(r"</[^<>']*>\s*$", line):
        return re.compile(r"</[^<>']*>\s*$")
    return None


def _closing(line: str) -> str:
    found = re.match(rf"\s*<\s*({_NAME})", line)
    return f"</{found.group(1)}>" if found else "</target>"


def _inside(piece: str) -> str:
    return "\n".join(piece.split("\n")[1:-1])


def _declaration(kind: DeclarationKind, piece: str, number: int) -> Declaration:
    start = piece.index(kind.value) + len(kind.value)
    names: list[str] = []
    for found in _DECLARED.finditer(piece, start):
        name = found.group("name").strip()
        if not name:
            continue
        if not name.startswith("`") and PLAIN_NAME.fullmatch(name) is None:
            raise NotationError(number, found.start("name") + 1, ("names of fields with commas between them",))
        names.append(read_name(name))
    return Declaration(kind=kind, names=tuple(names))


def _row(piece: str, number: int) -> AdvancedRow:
    column = len(piece) - len(piece.lstrip()) + 1
    stripped = piece.strip()
    if stripped.startswith("<"):
        read = parse_piece("mapped", stripped, number, column)
        target, source, closed = cast("tuple[str, Expression, str]", read)
        if closed != target:
            last = number + stripped.count("\n")
            raise NotationError(
                last, 1, (f"</{write_name(target)}>",), said=f"The value map of {target} is closed as {closed}."
            )
        return AdvancedRow(target=target, source=source)
    computed = _FORMULA_ROW.fullmatch(piece)
    if computed is not None and _ONE_TEXT.fullmatch(computed.group("text")) is None:
        return _formula_row(computed, number)
    word = stripped.split(maxsplit=1)[0]
    if PLAIN_NAME.fullmatch(word) and word.isupper() and "_FIELD" in word and suggest(word, _DECLARES):
        raise NotationError(number, column, ("a declaration",), suggest(word, _DECLARES))
    target, source = cast("tuple[str, Expression]", parse_piece("row", stripped, number, column))
    return AdvancedRow(target=target, source=source)


def _formula_row(computed: re.Match[str], number: int) -> AdvancedRow:
    text = computed.group("text")
    try:
        compile_formula(text.strip())
    except FormulaError as error:
        column = computed.start("text") + len(text) - len(text.lstrip()) + error.column
        raise NotationError(number, column, (), said=error.said) from None
    return AdvancedRow(target=read_name(computed.group("target")), source=Formula(text=text.strip()))


def _if_block(piece: str, number: int) -> IfBlock:
    branches: list[IfBranch] = []
    otherwise: list[AdvancedRow] = []
    for at, line in enumerate(piece.split("\n")[1:-1], number + 1):
        if not line.strip():
            continue
        column = len(line) - len(line.lstrip()) + 1
        word = line.split(maxsplit=1)[0]
        if word == "ELSE":
            target, source = cast("tuple[str, Expression]", parse_piece("otherwise", line.strip(), at, column))
            otherwise.append(AdvancedRow(target=target, source=source))
        elif otherwise:
            raise NotationError(at, column, ("ELSE", "END"), said="After ELSE no further IF can stand.")
        elif word.partition("(")[0] != "IF":
            raise NotationError(at, column, ("IF", "ELSE", "END"), suggest(word, ("IF", "ELSE", "END")))
        else:
            read = parse_piece("branch", line.strip(), at, column)
            condition, (target, source) = cast("tuple[Condition, tuple[str, Expression]]", read)
            branches.append(IfBranch(condition=condition, row=AdvancedRow(target=target, source=source)))
    if not branches:
        raise NotationError(number, 1, ("IF (condition) THEN target source",), said="The block holds no IF.")
    return IfBlock(branches=tuple(branches), otherwise=tuple(otherwise))


def _block_rows(block: IfBlock) -> Iterator[AdvancedRow]:
    others = {row.target: row.source for row in block.otherwise}
    for target in dict.fromkeys((*(branch.row.target for branch in block.branches), *others)):
        own = [branch for branch in block.branches if branch.row.target == target]
        rest = tuple(branch.condition for branch in block.branches if branch.row.target != target)
        source = others.get(target, Leave())
        if target in others and rest:
            held = rest[0] if len(rest) == 1 else AnyOf(conditions=rest)
            source = When(condition=held, then=Leave(), otherwise=source)
        for branch in reversed(own):
            source = When(condition=branch.condition, then=branch.row.source, otherwise=source)
        yield AdvancedRow(target=target, source=source)


def _write_row(row: AdvancedRow) -> str:
    target = write_name(row.target)
    match row.source:
        case Translate(of=of, pairs=pairs, otherwise=otherwise) if not target.startswith("`"):
            return f"<{target} {write_source(of)}> {write_pairs(pairs, otherwise)} </{target}>"
        case Formula(text=text) if _fits_a_line(text):
            return f"{target} = {text}"
        case source:
            return f"{target} {write_source(source)}"


def _fits_a_line(text: str) -> bool:
    return text == text.strip() and bool(text) and not set("\r\n") & set(text) and _ONE_TEXT.fullmatch(text) is None


def _write_block(block: IfBlock) -> Iterator[str]:
    yield "IF <<END"
    for branch in block.branches:
        yield f"IF ({write_condition(branch.condition)}) THEN {_write_inner(branch.row)}"
    for row in block.otherwise:
        yield f"ELSE {_write_inner(row)}"
    yield "END"


def _write_inner(row: AdvancedRow) -> str:
    return f"{write_name(row.target)} {write_source(row.source)}"
