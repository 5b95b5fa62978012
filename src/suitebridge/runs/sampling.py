"""Looks at what a source field really holds, so that a value map can name all of it (quality.md U17). It only reads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

from suitebridge.domain.masking import is_sensitive
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.values import Value, as_text
from suitebridge.domain.workflow import MappingGroup, Workflow
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.ports.workspace import RecordQuery
from suitebridge.runs.finding import PreviewDesk, may_see

DAYS: Final = 90
MOST_VALUES: Final = 50
_MOST_RECORDS: Final = 1000


def values_found(desk: PreviewDesk, workflow: Workflow, group: MappingGroup, path: str) -> tuple[str, ...]:
    """Give the values of a source field, each once: of what NetSuite changed in ninety days, or of the newest workspace records.

    Nothing for personal data and rates. Raise `RunStoppedError` where the records cannot be read.
    """
    may_see(desk.user, workflow)
    whole = f"{group.source_list}.{path}" if group.source_list else path
    if not path or path == "id" or is_sensitive(workflow.source_type, whole):
        return ()
    found: dict[str, None] = {}
    for record in _records(desk, workflow, whole):
        for value in _values(record, group.source_list, path):
            text = "" if isinstance(value, tuple) else as_text(value)
            if text:
                found[text] = None
    return tuple(found)[:MOST_VALUES]


def _records(desk: PreviewDesk, workflow: Workflow, path: str) -> Sequence[Record]:
    if workflow.direction is Direction.EXPORT:
        query = RecordQuery(record_type=workflow.source_type, limit=_MOST_RECORDS, newest_first=True)
        ids = [one.id for one in desk.store.records.query(query)]
        return desk.store.records.fetch(workflow.source_type, ids, (path,))
    since = desk.gateway.stamp_of(desk.clock.now() - timedelta(days=DAYS))
    request = ReadRequest(record_type=workflow.source_type, fields=(path,), changed_since=since, limit=_MOST_RECORDS)
    return desk.gateway.fetch(request).records


def _values(record: Record, source_list: str, path: str) -> Sequence[Value]:
    if not source_list:
        return [record.fields.get(path)]
    lines = record.fields.get(source_list)
    return [line.get(path) for line in lines] if isinstance(lines, tuple) else []
