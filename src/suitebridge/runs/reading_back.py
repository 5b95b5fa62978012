"""Reads back what was written: documents that NetSuite stored otherwise than they were sent, and the values that it gives in return.

NetSuite answers success although a script, a form or a preference of the account left a field as it was (quality.md F35), and computes
values of its own, taxes above all, which a workflow pulls back. Nothing here changes anything in NetSuite.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.domain.errors import Problem, RetryLaterError, SuiteBridgeError
from suitebridge.domain.flow.claiming import Claim
from suitebridge.domain.flow.fitting import UnfitValueError
from suitebridge.domain.flow.pulling import fields_pulled, pull
from suitebridge.domain.flow.reconciling import compared_fields, differing, pick
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.reconciliations import FieldPair
from suitebridge.domain.records import Record
from suitebridge.ports.transactions import RecordChange
from suitebridge.runs.transfers import Transfer

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadBack:
    """What reading back told of one record: fields that differ from what was sent, and the changes that its pull-backs come to."""

    different: tuple[str, ...] = ()
    changes: tuple[RecordChange, ...] = ()
    is_incomplete: bool = False


def read_back(transfer: Transfer, written: Sequence[tuple[Claim, str]]) -> Mapping[str, ReadBack]:
    """Tell by external id what NetSuite holds of records that were made there, each given with its NetSuite id.

    Where nothing is pulled back and NetSuite cannot be asked now, nothing is known and nothing is told: that the record is stored is
    certain. Values that are pulled back are waited for instead: `RetryLaterError` leaves the records claimed, and a later run finds them.
    """
    rule, pulled = transfer.workflow.sum, fields_pulled(transfer.workflow)
    is_compared = rule is not None and any("." in one for one in rule.places)
    if not written or not (is_compared or pulled):
        return {}
    compared = compared_fields(transfer.workflow, transfer.target) if is_compared else ()
    found = _found(transfer, [netsuite_id for _, netsuite_id in written], (*compared, *pulled))
    told: dict[str, ReadBack] = {}
    for claim, netsuite_id in written:
        there = found.get(netsuite_id)
        pairs = () if there is None else differing(pick(claim.fields, compared), pick(there.fields, compared), _named)
        changes = _changes(transfer, claim.selected, there)
        told[claim.external_id] = ReadBack(
            different=tuple(dict.fromkeys(pair.field for pair in pairs)),
            changes=changes or (),
            is_incomplete=changes is None,
        )
    return told


def pull_again(transfer: Transfer, changed: Sequence[tuple[Selected, str]]) -> list[RecordChange]:
    """Give what the pull-backs of records come to that were changed in NetSuite: what it computes, it computes anew."""
    pulled = fields_pulled(transfer.workflow)
    if not changed or not pulled:
        return []
    found = _found(transfer, [netsuite_id for _, netsuite_id in changed], pulled)
    return [
        change
        for selected, netsuite_id in changed
        for change in _changes(transfer, selected, found.get(netsuite_id)) or ()
    ]


def _found(transfer: Transfer, ids: Sequence[str], fields: Sequence[str]) -> Mapping[str, Record]:
    try:
        read = transfer.gateway.read_back(transfer.workflow.target_type, ids, tuple(dict.fromkeys(fields)))
    except SuiteBridgeError as error:
        if isinstance(error, RetryLaterError) and fields_pulled(transfer.workflow):
            raise
        _LOG.warning("What was written could not be read back in run %s: %s", transfer.run.id, error)
        return {}
    return {one.id: one for one in read}


def _changes(transfer: Transfer, selected: Selected, there: Record | None) -> tuple[RecordChange, ...] | None:
    """Give what the pull-backs come to; None where a value is missing or does not fit."""
    if not fields_pulled(transfer.workflow):
        return ()
    if there is None:
        return None
    try:
        pulled = pull(transfer.workflow, transfer.source, selected.record.fields, there.fields)
    except UnfitValueError as error:
        _LOG.warning("A value that was pulled back in run %s does not fit: %s", transfer.run.id, error)
        return None
    own = RecordChange(type=transfer.workflow.source_type, id=selected.record.id, version="", changes=pulled.header)
    lines = (RecordChange(type=one.type, id=one.id, version="", changes=one.changes) for one in pulled.lines)
    return tuple(one for one in (own, *lines) if one.changes)


def problem_of(title: str, told: ReadBack, fields: Sequence[str]) -> Problem | None:
    """Tell a record that was written with differences, or whose `fields` did not come back; values are not quoted, because not everybody
    who sees the run may see them."""
    if told.is_incomplete:
        return Problem(code="NS-PULL-001", facts={"record": title, "fields": ", ".join(fields)})
    if not told.different:
        return None
    return Problem(code="NS-DIFF-001", facts={"record": title, "fields": ", ".join(told.different)})


def _named(field: str, expected: str, found: str) -> FieldPair:
    return FieldPair(field=field, workspace=expected, netsuite=found)
