"""Records that NetSuite says were saved: each becomes an errand that imports it. A push is a hint, never the source of a value.

It refuses to know how a push travels and is signed. Whatever a push misses, brings late or twice, the next run finds by its watermark
(quality.md R06, F81): an errand reads the record anew, and a record that is asked for twice is read once.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import Errand, NewErrand, Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRecord:
    """A NetSuite record that was saved there, with its change stamp if the sender knows it."""

    record_type: str
    record_id: str
    version: str = ""


def pushed_types(workflows: Mapping[str, Workflow]) -> tuple[str, ...]:
    """Name the NetSuite record types that a push may bring."""
    imports = (one for one in workflows.values() if one.is_active and one.direction is Direction.IMPORT)
    return tuple(dict.fromkeys(one.source_type for one in imports))


def receive_push(
    store: CompanyStore, workflows: Mapping[str, Workflow], saved: Sequence[SavedRecord], *, clock: Clock
) -> Mapping[SavedRecord, Errand]:
    """Put what was saved into the inbox; records of a type that no workflow imports are left out of the answer."""
    known = pushed_types(workflows)
    connection = store.connections.get()
    wanted = [one for one in saved if one.record_type in known]
    errands = [
        NewErrand(
            account_id=connection.account_id if connection is not None else "",
            direction=Direction.IMPORT,
            record_type=one.record_type,
            record_id=one.record_id,
            origin=Origin.PUSH,
            asked_at=clock.now(),
            version=one.version,
        )
        for one in wanted
    ]
    with store.transactions.begin() as unit:
        ids = unit.add_errands(errands)
    return {
        one: store.inbox.get(errand_id) or Errand(id=errand_id, asked=errand)
        for one, errand, errand_id in zip(wanted, errands, ids, strict=True)
    }
