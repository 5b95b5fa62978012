"""How long the command takes to say what it can do; and what every measurement of a start shares: a process of its own, timed from outside."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from benchmarks.tasks import Measured, Task, timed

COMMAND: Final = str(Path(sys.executable).parent / "suitebridge")


def measure(task: Task) -> Measured:
    """Ask for help."""
    return measure_command(task, ["--help"])


def measure_command(task: Task, words: Sequence[str]) -> Measured:
    """Time one command from its start to its end; it must end well."""
    with timed(task) as watch:
        subprocess.run([COMMAND, *words], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return watch.measured(task.size)
