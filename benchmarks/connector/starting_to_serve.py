"""How long it takes until a server that was just started has answered its first request."""

from __future__ import annotations

import re
import subprocess
import urllib.request
from typing import IO

from benchmarks.connector.houses import UnfaithfulRunError
from benchmarks.connector.starting import COMMAND
from benchmarks.tasks import Measured, Task, timed

_ADDRESS = re.compile(r"listens at (\S+?)\. ")


def measure(task: Task) -> Measured:
    """Start a server, ask whether it is well, and end it."""
    words = [COMMAND, "--data", str(task.directory), "serve", "--port", "0"]
    with timed(task) as watch:
        server = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        with urllib.request.urlopen(f"{_announced(server.stderr)}healthz", timeout=60) as answer:
            answer.read()
    server.terminate()
    server.communicate()
    return watch.measured(task.size)


def _announced(lines: IO[str]) -> str:
    for line in lines:
        if found := _ADDRESS.search(line):
            return found[1]
    raise UnfaithfulRunError("The server ended before it listened.")
