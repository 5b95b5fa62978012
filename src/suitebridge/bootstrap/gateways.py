"""Which gateway a company's connection gets, and when it is closed."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING

from suitebridge.adapters.clock.system import SystemChance, SystemClock
from suitebridge.adapters.settings.files import Settings
from suitebridge.domain.credentials import (
    AccountId,
    ClientCredentials,
    ConsentCredentials,
    SigningCredentials,
    TokenCredentials,
)
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.ports.certificates import CertificateDesk
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.consents import ConsentDesk
from suitebridge.ports.identities import IdentityDesk
from suitebridge.ports.netsuite import AccountGateway, NetSuiteGateway
from suitebridge.ports.traffic import Traffic
from suitebridge.runs.transferring import GatewayOpener

if TYPE_CHECKING:
    from suitebridge.adapters.netsuite.bearing import BearerSigner
    from suitebridge.adapters.netsuite.circuits import Circuit
    from suitebridge.adapters.netsuite.conversing import Line
    from suitebridge.adapters.netsuite.gateway import TokenGateway
    from suitebridge.adapters.netsuite.hosts import Hosts
    from suitebridge.adapters.netsuite.identifying import Published
    from suitebridge.adapters.netsuite.logins import Logins
    from suitebridge.adapters.netsuite.signing import Signer
    from suitebridge.adapters.transport.exchanging import Transport
    from suitebridge.adapters.transport.governor import Governor


_LEARN_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Opened:
    """A gateway that is open, with the mark of the credentials that it signs with."""

    mark: tuple[str, ...]
    gateway: TokenGateway
    signer: Signer | BearerSigner
    governor: Governor
    circuit: Circuit


@dataclass(slots=True)
class Gateways:
    """Open gateways by company: one limit and one circuit for each account, one transport for all (design §9, DBOS note 6).

    `refusal` says why this process may send nothing at the moment: a worker's lease does (I6).
    """

    settings: Settings
    clock: Clock
    chance: Chance
    logins: Logins | None = None
    transport: Transport | None = None
    open: dict[str, _Opened] = field(default_factory=dict)
    governors: dict[str, Governor] = field(default_factory=dict)
    circuits: dict[str, Circuit] = field(default_factory=dict)
    learned: dict[str, datetime] = field(default_factory=dict)
    preferences: dict[str, Preference] = field(default_factory=dict)
    published: dict[str, Published] = field(default_factory=dict)
    refusal: Callable[[], str] = lambda: ""
    lock: threading.Lock = field(default_factory=threading.Lock)

    def gateway(self, store: CompanyStore) -> NetSuiteGateway:
        """Give the company's gateway, which knows the company's custom fields; credentials that were saved anew get a new one, and the old one is closed."""
        return self._opened(store).knowing(store.schemas().netsuite)

    def _opened(self, store: CompanyStore) -> TokenGateway:
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
                line = self._line(credentials)
                gateway = self._on(line, lambda: self.preferences[company])
                known = self.open[company] = _Opened(
                    mark=mark,
                    gateway=gateway,
                    signer=line.signer,
                    governor=line.governor,
                    circuit=line.circuit,
                )
            return known.gateway

    def run_opener(self, is_halted: Callable[[], bool] | None = None) -> GatewayOpener:
        """Give a run what opens its gateway: the run stays with the credentials that it began with, ends when they do, and waits for no slow answer once it is to halt."""
        first: list[TokenGateway] = []

        def open_gateway(store: CompanyStore) -> NetSuiteGateway:
            try:
                gateway = self._opened(store)
            except RunStoppedError as error:
                if not first:
                    raise
                raise _ended(first[0].account) from error
            first.append(gateway)
            # Another account is refused by the run itself, in words of its own.
            if gateway is not first[0] and gateway.account == first[0].account:
                raise _ended(gateway.account)
            knowing = gateway.knowing(store.schemas().netsuite)
            return knowing if is_halted is None else knowing.hurrying(is_halted)

        return open_gateway

    def close_changed(self, stores: Iterable[CompanyStore]) -> None:
        """Close gateways whose credentials were removed or replaced, by whatever process (quality.md S23).

        One whose certificate was rotated goes on with the next one (U10).
        """
        for store in stores:
            known = self.open.get(store.company.id)
            if known is None or known.mark == _mark(store):
                continue
            followed = _followed(store, known)
            if followed is None:
                known.gateway.close()
            with self.lock:
                if self.open.get(store.company.id) is not known:
                    continue
                if followed is None:
                    del self.open[store.company.id]
                else:
                    self.open[store.company.id] = followed

    def traffic(self) -> tuple[Traffic, ...]:
        """Say how the traffic of this process with each account stands, by company."""
        with self.lock:
            opened = sorted(self.open.items())
        return tuple(
            replace(
                one.governor.traffic(company=company, account=one.gateway.account.value),
                away_since=one.circuit.since,
            )
            for company, one in opened
        )

    def learn_limits(self) -> None:
        """Ask NetSuite how many requests at once the accounts that are spoken to bear, once an hour each; what keeps it from telling is no trouble."""
        now = self.clock.now()
        with self.lock:
            opened = {one.gateway.account.value: one.gateway for one in self.open.values()}
        for account, gateway in opened.items():
            asked_at = self.learned.get(account)
            if asked_at is None or now - asked_at >= _LEARN_EVERY:
                self.learned[account] = now
                with suppress(SuiteBridgeError):
                    gateway.limits()

    def desk(self, credentials: ClientCredentials) -> CertificateDesk:
        """Give NetSuite's certificates of an application, with its own credentials."""
        from suitebridge.adapters.netsuite.certifying import ClientDesk

        with self.lock:
            return ClientDesk(self._line(credentials), credentials)

    def trial(self, credentials: SigningCredentials) -> NetSuiteGateway:
        """Give a gateway for credentials that may not be saved; refused sign-ins count as everywhere."""
        with self.lock:
            return self.build(credentials, lambda: Preference.SOAP)

    def close(self) -> None:
        """Close every connection."""
        if self.transport is not None:
            self.transport.close()

    def build(self, credentials: SigningCredentials, prefers: Callable[[], Preference]) -> AccountGateway:
        """Give a gateway that is kept nowhere."""
        return self._on(self._line(credentials), prefers)

    @staticmethod
    def _on(line: Line, prefers: Callable[[], Preference]) -> TokenGateway:
        from suitebridge.adapters.netsuite.gateway import TokenGateway

        # SOAP takes no OAuth 2.0, whatever the settings prefer (netsuite-api.md §4.3).
        return TokenGateway(line, prefers=prefers if line.signer.speaks_soap else lambda: Preference.REST)

    def own(self, credentials: ConsentCredentials, keep: Callable[[ConsentCredentials], None]) -> AccountGateway:
        """Give a gateway for a person's own sign-in; `keep` is told of a refresh token that takes the place of the present one."""
        with self.lock:
            line = self._line(credentials)
            own = replace(line, signer=self._bearer(credentials, line.hosts, keep))
            return self._on(own, lambda: Preference.REST)

    def consent_desk(self) -> ConsentDesk:
        """Give what asks people for their consent."""
        from suitebridge.adapters.netsuite.consenting import NetSuiteConsentDesk
        from suitebridge.adapters.netsuite.hosts import Hosts

        hosts = Hosts(simulators=self.settings.simulators)
        with self.lock:
            return NetSuiteConsentDesk(hosts=hosts, transport=self._transport(hosts), chance=self.chance)

    def identity_desk(self, clock: Clock) -> IdentityDesk:
        """Give what asks NetSuite who somebody is."""
        from suitebridge.adapters.netsuite.hosts import Hosts
        from suitebridge.adapters.netsuite.identifying import NetSuiteIdentityDesk

        hosts = Hosts(simulators=self.settings.simulators)
        with self.lock:
            transport = self._transport(hosts)
        return NetSuiteIdentityDesk(
            hosts=hosts, transport=transport, clock=clock, chance=self.chance, published=self.published
        )

    def _line(self, credentials: SigningCredentials) -> Line:
        from suitebridge.adapters.netsuite.conversing import Line
        from suitebridge.adapters.netsuite.hosts import Hosts
        from suitebridge.adapters.netsuite.logins import Logins

        hosts = Hosts(simulators=self.settings.simulators)
        if self.logins is None:
            self.logins = Logins(self.clock)
        account = credentials.account.value
        return Line(
            signer=self._signer(credentials, hosts),
            hosts=hosts,
            transport=self._transport(hosts),
            governor=self._governor(account).beside(),
            logins=self.logins,
            circuit=self._circuit(account),
        )

    def _governor(self, account: str) -> Governor:
        """Give the account's governor, from which each gateway takes one that stands beside it."""
        from suitebridge.adapters.transport.governor import Governor

        return self.governors.setdefault(account, Governor())

    def _circuit(self, account: str) -> Circuit:
        from suitebridge.adapters.netsuite.circuits import Circuit

        return self.circuits.setdefault(account, Circuit())

    def _transport(self, hosts: Hosts) -> Transport:
        from suitebridge.adapters.transport.exchanging import Transport, trusted_authorities

        if self.transport is None:
            agent = f"SuiteBridge/{version('suitebridge')}"
            self.transport = Transport(
                user_agent=agent,
                plain_origins=hosts.plain_origins,
                trust=trusted_authorities(str(self.settings.authorities or "")),
                refusal=self._refusal,
                proxy=self.settings.outgoing_proxy,
            )
        return self.transport

    def _refusal(self) -> str:
        # Asked anew each time: a process becomes a worker after its first request.
        return self.refusal()

    def _signer(self, credentials: SigningCredentials, hosts: Hosts) -> Signer | BearerSigner:
        from suitebridge.adapters.netsuite.signing import Signer

        if isinstance(credentials, TokenCredentials):
            return Signer(credentials=credentials, clock=self.clock, chance=self.chance)
        return self._bearer(credentials, hosts)

    def _bearer(
        self,
        credentials: ClientCredentials | ConsentCredentials,
        hosts: Hosts,
        keep: Callable[[ConsentCredentials], None] = lambda _: None,
    ) -> BearerSigner:
        from suitebridge.adapters.netsuite.bearing import BearerSigner

        url = hosts.token_end_point(credentials.account)
        return BearerSigner(credentials=credentials, clock=self.clock, chance=self.chance, url=url, keep=keep)


