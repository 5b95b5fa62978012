"""Another certificate in the place of the present one, while runs go on (quality.md U10).

The next certificate is made and sealed, set up in NetSuite for the same role and entity, proven, and taken into use; then the one
before is revoked. Interrupted at any instant, the next rotation goes on: a certificate that waits is the one that is used.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from suitebridge.administration.certifying import (
    CertificateOrder,
    create_certificate,
    draft_with_next,
    facts_of,
    kept_certificates,
    prove,
)
from suitebridge.administration.permitting import require
from suitebridge.administration.releasing import release_runs
from suitebridge.domain.credentials import ClientCredentials, SigningCredentials
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.ports.certificates import CertificateDesk, Certificates, ListedCertificate
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import NetSuiteGateway

GRACE_SECONDS = 5.0
"""How long the certificate before stays good, so that every process has noticed the next one and no request is on its way with the old one."""

_CHANGE = "rotate the certificate of the NetSuite connection"
_CONNECTION = "connection"


@dataclass(frozen=True, slots=True, kw_only=True)
class RotationTools:
    """What a rotation needs from outside. `pause` waits so many seconds."""

    certificates: Certificates
    open_desk: Callable[[ClientCredentials], CertificateDesk]
    try_gateway: Callable[[SigningCredentials], NetSuiteGateway]
    pause: Callable[[float], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Rotated:
    """What a rotation came to. `left` says why NetSuite still takes the certificate before, "" where it is revoked."""

    certificate_id: str
    before: str
    left: str = ""


def rotate_certificate(
    store: CompanyStore, order: CertificateOrder, tools: RotationTools, *, user: User, stamp: Stamp
) -> Rotated:
    """Put another certificate in the place of the present one, and revoke that.

    Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators, NS-CERT-002 where no certificate is in use, NS-CERT-003 where NetSuite
    lists it no more, NS-CERT-004 for an order that cannot be, SB-CONN-001 where somebody else saved meanwhile, and what NetSuite refused; the present certificate then goes on.
    """
    require(user, Permission.ADMINISTER, _CHANGE)
    credentials = _signing(store)
    desk = tools.open_desk(credentials)
    listed = desk.listed()
    present = next((one for one in listed if one.id == credentials.certificate_id), None)
    if present is None:
        facts = {"certificate": credentials.certificate_id, "account": credentials.account.value}
        raise RunStoppedError(Problem(code="NS-CERT-003", facts=facts))
    pem = _waiting(store, order, tools, user=user, stamp=stamp)
    taken = _found(tools.certificates, listed, pem) or desk.add(pem, like=present)
    _switch(store, credentials.client_id, taken.id, tools, stamp)
    tools.pause(GRACE_SECONDS)
    return Rotated(certificate_id=taken.id, before=present.id, left=_revoke(store, present.id, tools, stamp))


def _signing(store: CompanyStore) -> ClientCredentials:
    credentials = store.connections.credentials()
    if not isinstance(credentials, ClientCredentials) or credentials.missing():
        raise RunStoppedError(Problem(code="NS-CERT-002"))
    return credentials


def _waiting(store: CompanyStore, order: CertificateOrder, tools: RotationTools, *, user: User, stamp: Stamp) -> str:
    """Give the certificate that waits, made now where none does: its key is sealed before NetSuite hears of it."""
    if not kept_certificates(store.connections.get()).waiting:
        problems = create_certificate(store, order, certificates=tools.certificates, user=user, stamp=stamp)
        if problems:
            said = " ".join(one.said for one in problems)
            raise RunStoppedError(Problem(code="NS-CERT-004", facts={"said": said}))
    return kept_certificates(store.connections.get()).waiting


def _found(certificates: Certificates, listed: Sequence[ListedCertificate], pem: str) -> ListedCertificate | None:
    """Find a certificate that NetSuite has already: an earlier rotation was interrupted."""
    own = certificates.read(pem).fingerprint
    for one in listed:
        facts = facts_of(certificates, one.certificate)
        if facts is not None and facts.fingerprint == own and not one.is_revoked:
            return one
    return None


def _switch(store: CompanyStore, client_id: str, certificate_id: str, tools: RotationTools, stamp: Stamp) -> None:
    stored = store.connections.get()
    assert stored is not None
    draft = draft_with_next(store, stored, client_id=client_id, certificate_id=certificate_id)
    prove(tools.try_gateway, draft)
    store.connections.save(draft, stamp, version=stored.version)
    release_runs(store, stamp)


def _revoke(store: CompanyStore, certificate_id: str, tools: RotationTools, stamp: Stamp) -> str:
    try:
        tools.open_desk(_signing(store)).revoke(certificate_id)
    except SuiteBridgeError as error:
        return f"{error.problem.title}. {error.problem.cause}"
    event = Event(
        name=EventName.CERTIFICATE_REVOKED,
        subject_type=_CONNECTION,
        subject_id="netsuite",
        subject=f"certificate {certificate_id}",
    )
    with store.transactions.begin() as unit:
        unit.append_event(event, stamp)
    return ""
