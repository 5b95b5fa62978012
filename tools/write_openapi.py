"""Writes docs/reference/openapi.json from the code that serves the API. Run it after a change of the API; a test compares the two."""

from __future__ import annotations

import os
from pathlib import Path

import django

FILE = Path(__file__).parents[1] / "docs" / "reference" / "openapi.json"


def main() -> None:
    """Write the document."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suitebridge.web.settings")
    django.setup()
    from suitebridge.api.document import written  # noqa: PLC0415 — the framework must be set up before

    FILE.write_text(written(), encoding="utf-8")


if __name__ == "__main__":
    main()
