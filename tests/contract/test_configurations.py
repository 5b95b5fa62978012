"""Versions of a company's configuration: only added, one in force, approved or refused once, and drafts that are nobody else's."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.expressions import Constant
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.workflow import Row
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.configurations import Approval, Draft, NewVersion, StoredConfiguration
from tests.contract.stories import MOMENT, new_run

GROUP = GroupOverride(
    name="G",
    added=(Row(target="rate__c", source=Constant(value=Decimal("0.10"))),),
    condition=Compare(path="name", comparison=Comparison.NOT_EQUAL, value="Grüße 🎉\n"),
)
EDITED = Configuration(
    overrides=(WorkflowOverride(workflow="import_customers", groups=(GROUP,)),), settings=(("a", True),)
)
OTHER = Configuration(settings=(("b", "text"),))


def tell(version: int) -> Event:
    name = EventName.CONFIGURATION_SAVED
    return Event(name=name, subject_type="configuration", subject_id=str(version), subject=f"version {version}")


def save(store: CompanyStore, stamp: Stamp, configuration: Configuration, based_on: int, approval: Approval) -> int:
    new = NewVersion(configuration=configuration, based_on=based_on, approval=approval, note="why")
    return store.configurations.save(new, stamp=stamp, tell=tell)


def test_versions_are_added_and_the_newest_approved_one_is_in_force(store: CompanyStore, stamp: Stamp) -> None:
    assert store.configurations.load() == StoredConfiguration() == store.configurations.at(0)
    assert save(store, stamp, EDITED, 0, Approval.APPROVED) == 1
    assert save(store, stamp, OTHER, 1, Approval.APPROVED) == 2
    first, now = store.configurations.at(1), store.configurations.load()
    assert first is not None
    assert (first.configuration, first.author, first.note) == (EDITED, stamp.author_name, "why")
    assert (now.version, now.configuration, now.based_on) == (2, OTHER, 1)
    assert now.at is not None
    assert [one.version for one in store.configurations.newest(limit=9)] == [2, 1]
    assert [one.version for one in store.configurations.newest(limit=9, before=2)] == [1]
    assert store.configurations.at(3) is None
    assert [entry.record_title for entry in store.trail.newest(limit=2)] == ["version 2", "version 1"]


def test_whoever_was_faster_is_named_and_not_overwritten(store: CompanyStore, stamp: Stamp) -> None:
    save(store, Stamp(author_id="2", author_name="Grace Hopper", door=Door.CONSOLE), EDITED, 0, Approval.APPROVED)
    with pytest.raises(RecordRefusedError) as refused:
        save(store, stamp, OTHER, 0, Approval.APPROVED)
    assert refused.value.problem.code == "SB-CFG-005"
    assert "Grace Hopper saved version 1" in refused.value.problem.cause
    assert store.configurations.load().configuration == EDITED
    assert len(store.trail.newest(limit=9)) == 1


def test_a_proposal_changes_nothing_until_it_is_approved(store: CompanyStore, stamp: Stamp) -> None:
    version = save(store, stamp, EDITED, 0, Approval.PROPOSED)
    assert store.configurations.load().version == 0
    with pytest.raises(RecordRefusedError, match="SB-CFG-006"):
        save(store, stamp, OTHER, 0, Approval.APPROVED)
    store.configurations.judge(version, is_approved=True, stamp=stamp, told=tell(version))
    now = store.configurations.load()
    assert (now.version, now.approval, now.judge) == (version, Approval.APPROVED, stamp.author_name)
    with pytest.raises(RecordRefusedError, match="SB-CFG-007"):
        store.configurations.judge(version, is_approved=False, stamp=stamp, told=tell(version))
    refused = save(store, stamp, OTHER, version, Approval.PROPOSED)
    store.configurations.judge(refused, is_approved=False, stamp=stamp, told=tell(refused))
    assert store.configurations.load().version == version
    assert save(store, stamp, OTHER, version, Approval.APPROVED) == 3


def test_a_draft_is_one_persons(store: CompanyStore) -> None:
    draft = Draft(configuration=EDITED, based_on=0, at=MOMENT)
    store.configurations.keep_draft("1", draft)
    assert (store.configurations.load_draft("1"), store.configurations.load_draft("2")) == (draft, None)
    later = Draft(configuration=OTHER, based_on=1, at=MOMENT + timedelta(minutes=1))
    store.configurations.keep_draft("1", later)
    assert store.configurations.load_draft("1") == later
    store.configurations.drop_draft("1")
    assert store.configurations.load_draft("1") is None


def test_a_run_keeps_the_version_that_was_in_force(store: CompanyStore, stamp: Stamp) -> None:
    assert store.runs.add(new_run("before", "customers")).configuration == 0
    save(store, stamp, EDITED, 0, Approval.APPROVED)
    assert store.runs.add(new_run("run", "customers")).configuration == 1
    save(store, stamp, OTHER, 1, Approval.APPROVED)
    kept = store.runs.get("run")
    assert kept is not None
    assert kept.configuration == 1
