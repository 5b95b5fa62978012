"""The configuration of a company: versions that are only added, and drafts."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Final

from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event
from suitebridge.domain.notation.plain import configuration_from_plain, to_plain
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.people import Stamp
from suitebridge.ports.clock import Clock
from suitebridge.ports.configurations import Approval, Draft, NewVersion, StoredConfiguration

_TABLE: Final = "store_configuration"
_DRAFTS: Final = "store_configurationdraft"
_COLUMNS: Final = (
    "version",
    "body",
    "author_id",
    "author_name",
    "at",
    "based_on",
    "approval",
    "judge",
    "is_managed",
    "note",
)
_READ: Final = ", ".join(f"r.{column}" for column in _COLUMNS)


class StoredConfigurations:
    """The configuration of one company; implements `ports.configurations.Configurations`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def load(self) -> StoredConfiguration:
        """Give the version in force."""
        return self._first("r.approval = %s", Approval.APPROVED.value) or StoredConfiguration()

    def at(self, version: int) -> StoredConfiguration | None:
        """Give a version."""
        return self._first("r.version = %s", version) if version else StoredConfiguration()

    def newest(self, *, limit: int, before: int = 0) -> Sequence[StoredConfiguration]:
        """List versions, newest first."""
        where, parameters = ("r.version < %s", (before,)) if before else ("", ())
        tail = f"ORDER BY r.version DESC LIMIT {int(limit)}"
        return [
            _stored(row) for row in self._scope.select(_TABLE, _READ, where=where, parameters=parameters, tail=tail)
        ]

    def save(self, new: NewVersion, *, stamp: Stamp, tell: Callable[[int], Event]) -> int:
        """Store a version and give its number."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            refuse_meanwhile(new, self.load(), self._first("r.approval = %s", Approval.PROPOSED.value))
            ((last,),) = self._scope.select(_TABLE, "COALESCE(MAX(r.version), 0)")
            version = integer(last) + 1
            row = (
                version,
                _text(new.configuration),
                stamp.author_id,
                stamp.author_name,
                ledger.at,
                new.based_on,
                new.approval.value,
                "",
                new.is_managed,
                new.note,
            )
            self._scope.insert(_TABLE, _COLUMNS, [row])
            ledger.append([tell(version)], stamp)
        return version

    def judge(self, version: int, *, is_approved: bool, stamp: Stamp, told: Event) -> None:
        """Approve a version that waits for it, or refuse it."""
        approval = Approval.APPROVED if is_approved else Approval.REFUSED
        with company_transaction(self._scope, self._clock.now()) as ledger:
            changed = self._scope.set(
                _TABLE,
                "approval = %s, judge = %s",
                where="version = %s AND approval = %s",
                parameters=(approval.value, stamp.author_name, version, Approval.PROPOSED.value),
            )
            if not changed:
                raise judged(version)
            ledger.append([told], stamp)

    def load_draft(self, user_id: str) -> Draft | None:
        """Give what a user is editing."""
        rows = self._scope.select(_DRAFTS, "r.body, r.based_on, r.at", where="r.user_id = %s", parameters=(user_id,))
        if not rows:
            return None
        body, based_on, at = rows[0]
        return Draft(configuration=_configuration(body), based_on=integer(based_on), at=moment(at))

    def keep_draft(self, user_id: str, draft: Draft) -> None:
        """Store what a user is editing."""
        row = (user_id, _text(draft.configuration), draft.based_on, instant_text(draft.at))
        assignments = "body = excluded.body, based_on = excluded.based_on, at = excluded.at"
        conflict = f"ON CONFLICT (company_id, user_id) DO UPDATE SET {assignments}"
        with company_transaction(self._scope, self._clock.now()):
            self._scope.insert(_DRAFTS, ("user_id", "body", "based_on", "at"), [row], conflict=conflict)

    def drop_draft(self, user_id: str) -> None:
        """Forget what a user was editing."""
        with company_transaction(self._scope, self._clock.now()):
            self._scope.delete(_DRAFTS, where="user_id = %s", parameters=(user_id,))

    def _first(self, where: str, parameter: str | int) -> StoredConfiguration | None:
        tail = "ORDER BY r.version DESC LIMIT 1"
        rows = self._scope.select(_TABLE, _READ, where=where, parameters=(parameter,), tail=tail)
        return _stored(rows[0]) if rows else None


def version_in_force(scope: CompanyScope) -> int:
    """Give the number of the version in force, without reading what it says."""
    ((version,),) = scope.select(
        _TABLE, "COALESCE(MAX(r.version), 0)", where="r.approval = %s", parameters=(Approval.APPROVED.value,)
    )
    return integer(version)


def refuse_meanwhile(new: NewVersion, in_force: StoredConfiguration, waiting: StoredConfiguration | None) -> None:
    """Raise `RecordRefusedError` where somebody was faster, and say who."""
    if new.based_on != in_force.version:
        raise RecordRefusedError(Problem(code="SB-CFG-005", facts=_facts(in_force)))
    if waiting is not None:
        raise RecordRefusedError(Problem(code="SB-CFG-006", facts=_facts(waiting)))


def judged(version: int) -> RecordRefusedError:
    """Say that a version does not wait for approval."""
    return RecordRefusedError(Problem(code="SB-CFG-007", facts={"version": str(version)}))


def _facts(stored: StoredConfiguration) -> dict[str, str]:
    at = stored.at.strftime("%Y-%m-%d %H:%M UTC") if stored.at is not None else "the beginning"
    return {"version": str(stored.version), "author": stored.author or "Nobody", "at": at}


def _text(configuration: Configuration) -> str:
    return json.dumps(to_plain(configuration), ensure_ascii=False, separators=(",", ":"))


def _configuration(cell: Cell) -> Configuration:
    return configuration_from_plain(json.loads(str(cell)))


def _stored(row: tuple[Cell, ...]) -> StoredConfiguration:
    cells = dict(zip(_COLUMNS, row, strict=True))
    return StoredConfiguration(
        version=integer(cells["version"]),
        configuration=_configuration(cells["body"]),
        author_id=str(cells["author_id"]),
        author=str(cells["author_name"]),
        at=moment(cells["at"]),
        based_on=integer(cells["based_on"]),
        approval=Approval(cells["approval"]),
        judge=str(cells["judge"]),
        is_managed=bool(cells["is_managed"]),
        note=str(cells["note"]),
    )
