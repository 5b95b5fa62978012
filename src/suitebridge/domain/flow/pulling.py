"""Pulling back: which values of a written NetSuite record go into which fields of the workspace record and of its lines.

Pure. It knows neither how the written record was read nor when; the NetSuite ID itself comes with the answer and is none of its business.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from suitebridge.domain.flow.fitting import UnfitValueError, fit_for
from suitebridge.domain.intents import Change
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.registry import schema_of
from suitebridge.domain.values import Fields, Line, Value, as_text
from suitebridge.domain.workflow import PullBack, Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class PulledLine:
    """What comes back to a record that belongs to the exported one."""

    type: str
    id: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Pulled:
    """What comes back to a record and to its lines."""

    header: tuple[Change, ...]
    lines: tuple[PulledLine, ...]


def fields_pulled(workflow: Workflow) -> tuple[str, ...]:
    """Name the NetSuite fields that have to be read for the pull-backs; those of lines as "expenseList.line"."""
    return tuple(dict.fromkeys(one.source for one in workflow.pull_backs if not one.is_id))


def pull(workflow: Workflow, schema: RecordSchema, before: Fields, written: Fields) -> Pulled:
    """Compute what comes back. Raise `UnfitValueError` where a value does not fit its field, or lines are others than those sent."""
    backs = [one for one in workflow.pull_backs if not one.is_id]
    header = tuple(
        Change(
            field=one.target,
            before=before.get(one.target),
            after=_fitted(schema, one.target, written.get(one.source)),
        )
        for one in backs
        if "." not in one.target
    )
    lines = tuple(line for one in backs if "." in one.target for line in _lines(schema, one, before, written))
    return Pulled(header=header, lines=lines)


def _lines(schema: RecordSchema, back: PullBack, before: Fields, written: Fields) -> Iterator[PulledLine]:
    name, _, target = back.target.partition(".")
    list_name, _, source = back.source.partition(".")
    own, there = _rows(before.get(name)), _rows(written.get(list_name))
    if len(own) != len(there):
        raise UnfitValueError(f"{len(own)} lines were sent, and NetSuite holds {len(there)}.")
    lines = schema_of(schema.system, schema.related_by_name[name].type)
    for sent, stored in zip(own, there, strict=True):
        change = Change(field=target, before=sent.get(target), after=_fitted(lines, target, stored.get(source)))
        yield PulledLine(type=lines.name, id=as_text(sent.get("id")), changes=(change,))


def _rows(value: Value) -> tuple[Line, ...]:
    return value if isinstance(value, tuple) else ()


def _fitted(schema: RecordSchema, field: str, value: Value) -> Value:
    if isinstance(value, tuple):
        raise UnfitValueError("It is a list.")
    return fit_for(schema.by_name[field].kind)(value)
