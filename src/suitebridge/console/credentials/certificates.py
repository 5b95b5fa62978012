"""The part of the Credentials page about certificates: what is in use, what waits for NetSuite, what can be made. Never a private key."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo

from suitebridge.administration.certifying import facts_of, kept_certificates
from suitebridge.administration.connecting import EntryProblem
from suitebridge.console import links, wording
from suitebridge.console.wording import Moment
from suitebridge.domain.certificates import (
    FEWEST_DAYS,
    LABELS,
    MOST_DAYS,
    USUAL_DAYS,
    CertificateFacts,
    KeyKind,
)
from suitebridge.domain.credential_sets import Switch
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.connections import Connection

_PROBLEMS = frozenset({"certificate_account", "certificate_days", "certificate_client", "next_certificate_id"})


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateLine:
    """A certificate in words."""

    key: str
    fingerprint: str
    valid_until: Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class KindChoice:
    """A key that can be made."""

    value: str
    text: str
    is_chosen: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificateTyped:
    """What the forms of this part held."""

    kind: str = KeyKind.P256.value
    days: str = str(USUAL_DAYS)
    account_id: str = ""
    client_id: str = ""
    certificate_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CertificatePart:
    """The whole part. `problems` are by the name of the input that they stand beside."""

    here_href: str
    file_href: str
    version: int
    is_open: bool
    is_first: bool
    can_rotate: bool
    present: CertificateLine | None
    waiting: CertificateLine | None
    kinds: tuple[KindChoice, ...]
    typed: CertificateTyped
    fewest_days: int
    most_days: int
    account_problem: str
    days_problem: str
    client_problem: str
    id_problem: str


def certificate_part(
    stored: Connection | None,
    certificates: Certificates,
    typed: CertificateTyped | None,
    problems: Sequence[EntryProblem],
    zone: tzinfo,
) -> CertificatePart:
    """Write the part; `typed` is None where nothing was typed here."""
    kept = kept_certificates(stored)
    told = {problem.field: problem.said for problem in problems if problem.field in _PROBLEMS}
    values = stored.values if stored is not None else {}
    given = typed or CertificateTyped(client_id=values.get("client_id", ""))
    is_client = stored is not None and Switch.CLIENT_CREDENTIALS in stored.switches
    return CertificatePart(
        here_href=links.address("credentials"),
        file_href=links.address("credentials", query={"file": "certificate"}),
        version=stored.version if stored is not None else 0,
        is_open=is_client or bool(kept.waiting) or typed is not None,
        can_rotate=is_client and bool(kept.certificate_id),
        is_first=stored is None or not stored.account_id,
        present=_line(facts_of(certificates, kept.present), zone),
        waiting=_line(facts_of(certificates, kept.waiting), zone),
        kinds=tuple(
            KindChoice(value=kind.value, text=text, is_chosen=kind.value == given.kind) for kind, text in LABELS.items()
        ),
        typed=given,
        fewest_days=FEWEST_DAYS,
        most_days=MOST_DAYS,
        account_problem=told.get("certificate_account", ""),
        days_problem=told.get("certificate_days", ""),
        client_problem=told.get("certificate_client", ""),
        id_problem=told.get("next_certificate_id", ""),
    )


def _line(facts: CertificateFacts | None, zone: tzinfo) -> CertificateLine | None:
    if facts is None:
        return None
    return CertificateLine(
        key=LABELS[facts.kind],
        fingerprint=facts.fingerprint,
        valid_until=wording.moment(facts.valid_until, zone),
    )
