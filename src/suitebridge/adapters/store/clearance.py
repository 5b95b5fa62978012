"""Whether the author of a run may read and write records of a type, asked where they are read and in the transaction that writes them.

The doors where people come in check their own rights before; a run acts hours after it was asked for, so its author is asked again here
(quality.md S29).
"""

from __future__ import annotations

from datetime import datetime

from suitebridge.adapters.store.people import user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.owning import refuse_reach
from suitebridge.domain.people import Door, Stamp, as_of
from suitebridge.domain.reaching import Reach


def require(scope: CompanyScope, stamp: Stamp, reach: Reach, *, at: datetime) -> None:
    """Raise `RunStoppedError` SB-OWN-002 unless the author of a run is active and may at that moment read and write what it reaches."""
    if stamp.door is not Door.INTEGRATION or not (reach.reads or reach.writes):
        return
    author = user_by_number(scope, number_of(stamp.author_id) or 0)
    problem = refuse_reach(as_of(author, at) if author is not None else None, stamp.author_name, reach)
    if problem is not None:
        raise RunStoppedError(problem)
