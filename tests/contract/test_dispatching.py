"""The engine starts the dispatcher by itself, and forgets dispatches of before. DBOS is one object per process, so this one is a process of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

# Each second instead of each minute; the third time says how many dispatches the engine still remembers.
SCRIPT = """
import sqlite3, sys, threading
from pathlib import Path
from suitebridge.adapters.engine import dispatching
from suitebridge.adapters.engine.databases import sqlite_engine
from suitebridge.adapters.engine.durable import launch

dispatching._EVERY_MINUTE = "* * * * * *"
file, count, done = Path(sys.argv[1]), [], threading.Event()

def dispatch():
    count.append(1)
    if len(count) >= 3:
        done.set()

engine = launch(sqlite_engine(file), lambda *_: None, dispatch=dispatch, executor="test")
print("dispatched" if done.wait(50) else "never", flush=True)
engine.close()
kept = sqlite3.connect(file).execute("SELECT count(*) FROM workflow_status WHERE name = 'dispatch_schedules'").fetchone()[0]
print("forgotten" if kept < 3 else f"{kept} kept", flush=True)
"""


def test_the_engine_dispatches_by_itself_and_forgets(tmp_path: Path) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path / "engine.sqlite3")],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.stdout.split() == ["dispatched", "forgotten"], ended.stderr
