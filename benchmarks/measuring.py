"""One measurement in a process of its own, so that its peak memory is its own: `python -m benchmarks.measuring prepare|measure MODULE`, the task on standard input."""

from __future__ import annotations

import importlib
import sys
from typing import cast

import msgspec

from benchmarks.tasks import Preparation, Side, Task


def main() -> None:
    """Do what standard input asks for; print what was measured as JSON."""
    module = importlib.import_module(sys.argv[2])
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    if sys.argv[1] == "prepare":
        cast("Preparation", module).prepare(task)
    else:
        sys.stdout.buffer.write(msgspec.json.encode(cast("Side", module).measure(task)))


if __name__ == "__main__":
    main()
