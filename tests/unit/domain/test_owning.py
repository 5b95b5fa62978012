"""Who owns a run: one table of every situation, and who may make its writes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.domain.errors import Effect, Problem
from suitebridge.domain.owning import Automatic, Manual, Owners, choose_owner, record_stays, refuse_reach
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, INTEGRATION_OPERATOR, Permission, Role, User
from suitebridge.domain.reaching import Reach

ADA = User(id="1", user_id="ada", name="Ada", role=ADMINISTRATOR, is_active=True)
BOB = User(id="2", user_id="bob", name="Bob", role=ADMINISTRATOR, is_active=True)
EVE = User(id="3", user_id="eve", name="Eve", role=INTEGRATION_OPERATOR, is_active=True)
GONE = replace(BOB, is_active=False)
DEMOTED = replace(BOB, role=EMPLOYEE)
NOBODY = Owners(is_chosen=False, chosen=None, administrators=())
TWO = Owners(is_chosen=False, chosen=None, administrators=(ADA, BOB))
ONE = Owners(is_chosen=False, chosen=None, administrators=(ADA,))
CHOSEN = Owners(is_chosen=True, chosen=BOB, administrators=(ADA, BOB))


@pytest.mark.parametrize(
    ("start", "owners", "owner"),
    [
        (Manual(starter=EVE), TWO, EVE),
        (Manual(starter=EVE), NOBODY, EVE),
        (Manual(starter=EVE), CHOSEN, BOB),
        (Automatic(configurer=BOB), TWO, BOB),
        (Automatic(configurer=BOB), CHOSEN, BOB),
        (Automatic(configurer=ADA), CHOSEN, BOB),
        (Automatic(configurer=None), CHOSEN, BOB),
        (Automatic(configurer=GONE), ONE, ADA),
        (Automatic(configurer=DEMOTED), ONE, ADA),
        (Automatic(configurer=None), TWO, ADA),
    ],
)
def test_a_run_is_owned_by_rule(start: Manual | Automatic, owners: Owners, owner: User) -> None:
    assert choose_owner(start, owners) == owner


@pytest.mark.parametrize(
    ("start", "owners"),
    [
        (Automatic(configurer=None), NOBODY),
        (Automatic(configurer=GONE), NOBODY),
        (Automatic(configurer=DEMOTED), NOBODY),
        (Manual(starter=ADA), replace(CHOSEN, chosen=None)),
        (Manual(starter=ADA), replace(CHOSEN, chosen=GONE)),
        (Automatic(configurer=ADA), replace(CHOSEN, chosen=DEMOTED)),
    ],
)
def test_a_run_without_an_owner_is_refused(start: Manual | Automatic, owners: Owners) -> None:
    refused = choose_owner(start, owners)
    assert isinstance(refused, Problem)
    assert refused.code == "SB-OWN-001"
    assert "not known" not in refused.title + refused.cause + refused.remedy


def test_an_owner_writes_what_the_role_allows() -> None:
    clerk = Role(name="Clerk", permissions=frozenset(), modifies=frozenset({"customer"}))
    eve = replace(EVE, role=clerk)
    assert refuse_reach(ADA, "Ada", Reach(writes=("customer", "invoice"), reads=("vendor",))) is None
    assert refuse_reach(eve, "Eve", Reach(writes=("customer",), reads=("customer",))) is None
    refused = refuse_reach(eve, "Eve", Reach(writes=("customer", "invoice"), reads=("invoice", "vendor")))
    assert refused is not None
    assert refused.title == "Eve, who owns the run, may not change invoices or see vendors"
    assert refused.cause == "The role Clerk lacks the permission “View and modify records” and “View records” for them."
    waits = record_stays(refused, "Invoice 7", Effect.UNKNOWN)
    assert waits.title == "Invoice 7 waits: Eve, who owns the run, may not change invoices or see vendors"
    assert (waits.cause, waits.effect) == (refused.cause, Effect.UNKNOWN)


@pytest.mark.parametrize("author", [None, GONE, DEMOTED])
def test_who_left_writes_nothing(author: User | None) -> None:
    refused = refuse_reach(author, "Bob", Reach(writes=("customer",)))
    assert refused is not None
    assert refused.code == "SB-OWN-002"
    assert "Bob" in refused.title


def test_a_role_names_record_types_or_all() -> None:
    clerk = Role(name="Clerk", permissions=frozenset(), views=frozenset({"customer"}), modifies=frozenset({"invoice"}))
    assert [clerk.may_view(name) for name in ("customer", "invoice", "vendor")] == [True, True, False]
    assert [clerk.may_modify(name) for name in ("customer", "invoice", "vendor")] == [False, True, False]
    reader = Role(name="Reader", permissions=frozenset({Permission.VIEW_RECORDS}))
    assert (reader.may_view("vendor"), reader.may_modify("vendor")) == (True, False)
    writer = Role(name="Writer", permissions=frozenset({Permission.MODIFY_RECORDS}))
    assert (writer.may_view("vendor"), writer.may_modify("vendor")) == (True, True)
