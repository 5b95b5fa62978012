"""The tokens of the command line and of the API are the same ones."""

from __future__ import annotations

import json

import pytest

from suitebridge.cli.logins import Logins, write_logins
from suitebridge.cli.main import run_line
from suitebridge.domain.credentials import Secret
from tests.console_world import COMPANY, World
from tests.scenarios.api.conftest import Program, Programs


def test_a_token_made_on_the_command_line_opens_the_api_until_it_is_withdrawn(
    world: World, programs: Programs, capsys: pytest.CaptureFixture[str]
) -> None:
    directory = world.house.directory
    write_logins(directory, Logins(current=COMPANY, tokens={COMPANY: Secret(programs.of("omar").token)}))

    def type_line(*words: str) -> dict[str, object]:
        assert run_line(["--data", str(directory), "--json", "tokens", *words]) == 0
        document: dict[str, object] = json.loads(capsys.readouterr().out)
        return document

    made = type_line("add", "nightly", "--days", "7")
    nightly = Program(token=str(made["token"]))
    assert nightly.call("GET", "/runs").status_code == 200
    assert "nightly" in json.dumps(type_line("list"))
    assert str(made["token"]) not in json.dumps(type_line("list"))
    type_line("withdraw", str(made["id"]))
    assert nightly.call("GET", "/runs").status_code == 401
    assert run_line(["--data", str(directory), "tokens", "withdraw", str(made["id"])]) == 2
