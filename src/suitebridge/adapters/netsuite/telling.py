"""Tells refusals and transport failures as the problems that a user reads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from suitebridge.adapters.netsuite.faults import Refusal, Turn, permission_named
from suitebridge.adapters.transport import NotSent, NotSentCause
from suitebridge.domain.errors import Problem, RetryLaterError, RunStoppedError, SuiteBridgeError

_STOPPING_CODES = frozenset(
    {
        "NS-AUTH-001",
        "NS-AUTH-002",
        "NS-AUTH-004",
        "NS-AUTH-005",
        "NS-AUTH-006",
        "NS-CERT-005",
        "NS-CLOCK-001",
        "NS-FEAT-002",
        "NS-PERM-001",
        "NS-TLS-001",
        "SB-RUN-001",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purpose:
    """What a request was for, and the permission that usually is missing when the role may not do it."""

    account: str
    host: str
    what: str
    permission: str


def problem_of_refusal(refusal: Refusal, purpose: Purpose) -> Problem:
    """Tell how a request ended."""
    said = refusal.said
    match refusal.turn:
        case Turn.LOGIN:
            return Problem(code="NS-AUTH-001", facts={"account": purpose.account, "said": said})
        case Turn.PERMISSION if refusal.feature:
            return Problem(code="NS-FEAT-002", facts={"feature": refusal.feature, "what": purpose.what, "said": said})
        case Turn.PERMISSION:
            permission = permission_named(said, purpose.permission)
            return Problem(code="NS-PERM-001", facts={"what": purpose.what, "said": said, "permission": permission})
        case Turn.THROTTLED:
            return Problem(code="NS-THR-001", facts={"said": said})
        case Turn.MAINTENANCE | Turn.BROKEN:
            return Problem(code="NS-OUT-001", facts={"said": said})
        case Turn.UNKNOWN:
            return Problem(code="NS-OUT-003", facts={"said": said})
        case Turn.STRANGER:
            return stranger(purpose.host, said)
        case Turn.UNREADABLE if refusal.is_page:
            return stranger(purpose.host, said)
        case Turn.UNREADABLE | Turn.REDIRECTED:
            return Problem(code="NS-OUT-002", facts={"said": f"{purpose.host} answered what cannot be used: {said}."})
        case Turn.UNSUPPORTED | Turn.MALFORMED:
            facts = {
                "what": f"NetSuite did not accept the request for {purpose.what}",
                "said": f"NetSuite said: {said}",
                "remedy": "Look at the name that NetSuite gives: a field of the mapping does not exist in this account, or the role may not see it. "
                "Correct the mapping, or give the role access.",
            }
            return Problem(code="SB-RUN-001", facts=facts)
        case _:
            assert_never(refusal.turn)


def problem_of_unsent(unsent: NotSent, purpose: Purpose) -> Problem:
    """Tell why a request never left."""
    match unsent.cause:
        case NotSentCause.TLS:
            return Problem(code="NS-TLS-001", facts={"host": purpose.host, "said": unsent.reason})
        case NotSentCause.EXPIRED:
            return Problem(
                code="NS-CERT-005",
                facts={
                    "certificate": "in use",
                    "day": unsent.reason,
                    "said": "NetSuite gives no access token for it any more.",
                },
            )
        case NotSentCause.UNAUTHORIZED:
            return unauthorized(purpose.account, unsent.reason)
        case NotSentCause.CONSENT_ENDED:
            return consent_ended(purpose.account, unsent.reason)
        case NotSentCause.WITHDRAWN:
            return withdrawn(purpose.account)
        case NotSentCause.HALTED:
            return Problem(code="SB-HALT-001")
        case NotSentCause.NOT_PERMITTED:
            return Problem(code="SB-LEASE-002", facts={"said": unsent.reason})
        case NotSentCause.UNREACHABLE | NotSentCause.FORBIDDEN | NotSentCause.HELD_BACK:
            said = f"The connection could not be made: {unsent.reason}."
            return Problem(code="NS-NET-001", facts={"host": purpose.host, "said": said})
        case _:
            assert_never(unsent.cause)


def stranger(host: str, said: str) -> Problem:
    """Tell that a web page came where only NetSuite's web services answer."""
    return Problem(code="NS-PROXY-001", facts={"host": host, "said": said})


def unauthorized(account: str, said: str) -> Problem:
    """Tell that NetSuite gave no access token."""
    return Problem(code="NS-AUTH-005", facts={"account": account, "said": said})


def consent_ended(account: str, said: str) -> Problem:
    """Tell that a person's consent is not good any more."""
    return Problem(code="NS-AUTH-006", facts={"account": account, "said": said})


def withdrawn(account: str) -> Problem:
    """Tell that the credentials were removed or replaced while they were in use."""
    return Problem(code="NS-AUTH-004", facts={"account": account})


def error_of(problem: Problem) -> SuiteBridgeError:
    """Give the error to raise for a problem: the run stops, or waiting helps."""
    return RunStoppedError(problem) if problem.code in _STOPPING_CODES else RetryLaterError(problem)


def is_stopping(problem: Problem) -> bool:
    """Whether a problem concerns every further request."""
    return problem.code in _STOPPING_CODES
