"""The store as an application of the framework: its label is the prefix of every table."""

from __future__ import annotations

from django.apps import AppConfig


class StoreConfig(AppConfig):
    """Names the application; the framework finds models and migrations beside it."""

    name = "suitebridge.adapters.store"
    label = "store"
    default_auto_field = "django.db.models.BigAutoField"
