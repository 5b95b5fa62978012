"""Compares what was exported: every workspace record that is or should be in NetSuite, and every NetSuite record under our external ids."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from suitebridge.domain.bindings import external_id_for
from suitebridge.domain.conditions import AnyOf, Blank, Condition, Not
from suitebridge.domain.flow.selecting import Selected, name_record
from suitebridge.domain.flow.summing import amount_of, written_of
from suitebridge.domain.reconciliations import Discrepancy, Finding
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.values import is_blank
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.runs.asking import ask_netsuite
from suitebridge.runs.reconciling.sides import (
    MOST_PAGES,
    Pair,
    Sides,
    Tally,
    all_of,
    compare_pair,
    day_in,
    on_days,
    tell,
)
from suitebridge.runs.transfers import BATCH_SIZE

_DAY, _EXTERNAL_ID = "tranDate", "externalId"
_NOT_YET = "It was not exported yet."
_GONE = "NetSuite does not have it any more, or the role may not see it."


def compare_export(sides: Sides, tally: Tally) -> None:
    """Stream the workspace's records for what is missing or different, then NetSuite's for what nobody sent."""
    for records in _workspace_pages(sides):
        tally.workspace += len(records)
        _compare_page(sides, tally, records)
    for page in _netsuite_pages(sides):
        _look_for_extra(sides, tally, page)


def _workspace_pages(sides: Sides) -> Iterator[Sequence[Record]]:
    workflow, after_id = sides.workflow, ""
    paths = tuple(dict.fromkeys((*workflow.source_paths(), workflow.id_field)))
    for _ in range(MOST_PAGES):
        page = sides.store.records.select(workflow.source_type, _universe(sides), after_id=after_id, limit=BATCH_SIZE)
        if not page:
            return
        yield sides.store.records.fetch(workflow.source_type, [id_ for id_, _ in page], paths)
        after_id = page[-1][0]


def _universe(sides: Sides) -> Condition | None:
    """Select what is in NetSuite or should be: sent before, or waiting to be sent."""
    workflow = sides.workflow
    # What bears an ID and was never sent came from there: its import compares it.
    sent: list[Condition] = [Not(condition=Blank(path=workflow.exported_field or workflow.id_field))]
    if workflow.takes is not None:
        sent.append(workflow.takes)
    days = on_days(sides.source.day, sides.period) if sides.source.day else None
    # What a guard keeps out is another workflow's: an expense report that became a vendor bill, a credit among the invoices.
    return all_of((AnyOf(conditions=tuple(sent)), days, *(guard.condition for guard in workflow.guards)))


def _compare_page(sides: Sides, tally: Tally, records: Sequence[Record]) -> None:
    workflow = sides.workflow
    ids = {record.id: str(record.fields.get(workflow.id_field) or "") for record in records}
    selected = [Selected(record=record, title=name_record(workflow, sides.source, record)) for record in records]
    known = [one for one in selected if ids[one.record.id]]
    found = {
        one.id: one
        for one in sides.gateway.read_back(workflow.target_type, [ids[one.record.id] for one in known], sides.compared)
    }
    answers = ask_netsuite(sides.gateway, sides.store.records, sides.mapping, known)
    for one in selected:
        netsuite_id = ids[one.record.id]
        there = found.get(netsuite_id)
        pair = Pair(
            selected=one,
            found={} if there is None else there.fields,
            workspace_id=one.record.id,
            netsuite_id=netsuite_id,
        )
        _add_up(sides, tally, one, there)
        if there is None:
            tell(tally, pair, Finding.MISSING, _GONE if netsuite_id else _NOT_YET)
        else:
            compare_pair(sides, tally, pair, answers)


def _add_up(sides: Sides, tally: Tally, selected: Selected, there: Record | None) -> None:
    rule = sides.workflow.sum
    amount = amount_of(sides.workflow, selected.record.fields)
    if rule is None or amount is None:
        return
    written = Decimal(0) if there is None else written_of(rule, there.fields)
    tally.add(amount.unit, workspace=amount.value, netsuite=written)


def _netsuite_pages(sides: Sides) -> Iterator[Sequence[Record]]:
    """Give NetSuite's records of the type in the period, whoever made them; those under our external ids are ours."""
    target_type, after_id = sides.workflow.target_type, ""
    has_day = _DAY in NETSUITE_TYPES[target_type].by_name
    for _ in range(MOST_PAGES):
        page = sides.gateway.fetch(
            ReadRequest(
                record_type=target_type,
                fields=(_EXTERNAL_ID, _DAY) if has_day else (_EXTERNAL_ID,),
                condition=on_days(_DAY, sides.period) if has_day else None,
                after_id=after_id,
                limit=BATCH_SIZE,
            )
        )
        yield page.records
        if page.is_last or not page.records:
            return
        after_id = page.records[-1].id


def _look_for_extra(sides: Sides, tally: Tally, page: Sequence[Record]) -> None:
    """Tell records under our external ids that no workspace record of the period stands for."""
    workflow = sides.workflow
    prefix = external_id_for(company_token=sides.store.company.token, record_type=workflow.source_type, record_id="")
    ours = {
        record.id: external_id.removeprefix(prefix)
        for record in page
        if (external_id := str(record.fields.get(_EXTERNAL_ID) or "").lower()).startswith(prefix)
    }
    tally.netsuite += len(ours)
    paths = (workflow.id_field, *((sides.source.day,) if sides.source.day else ()))
    own = {one.id: one for one in sides.store.records.fetch(workflow.source_type, tuple(ours.values()), paths)}
    extra = {id_: reason for id_, own_id in ours.items() if (reason := _reason(sides, own.get(own_id), id_))}
    amounts = _amounts(sides, tuple(extra))
    for id_, reason in extra.items():
        if id_ in amounts:
            tally.add(_unit(sides), netsuite=amounts[id_])
        tally.tell(
            Discrepancy(
                finding=Finding.EXTRA,
                workspace_id=ours[id_] if ours[id_] in own else "",
                netsuite_id=id_,
                title=f"{NETSUITE_TYPES[workflow.target_type].label} {id_}",
                reason=reason,
            )
        )


def _reason(sides: Sides, own: Record | None, netsuite_id: str) -> str:
    """Say why a NetSuite record is one too many; "" where it is none."""
    workflow = sides.workflow
    if own is None:
        return "It carries an external ID of this company, and the workspace has no such record."
    held = own.fields.get(workflow.id_field)
    if is_blank(held):
        return (
            f"It was sent from {workflow.source_type.replace('_', ' ')} {own.id}, which does not know its NetSuite ID."
        )
    if held != netsuite_id:
        return f"{workflow.source_type.replace('_', ' ').capitalize()} {own.id} belongs to NetSuite ID {held}."
    if sides.source.day and not sides.period.holds(day_in(own.fields.get(sides.source.day))):
        return f"{workflow.source_type.replace('_', ' ').capitalize()} {own.id} is of another day, outside this period."
    return ""


def _unit(sides: Sides) -> str:
    """Name what an extra record's amount counts; money of a record that is on one side only has no currency here."""
    rule = sides.workflow.sum
    return rule.unit if rule is not None else ""


def _amounts(sides: Sides, ids: Sequence[str]) -> Mapping[str, Decimal]:
    rule = sides.workflow.sum
    if rule is None or not ids:
        return {}
    read = sides.gateway.read_back(sides.workflow.target_type, ids, rule.places)
    return {one.id: written_of(rule, one.fields) for one in read}
