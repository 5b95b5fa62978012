"""The station before a write leaves the house: what is known of the external id decides whether it may be sent (design §3)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.domain.bindings import Binding, BindingState, external_id_for
from suitebridge.domain.errors import Problem
from suitebridge.domain.flow.fingerprints import fingerprint_fields
from suitebridge.domain.flow.selecting import Selected
from suitebridge.domain.intents import Create
from suitebridge.domain.values import Fields
from suitebridge.domain.workflow import Workflow


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """A write that may leave once this is committed: its external id, its body and the binding that says so."""

    selected: Selected
    external_id: str
    fields: Fields
    binding: Binding


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """An earlier write of this very body did arrive: there is nothing to send, only to settle."""

    claim: Claim
    netsuite_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The external id exists in NetSuite and this company never claimed it: never overwritten."""

    selected: Selected
    problem: Problem


Claiming: TypeAlias = Claim | Found | Taken


def make_claim(
    workflow: Workflow,
    selected: Selected,
    intent: Create,
    *,
    company_token: str,
    fingerprint: str,
    earlier: Binding | None,
) -> Claim:
    """Prepare the claim of one record under its fixed external id."""
    external_id = external_id_for(
        company_token=company_token, record_type=workflow.source_type, record_id=selected.record.id
    )
    binding = Binding(
        workspace_type=workflow.source_type,
        workspace_id=selected.record.id,
        netsuite_type=workflow.target_type,
        netsuite_id=None,
        state=BindingState.CLAIMED,
        workflow=workflow.name,
        external_id=external_id,
        source_version=selected.record.version,
        body_hash=fingerprint_fields(intent.fields),
        mapping_version=fingerprint,
        attempt=earlier.attempt + 1 if earlier is not None else 1,
    )
    return Claim(selected=selected, external_id=external_id, fields=intent.fields, binding=binding)


def decide_claim(
    claim: Claim, *, earlier: Binding | None, netsuite_id: str | None, restored_below: int = 0
) -> Claiming:
    """Decide with what NetSuite says about the external id: send, settle without sending, or leave alone.

    A record with an id below `restored_below` may have been sent after the backup was made that the company was put back from: what
    carries its external id is linked again (quality.md F76).
    """
    if netsuite_id is None:
        return claim
    if earlier is None and _is_below(claim.selected.record.id, restored_below):
        return Found(claim=claim, netsuite_id=netsuite_id)
    if earlier is None:
        facts = {"record": claim.selected.title, "netsuite_id": netsuite_id, "external_id": claim.external_id}
        return Taken(selected=claim.selected, problem=Problem(code="SB-CONF-001", facts=facts))
    if earlier.body_hash == claim.binding.body_hash:
        return Found(claim=claim, netsuite_id=netsuite_id)
    return claim


def _is_below(record_id: str, mark: int) -> bool:
    return record_id.isascii() and record_id.isdigit() and int(record_id) < mark
