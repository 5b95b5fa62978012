"""The workflow groups of a company."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer
from suitebridge.adapters.store.versions import meant
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.groups import WorkflowGroup, key_of
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock

_TABLE: Final = "store_workflowgroup"
_READ: Final = "r.name, r.workflows, r.version"
_COLUMNS: Final = ("key", "name", "workflows", "version")
_UPSERT: Final = (
    "ON CONFLICT (company_id, key) DO UPDATE SET workflows = excluded.workflows, version = excluded.version"
)


class StoredGroups:
    """The workflow groups of one company; implements `ports.groups.WorkflowGroups`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def all(self) -> Sequence[WorkflowGroup]:
        """List the groups by name."""
        return [_group(row) for row in self._scope.select(_TABLE, _READ, tail="ORDER BY r.key")]

    def get(self, name: str) -> WorkflowGroup | None:
        """Find a group by its name, whatever its case."""
        rows = self._scope.select(_TABLE, _READ, where="r.key = %s", parameters=(key_of(name),))
        return _group(rows[0]) if rows else None

    def save(self, group: WorkflowGroup, *, stamp: Stamp) -> WorkflowGroup:
        """Store a group of the version that it was read with."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(group.name, group.version)
            name = was.name if was is not None else group.name
            saved = replace(group, name=name, version=group.version + 1)
            row = (key_of(name), name, msgspec.json.encode(saved.workflows).decode(), saved.version)
            self._scope.insert(_TABLE, _COLUMNS, [row], conflict=_UPSERT)
            ledger.append([told(EventName.GROUP_SAVED, was, saved)], stamp)
        return saved

    def remove(self, name: str, *, version: int, stamp: Stamp) -> None:
        """Remove a group of this version."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            was = self._meant(name, version)
            if was is None:
                raise moved(name)
            parameters = (key_of(was.name),)
            users = self._scope.select(
                "store_schedule", "r.name", where="r.group_key = %s", parameters=parameters, tail="ORDER BY r.key"
            )
            if users:
                raise in_use(was.name, [str(row[0]) for row in users])
            self._scope.delete(_TABLE, where="key = %s", parameters=(key_of(was.name),))
            ledger.append([told(EventName.GROUP_REMOVED, was, None)], stamp)

    def _meant(self, name: str, version: int) -> WorkflowGroup | None:
        return meant(self.get(name), version, moved(name))


def told(event: EventName, was: WorkflowGroup | None, group: WorkflowGroup | None) -> Event:
    """Tell what an act changed about a group."""
    name = next(one.name for one in (group, was) if one is not None)
    before, after = (", ".join(one.workflows) if one is not None else None for one in (was, group))
    changes = (Change(field="workflows", before=before, after=after),) if before != after else ()
    return Event(name=event, subject_type="workflow_group", subject_id=name, subject=name, changes=changes)


def moved(name: str) -> RecordRefusedError:
    """Say that a group is of another version than the one that is meant."""
    return RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": f"The workflow group {name}"}))


def in_use(name: str, schedules: Sequence[str]) -> RecordRefusedError:
    """Say that a group stays as long as schedules run it."""
    return RecordRefusedError(Problem(code="SB-AUTO-003", facts={"group": name, "schedules": ", ".join(schedules)}))


def _group(row: tuple[Cell, ...]) -> WorkflowGroup:
    name, workflows, version = row
    return WorkflowGroup(
        name=str(name), workflows=msgspec.json.decode(str(workflows), type=tuple[str, ...]), version=integer(version)
    )
