"""Delicate forms ask once more who is there (quality.md S09), and refused attempts stand in the trail, once a minute (S56)."""

from __future__ import annotations

import json
import logging
import re

import pytest

from suitebridge.adapters.logs.lines import SECURITY
from suitebridge.domain.credentials import Secret
from suitebridge.domain.scopes import EVERY_SCOPE
from suitebridge.domain.sessions import FRESH
from suitebridge.domain.throttling import FREE_FOR_ACCOUNT
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

CREDENTIALS = "/administration/netsuite-connector/credentials"
PERSON = "/administration/people/{emil}"
USER = {"first": "Emil", "last": "Šimůnek", "email": "emil@x.example", "user_id": "emil", "active": "yes"}
SECRETS = {"consumer_secret": "typed-consumer-secret", "token_secret": "typed-token-secret"}
DELICATE = {
    "save credentials": (
        CREDENTIALS,
        {"act": "save", "account_id": "TSTDRV77", "consumer_key": "typed-key", **SECRETS},
    ),
    "save credentials by another word": (CREDENTIALS, {"act": "anything", "account_id": "TSTDRV77"}),
    "clear credentials": (CREDENTIALS, {"act": "clear", "sure": "yes"}),
    "confirm an account": (CREDENTIALS, {"act": "confirm", "confirmed_account": "TSTDRV1984736"}),
    "add a user": ("/administration/people/add", {**USER, "user_id": "typed-user", "role": "Auditor"}),
    "give a role": (PERSON, {**USER, "first": "typed-name", "role": "Auditor"}),
    "invite": (f"{PERSON}/access", {"act": "reset"}),
    "remove a factor": (f"{PERSON}/access", {"act": "second-factor"}),
    "add a role": ("/administration/add-role", {"name": "typed-role", "permission": "VIEW_RECORDS"}),
    "remove a role": ("/administration/roles/Auditor", {"act": "remove"}),
    "turn a role on": ("/administration/roles", {"role": "Viewer"}),
    "keep duties apart": ("/administration/roles", {"duties": "on"}),
    "set up a factor": ("/account/second-factor", {"act": "begin"}),
    "withdraw a token": ("/account/access", {"token": "x" * 16}),
    "make a token": ("/account/tokens", {"label": "typed-label", "days": "90", "scope": "read"}),
    "withdraw a token there": ("/account/tokens", {"withdraw": "x" * 16}),
    "confirm who has access": ("/administration/access-review", {"fingerprint": "x", "note": "typed-note"}),
    "make a push key": ("/administration/netsuite-connector/real-time", {"act": "key"}),
    "remove the push key": ("/administration/netsuite-connector/real-time", {"act": "remove"}),
    "save the mail server": (
        "/administration/netsuite-connector/mail-server",
        {"host": "typed.example", "port": "465", "sender": "typed@typed.example"},
    ),
    "change where messages go": (
        "/administration/netsuite-connector/recipients/Ops",
        {"url": "https://typed.example/", "version": "1"},
    ),
    "save the rules": ("/administration/sign-in-rules", {"idle_minutes": "17", "longest_minutes": "170"}),
}


def test_whatever_is_delicate_asks_again_after_a_quarter_of_an_hour_and_goes_on(
    world: World, entrance: Entrance
) -> None:
    client, last = entrance("grace"), world.store.trail.newest(limit=1)[0].sequence
    world.clock.pass_by(FRESH)
    owner, later = world.store.people.administrators()[0], world.clock.now() + FRESH
    world.store.tokens.issue(owner, label="ci", token=Secret("t" * 40), expires_at=later, scopes=EVERY_SCOPE)
    for name, (path, form) in DELICATE.items():
        address = path.format(**world.ids)
        asked = client.post(address, form)
        text = asked.content.decode()
        assert asked.status_code == 422, name
        assert "type your password here and send the form again" in text, name
        assert 'name="proof"' in text, name
        # Nothing has to be typed again but secrets, which are in no page.
        assert all(typed in text for typed in form.values() if typed.startswith("typed") and "secret" not in typed), (
            name
        )
        assert not any(secret in text for secret in SECRETS.values()), name
        assert ("again: no page keeps it" in text) is (name == "save credentials"), name
    assert world.store.trail.newest(limit=1)[0].sequence == last
    for proof, said in (("", "send the form again"), ("wrong", "This is not right")):
        answer = client.post("/administration/sign-in-rules", {**DELICATE["save the rules"][1], "proof": proof})
        assert (answer.status_code, said in answer.content.decode()) == (422, True)
    rules, key = DELICATE["save the rules"][1], client.cookies["suitebridge"].value
    assert client.post("/administration/sign-in-rules", {**rules, "proof": PASSWORD}).status_code == 302
    assert client.cookies["suitebridge"].value != key
    with_old_key = visitor()
    with_old_key.cookies["suitebridge"] = key
    assert with_old_key.get("/account")["Location"].startswith("/sign-in")
    assert 'name="proof"' not in client.get(PERSON.format(**world.ids)).content.decode()
    assert client.post(PERSON.format(**world.ids), {**DELICATE["give a role"][1]}).status_code == 409
    assert client.post("/administration/roles", {"role": "Viewer"}).status_code == 302


