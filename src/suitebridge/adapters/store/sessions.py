"""Signed-in sessions of a company's users, and the rules they live by. A session of an earlier epoch than its person's is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from suitebridge.adapters.store.beside import EMPLOYEE_TYPE
from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.ledger import company_transaction
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, moment
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp, User
from suitebridge.domain.sessions import LONGEST_MINUTES, Session, SignInRules, Way
from suitebridge.ports.clock import Clock

_COLUMNS: Final = ("id", "number", "epoch", "began_at", "seen_at", "proven_at", "address", "browser", "way")
_READ: Final = "r.id, r.began_at, r.seen_at, r.proven_at, r.address, r.browser, r.way"
_PRESENT: Final = "JOIN store_person p ON p.company_id = r.company_id AND p.number = r.number AND p.epoch = r.epoch"
_RULES: Final = ("idle_minutes", "longest_minutes", "demands_second_factor")
_UPSERT: Final = "ON CONFLICT (company_id) DO UPDATE SET " + ", ".join(f"{name} = excluded.{name}" for name in _RULES)


class StoredSessions:
    """The sessions of one company; implements `ports.sessions.Sessions`."""

    def __init__(self, scope: CompanyScope, clock: Clock) -> None:
        self._scope = scope
        self._clock = clock

    def rules(self) -> SignInRules:
        """Give the rules of the company."""
        rows = self._scope.select("store_signinrules", ", ".join(f"r.{name}" for name in _RULES))
        if not rows:
            return SignInRules()
        idle, longest, demands = rows[0]
        return SignInRules(
            idle_minutes=integer(idle), longest_minutes=integer(longest), demands_second_factor=bool(demands)
        )

    def save_rules(self, rules: SignInRules, *, stamp: Stamp, was: str = "") -> None:
        """Store the rules, with the trail's entry. Raise `RecordRefusedError` SB-RULE-001 where they are not those of the mark `was`; "" is about any."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            before = self.rules()
            if was not in {"", before.mark}:
                raise RecordRefusedError(Problem(code="SB-RULE-001", facts={"rules": "The sign-in rules"}))
            row = (rules.idle_minutes, rules.longest_minutes, rules.demands_second_factor)
            self._scope.insert("store_signinrules", _RULES, [row], conflict=_UPSERT)
            changes = tuple(
                Change(field=name, before=getattr(before, name), after=getattr(rules, name))
                for name in _RULES
                if getattr(before, name) != getattr(rules, name)
            )
            company = self._scope.company_id
            event = Event(
                name=EventName.SIGN_IN_RULES_SAVED,
                subject_type="company",
                subject_id=company,
                subject=company,
                changes=changes,
            )
            ledger.append([event], stamp)

    def open(self, user: User, session: Session) -> None:
        """Store a session that begins, and forget those that are older than any may be."""
        rows = self._scope.select("store_person", "r.epoch", where="r.number = %s", parameters=(int(user.id),))
        if not rows:
            raise LookupError(f"The user {user.user_id} has no sign-in.")
        oldest = instant_text(session.began_at - timedelta(minutes=LONGEST_MINUTES))
        self._scope.delete("store_usersession", where="began_at < %s", parameters=(oldest,))
        row = (
            session.id,
            int(user.id),
            integer(rows[0][0]),
            instant_text(session.began_at),
            instant_text(session.seen_at),
            instant_text(session.proven_at),
            session.address,
            session.browser,
            session.way.value,
        )
        self._scope.insert("store_usersession", _COLUMNS, [row])

    def get(self, user: User, session_id: str) -> Session | None:
        """Give a session of a user, None for one that was ended."""
        found = self._found("r.id = %s AND r.number = %s", (session_id, int(user.id)))
        return found[0] if found else None

    def of_user(self, user: User, *, at: datetime) -> Sequence[Session]:
        """List the sessions of a user that are alive, last seen first."""
        rules = self.rules()
        return [one for one in self._found("r.number = %s", (int(user.id),)) if one.is_alive(rules, at)]

    def seen(self, session_id: str, *, at: datetime) -> None:
        """Note that somebody is there."""
        self._scope.set("store_usersession", "seen_at = %s", where="id = %s", parameters=(instant_text(at), session_id))

    def proven(self, session_id: str, *, at: datetime) -> None:
        """Note that somebody has proven who they are."""
        parameters = (instant_text(at), session_id)
        self._scope.set("store_usersession", "proven_at = %s", where="id = %s", parameters=parameters)

    def end(self, user: User, session_ids: Sequence[str], *, stamp: Stamp) -> int:
        """End sessions of a user at once, each told in the trail."""
        with company_transaction(self._scope, self._clock.now()) as ledger:
            ending = [one for one in self._found("r.number = %s", (int(user.id),)) if one.id in session_ids]
            for session in ending:
                self.leave(session.id)
            ledger.append([ended(user, session) for session in ending], stamp)
        return len(ending)

    def leave(self, session_id: str) -> None:
        """Forget a session whose person signs out."""
        self._scope.delete("store_usersession", where="id = %s", parameters=(session_id,))

    def _found(self, where: str, parameters: Sequence[str | int]) -> list[Session]:
        rows = self._scope.select(
            "store_usersession",
            _READ,
            joins=_PRESENT,
            where=where,
            parameters=parameters,
            tail="ORDER BY r.seen_at DESC, r.id",
        )
        return [_session(row) for row in rows]


def ended(user: User, session: Session) -> Event:
    """Tell that a session was ended."""
    return Event(
        name=EventName.SESSION_ENDED,
        subject_type=EMPLOYEE_TYPE,
        subject_id=user.id,
        subject=f"{user.user_id} ({session.title})",
    )


def _session(row: tuple[Cell, ...]) -> Session:
    own, began_at, seen_at, proven_at, address, browser, way = row
    return Session(
        id=str(own),
        began_at=moment(began_at),
        seen_at=moment(seen_at),
        proven_at=moment(proven_at),
        address=str(address),
        browser=str(browser),
        way=Way(str(way)),
    )
