"""Weather: faults drawn by a seed, so that the same seed brings the same faults to the same requests.

What the n-th request of an operation meets depends on seed, door, operation and n alone: requests of different
operations may change places and each still meets its own. Refuses to know time and accounts.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from random import Random

import msgspec

from netsuite_simulator.faults.answers import (
    LongAnswers,
    MalformedBody,
    NoIdentity,
    ReorderedAnswers,
    ShortAnswers,
    SlowDrip,
    TruncatedBody,
)
from netsuite_simulator.faults.connections import (
    ConnectionReset,
    CutOff,
    LateCommit,
    Latency,
    StalledUpload,
    TimeoutAfterCommit,
)
from netsuite_simulator.faults.kinds import FAULTS, Fault, doors_of
from netsuite_simulator.faults.refusals import HtmlPage, Maintenance, ServerError, Throttle

Draw = Callable[[Random], Fault]

# What a client has to get through by itself. What needs a person (a revoked token, a lost permission) is weather only
# where it is named.
_DRAWN: Mapping[str, Draw] = {
    "Latency": lambda chance: Latency(seconds=round(chance.uniform(0.01, 0.2), 3)),
    "Throttle": lambda chance: Throttle(retry_after_seconds=chance.choice((None, 1))),
    "Maintenance": lambda _: Maintenance(),
    "ConnectionReset": lambda _: ConnectionReset(),
    "CutOff": lambda _: CutOff(),
    "TimeoutAfterCommit": lambda _: TimeoutAfterCommit(),
    "LateCommit": lambda chance: LateCommit(after_requests=chance.randint(1, 3)),
    "TruncatedBody": lambda chance: TruncatedBody(keep=round(chance.random(), 3), resets=chance.random() < 0.5),
    "SlowDrip": lambda chance: SlowDrip(seconds=round(chance.uniform(0.02, 0.2), 3), pieces=5),
    "MalformedBody": lambda chance: MalformedBody(how=chance.choice(("cut", "empty", "encoding", "wrong shape"))),
    "HtmlPage": lambda chance: HtmlPage(after_commit=chance.random() < 0.5),
    "ServerError": lambda chance: ServerError(
        status=chance.choice((500, 502, 503, 504)), after_commit=chance.random() < 0.5
    ),
    "ReorderedAnswers": lambda _: ReorderedAnswers(),
    "ShortAnswers": lambda chance: ShortAnswers(missing=chance.randint(1, 3)),
    "LongAnswers": lambda _: LongAnswers(),
    "NoIdentity": lambda _: NoIdentity(),
}
FAIR = tuple(_DRAWN)


class WeatherError(ValueError):
    """Weather that cannot be drawn."""


@dataclass(slots=True, kw_only=True)
class Weather:
    """Faults for a share `rate` of all requests, drawn from the `kinds` that can be met at the request's door."""

    seed: int
    rate: float = 0.1
    kinds: tuple[str, ...] = FAIR
    _counted: Counter[tuple[str, str]] = field(default_factory=Counter)

    def __post_init__(self) -> None:
        if not 0 <= self.rate <= 1:
            raise WeatherError(f"a rate of {self.rate} is no share: give one from 0 to 1, 0.1 for one request in ten")
        unknown = [name for name in self.kinds if name not in FAULTS]
        if unknown:
            raise WeatherError(f"there is no fault {', '.join(unknown)}; there are {', '.join(FAULTS)}")
        bare = [name for name in self.kinds if name not in _DRAWN and not _is_drawable(FAULTS[name])]
        if bare:
            raise WeatherError(f"{', '.join(bare)} cannot be drawn by chance: plan it instead")

    def draw(self, door: str, operation: str) -> Fault | None:
        """Draw what the next request of an operation meets."""
        number = self._counted[door, operation]
        self._counted[door, operation] += 1
        chance = Random(f"{self.seed} {door} {operation} {number}")  # noqa: S311 - to be drawn again
        if chance.random() >= self.rate:
            return None
        names = [name for name in self.kinds if door in doors_of(FAULTS[name])]
        if not names:
            return None
        name = chance.choice(names)
        draw = _DRAWN.get(name)
        return msgspec.convert({}, FAULTS[name]) if draw is None else draw(chance)


def _is_drawable(kind: type[Fault]) -> bool:
    """Whether a fault needs no value, and is met by requests that have been read."""
    needs = any(one.default is MISSING and one.default_factory is MISSING for one in fields(kind))
    return not needs and kind is not StalledUpload
