"""People come in by NetSuite: the whole way, everything that can go wrong on it, and everybody who must not get in."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import get_args
from urllib.parse import parse_qs, urlsplit

import pyotp
import pytest
import requests

from netsuite_simulator.faults import (
    ConnectionReset,
    ForeignKeys,
    ForgedIdentity,
    HtmlPage,
    Maintenance,
    MalformedBody,
    RotateKeys,
    ServerError,
)
from netsuite_simulator.faults.identities import Forgery
from suitebridge.domain.credential_sets import Switch
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import EMPLOYEE, Door, Permission, Role, TimeBox
from suitebridge.domain.sessions import Way
from suitebridge.domain.throttling import FREE_FOR_ADDRESS
from suitebridge.ports.people import PersonChange
from tests.scenarios.console.connecting import Connected
from tests.scenarios.console.signing_on import RETURN, SignedOn, signing_on


@pytest.fixture
def firm(connected: Connected) -> Iterator[SignedOn]:
    with signing_on(connected) as both:
        yield both


def test_an_employee_of_netsuite_comes_in_and_sees_what_the_role_allows(firm: SignedOn) -> None:
    client = firm.visitor()
    page = client.get("/sign-in", secure=True).content.decode()
    assert "Sign in with NetSuite" in page
    address = firm.asked(client, "/sign-in/netsuite?next=/records/customer")
    sent = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
    assert (sent["scope"], sent["code_challenge_method"], sent["redirect_uri"]) == ("openid", "S256", RETURN)
    assert min(len(sent["state"]), len(sent["nonce"])) >= 40
    assert firm.back(client, firm.allowed(address)) == (302, "/records/customer")
    assert client.get("/records/customer", secure=True).status_code == 200
    people = firm.world.store.people
    user = people.get("emil")
    assert user is not None
    (session,) = firm.world.store.sessions.of_user(user, at=firm.world.clock.now())
    assert session.way is Way.NETSUITE
    assert not session.is_fresh(firm.world.clock.now()), "what is delicate asks for a password"
    entry = firm.world.store.trail.newest(limit=1)[0]
    assert (entry.event, entry.door, entry.author_name) == ("user:signed in", Door.SIGN_ON.value, "Emil Šimůnek")
    assert client.get("/runs", secure=True).status_code == 403
    assert client.post("/sign-out", secure=True)["Location"] == "/sign-in"
    assert client.get("/records/customer", secure=True)["Location"].startswith("/sign-in")


def test_a_second_factor_is_asked_for_all_the_same(firm: SignedOn) -> None:
    store, codes = firm.world.store, firm.world.house.codes
    user = store.people.get("emil")
    assert user is not None
    secret = codes.new_secret()
    store.second_factors.begin(user, secret)
    store.second_factors.turn_on(user, step=1, codes=[Secret("kept")], stamp=firm.stamp)
    client = firm.visitor()
    assert firm.come(client) == (302, "/sign-in/code")
    assert client.get("/records/customer", secure=True).status_code == 302
    code = pyotp.TOTP(secret.reveal()).at(firm.world.clock.now())
    assert client.post("/sign-in/code", {"code": code}, secure=True)["Location"] == "/"
    (session,) = store.sessions.of_user(user, at=firm.world.clock.now())
    assert (session.way, session.is_fresh(firm.world.clock.now())) == (Way.NETSUITE, True)


def test_nobody_gets_in_with_a_forged_or_replayed_identity(firm: SignedOn) -> None:
    """Every forgery that the simulator knows, then keys of somebody else, answers used twice, in another browser, late, cut, or changed."""
    believed, client = [], firm.visitor()
    for how in get_args(Forgery):
        firm.account.fail_next(ForgedIdentity(how=how), door="oauth", operation="token")
        status, said = firm.come(client)
        wanted = "The clocks of NetSuite account" if how in {"expired", "of tomorrow"} else "does not prove who you are"
        if status != 403 or wanted not in said or client.get("/records/customer", secure=True).status_code != 302:
            believed.append((how, status))
        let_time_pass(firm)
    assert believed == []
    firm.account.fail_next(ForeignKeys(), operation="keys")
    assert firm.come(firm.visitor())[0] == 403
    let_time_pass(firm)
    for changes, said in (
        ({"state": "another"}, "belongs to another sign-in"),
        ({"entity": "999"}, "two different people"),
        ({"company": "5551234_SB2"}, "You are signed in to another NetSuite account"),
        ({"code": ""}, "holds no code"),
        ({"code": "made-up"}, "did not say who you are"),
    ):
        visitor = firm.visitor()
        status, text = firm.back(visitor, firm.allowed(firm.asked(visitor)), **changes)
        assert (status, said in text) == (403, True), (changes, text)
        assert visitor.get("/records/customer", secure=True).status_code == 302
    first, thief = firm.visitor(), firm.visitor()
    returned = firm.allowed(firm.asked(first))
    assert firm.back(thief, returned)[0] == 403, "another browser"
    assert firm.back(first, returned)[0] == 302
    assert firm.back(first, returned)[0] == 403, "used twice"
    late = firm.visitor()
    returned = firm.allowed(firm.asked(late))
    firm.world.clock.pass_by(timedelta(minutes=11))
    assert firm.back(late, returned)[0] == 403, "ten minutes are over"
    refused = [one for one in firm.world.store.trail.newest(limit=50) if one.event == "sign-in:refused"]
    assert refused
    assert {one.door for one in refused} == {Door.SIGN_ON.value}


def test_everything_that_goes_wrong_has_a_page(firm: SignedOn) -> None:
    store, world = firm.world.store, firm.world
    people, began = store.people, world.clock.now()

    def told(*, path: str = "/sign-in/netsuite") -> tuple[int, str]:
        let_time_pass(firm)
        return firm.come(firm.visitor(), path)

    def changed(change: PersonChange) -> None:
        people.change(world.ids["emil"], change, version="", stamp=firm.stamp)

    changed(PersonChange(role=Role(name="Without", permissions=frozenset({Permission.VIEW_RECORDS}))))
    status, said = told()
    assert (status, "lacks the permission “Sign in by NetSuite”" in said) == (403, True)
    changed(PersonChange(role=EMPLOYEE))
    assert told()[0] == 302
    changed(PersonChange(role=EMPLOYEE, time_box=TimeBox(ends_at=began - timedelta(hours=1))))
    status, said = told()
    assert (status, "given for a time that has ended" in said) == (403, True)
    changed(PersonChange(time_box=TimeBox(ends_at=None), is_active=False))
    status, said = told()
    assert (status, "was deactivated" in said) == (403, True)
    changed(PersonChange(is_active=True))
    firm.bind("employee", "employee", world.ids["emil"], "77001")
    status, said = told()
    assert (status, f"Nobody here is employee {firm.entity}" in said, "E-mail addresses and names" in said) == (
        403,
        True,
        True,
    )
    firm.bind("employee", "employee", world.ids["emil"], firm.entity)
    for fault in (Maintenance(), HtmlPage(status=503), ConnectionReset(), MalformedBody(how="cut")):
        firm.account.fail_next(fault, door="oauth", operation="token")
        status, said = told()
        assert (status, "cannot say who you are at present" in said) == (503, True), fault
    firm.account.fail_next(ServerError(status=502), door="oauth", operation="discovery")
    let_time_pass(firm)
    answer = firm.visitor().get("/sign-in/netsuite", secure=True)
    assert (answer.status_code, b"at present" in answer.content) == (503, True)
    firm.account.faults.plan(RotateKeys(), door="oauth", operation="token")
    assert told()[0] == 302, "a key that was not known yet is read anew"
    world.clock.pass_by(timedelta(minutes=9))
    status, said = firm.come(firm.visitor())
    assert (status, "The clocks of NetSuite account" in said, "540 seconds" in said) == (403, True, True)
    store.connections.save_switches(frozenset({Switch.SINGLE_SIGN_ON}), firm.stamp)
    answer = firm.visitor().get("/sign-in/netsuite", secure=True)
    assert (answer.status_code, b"is not switched on here" in answer.content) == (403, True)
    assert "Sign in with NetSuite" not in firm.visitor().get("/sign-in", secure=True).content.decode()


def test_wrong_answers_make_an_address_wait(firm: SignedOn) -> None:
    client = firm.visitor()
    for _ in range(FREE_FOR_ADDRESS):
        firm.account.fail_next(ForgedIdentity(how="other nonce"), door="oauth", operation="token")
        assert firm.come(client)[0] == 403
    status, said = firm.come(client)
    assert (status, "too many wrong tries" in said) == (429, True)
    let_time_pass(firm)
    assert firm.come(client)[0] == 302


def test_a_record_of_netsuite_opens_signed_in(firm: SignedOn) -> None:
    world, query = firm.world, f"account={firm.account.id}&company=meridian"
    firm.bind("project", "job", world.ids["project"], "3400")
    client, project = firm.visitor(), f"/records/project/{world.ids['project']}"
    opened = f"/netsuite/open?{query}&record=job&id=3400"
    status, back = firm.come(client, opened)
    assert (status, urlsplit(back).path) == (302, "/netsuite/open")
    assert client.get(back, secure=True)["Location"] == project
    assert client.get(opened, secure=True)["Location"] == project, "who is signed in goes there at once"
    assert client.get(project, secure=True).status_code == 200
    missing = client.get(f"/netsuite/open?{query}&record=job&id=999", secure=True)
    assert (missing.status_code, b"is not in SuiteBridge" in missing.content) == (404, True)
    foreign = client.get("/netsuite/open?account=5551234_SB2&record=job&id=3400", secure=True)
    assert (foreign.status_code, b"is not switched on here" in foreign.content) == (403, True)
    forgetful = firm.visitor().get(f"{opened}&signed=yes", secure=True)
    assert (forgetful.status_code, b"cookies must be allowed" in forgetful.content) == (403, True)


def test_a_record_opens_within_a_frame_of_its_account_and_of_nobody_else(firm: SignedOn) -> None:
    world, origin = firm.world, urlsplit(firm.asked(firm.visitor()))
    firm.bind("project", "job", world.ids["project"], "3400")
    window = firm.visitor()
    assert firm.come(window)[0] == 302, "signed in and allowed once, in a window"
    client, frame = firm.visitor(), {"Sec-Fetch-Dest": "iframe", "Sec-Fetch-Site": "cross-site"}
    opened = f"/netsuite/open?account={firm.account.id}&record=job&id=3400"
    within = client.get(opened, secure=True, headers=frame)["Location"]
    assert within == f"/within{opened}"
    asked = firm.asked(client, within)
    told = parse_qs(urlsplit(asked).query)
    assert (told["prompt"], told["redirect_uri"], told["state"][0][:7]) == (["none"], [RETURN], "within.")
    cookie = client.cookies["__Host-suitebridge-framed"].OutputString()
    assert "Partitioned" in cookie
    assert all(one in cookie for one in ("SameSite=None", "Secure", "HttpOnly", "Path=/"))
    assert "suitebridge" not in client.cookies, "the console's own cookie is another one"
    status, back = firm.back(client, firm.allowed(asked))
    assert (status, back.startswith("/within/netsuite/open?")) == (302, True)
    page = f"/within/records/project/{world.ids['project']}"
    assert client.get(back, secure=True)["Location"] == page
    answer = client.get(page, secure=True, headers=frame)
    assert answer.status_code == 200
    assert f"frame-ancestors {origin.scheme}://{origin.netloc};" in f"{answer['Content-Security-Policy']};"
    assert "X-Frame-Options" not in answer
    assert "Signed in as Emil" in answer.content.decode()
    assert 'class="navigation"' not in answer.content.decode()
    assert client.get(page.removeprefix("/within"), secure=True).status_code == 302, "no session outside of the frame"
    for path in (
        "/within/",
        "/within/account",
        "/within/sign-in",
        "/within/administration/people",
        "/within/api/v1/people",
    ):
        shut = client.get(path, secure=True, headers=frame)
        assert (shut.status_code, shut["X-Frame-Options"]) == (404, "DENY"), path
    plain = window.get(f"/records/project/{world.ids['project']}", secure=True)
    assert ("frame-ancestors 'none'" in plain["Content-Security-Policy"], plain["X-Frame-Options"]) == (True, "DENY")
    world.clock.pass_by(timedelta(hours=1))
    ended = client.get(page, secure=True, headers=frame)
    assert (ended.status_code, "visit within NetSuite has ended" in ended.content.decode()) == (403, True)
    asked = firm.asked(firm.visitor(), within)
    with requests.Session() as stranger:
        stranger.trust_env = False
        refused = stranger.get(asked, timeout=30, allow_redirects=False).headers["Location"]
    assert parse_qs(urlsplit(refused).query)["error"] == ["access_denied"]


def let_time_pass(firm: SignedOn) -> None:
    """Let an hour pass, after which no wrong try counts any more."""
    firm.world.clock.pass_by(timedelta(hours=1, minutes=1))
    firm.account.clock.set(firm.world.clock.now())
