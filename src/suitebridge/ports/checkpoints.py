"""What the use cases need of signed checkpoints: where each company's audit trail stood, signed, so that a rewritten chain is found out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkpoint:
    """The end of a company's trail at a moment: its last entry's number and hash."""

    company: str
    sequence: int
    hash: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckpointLog:
    """What was signed, oldest first; `said` tells what is wrong with the file itself, "" when every signature fits its line and the one before."""

    checkpoints: tuple[Checkpoint, ...]
    said: str = ""


class CheckpointReader(Protocol):
    """Reads checkpoints, from here or from a copy that was kept elsewhere."""

    def read(self, company: str) -> CheckpointLog:
        """Read a company's checkpoints and check their signatures; there are none where there is no file."""
        ...


class Checkpoints(CheckpointReader, Protocol):
    """Signs checkpoints and keeps them, each with the signature of the one before."""

    def sign(self, checkpoint: Checkpoint) -> None:
        """Sign a checkpoint and keep it. Raise `RunStoppedError` SB-DISK-001 where it cannot be written."""
        ...

    def last(self, company: str) -> Checkpoint | None:
        """Give a company's last checkpoint."""
        ...
