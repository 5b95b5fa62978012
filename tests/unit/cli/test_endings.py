"""How commands end: exit codes for every class of errors, and errors told completely."""

from __future__ import annotations

import errno
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from suitebridge.cli import main
from suitebridge.cli.exits import MEANINGS, ExitCode, exit_code_of, exit_code_of_class
from suitebridge.cli.main import run_line
from suitebridge.cli.reports import exit_code_of_run
from suitebridge.domain.errors import ERRORS, ErrorClass, Problem, RunStoppedError
from suitebridge.ports.runs import ENDED_STATES, Run, RunState

CLASSES = {
    ErrorClass.CREDENTIALS: 4,
    ErrorClass.PERMISSION: 4,
    ErrorClass.THROTTLE: 7,
    ErrorClass.OUTAGE: 7,
    ErrorClass.NETWORK: 7,
    ErrorClass.AMBIGUOUS: 5,
    ErrorClass.VALIDATION: 3,
    ErrorClass.REFERENCE_MISSING: 3,
    ErrorClass.SCHEMA_DRIFT: 3,
    ErrorClass.TOO_LARGE: 3,
    ErrorClass.MAPPING: 3,
    ErrorClass.CONFLICT: 8,
    ErrorClass.DUPLICATE: 8,
    ErrorClass.LOCKED: 8,
    ErrorClass.INTERNAL: 1,
}


@pytest.mark.parametrize("error_class", ErrorClass)
def test_every_class_of_errors_has_its_exit_code(error_class: ErrorClass) -> None:
    assert exit_code_of_class(error_class) == CLASSES[error_class]


def test_every_exit_code_has_a_meaning() -> None:
    assert [code.value for code in MEANINGS] == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 130]


@pytest.mark.parametrize("code", ERRORS)
def test_every_error_is_told_completely(
    code: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = Problem(code=code, facts={"said": "so it was"})
    monkeypatch.setattr(main, "app", stopping(RunStoppedError(problem)))
    ended = run_line(["run", "--json", "-q"])
    shown = capsys.readouterr()
    assert ended == exit_code_of(problem)
    assert ended == (9 if code == "SB-RUN-002" else CLASSES[problem.row.error_class])
    assert f"{problem.title}." in shown.err
    assert f"What to do: {problem.remedy}" in shown.err
    assert f"Effect: nothing was written ({code})" in shown.err
    document = json.loads(shown.out)
    assert document["schema"] == "suitebridge/error/1"
    assert set(document["error"]) == {"code", "class", "retry", "title", "cause", "remedy", "effect"}
    assert document["error"]["code"] == code


@pytest.mark.parametrize(
    ("error", "code", "exit_code"),
    [
        (OSError(errno.ENOSPC, "No space left on device", "data/x"), "SB-DISK-001", 7),
        (OSError(errno.EFBIG, "File too large", "data/x"), "SB-DISK-001", 7),
        (PermissionError(errno.EACCES, "Permission denied", "data/x"), "SB-DISK-001", 7),
        (OSError(errno.EIO, "Input/output error"), "SB-INT-001", 1),
        (ZeroDivisionError("division by zero"), "SB-INT-001", 1),
    ],
)
def test_foreign_errors_are_told_too(
    error: Exception,
    code: str,
    exit_code: int,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(main, "app", stopping(error))
    assert run_line(["run"]) == exit_code
    shown = capsys.readouterr()
    assert shown.out == ""
    assert f"({code})" in shown.err
    assert "Traceback" not in shown.err


def test_details_are_shown_on_request(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(main, "app", stopping(ZeroDivisionError("division by zero")))
    assert run_line(["run", "-v"]) == 1
    assert "Traceback" in capsys.readouterr().err


@pytest.mark.parametrize("state", [state for state in RunState if state in ENDED_STATES])
def test_every_end_of_a_run_has_its_exit_code(state: RunState) -> None:
    expected = {
        RunState.COMPLETED: ExitCode.OK,
        RunState.COMPLETED_WITH_ERRORS: ExitCode.RECORD_ERRORS,
        RunState.CANCELLED: ExitCode.INTERRUPTED,
        RunState.FAILED: ExitCode.OUTAGE,
        RunState.INCONSISTENT: ExitCode.INCONSISTENT,
    }
    assert exit_code_of_run(ended_run(state, "NS-OUT-001" if state is RunState.FAILED else "")) is expected[state]


def test_no_color_is_honored(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.setattr(main, "app", stopping(RunStoppedError(Problem(code="NS-OUT-001", facts={"said": "502"}))))
    run_line(["run"])
    assert "\x1b[31m" not in capsys.readouterr().err


def test_a_corrupt_settings_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "suitebridge.toml").write_text("mode = embedded\n")
    assert run_line(["--data", str(tmp_path), "runs"]) == 3
    shown = capsys.readouterr().err
    assert str(tmp_path / "suitebridge.toml") in shown
    assert "SB-SET-001" in shown


def stopping(error: Exception) -> object:
    def app(*_: object, **__: object) -> None:
        raise error

    return app


def ended_run(state: RunState, problem_code: str) -> Run:
    at = datetime(2026, 1, 31, tzinfo=UTC)
    return Run(
        id="r",
        number=1,
        account_id="TSTDRV1",
        workflows=(),
        owner_id="1",
        owner_name="Ada",
        started_by="Ada",
        is_full=False,
        is_retry=False,
        is_dry=False,
        is_errand=False,
        state=state,
        asked_at=at,
        started_at=at,
        ended_at=at,
        problem_code=problem_code,
        problem_facts={"said": "502"},
        mapping_versions={},
        recoveries=0,
        halt=None,
        halted_by="",
    )
