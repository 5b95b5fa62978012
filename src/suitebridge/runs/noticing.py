"""Notices what was deleted in NetSuite and what came back there, at the end of each workflow of a run (quality.md F45 to F48).

Where NetSuite reports deletions they are asked for since the last run; where it does not, linked records are looked at by id, a part with
each run and all of them with a full one. It reads; what is noticed is settled in the transaction that finishes the workflow.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.values import as_text
from suitebridge.domain.workflow import WhenDeleted
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.ports.transactions import Settled, UnitOfWork
from suitebridge.runs.transfers import BATCH_SIZE, Transfer
from suitebridge.runs.unlinking import released, unlink

PAGES_EACH_RUN = 10
"""So many thousand linked records are looked at in a run, where NetSuite reports no deletions; a full run looks at all."""

MOST_PAGES = 20_000
_LOG = logging.getLogger(__name__)
_TOO_MANY = 20
"""Where so many are looked at and all of them are missing, the role has lost its sight rather than NetSuite its records."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Gone:
    """A linked record that NetSuite has no more; `title` names the workspace record."""

    binding: Binding
    title: str
    proposal: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Noticed:
    """What was noticed, and after which workspace id the next comparison goes on."""

    gone: tuple[Gone, ...]
    restored: tuple[tuple[Binding, str], ...]
    compared_to: str
    heard_until: str


def notice(transfer: Transfer, *, until: str) -> Noticed | None:
    """Look for what was deleted and for what came back, up to a change stamp (the present one where there is none).

    None where NetSuite is busy now: a run that did its work does not fail for that, and the next one hears of it.
    """
    try:
        heard_until = until or transfer.gateway.ask_now()
        restored = _restored(transfer)
        gone, compared_to = _gone(transfer)
    except RetryLaterError as error:
        _LOG.warning("Deletions were not asked for in run %s: %s", transfer.run.id, error)
        return None
    return Noticed(gone=tuple(gone), restored=tuple(restored), compared_to=compared_to, heard_until=heard_until)


def settle_noticed(transfer: Transfer, noticed: Noticed, unit: UnitOfWork) -> None:
    """Keep what was noticed: tombstones, restored links, outcomes, entries in the trail, and up to when NetSuite was heard."""
    name = transfer.workflow.name
    if noticed.gone or noticed.restored:
        unit.hold_account(transfer.run.account_id)
    for one in noticed.gone:
        unit.append_event(_event(EventName.LINK_LOST, one.binding, one.title), transfer.stamp)
    for binding, title in noticed.restored:
        unit.append_event(_event(EventName.LINK_RESTORED, binding, title), transfer.stamp)
    let_go = [] if _is_flagged(transfer) else [one.binding for one in noticed.gone]
    unit.change_records(
        unlink(transfer.store, transfer.workflow, let_go, transfer.workflow.when_deleted), transfer.stamp
    )
    unit.save_bindings(
        [
            *(_tombstone(transfer, one.binding) for one in noticed.gone),
            *(replace(binding, state=BindingState.BOUND) for binding, _ in noticed.restored),
        ]
    )
    unit.settle(transfer.run.id, name, [_settled(transfer, one) for one in noticed.gone])
    unit.save_watermark(_heard(name), noticed.heard_until)
    unit.save_watermark(_compared(name), noticed.compared_to)


def is_undecided(binding: Binding | None) -> bool:
    """Whether a record's counterpart was deleted and nobody has decided what becomes of it."""
    return binding is not None and binding.state is BindingState.GONE


def is_kept(binding: Binding | None) -> bool:
    """Whether a record's counterpart was deleted and somebody has decided that nothing is written for it any more."""
    return binding is not None and binding.state is BindingState.KEPT


def undecided(transfer: Transfer, bindings: Sequence[Binding]) -> list[Settled]:
    """Tell records whose counterpart was deleted: they stay open until somebody decides."""
    return [_flagged(transfer, one) for one in _named(transfer, bindings)]


TOMBSTONE = "Its NetSuite record was deleted there. The link is kept, and nothing is written for it: so it was decided."
"""Why a record is left alone whose counterpart is gone."""


def _heard(workflow: str) -> str:
    return f"{workflow}:deleted"


def _compared(workflow: str) -> str:
    return f"{workflow}:compared"


def _types(transfer: Transfer) -> tuple[str, str]:
    workflow = transfer.workflow
    if workflow.direction is Direction.IMPORT:
        return workflow.target_type, workflow.source_type
    return workflow.source_type, workflow.target_type


def _restored(transfer: Transfer) -> list[tuple[Binding, str]]:
    runs, types = transfer.store.runs, _types(transfer)
    tombstones = (BindingState.GONE, BindingState.KEPT)
    buried = [one for state in tombstones for one in runs.linked(*types, limit=BATCH_SIZE, state=state)]
    there = _present(transfer, buried)
    back = [one for one in buried if one.netsuite_id in there]
    titles = _titles(transfer, back)
    return [(one, titles[one.workspace_id]) for one in back]


def _gone(transfer: Transfer) -> tuple[list[Gone], str]:
    runs, workflow = transfer.store.runs, transfer.workflow
    since = runs.watermark(_heard(workflow.name))
    told = transfer.gateway.deleted(_types(transfer)[1], since) if since else None
    if told is not None:
        ids = [one.netsuite_id for one in told]
        found = runs.bindings_by_netsuite(*_types(transfer), ids) if ids else {}
        # What is there again after all was restored under its id.
        there = _present(transfer, list(found.values()))
        lost = [one for one in found.values() if one.state is BindingState.BOUND and one.netsuite_id not in there]
        return _named(transfer, lost), ""
    return _compare(transfer)


