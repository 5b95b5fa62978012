"""Second station: which record on the other side means the same thing?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.domain.errors import Problem
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.masking import MASK, is_sensitive
from suitebridge.domain.records import Record
from suitebridge.domain.values import Value, as_text, is_blank
from suitebridge.domain.workflow import MatchKey, Workflow

Candidates: TypeAlias = Sequence[Mapping[str, tuple[Record, ...]]]
"""For each match key of the workflow, the target records found, by value (case-folded where the key ignores case)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A counterpart was found."""

    selected: Selected
    target: Record


@dataclass(frozen=True, slots=True, kw_only=True)
class NoMatch:
    """There is no counterpart yet."""

    selected: Selected


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """More than one counterpart, or one that belongs to another record: a person decides."""

    selected: Selected
    problem: Problem


def key_value(key: MatchKey, record: Record) -> str:
    """Give the value by which a key looks a record up, "" when it has none."""
    value = record.id if key.source == "id" else record.fields.get(key.source)
    if isinstance(value, tuple) or is_blank(value):
        return ""
    text = as_text(value)
    return text.casefold() if key.ignores_case else text


def values_to_find(key: MatchKey, records: Iterable[Record]) -> tuple[str, ...]:
    """Collect the values to look up for one key, each once."""
    return tuple(dict.fromkeys(value for record in records if (value := key_value(key, record))))


def match(workflow: Workflow, selected: Selected, candidates: Candidates) -> Match | NoMatch | Ambiguous:
    """Try the workflow's keys in order; the first that finds anything decides."""
    record = selected.record
    for key, found_by_value in zip(workflow.match_keys, candidates, strict=True):
        value = key_value(key, record) if found_by_value else ""
        if not value:
            continue
        found = tuple(target for target in found_by_value.get(value, ()) if _agrees(key, record, target))
        if len(found) > 1:
            shown = MASK if is_sensitive(workflow.target_type, key.target) else value
            return Ambiguous(selected=selected, problem=_too_many(selected, key, shown, len(found)))
        if found:
            return _decide(workflow, selected, found[0])
    return NoMatch(selected=selected)


def _agrees(key: MatchKey, record: Record, target: Record) -> bool:
    return all(_same(record.fields.get(source), target.fields.get(path)) for source, path in key.also)


def _same(one: Value, other: Value) -> bool:
    return not is_blank(one) and one == other


def _decide(workflow: Workflow, selected: Selected, target: Record) -> Match | Ambiguous:
    held = target.fields.get(workflow.id_field)
    if is_blank(held) or held == selected.record.id:
        return Match(selected=selected, target=target)
    facts = {"record": selected.title, "target": target.id, "netsuite_id": str(held)}
    return Ambiguous(selected=selected, problem=Problem(code="SB-CONF-003", facts=facts))


def _too_many(selected: Selected, key: MatchKey, value: str, count: int) -> Problem:
    facts = {
        "record": selected.title,
        "count": str(count),
        "key": key.label,
        "value": value,
        "netsuite_id": selected.record.id,
    }
    return Problem(code="SB-CONF-002", facts=facts)
