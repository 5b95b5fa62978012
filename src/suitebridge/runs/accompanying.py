"""Writes companions beside the records of an import, in the same unit: a process that dies leaves both or neither.

They are told by their key, so that whoever carries a page out again finds them; none of them is counted as a record of the run.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.domain.companions import PARENT, Accompanied, draft_of, key_of, type_of
from suitebridge.domain.flow import planning
from suitebridge.domain.intents import Create, Keep, Update
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields
from suitebridge.domain.workflow import Companion
from suitebridge.ports.transactions import NewRecord, RecordChange, UnitOfWork
from suitebridge.runs.transfers import Transfer

_KEY = "netsuite_id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Landed:
    """A record that stands in the workspace as the mapping wants it: its ids on both sides, and what the mapping gave it."""

    netsuite_id: str
    workspace_id: str
    fields: Fields


def accompany(transfer: Transfer, landed: Sequence[Landed], unit: UnitOfWork) -> None:
    """Make the companions that are missing, and let the others follow what their records hold now."""
    kinds = transfer.workflow.companions
    if not kinds or not landed:
        return
    keys = {one.netsuite_id: key_of(one.netsuite_id) for one in landed}
    there = {kind: _found(transfer, kind, tuple(keys.values())) for kind in kinds}
    ids = _ids(kinds, tuple(keys.values()), there, unit)
    parents = _parents(transfer, landed)
    creating: list[NewRecord] = []
    changing: list[RecordChange] = []
    for one in landed:
        key = keys[one.netsuite_id]
        parent = parents.get(str(one.fields.get(PARENT.field)), {})
        beside = Accompanied(id=one.workspace_id, fields=one.fields, parent=parent)
        for kind in kinds:
            draft = draft_of(kind, beside, key, ids[key])
            match planning.plan(draft, there[kind].get(key), frozenset()):
                case Create(fields=fields):
                    creating.append(NewRecord(type=type_of(kind), id=ids[key][kind], fields=fields))
                case Update(target_id=target_id, changes=changes):
                    # Whatever its version: nobody but this workflow keeps what a companion takes over.
                    changing.append(RecordChange(type=type_of(kind), id=target_id, version="", changes=changes))
                case Keep():
                    pass
    unit.create_records(creating, transfer.stamp)
    unit.change_records(changing, transfer.stamp)


def _found(transfer: Transfer, kind: Companion, keys: Sequence[str]) -> Mapping[str, Record]:
    found = transfer.records.find(type_of(kind), _KEY, keys)
    ids = {held[0]: key for key, held in found.items()}
    paths = tuple(WORKSPACE_TYPES[type_of(kind)].by_name)
    return {ids[one.id]: one for one in transfer.records.fetch(type_of(kind), tuple(ids), paths)}


def _ids(
    kinds: Sequence[Companion],
    keys: Sequence[str],
    there: Mapping[Companion, Mapping[str, Record]],
    unit: UnitOfWork,
) -> dict[str, dict[Companion, str]]:
    """Give the id of every companion: that of the record that is there, or a new one."""
    missing = [(key, kind) for key in keys for kind in kinds if key not in there[kind]]
    reserved = unit.reserve_ids(len(missing)) if missing else ()
    fresh = dict(zip(missing, reserved, strict=True))
    return {
        key: {kind: fresh[key, kind] if (key, kind) in fresh else there[kind][key].id for kind in kinds} for key in keys
    }


def _parents(transfer: Transfer, landed: Sequence[Landed]) -> Mapping[str, Fields]:
    ids = tuple(dict.fromkeys(str(one.fields[PARENT.field]) for one in landed if one.fields.get(PARENT.field)))
    return {one.id: one.fields for one in transfer.records.fetch(PARENT.type, ids, PARENT.paths)}
