"""Whether a private key, its certificate and its way to sign fit each other and NetSuite's conditions, before they are stored.

It gives what is wrong field by field, and knows no store and no door.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from suitebridge.domain.certificates import ALGORITHMS, LONGEST, CertificateError, CertificateFacts
from suitebridge.domain.credentials import Secret
from suitebridge.ports.certificates import Certificates


def key_problems(
    certificates: Certificates, *, private_key: Secret, certificate: str, algorithm: str, now: datetime
) -> Iterator[tuple[str, str]]:
    """Give fields with what is wrong about them; a certificate and an algorithm may be "", for none."""
    try:
        kind = certificates.kind_of(private_key)
    except CertificateError as error:
        yield "private_key", f"{error} Paste it whole, with its first and its last line."
        return
    if algorithm and algorithm not in ALGORITHMS[kind]:
        yield (
            "algorithm",
            f"This private key signs with {' or '.join(ALGORITHMS[kind])}. Choose that, or leave it open.",
        )
    if not certificate:
        return
    try:
        facts = certificates.read(certificate)
        if not certificates.belong(certificate, private_key):
            said = "This certificate is not that of the private key. Paste the one that belongs to it, or leave the field blank."
            yield "certificate", said
            return
    except CertificateError as error:
        yield "certificate", f"{error} Paste the file that was uploaded to NetSuite, or leave the field blank."
        return
    yield from (("certificate", said) for said in _dates(facts, now))


def _dates(facts: CertificateFacts, now: datetime) -> Iterator[str]:
    if facts.valid_until <= now:
        yield f"This certificate ended on {facts.valid_until:%Y-%m-%d}. Make a new one: NetSuite takes it no more."
    if facts.valid_until - facts.valid_from > LONGEST:
        yield "This certificate is valid for more than two years, which NetSuite does not take. Make one for two years at most."
