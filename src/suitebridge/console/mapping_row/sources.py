"""Reads and writes where a row's value comes from as the inputs of a form, one small set of inputs for each kind of source.

An operand is a field as it stands, or a text between apostrophes, as in the advanced notation. What is nested deeper than a form can show
stays as it is until another kind is chosen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Final, TypeAlias

from suitebridge.domain.conditions import Blank, Compare, Comparison, Condition, Not, OneOf
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Expression,
    Field,
    Formula,
    Join,
    Lookup,
    LookupSide,
    Macro,
    MacroName,
    Translate,
    When,
)
from suitebridge.domain.formulas import FormulaError, compile_formula
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.values import Scalar, as_text

Inputs: TypeAlias = Mapping[str, str]
Problems: TypeAlias = tuple[tuple[str, str], ...]
_Make: TypeAlias = Callable[[Field], Expression]

FIELD, CONSTANT, JOIN, MACRO = "field", "constant", "join", "macro"
LOOKUP, TRANSLATE, COUNTERPART, WHEN = "lookup", "translate", "counterpart", "when"
FORMULA, OTHER = "formula", "other"

KINDS: Final = (
    (FIELD, "Field"),
    (CONSTANT, "Fixed value"),
    (JOIN, "Concatenation"),
    (TRANSLATE, "Value map"),
    (WHEN, "Condition"),
    (LOOKUP, "Lookup"),
    (COUNTERPART, "Counterpart"),
    (MACRO, "Macro"),
    (FORMULA, "Formula"),
)
"""The kinds that the form offers, in its order."""

IS_BLANK, IS_FILLED, IS_ONE_OF = "is empty", "is not empty", "is one of"
OPERATORS: Final = (*(one.value for one in Comparison), IS_ONE_OF, IS_BLANK, IS_FILLED)

_OPERAND = re.compile(r"\s*(?:'((?:[^'\\]|\\.)*)'|([A-Za-z_][\w.]*))\s*(,|$)")
_PATH = re.compile(r"[A-Za-z_][\w.]*")
MOST_PAIRS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadSource:
    """What the inputs say: a source, or what is wrong with which input."""

    source: Expression | None
    problems: Problems = ()


def kind_of(expression: Expression) -> str:
    """Name the kind of form that shows a source."""
    match expression:
        case Field():
            return FIELD
        case Constant():
            return CONSTANT
        case Formula():
            return FORMULA
        case Macro():
            return MACRO
        case Join(parts=parts) if all(isinstance(part, Field | Constant) for part in parts):
            return JOIN
        case Lookup(of=Field()):
            return LOOKUP
        case Translate(of=Field()):
            return TRANSLATE
        case Counterpart(of=Field(), or_leave=False, or_skip=False):
            return COUNTERPART
        case When(
            condition=Compare() | OneOf() | Blank() | Not(condition=Blank()),
            then=Field() | Constant(),
            otherwise=Field() | Constant(),
        ):
            return WHEN
        case _:
            return OTHER


def write_inputs(expression: Expression) -> dict[str, str]:
    """Give the inputs that show a source."""
    match expression:
        case Field(path=path):
            return {"path": path}
        case Constant(value=value):
            return {"value": as_text(value)}
        case Formula(text=text):
            return {"formula": text}
        case Macro(name=name, days=days):
            return {"macro": name.value, "days": str(days)}
        case Join(parts=parts):
            return {"parts": ",".join(write_operand(part) for part in parts)}
        case Lookup(of=Field(path=path), record_type=record_type, by=by, returns=returns, side=side):
            return {"path": path, "record_type": record_type, "by": by, "returns": returns, "side": side.value}
        case Counterpart(of=Field(path=path), record_type=record_type):
            return {"path": path, "record_type": record_type}
        case Translate(of=Field(path=path), pairs=pairs, otherwise=otherwise):
            shown = {f"from-{n}": one for n, (one, _) in enumerate(pairs)} | {
                f"to-{n}": to for n, (_, to) in enumerate(pairs)
            }
            return {"path": path, "otherwise": as_text(otherwise), **shown}
        case When(condition=condition, then=then, otherwise=otherwise):
            return {**write_condition(condition), "then": write_operand(then), "else": write_operand(otherwise)}
        case _:
            return {}


def write_operand(expression: Expression) -> str:
    """Write a field or a fixed value as an operand."""
    match expression:
        case Field(path=path):
            return path
        case Constant(value=value):
            escaped = as_text(value).replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")
            return f"'{escaped}'"
        case _:
            return ""


def write_condition(condition: Condition) -> dict[str, str]:
    """Give the three inputs of a simple condition; nothing for another one."""
    match condition:
        case Compare(path=path, comparison=comparison, value=value):
            return {"when": path, "operator": comparison.value, "operand": as_text(value)}
        case OneOf(path=path, values=values):
            return {"when": path, "operator": IS_ONE_OF, "operand": ", ".join(as_text(value) for value in values)}
        case Blank(path=path):
            return {"when": path, "operator": IS_BLANK, "operand": ""}
        case Not(condition=Blank(path=path)):
            return {"when": path, "operator": IS_FILLED, "operand": ""}
        case _:
            return {}


def read_source(kind: str, inputs: Inputs, target: Kind, kinds: Mapping[str, Kind]) -> ReadSource:
    """Read a source of a kind; `target` is the kind of the field that gets the value, `kinds` are those of the source's fields."""
    match kind:
        case "field":
            return _read_path(inputs, lambda of: of)
        case "constant":
            return ReadSource(source=Constant(value=scalar(inputs.get("value", ""), target)))
        case "join":
            return _read_join(inputs.get("parts", ""))
        case "macro":
            return _read_macro(inputs)
        case "formula":
            return _read_formula(inputs.get("formula", "").strip())
        case "lookup":
            return _read_lookup(inputs)
        case "counterpart":
            return _read_path(inputs, lambda of: Counterpart(of=of, record_type=inputs.get("record_type", "").strip()))
        case "translate":
            return _read_translate(inputs)
        case "when":
            return _read_when(inputs, target, kinds)
        case _:
            return ReadSource(source=None, problems=(("kind", "Choose where the value comes from."),))


