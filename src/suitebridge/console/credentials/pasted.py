"""What was recognized in a pasted text: the values that may be shown, and of secrets only that they are there."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.domain.credential_sets import FIELDS
from suitebridge.domain.pasting import Pasted


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognized:
    """One value that was found."""

    label: str
    text: str
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PastedPart:
    """Everything that was found."""

    found: tuple[Recognized, ...]


def recognized(pasted: Pasted) -> PastedPart:
    """Write what was found, in the order of the form."""
    shown = {**pasted.values, **dict.fromkeys(pasted.secrets, "recognized, not shown")}
    labels = {"account_id": "NetSuite Account ID", **{name: part.label for name, part in FIELDS.items()}}
    return PastedPart(
        found=tuple(
            Recognized(label=label, text=shown[name], left_out=pasted.left_out.get(name, ""))
            for name, label in labels.items()
            if name in shown
        )
    )
