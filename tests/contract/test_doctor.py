"""The test of the connection names what is wrong, each trouble provoked in the simulated account (quality.md U03, F22-F24, F27)."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest

from netsuite_simulator.faults import HtmlPage, Maintenance, Redirect, ServerError, Throttle
from netsuite_simulator.features import Feature
from suitebridge.adapters.netsuite.bearing import BearerSigner
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.signing import Signer
from suitebridge.adapters.secrets.certificates import X509Certificates
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.doors import Preference
from suitebridge.ports.netsuite import CheckState, CheckStep, NetSuiteGateway
from tests.contract.netsuite_worlds import SimulatedWorld, SystemChance, bearing, needs, simulated

OPENED = {"TBA": simulated, "OAuth 2.0": bearing}


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """What is done to the account, or typed wrong, and what has to be told: the line that fails, its code, words of cause or remedy."""

    line: str
    code: str
    words: tuple[str, ...] = ()
    act: Callable[[SimulatedWorld], object] | None = None
    typed: Callable[[SimulatedWorld], dict[str, object]] | None = None
    state: CheckState = CheckState.FAILED


def failing(fault: object) -> Callable[[SimulatedWorld], object]:
    return lambda world: world.account.fail_next(fault, times=60)  # type: ignore[arg-type]  # faults are values of many kinds


def page(status: int) -> Trouble:
    words = ("A proxy, a firewall", f"HTTP {status}")
    return Trouble(line="authentication", code="NS-PROXY-001", words=words, act=failing(HtmlPage(status=status)))


def without(*features: Feature) -> Callable[[SimulatedWorld], object]:
    return lambda world: world.account.features.disable(*features)


def block(world: SimulatedWorld) -> None:
    for integration in world.account.integrations:
        world.account.integrations.block(integration)


def lose(world: SimulatedWorld) -> None:
    role = world.account.roles.connector
    kept = {name: level for name, level in role.permissions.items() if name != "LIST_CUSTJOB"}
    world.account.roles.edit(role, permissions=kept)


def skew(world: SimulatedWorld) -> None:
    world.clock.offset_seconds = 600


def revoke(world: SimulatedWorld) -> None:
    for certificate in world.account.certificates:
        world.account.certificates.revoke(certificate)
    world.line.signer.discard()


def ended(world: SimulatedWorld, *, days: int) -> dict[str, object]:
    """Give the certificate with which our side knows when it ends."""
    made = X509Certificates(Ago(world, days)).create(KeyKind.P256, name="x", days=10)
    return {"certificate": made.certificate}


@dataclass(frozen=True, slots=True)
class Ago:
    """So many days before the world's time."""

    world: SimulatedWorld
    days: int

    def now(self) -> datetime:
        return self.world.clock.now() - timedelta(days=self.days)


