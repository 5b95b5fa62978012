"""Worlds behind the NetSuite port: one in memory, and one behind the real gateway, the simulator and loopback HTTP."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Protocol

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, EllipticCurvePrivateKey, generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.faults import Fault, Throttle, TimeoutAfterCommit
from netsuite_simulator.tokens import Credentials
from suitebridge.adapters.netsuite.bearing import BearerSigner
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.logins import Logins
from suitebridge.adapters.netsuite.signing import Signer
from suitebridge.adapters.transport import Governor, Transport, TransportLimits
from suitebridge.domain.credentials import AccountId, ClientCredentials, Secret, TokenCredentials
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import Problem, RetryLaterError
from suitebridge.domain.rights import Need
from suitebridge.domain.values import Value
from suitebridge.ports.netsuite import NetSuiteGateway
from tests.fakes.netsuite import MemoryNetSuite


def needs(*record_types: str) -> tuple[Need, ...]:
    """Ask for record types as workflows would."""
    return tuple(Need(workflow=f"use_{name}", title=name, record_type=name) for name in record_types)


class World(Protocol):
    """What a contract test may do behind the gateway's back."""

    @property
    def gateway(self) -> NetSuiteGateway: ...

    def add(self, record_type: str, external_id: str = "", **fields: Value) -> str: ...

    def change(self, record_type: str, id_: str, **fields: Value) -> None: ...

    def remove(self, record_type: str, id_: str) -> None: ...

    def count(self, record_type: str) -> int: ...

    def expenses(self, report_id: str) -> int: ...

    def pass_time(self, seconds: float) -> None: ...

    def lose_answers(self) -> None: ...

    def turn_away(self) -> None: ...


@dataclass(slots=True)
class MemoryWorld:
    """The world in memory."""

    memory: MemoryNetSuite

    @property
    def gateway(self) -> NetSuiteGateway:
        return self.memory

    def add(self, record_type: str, external_id: str = "", **fields: Value) -> str:
        return self.memory.add(record_type, external_id, **fields)

    def change(self, record_type: str, id_: str, **fields: Value) -> None:
        self.memory.change(record_type, id_, **fields)

    def remove(self, record_type: str, id_: str) -> None:
        self.memory.remove(record_type, id_)

    def count(self, record_type: str) -> int:
        return len(self.memory.stored(record_type))

    def expenses(self, report_id: str) -> int:
        (stored,) = [one for one in self.memory.stored("expenseReport") if one.id == report_id]
        lines = stored.fields["expenseList"]
        assert isinstance(lines, tuple)
        return len(lines)

    def pass_time(self, seconds: float) -> None:
        self.memory.pass_time(seconds)

    def lose_answers(self) -> None:
        self.memory.lose_answers()

    def turn_away(self) -> None:
        self.memory.turn_away(RetryLaterError(Problem(code="NS-THR-001", facts={"said": "blocked"})))


@dataclass(slots=True)
class SystemClock:
    """The real time, so that signatures are good, or so many seconds off it."""

    offset_seconds: float = 0.0

    def now(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.offset_seconds)


class SystemChance:
    """Real chance."""

    def token(self, length: int) -> str:
        return secrets.token_hex(length)[:length]


@dataclass(slots=True)
class SimulatedWorld:
    """The simulator behind HTTP, with the real gateway in front of it."""

    account: Account
    server: Running
    line: Line
    clock: SystemClock
    gateway: NetSuiteGateway

    def add(self, record_type: str, external_id: str = "", **fields: Value) -> str:
        return self.server.edit(lambda: self.account.add(record_type, external_id or None, None, **fields)).id

    def change(self, record_type: str, id_: str, **fields: Value) -> None:
        self.server.edit(lambda: self.account.bump(record_type, id_, **fields))

    def remove(self, record_type: str, id_: str) -> None:
        self.server.edit(lambda: self.account.remove(record_type, id_))

    def count(self, record_type: str) -> int:
        return self.server.edit(lambda: self.account.search(record_type, [], limit=1)[1])

    def expenses(self, report_id: str) -> int:
        stored = self.server.edit(lambda: self.account.get("expenseReport", internal_id=report_id))
        assert stored is not None
        lines = stored.values["expense"]
        assert isinstance(lines, list)
        return len(lines)

    def pass_time(self, seconds: float) -> None:
        self.server.edit(lambda: self.account.clock.advance(seconds))

    def lose_answers(self) -> None:
        self.fail_next(TimeoutAfterCommit())

    def turn_away(self) -> None:
        self.fail_next(Throttle(), times=50)

    def fail_next(self, fault: Fault, times: int = 1) -> None:
        self.server.edit(lambda: self.account.fail_next(fault, times=times))

    def requests(self) -> list[str]:
        """Name the operations that arrived."""
        return self.server.edit(lambda: [request.operation for request in self.account.journal.requests])


