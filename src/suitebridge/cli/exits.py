"""How the command line ends: the closed set of exit codes (quality.md A5), and which error leads to which."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from typing import assert_never

from suitebridge.domain.errors import ErrorClass, Problem


class ExitCode(enum.IntEnum):
    """What a calling program may rely on."""

    OK = 0
    INTERNAL = 1
    USAGE = 2
    CONFIGURATION = 3
    PERMISSION = 4
    RECORD_ERRORS = 5
    PLAN_HAS_CHANGES = 6
    OUTAGE = 7
    CONFLICT = 8
    INCONSISTENT = 9
    INTERRUPTED = 130


MEANINGS: Mapping[ExitCode, str] = {
    ExitCode.OK: "all good, nothing failed",
    ExitCode.INTERNAL: "internal error",
    ExitCode.USAGE: "the command was typed wrong, or needs an answer that --no-input forbids to ask for",
    ExitCode.CONFIGURATION: "configuration or validation error",
    ExitCode.PERMISSION: "credentials were refused, or a permission is missing",
    ExitCode.RECORD_ERRORS: "finished, but some records were refused, blocked or failed",
    ExitCode.PLAN_HAS_CHANGES: "the file that was compared would change something",
    ExitCode.OUTAGE: "NetSuite, the network or the disk was not available, or the throttle deadline passed",
    ExitCode.CONFLICT: "a conflict that somebody must decide, or another process holds the data directory",
    ExitCode.INCONSISTENT: "the counts of a run do not add up, or the audit chain is broken",
    ExitCode.INTERRUPTED: "interrupted from the keyboard, or the run was paused or cancelled; finished work is kept",
}

_INCONSISTENT = frozenset({"SB-RUN-002"})


def exit_code_of(problem: Problem) -> ExitCode:
    """Give the exit code of a problem that ended a command."""
    return ExitCode.INCONSISTENT if problem.code in _INCONSISTENT else exit_code_of_class(problem.row.error_class)


def exit_code_of_class(error_class: ErrorClass) -> ExitCode:
    """Give the exit code of a class of errors."""
    match error_class:
        case ErrorClass.CREDENTIALS | ErrorClass.PERMISSION:
            return ExitCode.PERMISSION
        case ErrorClass.THROTTLE | ErrorClass.OUTAGE | ErrorClass.NETWORK:
            return ExitCode.OUTAGE
        case (
            ErrorClass.VALIDATION
            | ErrorClass.MAPPING
            | ErrorClass.REFERENCE_MISSING
            | ErrorClass.SCHEMA_DRIFT
            | ErrorClass.TOO_LARGE
        ):
            return ExitCode.CONFIGURATION
        case ErrorClass.CONFLICT | ErrorClass.DUPLICATE | ErrorClass.LOCKED:
            return ExitCode.CONFLICT
        case ErrorClass.AMBIGUOUS:
            return ExitCode.RECORD_ERRORS
        case ErrorClass.INTERNAL:
            return ExitCode.INTERNAL
        case _:
            assert_never(error_class)
