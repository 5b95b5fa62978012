"""Where and with what a measurement was made."""

from __future__ import annotations

import os
import platform
import subprocess
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import msgspec

_PACKAGES = ("suitebridge", "netsuite-simulator", "dbos", "Django", "aiohttp", "lxml", "msgspec", "zeep")
_ROOT = Path(__file__).parents[1]


class Surroundings(msgspec.Struct, frozen=True, kw_only=True):
    """Machine, versions, commit and moment. `is_changed` says that the tree differed from the commit."""

    at: str
    commit: str
    is_changed: bool
    system: str
    processor: str
    cores: int
    memory_mib: int
    python: str
    packages: dict[str, str]


def surroundings() -> Surroundings:
    """Look around."""
    return Surroundings(
        at=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        commit=_git("rev-parse", "HEAD"),
        is_changed=bool(_git("status", "--porcelain", "--untracked-files=no")),
        system=platform.platform(),
        processor=_processor(),
        cores=os.cpu_count() or 0,
        memory_mib=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20,
        python=platform.python_version(),
        packages={name: version(name) for name in _PACKAGES},
    )


def _git(*words: str) -> str:
    done = subprocess.run(("git", *words), cwd=_ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip()


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), platform.machine())