def _followed(store: CompanyStore, known: _Opened) -> _Opened | None:
    """Let a gateway go on with a certificate that took the place of its own; None where that is not what happened."""
    from suitebridge.adapters.netsuite.bearing import BearerSigner

    connection = store.connections.get()
    if connection is None or not connection.follows(known.mark) or not isinstance(known.signer, BearerSigner):
        return None
    try:
        credentials = store.connections.credentials()
    except RunStoppedError:
        return None
    if not isinstance(credentials, ClientCredentials):
        return None
    known.signer.follow(credentials)
    return replace(known, mark=connection.signing_mark)


def _mark(store: CompanyStore) -> tuple[str, ...]:
    connection = store.connections.get()
    return () if connection is None else connection.signing_mark


def _ended(account: AccountId) -> RunStoppedError:
    return RunStoppedError(Problem(code="NS-AUTH-004", facts={"account": account.value}))


def _preference(store: CompanyStore) -> Preference:
    connection = store.connections.get()
    return Preference.SOAP if connection is None else connection.preference


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedAccount:
    """A NetSuite account by itself, without a house around it."""

    gateway: AccountGateway
    close: Callable[[], None]


def open_account(
    credentials: SigningCredentials,
    *,
    prefers: Preference,
    simulator: str = "",
    keep: Callable[[ConsentCredentials], None] = lambda _: None,
) -> OpenedAccount:
    """Open an account for the public client; `simulator` is the address of one that plays it."""
    gateways = _alone(credentials.account, simulator)
    if isinstance(credentials, ConsentCredentials):
        return OpenedAccount(gateway=gateways.own(credentials, keep), close=gateways.close)
    return OpenedAccount(gateway=gateways.build(credentials, lambda: prefers), close=gateways.close)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedConsentDesk:
    """What asks people for their consent, without a house around it."""

    desk: ConsentDesk
    close: Callable[[], None]


def open_consent_desk(account: AccountId, *, simulator: str = "") -> OpenedConsentDesk:
    """Open the desk for the public client."""
    gateways = _alone(account, simulator)
    return OpenedConsentDesk(desk=gateways.consent_desk(), close=gateways.close)


def _alone(account: AccountId, simulator: str) -> Gateways:
    settings = Settings(simulators={account.value: simulator} if simulator else {})
    return Gateways(settings=settings, clock=SystemClock(), chance=SystemChance())
