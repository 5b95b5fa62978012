"""The admin end points under /_simulator/: the world seen and edited over HTTP, from this machine only.

JSON in and out, no login. A request from elsewhere, with a foreign Host header (a rebound name) or from a web page
(an Origin header) is refused.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from http import HTTPMethod

import msgspec
from aiohttp import web

from netsuite_simulator import snapshots
from netsuite_simulator.account import Account, Rejection
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.answers import AnswerError, JsonError, json_response, read_json
from netsuite_simulator.faces.rest.documents import Writer, read_body
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.faults import document_of, fault_of
from netsuite_simulator.journal import Request, Write
from netsuite_simulator.tokens import AuditEntry, IntegrationState

ROOT = "/_simulator"
MOST_ENTRIES = 1_000

Document = Mapping[str, object]
Entry = Request | Write | AuditEntry
Work = Callable[[Account, web.Request, Document], object]
Respond = Callable[[web.Request], Awaitable[web.StreamResponse]]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the end points' routes."""
    table: tuple[tuple[str, str, Work], ...] = (
        ("GET", "", _summary),
        ("GET", "/journal", _journal),
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
        ("GET", "/tokens", _tokens),
        ("POST", "/tokens", _issue),
        ("PATCH", "/tokens/{id}", _change_token),
        ("PATCH", "/integrations/{id}", _change_integration),
        ("POST", "/roles", _add_role),
        ("PATCH", "/roles/{id}", _change_role),
        ("POST", "/concurrency", _concurrency),
        ("POST", "/snapshots/{name}", _snapshot),
        ("POST", "/snapshots/{name}/restore", _restore),
    )
    return [web.route(method, f"{ROOT}{path}", _end_point(accounts, work)) for method, path, work in table]


def _end_point(accounts: Accounts, work: Work) -> Respond:
    async def respond(request: web.Request) -> web.StreamResponse:
        _refuse_strangers(request)
        content = await request.read()
        try:
            document = read_json(content) if content else {}
            if not isinstance(document, dict):
                return _wrong("a JSON object is expected")
            account_id = request.query.get("account")
            account = accounts.only if account_id is None else accounts.by_id(account_id)
            if account is None:
                return _wrong(f"there is no account {account_id}", status=404)
            answer = work(account, request, document)
            if request.method != HTTPMethod.GET and account.storage.path is not None:
                snapshots.save(account)
            return json_response(answer)
        except ProblemError as problem:
            return _wrong(problem.detail, status=problem.status)
        except (JsonError, ValueError) as error:
            return _wrong(str(error))

    return respond


def _wrong(message: str, *, status: int = 400) -> web.Response:
    return json_response({"error": message}, status=status)


def _is_loopback(host: str) -> bool:
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def _refuse_strangers(request: web.Request) -> None:
    host = request.host.rsplit(":", 1)[0] if not request.host.endswith("]") else request.host
    if not _is_loopback(request.remote or "") or not _is_loopback(host.strip("[]")) or "Origin" in request.headers:
        raise AnswerError(_wrong("the admin end points answer only to programs on this machine", status=403))


def _text(document: Document, name: str) -> str:
    value = document.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"{name} is missing: text is expected")
    return value


def _number(document: Document, name: str) -> float:
    try:
        return float(str(document[name]))
    except (KeyError, ValueError):
        raise ValueError(f"{name} is missing: a number is expected") from None


# --- the world seen ---


def _summary(account: Account, _: web.Request, __: Document) -> object:
    governance = account.governance
    return {
        "account": account.id,
        "records": account.counts(),
        "clock": _clock(account, _, __),
        "concurrency": {
            "limit": governance.limit,
            "running": governance.running,
            "peak": governance.peak,
            "refused": governance.refused,
            "latencySeconds": account.latency_seconds,
        },
        "faults": [document_of(plan) for plan in account.faults.plans],
        "snapshots": account.snapshots.names,
        "requests": len(account.journal.requests),
        "writes": len(account.journal.writes),
    }


def _page(request: web.Request, entries: Iterable[Entry]) -> object:
    """Show the last entries that the query asks for: door, type, user, action, operation, since, limit."""
    wanted = {
        name: request.query[name] for name in ("door", "type", "user", "action", "operation") if name in request.query
    }
    since = _since(request.query.get("since"))
    limit = min(int(request.query.get("limit", MOST_ENTRIES)), MOST_ENTRIES)
    found = [
        entry
        for entry in entries
        if all(getattr(entry, name, None) == value for name, value in wanted.items()) and since(entry)
    ]
    return {"total": len(found), "items": [_fields(entry) for entry in found[-limit:]] if limit > 0 else []}


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


