"""Every address for other systems. An address that is not here does not exist."""

from __future__ import annotations

from django.urls import path

from suitebridge.webhooks.guards import Guard
from suitebridge.webhooks.pushes import show_pushed, take_push

PATTERNS = (
    path("hooks/<slug:company>/netsuite", Guard(take_push, "POST"), name="push"),
    path("hooks/<slug:company>/netsuite/<slug:errand_id>", Guard(show_pushed, "GET"), name="pushed"),
)
