"""Single records: asked for once, taken between two batches or at rest, never in two hands, and lost by no death of the process."""

from __future__ import annotations

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Door, Permission, Role
from suitebridge.domain.records import Direction
from suitebridge.ports.inbox import Errand
from suitebridge.ports.runs import Run, RunState
from suitebridge.runs.pushing import SavedRecord, receive_push
from suitebridge.runs.receiving import (
    ErrandReport,
    RecordRequest,
    ask_for_record,
    report_errand,
    take_at_rest,
    ways_of,
)
from suitebridge.runs.steering import Steering, steer
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.kpoints import Fuse
from tests.fakes.runs import Firm, enter_time, furnish, marked

TIME = "export_time_entries"
SETUP = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")


def furnished() -> Firm:
    firm = Firm()
    furnish(firm)
    firm.run(*SETUP)
    return firm


def ask(firm: Firm, record_type: str, record_id: str, direction: Direction | None = None) -> Errand:
    request = RecordRequest(record_type=record_type, record_id=record_id, direction=direction)
    return ask_for_record(firm.store, CATALOG, request, user=firm.user, door=Door.CONSOLE, clock=firm.clock)


def take(firm: Firm) -> Run | None:
    return take_at_rest(firm.store, CATALOG, clock=firm.clock, chance=firm.chance)


def reported(firm: Firm, errand: Errand) -> ErrandReport:
    found = firm.store.inbox.get(errand.id)
    assert found is not None
    return report_errand(firm.store, CATALOG, found)


def kinds(report: ErrandReport) -> list[OutcomeKind]:
    return [one.outcome.kind for one in report.outcomes]


def test_one_record_is_exported_at_once_where_no_run_is_at_work() -> None:
    firm = furnished()
    first, second = enter_time(firm, 2)

    errand = ask(firm, "time_entry", first)
    assert ask(firm, "time_entry", first).id == errand.id
    run = take(firm)
    assert run is not None
    assert take(firm) is None
    report = firm.carry_out(run)

    assert (report.run.state, report.run.is_errand, report.run.started_by) == (
        RunState.COMPLETED,
        True,
        firm.user.name,
    )
    assert kinds(reported(firm, errand)) == [OutcomeKind.CREATED]
    assert len(firm.netsuite.stored("timeBill")) == 1
    assert firm.record("time_entry", second)["netsuite_id"] is None
    told = [(entry.event, entry.door) for entry in firm.store.trail.newest(limit=50) if entry.event.startswith("re")]
    assert ("record:asked", Door.CONSOLE.value) in told


