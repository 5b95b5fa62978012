"""Which data directory a command works on."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

ENVIRONMENT_VARIABLE: Final = "SUITEBRIDGE_DATA"
DEFAULT_DIRECTORY: Final = ".suitebridge"


def data_directory(option: Path | None, *, environment: Mapping[str, str], working: Path) -> Path:
    """Choose the data directory: the option --data, else the environment variable, else a folder of the working directory."""
    named = environment.get(ENVIRONMENT_VARIABLE, "").strip()
    chosen = option or (Path(named) if named else working / DEFAULT_DIRECTORY)
    return (working / chosen.expanduser()).resolve()
