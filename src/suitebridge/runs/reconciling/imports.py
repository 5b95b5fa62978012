"""Compares what was imported: every NetSuite record that the workflow would take, and every workspace record that came from there."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from suitebridge.domain.conditions import Blank, Not
from suitebridge.domain.flow.selecting import Selected, select
from suitebridge.domain.intents import Skip
from suitebridge.domain.reconciliations import Discrepancy, Finding
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.registry import target_schema
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.runs.asking import ask_workspace
from suitebridge.runs.reconciling.sides import MOST_PAGES, Pair, Sides, Tally, all_of, changed_in, compare_pair, tell
from suitebridge.runs.transfers import BATCH_SIZE


def compare_import(sides: Sides, tally: Tally) -> None:
    """Stream NetSuite's records for what is missing or different, then the workspace's for what is there no more."""
    for page in _netsuite_pages(sides):
        selected = [one for record in page if not isinstance(one := _selected(sides, record), Skip)]
        _compare_page(sides, tally, selected)
    for records in _workspace_pages(sides):
        _look_for_gone(sides, tally, records)


def _selected(sides: Sides, record: Record) -> Selected | Skip:
    return select(sides.workflow, sides.source, record)


def _compare_page(sides: Sides, tally: Tally, selected: Sequence[Selected]) -> None:
    workflow, records = sides.workflow, sides.store.records
    held = records.find(workflow.target_type, workflow.id_field, [one.record.id for one in selected])
    answers = ask_workspace(sides.gateway, records, sides.mapping, selected)
    ids = [id_ for found in held.values() for id_ in found]
    targets = {one.id: one for one in records.fetch(workflow.target_type, ids, sides.compared)}
    for one in selected:
        found = held.get(one.record.id, ())
        pair = Pair(selected=one, found={}, workspace_id=found[0] if found else "", netsuite_id=one.record.id)
        if not found and isinstance(sides.mapping.draft(one, answers), Skip):
            continue
        tally.netsuite += 1
        if not found:
            tell(tally, pair, Finding.MISSING, "The workspace does not have it.")
            continue
        tally.workspace += 1
        there = Pair(selected=one, found=targets[found[0]].fields, workspace_id=found[0], netsuite_id=one.record.id)
        compare_pair(sides, tally, there, answers)


def _netsuite_pages(sides: Sides) -> Iterator[Sequence[Record]]:
    after_id = ""
    for _ in range(MOST_PAGES):
        page = sides.gateway.fetch(
            ReadRequest(
                record_type=sides.workflow.source_type,
                fields=sides.workflow.source_paths(),
                condition=all_of((sides.workflow.takes, changed_in(sides))),
                after_id=after_id,
                limit=BATCH_SIZE,
            )
        )
        yield page.records
        if page.is_last or not page.records:
            return
        after_id = page.records[-1].id


def _workspace_pages(sides: Sides) -> Iterator[Sequence[Record]]:
    """Give the workspace's records that came from NetSuite; no day tells which, so a period does not bound them."""
    workflow, after_id = sides.workflow, ""
    imported = Not(condition=Blank(path=workflow.id_field))
    for _ in range(MOST_PAGES):
        page = sides.store.records.select(workflow.target_type, imported, after_id=after_id, limit=BATCH_SIZE)
        if not page:
            return
        yield sides.store.records.fetch(
            workflow.target_type, [id_ for id_, _ in page], (workflow.id_field, *_title(sides))
        )
        after_id = page[-1][0]


def _look_for_gone(sides: Sides, tally: Tally, records: Sequence[Record]) -> None:
    workflow = sides.workflow
    ids = {record.id: str(record.fields[workflow.id_field]) for record in records}
    request = ReadRequest(
        record_type=workflow.source_type, fields=(), ids=tuple(dict.fromkeys(ids.values())), limit=BATCH_SIZE
    )
    there = {record.id for record in sides.gateway.fetch(request).records}
    gone = [record for record in records if ids[record.id] not in there]
    own = sides.store.runs.bindings_by_workspace(
        workflow.target_type, workflow.source_type, [record.id for record in gone]
    )
    for record in gone:
        # A record of another workflow of the same workspace type is that one's to miss.
        if record.id in own and own[record.id].workflow == workflow.name:
            tally.workspace += 1
            tally.tell(_gone(sides, record, ids[record.id]))


def _gone(sides: Sides, record: Record, netsuite_id: str) -> Discrepancy:
    target = target_schema(sides.workflow).label
    named = " ".join(str(record.fields.get(path) or "") for path in _title(sides)).strip()
    return Discrepancy(
        finding=Finding.EXTRA,
        workspace_id=record.id,
        netsuite_id=netsuite_id,
        title=f"{target} {named} ({record.id})",
        reason=f"NetSuite has no {sides.source.label.lower()} {netsuite_id} any more, or the role may not see it.",
    )


def _title(sides: Sides) -> tuple[str, ...]:
    return (target_schema(sides.workflow).title,)
