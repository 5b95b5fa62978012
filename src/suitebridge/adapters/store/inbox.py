"""The inbox: errands that wait, each once for its record, and what became of those that were taken or refused."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Final

import msgspec

from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment, number_of
from suitebridge.domain.errors import Problem
from suitebridge.domain.records import Direction
from suitebridge.ports.clock import Clock
from suitebridge.ports.inbox import KEPT_FOR, Errand, ErrandsTakenError, NewErrand, Origin

_TABLE: Final = "store_errand"
_ASKED: Final = (
    "account_id",
    "direction",
    "record_type",
    "record_id",
    "version",
    "origin",
    "asked_by_id",
    "asked_by_name",
    "asked_at",
)
_COLUMNS: Final = ("key", *_ASKED, "run_id", "problem_code", "problem_facts")
_READ: Final = ", ".join(f"r.{column}" for column in _COLUMNS)
# What waits already takes the newer of two versions and stays in its place; versions are stamps that sort as texts.
_ONCE: Final = (
    "ON CONFLICT (company_id, direction, record_type, record_id) WHERE is_waiting DO UPDATE SET "
    "account_id = excluded.account_id, "
    "version = CASE WHEN excluded.version > store_errand.version THEN excluded.version ELSE store_errand.version END"
)


def add(scope: CompanyScope, errands: Sequence[NewErrand], *, now: datetime) -> Sequence[str]:
    """Put errands into the inbox, or join those that wait for the same record; give an id for each. Old ones that have ended are forgotten."""
    past = instant_text(now - KEPT_FOR)
    scope.delete(_TABLE, where="asked_at < %s AND is_waiting = %s", parameters=(past, False))
    once = {_place(one): one for one in errands}
    rows = [(*_row(one), True, "", "", "{}") for one in once.values()]
    scope.insert(_TABLE, (*_ASKED, "is_waiting", "run_id", "problem_code", "problem_facts"), rows, conflict=_ONCE)
    ids: dict[tuple[str, str, str], str] = {}
    for direction, record_type in dict.fromkeys(place[:2] for place in once):
        among, parameter = scope.among_texts("r.record_id", [place[2] for place in once])
        found = scope.select(
            _TABLE,
            "r.key, r.record_id",
            where=f"r.is_waiting AND r.direction = %s AND r.record_type = %s AND {among}",
            parameters=(direction, record_type, parameter),
        )
        ids.update({(direction, record_type, str(record_id)): str(key) for key, record_id in found})
    return [ids[_place(one)] for one in errands]


def take(scope: CompanyScope, ids: Sequence[str], run_id: str) -> None:
    """Give waiting errands to a run. Raise `ErrandsTakenError` where one of them does not wait any more."""
    among, parameter = scope.among_numbers("key", _keys(ids))
    taken = scope.set(
        _TABLE,
        "is_waiting = %s, run_id = %s",
        where=f"is_waiting = %s AND {among}",
        parameters=(False, run_id, True, parameter),
    )
    if taken != len(ids):
        raise ErrandsTakenError


class StoredInbox:
    """The inbox of one company; implements `ports.inbox.Inbox`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def get(self, errand_id: str) -> Errand | None:
        """Find an errand by its id."""
        found = self._errands("r.key = %s", (number_of(errand_id) or 0,), "")
        return found[0] if found else None

    def waiting(self, *, limit: int) -> Sequence[Errand]:
        """List what no run has taken yet, oldest first."""
        return self._errands("r.is_waiting", (), f"ORDER BY r.key LIMIT {int(limit)}")

    def newest(self, *, limit: int, before_id: str = "") -> Sequence[Errand]:
        """List errands, newest first."""
        where = "r.key < %s" if before_id else ""
        parameters = (number_of(before_id) or 0,) if before_id else ()
        return self._errands(where, parameters, f"ORDER BY r.key DESC LIMIT {int(limit)}")

    def of_record(self, direction: Direction, record_type: str, record_id: str, *, limit: int) -> Sequence[Errand]:
        """List the errands of one source record, newest first."""
        return self._errands(
            "r.record_type = %s AND r.record_id = %s AND r.direction = %s",
            (record_type, record_id, direction.value),
            f"ORDER BY r.key DESC LIMIT {int(limit)}",
        )

    def refuse(self, ids: Sequence[str], problem: Problem) -> None:
        """Close errands that no run can take; one that a run has taken meanwhile stays with it."""
        with company_transaction(self._scope, self._clock.now()):
            among, parameter = self._scope.among_numbers("key", _keys(ids))
            self._scope.set(
                _TABLE,
                "is_waiting = %s, problem_code = %s, problem_facts = %s",
                where=f"is_waiting = %s AND {among}",
                parameters=(False, problem.code, _json(problem.facts), True, parameter),
            )

    def _errands(self, where: str, parameters: Sequence[Parameter], tail: str) -> Sequence[Errand]:
        return [
            _errand(row) for row in self._scope.select(_TABLE, _READ, where=where, parameters=parameters, tail=tail)
        ]


def _place(errand: NewErrand) -> tuple[str, str, str]:
    return errand.direction.value, errand.record_type, errand.record_id


def _keys(ids: Sequence[str]) -> list[int]:
    return [number_of(one) or 0 for one in ids]


def _row(errand: NewErrand) -> tuple[Parameter, ...]:
    return (
        errand.account_id,
        *_place(errand),
        errand.version,
        errand.origin.value,
        errand.asked_by_id,
        errand.asked_by_name,
        instant_text(errand.asked_at),
    )


def _errand(row: tuple[Cell, ...]) -> Errand:
    cells = dict(zip(_COLUMNS, row, strict=True))
    asked = NewErrand(
        account_id=str(cells["account_id"]),
        direction=Direction(cells["direction"]),
        record_type=str(cells["record_type"]),
        record_id=str(cells["record_id"]),
        version=str(cells["version"]),
        origin=Origin(cells["origin"]),
        asked_by_id=str(cells["asked_by_id"]),
        asked_by_name=str(cells["asked_by_name"]),
        asked_at=moment(cells["asked_at"]),
    )
    return Errand(
        id=str(integer(cells["key"])),
        asked=asked,
        run_id=str(cells["run_id"]),
        problem_code=str(cells["problem_code"]),
        problem_facts=msgspec.json.decode(str(cells["problem_facts"]), type=dict[str, str]),
    )


def _json(facts: object) -> str:
    return msgspec.json.encode(facts).decode()
