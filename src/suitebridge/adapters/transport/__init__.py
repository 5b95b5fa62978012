"""Bytes out and in: the only asynchronous code of the house, behind a synchronous face."""

from suitebridge.adapters.transport.answers import Answer, HaltedError, NotSent, NotSentCause, Uncertain, WithdrawnError
from suitebridge.adapters.transport.exchanging import RequestMaker, Transport, TransportLimits
from suitebridge.adapters.transport.governor import Governor, Pace, Verdict

__all__ = [
    "Answer",
    "Governor",
    "HaltedError",
    "NotSent",
    "NotSentCause",
    "Pace",
    "RequestMaker",
    "Transport",
    "TransportLimits",
    "Uncertain",
    "Verdict",
    "WithdrawnError",
]
