"""Carries out what the certificate part of the Credentials page asks for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse

from suitebridge.administration.certifying import (
    CertificateOrder,
    CertificateUse,
    create_certificate,
    discard_certificate,
    see_certificates,
    use_certificate,
)
from suitebridge.administration.connecting import EntryProblem
from suitebridge.administration.rotating import rotate_certificate
from suitebridge.administration.staffing import stamp_for
from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.credentials import form
from suitebridge.console.credentials.certificates import CertificateTyped
from suitebridge.domain.certificates import KeyKind
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.people import Door

ACTS = frozenset({"create-certificate", "use-certificate", "rotate-certificate", "discard-certificate"})
"""What the forms of this part ask for."""

_CREATED = "The certificate is made. Download it below and upload it to NetSuite; until you use it, nothing changes."
_USED = "NetSuite took the certificate, and SuiteBridge signs in with it from now on."
_DISCARDED = "The certificate and its private key are forgotten."


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What came of a form: words where it is done, else what is wrong."""

    said: str = ""
    problems: Sequence[EntryProblem] = ()
    refusal: Problem | None = None


def typed_here(visit: Visit) -> CertificateTyped:
    """Read what was typed into the part."""
    post = visit.request.POST
    return CertificateTyped(
        kind=post.get("certificate_kind", KeyKind.P256.value),
        days=post.get("certificate_days", "")[:6],
        account_id=post.get("certificate_account", ""),
        client_id=post.get("certificate_client", ""),
        certificate_id=post.get("next_certificate_id", ""),
    )


def carry_out(visit: Visit, act: str) -> Ended:
    """Do what a form of the part asks for."""
    try:
        if act == "create-certificate":
            problems, said = _create(visit), _CREATED
        elif act == "use-certificate":
            problems, said = _use(visit), _USED
        elif act == "rotate-certificate":
            problems, said = (), _rotate(visit)
        else:
            stamp = stamp_for(visit.user, Door.CONSOLE)
            discard_certificate(visit.store, user=visit.user, stamp=stamp, version=form.version_of(visit))
            problems, said = (), _DISCARDED
    except SuiteBridgeError as error:
        return Ended(refusal=error.problem)
    return Ended(problems=problems) if problems else Ended(said=said)


def give_certificate(visit: Visit) -> HttpResponse | None:
    """Give the certificate that waits for NetSuite as a file; None where none does."""
    pem = see_certificates(visit.store, user=visit.user).waiting
    if not pem:
        return None
    answer = HttpResponse(pem, content_type="application/x-pem-file")
    answer["Content-Disposition"] = 'attachment; filename="suitebridge-certificate.pem"'
    return answer


def _rotate(visit: Visit) -> str:
    stamp = stamp_for(visit.user, Door.CONSOLE)
    done = rotate_certificate(visit.store, _order(visit), visit.house.rotation_tools, user=visit.user, stamp=stamp)
    used = f"SuiteBridge signs in with certificate {done.certificate_id} from now on"
    if done.left:
        return f"{used}. NetSuite still takes {done.before}: revoke it there. {done.left}"
    return f"{used}, and NetSuite revoked {done.before}. Runs went on meanwhile."


def _order(visit: Visit) -> CertificateOrder:
    typed = typed_here(visit)
    return CertificateOrder(
        kind=next((kind for kind in KeyKind if kind.value == typed.kind), KeyKind.P256),
        days=asked.whole_number(typed.days),
        account_id=typed.account_id,
        version=form.version_of(visit),
    )


def _create(visit: Visit) -> tuple[EntryProblem, ...]:
    stamp = stamp_for(visit.user, Door.CONSOLE)
    return create_certificate(
        visit.store, _order(visit), certificates=visit.house.certificates, user=visit.user, stamp=stamp
    )


def _use(visit: Visit) -> tuple[EntryProblem, ...]:
    typed = typed_here(visit)
    use = CertificateUse(certificate_id=typed.certificate_id, client_id=typed.client_id, version=form.version_of(visit))
    stamp = stamp_for(visit.user, Door.CONSOLE)
    return use_certificate(visit.store, use, visit.house.try_gateway, user=visit.user, stamp=stamp)
