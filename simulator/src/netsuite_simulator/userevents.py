"""Scripts that run after a record was saved, as user event scripts do: Python functions in the place of SuiteScript
(reference §7.1, their entry point afterSubmit).

A script sees what was saved once it is committed, and with it the execution context it was saved in; what a script
itself saves starts no further script. A script that raises `ScriptError` leaves the record saved: SOAP says so of it by
afterSubmitFailed (reference §4.8), REST by an unexpected error (assumed). Refuses to know doors and requests.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from netsuite_simulator.journal import Write
from netsuite_simulator.notes import CONTEXTS
from netsuite_simulator.restlets import ScriptError


class Event(enum.StrEnum):
    """What was done to a record, as a script is told."""

    CREATE = "create"
    EDIT = "edit"
    DELETE = "delete"


WORLD_EDIT = "world edit"
# What a script's deployment may name; an edit of the world stands for somebody at NetSuite's pages (assumed).
_CONTEXT_OF_DOOR = {**CONTEXTS, "restlet": "RESTLET", WORLD_EDIT: "USERINTERFACE"}
OTHER = "OTHER"
EXECUTION_CONTEXTS = frozenset({*_CONTEXT_OF_DOOR.values(), OTHER})
_EVENTS = {"add": Event.CREATE, "create": Event.CREATE, "delete": Event.DELETE}


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedRecord:
    """One record that was saved, and how."""

    type: str
    id: str
    external_id: str | None
    event: Event
    context: str
    at: datetime


Script = Callable[[SavedRecord], object]


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Deployment:
    """One deployed script: what it is run for; empty sets are everything."""

    script: Script
    types: frozenset[str]
    contexts: frozenset[str]
    events: frozenset[Event]

    def is_for(self, saved: SavedRecord) -> bool:
        """Whether the script runs for a record that was saved so."""
        return (
            (not self.types or saved.type in self.types)
            and (not self.contexts or saved.context in self.contexts)
            and (not self.events or saved.event in self.events)
        )


class UserEvents:
    """The deployed scripts of one account."""

    def __init__(self) -> None:
        self._deployments: list[Deployment] = []
        self._failures: dict[tuple[str, str], str] = {}
        self._is_suppressed = False
        self._is_running = False

    def deploy(
        self,
        script: Script,
        *,
        types: Collection[str] = (),
        contexts: Collection[str] = (),
        events: Collection[Event | str] = (),
    ) -> Deployment:
        """Deploy a script; it raises ValueError where a context or event is none."""
        unknown = set(contexts) - EXECUTION_CONTEXTS
        if unknown:
            known = ", ".join(sorted(EXECUTION_CONTEXTS))
            raise ValueError(f"{', '.join(sorted(unknown))} is no execution context here; there are {known}")
        made = Deployment(
            script=script,
            types=frozenset(types),
            contexts=frozenset(contexts),
            events=frozenset(Event(one) for one in events),
        )
        self._deployments.append(made)
        return made

    def undeploy(self, deployment: Deployment) -> None:
        """Take a script away."""
        self._deployments.remove(deployment)

    @contextmanager
    def suppressed(self, *, if_: bool = True) -> Iterator[None]:
        """Run no script for what is saved inside."""
        before, self._is_suppressed = self._is_suppressed, self._is_suppressed or if_
        try:
            yield
        finally:
            self._is_suppressed = before

    def committed(self, writes: Sequence[Write]) -> None:
        """Run the scripts for what was committed; failures are kept until the next commit."""
        if self._is_running:
            return
        self._failures.clear()
        if self._is_suppressed or not self._deployments:
            return
        self._is_running = True
        try:
            for write in writes:
                self._run(_saved(write))
        finally:
            self._is_running = False

    def _run(self, saved: SavedRecord) -> None:
        for one in [*self._deployments]:
            if not one.is_for(saved):
                continue
            try:
                one.script(saved)
            except ScriptError as error:
                self._failures[saved.type, saved.id] = error.message

    def failure_of(self, type_name: str, internal_id: str) -> str | None:
        """Return why a script failed after a record was saved, where the last commit saved it."""
        return self._failures.get((type_name, internal_id))


def _saved(write: Write) -> SavedRecord:
    return SavedRecord(
        type=write.type,
        id=write.id,
        external_id=write.external_id,
        event=_EVENTS.get(write.action, Event.EDIT),
        context=_CONTEXT_OF_DOOR.get(write.door, OTHER),
        at=write.at,
    )
