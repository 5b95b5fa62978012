"""Signs where the audit trail stands, and proves the trail against what was signed (quality.md S55)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from suitebridge.ports.checkpoints import Checkpoint, CheckpointReader, Checkpoints
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.trail import TrailEntry, TrailVerdict

CHECKPOINT_EVERY = timedelta(hours=1)
"""How often a server signs; the end of each run is signed besides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailProof:
    """What a walk found, how many signed checkpoints were compared, and when the last of them was signed."""

    verdict: TrailVerdict
    checkpoints: int = 0
    signed_at: datetime | None = None


def checkpoint_trail(store: CompanyStore, checkpoints: Checkpoints, clock: Clock) -> Checkpoint | None:
    """Sign the end of a company's trail, unless that very end is signed already; give what was signed."""
    company = store.company.id
    end = _entry_up_to(store, 0)
    if end is None:
        return None
    last = checkpoints.last(company)
    if last is not None and (last.sequence, last.hash) == (end.sequence, end.hash):
        return None
    signed = Checkpoint(company=company, sequence=end.sequence, hash=end.hash, at=clock.now())
    checkpoints.sign(signed)
    return signed


def prove_trail(store: CompanyStore, checkpoints: CheckpointReader) -> TrailProof:
    """Walk the chain, then compare it with every checkpoint: a chain that was rewritten as a whole fits itself, but not these."""
    verdict = store.trail.verify()
    log = checkpoints.read(store.company.id)
    signed_at = log.checkpoints[-1].at if log.checkpoints else None
    if not verdict.first_broken:
        verdict = _compared(store, log.checkpoints, verdict)
    if not verdict.first_broken and log.said:
        last = log.checkpoints[-1].sequence if log.checkpoints else 0
        verdict = TrailVerdict(
            checked=last, first_broken=last + 1, said=f"{log.said} Nothing vouches for what follows."
        )
    return TrailProof(verdict=verdict, checkpoints=len(log.checkpoints), signed_at=signed_at)


def _compared(store: CompanyStore, checkpoints: tuple[Checkpoint, ...], verdict: TrailVerdict) -> TrailVerdict:
    fitting = 0
    for signed in checkpoints:
        entry = _entry_up_to(store, signed.sequence)
        when = f"{signed.at:%Y-%m-%d %H:%M} UTC"
        if entry is None or entry.sequence < signed.sequence:
            first = (entry.sequence if entry else 0) + 1
            said = f"Entry {first} is missing: on {when} the trail had {signed.sequence} entries."
            return TrailVerdict(checked=first - 1, first_broken=first, said=said)
        if entry.hash != signed.hash:
            said = f"An entry between {fitting + 1} and {signed.sequence} was changed after {when}, when they were signed, and the chain was rewritten."
            return TrailVerdict(checked=fitting, first_broken=fitting + 1, said=said)
        fitting = signed.sequence
    return verdict


def _entry_up_to(store: CompanyStore, sequence: int) -> TrailEntry | None:
    """Give the last entry of the trail, or the last one up to a number."""
    found = store.trail.newest(limit=1, before_sequence=sequence + 1 if sequence else 0)
    return found[0] if found else None
