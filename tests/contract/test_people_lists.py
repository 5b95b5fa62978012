"""The contract of lists of users: search, states, orders, and pages that lose nobody while people come and go."""

from __future__ import annotations

import pytest

from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, Role, Stamp
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.people import PersonChange, PersonOrder, PersonQuery, PersonState
from tests.contract.conftest import fresh_store
from tests.contract.stories import MOMENT, create

PASSWORD = Secret("wide amber lantern")
FOLK: tuple[tuple[str, str, str, str, Role], ...] = (
    ("zoe", "Hélène", "Zimmer", "zoe@x.example", ADMINISTRATOR),
    ("ada", "Grace", "Abbott", "grace@x.example", EMPLOYEE),
    ("bob", "", "", "bob_1@x.example", AUDITOR),
    ("Cid", "grace", "abbott", "", EMPLOYEE),
)


def fill(store: CompanyStore) -> None:
    for user_id, first, last, email, role in FOLK:
        password = PASSWORD if user_id == "zoe" else None
        store.people.add(user_id=user_id, first=first, last=last, email=email, role=role, password=password, stamp=None)


def found(store: CompanyStore, **asked: object) -> list[str]:
    query = PersonQuery(at=MOMENT, **asked)  # type: ignore[arg-type]
    return [card.user.user_id for card in store.people.page(query).cards]


def test_name_user_id_and_email_are_searched_whatever_the_case(store: CompanyStore) -> None:
    fill(store)
    assert found(store, text="ABBOTT") == ["ada", "Cid"]
    assert found(store, text=" grace a") == ["ada", "Cid"]
    assert found(store, text="cID") == ["Cid"]
    assert found(store, text="HÉLÈNE") == ["zoe"]
    assert found(store, text="Bob_") == ["bob"]
    assert found(store, text="%") == []
    assert found(store, text="nobody") == []


def test_lists_are_narrowed_down_by_state_and_role(store: CompanyStore, stamp: Stamp) -> None:
    fill(store)
    (imported,) = create(store, stamp, "employee", {"nickname": "eve", "active": True})
    ada, bob = store.people.get("ada"), store.people.get("bob")
    assert ada is not None
    assert bob is not None
    store.people.change(bob.id, PersonChange(is_active=False), version="", stamp=stamp)
    store.people.invite(ada.id, token=Secret("i" * 40), expires_at=MOMENT, ends_access=False, stamp=stamp)
    early = MOMENT.replace(hour=1)
    narrowed = {
        state: [card.user.user_id for card in store.people.page(PersonQuery(at=early, state=state)).cards]
        for state in PersonState
    }
    assert narrowed == {
        PersonState.ACTIVE: ["eve", "ada", "Cid", "zoe"],
        PersonState.INACTIVE: ["bob"],
        PersonState.INVITED: ["ada"],
        PersonState.NO_PASSWORD: ["eve", "Cid"],
    }
    assert found(store, state=PersonState.INVITED) == []
    assert found(store, role="Employee") == ["eve", "ada", "Cid"]
    assert found(store, role="Employee", text="e", state=PersonState.ACTIVE) == ["eve", "ada", "Cid"]
    assert found(store, role="Pirate") == []
    assert imported


@pytest.mark.parametrize("is_descending", [False, True])
@pytest.mark.parametrize(
    ("order", "expected"),
    [
        (PersonOrder.NAME, ["bob", "ada", "Cid", "zoe"]),
        (PersonOrder.USER_ID, ["ada", "bob", "Cid", "zoe"]),
        (PersonOrder.EMAIL, ["Cid", "bob", "ada", "zoe"]),
        (PersonOrder.ROLE, ["zoe", "bob", "ada", "Cid"]),
        (PersonOrder.LAST_SIGN_IN, ["zoe", "ada", "bob", "Cid"]),
    ],
)
def test_every_order_comes_in_pages_that_fit_together(
    store: CompanyStore, stamp: Stamp, *, order: PersonOrder, expected: list[str], is_descending: bool
) -> None:
    fill(store)
    gone: list[str] = []
    after = ""
    for _ in range(len(FOLK)):
        page = store.people.page(PersonQuery(at=MOMENT, order=order, is_descending=is_descending, after=after, limit=1))
        gone += [card.user.user_id for card in page.cards]
        if order is PersonOrder.NAME:
            # Whoever comes before the page meanwhile moves nobody.
            create(store, stamp, "employee", {"nickname": "~" if is_descending else "!", "active": True})
        after = page.further
    assert gone == (list(reversed(expected)) if is_descending else expected)[: len(gone)]
    assert len(gone) == len(FOLK)


def test_a_sign_in_is_noted_told_and_sorted_by(store: CompanyStore, stamp: Stamp) -> None:
    fill(store)
    bob = store.people.get("bob")
    assert bob is not None
    store.people.note_sign_in(bob.id, stamp=stamp)
    query = PersonQuery(at=MOMENT, order=PersonOrder.LAST_SIGN_IN, is_descending=True)
    first, *others = store.people.page(query).cards
    assert first.user.user_id == "bob"
    assert first.signed_in_at is not None
    assert {card.signed_in_at for card in others} == {None}
    assert store.trail.newest(limit=1)[0].event == "user:signed in"
    with pytest.raises(LookupError):
        store.people.note_sign_in("999999", stamp=stamp)


def test_a_cursor_of_another_list_is_refused(store: CompanyStore) -> None:
    fill(store)
    cursor = store.people.page(PersonQuery(at=MOMENT, limit=1)).further
    assert cursor
    with pytest.raises(ValueError, match="another order"):
        store.people.page(PersonQuery(at=MOMENT, order=PersonOrder.EMAIL, after=cursor))


def test_what_is_no_cursor_is_refused(stored_companies: StoredCompanies) -> None:
    store = fresh_store(stored_companies)
    for cursor in ("x", "!!", "WzFd", "bm90aGluZw"):
        with pytest.raises(ValueError, match="no cursor"):
            store.people.page(PersonQuery(at=MOMENT, after=cursor))
