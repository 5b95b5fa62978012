"""Writing to the store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from suitebridge.adapters.store.chain import changes_from, changes_text
from suitebridge.adapters.store.encoding import from_stored, to_stored
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import IN_NETSUITE, Binding
from suitebridge.domain.errors import Problem, RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import OPEN_KINDS
from suitebridge.domain.people import EMPLOYEE, Stamp
from suitebridge.domain.reaching import Reach
from suitebridge.domain.values import Value, is_blank
from suitebridge.ports.inbox import NewErrand
from suitebridge.ports.runs import RecordedOutcome
from suitebridge.ports.transactions import NewRecord, RecordChange, RecordRemoval, RefusedField, Settled

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore

from tests.fakes.store_guards import refused_fields, require_roles
from tests.fakes.store_runs import hold_run
from tests.fakes.store_state import Item, waiting_progress
from tests.fakes.store_trail import append_entry


class MemoryUnit:
    """One unit of work."""

    def __init__(self, store: MemoryStore) -> None:
        self.store = store

    def hold_account(self, account_id: str) -> None:
        if self.store.account != account_id:
            facts = {"linked": account_id, "account": self.store.account}
            raise RunStoppedError(Problem(code="SB-CONN-002", facts=facts))

    def hold_run(self, run_id: str, fence: int) -> None:
        hold_run(self.store.state, run_id, fence)

    def reserve_ids(self, count: int) -> Sequence[str]:
        state = self.store.state
        state.next_record += count
        return [str(number) for number in range(state.next_record - count, state.next_record)]

    def create_records(self, records: Sequence[NewRecord], stamp: Stamp) -> None:
        self._require(stamp, [record.type for record in records])
        require_roles(self.store, records, stamp)
        for record in records:
            schema = self.store.schemas().workspace_type(record.type)
            fields = from_stored(schema, to_stored(schema, record.fields, record_id=record.id))
            self._refuse_taken(record.type, record.id, fields)
            self._keep(record.type, int(record.id), 1, fields)
            changes = tuple(Change(field=k, before=None, after=v) for k, v in record.fields.items() if not is_blank(v))
            self._tell(EventName.RECORD_CREATED, record.type, record.id, changes, stamp)
        self.store.real_time.leave_errands([(one.type, one.id) for one in records], stamp)

    def refused_fields(
        self, writes: Sequence[NewRecord | RecordChange], stamp: Stamp
    ) -> Mapping[str, tuple[RefusedField, ...]]:
        return refused_fields(self.store, writes, stamp)

    def change_records(self, changes: Sequence[RecordChange], stamp: Stamp) -> Sequence[str]:
        self._require(stamp, [change.type for change in changes])
        require_roles(self.store, changes, stamp)
        moved = []
        for wanted in changes:
            key = (wanted.type, number_of(wanted.id) or 0)
            revision = self.store.state.records.get(key, (0, {}))[0]
            fields = self.store.records.fields(*key) if revision else {}
            if not revision or (wanted.version and wanted.version != str(revision)):
                moved.append(wanted.id)
                continue
            schema = self.store.schemas().workspace_type(wanted.type)
            asked = {step.field: step.after for step in wanted.changes}
            checked = from_stored(schema, to_stored(schema, asked, record_id=wanted.id))
            if wanted.type == "employee":
                checked["role"] = checked["role"] or EMPLOYEE.name
            made = tuple(
                Change(field=name, before=fields.get(name), after=checked[name])
                for name in asked
                if fields.get(name) != checked[name]
            )
            if made:
                after = {**fields, **{step.field: step.after for step in made}}
                self._refuse_taken(wanted.type, wanted.id, after)
                self._keep(*key, revision + 1, after)
                self._tell(EventName.RECORD_UPDATED, wanted.type, wanted.id, made, stamp)
        self.store.real_time.leave_errands([(one.type, one.id) for one in changes if one.id not in moved], stamp)
        return moved

    def remove_records(self, removals: Sequence[RecordRemoval], stamp: Stamp) -> Sequence[str]:
        moved = []
        linked = {
            (account, kind, own)
            for (account, kind, _, own), binding in self.store.state.bindings.items()
            if binding.state in IN_NETSUITE
        }
        for one in removals:
            if (self.store.account, one.type, one.id) in linked:
                raise RecordRefusedError(Problem(code="SB-REC-002", facts={"record": self._subject(one.type, one.id)}))
        for one in removals:
            key = (one.type, number_of(one.id) or 0)
            revision = self.store.state.records.get(key, (0, {}))[0]
            if not revision or one.version != str(revision):
                moved.append(one.id)
                continue
            held = self.store.records.fields(*key)
            changes = tuple(Change(field=k, before=v, after=None) for k, v in held.items() if not is_blank(v))
            self._tell(EventName.RECORD_REMOVED, one.type, one.id, changes, stamp)
            del self.store.state.records[key]
        return moved

    def append_event(self, event: Event, stamp: Stamp) -> None:
        append_entry(self.store, event, stamp)

    def save_bindings(self, bindings: Sequence[Binding]) -> None:
        kept = self.store.state.bindings
        for new in bindings:
            for key, old in list(kept.items()):
                is_same_pair = key[:3] == (self.store.account, new.workspace_type, new.netsuite_type)
                if is_same_pair and new.netsuite_id and old.netsuite_id == new.netsuite_id:
                    del kept[key]
            kept[self.store.account, new.workspace_type, new.netsuite_type, new.workspace_id] = new

    def save_agreements(self, agreements: Sequence[Agreement]) -> None:
        for one in agreements:
            self.store.state.agreements[self.store.account, one.workflow, one.workspace_id] = one

    def add_errands(self, errands: Sequence[NewErrand]) -> Sequence[str]:
        return self.store.inbox.add(errands)

    def settle(self, run_id: str, workflow: str, settled: Sequence[Settled]) -> None:
        state = self.store.state
        if (run_id, workflow) not in state.progress:
            raise LookupError(f"The workflow “{workflow}” has not begun in this run.")
        items = state.items.setdefault((run_id, workflow), {})
        waiting = state.open_items.setdefault((self.store.account, workflow), {})
        is_dry = any(run.is_dry for run in state.runs if run.id == run_id)
        for part in settled:
            item = items.setdefault(part.outcome.source_id, Item(version=part.source_version))
            if item.recorded is not None:
                continue
            state.places += 1
            item.place = state.places
            item.recorded = RecordedOutcome(
                workflow=workflow,
                at=self.store.clock.now(),
                source_version=part.source_version,
                outcome=part.outcome,
                differences=changes_from(changes_text(part.differences)),
            )
            if is_dry:
                continue
            waiting.pop(part.outcome.source_id, None)
            if part.outcome.kind in OPEN_KINDS:
                waiting[part.outcome.source_id] = state.places

    def save_checkpoint(self, run_id: str, workflow: str, *, after_id: str, is_finished: bool) -> None:
        progress = self.store.state.progress
        before = progress.get((run_id, workflow)) or waiting_progress(workflow, "running")
        phase = "finished" if is_finished else "running"
        progress[run_id, workflow] = replace(before, after_id=after_id, phase=phase)

    def save_watermark(self, workflow: str, since: str) -> None:
        self.store.state.watermarks[self.store.account, workflow] = since

    def _tell(
        self, name: EventName, record_type: str, record_id: str, changes: tuple[Change, ...], stamp: Stamp
    ) -> None:
        subject = self._subject(record_type, record_id)
        event = Event(name=name, subject_type=record_type, subject_id=record_id, subject=subject, changes=changes)
        self.append_event(event, stamp)

    def _subject(self, record_type: str, record_id: str) -> str:
        schema = self.store.schemas().workspace_type(record_type)
        title = self.store.state.records[record_type, int(record_id)][1].get(schema.title)
        return f"{schema.label} {title or record_id}"

    def _keep(self, record_type: str, number: int, revision: int, fields: dict[str, Value]) -> None:
        """Keep a record, the role with the sign-in, and whose NetSuite ID it is; one of another account stays where it is not replaced."""
        state = self.store.state
        role = fields.pop("role", None) if record_type == "employee" else None
        earlier = state.records.get((record_type, number), (0, {}))[1].get("netsuite_id")
        if fields.get("netsuite_id"):
            state.stamps[record_type, number] = self.store.account
        elif earlier and state.stamps.get((record_type, number)) != self.store.account:
            fields["netsuite_id"] = earlier
        state.records[record_type, number] = (revision, fields)
        if role and role != state.people.get(number, (EMPLOYEE, None))[0].name:
            state.people[number] = (state.roles[str(role)], state.people.get(number, (EMPLOYEE, None))[1])

    def _require(self, stamp: Stamp, record_types: Sequence[str]) -> None:
        """Let a run write only what its author may."""
        if record_types:
            self.store.require(stamp, Reach(writes=tuple(dict.fromkeys(record_types))))

    def _refuse_taken(self, record_type: str, record_id: str, fields: Mapping[str, Value]) -> None:
        netsuite_id = fields.get("netsuite_id")
        if not netsuite_id:
            return
        for (kind, number), (_, other) in self.store.state.records.items():
            is_ours = self.store.state.stamps.get((kind, number)) == self.store.account
            is_other = kind == record_type and str(number) != record_id and is_ours
            if is_other and other.get("netsuite_id") == netsuite_id:
                facts = {"record": record_id, "target": str(number), "netsuite_id": str(netsuite_id)}
                raise RecordRefusedError(Problem(code="SB-CONF-003", facts=facts))
