"""The simulator as a process of its own, and what it costs: its processor time and its memory, as the system counts them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

ACCOUNT_ID = "TSTDRV2026001"
_MOST_SECONDS = 1_800.0  # a million records take minutes to load
_PAUSE_SECONDS = 0.05


class NotStartedError(Exception):
    """The simulator did not open its doors."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """Where an account is served, by which process, and with which credentials."""

    address: str
    pid: int
    credentials: Mapping[str, str]


@contextmanager
def serving(folder: Path, scratch: Path) -> Iterator[Simulator]:
    """Serve an account in memory that holds a folder's records, until the block ends."""
    ready, credentials, log = scratch / "ready", scratch / "credentials.json", scratch / "simulator.log"
    for left in (ready, credentials):
        left.unlink(missing_ok=True)
    words = [
        str(Path(sys.executable).parent / "netsuite-simulator"),
        *("serve", "--account", ACCOUNT_ID, "--seed", str(folder), "--port", "0"),
        *("--credentials-file", str(credentials), "--ready-file", str(ready)),
    ]
    with log.open("wb") as output:
        process = subprocess.Popen(
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        _await(process, ready, log)
        given = json.loads(credentials.read_text(encoding="utf-8"))
        yield Simulator(address=ready.read_text(encoding="utf-8").strip(), pid=process.pid, credentials=given)
    finally:
        process.terminate()
        process.wait()


def ask(address: str, path: str, document: object = None, *, method: str = "GET") -> Mapping[str, Any]:
    """Ask the simulator's own pages for machines, or tell them something."""
    request = urllib.request.Request(
        f"{address}/_simulator{path}",
        data=None if document is None else json.dumps(document).encode(),
        method=method,
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=60) as answer:
        return cast("Mapping[str, Any]", json.load(answer))


def cpu_seconds(pid: int) -> float | None:
    """Give the processor time of a process so far, where the system tells."""
    try:
        said = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return None
    return (int(said[11]) + int(said[12])) / os.sysconf("SC_CLK_TCK")


def peak_mib(pid: int) -> float | None:
    """Give the most memory that a process has held so far, where the system tells."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) / 2**10 for line in lines if line.startswith("VmHWM:")), None)


def _await(process: subprocess.Popen[bytes], ready: Path, log: Path) -> None:
    deadline = time.monotonic() + _MOST_SECONDS
    while not (ready.exists() and ready.stat().st_size):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStartedError(f"The simulator did not start: {log.read_text(encoding='utf-8', errors='replace')}")
        time.sleep(_PAUSE_SECONDS)
