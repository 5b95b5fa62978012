"""Decides conflicts: whose values stand where both sides were edited (quality.md F43). The next run carries the decision out.

A decision holds for the very values that clashed; whoever edits either side afterwards makes another conflict.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby

from suitebridge.domain.agreements import Side
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import RecordedOutcome

CLASHED = "SB-CONF-004"
"""What a record is told that was edited on both sides."""

LABELS = {Side.WORKSPACE: "the workspace's", Side.NETSUITE: "NetSuite's"}


def is_clash(recorded: RecordedOutcome) -> bool:
    """Whether a record waits for somebody to say whose values stand."""
    return recorded.outcome.problem is not None and recorded.outcome.problem.code == CLASHED


def decide(
    store: CompanyStore, clashes: Sequence[RecordedOutcome], keeps: Side, *, record_type: dict[str, str], stamp: Stamp
) -> None:
    """Keep the decision about records that clashed; `record_type` gives the workspace type of each workflow."""
    with store.transactions.begin() as unit:
        for workflow, group in groupby(sorted(clashes, key=lambda one: one.workflow), key=lambda one: one.workflow):
            titles = {one.outcome.source_id: one.outcome.title for one in group}
            known = store.agreements.of(workflow, list(titles))
            unit.save_agreements([replace(one, keeps=keeps) for one in known.values() if one.clash])
            for record_id, title in titles.items():
                unit.append_event(_event(record_type[workflow], record_id, title, keeps), stamp)


def _event(record_type: str, record_id: str, title: str, keeps: Side) -> Event:
    return Event(
        name=EventName.CONFLICT_DECIDED,
        subject_type=record_type,
        subject_id=record_id,
        subject=title,
        changes=(Change(field="values that stand", before=None, after=LABELS[keeps]),),
    )
