"""What a dry run takes for granted: the records that its own earlier workflows would have written (quality.md U25).

Every read, rule and refusal is that of a real run. It refuses to know how a workflow is carried out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeAlias

from suitebridge.domain.flow.mapping import Answers
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.records import Direction
from suitebridge.runs.transfers import Transfer, group_questions

PROMISED = "new:"
"""Stands before the id of a source record whose counterpart a real run would create."""


Promises: TypeAlias = Callable[[Transfer, str, Sequence[str]], dict[str, str]]
"""Gives the counterparts that records of a type would have by now, by id."""


def with_promises(transfer: Transfer, selected: Sequence[Selected], answers: Answers, promises: Promises) -> Answers:
    """Answer with what would be there by now whatever asks for a counterpart that is not there yet."""
    asked = (question for one in selected for question in transfer.mapping.questions(one))
    missing = [question for question in asked if not question.by and question not in answers]
    promised = {
        asked_for._replace(value=value): counterpart
        for asked_for, values in group_questions(missing).items()
        for value, counterpart in promises(transfer, asked_for.record_type, values).items()
    }
    return {**answers, **promised}


def promised_id(source_id: str) -> str:
    """Name the counterpart that a source record would get."""
    return f"{PROMISED}{source_id}"


def promised_to_import(transfer: Transfer, record_type: str, netsuite_ids: Sequence[str]) -> dict[str, str]:
    """Give the workspace ids that imports of this dry run would have bound to these NetSuite ids."""
    found: dict[str, str] = {}
    for workflow in transfer.earlier:
        if (workflow.direction, workflow.target_type) == (Direction.IMPORT, record_type):
            written = transfer.store.runs.rehearsed(transfer.run.id, workflow.name, netsuite_ids, by_target=False)
            found.update({source: target or promised_id(source) for source, target in written.items()})
    return found


def promised_to_export(transfer: Transfer, record_type: str, workspace_ids: Sequence[str]) -> dict[str, str]:
    """Give the NetSuite ids that these workspace records would carry by now: imports stamp them, exports pull them back."""
    found: dict[str, str] = {}
    for workflow in transfer.earlier:
        run_id, name = transfer.run.id, workflow.name
        if (workflow.direction, workflow.target_type) == (Direction.IMPORT, record_type):
            found.update(transfer.store.runs.rehearsed(run_id, name, workspace_ids, by_target=True))
        elif (workflow.direction, workflow.source_type) == (Direction.EXPORT, record_type):
            written = transfer.store.runs.rehearsed(run_id, name, workspace_ids, by_target=False)
            found.update({source: target or promised_id(source) for source, target in written.items()})
    return found
