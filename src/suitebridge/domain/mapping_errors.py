"""What can be wrong with a mapping before anything runs: each with its place and the way out."""

from __future__ import annotations

from suitebridge.domain.error_rows import ErrorClass, ErrorCode, Retry, row

MAPPING_ERRORS: tuple[ErrorCode, ...] = (
    row(
        "SB-VAL-001",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} names a field that is not there",
        "{type} has no field “{field}”.",
        "{suggestion}Correct the name, or synchronize the custom fields if it is a new one.",
    ),
    row(
        "SB-VAL-002",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} is mapped more than once",
        "{count} active rows fill in {field}, and only one can.",
        "Switch off or remove all but one of them.",
    ),
    row(
        "SB-VAL-003",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} cannot take its value",
        "{said}",
        "Choose another source, or turn the value into what the field takes with a value map or a formula.",
    ),
    row(
        "SB-VAL-004",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} looks up what is not there",
        "{said}",
        "Correct the record type or the field of the lookup.",
    ),
    row(
        "SB-VAL-005",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "The formula of {place} cannot be read",
        "Column {column}: {said}",
        "Correct the formula at this place.",
    ),
    row(
        "SB-VAL-006",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} is required and not mapped",
        "{type} cannot be stored without {field}, and no active row fills it in.",
        "Add a row for {field}, or switch its row on again.",
    ),
    row(
        "SB-VAL-007",
        ErrorClass.MAPPING,
        Retry.AFTER_CHANGE,
        "{place} cannot be carried out",
        "{said}",
        "Correct it on the Mapping tab.",
    ),
)
