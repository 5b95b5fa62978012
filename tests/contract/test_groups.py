"""Workflow groups: versions, order, one name whatever its case, and an entry in the trail for each act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore

NIGHTLY = WorkflowGroup(name="Nightly", workflows=("import_projects", "import_customers"))


def test_a_group_keeps_its_order_and_tells_each_change(store: CompanyStore, stamp: Stamp) -> None:
    saved = store.groups.save(NIGHTLY, stamp=stamp)
    assert saved == replace(NIGHTLY, version=1) == store.groups.get("NIGHTLY")
    again = store.groups.save(replace(saved, workflows=("import_customers",)), stamp=stamp)
    (entry,) = store.trail.newest(limit=1)
    assert (entry.event, entry.record_type, entry.record_title) == ("workflow group:saved", "workflow_group", "Nightly")
    (step,) = entry.changes
    assert (step.field, step.before, step.after) == (
        "workflows",
        "import_projects, import_customers",
        "import_customers",
    )
    store.groups.save(replace(NIGHTLY, name="Day"), stamp=stamp)
    assert [one.name for one in store.groups.all()] == ["Day", "Nightly"]
    store.groups.remove("nightly", version=again.version, stamp=stamp)
    assert [one.name for one in store.groups.all()] == ["Day"]
    assert store.trail.newest(limit=1)[0].event == "workflow group:removed"


def test_a_group_is_changed_by_whoever_has_seen_it(store: CompanyStore, stamp: Stamp) -> None:
    store.groups.save(NIGHTLY, stamp=stamp)
    entries = len(store.trail.newest(limit=9))
    for late in (replace(NIGHTLY, name="nightly"), replace(NIGHTLY, version=2)):
        with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
            store.groups.save(late, stamp=stamp)
    for name, version in (("Nightly", 2), ("Nightly", 0), ("Nothing", 0), ("Nothing", 1)):
        with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
            store.groups.remove(name, version=version, stamp=stamp)
    assert store.groups.all() == [replace(NIGHTLY, version=1)]
    assert len(store.trail.newest(limit=9)) == entries
