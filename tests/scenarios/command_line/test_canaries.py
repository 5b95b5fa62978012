"""No command, file or process of an installation shows a secret: everything that a life of commands leaves behind is searched (I7, S15, S24)."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.canaries import leaks
from tests.scenarios.command_line.world import PASSWORD, SECONDS, Done, World, read_until

TYPED = 'typed "canary" <of mine> & 1'
KEY_FILES = frozenset({"master.key", "audit.key", "login.json"})
"""Files for their owner only, whose purpose it is to hold a secret."""
BETWEEN_LOOKS_SECONDS = 0.05

ACCIDENT = """
import logging, sys
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.cli import main

def fail(gateway):
    credentials = gateway._line.signer.credentials
    held = credentials.token_secret.reveal()
    logging.getLogger("suitebridge").error("signing with %s %r", credentials, gateway._line)
    raise RuntimeError(f"no answer for {credentials}, {len(held)}")

TokenGateway.ask_now = fail
sys.exit(main.run_line(sys.argv[1:]))
"""


@contextmanager
def watched_processes() -> Iterator[dict[str, bytes]]:
    """Look at the arguments and the environment of every process below this one, again and again."""
    seen: dict[str, bytes] = {}
    is_over = threading.Event()

    def watch() -> None:
        while not is_over.wait(BETWEEN_LOOKS_SECONDS):
            for process in Path("/proc").glob("[0-9]*"):
                for name in ("cmdline", "environ"):
                    try:
                        if b"suitebridge" in (process / "cmdline").read_bytes():
                            seen[f"{name} of process {process.name}"] = (process / name).read_bytes()
                    except OSError:
                        continue

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield seen
    finally:
        is_over.set()
        thread.join()


def planted(world: World) -> dict[str, str | bytes]:
    """Give every secret of the installation."""
    login = json.loads((world.data / "login.json").read_text())
    (token,) = login["tokens"].values()
    found: dict[str, str | bytes] = {
        "consumer secret": world.credentials["consumer_secret"],
        "token secret": world.credentials["token_secret"],
        "password": PASSWORD,
        "typed secret": TYPED,
        "API token": token,
    }
    for name in ("master.key", "audit.key"):
        for number, line in enumerate((world.data / name).read_text().split()):
            if line != "fingerprints":
                found |= {f"{name} {number}": line, f"bytes of {name} {number}": bytes.fromhex(line)}
    return found


def answers(world: World) -> dict[str, Done]:
    """Live a while with the command line, with mistakes."""
    done = {"run -v": world.type("run", "-v", "--workflow", "import_services")}
    for words in (
        *("check -v", "check --json", "runs --json", "runs show --json", "errors --json", "keys status --json"),
        *("audit verify --json", "keys rotate --json -v", "run --json -v --workflow import_customers"),
    ):
        done[words] = world.type(*words.split())
    done["accident"] = accident(world)
    done["wrong secret"] = world.connect(token_secret=TYPED)
    done["check a wrong secret"] = world.type("check", "-v", "--json")
    done["run with a wrong secret"] = world.type("run", "-v")
    done["broken document"] = world.type(
        "connect", "--credentials-file", "-", answers=f'{{"token_secret": {json.dumps(TYPED)}, '
    )
    done["wrong password"] = world.type("login", "--user", "ada", "--password-file", "-", "-v", answers=TYPED)
    done["weak password"] = world.type(
        *("company", "create", "--id", "other", "--name", "Other", "--user", "ada", "--admin-name", "Ada"),
        *("--email", "a@other.example", "--password-file", "-", "-v"),
        answers="12345678",
    )
    done["right again"] = world.connect()
    return done


def accident(world: World) -> Done:
    ended = subprocess.run(
        [sys.executable, "-c", ACCIDENT, "--data", str(world.data), "run", "-v", "--full"],
        capture_output=True,
        text=True,
        check=False,
        timeout=SECONDS,
    )
    return Done(code=ended.returncode, out=ended.stdout, err=ended.stderr)


def files(world: World) -> dict[str, bytes]:
    """Read every file of the data directory that is not there to hold a secret: databases with their side files, checkpoints, settings."""
    return {
        str(file.relative_to(world.data)): file.read_bytes()
        for file in world.data.rglob("*")
        if file.is_file() and file.name not in KEY_FILES
    }


def test_nothing_that_commands_leave_behind_shows_a_secret(world: World) -> None:
    world.is_watched = True
    before = planted(world)
    with watched_processes() as processes:
        done = answers(world)
        server = world.start("serve", "--port", "0", "-v")
        lines = read_until(server, server.stderr, "listens at")
        address = next(line for line in lines if "listens at" in line).split()[4]
        for path in (".", "nowhere", "healthz"):
            request = urllib.request.Request(address.rstrip("/.") + "/" + path.strip("."))
            try:
                with urllib.request.urlopen(request, timeout=SECONDS) as answer:
                    lines.append(answer.read().decode())
            except urllib.error.HTTPError as error:
                lines.append(error.read().decode())
        server.terminate()
        out, err = server.communicate(timeout=SECONDS)
    assert done["accident"].code != 0
    assert "no answer for" in done["accident"].err
    assert "<secret>" in done["accident"].err
    assert done["wrong password"].code == 4
    places = {f"{name} (output)": one.out.encode() for name, one in done.items()}
    places |= {f"{name} (messages)": one.err.encode() for name, one in done.items()}
    places |= {"serve": "".join((*lines, out, err)).encode(), **processes, **files(world)}
    assert any(name.startswith("cmdline") for name in places)
    assert any(name.endswith(".sqlite3") for name in places)
    assert leaks(places, before | planted(world)) == []
