"""Certificates of OAuth 2.0 that SuiteBridge makes itself: created, taken into use, given up (quality.md U09).

The private key is sealed as soon as it exists and leaves by no door; what people carry to NetSuite is the certificate.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from suitebridge.administration.connecting import EntryProblem
from suitebridge.administration.permitting import require
from suitebridge.administration.releasing import release_runs
from suitebridge.domain.certificates import (
    FEWEST_DAYS,
    MOST_DAYS,
    CertificateError,
    CertificateFacts,
    KeyKind,
)
from suitebridge.domain.credential_sets import ConnectionDraft, Switch, signing_credentials
from suitebridge.domain.credentials import AccountId, AccountIdError, Secret, SigningCredentials
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.connections import Connection
from suitebridge.ports.netsuite import NetSuiteGateway

_CHANGE = "change the NetSuite credentials"
_NOTHING = Connection(account_id="", linked_account_id="", values={}, secrets=(), integration_user_id="")


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateOrder:
    """What is to be made; the account id counts only where none is stored yet."""

    kind: KeyKind
    days: int
    account_id: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateUse:
    """What NetSuite shows of a certificate that was uploaded there. A blank client id is the stored one."""

    certificate_id: str
    client_id: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCertificates:
    """The certificate in use, where it is known, with what NetSuite calls it, and the one that waits for NetSuite; "" for none."""

    present: str
    certificate_id: str
    waiting: str


def create_certificate(
    store: CompanyStore, order: CertificateOrder, *, certificates: Certificates, user: User, stamp: Stamp
) -> tuple[EntryProblem, ...]:
    """Make a key pair, seal the private key and keep the certificate for NetSuite, or give every problem.

    A certificate that waited is replaced; the one in use goes on. Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators,
    SB-CONN-001 where somebody else saved meanwhile.
    """
    require(user, Permission.ADMINISTER, _CHANGE)
    stored = store.connections.get() or _NOTHING
    problems: list[EntryProblem] = []
    if not FEWEST_DAYS <= order.days <= MOST_DAYS:
        said = f"A certificate is valid for {FEWEST_DAYS} to {MOST_DAYS} days: NetSuite takes two years at most."
        problems.append(EntryProblem(field="certificate_days", said=said))
    try:
        account = AccountId.parse(stored.account_id or order.account_id)
    except AccountIdError as error:
        return (*problems, EntryProblem(field="certificate_account", said=str(error)))
    if problems:
        return tuple(problems)
    pair = certificates.create(order.kind, name=f"SuiteBridge {store.company.name}", days=order.days)
    draft = _draft(stored, account, {"next_certificate": pair.certificate}, {"next_private_key": pair.private_key})
    store.connections.save(draft, stamp, version=stored.version if order.version is None else order.version)
    return ()


def use_certificate(
    store: CompanyStore,
    use: CertificateUse,
    try_gateway: Callable[[SigningCredentials], NetSuiteGateway],
    *,
    user: User,
    stamp: Stamp,
) -> tuple[EntryProblem, ...]:
    """Sign in with the certificate that waited, once NetSuite was seen to take it, or give every problem.

    Runs go on with it where application and account stay the same. Raise `RunStoppedError` NS-CERT-001 where none waits, what NetSuite said
    where it does not let it in, and what `create_certificate` raises.
    """
    require(user, Permission.ADMINISTER, _CHANGE)
    stored = _waiting(store)
    client_id = use.client_id.strip() or stored.values.get("client_id", "")
    certificate_id = use.certificate_id.strip()
    problems = (
        *_lacking("certificate_client", "The Client ID", client_id),
        *_lacking("next_certificate_id", "The Certificate ID", certificate_id),
    )
    if problems:
        return problems
    draft = draft_with_next(store, stored, client_id=client_id, certificate_id=certificate_id)
    prove(try_gateway, draft)
    store.connections.save(draft, stamp, version=stored.version if use.version is None else use.version)
    release_runs(store, stamp)
    return ()


def discard_certificate(store: CompanyStore, *, user: User, stamp: Stamp, version: int | None = None) -> None:
    """Forget the certificate that waited, with its private key. Raises as `use_certificate` does."""
    require(user, Permission.ADMINISTER, _CHANGE)
    stored = _waiting(store)
    draft = _draft(stored, AccountId.parse(stored.account_id), {"next_certificate": ""}, {})
    kept = draft.kept - {"next_private_key"}
    store.connections.save(replace(draft, kept=kept), stamp, version=stored.version if version is None else version)


def see_certificates(store: CompanyStore, *, user: User) -> KeptCertificates:
    """Give the certificates that are kept. Raise `RunStoppedError` SB-AUTH-001."""
    require(user, Permission.ADMINISTER, "see the NetSuite connection")
    return kept_certificates(store.connections.get())


def kept_certificates(stored: Connection | None) -> KeptCertificates:
    """Find the certificates of a connection that somebody may see."""
    values = (stored or _NOTHING).values
    return KeptCertificates(
        present=values.get("certificate", ""),
        certificate_id=values.get("certificate_id", ""),
        waiting=values.get("next_certificate", ""),
    )


def facts_of(certificates: Certificates, pem: str) -> CertificateFacts | None:
    """Read a stored certificate; None where there is none."""
    if not pem:
        return None
    try:
        return certificates.read(pem)
    except CertificateError:
        return None


def draft_with_next(store: CompanyStore, stored: Connection, *, client_id: str, certificate_id: str) -> ConnectionDraft:
    """Write the connection as it is once the certificate that waited is the one in use."""
    values = stored.values
    before = values.get("certificate_id", "") if values.get("client_id", "") == client_id else ""
    changed = {
        "client_id": client_id,
        "certificate_id": certificate_id,
        "certificate": values["next_certificate"],
        "algorithm": "",
        "next_certificate": "",
        "rotated_from": f"{before} {certificate_id}" if before else "",
    }
    secret = store.connections.open_secrets()["next_private_key"]
    draft = _draft(stored, AccountId.parse(stored.account_id), changed, {"private_key": secret})
    return replace(draft, kept=draft.kept - {"next_private_key"}, switches=draft.switches | {Switch.CLIENT_CREDENTIALS})


def prove(try_gateway: Callable[[SigningCredentials], NetSuiteGateway], draft: ConnectionDraft) -> None:
    """Sign in once with what a draft would sign with. Raise what NetSuite said where it does not let it in."""
    credentials = signing_credentials(draft.account, draft.values, draft.secrets, draft.switches)
    try:
        try_gateway(credentials).ask_now()
    except SuiteBridgeError as error:
        # A role that may not query was let in all the same; the test of the connection says what it lacks.
        if error.problem.code != "NS-PERM-001":
            raise


def _waiting(store: CompanyStore) -> Connection:
    stored = store.connections.get()
    if stored is None or not stored.values.get("next_certificate", ""):
        raise RunStoppedError(Problem(code="NS-CERT-001"))
    return stored


def _draft(
    stored: Connection, account: AccountId, values: Mapping[str, str], secrets: Mapping[str, Secret]
) -> ConnectionDraft:
    """Change some values and leave the rest as it is stored."""
    merged = {**stored.values, **values}
    return ConnectionDraft(
        account=account,
        values={name: value for name, value in merged.items() if value},
        secrets=secrets,
        kept=frozenset(mark.field for mark in stored.secrets) - secrets.keys(),
        integration_user_id=stored.integration_user_id,
        switches=stored.switches,
    )


def _lacking(field: str, what: str, value: str) -> tuple[EntryProblem, ...]:
    return () if value else (EntryProblem(field=field, said=f"{what} is missing. NetSuite shows it; copy it here."),)
