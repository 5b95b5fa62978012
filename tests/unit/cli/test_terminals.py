"""From where commands are typed, as far as the machine says."""

from __future__ import annotations

import os
import pwd
import socket

import pytest

from suitebridge.cli.terminals import terminal


def test_the_machine_says_who_is_there_and_what_it_is_called(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("USER", "somebody-else")
    monkeypatch.setenv("LOGNAME", "somebody-else")
    monkeypatch.setattr(socket, "gethostname", lambda: "ledger\n2026-01-05 forged\x1b[2J")
    own = pwd.getpwuid(os.getuid()).pw_name
    assert terminal() == f"{own}@ledger2026-01-05 forged[2J"
    monkeypatch.setattr(socket, "gethostname", lambda: "x" * 500)
    assert len(terminal()) == 200


def test_what_the_machine_does_not_say_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(_uid: int) -> pwd.struct_passwd:
        raise KeyError("uid not found")

    def nameless() -> str:
        raise OSError("no name")

    monkeypatch.setattr(socket, "gethostname", lambda: "ledger")
    monkeypatch.setattr(pwd, "getpwuid", unknown)
    assert terminal() == "ledger"
    monkeypatch.setattr(socket, "gethostname", nameless)
    assert terminal() == ""
