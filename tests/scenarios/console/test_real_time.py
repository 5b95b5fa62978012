"""The Real-time page and the door of pushes: what is signed is taken once, and whatever else comes is refused alike and written down."""

from __future__ import annotations

import json
import re
from html import unescape
from typing import Any

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.pushes import Mishap
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Door
from suitebridge.ports.inbox import Origin
from suitebridge.wire.pushes import sign
from tests.console_world import COMPANY, World
from tests.scenarios.console.conftest import Entrance, visitor

PAGE = "/administration/netsuite-connector/real-time"
PUSH = f"/hooks/{COMPANY}/netsuite"
KEY = "sbp_an-example-key"
SAVED = {"records": [{"type": "customer", "id": "7", "version": "2026-03-02 10:00:00"}]}


def arm(world: World) -> None:
    grace = world.store.people.get("grace")
    assert grace is not None
    world.store.real_time.save_key(Secret(KEY), stamp_for(grace, Door.CONSOLE))


def send(
    world: World, document: object = SAVED, *, key: str = KEY, path: str = PUSH, late: int = 0, method: str = "POST"
) -> Any:
    body = b"" if document is None else document if isinstance(document, bytes) else json.dumps(document).encode()
    moment = str(int(world.house.clock.now().timestamp()) - late)
    signature = sign(key, timestamp=moment, method=method, path=path, body=body)
    headers = {"X-SuiteBridge-Timestamp": moment, "X-SuiteBridge-Signature": signature}
    client = visitor(enforce_csrf_checks=True)
    return client.generic(method, path, body, content_type="application/json", headers=headers)


def test_s51_a_signed_push_is_taken_and_says_where_its_result_is(world: World) -> None:
    """S51, F81: the sender gets a line for each record, and asks for its result with another signed request."""
    arm(world)
    answer = send(world, {"records": [*SAVED["records"], {"type": "folder", "id": "1"}]})
    assert answer.status_code == 202
    line, refused = answer.json()["records"]
    assert (line["type"], line["id"], line["state"]) == ("customer", "7", "waiting")
    assert (refused["state"], "No workflow imports" in refused["said"]) == ("refused", True)
    (errand,) = world.store.inbox.newest(limit=9)
    assert (errand.asked.origin, errand.asked.version) == (Origin.PUSH, "2026-03-02 10:00:00")
    asked = send(world, None, path=line["ask"], method="GET")
    assert (asked.status_code, asked.json()["state"]) == (200, "waiting")
    assert send(world, None, path=f"{PUSH}/999", method="GET").status_code == 404


@pytest.mark.fault("F81")
def test_f81_duplicates_replays_and_forgeries_do_nothing(world: World) -> None:
    """F81, S51: duplicate, late, replayed, forged."""
    arm(world)
    delivery = {**SAVED, "delivery": "d-1"}
    first = send(world, delivery)
    repeated = send(world, delivery, late=1)
    assert (first.status_code, repeated.status_code) == (202, 200)
    assert (repeated.json()["is_repeated"], repeated.json()["records"][0]["ask"]) == (
        True, first.json()["records"][0]["ask"],
    )  # fmt: skip
    assert send(world, {"delivery": "d-1", "records": [{"type": "job", "id": "8"}]}).status_code == 409
    assert send(world, SAVED, late=7).status_code == 202
    replayed = send(world, SAVED, late=7)
    assert (replayed.status_code, replayed.json()["code"]) == (409, "SB-PUSH-002")
    answers = [
        send(world, SAVED, late=301),
        send(world, SAVED, late=-301),
        send(world, SAVED, key="sbp_guessed"),
        send(world, SAVED, path="/hooks/nobody/netsuite"),
        visitor().post(PUSH, SAVED, content_type="application/json"),
    ]
    assert {answer.status_code for answer in answers} == {401}
    assert len({answer.content for answer in answers}) == 1
    assert len(world.store.inbox.newest(limit=9)) == 1
    told = [entry for entry in world.store.trail.newest(limit=50) if entry.event == "push:refused"]
    assert sorted(entry.record_title for entry in told) == ["it is not signed as it must be", "it was received before"]
    assert {entry.door for entry in told} == {Door.PUSH.value}


def test_a_save_in_the_simulated_account_is_taken_and_no_mishap_of_its_hint_does_harm(world: World) -> None:
    """F81: what another codec sends for a save in NetSuite is what this door takes; forged, late and replayed ones are refused."""
    arm(world)
    account = Account()
    account.clock.freeze(world.house.clock.now())
    account.pushes.add(f"http://127.0.0.1{PUSH}", KEY, types=["customer"])
    customer = account.add("customer", companyName="Brook").id
    account.pushes.befall_next(Mishap.REPLAYED, Mishap.FORGED, Mishap.LATE)
    for phone in "123":
        account.bump("customer", customer, phone=phone)
    statuses = []
    for hint in account.pushes.due():
        for headers in account.pushes.letters(hint):
            answer = visitor().generic("POST", PUSH, hint.body, headers["Content-Type"], headers=dict(headers))
            statuses.append(answer.status_code)
    assert statuses == [202, 202, 409, 401, 401]
    (errand,) = world.store.inbox.newest(limit=9)
    assert (errand.asked.origin, errand.asked.record_type, errand.asked.record_id) == (
        Origin.PUSH,
        "customer",
        customer,
    )
    account.close()


def test_s51_only_small_and_sound_bodies_are_read_and_only_so_many(world: World) -> None:
    arm(world)
    assert send(world, b"x" * 16_385).status_code == 413
    assert send(world, b"no json").status_code == 400
    assert send(world, {"records": []}).status_code == 400
    assert visitor().get(PUSH).status_code == 405
    answers = [visitor().post(PUSH, SAVED, content_type="application/json") for _ in range(310)]
    assert (answers[-1].status_code, "Retry-After" in answers[-1].headers) == (429, True)


def test_without_a_key_no_push_is_taken(world: World) -> None:
    assert send(world).status_code == 401
    assert world.store.inbox.newest(limit=1) == []


def test_the_page_keeps_what_is_chosen_and_shows_a_key_once(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    text = client.get(PAGE).content.decode()
    assert ("Time entries" in text, "none: every push is refused" in text) == (True, True)
    saved = client.post(PAGE, {"act": "exports", "version": "0", "type": ["time_entry", "invoice"]})
    assert saved["Location"] == f"{PAGE}?saved=yes"
    assert world.store.real_time.get().exports == {"time_entry", "invoice"}
    assert client.post(PAGE, {"act": "exports", "version": "0"}).status_code == 422
    assert client.post(PAGE, {"act": "exports", "version": "1", "type": "customer"}).status_code == 422

    shown = unescape(client.post(PAGE, {"act": "key"}).content.decode())
    (key,) = re.findall(r'id="push-key" value="(sbp_[^"]+)"', shown)
    assert send(world, key=key).status_code == 202
    text = client.get(PAGE).content.decode()
    assert key not in text
    assert ("pushed by NetSuite" in text, "made by Grace" in text) == (True, True)
    client.post(PAGE, {"act": "remove"})
    assert send(world, key=key).status_code == 401
