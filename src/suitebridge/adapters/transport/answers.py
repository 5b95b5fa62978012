"""What came of a request, as far as bytes can tell: an answer, certainty that nothing left, or doubt."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.wire.http import Response


class NotSentCause(enum.Enum):
    """Why no byte of a request left."""

    UNREACHABLE = "unreachable"  # refused, no route, unknown name, no connection in time
    TLS = "tls"  # the certificate or the handshake was not acceptable
    FORBIDDEN = "forbidden"  # the address is none that this transport may speak to
    HELD_BACK = "held back"  # an earlier answer of the same exchange said to stop
    EXPIRED = "expired"  # what it would have been signed with has ended; the reason is the day
    UNAUTHORIZED = "unauthorized"  # what it would have been signed with was refused
    CONSENT_ENDED = "consent ended"  # the person whose consent it would have been signed with has to give it anew
    WITHDRAWN = "withdrawn"  # whoever makes the request may not make it any more
    NOT_PERMITTED = "not permitted"  # this process may send nothing now
    HALTED = "halted"  # whoever it is sent for was asked to stop


class WithdrawnError(Exception):
    """Raised by a request's maker: what it would sign with is not to be used any more."""


class HaltedError(Exception):
    """Raised by a request's maker: whoever it is sent for was asked to stop."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotSent:
    """No byte of the request left this machine."""

    cause: NotSentCause
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Uncertain:
    """Sending had begun and no complete answer came: it may have been carried out or not."""

    reason: str


Answer: TypeAlias = Response | NotSent | Uncertain
