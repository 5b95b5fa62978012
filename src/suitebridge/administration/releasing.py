"""Lets runs go on that rest because NetSuite refused the sign-in, once somebody has saved other credentials (quality.md F21)."""

from __future__ import annotations

from dataclasses import replace

from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import Told


def release_runs(store: CompanyStore, stamp: Stamp) -> None:
    """Let every run go on that waits for credentials; each is told in the trail as resumed by who saved them."""
    for run in store.runs.unfinished():
        if run.rests and run.lacks_credentials:
            event = Event(
                name=EventName.RUN_RESUMED, subject_type="run", subject_id=run.id, subject=f"run {run.number}"
            )
            told = (Told(event=event, stamp=replace(stamp, run_id=run.id)),)
            store.runs.resume(run.id, by=stamp.author_name, told=told)
