"""The invariants I1 to I12 (design §3), looked at from outside after every action: what is broken, in words.

I6 is watched where a worker loses its lease (`workers.py`). I10's memory is the benchmark's business; requests, steps and time are bounded here.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from suitebridge.adapters.store.chain import genesis, link
from suitebridge.domain.errors import Effect
from suitebridge.domain.outcomes import OPEN_KINDS, OutcomeKind
from suitebridge.domain.records import Direction
from suitebridge.ports.runs import ENDED_STATES, RunState
from tests.fakes.standard import STANDARD as CATALOG
from tests.simulation.world import World

MOST_REQUESTS = 400
"""Of one action: pages, batches, questions and repetitions of the longest run here come nowhere near it (I10)."""

MOST_SECONDS = 40 * 86_400.0
"""Of one action in virtual time: every wait is bounded (I10)."""

WRITTEN = {
    one.target_type: (one.name, one.source_type) for one in CATALOG.values() if one.direction is Direction.EXPORT
}
_MARKS = {"timeBill": "memo", "expenseReport": "memo", "invoice": "memo"}


@dataclass(slots=True)
class Watch:
    """Looks at one world again and again, each time at what is new."""

    world: World
    seen_entries: int = 0
    last_hash: str = ""
    requests: int = 0
    seconds: float = 0.0
    reported: set[str] = field(default_factory=set)

    def broken(self) -> list[str]:
        """Tell every invariant that does not hold now."""
        return [
            *self.world.ledger.breaches,
            *self._runs(),
            *self._identities(),
            *self._trail(),
            *self._bounds(),
        ]

    def forget(self) -> None:
        """Look at the trail from its beginning again: another state was put in its place."""
        self.seen_entries, self.last_hash = 0, ""
        self.reported.clear()

    def _runs(self) -> Iterator[str]:
        store = self.world.store
        for run in store.state.runs:
            if run.state not in ENDED_STATES or run.id in self.reported:
                continue
            self.reported.add(run.id)
            if run.state is RunState.INCONSISTENT:
                yield f"I1: run {run.number} ended inconsistent: {run.problem_facts}"
            if run.problem_code == "SB-INT-001":
                yield f"a defect of ours stopped run {run.number}: {run.problem_facts}"
            for part in store.runs.progress(run.id):
                if not part.tally.adds_up:
                    yield f"I1: run {run.number} {part.workflow}: {part.tally.considered} considered, {part.tally.settled} settled"
            yield from self._outcomes(run.id)

    def _outcomes(self, run_id: str) -> Iterator[str]:
        """I8 and I12: failures say what they have to, and what is written adds up."""
        store = self.world.store
        sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
        for one in store.runs.outcomes(run_id, limit=10_000):
            outcome = one.outcome
            if outcome.kind in {OutcomeKind.CREATED, OutcomeKind.UPDATED} and outcome.amount is not None:
                sums[one.workflow, outcome.amount.unit] += outcome.amount.value
            if outcome.kind not in OPEN_KINDS:
                continue
            problem = outcome.problem
            if problem is None or not (problem.code and problem.cause and problem.remedy and outcome.title):
                yield f"I8: {outcome.title} {outcome.kind.value} without code, cause, remedy or title: {problem}"
            elif outcome.kind is OutcomeKind.UNKNOWN and problem.effect is not Effect.UNKNOWN:
                yield f"I8: {outcome.title} is unknown, and its effect is told as {problem.effect}"
        for part in store.runs.progress(run_id):
            for amount in part.tally.written_sums:
                if (
                    sums[part.workflow, amount.unit] != amount.value
                    and CATALOG[part.workflow].direction is Direction.EXPORT
                ):
                    yield f"I12: {part.workflow} wrote {sums[part.workflow, amount.unit]} {amount.unit}, and says {amount.value}"

    def _identities(self) -> Iterator[str]:
        """I2: one NetSuite record for each workspace record, one binding for each NetSuite id, one counterpart for each NetSuite record."""
        for record_type, mark in _MARKS.items():
            marks = Counter(str(one.values.get(mark)) for one in self.world.stored(record_type))
            yield from (f"I2: {count} records {record_type} for “{name}”" for name, count in marks.items() if count > 1)
        state = self.world.store.state
        bound = Counter(
            (key[0], key[1], key[3], one.netsuite_id) for key, one in state.bindings.items() if one.netsuite_id
        )
        yield from (f"I2: {count} bindings for {which}" for which, count in bound.items() if count > 1)
        linked = Counter(
            (kind, fields["netsuite_id"])
            for (kind, _), (_, fields) in state.records.items()
            if fields.get("netsuite_id")
        )
        yield from (f"I2: {count} workspace records for {which}" for which, count in linked.items() if count > 1)

    def _trail(self) -> Iterator[str]:
        """I9: the chain holds, entry by entry."""
        store = self.world.store
        trail = store.state.trail
        previous = self.last_hash or genesis(store.company.id)
        for entry, kept in trail[self.seen_entries :]:
            if link(previous, entry) != kept:
                yield f"I9: entry {entry.sequence} does not continue the chain"
            previous = kept
        self.seen_entries, self.last_hash = len(trail), previous

    def _bounds(self) -> Iterator[str]:
        requests, seconds = self.world.ledger.requests, self.world.loop.time()
        if requests - self.requests > MOST_REQUESTS:
            yield f"I10: {requests - self.requests} requests in one action"
        if seconds - self.seconds > MOST_SECONDS:
            yield f"I10: one action took {seconds - self.seconds:.0f} seconds"
        self.requests, self.seconds = requests, seconds


def secrets_told(world: World) -> Iterator[str]:
    """I7: nothing that is kept for people to read holds a secret."""
    said = repr((world.store.state.trail, world.store.state.runs, world.store.state.items))
    for secret in world.secrets:
        if secret in said:
            yield "I7: the trail or an outcome tells a secret"


def unsettled(world: World) -> Iterator[str]:
    """I11 and I3: with every fault gone, everything that either side holds is where it belongs."""
    yield from _not_imported(world)
    yield from _not_exported(world)
    if waiting := world.store.inbox.waiting(limit=1):
        yield f"I11: {waiting[0].asked.record_type} {waiting[0].asked.record_id} waits in the inbox"
    open_items = {key[1]: sorted(ids) for key, ids in world.store.state.open_items.items() if ids}
    for workflow, ids in open_items.items():
        for source_id in ids:
            why = _reason(world, workflow, source_id)
            # A restored backup does not know what was sent after it: such records are left to a person, and never written twice (F76).
            is_forgotten = _external_id(world, CATALOG[workflow].source_type, source_id) in world.ledger.forgotten
            # What was deleted in NetSuite waits for a person, too (F45).
            if not (why.startswith("SB-GONE-001") or (is_forgotten and why.startswith("SB-CONF-001"))):
                yield f"I11: {workflow} {source_id} stays open: {why}"


def _reason(world: World, workflow: str, source_id: str) -> str:
    for run in world.store.runs.newest(limit=4):
        for one in world.store.runs.outcomes(run.id, workflow=workflow, limit=10_000):
            if one.outcome.source_id == source_id and one.outcome.problem is not None:
                return f"{one.outcome.problem.code} {one.outcome.problem.cause}"
    return "nobody says why"


def _external_id(world: World, record_type: str, record_id: str) -> str:
    return f"sb_{world.store.company.token}_{record_type}_{record_id}"


def _not_imported(world: World) -> Iterator[str]:
    records = {
        (kind, str(fields["netsuite_id"])): fields
        for (kind, _), (_, fields) in world.store.state.records.items()
        if fields.get("netsuite_id")
    }
    for source, target, pairs in IMPORTED:
        for stored in world.stored(source):
            if not world.is_marked(source, stored):
                continue
            fields = records.get((target, stored.id))
            if fields is None:
                yield f"I11: {source} {stored.id} was never imported"
                continue
            for theirs, ours in pairs:
                if (stored.values.get(theirs) or None) != (fields.get(ours) or None):
                    yield (
                        f"I11: {source} {stored.id} {theirs} is {stored.values.get(theirs)!r} there and "
                        f"{fields.get(ours)!r} here"
                    )


IMPORTED = (
    ("customer", "customer", (("entityId", "name"), ("companyName", "company"), ("phone", "phone"))),
    ("employee", "employee", (("entityId", "nickname"), ("lastName", "last"))),
    ("job", "project", (("companyName", "name"),)),
)


def _not_exported(world: World) -> Iterator[str]:
    there = {
        (kind, str(one.external_id).casefold()): one
        for kind in WRITTEN
        for one in world.stored(kind)
        if one.external_id
    }
    state = world.store.state
    for target, (workflow, source) in WRITTEN.items():
        open_ids = {source_id for key, ids in state.open_items.items() if key[1] == workflow for source_id in ids}
        for (kind, number), (_, fields) in state.records.items():
            if kind != source or not world.is_due(kind, fields) or str(number) in open_ids:
                continue
            external_id = _external_id(world, kind, str(number))
            stored = there.get((target, external_id))
            if stored is None and external_id not in world.ledger.deleted:
                yield f"I11: {kind} {number} is not in NetSuite"
            elif stored is not None and fields.get("netsuite_id") != stored.id:
                yield f"I11: {kind} {number} is stamped {fields.get('netsuite_id')}, and NetSuite has {stored.id}"
