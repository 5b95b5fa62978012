"""One-time codes by RFC 6238 as authenticator apps expect them: SHA-1, six digits, thirty seconds. It keeps no secret and no time."""

from __future__ import annotations

import io
from datetime import datetime
from typing import Final

import pyotp
import segno

from suitebridge.domain.credentials import Secret

ISSUER: Final = "SuiteBridge"
_STEP_SECONDS: Final = 30
_DRIFT_STEPS: Final = 1
"""How far a telephone's clock may be off, either way."""


class TimedCodes:
    """Draws secrets and judges codes; implements `ports.second_factors.OneTimeCodes`."""

    def new_secret(self) -> Secret:
        """Draw a secret of 160 bits."""
        return Secret(pyotp.random_base32())

    def step(self, secret: Secret, code: str, *, at: datetime) -> int | None:
        """Give the time step whose code this is, one before or after the present one included."""
        totp = pyotp.TOTP(secret.reveal())
        present = int(at.timestamp()) // _STEP_SECONDS
        steps = range(present - _DRIFT_STEPS, present + _DRIFT_STEPS + 1)
        typed = "".join(code.split())
        if not typed.isascii():
            return None
        return next((step for step in steps if pyotp.utils.strings_equal(totp.generate_otp(step), typed)), None)

    def address(self, secret: Secret, *, account: str) -> Secret:
        """Write what an authenticator app reads."""
        return Secret(pyotp.TOTP(secret.reveal()).provisioning_uri(name=account, issuer_name=ISSUER))

    def drawing(self, address: Secret) -> bytes:
        """Draw an address as a QR code: an SVG with a light ground, since readers fail on a dark one."""
        buffer = io.BytesIO()
        segno.make(address.reveal(), error="m", micro=False).save(
            buffer, kind="svg", scale=5, border=4, dark="#000", light="#fff", xmldecl=True
        )
        return buffer.getvalue()
