"""What can go wrong where work is automated: workflow groups and schedules."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

AUTOMATION_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-AUTO-001",
        ErrorClass.VALIDATION,
        Retry.AFTER_CHANGE,
        "{what} was not saved",
        "{said}",
        "Correct what is named, and save again.",
    ),
    row(
        "SB-AUTO-002",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "{what} is not what it was any more",
        "Somebody else added, changed or removed it after it was read.",
        "Look at how it stands now, then change it again; a program reads it again and sends the present ETag.",
    ),
    row(
        "SB-AUTO-003",
        ErrorClass.CONFLICT,
        Retry.AFTER_CHANGE,
        "The workflow group {group} cannot be removed",
        "It is what these schedules run: {schedules}.",
        "Let them run another group, or remove them; then remove the group.",
    ),
)
