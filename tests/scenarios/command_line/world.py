"""A whole world of processes: a simulated NetSuite account over loopback, a data directory, and the command line as people type it."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

from tests.scenarios.command_line.forking import type_words

ACCOUNT = "TSTDRV2026001"
OTHER_ACCOUNT = "TSTDRV2026002"
FIRM = Path(__file__).parents[3] / "demo" / "consultancy" / "workspace"
COMMANDS = Path(sys.executable).parent
PASSWORD = "correct horse battery"
TIMESHEETS, REPORTS, INVOICES = 45, 40, 25
SECONDS = 90.0

Document = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """A command that has ended."""

    code: int
    out: str
    err: str

    @property
    def document(self) -> Document:
        found = json.loads(self.out)
        assert isinstance(found, dict)
        return found

    def outcomes(self) -> dict[str, Document]:
        """Give the outcomes that occurred, by workflow."""
        return {
            one["name"]: {kind: count for kind, count in one["outcomes"].items() if count}
            for one in self.document["workflows"]
        }


def trimmed_firm(folder: Path) -> dict[str, int]:
    """Write the demo firm with a part of its time, expenses and invoices; give how many approved records of each it holds."""
    folder.mkdir(parents=True)
    for name in ("customer", "contact", "employee", "vendor", "project", "project_task", "service", "expense_item"):
        shutil.copy(FIRM / f"{name}.csv", folder)
    approved = {}
    for parent, child, count in (
        ("timesheet", "time_entry", TIMESHEETS),
        ("expense_report", "receipt", REPORTS),
        ("invoice", "charge", INVOICES),
    ):
        kept = _copy_rows(parent, folder, column="status", values={"A"}, most=count)
        lines = _copy_rows(child, folder, column=parent, values=set(kept))
        approved[parent] = len(lines) if parent == "timesheet" else len(kept)
    return approved


def _copy_rows(name: str, folder: Path, *, column: str, values: set[str], most: int = 1_000_000) -> list[str]:
    with (FIRM / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        reader = csv.DictReader(source)
        rows = [row for row in reader if row[column] in values][:most]
        columns = reader.fieldnames or ()
    with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, columns)
        writer.writeheader()
        writer.writerows(rows)
    return [row["key"] for row in rows]


@dataclass(slots=True, kw_only=True)
class World:
    """One data directory and one simulated account; with a `database_url`, the store and the engine are in PostgreSQL.

    Whatever is typed where processes are watched starts from nothing.
    """

    folder: Path
    approved: Mapping[str, int]
    address: str = ""
    database_url: str = ""
    name: str = "data"
    account: str = ACCOUNT
    is_watched: bool = False
    started: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def data(self) -> Path:
        return self.folder / self.name

    @property
    def credentials(self) -> Document:
        found = json.loads((self.folder / "credentials.json").read_text())
        assert isinstance(found, dict)
        return found

    # --- the command line ---

    def words(self, *words: str) -> list[str]:
        return [str(COMMANDS / "suitebridge"), "--data", str(self.data), *words]

    def type(self, *words: str, answers: str = "", limit_kilobytes: int = 0) -> Done:
        """Type a command and wait for its end; files it writes may be limited in size."""
        line = self.words(*words)
        if limit_kilobytes:
            line = ["bash", "-c", f'ulimit -f {limit_kilobytes}; exec "$@"', "bash", *line]
        elif not self.is_watched:
            code, out, err = type_words(line[1:], answers=answers, seconds=SECONDS)
            return Done(code=code, out=out, err=err)
        ended = subprocess.run(line, input=answers, capture_output=True, text=True, check=False, timeout=SECONDS)
        return Done(code=ended.returncode, out=ended.stdout, err=ended.stderr)

    def die(self, *words: str, point: str, moment: str) -> Done:
        """Type a command whose process kills itself at a K-point."""
        code, out, err = type_words(self.words(*words)[1:], answers="", seconds=SECONDS, dies_at=(point, moment))
        return Done(code=code, out=out, err=err)

    def run(self, *words: str) -> Done:
        return self.type("--json", "run", *words)

    def start(self, *words: str) -> subprocess.Popen[str]:
        """Start a command that goes on; it is ended with the world."""
        process = subprocess.Popen(
            self.words(*words), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, bufsize=1
        )
        self.started.append(process)
        return process

    def connect(self, **changes: str) -> Done:
        return self.type("connect", "--credentials-file", "-", answers=json.dumps({**self.credentials, **changes}))

    # --- the account ---

    def open_account(self) -> None:
        """Start the simulator on the account's state and send the data directory there."""
        ready = self.folder / "ready"
        words = [
            str(COMMANDS / "netsuite-simulator"),
            *("serve", "--port", "0", "--account", self.account, "--seed", "consultancy"),
            *("--state", str(self.folder / "netsuite.db"), "--ready-file", str(ready)),
            *("--credentials-file", str(self.folder / "credentials.json")),
        ]
        with (self.folder / "simulator.log").open("a") as log:
            process = subprocess.Popen(
                words, stdout=subprocess.PIPE, stderr=log, text=True, env={**os.environ, "PYTHONUNBUFFERED": "1"}
            )
        self.started.append(process)
        read_until(process, process.stdout, "Ready.")
        self.address = ready.read_text().strip()
        self.data.mkdir(exist_ok=True)
        database = f'database_url = "{self.database_url}"\n' if self.database_url else ""
        lines = (f"{database}[simulators]", *(f'{account} = "{self.address}"' for account in (ACCOUNT, OTHER_ACCOUNT)))
        (self.data / "suitebridge.toml").write_text("\n".join(lines) + "\n")

    def close_account(self) -> None:
        process = next(one for one in self.started if "netsuite-simulator" in str(one.args) and one.poll() is None)
        end(process)

    def ask(self, path: str, *, method: str = "GET", document: Document | None = None) -> Document:
        """Speak to the simulator's admin end points."""
        request = urllib.request.Request(
            f"{self.address}/_simulator{path}",
            data=None if document is None else json.dumps(document).encode(),
            method=method,
            headers={"Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=SECONDS) as answer:
            found = json.loads(answer.read())
        assert isinstance(found, dict)
        return found

    def requests(self, door: str) -> int:
        return int(self.ask(f"/journal?door={door}")["total"])

    def created(self, door: str = "soap") -> list[str]:
        """Give the external ids of the records that were created through a door, in order."""
        items = self.ask(f"/writes?door={door}&action=create")["items"]
        return [str(item["external_id"]) for item in items]

    def close(self) -> None:
        for process in reversed(self.started):
            end(process)
            for stream in (process.stdout, process.stderr):
                if stream is not None:
                    stream.close()


def end(process: subprocess.Popen[str]) -> int:
    """End a process in order, by force where it does not listen."""
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
    return int(process.returncode)


def read_until(
    process: subprocess.Popen[str], stream: IO[str] | None, wanted: str, *, is_line: bool = False
) -> list[str]:
    """Read a process's lines until one holds, or is, the wanted text; a process that never says it is ended."""
    assert stream is not None
    watch = threading.Timer(SECONDS, process.kill)
    watch.start()
    lines: list[str] = []
    try:
        for line in stream:
            lines.append(line)
            if (line == wanted) if is_line else (wanted in line):
                return lines
    finally:
        watch.cancel()
    raise AssertionError(f"It never said “{wanted}”: {''.join(lines)}")


def copy_world(prepared: World, folder: Path, *, database_url: str = "") -> World:
    """Give a world of one's own in the state of a prepared one, with a fresh account process."""
    shutil.copytree(prepared.folder, folder, ignore=shutil.ignore_patterns("ready", "*.log"))
    world = World(folder=folder, approved=prepared.approved, database_url=database_url)
    try:
        world.open_account()
    except BaseException:
        world.close()
        raise
    return world


def suitebridge_with_firm(folder: Path, *words: str) -> Sequence[str]:
    """Give a command line whose shipped firms are those of a folder."""
    code = (
        "import sys; from pathlib import Path; from suitebridge.cli import loading, main;"
        f"loading._COMPANIES = Path({str(folder)!r}); sys.exit(main.run_line(sys.argv[1:]))"
    )
    return [sys.executable, "-c", code, *words]
