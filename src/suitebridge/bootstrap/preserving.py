"""Backups of a whole installation, and the way back from one."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from suitebridge.adapters.settings.directories import data_directory
from suitebridge.adapters.settings.files import load_settings
from suitebridge.bootstrap.handing_over import ENGINE_FILE
from suitebridge.bootstrap.houses import House
from suitebridge.bootstrap.opening import open_house
from suitebridge.domain.errors import Problem, RunStoppedError


@dataclass(frozen=True, slots=True, kw_only=True)
class Backup:
    """A backup that was made."""

    folder: Path
    at: datetime
    files: int


def make_backup(house: House, folder: Path) -> Backup:
    """Copy everything but the keys. Raise `RunStoppedError` SB-BACK-001 where it cannot be, as with PostgreSQL."""
    from suitebridge.adapters.secrets.checkpoints import FOLDER
    from suitebridge.adapters.store.backups import copy_out

    folder = folder.resolve()
    if house.shares_work:
        said = "The databases are in PostgreSQL: `pg_dump` copies them (docs/install.md says how)."
        raise _refused(folder, "made", said)
    at = house.clock.now()
    manifest = copy_out(house.directory, folder, engine_file=ENGINE_FILE, checkpoints=FOLDER, at=at)
    return Backup(folder=folder, at=at, files=len(manifest.files))


def restore_backup(data: Path | None, folder: Path | None, *, reason: str) -> tuple[House, datetime | None]:
    """Put a backup back, bring its tables up to date, and mark every company as restored; give the house and when the backup was made.

    Without a folder, mark the database that was put back by its own tools. Raise `RunStoppedError` SB-BACK-001 where that cannot be.
    """
    from suitebridge.adapters.secrets.checkpoints import FOLDER
    from suitebridge.adapters.secrets.rings import KEY_FILE, load_key_ring
    from suitebridge.adapters.store.backups import copy_back, read_manifest
    from suitebridge.adapters.store.lock import worker_lock
    from suitebridge.adapters.store.opening import set_up

    directory = data_directory(data, environment=os.environ, working=Path.cwd())
    on_server = bool(load_settings(directory, environment=os.environ).database_url)
    place = directory if folder is None else folder.resolve()
    if on_server is not (folder is None):
        wanted = "none is named with PostgreSQL" if on_server else "name one, or set database_url for PostgreSQL"
        raise _refused(place, "put back", f"A folder is for SQLite: {wanted}.")
    if not (directory / KEY_FILE).exists():
        said = (
            f"{directory} holds no {KEY_FILE}. Copy master.key and audit.key of the backup's time there; if they are lost, "
            "`suitebridge keys create` makes new ones, and the NetSuite credentials are entered anew."
        )
        raise _refused(place, "put back", said)
    made_at: datetime | None = None
    if folder is not None:
        set_up(load_key_ring(directory, may_create=False).current().signing_key())
        manifest = read_manifest(place)
        with worker_lock(directory):
            copy_back(place, directory, manifest)
        made_at = manifest.made_at
    house = open_house(directory)
    if house.has_worker():
        raise _refused(place, "put back", "A server or worker is at work on it: stop every one first.")
    kept = directory / FOLDER
    if folder is None and kept.is_dir():
        # What was signed in the lost time stays as evidence, and does not fit the trail any more.
        kept.rename(directory / f"{FOLDER}-until-{house.clock.now():%Y%m%dT%H%M%SZ}")
    of = "a backup" if made_at is None else f"the backup of {made_at:%Y-%m-%d %H:%M} UTC"
    house.companies.mark_restored(reason=f"{of} ({reason})")
    for company in house.companies.all():
        house.sign_trail(house.companies.store(company.id))
    return house, made_at


def _refused(folder: Path, done: str, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-BACK-001", facts={"folder": str(folder), "done": done, "said": said}))
