"""What a running script is answered: who runs it and where, its parameters, records, searches, requests, signatures, a cache.

Units as SuiteScript counts them for custom records (reference §7.1, the counts of single calls assumed). A script acts with all
rights, whatever role its deployment names. Refuses to know engines and projects.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from netsuite_simulator.account import Account
from netsuite_simulator.restlets import ScriptError
from netsuite_simulator.shelves import Stored
from netsuite_simulator.suitescript.outgoing import Post

RELEASE = "2026.1"
MOST_LINES: Final = 1_000
UNITS: Final = {"UserEvent": 1_000, "Restlet": 5_000, "Scheduled": 10_000}
_COSTS: Final = {"post": 10, "create": 4, "change": 2, "remove": 4, "range": 10, "count": 5, "recall": 1, "keep": 1}
_OPERATORS: Final = {"lessthanorequalto": "<=", "is": "="}
_SHORTEST_TTL = 300


@dataclass(frozen=True, slots=True, kw_only=True)
class LogLine:
    """A line of a script's execution log."""

    script: str
    level: str
    title: str
    details: str


@dataclass(slots=True, kw_only=True, eq=False)
class Shared:
    """What the scripts of an account share: preferences, secrets, caches, the log, and how requests leave."""

    preferences: dict[str, str]
    secrets: dict[str, str] = field(repr=False)
    post: Post
    lines: list[LogLine] = field(default_factory=list)
    caches: dict[tuple[str, str], tuple[str, float]] = field(default_factory=dict)


class Host:
    """Answers one run of one script."""

    def __init__(  # noqa: PLR0913 - one parameter a thing that a run is told of
        self,
        account: Account,
        shared: Shared,
        *,
        script: str,
        deployment: str,
        kind: str,
        context: str,
        files: Mapping[str, str],
        parameters: Mapping[str, str],
    ) -> None:
        self._account = account
        self._shared = shared
        self._script, self._files = script, files
        self._units = UNITS[kind]
        self._answers: Mapping[str, Callable[..., object]] = {
            "file": self._file,
            "now": lambda: int(account.clock.timestamp() * 1000),
            "log": self._log,
            "script": lambda: {"id": script, "deploymentId": deployment},
            "parameter": lambda name: shared.preferences.get(name) if name in parameters else None,
            "preference": self._preference,
            "units": lambda: self._units,
            "user": self._user,
            "feature": lambda name: any(one.value == name for one in account.features),
            "context": lambda: context,
            "account": lambda: account.id,
            "release": lambda: RELEASE,
            "secret": self._secret,
            "hmac": self._hmac,
            "post": self._post,
            "create": lambda kind, values: account.add(kind, **values).id,
            "change": lambda kind, id_, values: account.bump(kind, id_, **values).id,
            "remove": self._remove,
            "range": self._range,
            "count": lambda kind, filters, columns: self._search(kind, filters, limit=1)[1],
            "recall": self._recall,
            "keep": self._keep,
        }

    def answer(self, question: str, given: list[object]) -> object:
        """Answer a question of modules.js; raise `ScriptError` for what NetSuite would refuse."""
        self._units -= _COSTS.get(question, 0)
        if self._units < 0:
            raise ScriptError("SSS_USAGE_LIMIT_EXCEEDED", "Script Execution Usage Limit Exceeded")
        try:
            return self._answers[question](*given)
        except (ValueError, LookupError) as error:
            raise ScriptError("UNEXPECTED_ERROR", str(error)) from error

    def _file(self, path: str) -> str:
        if path not in self._files:
            raise ScriptError("MODULE_DOES_NOT_EXIST", f"Module does not exist: {path}")
        return self._files[path]

    def _log(self, level: str, title: str, details: str) -> None:
        lines = self._shared.lines
        lines.append(LogLine(script=self._script, level=level, title=title, details=details))
        del lines[:-MOST_LINES]

    def _preference(self, name: str) -> str | None:
        if name == "TIMEZONE":
            return str(self._account.clock.zone)
        return self._shared.preferences.get(name)

    def _user(self) -> dict[str, object]:
        author = self._account.world.author
        return {"id": int(author), "name": author, "roleId": self._account.world.role or ""}

    def _secret(self, script_id: str) -> str:
        if script_id not in self._shared.secrets:
            raise ScriptError("SECRET_KEY_NOT_FOUND", f"There is no secret {script_id} with a value.")
        return script_id

    def _hmac(self, algorithm: str, secret: str, text: str) -> str:
        """Sign; hexadecimal digits are capitals (assumed)."""
        key = self._shared.secrets[secret].encode()
        return hmac.new(key, text.encode(), getattr(hashlib, algorithm.lower())).hexdigest().upper()

    def _post(self, url: str, body: str, headers: Mapping[str, str]) -> dict[str, object]:
        answer = self._shared.post(url, body, headers)
        return {"code": answer.code, "body": answer.body}

    def _remove(self, kind: str, internal_id: str) -> str:
        self._account.remove(kind, internal_id)
        return internal_id

    def _search(
        self, kind: str, filters: list[list[object]], *, limit: int, offset: int = 0
    ) -> tuple[list[Stored], int]:
        where = [(str(name), _OPERATORS[str(operator)], value) for name, operator, value in filters]
        return self._account.search(kind, where, limit=limit, offset=offset)

    def _range(
        self, kind: str, filters: list[list[object]], columns: list[dict[str, str]], start: int, end: int
    ) -> list[dict[str, object]]:
        found, _ = self._search(kind, filters, limit=end - start, offset=start)
        names = [one["name"] for one in columns]
        return [{"id": one.id, "values": {name: str(one.values.get(name, "")) for name in names}} for one in found]

    def _recall(self, name: str, scope: str, key: str) -> str | None:
        value, until = self._shared.caches.get(self._cache_key(name, scope, key), ("", 0.0))
        return value if until > self._account.clock.timestamp() else None

    def _keep(self, name: str, scope: str, key: str, value: str, ttl: int) -> None:
        if ttl < _SHORTEST_TTL:
            raise ScriptError("INVALID_TTL", f"The ttl is {ttl}; it is at least {_SHORTEST_TTL} seconds.")
        self._shared.caches[self._cache_key(name, scope, key)] = (value, self._account.clock.timestamp() + ttl)

    def _cache_key(self, name: str, scope: str, key: str) -> tuple[str, str]:
        """Name a value: a private cache is the script's own, any other is shared."""
        return (f"{self._script if scope == 'PRIVATE' else ''} {name}", key)
