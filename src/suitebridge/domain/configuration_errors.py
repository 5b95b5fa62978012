"""What can go wrong where workflows are configured: edits that have no place, and configurations that cannot be saved."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

CONFIGURATION_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-CFG-001",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "An edit of {workflow} changes nothing",
        "It edits {place}, which this version does not have.",
        "Take the edit back on the Mapping tab, or make it anew on what stands there now.",
    ),
    row(
        "SB-CFG-002",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "The row for {field} of {workflow} stays as it is",
        "Without it a record could not be found again, or would be refused: it cannot be switched off, nor the one with the other side's ID be changed.",
        "Take the edit of this row back.",
    ),
    row(
        "SB-CFG-003",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{field} of {workflow} is mapped twice",
        "{group} has a default row for {field}, and a row of your own for the same field, which is not taken.",
        "Change the default row, or switch it off; or remove your own row.",
    ),
    row(
        "SB-CFG-004",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "The name {workflow} is taken",
        "Another workflow has this name, and a name says which one is meant.",
        "Give your workflow another name.",
    ),
)
