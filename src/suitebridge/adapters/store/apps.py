"""The store as an application of the framework: its label is the prefix of every table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.db.backends.signals import connection_created

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class StoreConfig(AppConfig):
    """Names the application; the framework finds models and migrations beside it."""

    name = "suitebridge.adapters.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have every SQLite connection know the letters of all languages: its own `lower` knows those of English only."""
        connection_created.connect(_teach, dispatch_uid="suitebridge.casefold")


def _teach(connection: BaseDatabaseWrapper, **_rest: object) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function("casefold", 1, str.casefold, deterministic=True)
