"""What can be made to go wrong with the next requests, and the plans that say when.

Faults are values; `faces.admission` and the doors act them out. Plans come from Python, the admin endpoint or a file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

import msgspec


@dataclass(frozen=True, slots=True, kw_only=True)
class Latency:
    """The answer takes longer; the request keeps its place in the concurrency count meanwhile."""

    seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Throttle:
    """Refused as if the concurrency limit were reached."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Maintenance:
    """Refused with the maintenance text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionReset:
    """The connection breaks before anything is done."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeoutAfterCommit:
    """Everything is done and kept, and no answer ever comes; `hold_seconds` keeps the line open so long."""

    hold_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class LateCommit:
    """The connection breaks first, and the work is done so much later."""

    delay_seconds: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class TruncatedBody:
    """Everything is done, and only a part of the answer arrives."""

    keep: float = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class HtmlPage:
    """A web page instead of an answer, nothing done."""

    status: int = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerError:
    """A gateway's 5xx instead of an answer; `after_commit` says whether the work was done first."""

    status: int = 502
    after_commit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class InvalidLogin:
    """Refused as an invalid login, as overload may do (reference §2.6), after so many seconds."""

    after_seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowDrip:
    """The answer arrives in pieces over so many seconds."""

    seconds: float = 2.0
    pieces: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderedAnswers:
    """A list operation answers its records in reverse order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswers:
    """A list operation does everything and leaves out its last answers."""

    missing: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSubmitFailed:
    """The records are saved, and a script fails afterward: each answers with afterSubmitFailed (reference §4.8)."""


Fault = (
    Latency
    | Throttle
    | Maintenance
    | ConnectionReset
    | TimeoutAfterCommit
    | LateCommit
    | TruncatedBody
    | HtmlPage
    | ServerError
    | InvalidLogin
    | SlowDrip
    | ReorderedAnswers
    | ShortAnswers
    | AfterSubmitFailed
)
FAULTS: Mapping[str, type[Fault]] = {
    kind.__name__: kind
    for kind in (
        Latency,
        Throttle,
        Maintenance,
        ConnectionReset,
        TimeoutAfterCommit,
        LateCommit,
        TruncatedBody,
        HtmlPage,
        ServerError,
        InvalidLogin,
        SlowDrip,
        ReorderedAnswers,
        ShortAnswers,
        AfterSubmitFailed,
    )
}


class UnknownFaultError(ValueError):
    """A plan names a fault, or a property of one, that does not exist."""


@dataclass(slots=True, kw_only=True)
class Plan:
    """A fault waiting: it meets `times` requests of the door and operation (None is any), after letting `skip` pass."""

    fault: Fault
    door: str | None = None
    operation: str | None = None
    times: int = 1
    skip: int = 0

    def meets(self, door: str, operation: str) -> bool:
        """Whether a request is one the plan is for."""
        return self.door in (None, door) and self.operation in (None, operation)


class Faults:
    """The plans of an account, met in the order they were made."""

    def __init__(self) -> None:
        self.plans: list[Plan] = []

    def plan(
        self, fault: Fault, *, door: str | None = None, operation: str | None = None, times: int = 1, skip: int = 0
    ) -> None:
        """Plan a fault."""
        self.plans.append(Plan(fault=fault, door=door, operation=operation, times=times, skip=skip))

    def take(self, door: str, operation: str) -> Fault | None:
        """Return the fault the next request meets, and count it."""
        for plan in self.plans:
            if not plan.meets(door, operation):
                continue
            if plan.skip > 0:
                plan.skip -= 1
                continue
            plan.times -= 1
            if plan.times <= 0:
                self.plans.remove(plan)
            return plan.fault
        return None

    def clear(self) -> None:
        """Forget every plan."""
        self.plans.clear()


def fault_of(document: Mapping[str, object]) -> Plan:
    """Read a plan: {"fault": "Latency", "seconds": 2, "door": "soap", "operation": "upsertList", "times": 3}."""
    name = str(document.get("fault"))
    kind = FAULTS.get(name)
    if kind is None:
        raise UnknownFaultError(f"there is no fault {name}; there are {', '.join(FAULTS)}")
    of_fault = {field.name for field in fields(kind)}
    of_plan = {field.name for field in fields(Plan)} - {"fault"}
    unknown = document.keys() - of_fault - of_plan - {"fault"}
    if unknown:
        raise UnknownFaultError(
            f"{name} has no {', '.join(sorted(unknown))}; it has {', '.join(sorted(of_fault)) or 'nothing'}"
        )
    try:
        fault = msgspec.convert({key: document[key] for key in document.keys() & of_fault}, kind)
        plan = msgspec.convert({key: document[key] for key in document.keys() & of_plan}, _PlanDocument)
    except msgspec.ValidationError as error:
        raise UnknownFaultError(f"{name}: {error}") from error
    return Plan(fault=fault, door=plan.door, operation=plan.operation, times=plan.times, skip=plan.skip)


def document_of(plan: Plan) -> dict[str, object]:
    """Write a plan as `fault_of` reads it."""
    own = {field.name: getattr(plan.fault, field.name) for field in fields(plan.fault)}
    return {
        "fault": type(plan.fault).__name__,
        **own,
        "door": plan.door,
        "operation": plan.operation,
        "times": plan.times,
        "skip": plan.skip,
    }


class _PlanDocument(msgspec.Struct):
    door: str | None = None
    operation: str | None = None
    times: int = 1
    skip: int = 0
