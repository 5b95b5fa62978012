"""RESTlets of an account: Python functions in place of scripts, found by script and deployment (reference §7.3).

Refuses to know HTTP.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from netsuite_simulator.results import Grants

METHODS = ("DELETE", "GET", "POST", "PUT")


@dataclass(frozen=True, slots=True, kw_only=True)
class RestletCall:
    """What a RESTlet is called with: `body` is read JSON, or text; None where the method has none."""

    method: str
    parameters: Mapping[str, str]
    body: object
    role: Grants


class ScriptError(Exception):
    """What a script throws: a code of its own and a message."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


Function = Callable[[RestletCall], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class Restlet:
    """A deployed script: `methods` are the entry points it has."""

    function: Function
    methods: tuple[str, ...]


@dataclass(slots=True)
class Restlets:
    """The RESTlets of one account."""

    _deployed: dict[tuple[str, str], Restlet] = field(default_factory=dict)

    def deploy(self, script: str, deployment: str, function: Function, methods: tuple[str, ...] = METHODS) -> None:
        """Deploy a function; one of the same script and deployment gives way."""
        wrong = set(methods) - set(METHODS)
        if wrong:
            raise ValueError(f"a RESTlet has no entry point for {', '.join(sorted(wrong))}: use {', '.join(METHODS)}")
        self._deployed[script.lower(), deployment.lower()] = Restlet(function=function, methods=methods)

    def find(self, script: str, deployment: str) -> Restlet | None:
        """Find a RESTlet by its ids in any case."""
        return self._deployed.get((script.lower(), deployment.lower()))
