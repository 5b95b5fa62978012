"""Reads back documents with lines of amounts after they were written: what NetSuite stored otherwise than it was sent is told (quality.md F35).

NetSuite answers success although a script, a form or a preference of the account left a field as it was. It never changes anything.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence

from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.flow.claiming import Claim
from suitebridge.domain.flow.reconciling import compared_fields, differing, pick
from suitebridge.domain.reconciliations import FieldPair
from suitebridge.runs.transfers import Transfer

_LOG = logging.getLogger(__name__)


def read_back(transfer: Transfer, written: Sequence[tuple[Claim, str]]) -> Mapping[str, tuple[str, ...]]:
    """Name by external id the fields that NetSuite holds otherwise than they were sent; only of documents whose lines are added up.

    Where NetSuite cannot be asked now, nothing is known and nothing is told: that the record is stored is certain.
    """
    rule = transfer.workflow.sum
    if rule is None or "." not in rule.written or not written:
        return {}
    compared = compared_fields(transfer.workflow, transfer.target)
    ids = [netsuite_id for _, netsuite_id in written]
    try:
        found = {one.id: one.fields for one in transfer.gateway.read_back(transfer.workflow.target_type, ids, compared)}
    except SuiteBridgeError as error:
        _LOG.warning("What was written could not be read back in run %s: %s", transfer.run.id, error)
        return {}
    told: dict[str, tuple[str, ...]] = {}
    for claim, netsuite_id in written:
        there = found.get(netsuite_id)
        if there is None:
            continue
        pairs = differing(pick(claim.fields, compared), pick(there, compared), _named)
        if pairs:
            told[claim.external_id] = tuple(dict.fromkeys(pair.field for pair in pairs))
    return told


def problem_of_differences(title: str, fields: Sequence[str]) -> Problem | None:
    """Tell a record that was written with differences; values are not quoted, because not everybody who sees the run may see them."""
    if not fields:
        return None
    return Problem(code="NS-DIFF-001", facts={"record": title, "fields": ", ".join(fields)})


def _named(field: str, expected: str, found: str) -> FieldPair:
    return FieldPair(field=field, workspace=expected, netsuite=found)