@contextmanager
def simulated(
    account: Account | None = None, given: Credentials | None = None, *, prefers: Preference = Preference.SOAP
) -> Iterator[SimulatedWorld]:
    """Serve an account and open a gateway to it."""
    account = account or Account()
    given = given or account.tokens.issue(account.id)
    clock = SystemClock()
    with (
        serving(account) as server,
        connected(
            account.id,
            given,
            server.url,
            clock,
            pause=lambda seconds: server.edit(lambda: account.clock.advance(seconds)),
        ) as line,
    ):
        yield SimulatedWorld(
            account=account, server=server, line=line, clock=clock, gateway=TokenGateway(line, prefers=lambda: prefers)
        )
    account.close()


@contextmanager
def bearing(account: Account | None = None) -> Iterator[SimulatedWorld]:
    """Serve an account and open a gateway to it that signs in with OAuth 2.0 client credentials."""
    account = account or Account()
    clock = SystemClock()
    issued = account.tokens.issue(account.id)
    with (
        serving(account) as server,
        connected(
            account.id,
            issued,
            server.url,
            clock,
            pause=lambda seconds: server.edit(lambda: account.clock.advance(seconds)),
        ) as plain,
    ):
        given = client_credentials(account)
        url = plain.hosts.token_end_point(given.account)
        signer = BearerSigner(credentials=given, clock=clock, chance=SystemChance(), url=url)
        line = replace(plain, signer=signer)
        gateway = TokenGateway(line, prefers=lambda: Preference.REST)
        gateway.ask_now()  # what goes wrong in a story goes wrong with a token at hand
        yield SimulatedWorld(account=account, server=server, line=line, clock=clock, gateway=gateway)
    account.close()


def client_credentials(account: Account, key: EllipticCurvePrivateKey | None = None) -> ClientCredentials:
    """Make a key pair, and let an account map its certificate to the connector's role."""
    key = key or generate_private_key(SECP256R1())
    integration = account.integrations.add("SuiteBridge", has_client_credentials=True, scopes=("rest_webservices",))
    user = account.users.add("robot@example.com", name="Robot", roles=[account.roles.connector])
    certificate = account.certificates.add(
        self_signed(key, account.clock.now()), integration, account.roles.connector, user
    )
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    return ClientCredentials(
        account=AccountId(value=account.id),
        client_id=integration.client_id,
        certificate_id=certificate.id,
        private_key=Secret(pem),
    )


def self_signed(key: EllipticCurvePrivateKey, now: datetime) -> str:
    """Give a certificate of a key that is valid for a year."""
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "SuiteBridge")])
    builder = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    builder = builder.serial_number(x509.random_serial_number())
    builder = builder.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=365))
    return builder.sign(key, SHA256()).public_bytes(Encoding.PEM).decode()


@contextmanager
def connected(
    account_id: str,
    given: Credentials,
    url: str,
    clock: SystemClock | None = None,
    *,
    pause: Callable[[float], None] = lambda _: None,
) -> Iterator[Line]:
    """Open a line with a governor that waits for nothing; `pause` plays the time between questions about a job."""
    credentials = TokenCredentials(
        account=AccountId(value=given.account_id),
        application_id=given.application_id,
        consumer_key=given.consumer_key,
        consumer_secret=Secret(given.consumer_secret),
        token_id=given.token_id,
        token_secret=Secret(given.token_secret),
    )
    hosts = Hosts(simulators={account_id: url})
    transport = Transport(
        user_agent="SuiteBridge/test", plain_origins=hosts.plain_origins, limits=TransportLimits(total_seconds=10)
    )
    clock = clock or SystemClock()
    try:
        yield Line(
            signer=Signer(credentials=credentials, clock=clock, chance=SystemChance()),
            hosts=hosts,
            transport=transport,
            governor=hurried_governor(),
            logins=Logins(clock),
            pause=pause,
        )
    finally:
        transport.close()


def hurried_governor() -> Governor:
    """Give a governor whose waiting takes no time but counts as time."""
    waited: list[float] = [0.0]

    async def wait(seconds: float) -> None:
        waited[0] += seconds

    return Governor(clock=lambda: waited[0], sleep=wait)
