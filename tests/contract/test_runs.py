"""The contract of `ports.runs`."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from suitebridge.domain.bindings import BindingState
from suitebridge.domain.errors import Effect, Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import OPEN_KINDS, Amount, Outcome, OutcomeKind
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.runs import ENDED_STATES, Halt, Run, RunState, Told, WorkItem
from suitebridge.ports.transactions import Settled
from tests.contract.stories import MOMENT, begin_run, bound, credentials, ended, new_run, settle


def test_a_run_is_found_by_id_number_and_as_the_last(store: CompanyStore) -> None:
    first = store.runs.add(new_run("run-a", "customers", "time"))
    second = store.runs.add(new_run("run-b"))
    assert (first.number, second.number, first.state, first.asked_at) == (1, 2, RunState.QUEUED, MOMENT)
    assert store.runs.get("run-a") == store.runs.get("1") == first
    assert store.runs.get("last") == second
    assert store.runs.get("run-c") is None
    assert store.runs.get("9" * 30) is None
    assert first.workflows == ("customers", "time")
    assert first.mapping_versions == {"customers": "m1", "time": "m1"}


def test_there_is_no_last_run_before_the_first(store: CompanyStore) -> None:
    assert store.runs.get("last") is None
    assert store.runs.newest(limit=5) == []


def test_runs_are_listed_newest_first_in_pages(store: CompanyStore) -> None:
    for number in range(1, 6):
        store.runs.add(new_run(f"run-{number}"))
    assert [run.number for run in store.runs.newest(limit=2)] == [5, 4]
    assert [run.number for run in store.runs.newest(limit=9, before_number=4)] == [3, 2, 1]


def test_states_leave_their_marks(store: CompanyStore) -> None:
    store.runs.add(new_run("r1"))
    store.runs.enter("r1", RunState.RUNNING, at=MOMENT)
    store.runs.enter("r1", RunState.WAITING, at=MOMENT, problem_code="NS-THR-001", problem_facts={"said": "ü"})
    waiting = store.runs.get("r1")
    assert waiting is not None
    assert (waiting.state, waiting.problem_code, waiting.problem_facts) == (
        RunState.WAITING,
        "NS-THR-001",
        {"said": "ü"},
    )
    store.runs.enter("r1", RunState.RUNNING, at=MOMENT + timedelta(minutes=1))
    store.runs.enter("r1", RunState.COMPLETED, at=MOMENT + timedelta(minutes=2))
    run = store.runs.get("r1")
    assert run is not None
    assert (run.started_at, run.ended_at, run.problem_code, run.problem_facts) == (
        MOMENT,
        MOMENT + timedelta(minutes=2),
        "",
        {},
    )
    with pytest.raises(LookupError, match="nothing"):
        store.runs.enter("nothing", RunState.RUNNING, at=MOMENT)


def test_unfinished_runs_are_those_in_no_ended_state(store: CompanyStore) -> None:
    for state in RunState:
        store.runs.add(new_run(state.name))
        store.runs.enter(state.name, state, at=MOMENT)
    assert [run.id for run in store.runs.unfinished()] == [
        state.name for state in RunState if state not in ENDED_STATES
    ]


def test_recoveries_are_counted(store: CompanyStore) -> None:
    store.runs.add(new_run("r1"))
    assert [store.runs.count_recovery("r1"), store.runs.count_recovery("r1")] == [1, 2]
    run = store.runs.get("r1")
    assert run is not None
    assert run.recoveries == 2


def test_a_workflow_begins_once_and_keeps_its_since(store: CompanyStore) -> None:
    store.runs.add(new_run("r1", "customers", "time"))
    assert [part.phase for part in store.runs.progress("r1")] == ["waiting", "waiting"]
    first = store.runs.begin_workflow("r1", "time", since="2026-01-01")
    again = store.runs.begin_workflow("r1", "time", since="2027-01-01")
    assert first == again
    assert (first.phase, first.since, first.is_frozen, first.after_id) == ("running", "2026-01-01", False, "")
    assert [(part.workflow, part.phase) for part in store.runs.progress("r1")] == [
        ("customers", "waiting"),
        ("time", "running"),
    ]


def test_a_checkpoint_is_remembered(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    with store.transactions.begin() as unit:
        unit.save_checkpoint("r1", "customers", after_id="77", is_finished=False)
    assert [(part.after_id, part.phase) for part in store.runs.progress("r1")] == [("77", "running")]
    with store.transactions.begin() as unit:
        unit.save_checkpoint("r1", "customers", after_id="99", is_finished=True)
    assert [(part.after_id, part.phase) for part in store.runs.progress("r1")] == [("99", "finished")]


def test_a_work_list_is_frozen_once_and_walked_in_order(store: CompanyStore) -> None:
    begin_run(store, "r1", "time")
    assert store.runs.freeze("r1", "time", iter([("10", "1"), ("9", "2"), ("100", "1"), ("9", "2")])) == 3
    assert store.runs.freeze("r1", "time", iter([("11", "1")])) == 3
    assert store.runs.pending("r1", "time", limit=2) == [
        WorkItem(record_id="9", version="2"),
        WorkItem(record_id="10", version="1"),
    ]
    settle(store, "r1", "time", ended("9", hours="7.25"), ended("10", OutcomeKind.FAILED, hours="1"))
    assert store.runs.pending("r1", "time", limit=9) == [WorkItem(record_id="100", version="1")]
    tally = store.runs.settled_sums("r1", "time")
    assert (tally.considered, tally.settled, tally.adds_up) == (3, 2, False)
    assert tally.counts == ((OutcomeKind.CREATED, 1), (OutcomeKind.FAILED, 1))
    assert tally.selected_sums == (Amount(unit="hours", value=Decimal("8.25")),)
    assert tally.written_sums == (Amount(unit="hours", value=Decimal("7.25")),)
    settle(store, "r1", "time", ended("100", OutcomeKind.SKIPPED))
    assert store.runs.progress("r1")[0].tally.adds_up
    assert store.runs.progress("r1")[0].is_frozen


def test_an_empty_work_list_is_frozen_too(store: CompanyStore) -> None:
    begin_run(store, "r1", "time")
    assert store.runs.freeze("r1", "time", []) == 0
    assert store.runs.progress("r1")[0].is_frozen


@pytest.mark.fault("F55")
def test_sums_are_exact_and_kept_apart_by_unit(store: CompanyStore) -> None:
    begin_run(store, "r1", "invoices")
    values = [("EUR", "0.1")] * 3 + [("EUR", "-0.300001"), ("VND", "9000000000000"), ("VND", "9000000000000")]
    settled = [
        Settled(
            source_version="1",
            outcome=Outcome(
                kind=OutcomeKind.UPDATED,
                source_id=str(number),
                title="",
                amount=Amount(unit=unit, value=Decimal(amount)),
            ),
        )
        for number, (unit, amount) in enumerate(values)
    ]
    settle(store, "r1", "invoices", *settled)
    assert store.runs.settled_sums("r1", "invoices").written_sums == (
        Amount(unit="EUR", value=Decimal("-0.000001")),
        Amount(unit="VND", value=Decimal(18000000000000)),
    )


@pytest.mark.parametrize("amount", ["0.0000001", "1e20", "NaN", "1." + "0" * 40 + "1"])
def test_an_amount_that_would_lose_a_digit_is_refused(real_store: CompanyStore, amount: str) -> None:
    begin_run(real_store, "r1", "invoices")
    with pytest.raises(RecordRefusedError, match="SB-MAP-002"):
        settle(real_store, "r1", "invoices", ended("5", hours=amount))


def test_outcomes_come_whole_in_the_order_they_were_settled(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers", "time")
    failed = Outcome(
        kind=OutcomeKind.FAILED,
        source_id="8",
        title="Açme, “quoted”",
        target_id="80",
        reason="because",
        problem=Problem(code="NS-DATA-001", facts={"record": "8", "said": "no"}, effect=Effect.UNKNOWN),
        changed_fields=("name", "email"),
        refused_fields=("phone",),
        amount=Amount(unit="EUR", value=Decimal("12.30")),
        is_recovered=True,
    )
    settle(store, "r1", "time", ended("100"), ended("9"))
    settle(store, "r1", "customers", Settled(source_version="v", outcome=failed))
    settle(store, "r1", "time", ended("3", OutcomeKind.UNKNOWN))
    read = store.runs.outcomes("r1")
    assert [(part.workflow, part.outcome.source_id) for part in read] == [
        ("time", "100"),
        ("time", "9"),
        ("customers", "8"),
        ("time", "3"),
    ]
    assert read[2].outcome == failed
    assert read[2].source_version == "v"
    assert read[0].at.tzinfo is not None
    assert [part.outcome.source_id for part in store.runs.outcomes("r1", after=1, limit=2)] == ["9", "8"]
    assert [part.outcome.source_id for part in store.runs.outcomes("r1", workflow="time", after=2)] == ["3"]
    assert [part.outcome.source_id for part in store.runs.outcomes("r1", kinds=OPEN_KINDS)] == ["8", "3"]
    assert store.runs.outcomes("r1", kinds=frozenset()) == []


def test_open_items_stay_until_they_close(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    for index, kind in enumerate(OutcomeKind):
        settle(store, "r1", "customers", ended(str(index), kind))
    left = [str(index) for index, kind in enumerate(OutcomeKind) if kind in OPEN_KINDS]
    assert store.runs.open_items("customers", not_in_run="r1", limit=99) == []
    begin_run(store, "r2", "customers")
    assert store.runs.open_items("customers", not_in_run="r2", limit=99) == left
    assert store.runs.open_items("customers", not_in_run="r2", limit=2) == left[:2]
    assert store.runs.open_items("time", not_in_run="r2", limit=99) == []
    store.runs.freeze("r2", "customers", [(left[0], "1")])
    assert store.runs.open_items("customers", not_in_run="r2", limit=99) == left[1:]
    settle(store, "r2", "customers", ended(left[0], OutcomeKind.UPDATED), ended(left[1], OutcomeKind.BLOCKED))
    begin_run(store, "r3", "customers")
    assert store.runs.open_items("customers", not_in_run="r3", limit=99) == [*left[2:], left[1]]


def test_what_earlier_runs_left_open_stands_behind_what_is_new(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", *(ended(one, OutcomeKind.FAILED) for one in ("2", "9", "code")))
    begin_run(store, "r2", "customers")
    assert store.runs.freeze("r2", "customers", [("2", "1"), ("3", "1"), ("10", "1")], takes_up_open=True) == 5
    assert store.runs.freeze("r2", "customers", [], takes_up_open=True) == 5
    waiting = [item.record_id for item in store.runs.pending("r2", "customers", limit=9)]
    assert (waiting[:2], sorted(waiting[2:])) == (["3", "10"], ["2", "9", "code"])
    assert [item.record_id for item in store.runs.pending("r2", "customers", limit=2)] == ["3", "10"]


def test_a_watermark_is_kept_by_workflow(store: CompanyStore) -> None:
    assert store.runs.watermark("customers") == ""
    for since in ("one", "two"):
        with store.transactions.begin() as unit:
            unit.save_watermark("customers", since)
    assert (store.runs.watermark("customers"), store.runs.watermark("time")) == ("two", "")


def test_watermarks_and_open_items_hold_for_one_account(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials("TSTDRV100"), stamp)
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", ended("5", OutcomeKind.FAILED))
    with store.transactions.begin() as unit:
        unit.save_watermark("customers", "one")
    store.connections.save(credentials("TSTDRV200"), stamp)
    assert store.runs.watermark("customers") == ""
    assert store.runs.open_items("customers", not_in_run="", limit=9) == []
    store.connections.save(credentials("TSTDRV100"), stamp)
    assert store.runs.watermark("customers") == "one"
    assert store.runs.open_items("customers", not_in_run="", limit=9) == ["5"]


def test_linked_pairs_are_those_of_the_account_that_the_ids_belong_to(store: CompanyStore, stamp: Stamp) -> None:
    assert store.runs.linked("customer", "customer", limit=5) == []
    store.connections.save(credentials(), stamp)
    with store.transactions.begin() as unit:
        unit.save_bindings([bound("1", "11"), bound("2", None), bound("3", "13"), bound("4", "14")])
    pairs = [bound("1", "11"), bound("3", "13")]
    assert store.runs.linked("customer", "customer", limit=2) == pairs
    assert store.runs.linked("project", "customer", limit=2) == []
    assert store.runs.linked("customer", "customer", limit=2, after="1") == [bound("3", "13"), bound("4", "14")]
    assert store.runs.linked("customer", "customer", limit=2, state=BindingState.GONE) == []
    buried = replace(bound("4", "14"), state=BindingState.GONE)
    with store.transactions.begin() as unit:
        unit.save_bindings([buried])
    assert store.runs.linked("customer", "customer", limit=2, state=BindingState.GONE) == [buried]
    assert store.runs.linked("customer", "customer", limit=2, after="3") == []
    store.connections.save(credentials("TSTDRV200"), stamp)
    assert store.runs.linked("customer", "customer", limit=2) == pairs
    store.connections.link(Relink.OTHER, stamp)
    assert store.runs.linked("customer", "customer", limit=2) == []


def test_settling_in_an_unknown_run_is_refused(store: CompanyStore) -> None:
    store.runs.add(new_run("r1", "customers"))
    with pytest.raises(LookupError, match="customers"):
        settle(store, "r1", "customers", ended("1"))


def test_outcomes_that_left_fields_out_are_found_among_the_others(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", ended("1"), ended("2", OutcomeKind.FAILED))
    harmless = Outcome(kind=OutcomeKind.UPDATED, source_id="3", title='"refused":["active"]', reason='"refused":[')
    partly = Outcome(kind=OutcomeKind.UPDATED, source_id="4", title="T", refused_fields=("active",))
    settle(store, "r1", "customers", *(Settled(source_version="v", outcome=one) for one in (harmless, partly)))
    failed = frozenset({OutcomeKind.FAILED})
    assert [one.outcome.source_id for one in store.runs.outcomes("r1", kinds=failed)] == ["2"]
    both = store.runs.outcomes("r1", kinds=failed, or_refused_fields=True)
    assert [one.outcome.source_id for one in both] == ["2", "4"]


def test_a_run_is_asked_to_pause_and_goes_on(store: CompanyStore) -> None:
    store.runs.add(new_run("r1"))
    store.runs.enter("r1", RunState.RUNNING, at=MOMENT)
    assert store.runs.ask_halt("r1", Halt.PAUSE, by="Ada")
    assert not store.runs.ask_halt("r1", Halt.PAUSE, by="Grace")
    asked = run_of(store, "r1")
    assert (asked.state, asked.halt, asked.halted_by, asked.rests) == (RunState.RUNNING, Halt.PAUSE, "Ada", False)
    store.runs.enter("r1", RunState.PAUSED, at=MOMENT)
    assert run_of(store, "r1").rests
    assert store.runs.resume("r1", by="Grace")
    assert not store.runs.resume("r1", by="Ada")
    resumed = run_of(store, "r1")
    assert (resumed.state, resumed.halt, resumed.halted_by) == (RunState.QUEUED, None, "Grace")


def test_a_pause_is_taken_back_before_the_run_came_to_it(store: CompanyStore) -> None:
    store.runs.add(new_run("r1"))
    store.runs.enter("r1", RunState.RUNNING, at=MOMENT)
    store.runs.ask_halt("r1", Halt.PAUSE, by="Ada")
    assert store.runs.resume("r1", by="Ada")
    assert (run_of(store, "r1").state, run_of(store, "r1").halt) == (RunState.RUNNING, None)


def test_a_cancelled_run_cannot_be_paused_or_resumed(store: CompanyStore) -> None:
    store.runs.add(new_run("r1"))
    store.runs.ask_halt("r1", Halt.PAUSE, by="Ada")
    assert store.runs.ask_halt("r1", Halt.CANCEL, by="Grace")
    assert not store.runs.ask_halt("r1", Halt.PAUSE, by="Ada")
    assert not store.runs.resume("r1", by="Ada")
    assert (run_of(store, "r1").halt, run_of(store, "r1").halted_by) == (Halt.CANCEL, "Grace")


def test_a_run_that_has_ended_takes_no_halt(store: CompanyStore) -> None:
    for state in sorted(ENDED_STATES, key=lambda state: state.name):
        store.runs.add(new_run(state.name))
        store.runs.enter(state.name, state, at=MOMENT)
        assert not store.runs.ask_halt(state.name, Halt.CANCEL, by="Ada")
        assert not store.runs.resume(state.name, by="Ada")
    with pytest.raises(LookupError, match="nothing"):
        store.runs.ask_halt("nothing", Halt.PAUSE, by="Ada")


def run_of(store: CompanyStore, run_id: str) -> Run:
    found = store.runs.get(run_id)
    assert found is not None
    return found


def test_a_run_over_chosen_records_has_its_work_list_from_the_beginning(store: CompanyStore) -> None:
    run = store.runs.add(replace(new_run("r1", "time", "customers"), only={"time": ("10", "9"), "customers": ("3",)}))
    assert run.is_retry
    assert not store.runs.add(new_run("r2", "time")).is_retry
    assert [item.record_id for item in store.runs.pending("r1", "time", limit=9)] == ["9", "10"]
    assert store.runs.begin_workflow("r1", "time", since="later").since == ""
    assert store.runs.freeze("r1", "customers", [("4", "")]) == 1
    assert [part.tally.considered for part in store.runs.progress("r1")] == [2, 1]


def test_what_is_open_is_listed_as_the_last_run_left_it(store: CompanyStore) -> None:
    begin_run(store, "r1", "time", "customers")
    settle(store, "r1", "time", ended("9", OutcomeKind.CONFLICTED))
    settle(store, "r1", "customers", ended("1", OutcomeKind.FAILED), ended("2", OutcomeKind.CONFLICTED), ended("3"))
    begin_run(store, "r2", "customers")
    settle(store, "r2", "customers", ended("1", OutcomeKind.CONFLICTED))
    found = store.runs.left_open(frozenset({OutcomeKind.CONFLICTED}))
    assert [(one.run_number, one.recorded.workflow, one.recorded.outcome.source_id) for one in found] == [
        (1, "customers", "2"),
        (2, "customers", "1"),
        (1, "time", "9"),
    ]
    assert store.runs.left_open(frozenset({OutcomeKind.CONFLICTED}), after=1, limit=1) == found[1:2]
    assert store.runs.left_open(frozenset({OutcomeKind.FAILED})) == []


def test_open_items_are_known_until_a_later_run_settles_them(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", ended("1", OutcomeKind.FAILED), ended("2", OutcomeKind.BLOCKED), ended("3"))
    assert store.runs.still_open("customers", ["1", "2", "3", "4"]) == {"1", "2"}
    begin_run(store, "r2", "customers")
    settle(store, "r2", "customers", ended("1"))
    assert store.runs.still_open("customers", ["1", "2"]) == {"2"}
    assert store.runs.still_open("time", ["2"]) == frozenset()
    assert store.runs.still_open("customers", []) == frozenset()


def test_what_is_told_of_a_run_stands_in_the_trail_with_the_change(store: CompanyStore, stamp: Stamp) -> None:
    def told(name: EventName, run_id: str = "r1") -> Told:
        return Told(event=Event(name=name, subject_type="run", subject_id=run_id, subject="run"), stamp=stamp)

    store.runs.add(new_run("r1"), tell=lambda run: [told(EventName.RUN_ASKED, run.id)])
    for _ in range(2):
        store.runs.ask_halt("r1", Halt.PAUSE, by="Ada", told=[told(EventName.RUN_PAUSED)])
        store.runs.resume("r1", by="Ada", told=[told(EventName.RUN_RESUMED)])
        store.runs.resume("r1", by="Ada", told=[told(EventName.RUN_RESUMED)])
    with pytest.raises(LookupError):
        store.runs.enter("nothing", RunState.FAILED, at=MOMENT, told=[told(EventName.RUN_ENDED)])
    store.runs.enter("r1", RunState.COMPLETED, at=MOMENT, told=[told(EventName.RUN_ENDED)])

    assert [entry.event for entry in reversed(store.trail.of_record("run", "r1"))] == [
        "run:asked",
        "run:paused",
        "run:resumed",
        "run:paused",
        "run:resumed",
        "run:ended",
    ]
    assert store.trail.verify().first_broken == 0


def test_a_dry_run_keeps_differences_and_leaves_open_items_alone(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers")
    settle(store, "r1", "customers", ended("1", OutcomeKind.FAILED), ended("2", OutcomeKind.FAILED))
    dry = store.runs.add(replace(new_run("r2", "customers"), is_dry=True))
    store.runs.begin_workflow("r2", "customers", since="")
    changes = (
        Change(field="hours", before=None, after=Decimal("7.50")),
        Change(field="lines", before=(), after=({"memo": "a", "amount": Decimal(3)},)),
    )
    created = replace(ended("1"), differences=changes)
    updated = replace(ended("3", OutcomeKind.UPDATED), outcome=replace(ended("3").outcome, target_id="30"))
    settle(store, "r2", "customers", created, updated, ended("4", OutcomeKind.FAILED))

    assert dry.is_dry
    assert not run_of(store, "r1").is_dry
    assert store.runs.still_open("customers", ["1", "2", "3", "4"]) == {"1", "2"}
    first, second, _ = store.runs.outcomes("r2")
    assert [(one.field, one.before, one.after) for one in first.differences] == [
        ("hours", None, "7.50"),
        ("lines", (), ({"memo": "a", "amount": "3"},)),
    ]
    assert second.differences == ()
    assert store.runs.rehearsed("r2", "customers", ["1", "3", "4", "5"], by_target=False) == {"1": "", "3": "30"}
    assert store.runs.rehearsed("r2", "customers", ["30", "3"], by_target=True) == {"30": "3"}


def test_a_record_is_followed_through_the_runs_of_its_workflow(store: CompanyStore) -> None:
    begin_run(store, "r1", "customers", "time")
    settle(store, "r1", "customers", ended("1", OutcomeKind.FAILED), ended("2"))
    settle(store, "r1", "time", ended("1"))
    store.runs.add(replace(new_run("r2", "customers"), is_dry=True))
    store.runs.begin_workflow("r2", "customers", since="")
    store.runs.freeze("r2", "customers", [("2", "7")])
    settle(store, "r2", "customers", ended("1"))

    passages = store.runs.history("customers", "1", limit=9)
    assert [(one.run_number, one.is_dry, one.recorded.outcome.kind) for one in passages] == [
        (2, True, OutcomeKind.CREATED),
        (1, False, OutcomeKind.FAILED),
    ]
    assert store.runs.history("customers", "1", limit=1) == passages[:1]
    assert [one.run_number for one in store.runs.history("customers", "2", limit=9)] == [1]
    assert store.runs.history("customers", "9", limit=9) == []


def test_a_run_remembers_from_which_day_on_it_reads(store: CompanyStore) -> None:
    day = date(2026, 1, 31)
    assert store.runs.add(replace(new_run("run-1"), is_full=True, since=day)).since == day
    assert store.runs.add(new_run("run-2")).since is None
    assert [run.since for run in store.runs.newest(limit=2)] == [None, day]


def test_a_run_that_waits_remembers_since_when_until_it_goes_on(store: CompanyStore) -> None:
    run = store.runs.add(new_run("run-1"))
    since, later = MOMENT, MOMENT + timedelta(minutes=5)
    for at in (since, later):
        store.runs.enter(run.id, RunState.WAITING, at=at, problem_code="NS-OUT-001", problem_facts={"said": "x"})
        (waiting,) = store.runs.unfinished()
        assert (waiting.state, waiting.waiting_since, waiting.problem_code) == (RunState.WAITING, since, "NS-OUT-001")
    store.runs.enter(run.id, RunState.RUNNING, at=later)
    (running,) = store.runs.unfinished()
    assert (running.waiting_since, running.waits_until, running.problem_code) == (None, None, "")
