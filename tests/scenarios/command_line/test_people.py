"""People, roles and the integration user at the command line: what works, what is refused, and with which exit code."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from suitebridge.adapters.store.opening import close_connections
from suitebridge.bootstrap import open_house
from suitebridge.cli.main import run_line
from suitebridge.cli.terminals import terminal
from tests.scenarios.command_line.world import Document

PASSWORD = "correct horse battery"
OTHER_PASSWORD = "wide amber lantern"
Type = Callable[..., Document]
"""Types a command: gives the JSON document it answers with, and checks its exit code."""


@pytest.fixture
def type_(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Iterator[Type]:
    """Found a company, and give what types commands in its data directory; `at` is another machine's."""

    def typed(*words: str, code: int = 0, answers: str = "", at: str = "data") -> Document:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        capsys.readouterr()
        found = run_line(["--data", str(tmp_path / at), "--json", "--no-input", *words])
        shown = capsys.readouterr()
        assert found == code, f"{words}: {found} {shown.err}"
        assert PASSWORD not in shown.out + shown.err
        document = json.loads(shown.out) if shown.out else {}
        assert isinstance(document, dict)
        return document

    company = ("company", "create", "--id", "acme", "--name", "Acme", "--user", "ada", "--admin-name", "Ada Lovelace")
    typed(*company, "--email", "ada@acme.example", "--password-file", "-", answers=PASSWORD)
    yield typed
    close_connections()


def error_of(document: Document) -> str:
    """Give the code of the error that ended a command."""
    return str(document["error"]["code"])


def test_the_list_is_searched_sorted_and_read_page_by_page(type_: Type) -> None:
    for name in ("bob", "cem", "dee"):
        type_("people", "add", name, "--first", name.title())
    first = type_("people", "list", "--sort", "user-id", "--limit", "3")
    rest = type_("people", "list", "--sort", "user-id", "--limit", "3", "--after", first["next"])
    assert [one["user"] for one in (*first["people"], *rest["people"])] == ["ada", "bob", "cem", "dee"]
    assert rest["next"] is None
    found = type_("people", "list", "--search", "DE", "--state", "no-password", "--role", "Employee", "--descending")
    assert [one["user"] for one in found["people"]] == ["dee"]
    type_("people", "list", "--after", first["next"], code=2)
    type_("people", "list", "--sort", "salary", code=2)


def test_sign_in_rules_are_shortened_and_every_act_stands_in_the_trail_with_its_author(
    type_: Type, tmp_path: Path
) -> None:
    shown = type_("sign-in-rules", "show")
    assert (shown["idle_minutes"], shown["demands_second_factor"]) == (30, False)
    assert shown["without_second_factor"] == ["Ada Lovelace"]
    refused = type_("sign-in-rules", "change", "--idle-minutes", "31", "--longest-minutes", "4", code=3)
    assert error_of(refused) == "SB-AUTH-005"
    assert "Minutes without a visit: " in refused["error"]["cause"]
    assert "Minutes in all: " in refused["error"]["cause"]
    changed = type_("sign-in-rules", "change", "--idle-minutes", "10", "--second-factor")
    assert (changed["idle_minutes"], changed["longest_minutes"], changed["demands_second_factor"]) == (10, 480, True)
    assert type_("sign-in-rules", "change", "--no-second-factor")["demands_second_factor"] is False
    type_("login", "--user", "ada", "--password-file", "-", answers=PASSWORD)
    (line,) = (one for one in type_("access", "review")["users"] if one["user_id"] == "ada")
    assert line["last_sign_in"] != "never"
    trail = open_house(tmp_path / "data").companies.store("acme").trail.newest(limit=9)
    told = {(entry.event, entry.author_name, entry.door) for entry in trail}
    # From where is told as at every other door: who is signed in to which machine.
    assert {entry.address for entry in trail} == {terminal()}
    mine = {"user:signed in", "sign-in rules:saved"}
    assert {(event, "Ada Lovelace", "command line") for event in mine} <= told


