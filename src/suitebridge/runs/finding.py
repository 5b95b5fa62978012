"""Finds real records that a preview may be asked for, among those that a workflow reads and a person may see.

It only reads, and knows no record type.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.flow.selecting import name_record
from suitebridge.domain.people import User
from suitebridge.domain.picking import Schemas, systems_of
from suitebridge.domain.reaching import reach_of
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway, ReadRequest
from suitebridge.ports.workspace import RecordQuery

MOST_FOUND = 20
_MOST_LOOKED_AT = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class PreviewDesk:
    """What a preview works with; its gateway only reads, and `user` sees what their role shows."""

    store: CompanyStore
    gateway: NetSuiteGateway
    user: User
    clock: Clock
    schemas: Schemas


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundRecord:
    """A record that can be previewed."""

    id: str
    title: str


def find_records(desk: PreviewDesk, workflow: Workflow, text: str) -> tuple[FoundRecord, ...]:
    """Find source records by their id or a part of their name; without a text the first ones."""
    may_see(desk.user, workflow)
    if workflow.direction is Direction.EXPORT:
        return _find_in_workspace(desk, workflow, text)
    return _find_in_netsuite(desk, workflow, text)


def may_see(user: User, workflow: Workflow) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless the user may see every type of record that the workflow touches."""
    reach = reach_of(workflow)
    for record_type in (*reach.reads, *reach.writes):
        if not user.role.may_view(record_type):
            act, permission = f"preview {workflow.title}", f"View {record_type.replace('_', ' ')}"
            facts = {"act": act, "role": user.role.name, "permission": permission}
            raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))


def _find_in_workspace(desk: PreviewDesk, workflow: Workflow, text: str) -> tuple[FoundRecord, ...]:
    schema, records = desk.schemas(systems_of(workflow)[0], workflow.source_type), desk.store.records
    by_id = records.fetch(workflow.source_type, [text], ()) if text.isdecimal() else ()
    query = RecordQuery(record_type=workflow.source_type, text=text, limit=MOST_FOUND, newest_first=True)
    found = {one.id: one for one in (*by_id, *records.query(query))}
    return tuple(FoundRecord(id=one.id, title=name_record(workflow, schema, one)) for one in found.values())


def _find_in_netsuite(desk: PreviewDesk, workflow: Workflow, text: str) -> tuple[FoundRecord, ...]:
    """Ask for the id, for the exact name, and for what begins the list: NetSuite is asked three times at most."""
    schema, fields = desk.schemas(systems_of(workflow)[0], workflow.source_type), workflow.title_fields
    request = ReadRequest(record_type=workflow.source_type, fields=fields, condition=workflow.takes)
    first = desk.gateway.fetch(replace(request, limit=_MOST_LOOKED_AT)).records
    found = [one for one in first if text.casefold() in name_record(workflow, schema, one).casefold()]
    ids = [text] if text.isdecimal() else []
    if text and fields and not found:
        ids += [id_ for hits in desk.gateway.find(workflow.source_type, fields[0], [text]).values() for id_ in hits]
    if ids:
        named = desk.gateway.fetch(replace(request, condition=None, ids=tuple(ids[:MOST_FOUND]))).records
        found = list({one.id: one for one in (*named, *found)}.values())
    return tuple(FoundRecord(id=one.id, title=name_record(workflow, schema, one)) for one in found[:MOST_FOUND])
