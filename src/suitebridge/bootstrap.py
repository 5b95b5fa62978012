"""The switchboard: the only place where ports meet adapters. Builders load their adapters on use, so that starting stays quick."""

from __future__ import annotations

import contextlib
import gc
import logging
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from suitebridge.adapters.clock.system import SystemChance, SystemClock
from suitebridge.adapters.settings.directories import data_directory
from suitebridge.adapters.settings.files import Mode, Settings, load_settings
from suitebridge.administration.checkpointing import CHECKPOINT_EVERY, checkpoint_trail
from suitebridge.administration.rekeying import refuse_lost_keys
from suitebridge.catalog import CATALOG
from suitebridge.domain.credentials import AccountId, ClientCredentials, SigningCredentials, TokenCredentials
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.checkpoints import CheckpointReader, Checkpoints
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.engine import Engine, Steps
from suitebridge.ports.files import RecordFiles
from suitebridge.ports.keys import MasterKeys
from suitebridge.ports.netsuite import Addresses, NetSuiteGateway, QueryingGateway
from suitebridge.ports.second_factors import OneTimeCodes
from suitebridge.runs.starting import hand_over_unfinished
from suitebridge.runs.transferring import GatewayOpener, RunDesk, carry_out

if TYPE_CHECKING:
    from suitebridge.adapters.netsuite.bearing import BearerSigner
    from suitebridge.adapters.netsuite.conversing import Line
    from suitebridge.adapters.netsuite.hosts import Hosts
    from suitebridge.adapters.netsuite.logins import Logins
    from suitebridge.adapters.netsuite.signing import Signer
    from suitebridge.adapters.transport.exchanging import Transport

_LOG = logging.getLogger(__name__)
_SECURITY_LOG = logging.getLogger("suitebridge.security")
ENGINE_FILE = "engine.sqlite3"
HAND_OVER_SECONDS = 1.0
"""How often a run that another process asked for, and credentials that it took back, are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A gateway that is open, with the mark of the credentials that it signs with."""

    mark: tuple[str, ...]
    gateway: NetSuiteGateway


@dataclass(slots=True)
class _Gateways:
    """Open gateways by company: one governor for each account, one transport for all (design §9, DBOS note 6)."""

    settings: Settings
    clock: Clock
    chance: Chance
    logins: Logins | None = None
    transport: Transport | None = None
    open: dict[str, _Opened] = field(default_factory=dict)
    preferences: dict[str, Preference] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def gateway(self, store: CompanyStore) -> NetSuiteGateway:
        """Give the company's gateway; credentials that were saved anew get a new one, and the old one is closed."""
        # The mark is read first: credentials that change in between are closed once too often, never once too seldom.
        mark = _mark(store)
        credentials = store.connections.credentials()
        if credentials is None or credentials.missing():
            missing = "everything" if credentials is None else ", ".join(credentials.missing())
            raise RunStoppedError(Problem(code="NS-AUTH-002", facts={"missing": missing}))
        self.close_changed([store])
        company = store.company.id
        # Other doors lead to the same records under the same external ids: a run goes on by them from its next batch.
        self.preferences[company] = _preference(store)
        with self.lock:
            known = self.open.get(company)
            if known is None:
                gateway = self.build(credentials, lambda: self.preferences[company])
                known = self.open[company] = _Opened(mark=mark, gateway=gateway)
            return known.gateway

    def run_opener(self) -> GatewayOpener:
        """Give a run what opens its gateway: the run stays with the credentials that it began with, and ends when they do."""
        first: list[NetSuiteGateway] = []

        def open_gateway(store: CompanyStore) -> NetSuiteGateway:
            try:
                gateway = self.gateway(store)
            except RunStoppedError as error:
                if not first:
                    raise
                raise _ended(first[0].account) from error
            first.append(gateway)
            # Another account is refused by the run itself, in words of its own.
            if gateway is not first[0] and gateway.account == first[0].account:
                raise _ended(gateway.account)
            return gateway

        return open_gateway

    def close_changed(self, stores: Iterable[CompanyStore]) -> None:
        """Close gateways whose credentials were removed or replaced, by whatever process (quality.md S23)."""
        for store in stores:
            known = self.open.get(store.company.id)
            if known is not None and known.mark != _mark(store):
                known.gateway.close()
                with self.lock:
                    if self.open.get(store.company.id) is known:
                        del self.open[store.company.id]

    def trial(self, credentials: SigningCredentials) -> NetSuiteGateway:
        """Give a gateway for credentials that may not be saved; refused sign-ins count as everywhere."""
        with self.lock:
            return self.build(credentials, lambda: Preference.SOAP)

    def close(self) -> None:
        """Close every connection."""
        if self.transport is not None:
            self.transport.close()

    def build(self, credentials: SigningCredentials, prefers: Callable[[], Preference]) -> QueryingGateway:
        """Give a gateway that is kept nowhere."""
        from suitebridge.adapters.netsuite.gateway import TokenGateway

        # SOAP takes no OAuth 2.0, whatever the settings prefer (netsuite-api.md §4.3).
        is_token = isinstance(credentials, TokenCredentials)
        return TokenGateway(self._line(credentials), prefers=prefers if is_token else lambda: Preference.REST)

    def _line(self, credentials: SigningCredentials) -> Line:
        from suitebridge.adapters.netsuite.conversing import Line
        from suitebridge.adapters.netsuite.hosts import Hosts
        from suitebridge.adapters.netsuite.logins import Logins
        from suitebridge.adapters.transport.exchanging import Transport
        from suitebridge.adapters.transport.governor import Governor

        hosts = Hosts(simulators=self.settings.simulators)
        if self.transport is None:
            agent = f"SuiteBridge/{version('suitebridge')}"
            self.transport = Transport(user_agent=agent, plain_origins=hosts.plain_origins)
        if self.logins is None:
            self.logins = Logins(self.clock)
        return Line(
            signer=self._signer(credentials, hosts),
            hosts=hosts,
            transport=self.transport,
            governor=Governor(),
            logins=self.logins,
        )

    def _signer(self, credentials: SigningCredentials, hosts: Hosts) -> Signer | BearerSigner:
        from suitebridge.adapters.netsuite.bearing import BearerSigner
        from suitebridge.adapters.netsuite.signing import Signer

        match credentials:
            case TokenCredentials():
                return Signer(credentials=credentials, clock=self.clock, chance=self.chance)
            case ClientCredentials():
                url = hosts.token_end_point(credentials.account)
                return BearerSigner(credentials=credentials, clock=self.clock, chance=self.chance, url=url)