def test_a_role_is_given_for_a_time_and_with_a_reason(type_: Type) -> None:
    type_("people", "add", "bob")
    type_("roles", "turn-on", "Auditor")
    given = type_("people", "give-role", "bob", "Auditor", "--until", "2999-12-31")["person"]
    assert (given["role"], given["role_until"]) == ("Auditor", "3000-01-01T00:00:00+00:00")
    assert error_of(type_("people", "give-role", "bob", "Auditor", "--until", "2000-01-01", code=3)) == "SB-USER-007"
    assert (
        error_of(type_("people", "give-role", "ada", "Administrator", "--until", "2999-12-31", code=8)) == "SB-USER-002"
    )
    type_("roles", "add", "Both", "-p", "run-integration", "-p", "edit-integration-settings")
    type_("roles", "keep-apart", "on")
    assert error_of(type_("people", "give-role", "bob", "Both", code=8)) == "SB-DUTY-001"
    told = type_("people", "give-role", "bob", "Both", "--reason", "Only two of us")["person"]
    assert (told["role"], told["role_until"]) == ("Both", None)
    line = next(one for one in type_("access", "review")["users"] if one["user_id"] == "bob")
    assert (line["reason"], line["role_ends"]) == ("Only two of us", "")
    added = ("people", "add", "cem", "--role", "Both")
    assert error_of(type_(*added, code=8)) == "SB-DUTY-001"
    assert error_of(type_(*added, "--until", "2000-01-01", "--reason", "Leave cover", code=3)) == "SB-USER-007"
    type_(*added, "--until", "2999-12-31", "--reason", "Leave cover")
    changed = type_("people", "change", "cem", "--first", "Cem")["person"]
    assert (changed["role"], changed["role_until"]) == ("Both", "3000-01-01T00:00:00+00:00")
    assert type_("people", "change", "cem", "--until", "never")["person"]["role_until"] is None
    moved = type_("people", "change", "cem", "--role", "Auditor", "--until", "2999-11-30")["person"]
    assert (moved["role"], moved["role_until"]) == ("Auditor", "2999-12-01T00:00:00+00:00")
    lines = {one["user_id"]: one["reason"] for one in type_("access", "review")["users"]}
    assert (lines["bob"], lines["cem"]) == ("Only two of us", "")


def test_a_user_is_added_invited_and_joins(type_: Type, tmp_path: Path) -> None:
    type_("people", "add", "bob", "--first", "Bob", "--email", "bob@acme.example")
    listed = {one["user"]: one for one in type_("people", "list")["people"]}
    assert (listed["bob"]["role"], listed["bob"]["has_password"]) == ("Employee", False)
    invitation = str(type_("people", "invite", "bob")["invitation"])
    (tmp_path / "password.typed").write_text(OTHER_PASSWORD)
    (tmp_path / "weak.typed").write_text("12345")
    join = ("people", "join", "--invitation-file", "-", "--password-file")
    refused = type_(*join, str(tmp_path / "weak.typed"), answers=invitation, code=3)
    assert "too short" in refused["error"]["cause"]
    assert type_(*join, str(tmp_path / "password.typed"), answers=invitation)["user"] == "bob"
    # Bob is signed in now: an employee manages nobody, and an invitation works once.
    assert error_of(type_("people", "list", code=4)) == "SB-AUTH-001"
    assert error_of(type_("integration-user", "show", code=4)) == "SB-AUTH-001"
    assert error_of(type_("roles", "list", code=4)) == "SB-AUTH-001"
    assert error_of(type_(*join, str(tmp_path / "password.typed"), answers=invitation, code=4)) == "SB-USER-005"


def test_mistakes_about_a_user_are_told_together(type_: Type) -> None:
    refused = type_("people", "add", "bob", "--email", "nowhere", "--role", "Emperor", code=3)
    assert error_of(refused) == "SB-USER-006"
    assert "no e-mail address" in refused["error"]["cause"]
    assert "no role of this name" in refused["error"]["cause"]
    assert error_of(type_("people", "add", "ADA", code=3)) == "SB-USER-006"
    type_("people", "change", "nobody", "--first", "N", code=2)


