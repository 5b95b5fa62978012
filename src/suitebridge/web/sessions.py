"""Sessions in the database under the hash of their key: whoever reads the table holds no session (quality.md S05).

The framework finds this module by its setting SESSION_ENGINE.
"""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseSessions
from django.contrib.sessions.base_session import AbstractBaseSession as Session
from django.utils import timezone


class SessionStore(DatabaseSessions):
    """The framework's database sessions with hashed keys."""

    def _get_session_from_db(self) -> Session | None:
        found: Session | None = None
        if self.session_key:
            found = self.model._default_manager.filter(
                session_key=_hashed(self.session_key), expire_date__gt=timezone.now()
            ).first()
        if found is None:
            self._session_key = None
        return found

    def exists(self, session_key: str) -> bool:
        """Say whether a key is in use."""
        return bool(super().exists(_hashed(session_key)))

    def create_model_instance(self, data: dict[str, Any]) -> Session:
        """Give the row of this session."""
        row = super().create_model_instance(data)
        row.session_key = _hashed(row.session_key)
        return row

    def delete(self, session_key: str | None = None) -> None:
        """Remove a session, this one where none is named."""
        key = session_key or self.session_key
        if key:
            super().delete(_hashed(key))


def _hashed(session_key: str) -> str:
    """Give 40 hexadecimal digits, as many as the table's column holds."""
    return hashlib.sha256(session_key.encode()).hexdigest()[:40]
