"""What cannot be written to NetSuite, whatever the protocol, and texts that both protocols can carry."""

from __future__ import annotations

from suitebridge.wire.xml import IllegalCharacterError, legal_text

BY_EXTERNAL_ID = "eid:"
"""Before the text of a reference that names its record by external id, as NetSuite's own addresses do (netsuite-api.md §5.3)."""


class UnwritableValueError(ValueError):
    """A value cannot be written: `field` names it, the message says why."""

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}")
        self.field = field
        self.reason = reason


def checked_text(name: str, value: object) -> str:
    """Give a text back that NetSuite can keep and show again by every protocol, or raise `UnwritableValueError`."""
    if not isinstance(value, str):
        raise UnwritableValueError(name, f"it takes a text, and got {kind_of(value)}")
    if not value.isprintable():  # printable characters are all legal; the rest is looked at one by one
        try:
            legal_text(value)
        except IllegalCharacterError as error:
            raise UnwritableValueError(name, str(error)) from error
    return value


def kind_of(value: object) -> str:
    """Name the kind of a value that does not fit."""
    return "lines" if isinstance(value, list | tuple) else f"a value of kind {type(value).__name__}"
