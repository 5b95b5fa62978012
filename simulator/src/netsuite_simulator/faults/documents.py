"""Plans and weather as documents, and back: what the admin end points and plan files speak.

    {"fault": "Latency", "seconds": 2, "door": "soap", "operation": "upsertList", "times": 3, "after_seconds": 60}

A value of the fault that has the name of one of the plan's is the fault's. Refuses to know files.
"""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import MISSING, fields
from datetime import UTC, datetime, timedelta

import msgspec

from netsuite_simulator.faults.kinds import FAULTS, Fault
from netsuite_simulator.faults.plans import Plan, PlanError
from netsuite_simulator.faults.weather import FAIR, Weather, WeatherError


class UnknownFaultError(ValueError):
    """A plan names a fault, or a property of one, that does not exist, or gives it a value it cannot have."""


class _PlanDocument(msgspec.Struct, forbid_unknown_fields=True):
    door: str | None = None
    operation: str | None = None
    record_type: str | None = None
    times: int = 1
    skip: int = 0
    at: datetime | None = None
    until: datetime | None = None
    after_seconds: float | None = None
    for_seconds: float | None = None


class _WeatherDocument(msgspec.Struct, forbid_unknown_fields=True):
    seed: int
    rate: float = 0.1
    faults: tuple[str, ...] = FAIR


_OF_PLAN = frozenset(_PlanDocument.__struct_fields__)


def fault_of(document: Mapping[str, object], now: datetime) -> Plan:
    """Read a plan; seconds count from `now`, the account's. It raises `UnknownFaultError`."""
    kind = _kind_of(document)
    name = kind.__name__
    of_fault = {one.name: one for one in fields(kind)}
    unknown = sorted(document.keys() - of_fault.keys() - _OF_PLAN - {"fault"})
    if unknown:
        known = [*of_fault, *sorted(_OF_PLAN)]
        raise UnknownFaultError(f"{name} has no {', '.join(unknown)}{_instead(unknown[0], known)}{_said(of_fault)}")
    missing = [one.name for one in of_fault.values() if _is_needed(one) and one.name not in document]
    if missing:
        raise UnknownFaultError(f"{name} needs {', '.join(missing)}{_said(of_fault)}")
    try:
        fault = msgspec.convert({key: document[key] for key in of_fault if key in document}, kind)
        plan = msgspec.convert(
            {key: document[key] for key in _OF_PLAN - of_fault.keys() if key in document}, _PlanDocument
        )
    except msgspec.ValidationError as error:
        raise UnknownFaultError(f"{name}: {error}") from error
    return _planned(fault, plan, now)


def _kind_of(document: Mapping[str, object]) -> type[Fault]:
    if "fault" not in document:
        raise UnknownFaultError('there is no fault in it: name one, {"fault": "Throttle"}')
    name = str(document["fault"])
    kind = FAULTS.get(name)
    if kind is None:
        raise UnknownFaultError(f"there is no fault {name}{_instead(name, FAULTS)}; there are {', '.join(FAULTS)}")
    return kind


def _instead(name: str, known: object) -> str:
    close = difflib.get_close_matches(
        name, [str(one) for one in known] if isinstance(known, list | Mapping) else [], n=1
    )
    return f" (is it {close[0]}?)" if close else ""


def _said(of_fault: Mapping[str, object]) -> str:
    return f"; it has {', '.join(of_fault) or 'nothing'}, and every plan has {', '.join(sorted(_OF_PLAN))}"


def _is_needed(one: object) -> bool:
    return getattr(one, "default", None) is MISSING and getattr(one, "default_factory", None) is MISSING


def _planned(fault: Fault, document: _PlanDocument, now: datetime) -> Plan:
    at, until = _aware(document.at), _aware(document.until)
    if document.after_seconds is not None:
        at = now + timedelta(seconds=document.after_seconds)
    if document.for_seconds is not None:
        until = (at or now) + timedelta(seconds=document.for_seconds)
    return Plan(
        fault=fault,
        door=document.door,
        operation=document.operation,
        record_type=document.record_type,
        times=document.times,
        skip=document.skip,
        at=at,
        until=until,
    )


def _aware(moment: datetime | None) -> datetime | None:
    return moment if moment is None or moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def values_of(fault: Fault) -> dict[str, object]:
    """Write the values of a fault as JSON holds them."""
    return {one.name: msgspec.to_builtins(getattr(fault, one.name)) for one in fields(fault)}


def document_of(plan: Plan) -> dict[str, object]:
    """Write a plan as `fault_of` reads it."""
    of_plan = {
        "door": plan.door,
        "operation": plan.operation,
        "record_type": plan.record_type,
        "times": plan.times,
        "skip": plan.skip,
        "at": None if plan.at is None else plan.at.isoformat(),
        "until": None if plan.until is None else plan.until.isoformat(),
    }
    return of_plan | {"fault": type(plan.fault).__name__} | values_of(plan.fault)


def weather_of(document: Mapping[str, object]) -> Weather:
    """Read weather: {"seed": 7, "rate": 0.1, "faults": ["Throttle", "TimeoutAfterCommit"]}."""
    try:
        read = msgspec.convert(dict(document), _WeatherDocument)
        return Weather(seed=read.seed, rate=read.rate, kinds=read.faults)
    except (msgspec.ValidationError, WeatherError) as error:
        raise UnknownFaultError(f"weather: {error}") from error


def document_of_weather(weather: Weather) -> dict[str, object]:
    """Write weather as `weather_of` reads it."""
    return {"seed": weather.seed, "rate": weather.rate, "faults": list(weather.kinds)}


__all__ = [
    "PlanError",
    "UnknownFaultError",
    "document_of",
    "document_of_weather",
    "fault_of",
    "values_of",
    "weather_of",
]
