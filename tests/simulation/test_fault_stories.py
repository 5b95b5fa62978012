"""One fault at a time, where it hurts most: while records are written. Whatever happened, each record is there once in the end."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from netsuite_simulator.faults import (
    ConnectionRefused,
    ConnectionReset,
    CutOff,
    DeleteRecord,
    EditRecord,
    Fault,
    HtmlPage,
    InvalidLogin,
    LateCommit,
    LockRecord,
    LongAnswers,
    LosePermission,
    Maintenance,
    MalformedBody,
    NoIdentity,
    RejectedRecords,
    ReorderedAnswers,
    RevokeTokens,
    ServerError,
    ShortAnswers,
    StalledUpload,
    Throttle,
    TimeoutAfterCommit,
    TruncatedBody,
)
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.values import Value
from suitebridge.ports.runs import ITSELF, RunState
from suitebridge.ports.transactions import NewRecord
from tests.simulation.actions import IMPORTS, enter_time
from tests.simulation.invariants import Watch, secrets_told, unsettled
from tests.simulation.world import World, small_batches

TIME = "export_time_entries"
ENTRIES = 8
LINES = 10_000


@pytest.fixture
def world() -> Iterator[World]:
    """Give a firm with approved time that NetSuite does not know yet."""
    with small_batches():
        made = World(1)
        made.run_to_rest(*IMPORTS)
        chance = random.Random(3)
        while len(entries(made)) < ENTRIES:
            enter_time(made, chance)
        for (kind, number), (_, fields) in list(made.store.state.records.items()):
            if kind == "timesheet" and fields["status"] != "A":
                made.change("timesheet", str(number), status="A")
        yield made
        made.close()


def entries(world: World) -> list[int]:
    return [number for kind, number in world.store.state.records if kind == "time_entry"]


def settle(world: World) -> None:
    """End the fault, let the runs go that may be needed, and require the state that no fault would have changed."""
    world.make_peace()
    for _ in range(2):
        world.loop.let_pass(3_600)
        world.run_to_rest()
    assert not [*Watch(world).broken(), *unsettled(world), *secrets_told(world)]
    assert len(world.stored("timeBill")) == len(entries(world))


@pytest.mark.parametrize("door", ["soap", "rest"])
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(ConnectionRefused(seconds=600), marks=pytest.mark.fault("F01")),
        pytest.param(StalledUpload(seconds=90), marks=pytest.mark.fault("F03")),
        pytest.param(TimeoutAfterCommit(hold_seconds=90), marks=pytest.mark.fault("F04")),
        pytest.param(TruncatedBody(resets=True), marks=pytest.mark.fault("F05")),
        pytest.param(ConnectionReset(), marks=pytest.mark.fault("F05")),
        pytest.param(MalformedBody(how="cut"), marks=pytest.mark.fault("F06")),
        pytest.param(MalformedBody(how="encoding"), marks=pytest.mark.fault("F06")),
        pytest.param(MalformedBody(how="wrong shape"), marks=pytest.mark.fault("F06")),
        pytest.param(HtmlPage(after_commit=True), marks=pytest.mark.fault("F07")),
        pytest.param(NoIdentity(), marks=pytest.mark.fault("F08")),
        pytest.param(ServerError(status=504, after_commit=True), marks=pytest.mark.fault("F12")),
        pytest.param(LateCommit(after_requests=2), marks=pytest.mark.fault("F13")),
        pytest.param(LateCommit(delay_seconds=30), marks=pytest.mark.fault("F13")),
        pytest.param(Throttle(retry_after_seconds=2), marks=pytest.mark.fault("F14", "F15")),
        pytest.param(InvalidLogin(), marks=pytest.mark.fault("F16")),
        pytest.param(Maintenance(), marks=pytest.mark.fault("F17")),
        pytest.param(CutOff(hold_seconds=1), marks=pytest.mark.fault("F19")),
        pytest.param(RevokeTokens(), marks=pytest.mark.fault("F21")),
        pytest.param(LosePermission(permission="LIST_TIME"), marks=pytest.mark.fault("F22")),
        pytest.param(RejectedRecords(every=2), marks=pytest.mark.fault("F30", "F38")),
        pytest.param(RejectedRecords(every=2, code="GREMLIN_SIGHTED"), marks=pytest.mark.fault("F30")),
        pytest.param(ReorderedAnswers(), marks=pytest.mark.fault("F31")),
        pytest.param(ShortAnswers(missing=2), marks=pytest.mark.fault("F31")),
        pytest.param(LongAnswers(extra=2), marks=pytest.mark.fault("F31")),
    ],
    ids=repr,
)
def test_a_fault_while_records_are_written_costs_nothing(world: World, fault: Fault, door: str) -> None:
    if door == "rest":
        world.store.connections.save_switches(frozenset({Switch.REST_DOORS}), world.stamp)
    for meets, operation in (("soap", "upsertList"), ("rest", None)):
        world.account.faults.plan(fault, door=meets, operation=operation, skip=1)

    world.run_to_rest(TIME)

    assert len(world.account.faults.plans) == 1, "no request has met the fault"
    settle(world)


@pytest.mark.fault("F21")
@pytest.mark.parametrize(("door", "is_patient"), [("soap", True), ("rest", True), ("soap", False)])
def test_a_run_whose_token_is_revoked_rests_with_its_work_and_goes_on_with_new_credentials(
    world: World, door: str, *, is_patient: bool
) -> None:
    if door == "rest":
        world.store.connections.save_switches(frozenset({Switch.REST_DOORS}), world.stamp)
    world.is_patient = is_patient
    for meets, operation in (("soap", "upsertList"), ("rest", None)):
        world.account.faults.plan(RevokeTokens(), door=meets, operation=operation, skip=1)

    resting = world.run_to_rest(TIME)
    assert (resting.rests, resting.lacks_credentials, resting.halted_by) == (True, True, ITSELF)
    written, asked = {one.id for one in world.stored("timeBill")}, world.ledger.requests
    assert 0 < len(written) < len(entries(world))
    world.work()
    assert world.ledger.requests == asked, "a run that rests asks nothing"

    world.calm_down()
    world.reconnect()
    for _ in range(9):
        world.work()
    ended = world.store.runs.get(resting.id)
    assert ended is not None
    assert (ended.state, ended.problem_code) == (RunState.COMPLETED, "")
    assert written < {one.id for one in world.stored("timeBill")}
    assert sum(one.tally.considered for one in world.store.runs.progress(resting.id)) == len(entries(world))
    settle(world)


@pytest.mark.fault("F20", "F38")
def test_records_that_change_and_vanish_between_pages_are_missed_by_nobody(world: World) -> None:
    ids = [world.add_customer() for _ in range(9)]
    upheavals: tuple[Fault, ...] = (
        EditRecord(type="customer", id=ids[8], values={"phone": "+49 1"}),
        DeleteRecord(type="customer", id=ids[4]),
        EditRecord(type="customer", id=ids[0], values={"phone": "+49 2"}),
        LockRecord(type="customer", id=ids[6]),
    )
    for skip, upheaval in enumerate(upheavals):
        world.account.faults.plan(upheaval, door="suiteql", skip=skip)

    ended = world.run_to_rest("import_customers")

    assert ended.state is RunState.COMPLETED
    settle(world)


@pytest.mark.fault("F60")
@pytest.mark.parametrize("door", ["soap", "rest"])
def test_an_invoice_with_ten_thousand_lines_goes_over_in_one_request(world: World, door: str) -> None:
    if door == "rest":
        world.store.connections.save_switches(frozenset({Switch.REST_DOORS}), world.stamp)
    customer, service = (
        world.store.records.select(kind, None, after_id="", limit=1)[0][0] for kind in ("customer", "service")
    )
    number = world.add(
        "invoice",
        number="Long",
        notes="Long",
        customer=customer,
        date=date(2026, 3, 2),
        currency="EUR",
        status="A",
        total=Decimal(LINES),
    )
    line: dict[str, Value] = {
        "invoice": number,
        "type": "T",
        "service": service,
        "quantity": Decimal(1),
        "rate": Decimal(1),
    }
    with world.store.begin() as unit:
        charges = [
            NewRecord(type="charge", id=one, fields={**line, "total": Decimal(1)}) for one in unit.reserve_ids(LINES)
        ]
        unit.create_records(charges, world.stamp)

    ended = world.run_to_rest("export_invoices")

    assert ended.state is RunState.COMPLETED
    (written,) = world.stored("invoice")
    stored = world.account.get("invoice", internal_id=written.id)
    assert stored is not None
    lines = stored.values["item"]
    assert isinstance(lines, list | tuple)
    assert len(lines) == LINES
    assert world.ledger.writes == 1, "nothing was sent twice"


@pytest.mark.fault("F66", "F76")
def test_a_backup_of_before_sends_nothing_a_second_time(world: World) -> None:
    backup = world.back_up()
    world.run_to_rest(TIME)
    written = {one.id for one in world.stored("timeBill")}

    world.restore(backup)
    world.run_to_rest(TIME)

    assert {one.id for one in world.stored("timeBill")} == written
    settle(world)


@pytest.mark.fault("F38", "F57")
def test_a_text_that_is_too_long_fails_its_record_alone_with_the_reason(world: World) -> None:
    world.change("time_entry", str(entries(world)[0]), notes="long " * 2_000)

    ended = world.run_to_rest(TIME)

    assert ended.state is RunState.COMPLETED_WITH_ERRORS
    assert len(world.stored("timeBill")) == len(entries(world)) - 1
    (left,) = [one.outcome for one in world.store.runs.outcomes(ended.id) if one.outcome.problem is not None]
    assert left.problem is not None
    assert "memo" in left.problem.cause