def test_the_last_administrator_and_the_integration_user_stay(type_: Type) -> None:
    assert error_of(type_("people", "deactivate", "ada", code=8)) == "SB-USER-002"
    assert error_of(type_("people", "change", "ada", "--role", "Employee", code=8)) == "SB-USER-002"
    type_("people", "add", "zoe", "--first", "Zoe", "--role", "Administrator")
    type_("people", "add", "bob")
    assert type_("integration-user", "show")["candidates"] == ["ada", "zoe"]
    assert error_of(type_("integration-user", "choose", "bob", code=8)) == "SB-USER-003"
    type_("integration-user", "choose", "zoe")
    assert type_("integration-user", "show")["user"] == "zoe"
    refused = type_("people", "deactivate", "zoe", code=8)
    assert error_of(refused) == "SB-USER-001"
    assert "integration-user clear" in refused["error"]["remedy"]
    assert error_of(type_("people", "change", "zoe", "--role", "Employee", code=8)) == "SB-USER-001"
    assert type_("people", "change", "zoe", "--last", "Quist")["person"]["name"] == "Zoe Quist"
    type_("integration-user", "clear")
    assert type_("people", "deactivate", "zoe")["person"]["is_active"] is False
    assert type_("people", "activate", "zoe")["person"]["is_active"] is True


def test_a_password_is_changed_and_access_ended(type_: Type, tmp_path: Path) -> None:
    (tmp_path / "old.typed").write_text(PASSWORD)
    (tmp_path / "new.typed").write_text(OTHER_PASSWORD)
    change = ("people", "password", "--old-password-file")
    assert error_of(
        type_(*change, str(tmp_path / "new.typed"), "--new-password-file", str(tmp_path / "old.typed"), code=3)
    ) == ("SB-USER-006")
    type_(*change, str(tmp_path / "old.typed"), "--new-password-file", str(tmp_path / "new.typed"))
    assert type_("people", "list")["people"]
    type_("people", "sign-out", "ada")
    assert error_of(type_("people", "list", code=4)) == "SB-AUTH-002"
    type_("login", "--user", "ada", "--password-file", str(tmp_path / "new.typed"))
    type_("people", "add", "bob")
    type_("people", "invite", "bob", "--reset")
    type_("people", "deactivate", "bob")
    assert error_of(type_("people", "invite", "bob", code=4)) == "SB-USER-005"


def test_roles_are_turned_on_added_changed_and_removed(type_: Type) -> None:
    found = type_("roles", "list")
    assert [role["name"] for role in found["roles"]] == ["Administrator", "Employee"]
    assert "Auditor" in [role["name"] for role in found["off"]]
    type_("roles", "turn-on", "auditor")
    assert error_of(type_("roles", "turn-on", "Auditor", code=8)) == "SB-ROLE-001"
    type_("roles", "add", "Clerk", "--permission", "nonsense", code=2)
    assert error_of(type_("roles", "add", "Clerk", "--modify", "spaceship", code=8)) == "SB-ROLE-001"
    type_("roles", "add", "Clerk", "--view", "customer", "--modify", "invoice")
    toxic = ("--permission", "run-integration", "--permission", "edit-integration-settings")
    type_("roles", "keep-apart", "on")
    assert "reason" in type_("roles", "change", "Clerk", *toxic, code=8)["error"]["remedy"]
    type_("roles", "change", "Clerk", *toxic, "--reason", "There are two of us.")
    assert error_of(type_("roles", "change", "Administrator", *toxic, code=8)) == "SB-ROLE-001"
    type_("roles", "change", "Nobody", code=2)
    assert error_of(type_("people", "add", "bob", "--role", "Clerk", code=8)) == "SB-DUTY-001"
    type_("roles", "keep-apart", "off")
    type_("people", "add", "bob", "--role", "Clerk")
    assert error_of(type_("roles", "remove", "Clerk", code=8)) == "SB-ROLE-001"
    type_("people", "change", "bob", "--role", "Employee")
    type_("roles", "remove", "Clerk")
    assert error_of(type_("roles", "remove", "Employee", code=8)) == "SB-ROLE-001"
    assert type_("audit", "verify")["first_broken"] == 0
