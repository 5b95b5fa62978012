"""Certificates of OAuth 2.0 client credentials: made here, taken into use, rotated. A private key is never among what is answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal, TypeAlias

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration.certifying import (
    CertificateOrder,
    CertificateUse,
    create_certificate,
    discard_certificate,
    facts_of,
    see_certificates,
    use_certificate,
)
from suitebridge.administration.rotating import rotate_certificate
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.connection import connection_version, refused
from suitebridge.api.exchange import Input, etag
from suitebridge.domain.certificates import FEWEST_DAYS, MOST_DAYS, USUAL_DAYS, KeyKind

Kind: TypeAlias = Literal["ec-256", "ec-384", "ec-521", "rsa-3072", "rsa-4096"]
"""The kinds of keys for the document; a test holds them to `KeyKind`."""

_MOST_ID = 200


class CertificateShown(BaseModel):
    """A certificate. It is no secret: it is what NetSuite is given."""

    certificate: str = Field(description="As PEM, for upload to NetSuite.")
    certificate_id: str = Field(description="What NetSuite calls it; empty for one that NetSuite has not taken yet.")
    kind: str
    fingerprint: str = Field(description="The SHA-256 of its bytes.")
    valid_from: datetime
    valid_until: datetime


class CertificatesShown(BaseModel):
    """The certificate in use and the one that waits for NetSuite; nothing where there is none, or none is known."""

    present: CertificateShown | None
    next: CertificateShown | None


class CertificateOrderInput(Input):
    """What is to be made."""

    kind: Kind = "ec-256"
    days: int = Field(
        USUAL_DAYS, ge=FEWEST_DAYS, le=MOST_DAYS, description="How long it is valid; NetSuite takes two years at most."
    )
    account_id: str = Field("", max_length=100, description="Needed only where no connection is saved yet.")


class CertificateUseInput(Input):
    """What NetSuite shows of the certificate that was uploaded."""

    certificate_id: str = Field(max_length=_MOST_ID)
    client_id: str = Field("", max_length=_MOST_ID, description="Left out: the stored one.")


class RotationShown(BaseModel):
    """What a rotation came to."""

    certificate_id: str
    before: str = Field(description="The certificate that was in use before.")
    is_revoked: bool = Field(description="Whether NetSuite takes the one before no more.")
    left: str = Field(description="Why NetSuite still takes the one before; revoke it there.")


def show_certificates(request: HttpRequest, response: HttpResponse) -> CertificatesShown:
    """Show the certificate in use, where it is known, and the one that waits for NetSuite; the ETag is that of the connection."""
    return _shown(caller_of(request), response)


def show_certificates_again(request: HttpRequest, response: HttpResponse, _made: str) -> CertificatesShown:
    """Show them to whoever sends the same request twice."""
    return _shown(caller_of(request), response)


def add_certificate(
    request: HttpRequest, response: HttpResponse, entry: CertificateOrderInput
) -> Status[CertificatesShown]:
    """Make a key pair and its certificate; the private key is sealed and stays here, the certificate is for NetSuite."""
    caller = caller_of(request)
    order = CertificateOrder(kind=KeyKind(entry.kind), days=entry.days, account_id=entry.account_id)
    problems = create_certificate(
        caller.store, order, certificates=caller.house.certificates, user=caller.user, stamp=caller.stamp
    )
    if problems:
        raise refused(problems)
    return Status(201, _shown(caller, response))


def put_certificate_in_use(
    request: HttpRequest, response: HttpResponse, entry: CertificateUseInput
) -> CertificatesShown:
    """Sign in with the certificate that waited, once NetSuite was seen to take it. Runs under way go on with it."""
    caller = caller_of(request)
    use = CertificateUse(
        certificate_id=entry.certificate_id, client_id=entry.client_id, version=connection_version(request)
    )
    problems = use_certificate(caller.store, use, caller.house.try_gateway, user=caller.user, stamp=caller.stamp)
    if problems:
        raise refused(problems)
    return _shown(caller, response)


def rotate(request: HttpRequest, entry: CertificateOrderInput) -> RotationShown:
    """Put another certificate in the place of the present one while runs go on: made or the one that waits, set up in NetSuite, proven, used; then the one before is revoked.

    Takes some five seconds: so long the one before stays good.
    """
    caller = caller_of(request)
    order = CertificateOrder(kind=KeyKind(entry.kind), days=entry.days)
    done = rotate_certificate(caller.store, order, caller.house.rotation_tools, user=caller.user, stamp=caller.stamp)
    return RotationShown(
        certificate_id=done.certificate_id, before=done.before, is_revoked=not done.left, left=done.left
    )


def delete_next_certificate(request: HttpRequest) -> Status[None]:
    """Forget the certificate that waits, with its private key."""
    caller = caller_of(request)
    discard_certificate(caller.store, user=caller.user, stamp=caller.stamp, version=connection_version(request))
    return Status(204, None)


def _shown(caller: Caller, response: HttpResponse) -> CertificatesShown:
    kept = see_certificates(caller.store, user=caller.user)
    stored = caller.store.connections.get()
    response["ETag"] = etag(stored.version if stored is not None else 0)
    return CertificatesShown(
        present=_one(caller, kept.present, kept.certificate_id), next=_one(caller, kept.waiting, "")
    )


def _one(caller: Caller, pem: str, certificate_id: str) -> CertificateShown | None:
    facts = facts_of(caller.house.certificates, pem)
    if facts is None:
        return None
    return CertificateShown(
        certificate=pem,
        certificate_id=certificate_id,
        kind=facts.kind.value,
        fingerprint=facts.fingerprint,
        valid_from=facts.valid_from,
        valid_until=facts.valid_until,
    )
