"""The demo's data directory: marked as such, and emptied only where the mark is."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path

from suitebridge.domain.errors import Problem, RunStoppedError

MARK = ".suitebridge-demo"
SETTINGS = "suitebridge.toml"
_SAID = "This folder belongs to `suitebridge demo` or `suitebridge parity`, which empty it each time they start.\n"


def prepare_directory(directory: Path, is_worked_on: Callable[[Path], bool]) -> None:
    """Give an empty, marked directory. `is_worked_on` says whether a process works there. Raise `RunStoppedError` SB-DEMO-001 for a folder with contents that the demo did not make."""
    if directory.exists() and not directory.is_dir():
        raise _refused(directory, "It is a file.")
    if directory.is_dir() and any(directory.iterdir()) and not (directory / MARK).is_file():
        raise _refused(
            directory, f"It holds files and no mark ({MARK}) of an earlier demo, so it may be somebody's data."
        )
    if directory.is_dir() and is_worked_on(directory):
        raise _refused(directory, "Another demo, or a server, works on it.")
    directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    (directory / MARK).write_text(_SAID, encoding="utf-8")
    for path in directory.iterdir():
        if path.name == MARK:
            continue
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink()


def write_settings(directory: Path, simulators: Mapping[str, str]) -> None:
    """Send accounts to the addresses of their simulators instead of NetSuite."""
    lines = "".join(f'{account_id} = "{address}"\n' for account_id, address in simulators.items())
    text = f'mode = "embedded"\n\n[simulators]\n{lines}'
    (directory / SETTINGS).write_text(text, encoding="utf-8")


def _refused(directory: Path, said: str) -> RunStoppedError:
    remedy = "Stop what runs there, name another folder with --data, or remove this one yourself if it is not needed."
    facts = {"folder": str(directory), "said": said, "remedy": remedy}
    return RunStoppedError(Problem(code="SB-DEMO-001", facts=facts))
