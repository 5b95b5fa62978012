"""What a process opens: a data directory with everything wired, its keys and logs, folders that somebody names."""

from __future__ import annotations

import os
from pathlib import Path

from suitebridge.adapters.clock.system import SystemChance, SystemClock
from suitebridge.adapters.settings.directories import data_directory
from suitebridge.adapters.settings.files import Mode, load_settings
from suitebridge.bootstrap.gateways import Gateways
from suitebridge.bootstrap.houses import House
from suitebridge.catalog import CATALOG
from suitebridge.ports.checkpoints import CheckpointReader
from suitebridge.ports.files import RecordFiles


def open_house(data: Path | None = None) -> House:
    """Open a data directory: its settings, its store, its keys. Raise `RunStoppedError` with the remedy where one of them is unusable."""
    from suitebridge.adapters.identity.codes import TimedCodes
    from suitebridge.adapters.identity.passwords import ArgonPasswords
    from suitebridge.adapters.secrets.certificates import X509Certificates
    from suitebridge.adapters.secrets.checkpoints import load_checkpoints
    from suitebridge.adapters.secrets.consents import SealedConsents
    from suitebridge.adapters.secrets.envelopes import EnvelopeSealer
    from suitebridge.adapters.secrets.rings import load_key_ring
    from suitebridge.adapters.store.opening import StoreSettings, open_store

    directory = data_directory(data, environment=os.environ, working=Path.cwd())
    settings = load_settings(directory, environment=os.environ)
    clock, chance = SystemClock(), SystemChance()
    may_create = settings.mode is Mode.EMBEDDED
    ring = load_key_ring(directory, may_create=may_create)
    signing_key = ring.current().signing_key()
    where = StoreSettings(directory=directory, signing_key=signing_key, database_url=settings.database_url)
    return House(
        directory=directory,
        settings=settings,
        companies=open_store(where, clock=clock, sealer=EnvelopeSealer(ring), passwords=ArgonPasswords()),
        clock=clock,
        chance=chance,
        shipped=CATALOG,
        keys=ring,
        checkpoints=load_checkpoints(directory, may_create=may_create, copies=settings.checkpoint_copies),
        consents=SealedConsents(directory, EnvelopeSealer(ring)),
        codes=TimedCodes(),
        certificates=X509Certificates(clock),
        gateways=Gateways(settings=settings, clock=clock, chance=chance),
    )


def start_logs(level: int, *, is_serving: bool = False) -> None:
    """Send every log to standard error as lines, from a level on; security events whatever the level, where requests are served."""
    from suitebridge.adapters.logs.lines import route_logs

    route_logs(level, is_serving=is_serving)


def create_keys(data: Path | None = None) -> str:
    """Make the keys of a new data directory; give the master key's id. Raise `RunStoppedError` SB-KEY-001 where there is one."""
    from suitebridge.adapters.secrets.checkpoints import load_checkpoints
    from suitebridge.adapters.secrets.rings import create_key_ring

    directory = data_directory(data, environment=os.environ, working=Path.cwd())
    load_checkpoints(directory, may_create=True)
    return create_key_ring(directory).current_id()


def open_checkpoints(folder: Path) -> CheckpointReader:
    """Open a copy of the checkpoints that was kept elsewhere."""
    from suitebridge.adapters.secrets.checkpoints import KeptCheckpoints

    return KeptCheckpoints(folder)


def open_files(folder: Path) -> RecordFiles:
    """Open a folder of CSV files. Raise `RunStoppedError` SB-FILE-001 where there is none."""
    from suitebridge.adapters.files.folders import open_folder

    return open_folder(folder)
