"""Tests of the connection while they are being made: their lines as they come, for the pages that watch them.

Kept in this process only, few, and for the one who asked. What was typed is not kept: neither keys nor secrets.
"""

from __future__ import annotations

import logging
import threading
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from suitebridge.domain.errors import SuiteBridgeError
from suitebridge.ports.netsuite import CheckStep
from suitebridge.runs.checking import Tell, Tested

Work: TypeAlias = Callable[[Tell], Tested]
Begin: TypeAlias = Callable[[Callable[[], None]], None]
"""Does something beside the request that asks for it."""

KEY_LENGTH = 20
"""Characters of the key by which a page finds its test."""

MOST_TRIALS = 32
"""How many are remembered; the oldest is forgotten, whether somebody watches it or not."""

FIRST_LINE_SECONDS = 1.0
"""How long the request that starts a test waits for its first line: entries that lack something are told without a poll."""

_LOG = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class Trial:
    """One test: the lines so far, and its result once it has ended. `is_broken`: it ended without one."""

    owner: str
    steps: list[CheckStep] = field(default_factory=list)
    tested: Tested | None = None
    is_broken: bool = False
    moved: threading.Event = field(default_factory=threading.Event)

    @property
    def is_ended(self) -> bool:
        """Whether no further line comes."""
        return self.tested is not None or self.is_broken

    def carry_out(self, work: Work) -> None:
        """Make the test and note each line."""
        try:
            self.tested = work(self._note)
        except SuiteBridgeError:
            _LOG.warning("A test of the connection stopped.", exc_info=True)
        finally:
            self.is_broken = self.tested is None
            self.moved.set()

    def _note(self, step: CheckStep) -> None:
        self.steps.append(step)
        self.moved.set()


class Trials:
    """The tests that are being made or were just made."""

    def __init__(self) -> None:
        self._kept: OrderedDict[str, Trial] = OrderedDict()
        self._lock = threading.Lock()

    def start(self, key: str, owner: str, work: Work, begin: Begin) -> Trial:
        """Start a test beside the request, and wait a moment for its first line."""
        trial = Trial(owner=owner)
        with self._lock:
            self._kept[key] = trial
            while len(self._kept) > MOST_TRIALS:
                self._kept.popitem(last=False)
        begin(lambda: trial.carry_out(work))
        trial.moved.wait(FIRST_LINE_SECONDS)
        return trial

    def find(self, key: str, owner: str) -> Trial | None:
        """Find somebody's own test."""
        with self._lock:
            trial = self._kept.get(key)
        return trial if trial is not None and trial.owner == owner else None


TRIALS = Trials()
