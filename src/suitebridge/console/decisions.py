"""The buttons that decide what waits for a person, the same wherever such records are shown. What they do is told in `runs.deciding`."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from suitebridge.domain.agreements import Side
from suitebridge.domain.workflow import WhenDeleted
from suitebridge.runs.deciding import CLASHED, DELETED, Decision

_SIDES = {Side.NETSUITE: "Keep NetSuite’s values", Side.WORKSPACE: "Keep the workspace’s values"}
_ENDS = {
    WhenDeleted.FLAG: "Leave as it is",
    WhenDeleted.RECREATE: "Create again in NetSuite",
    WhenDeleted.UNLINK: "Unlink",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionButton:
    """What the form sends, and what the button says."""

    name: str
    value: str
    text: str


def decision_buttons(ways: Mapping[str, Collection[WhenDeleted]]) -> tuple[DecisionButton, ...]:
    """Write the buttons for records with these codes; `ways` has for each what can become of a deleted one."""
    sides = _SIDES.items() if CLASHED in ways else ()
    ends = [(end, text) for end, text in _ENDS.items() if end in ways.get(DELETED, ())]
    return (
        *(DecisionButton(name="keeps", value=side.value, text=text) for side, text in sides),
        *(DecisionButton(name="when_deleted", value=end.value, text=text) for end, text in ends),
    )


def decision_asked(form: QueryDict) -> Decision:
    """Read which button was pressed; any other one decides nothing."""
    return Decision(
        keeps=next((side for side in Side if side.value == form.get("keeps")), None),
        when_deleted=next((end for end in WhenDeleted if end.value == form.get("when_deleted")), None),
    )
