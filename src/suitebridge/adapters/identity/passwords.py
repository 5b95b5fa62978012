"""Passwords through the framework's own hashers (argon2id) and validators. The store must be open before first use."""

from __future__ import annotations

from typing import Final

from django.contrib.auth.hashers import check_password, get_hasher, make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from suitebridge.domain.credentials import Secret

_UNUSABLE: Final = "!"


class ArgonPasswords:
    """Hashes and checks; implements `adapters.store.seals.Passwords`."""

    def hash(self, password: Secret | None) -> str:
        """Hash a password; for none, give a text that no password fits. Raise `ValueError` with every objection to a weak one."""
        if password is None:
            return make_password(None)
        try:
            validate_password(password.reveal())
        except ValidationError as error:
            raise ValueError(" ".join(error.messages)) from error
        return make_password(password.reveal())

    def fits(self, password: Secret, stored: str | None) -> bool:
        """Say whether a password is the stored one; where none is stored the framework hashes all the same, to take as long."""
        return bool(check_password(password.reveal(), stored or _UNUSABLE))

    def renewed(self, password: Secret, stored: str) -> str | None:
        """Hash the password of a stored hash anew where the settings ask for another cost by now; what was once allowed is not judged again."""
        return make_password(password.reveal()) if get_hasher().must_update(stored) else None