def _fields(entry: Entry) -> dict[str, object]:
    return msgspec.structs.asdict(entry) if isinstance(entry, AuditEntry) else asdict(entry)


def _journal(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.journal.requests)


def _writes(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.journal.writes)


def _logins(account: Account, request: web.Request, _: Document) -> object:
    return _page(request, account.tokens.trail)


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
    type_name = _type_name(account, _text(document, "type"))
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
    plan = fault_of(document)
    account.faults.plans.append(plan)
    return document_of(plan)


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
        account.clock.advance(_number(document, "advanceSeconds"))
    if "offsetSeconds" in document:
        account.clock.offset_seconds = _number(document, "offsetSeconds")
    if "freezeAt" in document:
        at = datetime.fromisoformat(_text(document, "freezeAt"))
        account.clock.freeze(at if at.tzinfo is not None else at.replace(tzinfo=UTC))
    if document.get("run") is True:
        account.clock.run()
    return _clock(account, request, document)


def _concurrency(account: Account, request: web.Request, document: Document) -> object:
    if "limit" in document:
        limit = int(_number(document, "limit"))
        if limit < 1:
            raise ValueError("limit is at least 1")
        account.governance.limit = limit
    if "latencySeconds" in document:
        account.latency_seconds = max(0.0, _number(document, "latencySeconds"))
    return {"limit": account.governance.limit, "latencySeconds": account.latency_seconds}


def _snapshot(account: Account, request: web.Request, _: Document) -> object:
    account.snapshots.take(request.match_info["name"])
    return {"snapshots": account.snapshots.names}


def _restore(account: Account, request: web.Request, _: Document) -> object:
    account.snapshots.restore(request.match_info["name"])
    return {"records": account.counts()}


# --- logins ---


def _tokens(account: Account, _: web.Request, __: Document) -> object:
    tokens = account.tokens
    return {
        "integrations": [
            {"name": one.name, "applicationId": one.application_id, "state": one.state.value}
            for one in tokens.integrations.values()
        ],
        "roles": [
            {"id": one.id, "name": one.name, "permissions": one.permissions, "administrator": one.is_administrator}
            for one in tokens.roles.values()
        ],
        "tokens": [
            {
                "id": one.id,
                "user": one.user,
                "role": one.role_id,
                "revoked": one.is_revoked,
                "locked": tokens.is_locked(one.id),
                "integration": tokens.integrations[one.consumer_key].name,
            }
            for one in tokens.tokens.values()
        ],
    }


def _issue(account: Account, _: web.Request, document: Document) -> object:
    """Create an integration and a token; this answer alone shows the secrets."""
    name = str(document.get("integration", "SuiteBridge"))
    user = str(document.get("user", "integration@example.com"))
    credentials = account.tokens.issue(account.id, name=name, user=user)
    if "role" in document:
        account.tokens.tokens[credentials.token_id].role_id = _known_role(account, str(document["role"]))
    return msgspec.structs.asdict(credentials)


def _known_role(account: Account, role_id: str) -> str:
    if role_id not in account.tokens.roles:
        raise ValueError(f"there is no role {role_id}; there are {', '.join(account.tokens.roles)}")
    return role_id


def _change_token(account: Account, request: web.Request, document: Document) -> object:
    token = account.tokens.tokens.get(request.match_info["id"])
    if token is None:
        raise ProblemError(404, "NONEXISTENT_ID", "there is no such token")
    if "revoked" in document:
        token.is_revoked = document["revoked"] is True
    if "role" in document:
        token.role_id = _known_role(account, str(document["role"]))
    if document.get("locked") is False:
        account.tokens.unlock(token.id)
    return _tokens(account, request, document)


def _change_integration(account: Account, request: web.Request, document: Document) -> object:
    wanted = request.match_info["id"]
    for integration in account.tokens.integrations.values():
        if wanted in (integration.application_id, integration.name):
            integration.state = IntegrationState(_text(document, "state"))
            return _tokens(account, request, document)
    raise ProblemError(404, "NONEXISTENT_ID", f"there is no integration {wanted}")


def _permissions(document: Document) -> dict[str, int]:
    return msgspec.convert(document.get("permissions", {}), dict[str, int])


def _add_role(account: Account, _: web.Request, document: Document) -> object:
    is_administrator = document.get("administrator") is True
    role = account.tokens.add_role(_text(document, "name"), _permissions(document), is_administrator=is_administrator)
    return {"id": role.id, "name": role.name, "permissions": role.permissions}


def _change_role(account: Account, request: web.Request, document: Document) -> object:
    """Set levels of single permissions; 0 takes one away."""
    role = account.tokens.roles[_known_role(account, request.match_info["id"])]
    role.permissions.update(_permissions(document))
    return {"id": role.id, "name": role.name, "permissions": role.permissions}