def read_condition(inputs: Inputs, kinds: Mapping[str, Kind], *, suffix: str = "") -> Condition | Problems:
    """Read the three inputs of a simple condition, or say what is wrong with them."""
    path, operator = inputs.get(f"when{suffix}", "").strip(), inputs.get(f"operator{suffix}", "")
    operand = inputs.get(f"operand{suffix}", "").strip()
    if not _PATH.fullmatch(path):
        return ((f"when{suffix}", "Name the field that the condition looks at."),)
    kind = kinds.get(path, Kind.TEXT)
    if operator == IS_BLANK:
        return Blank(path=path)
    if operator == IS_FILLED:
        return Not(condition=Blank(path=path))
    if operator == IS_ONE_OF:
        return OneOf(path=path, values=tuple(scalar(one.strip(), kind) for one in operand.split(",") if one.strip()))
    comparison = next((one for one in Comparison if one.value == operator), None)
    if comparison is None:
        return ((f"operator{suffix}", f"Choose one of {', '.join(OPERATORS)}."),)
    return Compare(path=path, comparison=comparison, value=scalar(operand, kind))


def scalar(text: str, kind: Kind) -> Scalar:
    """Read a text as a value of a kind; what does not read as one stays a text, which the validation names."""
    try:
        match kind:
            case Kind.BOOLEAN:
                return {"true": True, "yes": True, "false": False, "no": False}.get(text.casefold(), text)
            case Kind.INTEGER:
                return int(text)
            case Kind.DECIMAL | Kind.MONEY | Kind.DURATION:
                return Decimal(text)
            case Kind.DATE:
                return date.fromisoformat(text)
            case _:
                return text
    except (ValueError, InvalidOperation):
        return text


def _read_path(inputs: Inputs, make: _Make) -> ReadSource:
    path = inputs.get("path", "").strip()
    if not _PATH.fullmatch(path):
        return ReadSource(source=None, problems=(("path", "Name the field that the value comes from."),))
    return ReadSource(source=make(Field(path=path)))


