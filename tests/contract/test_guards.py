"""What the integration user and the last active administrator may not lose, whichever way it is tried; and what ends with a right."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.models import Person
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, Door, Permission, Role, Stamp, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import RecordChange
from suitebridge.ports.workspace import RecordQuery
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, create, field, token_owner

BEFORE = MOMENT - timedelta(days=1)
TOKEN = Secret("a token of forty characters or so, random")


def add(store: CompanyStore, user_id: str, role: Role = ADMINISTRATOR, password: Secret | None = None) -> User:
    """Add a user."""
    return store.people.add(user_id=user_id, first="", last="", email="", role=role, password=password, stamp=None)


def deactivation(user: User) -> RecordChange:
    """Say what deactivates a user's record, and changes another field with it."""
    steps = (Change(field="active", before=True, after=False), Change(field="email", before="", after="new@x.example"))
    return RecordChange(type="employee", id=user.id, version="", changes=steps)


@pytest.fixture
def pair(store: CompanyStore, stamp: Stamp) -> tuple[User, User]:
    """Give two administrators, the first of whom is the integration user."""
    chosen, other = add(store, "ada"), add(store, "bob")
    store.connections.set_integration_user(chosen.id, stamp)
    return chosen, other


def test_the_integration_user_stays_active_in_its_role(
    store: CompanyStore, pair: tuple[User, User], stamp: Stamp
) -> None:
    chosen, _ = pair
    for change in (PersonChange(is_active=False), PersonChange(role=EMPLOYEE), PersonChange(role=AUDITOR)):
        with pytest.raises(RecordRefusedError, match="SB-USER-001"):
            store.people.change(chosen.id, change, version="", stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-USER-001"), store.transactions.begin() as unit:
        unit.change_records([deactivation(chosen)], stamp)
    assert store.people.by_record(chosen.id) == chosen
    assert field(store, "employee", chosen.id, "email") == ""
    assert store.people.change(chosen.id, PersonChange(first="Ada"), version="", stamp=stamp).user.name == "Ada"


def test_a_cleared_integration_user_may_leave(store: CompanyStore, pair: tuple[User, User], stamp: Stamp) -> None:
    chosen, _ = pair
    store.connections.set_integration_user("", stamp)
    assert not store.people.change(chosen.id, PersonChange(is_active=False), version="", stamp=stamp).user.is_active


def test_only_an_active_administrator_can_be_chosen(store: CompanyStore, pair: tuple[User, User], stamp: Stamp) -> None:
    chosen, other = pair
    employee = add(store, "eve", EMPLOYEE)
    store.people.change(other.id, PersonChange(is_active=False), version="", stamp=stamp)
    for record_id in (other.id, employee.id, "999", "nobody"):
        with pytest.raises(RecordRefusedError, match="SB-USER-003"):
            store.connections.set_integration_user(record_id, stamp)
    connection = store.connections.get()
    assert connection is not None
    assert connection.integration_user_id == chosen.id


def test_the_last_active_administrator_stays(store: CompanyStore, stamp: Stamp) -> None:
    last, other = add(store, "ada"), add(store, "bob")
    add(store, "eve", EMPLOYEE)
    store.people.change(other.id, PersonChange(is_active=False), version="", stamp=stamp)
    for change in (PersonChange(is_active=False), PersonChange(role=AUDITOR)):
        with pytest.raises(RecordRefusedError, match="SB-USER-002"):
            store.people.change(last.id, change, version="", stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"), store.transactions.begin() as unit:
        unit.change_records([deactivation(last)], stamp)
    assert store.people.administrators() == (last,)


def test_refused_fields_are_known_before_the_write(store: CompanyStore, pair: tuple[User, User], stamp: Stamp) -> None:
    chosen, other = pair
    eve = add(store, "eve", EMPLOYEE)
    with store.transactions.begin() as unit:
        refused = unit.refused_fields([deactivation(chosen), deactivation(other), deactivation(eve)], stamp)
        assert {own: [part.field for part in parts] for own, parts in refused.items()} == {chosen.id: ["active"]}
        assert refused[chosen.id][0].problem.code == "SB-USER-001"
        assert unit.change_records([deactivation(other), deactivation(eve)], stamp) == []
    with store.transactions.begin() as unit:
        step = Change(field="email", before=None, after="a@x.example")
        wanted = RecordChange(type="employee", id=chosen.id, version="", changes=(step,))
        assert unit.refused_fields([wanted], stamp) == {}


def test_the_longest_standing_administrator_is_kept_of_many(store: CompanyStore, stamp: Stamp) -> None:
    first, second = add(store, "ada"), add(store, "bob")
    with store.transactions.begin() as unit:
        refused = unit.refused_fields([deactivation(second), deactivation(first)], stamp)
        assert list(refused) == [first.id]
        assert refused[first.id][0].problem.code == "SB-USER-002"


STATEMENTS = {
    "deactivate": ("UPDATE store_record SET active = %s WHERE company_id = %s AND type = 'employee'", (False,)),
    "retype": ("UPDATE store_record SET type = 'vendor' WHERE company_id = %s AND type = 'employee'", ()),
    "delete the record": ("DELETE FROM store_record WHERE company_id = %s AND type = 'employee'", ()),
    "demote": ("UPDATE store_person SET role = 'Employee' WHERE company_id = %s", ()),
    "delete the person": ("DELETE FROM store_person WHERE company_id = %s", ()),
    "empty the role": ("UPDATE store_role SET permissions = '[]' WHERE company_id = %s", ()),
    "rename the role": ("UPDATE store_role SET name = 'Boss' WHERE company_id = %s AND name = 'Administrator'", ()),
    "delete the role": ("DELETE FROM store_role WHERE company_id = %s", ()),
}


@pytest.mark.parametrize("is_chosen", [True, False], ids=["integration user", "last administrator"])
@pytest.mark.parametrize("act", STATEMENTS)
def test_the_database_itself_refuses(
    stored_companies: StoredCompanies, stamp: Stamp, act: str, *, is_chosen: bool
) -> None:
    store = fresh_store(stored_companies)
    only = add(store, "ada")
    if is_chosen:
        store.connections.set_integration_user(only.id, stamp)
    statement, parameters = STATEMENTS[act]
    code = "SB-ROLE-001" if "role" in act else "SB-USER-001" if is_chosen else "SB-USER-002"
    with pytest.raises(RecordRefusedError, match=code) as caught:
        stored_companies.database.execute(statement, (*parameters, store.company.id))
    assert "not known" not in f"{caught.value.problem.title}{caught.value.problem.cause}{caught.value.problem.remedy}"
    assert store.people.administrators() == (only,)


def test_the_database_refuses_an_integration_user_who_may_not_be(
    stored_companies: StoredCompanies, stamp: Stamp
) -> None:
    store, neighbor = fresh_store(stored_companies), fresh_store(stored_companies)
    add(store, "ada")
    employee = add(store, "eve", EMPLOYEE)
    foreign = [add(neighbor, name) for name in ("one", "two", "three")][-1]
    store.connections.set_integration_user("", stamp)
    for record_id in (employee.id, foreign.id):
        with pytest.raises(RecordRefusedError, match="SB-USER-003"):
            stored_companies.database.execute(
                "UPDATE store_connection SET integration_user_id = %s WHERE company_id = %s",
                (record_id, store.company.id),
            )


def test_sessions_tokens_and_invitations_end_with_activity_and_role(real_store: CompanyStore, stamp: Stamp) -> None:
    add(real_store, "ada")
    for change in (PersonChange(is_active=False), PersonChange(role=EMPLOYEE)):
        user = add(real_store, f"user-{change.is_active}")
        hash_before = session_hash(user, real_store)
        real_store.tokens.issue(user, label="", token=Secret(f"{TOKEN.reveal()}{user.id}"), expires_at=MOMENT)
        real_store.people.invite(
            user.id, token=Secret(f"i{user.id}"), expires_at=MOMENT, ends_access=False, stamp=stamp
        )
        real_store.people.change(user.id, change, version="", stamp=stamp)
        real_store.people.change(user.id, PersonChange(is_active=True), version="", stamp=stamp)
        assert session_hash(user, real_store) != hash_before
        assert token_owner(real_store, Secret(f"{TOKEN.reveal()}{user.id}"), at=BEFORE) is None
        assert real_store.people.invited(Secret(f"i{user.id}"), at=BEFORE) is None


def test_a_session_stays_while_only_the_name_changes(real_store: CompanyStore, stamp: Stamp) -> None:
    user = add(real_store, "ada")
    before = session_hash(user, real_store)
    real_store.people.change(user.id, PersonChange(first="Ada"), version="", stamp=stamp)
    assert session_hash(user, real_store) == before
    real_store.people.end_access(user.id, stamp=stamp)
    assert session_hash(user, real_store) != before


def session_hash(user: User, store: CompanyStore) -> str:
    """Give what the framework compares a session with."""
    database = store.people._scope.database  # type: ignore[attr-defined]
    person = Person.objects.using(database.alias).get(company_id=store.company.id, number=int(user.id))
    return person.get_session_auth_hash()


@pytest.mark.parametrize("role", [EMPLOYEE, AUDITOR])
def test_a_run_writes_only_what_its_owner_may(store: CompanyStore, stamp: Stamp, role: Role) -> None:
    owner = add(store, "eve", role)
    by_run = Stamp(author_id=owner.id, author_name=owner.name, door=Door.INTEGRATION, run_id="r")
    with pytest.raises(RunStoppedError, match="SB-OWN-002"):
        create(store, by_run, "vendor", {"name": "V"})
    (own,) = create(store, stamp, "vendor", {"name": "V"})
    step = RecordChange(type="vendor", id=own, version="", changes=(Change(field="name", before="V", after="W"),))
    with pytest.raises(RunStoppedError, match="SB-OWN-002"), store.transactions.begin() as unit:
        unit.change_records([step], by_run)
    assert field(store, "vendor", own, "name") == "V"


def test_a_run_sees_only_what_its_owner_may(store: CompanyStore, stamp: Stamp) -> None:
    """Every read is asked at the store, what paths and conditions lead to included; other doors ask where they are."""
    (customer,) = create(store, stamp, "customer", {"name": "Acme"})
    (project,) = create(store, stamp, "project", {"name": "P", "customer": customer})
    owner = add(store, "eve", Role(name="Clerk", permissions=frozenset(), views=frozenset({"project"})))
    by_run = Stamp(author_id=owner.id, author_name=owner.name, door=Door.INTEGRATION, run_id="r")
    seen = store.records_for(by_run)
    assert [one.id for one in seen.fetch("project", [project], ["name", "customer"])] == [project]
    assert seen.find("project", "name", ["P"]) == {"P": (project,)}
    behind = Compare(path="customer.name", comparison=Comparison.EQUAL, value="Acme")
    for refused in (
        lambda: seen.fetch("project", [project], ["customer.name"]),
        lambda: seen.fetch("customer", [customer], []),
        lambda: seen.find("customer", "name", ["Acme"]),
        lambda: seen.select("project", behind, after_id="", limit=9),
        lambda: seen.query(RecordQuery(record_type="project", condition=behind)),
        lambda: seen.count("customer"),
    ):
        with pytest.raises(RunStoppedError, match="eve, who owns the run, may not see customers"):
            refused()
    assert store.records_for(replace(by_run, door=Door.CONSOLE)).count("customer") == 1
    store.people.change(owner.id, PersonChange(is_active=False), version="", stamp=stamp)
    with pytest.raises(RunStoppedError, match="eve, who owns the run"):
        seen.count("project")


def test_rights_for_one_record_type_hold_for_that_type_alone(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "ada")
    clerk = Role(name="Clerk", permissions=frozenset({Permission.VIEW_RECORDS}), modifies=frozenset({"vendor"}))
    owner = add(store, "eve", clerk)
    by_run = Stamp(author_id=owner.id, author_name=owner.name, door=Door.INTEGRATION, run_id="r")
    create(store, by_run, "vendor", {"name": "V"})
    with pytest.raises(RunStoppedError, match="customer"):
        create(store, by_run, "customer", {"name": "C"})
    store.people.change(owner.id, PersonChange(is_active=False), version="", stamp=stamp)
    with pytest.raises(RunStoppedError, match="eve, who owns the run"):
        create(store, by_run, "vendor", {"name": "W"})
    nobody = Stamp(author_id="999", author_name="Somebody", door=Door.INTEGRATION, run_id="r")
    with pytest.raises(RunStoppedError, match="Somebody"):
        create(store, nobody, "vendor", {"name": "W"})