def _mark(store: CompanyStore) -> tuple[str, ...]:
    connection = store.connections.get()
    return () if connection is None else connection.signing_mark


def _ended(account: AccountId) -> RunStoppedError:
    return RunStoppedError(Problem(code="NS-AUTH-004", facts={"account": account.value}))


def _preference(store: CompanyStore) -> Preference:
    connection = store.connections.get()
    return Preference.SOAP if connection is None else connection.preference


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """Everything wired for one data directory."""

    directory: Path
    settings: Settings
    companies: Companies
    clock: Clock
    chance: Chance
    workflows: Mapping[str, Workflow]
    keys: MasterKeys
    checkpoints: Checkpoints
    codes: OneTimeCodes
    gateways: _Gateways = field(repr=False)

    def open_gateway(self, store: CompanyStore) -> NetSuiteGateway:
        """Open the gateway of a company's connection. Raise `RunStoppedError` where credentials are missing or cannot be opened."""
        return self.gateways.gateway(store)

    def try_gateway(self, credentials: SigningCredentials) -> NetSuiteGateway:
        """Open a gateway for credentials as they were typed; nothing is stored."""
        return self.gateways.trial(credentials)

    def addresses(self, account: AccountId) -> Addresses:
        """Say where an account's doors are."""
        from suitebridge.adapters.netsuite.hosts import Hosts

        return Hosts(simulators=self.settings.simulators).addresses(account)

    def visitor_address(self, told: str) -> str:
        """Believe the address of whoever asks, but behind a proxy that the settings do not name: every visitor has the proxy's then."""
        return "" if self.settings.https and not self.settings.proxy else told

    def working(self) -> AbstractContextManager[Engine]:
        """Be the worker of this data directory: take its lock, resume what was interrupted, take up runs that others ask for.

        Raise `RunStoppedError` SB-BUSY-001 if another process is, SB-KEY-001 if a stored secret needs a master key that is not there.
        """
        return _working(self)

    def has_worker(self) -> bool:
        """Say whether a process works on this data directory."""
        return is_worked_on(self.directory)

    def carry_out(self, company: str, run_id: str, steps: Steps) -> None:
        """Carry out a run of a company; the engine calls this."""
        from suitebridge.adapters.store.opening import close_connections

        desk = RunDesk(
            store=self.companies.store(company),
            open_gateway=self.gateways.run_opener(),
            workflows=self.workflows,
            clock=self.clock,
        )
        try:
            carry_out(desk, run_id, steps)
            self.sign_trail(desk.store)
        finally:
            close_connections()

    def beside(self, work: Callable[[], None]) -> None:
        """Do something beside the request that asks for it, on a thread that leaves no connection of the store open."""
        from suitebridge.adapters.store.opening import close_connections

        def carry_out() -> None:
            try:
                work()
            finally:
                close_connections()

        threading.Thread(target=carry_out, name="beside", daemon=True).start()

    def sign_trail(self, store: CompanyStore) -> None:
        """Sign where a company's trail stands; what keeps this from happening is logged and stops nothing."""
        try:
            signed = checkpoint_trail(store, self.checkpoints, self.clock)
            if signed is not None:
                fields = {"company": signed.company, "sequence": str(signed.sequence), "hash": signed.hash}
                _SECURITY_LOG.info("The audit trail was signed", extra=fields)
        except SuiteBridgeError as error:
            _LOG.warning("The audit trail of %s was not signed: %s", store.company.id, error)

    def close(self) -> None:
        """Close connections to NetSuite."""
        self.gateways.close()


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """A NetSuite account by itself, without a house around it."""

    gateway: QueryingGateway
    close: Callable[[], None]


