"""The contract of `ports.transactions`: all or nothing, and no change without its entry."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from suitebridge.domain.bindings import BindingState
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.values import Value
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import NewRecord, RecordChange, RecordRemoval
from tests.contract.stories import begin_run, bound, create, credentials, ended, field, settle, version


def change(store: CompanyStore, stamp: Stamp, own: str, at_version: str, **values: Value) -> list[str]:
    steps = tuple(Change(field=name, before="what was read", after=after) for name, after in values.items())
    with store.transactions.begin() as unit:
        wanted = RecordChange(type="customer", id=own, version=at_version, changes=steps)
        return list(unit.change_records([wanted], stamp))


def test_reserved_ids_are_never_given_twice(store: CompanyStore) -> None:
    with store.transactions.begin() as unit:
        first = [*unit.reserve_ids(2), *unit.reserve_ids(1)]
    with store.transactions.begin() as unit:
        second = list(unit.reserve_ids(2))
    assert [*first, *second] == ["1", "2", "3", "4", "5"]


def test_creating_tells_the_trail_every_filled_field(store: CompanyStore, stamp: Stamp) -> None:
    moment = datetime(2026, 1, 1, 8, 0, 0, 123456, tzinfo=UTC)
    (own,) = create(
        store,
        stamp,
        "expense_report",
        {"number": "ER-1", "name": "", "notes": None, "advance": Decimal("12.50"), "exported": moment},
    )
    (entry,) = store.trail.of_record("expense_report", own)
    assert (entry.event, entry.record_title, entry.author_name, entry.door) == (
        "record:created",
        "Expense report ER-1",
        "Ada Lovelace",
        "console",
    )
    assert [(step.field, step.before, step.after) for step in entry.changes] == [
        ("number", None, "ER-1"),
        ("advance", None, "12.50"),
        ("exported", None, "2026-01-01T08:00:00Z"),
    ]


def test_changing_moves_only_the_named_fields_and_tells_what_was_there(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme", "phone": "1", "active": True})
    assert change(store, stamp, own, "1", name="Acme 2", active=False, phone="1", email=None) == []
    (record,) = store.records.fetch("customer", [own], [])
    assert (record.version, record.fields["name"], record.fields["phone"], record.fields["active"]) == (
        "2",
        "Acme 2",
        "1",
        False,
    )
    entry = store.trail.of_record("customer", own)[0]
    assert [(step.field, step.before, step.after) for step in entry.changes] == [
        ("name", "Acme", "Acme 2"),
        ("active", "true", "false"),
    ]
    assert store.records.find("customer", "name", ["acme 2"], ignores_case=True) == {"acme 2": (own,)}


def test_clearing_a_field_and_emptying_it_are_two_things(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme", "phone": "1", "email": "a@x"})
    change(store, stamp, own, "1", phone=None, email="")
    assert (field(store, "customer", own, "phone"), field(store, "customer", own, "email")) == (None, "")


@pytest.mark.fault("F37")
def test_a_record_that_moved_on_is_left_alone(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme"})
    change(store, stamp, own, "1", name="Their change")
    assert change(store, stamp, own, "1", name="Our change") == [own]
    assert change(store, stamp, "999", "1", name="Nobody") == ["999"]
    assert field(store, "customer", own, "name") == "Their change"
    assert len(store.trail.of_record("customer", own)) == 2


def test_a_stamp_without_version_goes_over_whatever_is_there(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme"})
    change(store, stamp, own, "1", name="Their change")
    assert change(store, stamp, own, "", netsuite_id="7") == []
    assert field(store, "customer", own, "name") == "Their change"
    assert field(store, "customer", own, "netsuite_id") == "7"


def test_a_record_is_taken_away_and_the_trail_keeps_what_it_held(store: CompanyStore, stamp: Stamp) -> None:
    gone, kept = create(store, stamp, "customer", {"name": "Gone", "phone": "1"}, {"name": "Kept"})
    with store.transactions.begin() as unit:
        removals = [
            RecordRemoval(type="customer", id=id_, version=seen)
            for id_, seen in ((gone, "1"), (kept, "7"), ("99", "1"))
        ]
        assert unit.remove_records(removals, stamp) == [kept, "99"]
    assert [record.id for record in store.records.fetch("customer", [gone, kept], ())] == [kept]
    entry = store.trail.of_record("customer", gone)[0]
    assert (entry.event, entry.record_title) == ("record:removed", "Customer Gone")
    assert {change.field: change.before for change in entry.changes} == {"name": "Gone", "phone": "1"}
    assert store.trail.verify().first_broken == 0


def test_a_record_that_netsuite_has_or_may_have_is_not_taken_away(store: CompanyStore, stamp: Stamp) -> None:
    sent, claimed, released = create(store, stamp, "customer", {"name": "Sent"}, {"name": "Claimed"}, {"name": "Free"})
    with store.transactions.begin() as unit:
        unit.save_bindings(
            [
                bound(sent, "9"),
                replace(bound(claimed, None), state=BindingState.CLAIMED),
                replace(bound(released, None), state=BindingState.RELEASED),
            ]
        )
    for linked, title in ((sent, "Customer Sent"), (claimed, "Customer Claimed")):
        removals = [RecordRemoval(type="customer", id=id_, version="1") for id_ in (released, linked)]
        with pytest.raises(RecordRefusedError) as caught, store.transactions.begin() as unit:
            unit.remove_records(removals, stamp)
        assert caught.value.problem.code == "SB-REC-002"
        assert caught.value.problem.facts == {"record": title}
    assert len(store.records.fetch("customer", [sent, claimed, released], ())) == 3
    with store.transactions.begin() as unit:
        assert unit.remove_records([RecordRemoval(type="customer", id=released, version="1")], stamp) == []


def test_a_second_change_in_one_batch_needs_the_new_version(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme"})

    def step(name: str) -> RecordChange:
        return RecordChange(
            type="customer", id=own, version="1", changes=(Change(field="name", before=None, after=name),)
        )

    with store.transactions.begin() as unit:
        assert unit.change_records([step("One"), step("Two")], stamp) == [own]
    assert field(store, "customer", own, "name") == "One"


def test_a_change_that_changes_nothing_leaves_no_mark(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme"})
    assert change(store, stamp, own, "1", name="Acme", email=None) == []
    assert version(store, "customer", own) == "1"
    assert len(store.trail.of_record("customer", own)) == 1


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 7),
        ("active", "true"),
        ("date", datetime(2026, 1, 1, tzinfo=UTC)),
        ("hours", "7"),
        ("hours", True),
        ("hours", Decimal("NaN")),
        ("exported", datetime(2026, 1, 1)),  # noqa: DTZ001
    ],
)
def test_a_value_of_the_wrong_kind_is_refused_by_name(
    store: CompanyStore, stamp: Stamp, name: str, value: Value
) -> None:
    record_type = "customer" if name in {"name", "active"} else "time_entry"
    with pytest.raises(RecordRefusedError, match="SB-MAP-002") as caught:
        create(store, stamp, record_type, {name: value})
    assert "expected" in caught.value.problem.cause
    assert store.records.count(record_type) == 0


def test_a_netsuite_id_belongs_to_one_record_of_a_type(store: CompanyStore, stamp: Stamp) -> None:
    own, other = create(store, stamp, "customer", {"name": "A", "netsuite_id": "7"}, {"name": "B"})
    create(store, stamp, "vendor", {"name": "A", "netsuite_id": "7"})
    with pytest.raises(RecordRefusedError, match="SB-CONF-003"):
        create(store, stamp, "customer", {"name": "C", "netsuite_id": "7"})
    with pytest.raises(RecordRefusedError, match="SB-CONF-003"):
        create(store, stamp, "customer", {"netsuite_id": "8"}, {"netsuite_id": "8"})
    with pytest.raises(RecordRefusedError, match="SB-CONF-003"):
        change(store, stamp, other, "1", netsuite_id="7")
    assert field(store, "customer", own, "netsuite_id") == "7"
    assert store.records.count("customer") == 2


def test_nothing_stays_of_a_unit_that_fails(store: CompanyStore, stamp: Stamp) -> None:
    begin_run(store, "r1", "customers")
    create(store, stamp, "customer", {"name": "Before"})

    class InterruptedTestError(Exception):
        """Something went wrong in the middle."""

    def interrupted() -> None:
        with store.transactions.begin() as unit:
            (own,) = unit.reserve_ids(1)
            unit.create_records([NewRecord(type="customer", id=own, fields={"name": "Half"})], stamp)
            unit.save_bindings([bound(own, "9")])
            unit.settle("r1", "customers", [ended("9")])
            unit.save_checkpoint("r1", "customers", after_id="9", is_finished=True)
            unit.save_watermark("customers", "now")
            raise InterruptedTestError

    with pytest.raises(InterruptedTestError):
        interrupted()
    assert store.records.count("customer") == 1
    assert store.runs.bindings_by_netsuite("customer", "customer", ["9"]) == {}
    assert store.runs.settled_sums("r1", "customers").considered == 0
    assert store.runs.progress("r1")[0].phase == "running"
    assert store.runs.watermark("customers") == ""
    assert store.trail.verify().first_broken == 0
    create(store, stamp, "customer", {"name": "After"})
    assert len(store.trail.newest(limit=10)) == 2


def test_two_units_on_one_thread_are_refused(store: CompanyStore) -> None:
    with store.transactions.begin(), pytest.raises(RuntimeError):
        store.transactions.begin().__enter__()


def test_an_event_is_told_without_a_record(store: CompanyStore, stamp: Stamp) -> None:
    event = Event(name=EventName.RUN_ASKED, subject_type="run", subject_id="r1", subject="run 1")
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)
    (entry,) = store.trail.newest(limit=5)
    assert (entry.event, entry.record_type, entry.record_id, entry.changes) == ("run:asked", "run", "r1", ())


def test_bindings_are_replaced_by_their_workspace_side(store: CompanyStore) -> None:
    with store.transactions.begin() as unit:
        unit.save_bindings([bound("1", None), bound("2", "20")])
    with store.transactions.begin() as unit:
        unit.save_bindings([bound("1", "10")])
    found = store.runs.bindings_by_workspace("customer", "customer", ["1", "2", "3"])
    assert found == {"1": bound("1", "10"), "2": bound("2", "20")}
    assert store.runs.bindings_by_netsuite("customer", "customer", ["10", "30"]) == {"10": bound("1", "10")}
    assert store.runs.bindings_by_workspace("vendor", "customer", ["1"]) == {}


def test_a_netsuite_id_moves_to_its_new_record(store: CompanyStore) -> None:
    with store.transactions.begin() as unit:
        unit.save_bindings([bound("1", "10"), bound("2", None)])
    with store.transactions.begin() as unit:
        unit.save_bindings([bound("2", "10")])
    assert store.runs.bindings_by_netsuite("customer", "customer", ["10"]) == {"10": bound("2", "10")}
    assert store.runs.bindings_by_workspace("customer", "customer", ["1"]) == {}


def test_a_batch_settled_twice_counts_once(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", ended("5"), ended("6"))
    settle(store, "r1", "customers", ended("5"), ended("6"))
    assert store.runs.settled_sums("r1", "customers").settled == 2


def test_a_unit_holds_to_its_account(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials("TSTDRV100"), stamp)
    with store.transactions.begin() as unit:
        unit.hold_account("TSTDRV100")
        unit.save_watermark("customers", "kept")
    with pytest.raises(RunStoppedError) as caught:
        lose_watermark(store, account="TSTDRV200")
    assert caught.value.problem.code == "SB-CONN-002"
    assert caught.value.problem.facts == {"linked": "TSTDRV200", "account": "TSTDRV100"}
    assert store.runs.watermark("customers") == "kept"


def lose_watermark(store: CompanyStore, *, account: str) -> None:
    with store.transactions.begin() as unit:
        unit.save_watermark("customers", "lost")
        unit.hold_account(account)
