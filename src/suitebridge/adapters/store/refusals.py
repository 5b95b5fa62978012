"""What the database's guards of people say when they refuse a statement (migration 0004), in the house's words."""

from __future__ import annotations

import re
from typing import Final

from suitebridge.domain.errors import Problem, RecordRefusedError

_SAID: Final = re.compile(r"(SB-(?:USER|ROLE)-\d{3})(?: (.+))?")


def refusal(said: str) -> RecordRefusedError | None:
    """Read what a guard said; None for the words of anything else."""
    found = _SAID.fullmatch(said.strip())
    if found is None:
        return None
    facts = {"name": "This user", "act": found.group(2) or "", "role": "Administrator"}
    match found.group(1):
        case "SB-USER-003":
            facts["said"] = "This user is inactive, has another role, or does not exist."
        case "SB-ROLE-001":
            facts["said"] = "Without it nobody could administer the company."
            facts["remedy"] = "Leave it as it is."
        case _:
            pass
    return RecordRefusedError(Problem(code=found.group(1), facts=facts))
