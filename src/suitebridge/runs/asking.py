"""Asks, in bulk, what mappings need to know of other records: counterparts and lookups on either side, each value once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from suitebridge.domain.expressions import LookupSide
from suitebridge.domain.flow.mapping import Answers, CompiledMapping, Question
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.values import Scalar, Value
from suitebridge.ports.netsuite import NetSuiteGateway, ReadRequest
from suitebridge.ports.workspace import WorkspaceRecords
from suitebridge.runs.transfers import BATCH_SIZE, group_questions

_ID: Final = "id"
_NETSUITE_ID: Final = "netsuite_id"
"""Where every workspace type keeps whom its records stand for; a workflow with an ID field of its own points to others by this one, too."""


def ask_workspace(
    gateway: NetSuiteGateway,
    records: WorkspaceRecords,
    mapping: CompiledMapping,
    selected: Sequence[Selected],
) -> Answers:
    """Answer the questions of imports: which workspace records do these NetSuite ids, or other values, stand for?"""
    answers: dict[Question, Scalar] = {}
    questions = (question for one in selected for question in mapping.questions(one))
    for asked, values in group_questions(questions).items():
        if asked.side is LookupSide.SOURCE:
            found = _found_in_netsuite(gateway, asked, values)
        else:
            found = _found_in_workspace(records, asked, values)
        answers.update({asked._replace(value=value): answer for value, answer in found.items()})
    return answers


def ask_netsuite(
    gateway: NetSuiteGateway,
    records: WorkspaceRecords,
    mapping: CompiledMapping,
    selected: Sequence[Selected],
) -> Answers:
    """Answer the questions of exports: which NetSuite ids do these workspace records, or other values, stand for?"""
    answers: dict[Question, Scalar] = {}
    questions = (question for one in selected for question in mapping.questions(one))
    for asked, values in group_questions(questions).items():
        if not asked.by:
            found = _counterparts(records, asked.record_type, values)
        elif asked.side is LookupSide.SOURCE:
            found = _found_in_workspace(records, asked, values)
        else:
            found = _found_in_netsuite(gateway, asked, values)
        answers.update({asked._replace(value=value): answer for value, answer in found.items()})
    return answers


def _counterparts(records: WorkspaceRecords, record_type: str, ids: Sequence[str]) -> Mapping[str, Scalar]:
    return {
        r.id: netsuite_id
        for r in records.fetch(record_type, ids, (_NETSUITE_ID,))
        if isinstance(netsuite_id := r.fields.get(_NETSUITE_ID), str) and netsuite_id
    }


def _found_in_workspace(records: WorkspaceRecords, asked: Question, values: Sequence[str]) -> Mapping[str, Scalar]:
    if asked.by == _ID:
        found = {r.id: r.id for r in records.fetch(asked.record_type, values, (_NETSUITE_ID,))}
    else:
        found = _only(records.find(asked.record_type, asked.by or _NETSUITE_ID, values))
    if asked.returns in {"", _ID}:
        return found
    ids = tuple(dict.fromkeys(found.values()))
    held = {one.id: one.fields.get(asked.returns) for one in records.fetch(asked.record_type, ids, (asked.returns,))}
    return _returned(found, held)


def _found_in_netsuite(gateway: NetSuiteGateway, asked: Question, values: Sequence[str]) -> Mapping[str, Scalar]:
    found = _only(gateway.find(asked.record_type, asked.by, values))
    if asked.returns in {"", _ID}:
        return found
    held: dict[str, Value] = {}
    for ids in _parts(tuple(dict.fromkeys(found.values()))):
        request = ReadRequest(record_type=asked.record_type, fields=(asked.returns,), ids=ids, limit=BATCH_SIZE)
        held.update({one.id: one.fields.get(asked.returns) for one in gateway.fetch(request).records})
    return _returned(found, held)


def _only(found: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Keep the values that stand for exactly one record; a value that several carry is no answer."""
    return {value: ids[0] for value, ids in found.items() if len(ids) == 1}


def _returned(found: Mapping[str, str], held: Mapping[str, Value]) -> Mapping[str, Scalar]:
    """Give the field of each found record; one that does not fill it in answers with a blank."""
    answers: dict[str, Scalar] = {}
    for value, record_id in found.items():
        answer = held.get(record_id)
        if record_id in held and not isinstance(answer, tuple):
            answers[value] = answer
    return answers


def _parts(ids: tuple[str, ...]) -> Iterable[tuple[str, ...]]:
    return (ids[start : start + BATCH_SIZE] for start in range(0, len(ids), BATCH_SIZE))
