"""The admin end points of the world: what it holds, records, faults, clock, limits, snapshots.

Refuses to know who may come in; that is `access`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime

from aiohttp import web

from netsuite_simulator.account import Account, Rejection
from netsuite_simulator.faces.admin.documents import Document, Work, number_in, text_in
from netsuite_simulator.faces.rest.documents import Writer, read_body
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.faults import document_of, fault_of
from netsuite_simulator.faults.documents import document_of_weather, weather_of
from netsuite_simulator.faults.files import scripted_of
from netsuite_simulator.journal import Injected, Request, Write, told
from netsuite_simulator.logins import AuditEntry

MOST_ENTRIES = 1_000
FILTERS = ("door", "type", "user", "action", "operation", "fault", "outcome")

Entry = Request | Injected | Write | AuditEntry

# --- the world seen ---


def _summary(account: Account, _: web.Request, __: Document) -> object:
    governance = account.governance
    return {
        "account": account.id,
        "records": account.counts(),
        "clock": _clock(account, _, __),
        "concurrency": {
            **_slots(account),
            "others": governance.others,
            "running": governance.running,
            "peak": governance.peak,
            "refused": governance.refused,
        },
        "faults": [document_of(plan) for plan in account.faults.plans],
        "weather": None if account.faults.weather is None else document_of_weather(account.faults.weather),
        "snapshots": account.snapshots.names,
        "requests": len(account.journal.requests),
        "writes": len(account.journal.writes),
    }


def _page(request: web.Request, entries: Iterable[Entry]) -> object:
    """Show the last entries that the query asks for: `FILTERS`, since, limit, and offset, counted from the newest."""
    wanted = {name: request.query[name] for name in FILTERS if name in request.query}
    since = _since(request.query.get("since"))
    limit = min(_count(request, "limit", MOST_ENTRIES), MOST_ENTRIES)
    found = [
        entry
        for entry in entries
        if all(getattr(entry, name, None) == value for name, value in wanted.items()) and since(entry)
    ]
    end = max(len(found) - _count(request, "offset", 0), 0)
    return {"total": len(found), "items": [told(entry) for entry in found[max(end - limit, 0) : end]]}


def _count(request: web.Request, name: str, default: int) -> int:
    text = request.query.get(name, str(default))
    if not text.isdecimal():
        raise ValueError(f"{name} is a whole number from 0")
    return int(text)


def _since(text: str | None) -> Callable[[Entry], bool]:
    """Read where to begin: after a request by its number, or at an instant."""
    if text is None:
        return lambda _: True
    if text.isdecimal():
        number = int(text)
        return lambda entry: (getattr(entry, "number", None) or getattr(entry, "request", None) or 0) > number
    start = datetime.fromisoformat(text)
    start = start if start.tzinfo is not None else start.replace(tzinfo=UTC)
    return lambda entry: entry.at >= start


def _journal(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.journal.requests)


def _injected(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.journal.faults)


def _writes(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.journal.writes)


def _logins(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.logins)


# --- records ---


def _type_name(account: Account, name: str) -> str:
    found = account.record_type(name)
    if found is None:
        raise ValueError(f"there is no record type {name}; there are {', '.join(account.types)}")
    return found.name


def _values(account: Account, type_name: str, document: Document) -> tuple[dict[str, object], str | None]:
    body = read_body(account.types[type_name], document.get("values", {}))
    if body.unknown:
        raise ValueError(f"{type_name} has no field {', '.join(body.unknown)}")
    return body.values, body.external_id


def _shown(account: Account, request: web.Request, type_name: str, internal_id: str) -> object:
    record = account.get(type_name, internal_id=internal_id)
    if record is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"there is no {type_name} {internal_id}")
    href = f"{request.scheme}://{request.host}/services/rest/record/v1"
    return Writer(account=account, href=href, expands=True).record(record)


def _record(account: Account, request: web.Request, _: Document) -> object:
    type_name = _type_name(account, request.match_info["type"])
    return _shown(account, request, type_name, request.match_info["id"])


def _add(account: Account, request: web.Request, document: Document) -> object:
    type_name = _type_name(account, text_in(document, "type"))
    values, external_id = _values(account, type_name, document)
    internal_id = document.get("id")
    written = account.add(
        type_name,
        external_id=external_id,
        internal_id=None if internal_id is None else str(internal_id),
        **values,
    )
    return _shown(account, request, type_name, written.id)


def _edit(account: Account, request: web.Request, document: Document) -> object:
    type_name = _type_name(account, request.match_info["type"])
    values, _ = _values(account, type_name, document)
    written = account.bump(type_name, request.match_info["id"], **values)
    return _shown(account, request, type_name, written.id)


def _delete(account: Account, request: web.Request, _: Document) -> object:
    type_name = _type_name(account, request.match_info["type"])
    result = account.delete(type_name, internal_id=request.match_info["id"])
    if isinstance(result, Rejection):
        raise ValueError(result.message)  # noqa: TRY004 - the request is wrong, not a type
    return {"deleted": result.id}


# --- faults, clock, concurrency, snapshots ---


def _faults(account: Account, _: web.Request, __: Document) -> object:
    return {"items": [document_of(plan) for plan in account.faults.plans]}


def _plan(account: Account, _: web.Request, document: Document) -> object:
    return document_of(account.faults.add(fault_of(document, account.clock.now())))


def _forget(account: Account, _: web.Request, __: Document) -> object:
    account.faults.clear()
    return {"items": []}


def _clock(account: Account, _: web.Request, __: Document) -> object:
    clock = account.clock
    return {
        "now": clock.now(),
        "offsetSeconds": clock.offset_seconds,
        "frozen": clock.is_frozen,
        "zone": str(clock.zone),
    }


def _set_clock(account: Account, request: web.Request, document: Document) -> object:
    if "advanceSeconds" in document:
        account.clock.advance(number_in(document, "advanceSeconds"))
    if "offsetSeconds" in document:
        account.clock.offset_seconds = number_in(document, "offsetSeconds")
    if "freezeAt" in document:
        at = datetime.fromisoformat(text_in(document, "freezeAt"))
        account.clock.freeze(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
    if document.get("run") is True:
        account.clock.run()
    return _clock(account, request, document)


def _concurrency(account: Account, request: web.Request, document: Document) -> object:
    if "limit" in document:
        limit = int(number_in(document, "limit"))
        if limit < 1:
            raise ValueError("limit is at least 1")
        account.governance.limit = limit
    if "others" in document:
        account.governance.share(int(number_in(document, "others")))
    if "latencySeconds" in document:
        account.latency_seconds = max(0.0, number_in(document, "latencySeconds"))
    return _slots(account)


def _slots(account: Account) -> dict[str, float]:
    governance = account.governance
    return {
        "limit": governance.limit,
        "latencySeconds": account.latency_seconds,
        "occupiedSeconds": governance.occupied_seconds,
    }


def _weather(account: Account, _: web.Request, __: Document) -> object:
    weather = account.faults.weather
    return {"weather": None if weather is None else document_of_weather(weather)}


def _change_weather(account: Account, request: web.Request, document: Document) -> object:
    account.faults.weather = weather_of(document)
    return _weather(account, request, document)


def _end_weather(account: Account, request: web.Request, document: Document) -> object:
    account.faults.weather = None
    return _weather(account, request, document)


def _script(account: Account, request: web.Request, document: Document) -> object:
    scripted = scripted_of(document, account.clock.now())
    account.faults.follow(scripted.plans, scripted.weather)
    return _faults(account, request, document)


def _snapshots(account: Account, _: web.Request, __: Document) -> object:
    return {"snapshots": account.snapshots.names}


def _forget_snapshot(account: Account, request: web.Request, document: Document) -> object:
    account.snapshots.remove(request.match_info["name"])
    return _snapshots(account, request, document)


def _snapshot(account: Account, request: web.Request, _: Document) -> object:
    account.snapshots.take(request.match_info["name"])
    return {"snapshots": account.snapshots.names}


def _restore(account: Account, request: web.Request, _: Document) -> object:
    account.snapshots.restore(request.match_info["name"])
    return {"records": account.counts()}


END_POINTS: tuple[tuple[str, str, Work], ...] = (
    ("GET", "", _summary),
    ("GET", "/journal", _journal),
    ("GET", "/journal/faults", _injected),
    ("GET", "/writes", _writes),
    ("GET", "/logins", _logins),
    ("GET", "/records/{type}/{id}", _record),
    ("POST", "/records", _add),
    ("PATCH", "/records/{type}/{id}", _edit),
    ("DELETE", "/records/{type}/{id}", _delete),
    ("GET", "/faults", _faults),
    ("POST", "/faults", _plan),
    ("DELETE", "/faults", _forget),
    ("GET", "/clock", _clock),
    ("POST", "/clock", _set_clock),
    ("POST", "/concurrency", _concurrency),
    ("POST", "/plan", _script),
    ("GET", "/weather", _weather),
    ("POST", "/weather", _change_weather),
    ("DELETE", "/weather", _end_weather),
    ("GET", "/snapshots", _snapshots),
    ("POST", "/snapshots/{name}", _snapshot),
    ("DELETE", "/snapshots/{name}", _forget_snapshot),
    ("POST", "/snapshots/{name}/restore", _restore),
)
