"""Sets the framework up, for the addresses of pages; no store is opened."""

from __future__ import annotations

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suitebridge.web.settings")
django.setup()