def open_account(credentials: TokenCredentials, *, prefers: Preference, simulator: str = "") -> OpenedAccount:
    """Open an account for the public client; `simulator` is the address of one that plays it."""
    settings = Settings(simulators={credentials.account.value: simulator} if simulator else {})
    gateways = _Gateways(settings=settings, clock=SystemClock(), chance=SystemChance())
    return OpenedAccount(gateway=gateways.build(credentials, lambda: prefers), close=gateways.close)


def open_house(data: Path | None = None) -> House:
    """Open a data directory: its settings, its store, its keys. Raise `RunStoppedError` with the remedy where one of them is unusable."""
    from suitebridge.adapters.identity.codes import TimedCodes
    from suitebridge.adapters.identity.passwords import ArgonPasswords
    from suitebridge.adapters.secrets.checkpoints import load_checkpoints
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
        workflows=CATALOG,
        keys=ring,
        checkpoints=load_checkpoints(directory, may_create=may_create, copies=settings.checkpoint_copies),
        codes=TimedCodes(),
        gateways=_Gateways(settings=settings, clock=clock, chance=chance),
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


def is_worked_on(directory: Path) -> bool:
    """Say whether a process works on a data directory, without opening it."""
    from suitebridge.adapters.store.lock import is_locked

    return is_locked(directory)


def open_files(folder: Path) -> RecordFiles:
    """Open a folder of CSV files. Raise `RunStoppedError` SB-FILE-001 where there is none."""
    from suitebridge.adapters.files.folders import open_folder

    return open_folder(folder)


@contextlib.contextmanager
def _working(house: House) -> Iterator[Engine]:
    from suitebridge.adapters.engine.durable import launch
    from suitebridge.adapters.store.lock import worker_lock

    with worker_lock(house.directory):
        refuse_lost_keys(house.companies, house.keys)
        engine = launch(house.directory / ENGINE_FILE, house.carry_out)
        _settle_memory()
        stopping = threading.Event()
        watch = threading.Thread(target=_hand_over, args=(house, engine, stopping), name="hand-over", daemon=True)
        watch.start()
        try:
            yield engine
        finally:
            stopping.set()
            watch.join()
            engine.close()


def _settle_memory() -> None:
    """Set apart what was loaded so far: it stays as long as the process, and looking through it again and again cost a run an eighth of its time."""
    gc.collect()
    gc.freeze()


def _hand_over(house: House, engine: Engine, stopping: threading.Event) -> None:
    """Close what was disconnected, give runs that were asked for to the engine, and sign the trails each hour, until told to stop; an unreadable store is tried again."""
    from suitebridge.adapters.store.opening import close_connections

    signed_at: datetime | None = None
    while True:
        with contextlib.suppress(RunStoppedError):
            stores = [house.companies.store(company.id) for company in house.companies.all()]
            house.gateways.close_changed(stores)
            hand_over_unfinished(stores, engine)
            if signed_at is None or house.clock.now() - signed_at >= CHECKPOINT_EVERY:
                signed_at = house.clock.now()
                for store in stores:
                    house.sign_trail(store)
        close_connections()
        if stopping.wait(HAND_OVER_SECONDS):
            return
