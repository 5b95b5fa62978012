"""The second factor: set up, asked for, good once, lost, demanded of administrators, and asked for at the command line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from django.test import Client

from suitebridge.administration.staffing import stamp_for
from suitebridge.cli.main import run_line
from suitebridge.console.signing_in.views import STEP_LIFE
from suitebridge.domain.people import Door
from suitebridge.domain.sessions import FRESH, SignInRules
from suitebridge.domain.throttling import FREE_FOR_ACCOUNT
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

PAGE = "/account/second-factor"
RIGHT = {"company": COMPANY, "password": PASSWORD}
HALF_MINUTE = timedelta(seconds=30)


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Callable[[str, str], str]]:
    """Give what writes a file with a secret, which is gone when the test is done."""
    written: list[Path] = []

    def keep(name: str, text: str) -> str:
        written.append(tmp_path / name)
        written[-1].write_text(text, encoding="utf-8")
        return str(written[-1])

    yield keep
    for file in written:
        file.unlink()


def set_up(client: Client, world: World) -> tuple[pyotp.TOTP, list[str]]:
    """Set a second factor up; give what its app computes with, and the recovery codes."""
    client.post(PAGE, {"act": "begin"})
    shown = re.search(r"<code>([A-Z2-7 ]+)</code>", client.get(PAGE).content.decode())
    assert shown is not None
    app = pyotp.TOTP(shown[1].replace(" ", ""))
    key = client.cookies["suitebridge"].value
    answer = client.post(PAGE, {"act": "on", "code": app.at(world.clock.now())})
    assert client.cookies["suitebridge"].value != key
    codes = re.findall(r"<code>([a-z0-9-]{19})</code>", answer.content.decode())
    assert len(codes) == 10, answer.content.decode()
    return app, codes


def begin(user: str, **more: str) -> Client:
    """Take the first step of a sign-in."""
    client = visitor()
    answer = client.post("/sign-in", {**RIGHT, "user": user, **more})
    assert answer["Location"] == "/sign-in/code"
    return client


def test_a_factor_is_set_up_and_asked_for_and_each_code_is_good_once(world: World, entrance: Entrance) -> None:
    own = entrance("grace")
    assert "Set up a second factor" in own.get("/account").content.decode()
    assert own.get(f"{PAGE}/drawing").status_code == 404
    own.post(PAGE, {"act": "begin"})
    drawing = own.get(f"{PAGE}/drawing")
    assert (drawing["Content-Type"], drawing["Cache-Control"]) == ("image/svg+xml", "no-store")
    assert b"<svg" in drawing.content
    wrong = own.post(PAGE, {"act": "on", "code": "000000"})
    assert (wrong.status_code, "not right" in wrong.content.decode()) == (422, True)
    app, codes = set_up(own, world)
    assert codes[0] not in own.get(PAGE).content.decode()
    assert app.secret not in own.get(PAGE).content.decode()
    assert own.get(f"{PAGE}/drawing").status_code == 404
    world.clock.pass_by(HALF_MINUTE)
    code = app.at(world.clock.now())
    client, second = begin("grace", next="/records/customer"), begin("grace")
    assert client.get("/runs").status_code == 302
    assert "Second step" in client.get("/sign-in/code").content.decode()
    assert client.post("/sign-in/code", {"code": "123 456"}).status_code == 422
    entered = client.post("/sign-in/code", {"code": f" {code[:3]} {code[3:]} "})
    assert (entered.status_code, entered["Location"]) == (302, "/records/customer")
    assert client.get("/runs").status_code == 200
    assert second.post("/sign-in/code", {"code": code}).status_code == 422
    assert world.store.trail.newest(limit=1)[0].event == "user:signed in"
    later = begin("grace")
    assert later.post("/sign-in/code", {"code": app.at(world.clock.now() + HALF_MINUTE)}).status_code == 302


def test_a_clock_may_be_off_by_one_step_and_no_more(world: World, entrance: Entrance) -> None:
    app, _ = set_up(entrance("grace"), world)
    world.clock.pass_by(timedelta(minutes=10))
    now = world.clock.now()
    for steps, status in ((-2, 422), (2, 422), (-1, 302), (0, 302), (1, 302)):
        answer = begin("grace").post("/sign-in/code", {"code": app.at(now + steps * HALF_MINUTE)})
        assert answer.status_code == status, steps


def test_recovery_codes_let_in_once_each_and_are_replaced(world: World, entrance: Entrance) -> None:
    own = entrance("grace")
    _, codes = set_up(own, world)
    assert begin("grace").post("/sign-in/code", {"code": codes[3].upper()}).status_code == 302
    assert begin("grace").post("/sign-in/code", {"code": codes[3]}).status_code == 422
    assert "9 recovery codes" in own.get(PAGE).content.decode()
    fresh = re.findall(r"<code>([a-z0-9-]{19})</code>", own.post(PAGE, {"act": "codes"}).content.decode())
    assert begin("grace").post("/sign-in/code", {"code": codes[4]}).status_code == 422
    assert begin("grace").post("/sign-in/code", {"code": fresh[4]}).status_code == 302


def test_the_second_step_ends_with_time_with_the_password_and_after_too_many_tries(
    world: World, entrance: Entrance
) -> None:
    own = entrance("grace")
    app, codes = set_up(own, world)
    late = begin("grace")
    world.clock.pass_by(STEP_LIFE)
    assert late.post("/sign-in/code", {"code": app.at(world.clock.now())})["Location"] == "/sign-in"
    ended = begin("grace")
    grace = world.store.people.get("grace")
    assert grace is not None
    form = {"old": PASSWORD, "password": "another long walk", "repeated": "another long walk"}
    assert own.post("/account/password", form).status_code == 302
    assert ended.post("/sign-in/code", {"code": app.at(world.clock.now())})["Location"] == "/sign-in"
    client = begin("grace", password=form["password"])
    for n in range(FREE_FOR_ACCOUNT):
        assert client.post("/sign-in/code", {"code": f"00000{n}"}, REMOTE_ADDR=f"127.0.0.{n + 2}").status_code == 422
    paused = client.post("/sign-in/code", {"code": codes[0]}, REMOTE_ADDR="127.0.0.99")
    assert (paused.status_code, "possible in 1 minute" in paused.content.decode()) == (429, True)
    begin("grace", password=form["password"])
    world.clock.pass_by(timedelta(minutes=1))
    assert client.post("/sign-in/code", {"code": codes[0]}).status_code == 302
    assert visitor().get("/sign-in/code")["Location"] == "/sign-in"


def test_somebody_else_removes_a_lost_factor(world: World, entrance: Entrance) -> None:
    set_up(entrance("emil"), world)
    set_up(entrance("grace"), world)
    manager = entrance("ursula")
    person, grace = world.store.people.get("emil"), world.store.people.get("grace")
    assert person is not None
    assert grace is not None
    assert "Remove the second factor" in manager.get(f"/administration/people/{person.id}").content.decode()
    assert manager.post(f"/administration/people/{grace.id}/access", {"act": "second-factor"}).status_code == 403
    assert manager.post(f"/administration/people/{person.id}/access", {"act": "second-factor"}).status_code == 302
    (entry,) = world.store.trail.newest(limit=1)
    assert (entry.event, entry.author_name, entry.record_title) == ("second factor:removed", "Ursula Okafor", "emil")
    assert entrance("emil").get("/account").status_code == 200


def test_a_company_demands_it_of_administrators_and_of_nobody_else(
    world: World, entrance: Entrance, kept: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    client, rules = entrance("grace"), {"idle_minutes": "20", "longest_minutes": "240", "demands": "yes"}
    refused = client.post("/administration/sign-in-rules", {**rules, "idle_minutes": "31"})
    assert (refused.status_code, "shortened, not lengthened" in refused.content.decode()) == (422, True)
    world.store.sessions.save_rules(
        SignInRules(idle_minutes=25), stamp=stamp_for(world.store.people.administrators()[0], Door.API)
    )
    late = client.post("/administration/sign-in-rules", {**rules, "was": SignInRules().mark})
    assert (late.status_code, "were changed by somebody else in the meantime" in late.content.decode()) == (409, True)
    assert 'value="25-480-free"' in late.content.decode()
    assert "Without one at this moment: Grace Kim." in client.get("/administration/sign-in-rules").content.decode()
    assert client.post("/administration/sign-in-rules", rules).status_code == 302
    assert world.store.sessions.rules() == SignInRules(idle_minutes=20, longest_minutes=240, demands_second_factor=True)
    assert client.get("/runs")["Location"] == PAGE
    assert client.get("/runs/24/live", headers={"HX-Request": "true"})["HX-Redirect"] == PAGE
    assert entrance("omar").get("/runs").status_code == 200
    words = ["--data", str(world.house.directory), "--company", COMPANY, "--no-input", "login", "--user", "grace"]
    words += ["--password-file", kept("password", PASSWORD)]
    assert run_line(words) == 4
    assert "A second factor is needed" in capsys.readouterr().err
    set_up(client, world)
    assert client.get("/runs").status_code == 200
    assert "Remove the second factor" not in client.get(PAGE).content.decode()
    assert client.post(PAGE, {"act": "remove"}).status_code == 409
    assert run_line(words) == 2
    assert "--code-file" in capsys.readouterr().err
    # The command line goes by the machine's own clock.
    assert run_line([*words, "--code-file", kept("code", "000000")]) == 4
    assert "The code is not right" in capsys.readouterr().err
    world.clock.pass_by(timedelta(minutes=20))
    assert client.get("/runs")["Location"].startswith("/sign-in")


def test_a_recovery_code_signs_in_at_the_command_line(
    world: World, entrance: Entrance, kept: Callable[[str, str], str], capsys: pytest.CaptureFixture[str]
) -> None:
    _, codes = set_up(entrance("grace"), world)
    words = ["--data", str(world.house.directory), "--company", COMPANY, "login", "--user", "grace"]
    words += ["--password-file", kept("password", PASSWORD), "--code-file", kept("code", codes[0])]
    assert run_line(words) == 0, capsys.readouterr().err
    assert run_line(words) == 4


def test_turning_it_off_takes_a_fresh_proof_which_a_code_is_too(world: World, entrance: Entrance) -> None:
    own = entrance("grace")
    app, _ = set_up(own, world)
    world.clock.pass_by(FRESH)
    asked = own.post(PAGE, {"act": "remove"})
    assert (asked.status_code, "or a code of your second factor" in asked.content.decode()) == (422, True)
    assert own.post(PAGE, {"act": "remove", "proof": app.at(world.clock.now())}).status_code == 302
    assert world.store.trail.newest(limit=1)[0].event == "second factor:removed"