def _compare(transfer: Transfer) -> tuple[list[Gone], str]:
    name = transfer.workflow.name
    after = "" if transfer.run.is_full else transfer.store.runs.watermark(_compared(name))
    gone: list[Gone] = []
    for _ in range(MOST_PAGES if transfer.run.is_full else PAGES_EACH_RUN):
        page = transfer.store.runs.linked(*_types(transfer), limit=BATCH_SIZE, after=after)
        there = _present(transfer, page)
        lost = [one for one in page if one.netsuite_id not in there]
        if not (len(lost) == len(page) >= _TOO_MANY):
            gone += _named(transfer, lost)
        if len(page) < BATCH_SIZE:
            return gone, ""
        after = page[-1].workspace_id
    return gone, after


def _present(transfer: Transfer, bindings: Sequence[Binding]) -> frozenset[str]:
    ids = tuple(dict.fromkeys(one.netsuite_id for one in bindings if one.netsuite_id))
    if not ids:
        return frozenset()
    found: set[str] = set()
    for start in range(0, len(ids), BATCH_SIZE):
        part = ids[start : start + BATCH_SIZE]
        request = ReadRequest(record_type=_types(transfer)[1], fields=(), ids=part, limit=BATCH_SIZE)
        found.update(record.id for record in transfer.gateway.fetch(request).records)
    return frozenset(found)


def _named(transfer: Transfer, lost: Sequence[Binding]) -> list[Gone]:
    titles, proposals = _titles(transfer, lost), _proposals(transfer, lost)
    return [
        Gone(binding=one, title=titles[one.workspace_id], proposal=proposals.get(one.workspace_id, "")) for one in lost
    ]


def _titles(transfer: Transfer, bindings: Sequence[Binding]) -> Mapping[str, str]:
    schema = _workspace_schema(transfer)
    ids = [one.workspace_id for one in bindings]
    records = transfer.store.records.fetch(schema.name, ids, (schema.title,)) if ids else ()
    named = {one.id: value for one in records if isinstance(value := one.fields.get(schema.title), str) and value}
    return {id_: " ".join(filter(None, (schema.label, named.get(id_), f"({id_})"))) for id_ in ids}


def _workspace_schema(transfer: Transfer) -> RecordSchema:
    return transfer.target if transfer.workflow.direction is Direction.IMPORT else transfer.source


def _proposals(transfer: Transfer, lost: Sequence[Binding]) -> Mapping[str, str]:
    """Look for NetSuite records that a lost one was merged into or made anew as: those that match by a further key (F47)."""
    workflow = transfer.workflow
    keys = [key for key in workflow.match_keys if key.source != "id"]
    if workflow.direction is not Direction.IMPORT or not keys or not lost:
        return {}
    key = keys[0]
    records = transfer.store.records.fetch(workflow.target_type, [one.workspace_id for one in lost], (key.target,))
    values = {
        one.id: as_text(value)
        for one in records
        if not isinstance(value := one.fields.get(key.target), tuple) and value
    }
    found = transfer.gateway.find(workflow.source_type, key.source, tuple(dict.fromkeys(values.values())))
    return {
        id_: f"NetSuite ID {ids[0]} carries the same {key.label}: was it merged into that one?"
        for id_, value in values.items()
        if len(ids := found.get(value, ())) == 1
    }


def _tombstone(transfer: Transfer, binding: Binding) -> Binding:
    if _is_flagged(transfer):
        return replace(binding, state=BindingState.GONE)
    return released(binding)


def _is_flagged(transfer: Transfer) -> bool:
    """Whether a person decides: what only NetSuite can make is never made again by an import."""
    workflow = transfer.workflow
    is_import = workflow.direction is Direction.IMPORT
    return workflow.when_deleted is WhenDeleted.FLAG or (is_import and workflow.when_deleted is WhenDeleted.RECREATE)


def _flagged(transfer: Transfer, gone: Gone) -> Settled:
    facts = {"record": gone.title, "netsuite_id": gone.binding.netsuite_id or "", "proposal": gone.proposal}
    problem = Problem(code="SB-GONE-001", facts=facts)
    return _told(transfer, gone, OutcomeKind.CONFLICTED, problem=problem)


def _settled(transfer: Transfer, gone: Gone) -> Settled:
    if _is_flagged(transfer):
        return _flagged(transfer, gone)
    is_made_again = transfer.workflow.when_deleted is WhenDeleted.RECREATE
    follows = "it is written again with the next run" if is_made_again else "the link was removed"
    reason = f"Its NetSuite record {gone.binding.netsuite_id} was deleted there, and {follows}."
    return _told(transfer, gone, OutcomeKind.SKIPPED, reason=reason)


def _told(
    transfer: Transfer, gone: Gone, kind: OutcomeKind, *, reason: str = "", problem: Problem | None = None
) -> Settled:
    own, theirs = gone.binding.workspace_id, gone.binding.netsuite_id or ""
    source_id, target_id = (theirs, own) if transfer.workflow.direction is Direction.IMPORT else (own, theirs)
    outcome = Outcome(
        kind=kind, source_id=source_id, target_id=target_id, title=gone.title, reason=reason, problem=problem
    )
    return Settled(source_version=gone.binding.source_version, outcome=outcome)


def _event(name: EventName, binding: Binding, title: str) -> Event:
    return Event(
        name=name,
        subject_type=binding.workspace_type,
        subject_id=binding.workspace_id,
        subject=title,
        changes=(Change(field="NetSuite record", before=binding.netsuite_id, after=None),)
        if name is EventName.LINK_LOST
        else (Change(field="NetSuite record", before=None, after=binding.netsuite_id),),
    )