def test_one_record_is_imported_by_its_counterpart_and_no_watermark_moves() -> None:
    firm = furnished()
    (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
    before = firm.store.runs.watermark("import_customers")
    netsuite_id = str(firm.record("customer", customer)["netsuite_id"])
    firm.netsuite.change("customer", netsuite_id, entityId="Straße & Töchter")

    errand = ask(firm, "customer", customer)
    run = take(firm)
    assert run is not None
    firm.carry_out(run)

    assert (errand.asked.direction, errand.asked.record_id) == (Direction.IMPORT, netsuite_id)
    assert kinds(reported(firm, errand)) == [OutcomeKind.UPDATED]
    assert firm.record("customer", customer)["name"] == "Straße & Töchter"
    assert firm.store.runs.watermark("import_customers") == before


@pytest.mark.fault("F72")
def test_f72_a_run_and_single_records_leave_one_write_and_the_last_state() -> None:
    """F72: manual, scheduled and real-time hit one record; what waits is carried over between two batches of the run."""
    firm = furnished()
    entries = enter_time(firm, 3)
    run = firm.ask(TIME)
    errands = [ask(firm, "time_entry", entry) for entry in entries[:2]]
    assert take(firm) is None  # a run waits its turn, and will take them

    report = firm.carry_out(run)

    assert [kinds(reported(firm, one)) for one in errands] == [[OutcomeKind.CREATED]] * 2
    assert report.total.of(OutcomeKind.CREATED) == 1
    assert report.total.adds_up
    assert len(firm.netsuite.stored("timeBill")) == 3
    own = reported(firm, errands[0]).run
    assert own is not None
    assert (own.state, own.number > run.number) == (RunState.COMPLETED, True)


@pytest.mark.parametrize("instant", range(1, 64))
def test_a_process_that_dies_at_any_instant_loses_no_errand_and_writes_nothing_twice(instant: int) -> None:
    """F72 with kill -9: the errand, its run and the run around it are found again, whichever goes on first."""
    firm = furnished()
    entries = enter_time(firm, 2)
    outer = firm.ask(TIME)
    firm.burn(Fuse(dies_at=instant))
    errand = None
    try:
        errand = ask(firm, "time_entry", entries[0])
        firm.carry_out(outer)
    except ProcessDiedError:
        pass
    firm.burn(Fuse())

    for _ in range(3):
        take(firm)
        for run in firm.store.runs.unfinished():
            firm.go_on(run)

    assert sorted(one.external_id for one in firm.netsuite.stored("timeBill")) == sorted(
        f"sb_acme0001_time_entry_{entry}" for entry in entries
    )
    assert all(firm.record("time_entry", entry)["netsuite_id"] for entry in entries)
    assert firm.store.inbox.waiting(limit=1) == []
    assert all(firm.report(run).total.adds_up for run in firm.store.runs.newest(limit=9))
    if errand is not None:
        assert kinds(reported(firm, errand))
    assert firm.store.trail.verify().first_broken == 0


def test_a_run_that_rests_holds_no_errand_up() -> None:
    firm = furnished()
    (entry,) = enter_time(firm, 1)
    run = firm.ask("import_customers")
    steer(firm.store, run, Steering.PAUSE, user=firm.user, door=Door.CONSOLE)
    firm.carry_out(run)
    ask(firm, "time_entry", entry)
    assert take(firm) is not None


def test_errands_of_two_people_are_taken_by_two_runs() -> None:
    firm = furnished()
    first, second = enter_time(firm, 2)
    errand = ask(firm, "time_entry", first)
    operator = Role(name="Operator", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.MODIFY_RECORDS}))
    firm.store.roles.save(operator, was=None, reason="", stamp=firm.stamp)
    other = firm.store.people.add(
        user_id="bob", first="Bob", last="", email="", role=operator, password=None, stamp=firm.stamp
    )
    request = RecordRequest(record_type="time_entry", record_id=second)
    theirs = ask_for_record(firm.store, CATALOG, request, user=other, door=Door.API, clock=firm.clock)
    for _ in range(2):
        run = take(firm)
        assert run is not None
        firm.carry_out(run)
    runs = [reported(firm, one).run for one in (errand, theirs)]
    assert [run.owner_name for run in runs if run is not None] == [firm.user.name, other.name]


def test_an_errand_without_an_owner_is_closed_with_the_reason() -> None:
    firm = furnished()
    (entry,) = enter_time(firm, 1)
    errand = ask(firm, "time_entry", entry)
    firm.connect("TSTDRV2")
    assert take(firm) is None
    report = reported(firm, errand)
    assert report.problem is not None
    assert report.problem.code == "SB-CONN-002"
    assert report.run is None


def test_only_who_may_run_the_integration_asks() -> None:
    firm = furnished()
    (entry,) = enter_time(firm, 1)
    blind = Role(name="Blind", permissions=frozenset({Permission.RUN_INTEGRATION}))
    clerk = Role(name="Clerk", permissions=frozenset({Permission.VIEW_RECORDS}))
    request = RecordRequest(record_type="time_entry", record_id=entry)
    people = []
    for role in (blind, clerk):
        firm.store.roles.save(role, was=None, reason="", stamp=firm.stamp)
        people.append(
            firm.store.people.add(
                user_id=role.name, first="", last="", email="", role=role, password=None, stamp=firm.stamp
            )
        )
    with pytest.raises(RecordRefusedError) as unseen:
        ask_for_record(firm.store, CATALOG, request, user=people[0], door=Door.API, clock=firm.clock)
    assert "Your role does not show" in unseen.value.problem.cause
    with pytest.raises(RunStoppedError) as refused:
        ask_for_record(firm.store, CATALOG, request, user=people[1], door=Door.API, clock=firm.clock)
    assert refused.value.problem.code == "SB-AUTH-001"


