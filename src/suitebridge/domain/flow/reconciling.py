"""Compares what a mapping would write with what is there, field by field. A pure function of two records; it fetches nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal

from suitebridge.domain.expressions import Expression, Formula, Macro, walk
from suitebridge.domain.flow.fingerprints import fingerprint_fields
from suitebridge.domain.formulas import macros_of
from suitebridge.domain.reconciliations import FieldPair
from suitebridge.domain.schemas import Kind, RecordSchema
from suitebridge.domain.values import Fields, Line, Scalar, Value, as_text, is_blank
from suitebridge.domain.workflow import Row, SyncRule, Workflow

_NOT_THERE = "no such line"


def compared_fields(workflow: Workflow, target: RecordSchema) -> tuple[str, ...]:
    """Name the target's fields that tell whether both sides are alike; those of lines as "itemList.amount".

    Left out: what a later run may leave as it is, and what depends on the run (its day, its owner).
    """
    return tuple(dict.fromkeys(_compared(workflow, target)))


def _compared(workflow: Workflow, target: RecordSchema) -> Iterator[str]:
    for group in workflow.groups:
        schema: RecordSchema | None = target
        if group.target_list:
            schema = target.by_name[group.target_list].lines
        for row in group.rows:
            if schema is not None and _is_compared(row, schema):
                yield f"{group.target_list}.{row.target}" if group.target_list else row.target


def _is_compared(row: Row, schema: RecordSchema) -> bool:
    is_kept_up = row.sync is SyncRule.ALWAYS and not row.is_initial_only
    is_fixed = is_kept_up and not any(_depends_on_run(part) for part in walk(row.source))
    return row.is_active and is_fixed and schema.by_name[row.target].kind is not Kind.LINES


def _depends_on_run(part: Expression) -> bool:
    return isinstance(part, Macro) or (isinstance(part, Formula) and bool(macros_of(part.text)))


def pick(fields: Fields, names: Iterable[str]) -> dict[str, Value]:
    """Keep the compared fields of a record, in one form for both sides; blank ones are left out."""
    picked: dict[str, Value] = {}
    inner: dict[str, set[str]] = {}
    for name in names:
        list_name, _, line_field = name.partition(".")
        if line_field:
            inner.setdefault(list_name, set()).add(line_field)
        elif not is_blank(value := fields.get(name)) and not isinstance(value, tuple):
            picked[name] = _canonical(value)
    for list_name, wanted in inner.items():
        lines = fields.get(list_name)
        picked[list_name] = tuple(_line(line, wanted) for line in lines) if isinstance(lines, tuple) else ()
    return picked


def _line(line: Line, wanted: set[str]) -> Line:
    return {name: _canonical(value) for name, value in sorted(line.items()) if name in wanted and not is_blank(value)}


def _canonical(value: Scalar) -> Scalar:
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        return value
    number = Decimal(value)
    return number.quantize(Decimal(1)) if number == number.to_integral_value() else number.normalize()


def differing(expected: Fields, found: Fields, pair: Callable[[str, str, str], FieldPair]) -> tuple[FieldPair, ...]:
    """Give the fields in which a record is not what is expected; `pair` takes a field, the expected text and the one found.

    What is expected blank is not compared: a blank is left out of a write, and the other side fills in what it likes.
    """
    known = {name: value for name, value in found.items() if name in expected}
    if fingerprint_fields(expected) == fingerprint_fields(known):
        return ()
    return tuple(pair(*told) for told in _differing(expected, found))


def _differing(expected: Fields, found: Fields) -> Iterator[tuple[str, str, str]]:
    for name, wanted in expected.items():
        there = found.get(name)
        if isinstance(wanted, tuple):
            yield from _differing_lines(name, wanted, there if isinstance(there, tuple) else ())
        elif wanted != there:
            yield name, as_text(wanted), "" if isinstance(there, tuple) else as_text(there)


def _differing_lines(name: str, wanted: tuple[Line, ...], there: tuple[Line, ...]) -> Iterator[tuple[str, str, str]]:
    for number in range(max(len(wanted), len(there))):
        at = f"{name}[{number + 1}]"
        if number >= len(there):
            yield at, _told(wanted[number]), _NOT_THERE
        elif number >= len(wanted):
            yield at, _NOT_THERE, _told(there[number])
        else:
            for field, value in wanted[number].items():
                if value != there[number].get(field):
                    yield f"{at}.{field}", as_text(value), as_text(there[number].get(field))


def _told(line: Mapping[str, Scalar]) -> str:
    return "; ".join(f"{name} {as_text(value)}" for name, value in line.items())
