"""One measurement in a process of its own, so that its peak memory is its own: `python -m benchmarks.measuring prepare|measure MODULE[:FUNCTION]`, the task on standard input."""

from __future__ import annotations

import importlib
import sys
from typing import cast

import msgspec

from benchmarks.tasks import Measure, Preparation, Task


def main() -> None:
    """Do what standard input asks for; print what was measured as JSON."""
    name, _, function = sys.argv[2].partition(":")
    module = importlib.import_module(name)
    task = msgspec.json.decode(sys.stdin.buffer.read(), type=Task)
    if sys.argv[1] == "prepare":
        cast("Preparation", module).prepare(task)
    else:
        measure = cast("Measure", getattr(module, function or "measure"))
        sys.stdout.buffer.write(msgspec.json.encode(measure(task)))


if __name__ == "__main__":
    main()