def test_there_must_be_a_way_for_the_record() -> None:
    firm = furnished()
    (local,) = (firm.add("customer", name="Nobody Ltd"),)
    assert (ways_of(CATALOG, "customer"), ways_of(CATALOG, "time_entry"), ways_of(CATALOG, "task")) == (
        (Direction.IMPORT,),
        (Direction.EXPORT,),
        (),
    )
    for record_type, record_id, direction, said in (
        ("task", "1", None, "No workflow carries"),
        ("customer", local, Direction.EXPORT, "No workflow carries"),
        ("customer", local, None, "carries no NetSuite ID"),
    ):
        with pytest.raises(RecordRefusedError) as refused:
            ask(firm, record_type, record_id, direction)
        assert said in refused.value.problem.cause
    with pytest.raises(LookupError, match="There is no record 4711"):
        ask(firm, "customer", "4711")
    assert firm.store.inbox.newest(limit=1) == []


def push(firm: Firm, *saved: SavedRecord) -> list[Errand]:
    return list(receive_push(firm.store, CATALOG, saved, clock=firm.clock).values())


@pytest.mark.fault("F81")
def test_f81_pushes_that_come_twice_late_and_out_of_order_read_the_record_once_as_it_is() -> None:
    """F81: a push is a hint; whatever versions it tells, the record is read anew, once, and its last state stands."""
    firm = furnished()
    (netsuite_id,) = [one.id for one in firm.netsuite.stored("customer")]
    firm.netsuite.change("customer", netsuite_id, entityId="Later")
    saved = [
        SavedRecord(record_type="customer", record_id=netsuite_id, version=version)
        for version in ("2026-03-02 10:00:00", "2026-03-02 09:00:00", "2026-03-02 10:00:00")
    ]
    errands = push(firm, *saved, SavedRecord(record_type="folder", record_id="1"))
    assert {one.id for one in errands} == {errands[0].id}
    run = take(firm)
    assert run is not None
    assert (run.started_by, run.owner_name) == ("real-time", firm.user.name)
    firm.carry_out(run)
    (late,) = push(firm, saved[1])
    again = take(firm)
    assert again is not None
    firm.carry_out(again)

    assert kinds(reported(firm, errands[0])) == [OutcomeKind.UPDATED]
    assert kinds(reported(firm, late)) == [OutcomeKind.UNCHANGED]
    assert firm.store.records.find("customer", "name", ["Later"])["Later"]


def test_r06_the_next_run_finds_what_a_push_missed() -> None:
    """R06: one of two saves is pushed; the watermark has not moved, so that the run reads both."""
    firm = furnished()
    other = firm.netsuite.add("customer", **marked(entityId="Other", stage="Customer", currency="1"))
    firm.run("import_customers")
    (netsuite_id,) = [one.id for one in firm.netsuite.stored("customer") if one.id != other]
    firm.netsuite.pass_time(60)
    firm.netsuite.change("customer", netsuite_id, entityId="Pushed")
    firm.netsuite.change("customer", other, entityId="Missed")
    push(firm, SavedRecord(record_type="customer", record_id=netsuite_id))
    run = take(firm)
    assert run is not None
    firm.carry_out(run)
    assert not firm.store.records.find("customer", "name", ["Missed"])

    report = firm.run("import_customers")

    assert report.total.of(OutcomeKind.UPDATED) == 1
    assert firm.store.records.find("customer", "name", ["Missed"])["Missed"]


def test_what_is_saved_here_is_exported_in_the_name_of_who_configured_it() -> None:
    firm = furnished()
    firm.store.real_time.save_exports(frozenset({"time_entry"}), firm.stamp, version=0)
    (entry,) = enter_time(firm, 1)
    (errand,) = firm.store.inbox.waiting(limit=9)
    run = take(firm)
    assert run is not None
    firm.carry_out(run)
    assert (run.owner_name, errand.asked.record_id) == (firm.user.name, entry)
    assert kinds(reported(firm, errand)) == [OutcomeKind.CREATED]
    assert firm.store.inbox.waiting(limit=9) == []