def test_wrong_passwords_of_a_form_are_counted_as_at_the_sign_in(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    world.clock.pass_by(FRESH)
    for _ in range(FREE_FOR_ACCOUNT):
        assert client.post("/administration/roles", {"role": "Viewer", "proof": "wrong"}).status_code == 422
    paused = client.post("/administration/roles", {"role": "Viewer", "proof": PASSWORD})
    assert "The next one is possible in 1 minute." in paused.content.decode()
    assert world.store.roles.get("Viewer") is None


def test_everyday_work_and_a_test_of_the_connection_ask_for_nothing(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    world.clock.pass_by(FRESH)
    assert client.post(CREDENTIALS, {"act": "read", "pasted": "nothing"}).status_code == 200
    assert 'name="proof"' not in client.get("/runs/start").content.decode()
    assert 'name="proof"' in client.get(CREDENTIALS).content.decode()


def test_refused_attempts_are_told_once_a_minute(
    world: World, entrance: Entrance, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO, SECURITY)
    client, before = entrance("emil"), world.store.trail.newest(limit=1)[0].sequence
    for _ in range(3):
        for path in ("/audit-trail", "/runs"):
            assert client.get(path).status_code == 403
    for user, password in (("grace", "wrong"), ("grace", "wronger"), ("nobody", "x"), ("nobody at all", PASSWORD)):
        visitor().post("/sign-in", {"company": COMPANY, "user": user, "password": password})
    entries = [entry for entry in world.store.trail.newest(limit=20) if entry.sequence > before]
    assert [(entry.event, entry.author_name, entry.record_title) for entry in reversed(entries)] == [
        ("act:refused", "Emil Šimůnek", "open the page “trail”"),
        ("act:refused", "Emil Šimůnek", "open the page “runs”"),
        ("sign-in:refused", "Somebody", "grace"),
        ("sign-in:refused", "Somebody", "an unknown user"),
    ]
    assert world.store.trail.verify().first_broken == 0
    told = [record for record in caplog.records if record.name == SECURITY][-4:]
    assert [getattr(record, "sequence") for record in told] == [str(entry.sequence) for entry in reversed(entries)]  # noqa: B009
    assert told[2].getMessage() == "Somebody was refused at the sign-in of grace through the console"


def test_people_see_their_sessions_and_end_them_one_by_one(world: World, entrance: Entrance) -> None:
    first, second, third = entrance("emil"), entrance("emil"), visitor()
    agent = {"user-agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"}
    right = {"company": COMPANY, "user": "emil", "password": PASSWORD}
    third.post("/sign-in", right, headers=agent, REMOTE_ADDR="127.0.0.7")
    text = first.get("/account").content.decode()
    assert "Firefox on Linux" in text
    assert "127.0.0.7" in text
    assert text.count("this one") == 1
    ids = re.findall(r'name="session" value="(\w+)"', text)
    assert len(ids) == 2
    user = world.store.people.get("emil")
    assert user is not None
    (firefox,) = [one for one in world.store.sessions.of_user(user, at=world.clock.now()) if one.address == "127.0.0.7"]
    first.post("/account/sessions", {"session": firefox.id})
    assert [client.get("/records").status_code for client in (first, second, third)] == [200, 200, 302]
    assert entrance("grace").post("/account/sessions", {"session": ids[0]}).status_code == 302
    assert second.get("/records").status_code == 200
    first.post("/account/sessions", {"act": "others"})
    assert [client.get("/records").status_code for client in (first, second)] == [200, 302]
    assert [entry.event for entry in world.store.trail.newest(limit=1)] == ["session:ended"]


def test_what_a_policy_refused_is_reported_by_anybody_and_bounded(
    world: World, capsys: pytest.CaptureFixture[str]
) -> None:
    client = visitor(enforce_csrf_checks=True)
    header = client.get("/sign-in")
    assert "report-uri /policy-reports" in header["Content-Security-Policy"]
    assert header["Reporting-Endpoints"] == 'policy="/policy-reports"'
    older = {
        "csp-report": {
            "document-uri": "http://127.0.0.1/invitation?token=opens",
            "violated-directive": "img-src",
            "blocked-uri": "https://evil.example/x.png?q=1",
        }
    }
    newer = [
        {
            "type": "csp-violation",
            "body": {
                "documentURL": "http://127.0.0.1/runs",
                "effectiveDirective": "script-src",
                "blockedURL": "inline",
            },
        },
        {"type": "other"},
    ]
    for document, kind in ((older, "application/csp-report"), (newer, "application/reports+json")):
        answer = client.generic("POST", "/policy-reports", json.dumps(document), content_type=kind)
        assert answer.status_code == 204
    said = capsys.readouterr()
    written = said.out + said.err
    assert "img-src" in written
    assert "https://evil.example/x.png" in written
    assert "opens" not in written
    for body, status in (("{", 400), ("[" * 9000, 400), ('"x"', 400), ("x" * 20_000, 413)):
        assert client.generic("POST", "/policy-reports", body, content_type="application/json").status_code == status
    answers = [
        client.generic("POST", "/policy-reports", "[]", content_type="application/json").status_code for _ in range(70)
    ]
    assert answers[0] == 204
    assert answers[-1] == 429
    assert client.get("/policy-reports").status_code == 405
    assert world.house.companies.all()