OTHER_ID = "TSTDRV9999999"
BOTH = {
    "wrong account id": Trouble(
        line="host", code="NS-HOST-001", words=("character for character",), typed=lambda _: {"account": AccountId(value=OTHER_ID)}
    ),
    "clock off": Trouble(line="clock", code="NS-CLOCK-001", words=("timedatectl", "+60"), act=skew),
    "maintenance": Trouble(line="authentication", code="NS-OUT-001", words=("maintenance",), act=failing(Maintenance())),
    "outage": Trouble(line="authentication", code="NS-OUT-001", words=("HTTP 502",), act=failing(ServerError())),
    "limit reached": Trouble(line="authentication", code="NS-THR-001", words=("Concurrent request limit",), act=failing(Throttle())),
    "blocked integration": Trouble(line="authentication", code="NS-AUTH-001", words=("Manage Integrations", "Enabled"), act=block),
    "missing permission": Trouble(line="permissions:customer", code="NS-PERM-001", words=("Customers",), act=lose),
    "REST web services off": Trouble(
        line="permissions:rest", code="NS-FEAT-002", words=("REST Web Services", "Enable Features"), act=without(Feature.REST_WEB_SERVICES)
    ),
    "proxy in the way": page(200),
    "proxy that forbids": page(403),
    "proxy that asks who it is": page(407),
    "redirect": Trouble(line="authentication", code="NS-OUT-002", words=("was not followed",), act=failing(Redirect())),
}  # fmt: skip
TOKEN = {
    "wrong key": Trouble(line="authentication", code="NS-AUTH-001", typed=lambda _: {"consumer_key": "0" * 64}),
    "wrong token": Trouble(line="authentication", code="NS-AUTH-001", typed=lambda _: {"token_id": "0" * 64}),
    "wrong secret": Trouble(line="authentication", code="NS-AUTH-001", typed=lambda _: {"token_secret": Secret("0" * 64)}),
    "token-based authentication off": Trouble(
        line="authentication", code="NS-AUTH-001", act=without(Feature.TOKEN_BASED_AUTHENTICATION)
    ),
    "SOAP web services off": Trouble(
        line="permissions:soap", code="NS-FEAT-002", words=("SOAP Web Services", "SuiteCloud"), act=without(Feature.SOAP_WEB_SERVICES)
    ),
}  # fmt: skip
_OAUTH_OFF = tuple(one for one in Feature if one is Feature.OAUTH2 or "OIDC" in one.label)
_M2M = "OAuth 2.0 Client Credentials (M2M) Setup"
BEARER = {
    "wrong client id": Trouble(line="authentication", code="NS-AUTH-005", words=("invalid_client", _M2M), typed=lambda _: {"client_id": "0" * 64}),
    "wrong certificate id": Trouble(line="authentication", code="NS-AUTH-005", words=(_M2M,), typed=lambda _: {"certificate_id": "0" * 43}),
    "wrong private key": Trouble(
        line="authentication", code="NS-AUTH-005", words=(_M2M,),
        typed=lambda world: {"private_key": X509Certificates(world.clock).create(KeyKind.P256, name="x", days=3).private_key},
    ),
    "certificate revoked": Trouble(line="authentication", code="NS-AUTH-005", words=("valid and not revoked",), act=revoke),
    "certificate ended": Trouble(line="authentication", code="NS-CERT-005", words=("Rotate",), typed=lambda world: ended(world, days=11)),
    "certificate ends": Trouble(
        line="end-of-life", code="NS-CERT-005", words=("days are left",), typed=lambda world: ended(world, days=7), state=CheckState.WARNED
    ),
    "OAuth 2.0 off": Trouble(line="authentication", code="NS-AUTH-001", act=without(*_OAUTH_OFF)),
}  # fmt: skip
CASES = [
    *((way, name, trouble) for name, trouble in BOTH.items() for way in OPENED),
    *(("TBA", name, trouble) for name, trouble in TOKEN.items()),
    *(("OAuth 2.0", name, trouble) for name, trouble in BEARER.items()),
]


def signed_in_with(world: SimulatedWorld, changes: dict[str, object]) -> NetSuiteGateway:
    """Open a gateway with other credentials beside the world's."""
    line = world.line
    hosts = Hosts(simulators={**line.hosts.simulators, OTHER_ID: world.server.url})
    credentials = dataclasses.replace(line.credentials, **changes)  # type: ignore[arg-type]  # fields by name
    signer: Signer | BearerSigner
    if isinstance(credentials, TokenCredentials):
        signer = Signer(credentials=credentials, clock=world.clock, chance=SystemChance())
    else:
        url = hosts.token_end_point(credentials.account)
        signer = BearerSigner(credentials=credentials, clock=world.clock, chance=SystemChance(), url=url)
    other = dataclasses.replace(line, signer=signer, hosts=hosts)
    return TokenGateway(other, prefers=lambda: Preference.REST if not signer.speaks_soap else Preference.SOAP)


@pytest.mark.parametrize(("way", "name", "trouble"), CASES, ids=[f"{way}: {name}" for way, name, _ in CASES])
def test_the_trouble_is_named(way: str, name: str, trouble: Trouble) -> None:
    with OPENED[way]() as world:
        gateway = signed_in_with(world, trouble.typed(world)) if trouble.typed is not None else world.gateway
        act = trouble.act
        if act is not None:
            world.server.edit(lambda: act(world))
        steps = list(gateway.check(needs("customer")))
        detail = world.server.edit(lambda: world.account.logins[-1].detail if len(world.account.logins) else None)
    unwell = [step for step in steps if step.state is trouble.state and step.problem is not None]
    step = next(step for step in steps if step.name == trouble.line)
    assert step in unwell, [(one.name, one.state, one.said) for one in steps]
    assert step.problem is not None
    assert step.problem.code == trouble.code, step.problem
    told = f"{step.problem.title}. {step.problem.cause} {step.problem.remedy}"
    assert [word for word in trouble.words if word not in told] == [], told
    if trouble.code == "NS-AUTH-001" and detail is not None:
        # NetSuite tells the caller nothing; what its Login Audit Trail says, our words explain (netsuite-api.md §2.6).
        assert detail in told, f"{name}: {detail}"


def step_of(steps: list[CheckStep], name: str) -> CheckStep:
    return next(step for step in steps if step.name == name)


@pytest.mark.parametrize("way", OPENED)
def test_where_nothing_is_wrong_nothing_fails(way: str) -> None:
    with OPENED[way]() as world:
        steps = list(world.gateway.check(needs("customer")))
    assert [step.name for step in steps if step.state is CheckState.FAILED] == []
    assert step_of(steps, "authentication").state is CheckState.PASSED
