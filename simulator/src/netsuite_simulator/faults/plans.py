"""Plans: which requests meet a fault, by door, operation, record type, count and the account's time.

Refuses to know how a fault is acted out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from netsuite_simulator.clock import Clock
from netsuite_simulator.faults.connections import StalledUpload
from netsuite_simulator.faults.kinds import DOORS, UPHEAVALS, Fault, Upheaval, doors_of
from netsuite_simulator.faults.weather import Weather

ALWAYS = 0  # as `times`: no number of requests ends the plan

Types = Callable[[], Collection[str]]


class PlanError(ValueError):
    """A plan that no request could ever meet."""


def _no_types() -> Collection[str]:
    return ()


@dataclass(slots=True, kw_only=True)
class Plan:
    """A fault waiting: it meets `times` requests of the door, operation and record type (None is any), after letting
    `skip` pass, from the instant `at` until `until` of the account's clock.
    """

    fault: Fault
    door: str | None = None
    operation: str | None = None
    record_type: str | None = None
    times: int = 1
    skip: int = 0
    at: datetime | None = None
    until: datetime | None = None

    def meets(self, door: str, operation: str, types: Types, now: datetime) -> bool:
        """Whether a request is one the plan is for."""
        return (
            self.door in (None, door)
            and door in doors_of(type(self.fault))
            and self.operation in (None, operation)
            and (self.at is None or now >= self.at)
            and (self.until is None or now < self.until)
            and (self.record_type is None or self.record_type.lower() in {one.lower() for one in types()})
        )

    @property
    def is_of_requests(self) -> bool:
        """Whether an admitted request meets it: it neither changes the account nor comes before the request is read."""
        return not isinstance(self.fault, (*UPHEAVALS, StalledUpload))


class Faults:
    """The plans of an account, met in the order they were made, and the weather that comes where no plan does."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self.plans: list[Plan] = []
        self.weather: Weather | None = None
        self.act: Callable[[Upheaval], str | None] | None = (
            None  # how an upheaval is brought about, set by who serves it
        )

    def plan(  # noqa: PLR0913 - a plan has this many sides
        self,
        fault: Fault,
        *,
        door: str | None = None,
        operation: str | None = None,
        record_type: str | None = None,
        times: int = 1,
        skip: int = 0,
        after_seconds: float | None = None,
        for_seconds: float | None = None,
    ) -> Plan:
        """Plan a fault; the seconds count from now, by the account's clock."""
        now = self._clock.now()
        start = now + timedelta(seconds=after_seconds or 0)
        return self.add(
            Plan(
                fault=fault,
                door=door,
                operation=operation,
                record_type=record_type,
                times=times,
                skip=skip,
                at=None if after_seconds is None else start,
                until=None if for_seconds is None else start + timedelta(seconds=for_seconds),
            )
        )

    def add(self, plan: Plan) -> Plan:
        """Add a plan; it raises `PlanError` where no request could meet it."""
        name = type(plan.fault).__name__
        met_at = doors_of(type(plan.fault))
        if plan.door is not None and plan.door not in met_at:
            what = f"{name} is never met at the door {plan.door}" if plan.door in DOORS else f"no door {plan.door}"
            raise PlanError(f"{what}: leave door out, or name one of {', '.join(sorted(met_at))}")
        if plan.times < 0 or plan.skip < 0:
            raise PlanError(f"{name}: times and skip are whole numbers from 0; times 0 means every request")
        if plan.at is not None and plan.until is not None and plan.until <= plan.at:
            raise PlanError(f"{name} ends at {plan.until} and begins at {plan.at}: let it end later")
        self.plans.append(plan)
        return plan

    def take(self, door: str, operation: str, types: Types = _no_types) -> Fault | None:
        """Return the fault the next request meets, and count it."""
        now = self._clock.now()
        for plan in tuple(self.plans):
            if plan.is_of_requests and plan.meets(door, operation, types, now) and self._is_counted(plan):
                return plan.fault
        return None if self.weather is None else self.weather.draw(door, operation)

    def stalled(self, door: str, operation: str) -> StalledUpload | None:
        """Return the fault of a request whose body is not to be read, and count it; no record type is known of it."""
        now = self._clock.now()
        for plan in tuple(self.plans):
            fault = plan.fault
            if (
                isinstance(fault, StalledUpload)
                and plan.meets(door, operation, _no_types, now)
                and self._is_counted(plan)
            ):
                return fault
        return None

    def upheavals(self, door: str, operation: str, types: Types = _no_types) -> list[Upheaval]:
        """Return what changes the account right before the next request, and count it."""
        now = self._clock.now()
        return [
            plan.fault
            for plan in tuple(self.plans)
            if isinstance(plan.fault, UPHEAVALS) and plan.meets(door, operation, types, now) and self._is_counted(plan)
        ]

    def bring(self, upheaval: Upheaval) -> str | None:
        """Change the account; return why it could not be changed, where it could not."""
        if self.act is None:
            raise PlanError("the account is not served, so nothing changes it from outside: edit it in Python")
        return self.act(upheaval)

    def _is_counted(self, plan: Plan) -> bool:
        """Count a request that a plan meets; whether it meets the fault."""
        if plan.skip > 0:
            plan.skip -= 1
            return False
        if plan.times != ALWAYS:
            plan.times -= 1
            if plan.times == ALWAYS:
                self.plans.remove(plan)
        return True

    def waits_for(self, kind: type[Fault]) -> bool:
        """Whether a plan may bring a kind of fault."""
        return any(isinstance(plan.fault, kind) for plan in self.plans)

    def follow(self, plans: Iterable[Plan], weather: Weather | None) -> None:
        """Take over what a script plans; its weather ends the present one, where it has any."""
        for plan in plans:
            self.add(plan)
        self.weather = weather or self.weather

    def clear(self) -> None:
        """Forget every plan, and end the weather."""
        self.plans.clear()
        self.weather = None
