"""The role of an employee as a field of its record: kept once, given by who may, and guarded as at every other door."""

from __future__ import annotations

from functools import partial

import pytest

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import (
    ADMINISTRATOR,
    EMPLOYEE,
    INTEGRATION_OPERATOR,
    USER_ADMINISTRATOR,
    Role,
    Stamp,
    User,
)
from suitebridge.domain.values import Fields
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import NewRecord, RecordChange
from suitebridge.ports.workspace import RecordQuery
from tests.contract.stories import create, field, version
from tests.contract.test_concurrency import outcomes_of


def add(store: CompanyStore, user_id: str, role: Role = ADMINISTRATOR) -> User:
    return store.people.add(user_id=user_id, first="", last="", email="", role=role, password=None, stamp=None)


def by(author: User, stamp: Stamp) -> Stamp:
    return Stamp(author_id=author.id, author_name=author.name, door=stamp.door)


def gift(user: User | str, role: str | None) -> RecordChange:
    own = user if isinstance(user, str) else user.id
    return RecordChange(
        type="employee", id=own, version="", changes=(Change(field="role", before="what was read", after=role),)
    )


def give(store: CompanyStore, user: User | str, role: str | None, author: Stamp) -> None:
    with store.transactions.begin() as unit:
        unit.change_records([gift(user, role)], author)


def test_a_role_is_read_wherever_the_record_is(store: CompanyStore, stamp: Stamp) -> None:
    ada = add(store, "ada")
    (new,) = create(store, stamp, "employee", {"nickname": "new", "active": True})
    (sheet,) = create(store, stamp, "timesheet", {"name": "W1", "employee": ada.id})
    assert (field(store, "employee", ada.id, "role"), field(store, "employee", new, "role")) == (
        "Administrator",
        "Employee",
    )
    assert field(store, "timesheet", sheet, "employee.role") == "Administrator"
    assert store.records.find("employee", "role", ["Administrator"]) == {"Administrator": (ada.id,)}
    rules = Compare(path="role", comparison=Comparison.EQUAL, value="Administrator")
    assert [own for own, _ in store.records.select("employee", rules, after_id="", limit=9)] == [ada.id]
    assert [one.fields["role"] for one in store.records.query(RecordQuery(record_type="employee"))] == [
        "Administrator",
        "Employee",
    ]


def test_a_role_given_through_the_record_is_the_sign_ins_and_in_the_trail(store: CompanyStore, stamp: Stamp) -> None:
    ada, bob = add(store, "ada"), add(store, "bob", INTEGRATION_OPERATOR)
    (new,) = create(store, stamp, "employee", {"nickname": "new", "active": True})
    give(store, new, "Integration operator", by(ada, stamp))
    joined = store.people.by_record(new)
    assert joined is not None
    assert joined.role == INTEGRATION_OPERATOR
    (told,) = store.trail.of_record("employee", new)[0].changes
    assert (told.field, told.before, told.after) == ("role", "Employee", "Integration operator")
    before = version(store, "employee", new)
    give(store, new, "Integration operator", by(ada, stamp))
    assert version(store, "employee", new) == before
    give(store, bob, None, by(ada, stamp))
    assert field(store, "employee", bob.id, "role") == EMPLOYEE.name
    with store.transactions.begin() as unit:
        (own,) = unit.reserve_ids(1)
        fields: Fields = {"nickname": "eve", "active": True, "role": "Administrator"}
        unit.create_records([NewRecord(type="employee", id=own, fields=fields)], by(ada, stamp))
    assert [user.user_id for user in store.people.administrators()] == ["ada", "eve"]
    store.people.change(own, PersonChange(role=EMPLOYEE), version="", stamp=stamp)
    assert field(store, "employee", own, "role") == "Employee"


def test_nobody_gives_what_they_may_not(store: CompanyStore, stamp: Stamp) -> None:
    ada, ursula, omar = (
        add(store, "ada"),
        add(store, "ursula", USER_ADMINISTRATOR),
        add(store, "omar", INTEGRATION_OPERATOR),
    )
    eve = add(store, "eve", EMPLOYEE)
    for author, user, role, lacks in (
        (ursula, eve, "Administrator", "Administer the company"),
        (ursula, ada, "Employee", "Administer the company"),
        (ursula, ursula, "Employee", "Administer the company"),
        (omar, eve, "Integration operator", "Manage users and roles"),
        (omar, omar, "Administrator", "Administer the company"),
        (ada, eve, "King", "there are Administrator, Employee, Integration operator, User administrator"),
    ):
        with pytest.raises(RecordRefusedError, match="SB-ROLE-001") as caught:
            give(store, user, role, by(author, stamp))
        assert lacks in caught.value.problem.cause
        with store.transactions.begin() as unit:
            refused = unit.refused_fields([gift(user, role)], by(author, stamp))
        assert [part.field for part in refused[user.id]] == ["role"]
    give(store, eve, "Integration operator", by(ursula, stamp))
    with store.transactions.begin() as unit:
        new = NewRecord(type="employee", id="999", fields={"nickname": "new", "role": "Administrator"})
        assert list(unit.refused_fields([new], by(omar, stamp))) == ["999"]
        with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
            unit.create_records([new], by(omar, stamp))


def test_the_integration_user_and_the_last_administrator_keep_their_role(store: CompanyStore, stamp: Stamp) -> None:
    ada, bob = add(store, "ada"), add(store, "bob")
    author = by(ada, stamp)
    with store.transactions.begin() as unit:
        refused = unit.refused_fields([gift(bob, "Employee"), gift(ada, "Employee")], author)
        assert {own: part.problem.code for own, (part,) in refused.items()} == {ada.id: "SB-USER-002"}
    store.connections.set_integration_user(bob.id, stamp)
    with store.transactions.begin() as unit:
        refused = unit.refused_fields([gift(bob, "Employee")], author)
        assert {own: part.problem.code for own, (part,) in refused.items()} == {bob.id: "SB-USER-001"}
    with pytest.raises(RecordRefusedError, match="SB-USER-001"):
        give(store, bob, "Employee", author)
    store.connections.set_integration_user("", stamp)
    give(store, bob, "Employee", author)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        give(store, ada, "Employee", author)


@pytest.mark.parametrize("turn", range(2))
def test_roles_given_through_records_at_once_leave_one_administrator(
    real_store: CompanyStore, stamp: Stamp, turn: int
) -> None:
    users = [add(real_store, f"admin{number}") for number in range(4)]
    acts = [partial(give, real_store, user, "Employee", by(user, stamp)) for user in users]
    if turn:
        leave = partial(real_store.people.change, users[0].id, PersonChange(is_active=False), version="", stamp=stamp)
        ended = outcomes_of([leave, *acts[1:]])
    else:
        ended = outcomes_of(acts)
    assert sorted(ended) == ["", "", "", "SB-USER-002"]
    assert len(real_store.people.administrators()) == 1


def test_a_user_chosen_and_demoted_through_the_record_in_the_same_second_is_one_of_them(
    real_store: CompanyStore, stamp: Stamp
) -> None:
    chosen, other = add(real_store, "ada"), add(real_store, "bob")
    acts = [
        partial(real_store.connections.set_integration_user, chosen.id, stamp),
        partial(give, real_store, chosen, "Employee", by(other, stamp)),
    ]
    assert outcomes_of(acts) in (["", "SB-USER-001"], ["SB-USER-003", ""])
