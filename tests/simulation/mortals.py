"""What of a world is mortal, or tells the time: clocks, chance, and the connector's own gateways on a line that may end with the process."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast

from netsuite_simulator.clock import Clock as AccountClock
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.adapters.transport import Answer, Governor
from suitebridge.adapters.transport.exchanging import Patience
from suitebridge.bootstrap.gateways import Gateways
from suitebridge.domain.credentials import SigningCredentials
from suitebridge.domain.schemas import RecordSchema
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import OutgoingRecord, WriteAnswer
from suitebridge.wire.http import Request
from tests.fakes.kpoints import Moment
from tests.simulation.lines import Doors, LineTransport, VirtualLoop

if TYPE_CHECKING:
    from tests.simulation.world import World

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
_LAST_BREATH_SECONDS = 0.001


class AccountTime(AccountClock):
    """The account's clock by the time of the world."""

    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def timestamp(self) -> float:
        return START.timestamp() + self._loop.time() + self.offset_seconds


@dataclass(slots=True)
class HouseClock:
    """The connector's clock: the time of the world, or off it."""

    loop: VirtualLoop
    offset_seconds: float = 0.0

    def now(self) -> datetime:
        return START + timedelta(seconds=self.loop.time() + self.offset_seconds)


@dataclass(slots=True)
class SeededChance:
    """Chance that is the same in each replay."""

    source: random.Random

    def token(self, length: int) -> str:
        return "".join(self.source.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=length))


class MortalTransport(LineTransport):
    """Dies just before a request leaves, after its bytes have left, or when its answer has come."""

    def __init__(self, doors: Doors, loop: VirtualLoop, world: World, refusal: Callable[[], str]) -> None:
        super().__init__(doors, loop, refusal)
        self.world = world
        self._may_not = refusal

    async def _send(self, request: Request, patience: Patience) -> Answer:
        if self._may_not():
            return await super()._send(request, patience)
        fuse = self.world.fuse
        self.world.note_request(request)
        fuse.pass_by("request", Moment.BEFORE)
        if fuse.is_doomed("request", Moment.WITHIN):
            # The bytes leave with the last breath: NetSuite goes on with what it has received.
            self.last_breath = self.loop.create_task(super()._send(request, patience))
            await self.loop.passing(_LAST_BREATH_SECONDS)
        fuse.pass_by("request", Moment.WITHIN)
        answer = await super()._send(request, patience)
        fuse.pass_by("request", Moment.AFTER)
        return answer


@dataclass(slots=True)
class WorldGateways(Gateways):
    """The house's own gateways, with waiting that takes virtual time; each is wrapped once, so that it stays the same for a run."""

    mortal: dict[int, MortalGateway] = field(default_factory=dict)

    def _line(self, credentials: SigningCredentials) -> Line:
        assert isinstance(self.transport, MortalTransport)
        return replace(Gateways._line(self, credentials), pause=self.transport.loop.let_pass)

    def _governor(self, account: str) -> Governor:
        """Give what all gateways of this process share, as the house's own do."""
        assert isinstance(self.transport, MortalTransport)
        return self.governors.setdefault(account, Governor(clock=self.transport.loop.time, jitter=lambda: 0.5))

    def _opened(self, store: CompanyStore) -> TokenGateway:
        assert isinstance(self.transport, MortalTransport)
        opened = Gateways._opened(self, store)
        known = self.mortal.get(id(opened))
        if known is None:
            known = self.mortal[id(opened)] = MortalGateway(opened, self.transport.world)
        return cast("TokenGateway", known)


class MortalGateway:
    """A gateway that dies around its writes and lets the world look at them first (I4)."""

    def __init__(self, gateway: TokenGateway, world: World) -> None:
        self._gateway, self._world = gateway, world

    def __getattr__(self, name: str) -> object:
        return getattr(self._gateway, name)

    def knowing(self, types: Mapping[str, RecordSchema]) -> MortalGateway:
        """Give a gateway that knows a company's record types, and dies and is looked at like this one."""
        return MortalGateway(self._gateway.knowing(types), self._world)

    def upsert(
        self, record_type: str, records: Sequence[OutgoingRecord], *, is_halted: Callable[[], bool] = lambda: False
    ) -> Sequence[WriteAnswer]:
        with self._world.fuse.around("gateway.upsert"):
            self._world.note_writes(record_type, records)
            return self._gateway.upsert(record_type, records, is_halted=is_halted)
