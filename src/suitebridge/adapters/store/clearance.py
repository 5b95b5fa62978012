"""Whether the author of a run's writes may make them, asked in the transaction that makes them (quality.md S29).

The doors where people come in check their own rights before; a run acts hours after it was asked for, so its author is asked again here.
"""

from __future__ import annotations

from collections.abc import Iterable

from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.owning import refuse_write
from suitebridge.domain.people import Door, Stamp


def require(scope: CompanyScope, stamp: Stamp, record_types: Iterable[str]) -> None:
    """Raise `RunStoppedError` SB-OWN-002 unless the author of a run's writes is active and may modify records of these types."""
    wanted = tuple(dict.fromkeys(record_types))
    if stamp.door is not Door.INTEGRATION or not wanted:
        return
    problem = refuse_write(user_by_number(scope, number_of(stamp.author_id) or 0), stamp.author_name, wanted)
    if problem is not None:
        raise RunStoppedError(problem)
