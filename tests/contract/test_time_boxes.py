"""Roles that end by themselves, and duties kept apart: what ends with them, and who may not be given an end."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.models import Person
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, Door, Permission, Role, Stamp, TimeBox, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import NewRecord, RecordChange
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, token_owner

PASSWORD = Secret("wide amber lantern")
TOKEN = Secret("a token of forty characters or so, random")
OVER, LATER = datetime(2026, 3, 1, tzinfo=UTC), datetime(2027, 3, 1, tzinfo=UTC)
"""Before and after every moment of the stores' clock."""


def add(store: CompanyStore, user_id: str, role: Role = ADMINISTRATOR) -> User:
    return store.people.add(user_id=user_id, first="", last="", email="", role=role, password=PASSWORD, stamp=None)


def box(store: CompanyStore, user: User, ends_at: datetime | None, stamp: Stamp, role: Role | None = None) -> User:
    change = PersonChange(role=role, time_box=TimeBox(ends_at=ends_at))
    return store.people.change(user.id, change, version="", stamp=stamp).user


def test_a_role_holds_until_its_end_and_permits_nothing_from_then_on(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    user = box(store, add(store, "ada", AUDITOR), LATER, stamp)
    assert (user.ends_at, user.has_ended, user.role) == (LATER, False, AUDITOR)
    assert store.people.check_password("ada", PASSWORD) is not None
    store.tokens.issue(user, label="", token=TOKEN, expires_at=LATER + timedelta(days=9))
    assert token_owner(store, TOKEN, at=LATER - timedelta(seconds=1)) is not None
    assert token_owner(store, TOKEN, at=LATER) is None
    for ended in (box(store, user, OVER, stamp), store.people.by_record(user.id), store.people.get("ada")):
        assert ended is not None
        assert (ended.role.name, ended.has_ended, ended.may_sign_in) == ("Auditor", True, False)
        assert not any(ended.role.allows(permission) for permission in Permission)
    card = store.people.card(user.id)
    assert card is not None
    assert card.user.has_ended
    assert store.people.check_password("ada", PASSWORD) is None


def test_moving_an_end_signs_out_so_that_nothing_ended_comes_back(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    user = box(store, add(store, "ada", AUDITOR), OVER, stamp)
    store.tokens.issue(user, label="", token=TOKEN, expires_at=LATER)
    back = box(store, user, None, stamp)
    assert (back.ends_at, back.role, back.may_sign_in) == (None, AUDITOR, True)
    assert token_owner(store, TOKEN, at=MOMENT) is None
    assert [entry.event for entry in store.trail.of_record("employee", user.id)].count("role:limited") == 2


def test_another_role_stays_unless_its_end_is_said_with_it(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    user = box(store, add(store, "ada", AUDITOR), LATER, stamp)
    given = store.people.change(user.id, PersonChange(role=EMPLOYEE), version="", stamp=stamp).user
    assert (given.role, given.ends_at) == (EMPLOYEE, None)
    both = box(store, user, LATER, stamp, role=AUDITOR)
    assert (both.role, both.ends_at) == (AUDITOR, LATER)
    before = store.people.card(user.id)
    assert before is not None
    assert store.people.change(user.id, PersonChange(), version=before.version, stamp=stamp).version == before.version
    moved = store.people.change(user.id, PersonChange(time_box=TimeBox(ends_at=OVER)), version="", stamp=stamp)
    assert moved.version != before.version


def test_the_last_administrator_that_stays_is_given_no_end(store: CompanyStore, stamp: Stamp) -> None:
    first, second = add(store, "ada"), add(store, "bob")
    box(store, second, LATER, stamp)
    assert store.people.administrators() == (first,)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        box(store, first, LATER, stamp)
    for change in (PersonChange(role=EMPLOYEE), PersonChange(is_active=False)):
        with pytest.raises(RecordRefusedError, match="SB-USER-002"):
            store.people.change(first.id, change, version="", stamp=stamp)
    box(store, second, None, stamp)
    assert box(store, first, LATER, stamp).ends_at == LATER


def test_the_integration_user_is_given_no_end_and_nobody_with_one_is_chosen(store: CompanyStore, stamp: Stamp) -> None:
    chosen, other = add(store, "ada"), add(store, "bob")
    add(store, "cid")
    store.connections.set_integration_user(chosen.id, stamp)
    with pytest.raises(RecordRefusedError, match="SB-USER-001"):
        box(store, chosen, LATER, stamp)
    box(store, other, LATER, stamp)
    with pytest.raises(RecordRefusedError, match="SB-USER-003"):
        store.connections.set_integration_user(other.id, stamp)


def test_the_database_decides_whatever_the_statement(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(stored_companies)
    chosen, other, clerk = add(store, "ada"), add(store, "bob"), add(store, "cid", AUDITOR)
    store.connections.set_integration_user(chosen.id, stamp)
    database, own = stored_companies.database, store.company.id
    end = "UPDATE store_person SET ends_at = %s WHERE company_id = %s AND number = %s"
    for user, said in ((chosen, "SB-USER-001"),):
        with pytest.raises(RecordRefusedError, match=said):
            database.execute(end, (LATER, own, int(user.id)))
    database.execute(end, (LATER, own, int(other.id)))
    with pytest.raises(RecordRefusedError, match="SB-USER-003"):
        store.connections.set_integration_user(other.id, stamp)
    store.connections.set_integration_user("", stamp)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        database.execute(end, (LATER, own, int(chosen.id)))
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        database.execute(
            "UPDATE store_record SET active = %s WHERE company_id = %s AND type = 'employee' AND number = %s",
            (False, own, int(chosen.id)),
        )
    for table in ("store_person", "store_record"):
        with pytest.raises(RecordRefusedError, match="SB-USER-002"):
            database.execute(f"DELETE FROM {table} WHERE company_id = %s AND number = %s", (own, int(chosen.id)))
    database.execute(end, (LATER, own, int(clerk.id)))
    person = Person.objects.using(database.alias).get(company_id=own, number=int(clerk.id))
    database.execute(
        "UPDATE store_person SET role = 'Employee' WHERE company_id = %s AND number = %s", (own, int(clerk.id))
    )
    after = Person.objects.using(database.alias).get(pk=person.pk)
    assert (after.ends_at, after.epoch > person.epoch) == (None, True)


def test_a_run_reads_and_writes_nothing_for_an_owner_whose_role_has_ended(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    owner = box(store, add(store, "ada"), OVER, stamp)
    author = Stamp(author_id=owner.id, author_name=owner.name, door=Door.INTEGRATION, run_id="r")
    with pytest.raises(RunStoppedError, match="SB-OWN-002"), store.transactions.begin() as unit:
        unit.create_records([NewRecord(type="customer", id="99", fields={"name": "Acme"})], author)
    with pytest.raises(RunStoppedError, match="SB-OWN-002"):
        store.records_for(author).count("customer")


def test_reasons_for_duties_in_one_hand_are_kept_and_told(store: CompanyStore, stamp: Stamp) -> None:
    user = add(store, "ada", AUDITOR)
    add(store, "zoe")
    both = Role(name="Both", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.EDIT_INTEGRATION_SETTINGS}))
    store.roles.save(both, was=None, reason="", stamp=stamp)
    change = PersonChange(role=both, duties_reason="Only two of us")
    assert store.people.change(user.id, change, version="", stamp=stamp).duties_reason == "Only two of us"
    told = {entry.event for entry in store.trail.of_record("employee", user.id)}
    assert {"duties:overridden", "user:changed"} <= told
    box(store, user, LATER, stamp)
    card = store.people.card(user.id)
    assert card is not None
    assert card.duties_reason == "Only two of us"
    assert store.people.change(user.id, PersonChange(role=EMPLOYEE), version="", stamp=stamp).duties_reason == ""


def test_a_mapped_row_gives_no_role_that_holds_duties_together(store: CompanyStore, stamp: Stamp) -> None:
    ada, eve = add(store, "ada"), add(store, "eve", EMPLOYEE)
    box(store, eve, LATER, stamp)
    author = Stamp(author_id=ada.id, author_name=ada.name, door=Door.INTEGRATION, run_id="r")
    for name, other in (("Both", Permission.EDIT_INTEGRATION_SETTINGS), ("One", Permission.VIEW_RECORDS)):
        role = Role(name=name, permissions=frozenset({Permission.RUN_INTEGRATION, other}))
        store.roles.save(role, was=None, reason="", stamp=stamp)
    store.roles.set_duties_apart(is_on=True, stamp=stamp)
    step = Change(field="role", before="Employee", after="Both")
    change = RecordChange(type="employee", id=eve.id, version="", changes=(step,))
    with pytest.raises(RecordRefusedError, match="SB-DUTY-001"), store.transactions.begin() as unit:
        unit.change_records([change], author)
    with store.transactions.begin() as unit:
        (refused,) = unit.refused_fields([change], author)[eve.id]
        assert refused.problem.code == "SB-DUTY-001"
        allowed = replace(change, changes=(replace(step, after="One"),))
        unit.change_records([allowed], author)
    given = store.people.by_record(eve.id)
    assert given is not None
    assert (given.role.name, given.ends_at) == ("One", None)


def test_keeping_duties_apart_is_off_until_it_is_decided_and_told_once(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    assert not store.roles.keep_duties_apart()
    for _ in range(2):
        store.roles.set_duties_apart(is_on=True, stamp=stamp)
        assert store.roles.keep_duties_apart()
    assert [entry.event for entry in store.trail.newest(limit=9)].count("duties:settled") == 1
