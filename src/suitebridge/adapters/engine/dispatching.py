"""The dispatcher: a workflow that the engine starts each minute, on one worker of however many. It refuses to know what is due.

It is at least once: whoever dispatches decides in the database what was dealt with (design §9, DBOS note 8).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from dbos import DBOS, ScheduleInput

NAME: Final = "dispatch_schedules"
_EVERY_MINUTE: Final = "* * * * *"
_ENDED: Final = ["SUCCESS", "ERROR"]
_MOST_FORGOTTEN: Final = 100


def register_dispatcher(dispatch: Callable[[], None]) -> Callable[[], None]:
    """Make the dispatcher known, before the engine is launched; give what starts it each minute from then on."""

    @DBOS.workflow(name=NAME)
    def dispatch_schedules(_scheduled_at: datetime, _context: object) -> None:
        DBOS.run_step({"name": "dispatch"}, dispatch)
        DBOS.run_step({"name": "forget"}, _forget_ended)

    def start() -> None:
        DBOS.apply_schedules(
            [ScheduleInput(schedule_name=NAME, workflow_fn=dispatch_schedules, schedule=_EVERY_MINUTE)]
        )

    return start


def _forget_ended() -> None:
    """Forget earlier dispatches: a row a minute would be half a million a year."""
    ended = DBOS.list_workflows(name=NAME, status=_ENDED, limit=_MOST_FORGOTTEN, load_input=False, load_output=False)
    DBOS.delete_workflows([one.workflow_id for one in ended])
