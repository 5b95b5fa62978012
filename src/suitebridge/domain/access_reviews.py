"""Who may come in and what they may, as it is reviewed from time to time (quality.md D08). Pure: what was reviewed has a fingerprint."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from suitebridge.domain.duties import clashes_of, tell
from suitebridge.domain.people import Permission, User

PASSWORD, NO_WAY_IN = "password", "none yet"
COLUMNS: Mapping[str, str] = {
    "user_id": "User ID",
    "name": "Name",
    "state": "State",
    "role": "Role",
    "role_ends": "Role ends",
    "rights": "Rights",
    "sign_in": "Sign-in",
    "last_sign_in": "Last sign-in",
    "tokens": "API tokens",
    "conflicts": "Duties held together",
    "reason": "Reason given",
    "is_integration_user": "Integration user",
}
"""The columns of a review, with their headings, in the order in which every door shows them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenHeld:
    """An API token that is still good."""

    label: str
    scopes: tuple[str, ...]
    expires_at: datetime
    last_used_at: datetime | None

    @property
    def told(self) -> str:
        """The token in one line."""
        used = f"last used {self.last_used_at:%Y-%m-%d}" if self.last_used_at else "never used"
        return f"{self.label} ({', '.join(self.scopes)}; until {self.expires_at:%Y-%m-%d}; {used})"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessHeld:
    """One user: what they may, how they come in, and what comes in for them."""

    user: User
    has_password: bool
    signed_in_at: datetime | None
    tokens: tuple[TokenHeld, ...]
    is_integration_user: bool
    duties_reason: str = ""

    @property
    def cells(self) -> dict[str, str]:
        """The line of the review, by column; times are UTC."""
        role = self.user.role
        return {
            "user_id": self.user.user_id,
            "name": self.user.name,
            "state": "active" if self.user.is_active else "inactive",
            "role": role.name,
            "rights": ", ".join(_rights(self.user)),
            "sign_in": PASSWORD if self.has_password else NO_WAY_IN,
            "last_sign_in": f"{self.signed_in_at:%Y-%m-%d %H:%M}" if self.signed_in_at else "never",
            "tokens": "; ".join(token.told for token in self.tokens),
            "role_ends": f"{self.user.ends_at:%Y-%m-%d %H:%M}" if self.user.ends_at else "",
            "conflicts": tell(clashes_of(role)),
            "reason": self.duties_reason,
            "is_integration_user": "yes" if self.is_integration_user else "",
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class AccessReview:
    """The access of a whole company at one moment."""

    lines: tuple[AccessHeld, ...]

    @property
    def fingerprint(self) -> str:
        """Twelve characters that change with anybody's state, role, rights, way in or tokens, and not with mere use."""
        told = [_lasting(line) for line in self.lines]
        return hashlib.sha256(json.dumps(told, ensure_ascii=False).encode()).hexdigest()[:12]

    @property
    def active(self) -> int:
        """How many may come in."""
        return sum(line.user.is_active for line in self.lines)

    @property
    def conflicts(self) -> int:
        """How many hold duties together that should be two people's."""
        return sum(bool(line.cells["conflicts"]) for line in self.lines)


def table(review: AccessReview) -> tuple[Sequence[str], Iterable[Sequence[str]]]:
    """Give the headings and the rows."""
    return tuple(COLUMNS.values()), [tuple(line.cells[name] for name in COLUMNS) for line in review.lines]


def _rights(user: User) -> list[str]:
    if Permission.ADMINISTER in user.role.permissions:
        return ["everything"]
    named = sorted(permission.value for permission in user.role.permissions)
    seen = [f"view {name}" for name in sorted(user.role.views)]
    return [*named, *seen, *(f"modify {name}" for name in sorted(user.role.modifies))]


def _lasting(line: AccessHeld) -> list[str]:
    """Give what a review vouches for: a sign-in or a token's use in the meantime does not make it another one."""
    cells = line.cells
    tokens = [f"{token.label} {' '.join(token.scopes)} {token.expires_at.isoformat()}" for token in line.tokens]
    return [cells[name] for name in COLUMNS if name not in {"last_sign_in", "tokens"}] + tokens
