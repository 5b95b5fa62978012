"""What all scenarios share."""

from __future__ import annotations

from tests.quick_passwords import quick_passwords

__all__ = ["quick_passwords"]
