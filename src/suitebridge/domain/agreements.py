"""What both sides held of a record when an export last made them alike, so that the next one can tell whose edit it meets.

Values are kept as marks (`flow.fingerprints.mark_of`): enough to tell an edit from none, and nothing that anybody could read.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Side(enum.Enum):
    """Whose value stands where both sides were edited."""

    WORKSPACE = "workspace"
    NETSUITE = "netsuite"


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """One workspace record under one workflow that changes what NetSuite holds, in one NetSuite account.

    `version` is the workspace record's when it was last looked at and nothing was left to do. `shown` are the marks of the values that both
    sides held then, by target field; `sending` those of a change that is under way. `clash` names a conflict, `keeps` is what somebody
    decided about that very one.
    """

    workflow: str
    workspace_id: str
    version: str = ""
    shown: Mapping[str, str] = field(default_factory=dict)
    sending: Mapping[str, str] = field(default_factory=dict)
    clash: str = ""
    keeps: Side | None = None
