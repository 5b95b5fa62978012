"""The contract of `ports.people` and `ports.tokens`, and the framework's sign-in over them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from suitebridge.adapters.identity.backend import CompanyBackend
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.adapters.store.models import Person
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, Permission, Role, Stamp, User
from suitebridge.domain.scopes import Scope
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange
from suitebridge.ports.transactions import RecordChange
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, bound, create, token_owner

PASSWORD = Secret("wide amber lantern")


def add(store: CompanyStore, user_id: str, role: Role = ADMINISTRATOR, password: Secret | None = None) -> User:
    return store.people.add(
        user_id=user_id, first="Ada", last="Łovelace", email="ada@x.example", role=role, password=password, stamp=None
    )


def test_the_first_user_is_its_own_author(store: CompanyStore) -> None:
    user = add(store, "ada", password=PASSWORD)
    assert (user.id, user.user_id, user.name, user.role, user.is_active) == (
        "1",
        "ada",
        "Ada Łovelace",
        ADMINISTRATOR,
        True,
    )
    assert [(entry.event, entry.author_id, entry.author_name) for entry in store.trail.newest(limit=5)] == [
        ("user:added", "1", "Ada Łovelace"),
        ("record:created", "1", "Ada Łovelace"),
    ]
    assert "lantern" not in repr(store.trail.newest(limit=5))


def test_a_user_is_found_by_what_they_type_and_by_record(store: CompanyStore) -> None:
    user = add(store, "Ada.L")
    assert store.people.get(" aDA.l ") == store.people.by_record(user.id) == user
    assert store.people.get("bob") is None
    assert store.people.get("") is None
    assert store.people.by_record("99") is None


def test_an_employee_of_netsuite_is_found_by_what_was_bound_and_by_nothing_else(
    store: CompanyStore, stamp: Stamp
) -> None:
    add(store, "ada")
    create(store, stamp, "employee", {"nickname": "grace", "netsuite_id": "207"}, {"nickname": "emil"})
    assert store.people.by_netsuite("207") is None, "an id that somebody typed"
    employee = replace(bound("2", "207", "employee"), netsuite_type="employee")
    vendor = replace(bound("3", "208", "employee"), netsuite_type="vendor")
    claimed = replace(bound("3", "209", "employee"), netsuite_type="employee", state=BindingState.CLAIMED)
    with store.transactions.begin() as unit:
        unit.save_bindings([employee, vendor, claimed])
    found = store.people.by_netsuite("207")
    assert found is not None
    assert (found.id, found.role) == ("2", EMPLOYEE)
    assert [store.people.by_netsuite(one) for one in ("208", "209", "", "ada@x.example")] == [None] * 4


def test_an_employee_without_sign_in_has_the_default_role(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "employee", {"nickname": "eve", "active": True})
    user = store.people.get("eve")
    assert user is not None
    assert (user.id, user.name, user.role) == (own, "eve", EMPLOYEE)
    assert store.people.check_password("eve", PASSWORD) is None


def test_a_taken_user_id_and_a_weak_password_are_refused(store: CompanyStore) -> None:
    add(store, "ada")
    with pytest.raises(ValueError, match="already"):
        add(store, "ADA")
    with pytest.raises(ValueError, match="8 characters"):
        add(store, "bob", password=Secret("short"))
    with pytest.raises(ValueError, match="user"):
        add(store, "  ")
    assert store.records.count("employee") == 1


def test_administrators_are_listed_longest_standing_first(store: CompanyStore, stamp: Stamp) -> None:
    first, second, auditor = add(store, "zoe"), add(store, "ada"), add(store, "aud", AUDITOR)
    assert store.people.administrators() == (first, second)
    assert auditor.role == AUDITOR
    deactivate(store, first, stamp)
    assert store.people.administrators() == (second,)


def deactivate(store: CompanyStore, user: User, stamp: Stamp) -> None:
    """Clear the active mark of an employee."""
    step = Change(field="active", before=True, after=False)
    with store.transactions.begin() as unit:
        unit.change_records([RecordChange(type="employee", id=user.id, version="", changes=(step,))], stamp)


def test_a_password_opens_one_active_user(store: CompanyStore, stamp: Stamp) -> None:
    user = add(store, "ada", password=PASSWORD)
    add(store, "bob")
    assert store.people.check_password("ADA", PASSWORD) == user
    assert store.people.check_password("ada", Secret("wide amber lantern ")) is None
    assert store.people.check_password("bob", PASSWORD) is None
    assert store.people.check_password("bob", Secret("")) is None
    assert store.people.check_password("nobody", PASSWORD) is None
    deactivate(store, user, stamp)
    assert store.people.check_password("ada", PASSWORD) is None


def test_every_check_hashes_once(real_store: CompanyStore, monkeypatch: pytest.MonkeyPatch) -> None:
    add(real_store, "ada", password=PASSWORD)
    add(real_store, "bob")
    hashed: list[str] = []

    def encode(_hasher: object, password: str, salt: str) -> str:
        hashed.append(password)
        return f"argon2$argon2id$v=19$m=8,t=1,p=1${salt}$YWJj"

    def verify(_hasher: object, password: str, _encoded: str) -> bool:
        hashed.append(password)
        return False

    monkeypatch.setattr("django.contrib.auth.hashers.Argon2PasswordHasher.encode", encode)
    monkeypatch.setattr("django.contrib.auth.hashers.Argon2PasswordHasher.verify", verify)
    for user_id in ("ada", "bob", "nobody"):
        hashed.clear()
        assert real_store.people.check_password(user_id, Secret("wrong")) is None
        assert len(hashed) == 1


def test_passwords_are_stored_as_argon2id(stored_companies: StoredCompanies) -> None:
    store = fresh_store(stored_companies)
    add(store, "ada", password=PASSWORD)
    rows = stored_companies.database.fetch(
        "SELECT password FROM store_person WHERE company_id = %s", (store.company.id,)
    )
    assert str(rows[0][0]).startswith("argon2$argon2id$")


def test_a_hash_that_was_cheaper_than_todays_is_renewed_at_a_sign_in(
    stored_companies: StoredCompanies, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, hasher = fresh_store(stored_companies), "django.contrib.auth.hashers.Argon2PasswordHasher"
    add(store, "ada", password=PASSWORD)

    def stored() -> str:
        query = "SELECT password FROM store_person WHERE company_id = %s"
        return str(stored_companies.database.fetch(query, (store.company.id,))[0][0])

    cheap = stored()
    monkeypatch.setattr(f"{hasher}.memory_cost", 128)
    assert store.people.check_password("ada", Secret("wrong"), renews=True) is None
    assert store.people.check_password("ada", PASSWORD) is not None
    assert stored() == cheap
    assert store.people.check_password("ada", PASSWORD, renews=True) is not None
    dear = stored()
    assert "m=128," in dear
    assert store.people.check_password("ada", PASSWORD, renews=True) is not None
    assert stored() == dear


def test_a_token_opens_its_user_until_it_expires_or_is_revoked(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "zoe")
    user = add(store, "ada")
    token, other = Secret("t" * 40), Secret("u" * 40)
    store.tokens.issue(user, label="laptop", token=token, expires_at=MOMENT)
    store.tokens.issue(user, label="desk", token=other, expires_at=MOMENT)
    assert token_owner(store, token, at=MOMENT - timedelta(seconds=1)) == user
    assert token_owner(store, token, at=MOMENT) is None
    assert token_owner(store, Secret("unknown"), at=MOMENT - timedelta(days=1)) is None
    store.tokens.revoke(token)
    assert token_owner(store, token, at=MOMENT - timedelta(seconds=1)) is None
    assert token_owner(store, other, at=MOMENT - timedelta(seconds=1)) == user
    deactivate(store, user, stamp)
    assert token_owner(store, other, at=MOMENT - timedelta(seconds=1)) is None


def test_owners_list_and_withdraw_their_tokens(store: CompanyStore, stamp: Stamp) -> None:
    zoe, ada = add(store, "zoe"), add(store, "ada")
    token, before = Secret("t" * 40), MOMENT - timedelta(seconds=1)
    card = store.tokens.issue(ada, label="laptop", token=token, expires_at=MOMENT, stamp=stamp)
    assert [(one.id, one.label, one.expires_at) for one in store.tokens.of_user(ada, at=before)] == [
        (card.id, "laptop", MOMENT)
    ]
    assert not store.tokens.of_user(ada, at=MOMENT)
    assert not store.tokens.of_user(zoe, at=before)
    assert not store.tokens.withdraw(zoe, card.id, stamp=stamp)
    assert token_owner(store, token, at=before) == ada
    assert store.tokens.withdraw(ada, card.id, stamp=stamp)
    assert token_owner(store, token, at=before) is None
    told = [entry for entry in store.trail.newest(limit=9) if entry.event.startswith("token:")]
    assert [(entry.event, entry.record_title) for entry in told] == [
        ("token:withdrawn", "“laptop”"),
        ("token:issued", "“laptop”"),
    ]


def test_a_token_carries_its_scopes_and_says_when_it_was_used(store: CompanyStore, stamp: Stamp) -> None:
    ada, token, first = add(store, "ada"), Secret("t" * 40), MOMENT - timedelta(hours=1)
    narrow = frozenset({Scope.READ, Scope.RUN})
    store.tokens.issue(ada, label="nightly", token=token, expires_at=MOMENT, scopes=narrow, stamp=stamp)
    (card,) = store.tokens.of_user(ada, at=first)
    assert (card.scopes, card.last_used_at) == (narrow, None)
    (entry,) = store.trail.newest(limit=1)
    assert [(change.field, change.after) for change in entry.changes] == [("scopes", "read, run")]
    for seconds, noted in ((0, 0), (59, 0), (60, 60), (119, 60)):
        used = store.tokens.use(token, at=first + timedelta(seconds=seconds))
        assert used is not None
        assert used.card.scopes == narrow
        (card,) = store.tokens.of_user(ada, at=first)
        assert card.last_used_at == used.card.last_used_at == first + timedelta(seconds=noted)


def test_tokens_are_stored_hashed(stored_companies: StoredCompanies) -> None:
    store = fresh_store(stored_companies)
    store.tokens.issue(add(store, "ada"), label="x", token=Secret("plain text token"), expires_at=MOMENT)
    rows = stored_companies.database.fetch("SELECT * FROM store_apitoken WHERE company_id = %s", (store.company.id,))
    assert "plain text token" not in repr(rows)


def test_the_framework_signs_in_by_company_user_and_password(
    stored_companies: StoredCompanies, stamp: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("suitebridge.adapters.store.databases.OPEN._last", stored_companies.database)
    store = fresh_store(stored_companies)
    add(store, "zoe")
    user = add(store, "ada", password=PASSWORD)
    authenticate = CompanyBackend().authenticate
    person = authenticate(None, company=store.company.id.upper(), username="ADA", password=PASSWORD.reveal())
    assert isinstance(person, Person)
    assert (person.company_id, str(person.number)) == (store.company.id, user.id)
    assert authenticate(None, company="nobody", username="ada", password=PASSWORD.reveal()) is None
    assert authenticate(None, company=store.company.id, username="ada", password="wrong") is None
    assert authenticate(None, username="ada", password=PASSWORD.reveal()) is None
    assert CompanyBackend().get_user(person.pk) == person
    assert CompanyBackend().get_user(10**9) is None
    deactivate(store, user, stamp)
    assert CompanyBackend().get_user(person.pk) is None


def test_a_card_shows_what_the_form_needs(store: CompanyStore, stamp: Stamp) -> None:
    user = add(store, "ada", password=PASSWORD)
    (imported,) = create(store, stamp, "employee", {"nickname": "eve", "active": True})
    card, other = store.people.card(user.id), store.people.card(imported)
    assert card is not None
    assert other is not None
    assert (card.user, card.first, card.last, card.email) == (user, "Ada", "Łovelace", "ada@x.example")
    assert (card.has_password, other.has_password) == (True, False)
    assert store.people.card("99") is None


def test_a_user_is_changed_in_one_act_that_the_trail_tells(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "ada")
    user = add(store, "bob", EMPLOYEE)
    card = store.people.card(user.id)
    assert card is not None
    change = PersonChange(user_id="robert", first="Robert", role=AUDITOR, is_active=False)
    changed = store.people.change(user.id, change, version=card.version, stamp=stamp)
    assert (changed.user.user_id, changed.first, changed.user.role, changed.user.is_active) == (
        "robert",
        "Robert",
        AUDITOR,
        False,
    )
    role, record = store.trail.newest(limit=2)
    assert (role.event, role.author_name, role.changes[0].before, role.changes[0].after) == (
        "user:changed",
        "Ada Lovelace",
        "Employee",
        "Auditor",
    )
    assert record.event == "record:updated"
    assert {step.field for step in record.changes} == {"nickname", "first", "active"}
    with pytest.raises(RecordRefusedError, match="SB-USER-004"):
        store.people.change(user.id, PersonChange(first="R"), version=card.version, stamp=stamp)
    with pytest.raises(ValueError, match="already"):
        store.people.change(user.id, PersonChange(user_id="ADA"), version="", stamp=stamp)
    with pytest.raises(LookupError):
        store.people.change("99", change, version="", stamp=stamp)


def test_another_role_alone_moves_the_version(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "ada")
    (imported,) = create(store, stamp, "employee", {"nickname": "eve", "active": True})
    before = store.people.card(imported)
    after = store.people.change(imported, PersonChange(role=AUDITOR), version="", stamp=stamp)
    assert before is not None
    assert after.version != before.version
    assert (after.user.role, after.has_password) == (AUDITOR, False)


def test_an_invitation_works_once_and_in_time(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "ada")
    (imported,) = create(store, stamp, "employee", {"nickname": "eve", "active": True})
    token, newer = Secret("i" * 40), Secret("j" * 40)
    early = MOMENT - timedelta(seconds=1)
    for one in (token, newer):
        store.people.invite(imported, token=one, expires_at=MOMENT, ends_access=False, stamp=stamp)
    assert store.people.invited(token, at=early) is None
    assert store.people.invited(newer, at=MOMENT) is None
    invited = store.people.invited(newer, at=early)
    card = store.people.card(imported)
    assert invited is not None
    assert card is not None
    assert (invited.user_id, card.invited_until) == ("eve", MOMENT)
    with pytest.raises(ValueError, match="too short"):
        store.people.accept(newer, Secret("short"), at=early, stamp=stamp)
    assert store.people.accept(newer, PASSWORD, at=early, stamp=stamp).id == imported
    assert store.people.check_password("eve", PASSWORD) == invited
    with pytest.raises(LookupError):
        store.people.accept(newer, PASSWORD, at=early, stamp=stamp)
    assert [entry.event for entry in store.trail.newest(limit=3)] == ["user:joined", "user:invited", "user:invited"]


def test_a_reset_takes_password_and_tokens_away_and_a_new_password_too(store: CompanyStore, stamp: Stamp) -> None:
    user = add(store, "ada", password=PASSWORD)
    early, token = MOMENT - timedelta(seconds=1), Secret("t" * 40)
    store.tokens.issue(user, label="", token=token, expires_at=MOMENT)
    store.people.invite(user.id, token=Secret("i" * 40), expires_at=MOMENT, ends_access=True, stamp=stamp)
    assert store.people.check_password("ada", PASSWORD) is None
    assert token_owner(store, token, at=early) is None
    store.tokens.issue(user, label="", token=token, expires_at=MOMENT)
    store.people.set_password(user.id, Secret("another good one"), stamp=stamp)
    assert store.people.check_password("ada", Secret("another good one")) == user
    assert store.people.invited(Secret("i" * 40), at=early) is None
    assert token_owner(store, token, at=early) is None
    store.tokens.issue(user, label="", token=token, expires_at=MOMENT)
    store.people.end_access(user.id, stamp=stamp)
    assert token_owner(store, token, at=early) is None


def test_invitations_are_stored_hashed(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    store = fresh_store(stored_companies)
    user = add(store, "ada")
    token = Secret("plain text invitation")
    store.people.invite(user.id, token=token, expires_at=MOMENT, ends_access=False, stamp=stamp)
    rows = stored_companies.database.fetch("SELECT * FROM store_invitation WHERE company_id = %s", (store.company.id,))
    assert rows
    assert "plain text invitation" not in repr(rows)


def test_roles_are_kept_as_they_were_given(store: CompanyStore, stamp: Stamp) -> None:
    clerk = Role(
        name="Clerk",
        permissions=frozenset({Permission.VIEW_AUDIT_TRAIL}),
        views=frozenset({"customer"}),
        modifies=frozenset({"invoice"}),
    )
    store.roles.save(clerk, was=None, reason="", stamp=stamp)
    assert store.roles.get(" clerk ") == clerk
    user = add(store, "eve", clerk)
    assert user.role == clerk
    assert {card.role.name: card.holders for card in store.roles.all()} == {
        "Administrator": 0,
        "Clerk": 1,
        "Employee": 0,
    }
    wider = Role(name="Clerk", permissions=frozenset({Permission.RUN_INTEGRATION}))
    with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
        store.roles.save(wider, was=None, reason="", stamp=stamp)
    store.roles.save(wider, was=clerk, reason="because", stamp=stamp)
    assert store.people.by_record(user.id) == replace(user, role=wider)
    entry = store.trail.newest(limit=1)[0]
    assert (entry.event, entry.changes[-1].after) == ("role:saved", "because")
    with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
        store.roles.save(clerk, was=clerk, reason="", stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
        store.roles.save(replace(ADMINISTRATOR, name="Boss"), was=None, reason="", stamp=stamp)


def test_only_a_role_that_nobody_holds_is_removed(store: CompanyStore, stamp: Stamp) -> None:
    add(store, "ada")
    user = add(store, "aud", AUDITOR)
    for name in ("Auditor", "Nobody's"):
        with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
            store.roles.remove(name, stamp=stamp)
    store.people.change(user.id, PersonChange(role=EMPLOYEE), version="", stamp=stamp)
    store.roles.remove("auditor", stamp=stamp)
    assert store.roles.get("Auditor") is None
    assert store.trail.newest(limit=1)[0].event == "role:removed"
