"""A simulated NetSuite account as a child process: started, waited for, ended with us."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from suitebridge.administration.connecting import CredentialsEntry
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError

COMMAND = "netsuite-simulator"
LOOPBACK = "127.0.0.1"
_ADMIN = "/_simulator"
_ROLE = "Connector"
PAGES = "/app/center/card.nl"  # NetSuite's own address of the home page
_MOST_SECONDS = 120.0
_SECONDS_TO_END = 10.0
_PAUSE_SECONDS = 0.05
_MOST_PORTS = 50


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """A simulator that was started; it answers once `wait` has returned."""

    account_id: str
    address: str
    credentials_file: Path
    ready_file: Path
    log: Path
    process: subprocess.Popen[bytes]

    def wait(self) -> None:
        """Wait until it answers. Raise `RunStoppedError` SB-SIM-001 if it ends before, or takes longer than two minutes."""
        deadline = time.monotonic() + _MOST_SECONDS
        while not (self.ready_file.exists() and self.credentials_file.exists()):
            if self.process.poll() is not None:
                raise _not_started(f"It ended with code {self.process.returncode}: {self._last_words()}")
            if time.monotonic() > deadline:
                raise _not_started(
                    f"It did not answer within {_MOST_SECONDS:.0f} seconds. Its words are in {self.log}."
                )
            time.sleep(_PAUSE_SECONDS)

    def _last_words(self) -> str:
        lines = self.log.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else "it said nothing."


@dataclass(frozen=True, slots=True, kw_only=True)
class Uploaded:
    """What a simulated account calls an application and the certificate that was uploaded for it."""

    client_id: str
    certificate_id: str


def upload_certificate(address: str, certificate: str) -> Uploaded:
    """Let a simulated account take a certificate, for an application and a robot of its own with the connector's role."""
    application = {"name": "SuiteBridge OAuth 2.0", "clientCredentialsGrant": True, "scopes": ["rest_webservices"]}
    made = _ask(f"{address}{_ADMIN}/integrations", application)
    robot = {"email": "robot@suitebridge.example", "name": "SuiteBridge robot", "roles": [_ROLE]}
    _ask(f"{address}{_ADMIN}/users", robot)
    mapping = {"integration": application["name"], "role": _ROLE, "user": robot["email"], "certificate": certificate}
    taken = _ask(f"{address}{_ADMIN}/certificates", mapping)
    return Uploaded(client_id=made["consumerKey"], certificate_id=taken["id"])


def _ask(url: str, document: Mapping[str, object]) -> Mapping[str, str]:
    """Post to an administrator's address of a simulator on this machine. Raise `RunStoppedError` SB-SIM-001 where it refuses."""
    headers = {"Content-Type": "application/json"}
    asked = urllib.request.Request(url, data=json.dumps(document).encode(), headers=headers, method="POST")  # noqa: S310  # loopback
    try:
        with urllib.request.urlopen(asked, timeout=_SECONDS_TO_END) as answer:  # noqa: S310
            found: Mapping[str, str] = json.loads(answer.read())
    except OSError as error:
        raise _not_started(f"It refused what the rehearsal needs: {error}.") from error
    return found


def issued_credentials(file: Path) -> CredentialsEntry:
    """Read the credentials that a simulator issued."""
    issued = json.loads(file.read_text(encoding="utf-8"))
    return CredentialsEntry(
        account_id=issued["account_id"],
        application_id=issued["application_id"],
        consumer_key=issued["consumer_key"],
        consumer_secret=Secret(issued["consumer_secret"]),
        token_id=issued["token_id"],
        token_secret=Secret(issued["token_secret"]),
    )


def tell_pages(simulator: Simulator) -> str:
    """Say where the account's own pages are, and how an administrator logs in there."""
    issued = json.loads(simulator.credentials_file.read_text(encoding="utf-8"))
    return (
        f"{simulator.address}{PAGES}\n"
        f"  email {issued['administrator_email']}, password {issued['administrator_password']}"
    )


def free_port(wanted: int) -> int:
    """Give the wanted loopback port, or the next one that is free."""
    for port in range(wanted, min(wanted + _MOST_PORTS, 65536)):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            with contextlib.suppress(OSError):
                probe.bind((LOOPBACK, port))
                return port
    facts = {
        "address": f"{LOOPBACK}:{wanted}",
        "said": f"No port from {wanted} on is free.",
        "other": str(wanted + 1000),
    }
    raise RunStoppedError(Problem(code="SB-PORT-001", facts=facts))


@contextmanager
def running_simulator(directory: Path, *, account_id: str, company: str, port: int) -> Iterator[Simulator]:
    """Start a seeded simulator in memory, and end it when the block ends."""
    credentials, ready, log = directory / "netsuite.json", directory / "simulator.ready", directory / "simulator.log"
    words = [
        *_command(),
        "serve",
        *("--account", account_id, "--seed", company, "--port", str(port)),
        *("--credentials-file", str(credentials), "--ready-file", str(ready)),
    ]
    with log.open("wb") as output:
        # A session of its own: Ctrl-C reaches us, and we end it in order.
        process = subprocess.Popen(  # noqa: S603  # our own sister program, words from here only
            words, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        yield Simulator(
            account_id=account_id,
            address=f"http://{LOOPBACK}:{port}",
            credentials_file=credentials,
            ready_file=ready,
            log=log,
            process=process,
        )
    finally:
        _end(process)


def _command() -> Sequence[str]:
    """Find the simulator beside this interpreter first, then on the path."""
    beside = Path(sys.executable).parent / COMMAND
    found = str(beside) if beside.is_file() else shutil.which(COMMAND)
    if found is None:
        raise _not_started(
            f"The command {COMMAND} is not installed; it is a distribution of its own beside suitebridge."
        )
    return (found,)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=_SECONDS_TO_END)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _not_started(said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-SIM-001", facts={"said": said}))
