"""Asks, in bulk, what mappings need to know of the other side: counterparts and lookups, each value once."""

from __future__ import annotations

from collections.abc import Sequence

from suitebridge.domain.flow.mapping import Answers, CompiledMapping, Question
from suitebridge.domain.flow.selecting import Selected
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.ports.workspace import WorkspaceRecords
from suitebridge.runs.transfers import group_questions


def ask_workspace(
    records: WorkspaceRecords, mapping: CompiledMapping, selected: Sequence[Selected], *, id_field: str
) -> Answers:
    """Answer the questions of imports: which workspace records do these NetSuite ids, or other values, stand for?"""
    answers: dict[Question, str] = {}
    questions = (question for one in selected for question in mapping.questions(one))
    for (record_type, by), values in group_questions(questions).items():
        found = records.find(record_type, by or id_field, values)
        for value, ids in found.items():
            if len(ids) == 1:
                answers[Question(record_type, by, value)] = ids[0]
    return answers


def ask_netsuite(
    gateway: NetSuiteGateway,
    records: WorkspaceRecords,
    mapping: CompiledMapping,
    selected: Sequence[Selected],
    *,
    id_field: str,
) -> Answers:
    """Answer the questions of exports: which NetSuite ids do these workspace records, or other values, stand for?"""
    answers: dict[Question, str] = {}
    questions = (question for one in selected for question in mapping.questions(one))
    for (record_type, by), values in group_questions(questions).items():
        if by:
            asked = gateway.find(record_type, by, values)
            found = {value: ids[0] for value, ids in asked.items() if len(ids) == 1}
        else:
            found = _counterparts(records, record_type, values, id_field)
        answers.update({Question(record_type, by, value): found_id for value, found_id in found.items()})
    return answers


def _counterparts(records: WorkspaceRecords, record_type: str, ids: Sequence[str], id_field: str) -> dict[str, str]:
    return {
        r.id: netsuite_id
        for r in records.fetch(record_type, ids, (id_field,))
        if isinstance(netsuite_id := r.fields.get(id_field), str) and netsuite_id
    }
