"""What goes wrong in real life: each trouble is one clear message with a remedy and its exit code, and nothing is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.scenarios.command_line.world import ACCOUNT, OTHER_ACCOUNT, Done, World

ONE = ("--workflow", "import_services")


def told(done: Done, *, code: int, problem: str) -> None:
    """Require one clear message: the exit code, the problem's code, a cause, a remedy, no traceback."""
    assert done.code == code, done.err + done.out
    assert f"({problem})" in done.err
    assert done.err.count("  What to do: ") == 1
    assert "Why: " in done.err
    assert "Traceback" not in done.err
    assert "not known)" not in done.err


def recovers(world: World) -> None:
    """Require that the next run, trouble over, does everything."""
    ended = world.run(*ONE)
    assert ended.code == 0, ended.err
    assert ended.outcomes()["import_services"]["created"] > 0


def test_a_wrong_secret(world: World) -> None:
    assert world.connect(token_secret="0" * 64).code == 0
    told(world.type("check"), code=4, problem="NS-AUTH-001")
    told(world.type("run", *ONE), code=4, problem="NS-AUTH-001")
    assert world.connect().code == 0
    recovers(world)


def test_a_wrong_account(world: World) -> None:
    assert world.connect(account_id=OTHER_ACCOUNT).code == 0
    checked = world.type("check")
    told(checked, code=4, problem="NS-HOST-001")
    assert OTHER_ACCOUNT in checked.err
    told(world.type("run", *ONE), code=8, problem="SB-CONN-002")
    assert world.connect().code == 0
    recovers(world)


def test_an_account_id_that_is_none(world: World) -> None:
    refused = world.connect(account_id=ACCOUNT.lower(), consumer_key="")
    assert refused.code == 3
    assert f"Did you mean {ACCOUNT}?" in refused.err
    assert "The TBA Consumer Key is missing" in refused.err
    recovers(world)


def test_a_clock_ten_minutes_off(world: World) -> None:
    world.ask("/clock", method="POST", document={"offsetSeconds": 600})
    told(world.type("check"), code=4, problem="NS-CLOCK-001")
    told(world.type("run", *ONE), code=4, problem="NS-CLOCK-001")
    world.ask("/clock", method="POST", document={"offsetSeconds": 0})
    world.ask(f"/tokens/{world.credentials['token_id']}", method="PATCH", document={"locked": False})
    recovers(world)


def test_a_role_without_permission(world: World) -> None:
    role = world.ask("/roles", method="POST", document={"name": "Visitor", "permissions": {"ADMI_LOGIN_OAUTH": 4}})
    token = f"/tokens/{world.credentials['token_id']}"
    before = next(one["role"] for one in world.ask("/access")["tokens"] if one["id"] == world.credentials["token_id"])
    world.ask(token, method="PATCH", document={"role": role["id"]})
    checked = world.type("check", "--json")
    assert checked.code == 4, checked.err
    failed = [step for step in checked.document["steps"] if step["state"] == "failed"]
    assert failed[0]["problem"]["code"] == "NS-PERM-001"
    assert "permission" in failed[0]["problem"]["remedy"]
    told(world.type("run", *ONE), code=4, problem="NS-PERM-001")
    world.ask(token, method="PATCH", document={"role": before})
    recovers(world)


def test_a_netsuite_that_is_gone(world: World) -> None:
    world.close_account()
    told(world.type("check"), code=7, problem="NS-NET-001")
    told(world.type("run", *ONE), code=7, problem="NS-NET-001")
    world.open_account()
    recovers(world)


def test_a_corrupt_settings_file(world: World) -> None:
    file = world.data / "suitebridge.toml"
    right = file.read_text()
    file.write_text(right + "colour = 'blue'\n")
    refused = world.type("run", *ONE)
    told(refused, code=3, problem="SB-SET-001")
    assert str(file) in refused.err
    assert "colour" in refused.err
    file.write_text(right)
    recovers(world)


@pytest.mark.fault("F67")
def test_a_full_disk(world: World) -> None:
    size = max(path.stat().st_size for path in world.data.iterdir()) // 1024
    refused = world.type("run", limit_kilobytes=max(size // 8, 64))
    told(refused, code=7, problem="SB-DISK-001")
    ended = world.run()
    assert ended.code == 0, ended.err
    assert sum(one["created"] for name, one in ended.outcomes().items() if name.startswith("export")) > 0
    assert len(world.created()) == len(set(world.created())) == sum(world.approved.values())


def test_nobody_signed_in(world: World) -> None:
    assert world.type("logout").code == 0
    told(world.type("run"), code=4, problem="SB-AUTH-002")
    wrong = world.type("login", "--user", "ada", "--password-file", "-", answers="wrong")
    told(wrong, code=4, problem="SB-AUTH-002")
    asked = world.type("login", "--user", "ada", "--no-input")
    assert asked.code == 2
    assert "--password-file" in asked.err
    right = world.type("login", "--user", "ADA", "--password-file", "-", answers="correct horse battery\n")
    assert right.code == 0, right.err
    recovers(world)


def test_no_company_and_no_credentials(tmp_path: Path) -> None:
    empty = World(folder=tmp_path, approved={})
    told(empty.type("run"), code=3, problem="SB-COMP-001")
    words = ("company", "create", "--id", "acme", "--name", "Acme", "--user", "ada", "--admin-name", "Ada")
    created = empty.type(*words, "--email", "a@acme.example", "--password-file", "-", answers="correct horse battery")
    assert created.code == 0, created.err
    told(empty.type("run"), code=4, problem="NS-AUTH-002")
    told(empty.type("check"), code=4, problem="NS-AUTH-002")
    again = empty.type(*words, "--email", "a@acme.example", "--password-file", "-", answers="correct horse battery")
    assert again.code == 3
    assert "acme" in again.err


def test_every_answer_for_machines_names_its_schema(settled_world: World) -> None:
    lines = {
        "check": ("check",),
        "runs": ("runs",),
        "run": ("runs", "show"),
        "errors": ("errors",),
        "audit-verify": ("audit", "verify"),
        "workspace-load": ("workspace", "load", str(settled_world.folder / "firm")),
        "logout": ("logout",),
    }
    for schema, words in lines.items():
        done = settled_world.type(*words, "--json", "-q")
        assert done.code == 0, done.err
        assert done.document["schema"] == f"suitebridge/{schema}/1"
        assert done.err == "" or schema == "workspace-load"


@pytest.mark.parametrize("number", ["7", "nonsense"])
def test_a_run_that_is_not_there(settled_world: World, number: str) -> None:
    refused = settled_world.type("errors", number)
    assert refused.code == 2
    assert f"There is no run {number}" in " ".join(refused.err.split())


def test_a_demo_folder_of_somebody_else(tmp_path: Path) -> None:
    stranger = World(folder=tmp_path, approved={})
    stranger.data.mkdir()
    (stranger.data / "precious.txt").write_text("mine")
    told(stranger.type("demo", "--no-serve"), code=3, problem="SB-DEMO-001")
    assert (stranger.data / "precious.txt").read_text() == "mine"
