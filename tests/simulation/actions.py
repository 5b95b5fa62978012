"""What people, machines and misfortune do in a history: one line of a table for each, with how often it comes.

An action draws everything it needs from the chance it is given, and finds its objects in the world as it is then: so a history keeps its meaning
when actions are taken out of it. What has no object does nothing.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from netsuite_simulator.faults import ChangeZone, LosePermission
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door
from suitebridge.domain.records import Direction
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.steering import Steering, steer, steerings
from tests.fakes.kpoints import CARRYING, WAITING, Fuse, Moment
from tests.fakes.standard import STANDARD as CATALOG
from tests.simulation.automations import (
    ask_for_one,
    choose_exports_on_save,
    delete_in_workspace,
    push,
    set_schedule,
    stand_still,
)
from tests.simulation.faults import FAULTS
from tests.simulation.world import World, amount

Act = Callable[[World, random.Random], None]

EXPORTS = tuple(name for name, one in CATALOG.items() if one.direction is Direction.EXPORT)
IMPORTS = tuple(name for name, one in CATALOG.items() if one.direction is Direction.IMPORT)
_ZONES = ("America/Los_Angeles", "Europe/Berlin", "Asia/Kolkata", "Pacific/Auckland")
_DAY = date(2026, 3, 2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """One kind of action: how often it comes among the others, and whether it is a fault."""

    act: Act
    weight: int
    is_fault: bool = False
    is_edit: bool = False


# --- edits on the NetSuite side ---


def add_in_netsuite(world: World, chance: random.Random) -> None:
    chance.choice([world.add_customer, world.add_employee, world.add_job])()


def edit_in_netsuite(world: World, chance: random.Random) -> None:
    kind = chance.choice(["customer", "employee"])
    if found := world.stored(kind):
        world.account.bump(kind, chance.choice(found).id, phone=f"+49 {chance.randrange(10**6)}")


def rename_in_netsuite(world: World, chance: random.Random) -> None:
    name = world.name("Renamed")
    if found := world.stored("customer"):
        world.account.bump("customer", chance.choice(found).id, entityId=name, companyName=name)


def retire_in_netsuite(world: World, chance: random.Random) -> None:
    kind = chance.choice(["customer", "employee", "job"])
    found = world.stored(kind)
    if len(found) > 1:
        world.account.bump(kind, chance.choice(found).id, isInactive=chance.random() < 0.7)


def delete_written_in_netsuite(world: World, chance: random.Random) -> None:
    kind = chance.choice(["timeBill", "expenseReport", "invoice"])
    if found := world.stored(kind):
        gone = chance.choice(found)
        world.account.remove(kind, gone.id)
        world.ledger.deleted.add(str(gone.external_id))


# --- edits on the workspace side ---


def enter_time(world: World, chance: random.Random) -> None:
    employee, project, service = (_one(world, kind, chance) for kind in ("employee", "project", "service"))
    if not (employee and project and service):
        return
    day = _DAY + timedelta(days=chance.randrange(28))
    sheet = world.add("timesheet", name=f"Week of {day}", employee=employee, starts=day, status=chance.choice("AAAS"))
    for _ in range(chance.randrange(1, 5)):
        world.add(
            "time_entry",
            timesheet=sheet,
            employee=employee,
            project=project,
            service=service,
            date=day,
            hours=Decimal(chance.randrange(1, 32)) / 4,
            billable=chance.random() < 0.5,
            notes=world.name("Entry"),
        )


def enter_expenses(world: World, chance: random.Random) -> None:
    employee, item = _one(world, "employee", chance), _one(world, "expense_item", chance)
    if not (employee and item):
        return
    name = world.name("Report")
    report = world.add(
        "expense_report", number=name, name=name, employee=employee, currency="EUR", date=_DAY, status="A"
    )
    for _ in range(chance.randrange(1, 4)):
        world.add(
            "receipt",
            expense_report=report,
            expense_item=item,
            date=_DAY,
            quantity=Decimal(1),
            total=amount(chance),
        )


def enter_invoice(world: World, chance: random.Random) -> None:
    customer, service = _one(world, "customer", chance), _one(world, "service", chance)
    if not (customer and service):
        return
    totals = [amount(chance) for _ in range(chance.randrange(1, 4))]
    name = world.name("Invoice")
    number = world.add(
        "invoice",
        number=name,
        notes=name,
        customer=customer,
        date=_DAY,
        currency="EUR",
        status="A",
        total=sum(totals, Decimal(0)),
    )
    for total in totals:
        world.add("charge", invoice=number, type="T", service=service, quantity=Decimal(1), rate=total, total=total)


def approve_time(world: World, chance: random.Random) -> None:
    waiting = [
        str(number)
        for (kind, number), (_, fields) in world.store.state.records.items()
        if kind == "timesheet" and fields.get("status") == "S"
    ]
    if waiting:
        world.change("timesheet", chance.choice(waiting), status="A")


def edit_in_workspace(world: World, chance: random.Random) -> None:
    if customer := _one(world, "customer", chance):
        world.change("customer", customer, phone=f"+1 {chance.randrange(10**6)}")


def _one(world: World, kind: str, chance: random.Random) -> str:
    """Choose a workspace record that NetSuite knows."""
    known = [
        str(number)
        for (name, number), (_, fields) in world.store.state.records.items()
        if name == kind and fields.get("netsuite_id")
    ]
    return chance.choice(known) if known else ""


# --- runs ---


def run(world: World, chance: random.Random) -> None:
    _asked(world, *_some(chance))
    world.work()


def run_exports(world: World, chance: random.Random) -> None:
    _asked(world, *EXPORTS)
    world.work()


def run_in_full(world: World, chance: random.Random) -> None:
    _asked(world, *_some(chance), is_full=True)
    world.work()


def work_on(world: World, chance: random.Random) -> None:
    world.work()


def retry(world: World, chance: random.Random) -> None:
    runs = world.store.runs.newest(limit=5)
    if not runs:
        return
    request = RetryRequest(run=chance.choice(list(runs)))
    try:
        for _ in range(2):  # pressed twice
            ask_for_retry(
                world.store,
                CATALOG,
                request,
                user=world.user,
                door=Door.CONSOLE,
                clock=world.clock,
                chance=world.chance,
            )
    except RunStoppedError:
        return
    world.work()


def steer_some_run(world: World, chance: random.Random) -> None:
    for one in world.store.runs.unfinished():
        if possible := steerings(one):
            steer(world.store, one, chance.choice(possible), user=world.user, door=Door.CONSOLE)


def resume_all(world: World, chance: random.Random) -> None:
    for one in world.store.runs.unfinished():
        if Steering.RESUME in steerings(one):
            steer(world.store, one, Steering.RESUME, user=world.user, door=Door.CONSOLE)
    world.work()


def _asked(world: World, *workflows: str, is_full: bool = False) -> None:
    world.ask(*workflows, is_full=is_full)


def _some(chance: random.Random) -> tuple[str, ...]:
    return tuple(name for name in CATALOG if chance.random() < 0.4) or ("import_customers",)


# --- time, doors and backups ---


def wait_minutes(world: World, chance: random.Random) -> None:
    world.loop.let_pass(60.0 * chance.randrange(1, 30))


def wait_days(world: World, chance: random.Random) -> None:
    world.loop.let_pass(86_400.0 * chance.randrange(1, 4))


def choose_doors(world: World, chance: random.Random) -> None:
    switches = frozenset({Switch.REST_DOORS}) if chance.random() < 0.5 else frozenset[Switch]()
    world.store.connections.save_switches(switches, world.stamp)


def back_up(world: World, chance: random.Random) -> None:
    world.backup = world.back_up()


def restore(world: World, chance: random.Random) -> None:
    if world.backup is not None:
        world.restore(world.backup)
        world.sign_in()  # the credentials of today, which a backup of yesterday may not know
        world.backup = None


# --- what goes wrong ---


def meet_fault(world: World, chance: random.Random) -> None:
    fault = FAULTS[chance.choice(list(FAULTS))](chance)
    world.account.faults.plan(fault, skip=chance.randrange(0, 8), times=chance.choice([1, 1, 1, 2, 4]))


def die_at_k_point(world: World, chance: random.Random) -> None:
    point = chance.choice((*CARRYING, *WAITING) if world.is_patient else CARRYING)
    world.doom(Fuse(point=point.name, moment=chance.choice(point.moments), skips=chance.randrange(3)))


def die_at_request(world: World, chance: random.Random) -> None:
    world.doom(Fuse(point="request", moment=chance.choice(list(Moment)), skips=chance.randrange(12)))


def die_somewhere(world: World, chance: random.Random) -> None:
    world.doom(Fuse(dies_at=chance.randrange(1, 150)))


def meddle(world: World, chance: random.Random) -> None:
    """Let somebody do something in the middle of the next run."""
    name = chance.choice(list(MEDDLING))
    own = random.Random(chance.random())
    world.fuse.meanwhile[len(world.fuse.passed) + chance.randrange(1, 60)] = lambda: MEDDLING[name](world, own)


def revoke_token(world: World, chance: random.Random) -> None:
    world.account.revoke(world.token)


def connect_again(world: World, chance: random.Random) -> None:
    world.reconnect()


def lose_permission(world: World, chance: random.Random) -> None:
    world.account.faults.bring(
        LosePermission(permission=chance.choice(sorted(world.permissions)), role=world.role.name)
    )


def regain_permissions(world: World, chance: random.Random) -> None:
    world.regain_permissions()


def jump_clock(world: World, chance: random.Random) -> None:
    world.clock.offset_seconds = chance.choice([-7200.0, -240.0, -30.0, 0.0, 30.0, 240.0, 7200.0])


def change_zone(world: World, chance: random.Random) -> None:
    world.account.faults.bring(ChangeZone(zone=chance.choice(_ZONES)))


def calm_down(world: World, chance: random.Random) -> None:
    world.calm_down()


EDITS: Mapping[str, Action] = {
    "add in NetSuite": Action(act=add_in_netsuite, weight=8, is_edit=True),
    "edit in NetSuite": Action(act=edit_in_netsuite, weight=8, is_edit=True),
    "rename in NetSuite": Action(act=rename_in_netsuite, weight=3, is_edit=True),
    "retire in NetSuite": Action(act=retire_in_netsuite, weight=2, is_edit=True),
    "delete in NetSuite": Action(act=delete_written_in_netsuite, weight=1, is_edit=True),
    "enter time": Action(act=enter_time, weight=10, is_edit=True),
    "enter expenses": Action(act=enter_expenses, weight=6, is_edit=True),
    "enter invoice": Action(act=enter_invoice, weight=6, is_edit=True),
    "approve time": Action(act=approve_time, weight=4, is_edit=True),
    "edit in the workspace": Action(act=edit_in_workspace, weight=4, is_edit=True),
    "delete in the workspace": Action(act=delete_in_workspace, weight=1, is_edit=True),
}

MEDDLING: Mapping[str, Act] = {
    **{name: action.act for name, action in EDITS.items()},
    "steer": steer_some_run,
    "revoke": revoke_token,
    "doors": choose_doors,
}

ACTIONS: Mapping[str, Action] = {
    **EDITS,
    "run": Action(act=run, weight=12),
    "run exports": Action(act=run_exports, weight=4),
    "run in full": Action(act=run_in_full, weight=1),
    "work on": Action(act=work_on, weight=8),
    "retry": Action(act=retry, weight=2),
    "resume": Action(act=resume_all, weight=2),
    "set a schedule": Action(act=set_schedule, weight=1),
    "ask for one record": Action(act=ask_for_one, weight=4),
    "push": Action(act=push, weight=3),
    "choose exports on save": Action(act=choose_exports_on_save, weight=1),
    "stand still": Action(act=stand_still, weight=3, is_fault=True),
    "wait minutes": Action(act=wait_minutes, weight=6),
    "wait days": Action(act=wait_days, weight=1),
    "choose doors": Action(act=choose_doors, weight=1),
    "back up": Action(act=back_up, weight=1),
    "calm down": Action(act=calm_down, weight=2),
    "meddle": Action(act=meddle, weight=4),
    "meet fault": Action(act=meet_fault, weight=14, is_fault=True),
    "die at a K-point": Action(act=die_at_k_point, weight=5, is_fault=True),
    "die at a request": Action(act=die_at_request, weight=3, is_fault=True),
    "die somewhere": Action(act=die_somewhere, weight=2, is_fault=True),
    "revoke token": Action(act=revoke_token, weight=1, is_fault=True),
    "connect again": Action(act=connect_again, weight=4),
    "lose permission": Action(act=lose_permission, weight=1, is_fault=True),
    "regain permissions": Action(act=regain_permissions, weight=4),
    "jump clock": Action(act=jump_clock, weight=1, is_fault=True),
    "change zone": Action(act=change_zone, weight=1, is_fault=True),
    "restore": Action(act=restore, weight=1, is_fault=True),
}
"""Every action of a history. A new feature joins with one line here, a new fault of requests with one in `faults.py`."""
