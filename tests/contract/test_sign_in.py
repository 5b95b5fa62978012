"""The contracts of `ports.sessions`, `ports.second_factors` and `ports.notes`."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.opening import close_connections
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, Stamp, User
from suitebridge.domain.sessions import Session, SignInRules
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from tests.contract.conftest import MASTER, fresh_store
from tests.contract.stories import MOMENT

PASSWORD = Secret("wide amber lantern")
SECRET = Secret("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
CODES = (Secret("a" * 16), Secret("b" * 16))


@dataclass(slots=True)
class Hands:
    """A clock whose hands a test moves."""

    at: datetime

    def now(self) -> datetime:
        return self.at


def add(store: CompanyStore, user_id: str = "ada") -> User:
    """Add a user who can sign in."""
    return store.people.add(
        user_id=user_id, first="", last="", email="", role=ADMINISTRATOR, password=PASSWORD, stamp=None
    )


def session(own: str, minutes: int = 0) -> Session:
    """Give a session that began so many minutes after the moment of the stories."""
    at = MOMENT + timedelta(minutes=minutes)
    return Session(id=own, began_at=at, seen_at=at, proven_at=at, address="192.0.2.7", browser="Firefox on Linux")


def test_sessions_are_listed_moved_and_ended_one_by_one(store: CompanyStore, stamp: Stamp) -> None:
    user, other = add(store), add(store, "bob")
    for one in (session("s1"), session("s2", 1), session("s3", 2)):
        store.sessions.open(user, one)
    store.sessions.open(other, session("theirs"))
    store.sessions.seen("s1", at=MOMENT + timedelta(minutes=5))
    store.sessions.proven("s2", at=MOMENT + timedelta(minutes=6))
    listed = store.sessions.of_user(user, at=MOMENT + timedelta(minutes=7))
    assert [one.id for one in listed] == ["s1", "s3", "s2"]
    assert store.sessions.get(user, "s2") == replace(session("s2", 1), proven_at=MOMENT + timedelta(minutes=6))
    assert store.sessions.get(other, "s2") is None
    assert store.sessions.end(user, ["s2", "theirs", "none"], stamp=stamp) == 1
    (entry,) = store.trail.newest(limit=1)
    assert (entry.event, entry.record_title) == ("session:ended", "ada (Firefox on Linux, 192.0.2.7)")
    store.sessions.leave("s3")
    assert [one.id for one in store.sessions.of_user(user, at=MOMENT)] == ["s1"]
    assert [one.id for one in store.sessions.of_user(other, at=MOMENT)] == ["theirs"]


@pytest.mark.parametrize("act", ["password", "access", "role", "activity"])
def test_what_ends_access_ends_the_sessions(store: CompanyStore, stamp: Stamp, act: str) -> None:
    add(store, "zoe")
    user = add(store)
    store.sessions.open(user, session("s1"))
    match act:
        case "password":
            store.people.set_password(user.id, Secret("another good one"), stamp=stamp)
        case "access":
            store.people.end_access(user.id, stamp=stamp)
        case "role":
            store.people.change(user.id, PersonChange(role=AUDITOR), version="", stamp=stamp)
        case _:
            store.people.change(user.id, PersonChange(is_active=False), version="", stamp=stamp)
    assert store.sessions.get(user, "s1") is None
    assert not store.sessions.of_user(user, at=MOMENT)


def test_rules_shorten_what_lives_and_are_told(store: CompanyStore, stamp: Stamp) -> None:
    user = add(store)
    store.sessions.open(user, session("s1"))
    assert store.sessions.rules() == SignInRules()
    rules = SignInRules(idle_minutes=10, longest_minutes=60, demands_second_factor=True)
    store.sessions.save_rules(rules, stamp=stamp)
    assert store.sessions.rules() == rules
    (entry,) = store.trail.newest(limit=1)
    assert entry.event == "sign-in rules:saved"
    change = entry.changes[0]
    assert (change.field, change.before, change.after) == ("idle_minutes", "30", "10")
    with pytest.raises(RecordRefusedError) as refused:
        store.sessions.save_rules(SignInRules(), stamp=stamp, was=SignInRules().mark)
    assert refused.value.problem.code == "SB-RULE-001"
    assert store.sessions.rules() == rules
    store.sessions.save_rules(rules, stamp=stamp, was=rules.mark)
    assert store.sessions.of_user(user, at=MOMENT + timedelta(minutes=9))
    assert not store.sessions.of_user(user, at=MOMENT + timedelta(minutes=10))


def test_a_factor_is_begun_turned_on_and_removed(store: CompanyStore, stamp: Stamp) -> None:
    user, factors = add(store), store.second_factors
    assert (factors.get(user), factors.pending(user), factors.secret(user)) == (None, None, None)
    with pytest.raises(LookupError):
        factors.turn_on(user, step=7, codes=CODES, stamp=stamp)
    with pytest.raises(LookupError):
        factors.replace_codes(user, CODES, stamp=stamp)
    factors.begin(user, Secret("an earlier one"))
    factors.begin(user, SECRET)
    assert (factors.get(user), factors.pending(user), factors.secret(user)) == (None, SECRET, None)
    assert not factors.use_step(user, 99)
    factors.turn_on(user, step=7, codes=CODES, stamp=stamp)
    shown = factors.get(user)
    assert shown is not None
    assert (shown.codes_left, factors.pending(user), factors.secret(user)) == (2, None, SECRET)
    factors.begin(user, Secret("another"))
    assert factors.secret(user) == SECRET
    factors.replace_codes(user, [Secret("c" * 16)], stamp=stamp)
    assert not factors.use_code(user, CODES[0], stamp=stamp)
    assert factors.remove(user, stamp=stamp)
    assert not factors.remove(user, stamp=stamp)
    assert not factors.use_code(user, Secret("c" * 16), stamp=stamp)
    assert [entry.event for entry in store.trail.newest(limit=3)] == [
        "second factor:removed",
        "recovery codes:replaced",
        "second factor:set",
    ]
    assert SECRET.reveal() not in repr(store.trail.newest(limit=9))


def test_every_code_is_good_once(store: CompanyStore, stamp: Stamp) -> None:
    user, factors = add(store), store.second_factors
    factors.begin(user, SECRET)
    factors.turn_on(user, step=7, codes=CODES, stamp=stamp)
    assert [factors.use_step(user, step) for step in (7, 8, 8, 6, 9)] == [False, True, False, False, True]
    assert [factors.use_code(user, code, stamp=stamp) for code in (CODES[0], CODES[0], Secret("x"))] == [
        True,
        False,
        False,
    ]
    (entry,) = store.trail.newest(limit=1)
    assert entry.event == "recovery code:used"


def test_of_many_that_use_one_code_at_once_one_gets_in(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(stored_companies)
    user = add(store)
    store.second_factors.begin(user, SECRET)
    store.second_factors.turn_on(user, step=7, codes=CODES, stamp=stamp)

    def enter(number: int) -> tuple[bool, bool]:
        own = stored_companies.store(store.company.id).second_factors
        used = own.use_step(user, 8), own.use_code(user, CODES[0], stamp=stamp)
        close_connections()
        return used

    with ThreadPoolExecutor(6) as pool:
        used = list(pool.map(enter, range(12)))
    assert (sum(step for step, _ in used), sum(code for _, code in used)) == (1, 1)


def test_a_secret_is_sealed_for_its_user_and_rotated_with_the_others(
    stored_companies: StoredCompanies, stamp: Stamp
) -> None:
    store = fresh_store(stored_companies)
    user, other = add(store), add(store, "bob")
    for one in (user, other):
        store.second_factors.begin(one, SECRET)
    rows = stored_companies.database.fetch(
        "SELECT envelope, key_id FROM store_secondfactor WHERE company_id = %s ORDER BY number", (store.company.id,)
    )
    assert SECRET.reveal() not in repr(rows)
    assert store.secrets.uses() == {MASTER.id: 2}
    assert not store.secrets.rewrap_next(stamp)
    stored_companies.database.execute(
        "UPDATE store_secondfactor SET envelope = %s WHERE company_id = %s AND number = %s",
        (str(rows[0][0]), store.company.id, int(other.id)),
    )
    with pytest.raises(RunStoppedError, match="SB-KEY-001"):
        store.second_factors.pending(other)


def test_what_is_read_again_and_again_is_told_once_an_hour_whatever_is_refused_meanwhile(
    stored_companies: StoredCompanies, stamp: Stamp
) -> None:
    clock = Hands(MOMENT)
    store = fresh_store(replace(stored_companies, clock=clock))

    def note(name: EventName) -> bool:
        return store.notes.note(Event(name=name, subject_type="user", subject_id="1", subject="see runs"), stamp=stamp)

    told = []
    for _ in range(62):
        told.append((note(EventName.EVIDENCE_READ), note(EventName.ACT_REFUSED)))
        clock.at += timedelta(minutes=1)
    assert [minute for minute, (read, _) in enumerate(told) if read] == [0, 60]
    assert all(refused for _, refused in told)


def test_what_is_refused_again_and_again_is_told_once_a_minute(store: CompanyStore, stamp: Stamp) -> None:
    def event(subject: str) -> Event:
        return Event(name=EventName.ACT_REFUSED, subject_type="user", subject_id="1", subject=subject)

    noted = [store.notes.note(event("see runs"), stamp=stamp) for _ in range(9)]
    assert noted == [True, *[False] * 8]
    assert store.notes.note(event("see users"), stamp=stamp)
    assert store.notes.note(event("see runs"), stamp=replace(stamp, author_id="2"))
    # The clock of these stores moves by a second each time somebody looks.
    later = [store.notes.note(event("see runs"), stamp=stamp) for _ in range(70)]
    assert 1 <= sum(later) <= 2
    assert store.trail.verify().first_broken == 0
