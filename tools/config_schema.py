"""Writes docs/reference/configuration.schema.json, which `suitebridge config schema` prints."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from suitebridge.domain.notation.published import file_schema

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "configuration.schema.json"


def page() -> str:
    """Give the text of the file."""
    return json.dumps(file_schema(), indent=2, ensure_ascii=False, sort_keys=True) + "\n"


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(0 if PAGE.exists() and PAGE.read_text() == page() else f"Run python {Path(__file__).name} and commit.")
    PAGE.write_text(page())
