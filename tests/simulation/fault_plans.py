"""Fault plans that nobody has thought of: drawn by a seed over everything that the simulator can do wrong, several at once.

The real gateway and the simulator's own doors meet on the line in memory. A plan lies over runs of every workflow while people go on working on
both sides; afterwards the faults end, a person puts right what only a person can, and the next runs have to heal what is left.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from netsuite_simulator.faults import (
    AddRecord,
    BadCertificate,
    BlockIntegration,
    CertificatesEnd,
    ChangeZone,
    CompressedBomb,
    DeleteRecord,
    DisableFeature,
    EditRecord,
    EndlessJob,
    Fault,
    FieldsDropped,
    ForeignKeys,
    ForgedIdentity,
    HugeBody,
    LockRecord,
    LosePermission,
    Plan,
    RemoveField,
    RevokeTokens,
    RotateKeys,
    SandboxRefresh,
    SkewClock,
    UnknownHost,
    doors_of,
)
from netsuite_simulator.faults.kinds import HTTP_DOORS
from netsuite_simulator.features import Feature
from suitebridge.domain.errors import RunStoppedError
from tests.simulation import faults
from tests.simulation.actions import (
    EDITS,
    IMPORTS,
    choose_doors,
    enter_expenses,
    enter_invoice,
    enter_time,
)
from tests.simulation.histories import settle
from tests.simulation.invariants import WRITTEN, Watch
from tests.simulation.world import MARK, World, small_batches

ELSEWHERE = frozenset({BadCertificate, UnknownHost, RemoveField, ForeignKeys, ForgedIdentity, RotateKeys})
"""Met before anything is spoken, at TLS and at a proxy (tests/unit/adapters/transport); custom fields, of which this firm has none (tests/unit/runs/test_drift.py);
and the provider of identities, which no run asks (simulator/tests/oauth)."""

_JUST_TOO_LARGE = 65
_FEATURES = (
    Feature.SOAP_WEB_SERVICES,
    Feature.REST_WEB_SERVICES,
    Feature.TOKEN_BASED_AUTHENTICATION,
    Feature.TIME_TRACKING,
    Feature.EXPENSE_REPORTS,
    Feature.PROJECTS,
)
_ZONES = ("America/Los_Angeles", "Asia/Kolkata", "Pacific/Auckland")
_LOCKED = ("customer", "timeBill", "invoice")
_ROUNDS = 3
_MOST_AT_ONCE = 6

Draw = Callable[[World, random.Random], Fault | None]


def _upon(record_types: tuple[str, ...], make: Callable[[World, str, str], Fault]) -> Draw:
    """Draw a fault upon some record; None where there is none yet."""

    def draw(world: World, chance: random.Random) -> Fault | None:
        found = [(kind, one.id) for kind in record_types for one in world.stored(kind)]
        return make(world, *chance.choice(found)) if found else None

    return draw


def _delete(world: World, kind: str, number: str) -> Fault:
    (stored,) = [one for one in world.stored(kind) if one.id == number]
    world.ledger.deleted.add(str(stored.external_id))
    return DeleteRecord(type=kind, id=number)


OF_ACCOUNTS: Mapping[str, Draw] = {
    "huge body": lambda *_: HugeBody(mebibytes=_JUST_TOO_LARGE),
    "bomb": lambda *_: CompressedBomb(mebibytes=_JUST_TOO_LARGE),
    "fields dropped": lambda _, chance: FieldsDropped(fields=(chance.choice(["isBillable", "item", "memo2"]),)),
    "endless job": lambda *_: EndlessJob(),
    "tokens revoked": lambda *_: RevokeTokens(),
    "permission lost": lambda world, chance: LosePermission(
        permission=chance.choice(sorted(world.permissions)), role=world.role.name, level=chance.choice([0, 1])
    ),
    "integration blocked": lambda *_: BlockIntegration(),
    "feature off": lambda _, chance: DisableFeature(feature=chance.choice(_FEATURES)),
    "certificates end": lambda *_: CertificatesEnd(),
    # Forward only: NetSuite's own clock does not go back, and what the last run had read is told by it.
    "clock jumps": lambda _, chance: SkewClock(seconds=chance.choice([20.0, 600.0, 7_200.0])),
    "zone changes": lambda _, chance: ChangeZone(zone=chance.choice(_ZONES)),
    "record locked": _upon(_LOCKED, lambda _, kind, one: LockRecord(type=kind, id=one)),
    "record added": lambda world, _: AddRecord(
        type="customer", values={"entityId": (name := world.name("Somebody")), "companyName": name}
    ),
    "record edited": _upon(
        ("customer", "employee"), lambda _, kind, one: EditRecord(type=kind, id=one, values={"phone": "+49 30 1"})
    ),
    "record deleted": _upon(tuple(WRITTEN), _delete),
    "sandbox refreshed": lambda *_: SandboxRefresh(),
}


def _of_requests(draw: faults.Draw) -> Draw:
    return lambda _, chance: draw(chance)


DRAWS: Mapping[str, Draw] = {
    **{name: _of_requests(draw) for name, draw in faults.FAULTS.items()},
    **OF_ACCOUNTS,
}


def drawn_kinds() -> set[type[Fault]]:
    """Give every kind of fault that may be drawn."""
    chance = random.Random(1)
    with small_batches():
        world = World(1)
        try:
            world.run_to_rest(*IMPORTS)
            for _ in range(_ROUNDS):
                _work(world, chance)
            world.run_to_rest()
            return {type(fault) for draw in DRAWS.values() if (fault := draw(world, chance)) is not None}
        finally:
            world.close()


def lay(world: World, chance: random.Random) -> None:
    """Lay several faults over what comes next: any door, some later than others, some for a while and some for one request."""
    for _ in range(chance.randrange(1, _MOST_AT_ONCE + 1)):
        fault = DRAWS[chance.choice(list(DRAWS))](world, chance)
        if fault is None:
            continue
        later, lasting = chance.choice([None, None, None, 2.0, 60.0]), chance.choice([None, None, 30.0, 600.0])
        world.account.faults.plan(
            fault,
            door=chance.choice([None, None, *sorted(doors_of(type(fault)) & HTTP_DOORS)]),
            skip=chance.randrange(0, 20),
            times=chance.choice([1, 1, 1, 2, 5, 20]),
            after_seconds=later,
            for_seconds=lasting,
        )


def survived(seed: int) -> tuple[str, ...]:
    """Live through the plan of a seed; tell what is broken afterwards, and the plan that broke it. Nothing where all is well."""
    chance = random.Random(seed)
    with small_batches():
        world = World(seed)
        world.is_patient = seed % 2 == 0
        laid: list[Plan] = []
        try:
            broken = next(_live(world, chance, laid), "")
            return (f"seed {seed}: {broken}", *(f"  {plan}" for plan in laid)) if broken else ()
        finally:
            world.close()


def _live(world: World, chance: random.Random, laid: list[Plan]) -> Iterator[str]:
    watch = Watch(world)
    features = tuple(world.account.features)
    world.run_to_rest(*IMPORTS)
    for _ in range(_ROUNDS):
        choose_doors(world, chance)
        _work(world, chance)
        already = len(world.account.faults.plans)
        lay(world, chance)
        laid += world.account.faults.plans[already:]
        try:
            world.run_to_rest()
        except RunStoppedError as error:
            # The house may refuse to begin, with a reason.
            if not error.problem.remedy:
                yield f"{error.problem.code} names no remedy"
        yield from watch.broken()
    _repair(world, features)
    yield from settle(world, watch)
    for kind in WRITTEN:
        counted = Counter(one.external_id for one in world.stored(kind) if one.external_id)
        yield from (f"I2: {count} records {kind} under {which}" for which, count in counted.items() if count > 1)


def _work(world: World, chance: random.Random) -> None:
    for enter in (enter_time, enter_expenses, enter_invoice):
        enter(world, chance)
    for name in chance.choices(list(EDITS), k=3):
        EDITS[name].act(world, chance)


def _repair(world: World, features: tuple[Feature, ...]) -> None:
    """Let administrators of the account take back what they did to it."""
    account = world.account
    account.faults.clear()
    account.features.choose(features)
    for integration in account.integrations:
        account.integrations.enable(integration)
    for stored in world.stored("customer"):
        # Somebody's customer may have become the parent of a project: it is marked as the others are, and named as none of them.
        if not stored.values.get(MARK):
            name = world.name("Customer")
            firm: dict[str, Any] = {"subsidiary": world.subsidiary, "currency": world.euro, MARK: True}
            account.bump("customer", stored.id, stage="Customer", entityId=name, companyName=name, **firm)
    for kind in _LOCKED:
        for stored in world.stored(kind):
            account.troubles.unlock(kind, stored.id)