def _read_join(text: str) -> ReadSource:
    parts = _operands(text)
    if isinstance(parts, int):
        said = f"At character {parts + 1} a field or a text between apostrophes was expected, with commas between them."
        return ReadSource(source=None, problems=(("parts", said),))
    return ReadSource(source=Join(parts=tuple(parts)))


def _operands(text: str) -> Sequence[Field | Constant] | int:
    """Read fields and quoted texts with commas between them; where that fails, give the place."""
    parts: list[Field | Constant] = []
    at = 0
    while True:
        found = _OPERAND.match(text, at)
        if found is None:
            return at
        quoted, path, comma = found.groups()
        parts.append(Field(path=path) if path else Constant(value=_unescaped(quoted)))
        at = found.end()
        if not comma:
            return parts


def _unescaped(quoted: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] == "n" else found[1], quoted)


def _read_macro(inputs: Inputs) -> ReadSource:
    name = next((one for one in MacroName if one.value == inputs.get("macro")), None)
    if name is None:
        return ReadSource(source=None, problems=(("macro", "Choose a macro."),))
    try:
        days = int(inputs.get("days", "").strip() or "0")
    except ValueError:
        return ReadSource(source=None, problems=(("days", "Write a whole number of days, such as -1."),))
    return ReadSource(source=Macro(name=name, days=days))


def _read_formula(text: str) -> ReadSource:
    try:
        compile_formula(text)
    except FormulaError as error:
        return ReadSource(source=None, problems=(("formula", f"Column {error.column}: {error.said}"),))
    return ReadSource(source=Formula(text=text))


def _read_lookup(inputs: Inputs) -> ReadSource:
    record_type, by = (inputs.get(name, "").strip() for name in ("record_type", "by"))
    problems = tuple(
        (name, said)
        for name, value, said in (
            ("record_type", record_type, "Name the record type to look in."),
            ("by", by, "Name the field by which the record is found."),
        )
        if not value
    )
    if problems:
        return ReadSource(source=None, problems=problems)
    side = LookupSide.SOURCE if inputs.get("side") == LookupSide.SOURCE.value else LookupSide.TARGET
    returns = inputs.get("returns", "").strip()
    return _read_path(inputs, lambda of: Lookup(of=of, record_type=record_type, by=by, returns=returns, side=side))


def _read_translate(inputs: Inputs) -> ReadSource:
    pairs: dict[str, str] = {}
    for number in range(MOST_PAIRS):
        one, other = inputs.get(f"from-{number}", ""), inputs.get(f"to-{number}", "")
        if not other:  # a line that was offered and not filled in
            continue
        if one in pairs:
            said = f"“{one}” stands in the map twice."
            return ReadSource(source=None, problems=((f"from-{number}", said),))
        pairs[one] = other
    if not pairs:
        return ReadSource(source=None, problems=(("from-0", "Write at least one pair of values."),))
    otherwise = inputs.get("otherwise", "") or None
    return _read_path(inputs, lambda of: Translate(of=of, pairs=tuple(pairs.items()), otherwise=otherwise))


def _read_when(inputs: Inputs, target: Kind, kinds: Mapping[str, Kind]) -> ReadSource:
    condition = read_condition(inputs, kinds)
    problems: Problems = condition if isinstance(condition, tuple) else ()
    ways: dict[str, Field | Constant] = {}
    for name in ("then", "else"):
        parts = _operands(inputs.get(name, ""))
        if isinstance(parts, int) or len(parts) != 1:
            problems = (*problems, (name, "Write one field, or a text between apostrophes."))
            continue
        one = parts[0]
        ways[name] = Constant(value=scalar(as_text(one.value), target)) if isinstance(one, Constant) else one
    if problems or isinstance(condition, tuple):
        return ReadSource(source=None, problems=problems)
    return ReadSource(source=When(condition=condition, then=ways["then"], otherwise=ways["else"]))
