"""What the use cases need of second factors: the arithmetic of one-time codes, and where each user's secret is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import Stamp, User


@dataclass(frozen=True, slots=True, kw_only=True)
class SecondFactor:
    """What may be shown of a user's second factor: since when it is on, and how many recovery codes are left."""

    set_at: datetime
    codes_left: int


class OneTimeCodes(Protocol):
    """Codes that change every thirty seconds (RFC 6238)."""

    def new_secret(self) -> Secret:
        """Draw a secret."""
        ...

    def step(self, secret: Secret, code: str, *, at: datetime) -> int | None:
        """Give the time step whose code this is, one before or after the present one included; None for a wrong code."""
        ...

    def address(self, secret: Secret, *, account: str) -> Secret:
        """Write what an authenticator app reads."""
        ...

    def drawing(self, address: Secret) -> bytes:
        """Draw an address as a QR code (SVG)."""
        ...


class SecondFactors(Protocol):
    """The second factors of one company's users. Secrets are sealed, recovery codes hashed, and every code is good once."""

    def get(self, user: User) -> SecondFactor | None:
        """Show a user's second factor, None where there is none that is on."""
        ...

    def begin(self, user: User, secret: Secret) -> None:
        """Keep the secret of a factor that is to be turned on, in place of an earlier one that was not. Raise `LookupError` for an unknown user."""
        ...

    def pending(self, user: User) -> Secret | None:
        """Give the secret of a factor that is still to be turned on."""
        ...

    def turn_on(self, user: User, *, step: int, codes: Sequence[Secret], stamp: Stamp) -> None:
        """Turn the pending factor on, with the step of the code that proved it. Raise `LookupError` where none is pending."""
        ...

    def secret(self, user: User) -> Secret | None:
        """Give the secret of a factor that is on."""
        ...

    def use_step(self, user: User, step: int) -> bool:
        """Use a time step up; say whether it was newer than every one used before. Of two at once one is refused."""
        ...

    def use_code(self, user: User, code: Secret, *, stamp: Stamp) -> bool:
        """Use a recovery code up, told in the trail; say whether it was good."""
        ...

    def replace_codes(self, user: User, codes: Sequence[Secret], *, stamp: Stamp) -> None:
        """Replace the recovery codes. Raise `LookupError` where no factor is on."""
        ...

    def remove(self, user: User, *, stamp: Stamp) -> bool:
        """Remove a user's factor; say whether there was one."""
        ...
