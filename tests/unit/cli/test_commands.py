"""Rules for every command: help that teaches, no secret on the command line, a page that tells the truth, a quick start."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol, cast

import pytest
from typer.main import get_command

from suitebridge.cli.main import app, run_line

# Identifiers, not secrets: NetSuite shows them in its lists, and they open nothing by themselves.
PUBLIC = {"--consumer-key", "--token-id"}
SECRET_WORDS = ("secret", "password", "passphrase", "token", "key", "credential")
HEAVY = ("django", "dbos", "aiohttp", "lxml", "sqlalchemy", "cryptography", "pydantic", "waitress")


class Parameter(Protocol):
    opts: list[str]
    secondary_opts: list[str]
    param_type_name: str
    is_flag: bool
    help: str | None


class Command(Protocol):
    help: str | None
    params: list[Parameter]


def commands(command: object, name: str) -> Iterator[tuple[str, Command]]:
    yield name, cast(Command, command)
    for own, child in getattr(command, "commands", {}).items():
        yield from commands(child, f"{name} {own}")


ALL = dict(commands(get_command(app), "suitebridge"))


@pytest.mark.parametrize("name", ALL)
def test_every_command_says_what_it_does(name: str) -> None:
    assert len((ALL[name].help or "").split()) >= 4
    for parameter in ALL[name].params:
        if "--help" not in parameter.opts:
            assert parameter.help, f"{name} {parameter.opts}"


@pytest.mark.parametrize("name", ALL)
def test_no_option_takes_a_secret(name: str) -> None:
    for parameter in ALL[name].params:
        for word in (*parameter.opts, *parameter.secondary_opts):
            about_secrets = any(part in word for part in SECRET_WORDS) and word not in PUBLIC
            assert not about_secrets or word.endswith("-file"), f"{name} {word}: take the name of a file instead"


@pytest.mark.parametrize("name", ALL)
def test_help_is_shown_for_every_command(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run_line([*name.split()[1:], "--help"]) == 0
    assert "Usage: suitebridge" in capsys.readouterr().out


@pytest.mark.parametrize(
    "words", [["nonsense"], ["run", "--nonsense"], ["workspace", "load"], ["runs", "--limit", "0"]]
)
def test_a_line_typed_wrong_ends_with_code_2(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run_line(words) == 2
    assert "Usage: suitebridge" in capsys.readouterr().err


def test_the_reference_page_is_as_the_commands_say(repository: Path) -> None:
    checked = subprocess.run(
        [sys.executable, "tools/cli_reference.py", "--check"],
        cwd=repository,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert checked.returncode == 0, checked.stderr


def test_starting_loads_nothing_heavy() -> None:
    code = "import sys, suitebridge.cli.main; print(*sorted({name.partition('.')[0] for name in sys.modules}))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not set(HEAVY) & set(loaded.stdout.split())
