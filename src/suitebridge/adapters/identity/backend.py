"""The framework's sign-in: company id, user id and password. A session ends by itself when its user is deactivated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.backends import BaseBackend

from suitebridge.adapters.identity.passwords import ArgonPasswords
from suitebridge.adapters.store import signing_in
from suitebridge.domain.credentials import Secret

if TYPE_CHECKING:
    from django.http import HttpRequest

    from suitebridge.adapters.store.models import Person


class CompanyBackend(BaseBackend):
    """Finds people by what they type; the framework's setting AUTHENTICATION_BACKENDS names it."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **credentials: str,
    ) -> Person | None:
        """Give the person whose company, user id and password these are; takes as long for an unknown company or user.

        `recognized` is the employee record of somebody who proved otherwise who they are.
        """
        if "company" not in credentials:
            return None
        if "recognized" in credentials:
            return signing_in.recognized_person(credentials["company"], credentials["recognized"])
        if username is None or password is None:
            return None
        return signing_in.authenticate(credentials["company"], username, Secret(password), passwords=ArgonPasswords())

    def get_user(self, user_id: int) -> Person | None:
        """Give the person of a session, as long as the employee is active."""
        return signing_in.active_person(user_id)
