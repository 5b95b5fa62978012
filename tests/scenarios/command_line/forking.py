"""Commands as processes that need not load every library anew: forks of one process that has, which costs more than most commands do.

Each is a process of its own all the same, with its own arguments, standard streams, engine, locks and exit code. Whatever a test starts, signals or looks
at from outside starts from nothing (`World.start`), as installations do.
"""

from __future__ import annotations

import atexit
import gc
import importlib
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path

_LOADED = (
    "suitebridge.cli.main",
    "suitebridge.bootstrap.opening",
    "suitebridge.bootstrap.handing_over",
    "suitebridge.adapters.engine.durable",
    "suitebridge.adapters.identity.codes",
    "suitebridge.adapters.identity.passwords",
    "suitebridge.adapters.logs.lines",
    "suitebridge.adapters.netsuite.gateway",
    "suitebridge.adapters.secrets.rings",
    "suitebridge.adapters.store.opening",
    "django.contrib.auth.hashers",
    "django.contrib.contenttypes.apps",
    "django.db.migrations.executor",
    "rich.progress",
    "rich.table",
)
_MOST_BYTES = 65_536


def type_words(
    words: Sequence[str], *, answers: str, seconds: float, dies_at: tuple[str, str] | None = None
) -> tuple[int, str, str]:
    """Run a command to its end; give its exit code and what it wrote. Raise `TimeoutError` for one that does not end.

    With a K-point and a moment in `dies_at` the process kills itself there (mortal.py).
    """
    channel = _channel()
    channel.settimeout(seconds)
    with tempfile.TemporaryFile() as typed, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        typed.write(answers.encode())
        typed.seek(0)
        asked = {"words": list(words), "dies_at": [*dies_at, seconds] if dies_at else None}
        socket.send_fds(channel, [json.dumps(asked).encode()], [typed.fileno(), out.fileno(), err.fileno()])
        code = int(channel.recv(_MOST_BYTES))
        out.seek(0)
        err.seek(0)
        return code, out.read().decode(), err.read().decode()


@cache
def _channel() -> socket.socket:
    """Start the process that is forked, once for each worker of the test run."""
    near, far = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    line = [sys.executable, str(Path(__file__)), str(far.fileno())]
    process = subprocess.Popen(line, stdin=subprocess.DEVNULL, pass_fds=[far.fileno()])
    far.close()

    def end() -> None:
        near.close()
        process.wait(timeout=30)

    atexit.register(end)
    return near


def _serve(channel: socket.socket) -> bool:
    """Fork for each line of words. Say whether this is a fork, which is to carry them out."""
    while True:
        message, places, _, _ = socket.recv_fds(channel, _MOST_BYTES, 3)
        if not message:
            return False
        child = os.fork()
        if not child:
            channel.close()
            for stream, place in enumerate(places):
                os.dup2(place, stream)
                os.close(place)
            asked = json.loads(message)
            sys.argv[1:] = asked["words"]
            if asked["dies_at"]:
                importlib.import_module("mortal").Death(*asked["dies_at"]).await_it()
            return True
        for place in places:
            os.close(place)
        _, status = os.waitpid(child, 0)
        channel.send(str(os.waitstatus_to_exitcode(status)).encode())


def _carry_out() -> None:
    """Run the command as its script does, and leave without taking everything apart that was loaded."""
    code: object = 0
    try:
        sys.modules["suitebridge.cli.main"].main()
    except SystemExit as error:
        code = error.code
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code if isinstance(code, int) else 1)


if __name__ == "__main__":
    for name in _LOADED:
        importlib.import_module(name)
    # What is loaded is never collected: looking through it would copy every page of it into each fork.
    gc.freeze()
    if _serve(socket.socket(fileno=int(sys.argv[1]))):
        _carry_out()
