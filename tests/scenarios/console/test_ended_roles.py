"""Whose role has ended gets in nowhere: no open session, no sign-in, no second step, no token, no command, no invitation."""

from __future__ import annotations

from datetime import timedelta

import pytest

from suitebridge.administration.proving import Claim
from suitebridge.administration.staffing import sign_in, stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door, TimeBox
from suitebridge.domain.scopes import EVERY_SCOPE
from suitebridge.ports.people import PersonChange
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

CODE = Secret("r" * 16)
RIGHT = {"company": COMPANY, "password": PASSWORD}


def end_role(world: World, user_id: str) -> None:
    """Let a user's role have ended a moment ago."""
    people, grace = world.store.people, world.store.people.get("grace")
    user = people.get(user_id)
    assert user is not None
    assert grace is not None
    over = PersonChange(time_box=TimeBox(ends_at=world.clock.now() - timedelta(minutes=1)))
    people.change(user.id, over, version="", stamp=stamp_for(grace, Door.CONSOLE))


def test_a_role_that_ends_closes_every_door(world: World, entrance: Entrance) -> None:
    store, grace = world.store, entrance("grace")
    omar, inside = store.people.get("omar"), entrance("omar")
    assert omar is not None
    later = world.clock.now() + timedelta(days=1)
    store.tokens.issue(omar, label="nightly", token=Secret(f"sbtoken_mrdn4k2p_{'t' * 40}"), expires_at=later, scopes=EVERY_SCOPE)  # fmt: skip
    bearer = {"Authorization": f"Bearer sbtoken_mrdn4k2p_{'t' * 40}"}
    assert inside.get("/account").status_code == 200
    assert visitor().get("/api/v1/runs", headers=bearer).status_code == 200
    end_role(world, "omar")
    assert inside.get("/account")["Location"].startswith("/sign-in")
    assert visitor().get("/api/v1/runs", headers=bearer).status_code == 401
    known = store.trail.newest(limit=1)[0].sequence
    refused = visitor().post("/sign-in", {**RIGHT, "user": "omar"})
    assert refused.status_code == 422
    assert "The company, the user ID or the password is not right." in refused.content.decode()
    told = [entry.event for entry in store.trail.newest(limit=5) if entry.sequence > known]
    assert "user:signed in" not in told
    claim = Claim(company=COMPANY, user="omar", address="command line", door=Door.COMMAND_LINE)
    with pytest.raises(RunStoppedError, match="SB-AUTH-002"):
        sign_in(world.house.companies, store, claim, Secret(PASSWORD), clock=world.house.clock)
    answer = grace.post(f"/administration/people/{omar.id}/access", {"act": "invite"})
    assert answer.status_code == 422
    assert "The role Integration operator of Omar Haddad has ended." in answer.content.decode()


def test_a_role_that_ends_between_two_steps_of_a_sign_in_ends_the_sign_in(world: World) -> None:
    store = world.store
    omar = store.people.get("omar")
    assert omar is not None
    stamp = stamp_for(omar, Door.CONSOLE)
    store.second_factors.begin(omar, Secret("JBSWY3DPEHPK3PXP"))
    store.second_factors.turn_on(omar, step=1, codes=[CODE], stamp=stamp)
    client = visitor()
    assert client.post("/sign-in", {**RIGHT, "user": "omar"})["Location"] == "/sign-in/code"
    end_role(world, "omar")
    assert client.post("/sign-in/code", {"code": CODE.reveal()})["Location"] == "/sign-in"
    assert client.get("/account")["Location"].startswith("/sign-in")


def test_only_an_administrator_removes_the_factor_of_an_administrator_whose_role_ended(
    world: World, entrance: Entrance
) -> None:
    store, grace = world.store, world.store.people.get("grace")
    emil, administrator = store.people.get("emil"), store.roles.get("Administrator")
    assert emil is not None
    assert grace is not None
    store.people.change(emil.id, PersonChange(role=administrator), version="", stamp=stamp_for(grace, Door.CONSOLE))
    end_role(world, "emil")
    access = f"/administration/people/{emil.id}/access"
    assert entrance("ursula").post(access, {"act": "second-factor"}).status_code == 403
    assert entrance("grace").post(access, {"act": "second-factor"}).status_code == 302
