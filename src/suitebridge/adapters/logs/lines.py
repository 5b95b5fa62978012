"""Log lines: one record, one line, with named fields only (quality.md S35). It refuses to know what is logged.

The first line of defense is that nobody logs a body, a header or a secret; the second is here: fields that are not listed are left out,
and what looks like a secret is struck out. To a machine a line is JSON; to a person at a terminal it begins with time and level.
"""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import MutableMapping
from typing import IO, Any, Final

import structlog
from structlog.typing import EventDict, Processor

from suitebridge.adapters.logs.repeats import Repeats

STRUCK_OUT: Final = "<secret>"
FIELDS: Final = frozenset(
    {
        *("event", "level", "logger", "timestamp", "exception", "stack"),
        *("trace", "path", "traceback", "run", "company", "workflow"),
        *("directive", "blocked", "page", "source"),
        *("actor", "subject", "door", "address", "sequence", "hash", "signature", "kind"),
    }
)
"""What a line may hold. A field that somebody adds to a call appears here first, after somebody has thought about it."""

SECURITY: Final = "suitebridge.security"
"""The logger of security events and signed checkpoints, which a log shipper carries off the machine (quality.md S55, S56)."""

_WORDS: Final = (
    *("secret", "password", "passwd", "token", "signature", "nonce", "cookie", "credential", "session", "csrf"),
    *("authorization", "consumer_key", "api_?key", "master_?key"),
)
_NAMED: Final = re.compile(
    rf"(?i)([\w.-]*(?:{'|'.join(_WORDS)})[\w.-]*[\"']?\s*[:=]\s*)(\"[^\"]*\"|'[^']*'|(?:oauth|bearer|basic)\s[^\n]*|[^\s,;&<>]+)"
)
_SCHEME: Final = re.compile(r"(?i)\b((?:bearer|basic|oauth)\s+)[\w.~+/=-]{8,}")
_ADDRESS: Final = re.compile(r"(://[^:/@\s]*:)[^@/\s]+@")
_BREAKS: Final = {number: repr(chr(number))[1:-1] for number in (*range(32), *range(127, 160), 0x2028, 0x2029)}
_LOUD: Final = ("dbos", "waitress", "django", "aiohttp", "asyncio")
"""Libraries that may bring an output of their own."""


def strike_out(text: str) -> str:
    """Strike out what stands behind the name of a secret, an authorization scheme, or as password in an address."""
    named = _NAMED.sub(rf"\1{STRUCK_OUT}", text)
    return _ADDRESS.sub(rf"\1{STRUCK_OUT}@", _SCHEME.sub(rf"\1{STRUCK_OUT}", named))


def keep_listed(_logger: object, _method: str, event: EventDict) -> EventDict:
    """Leave out fields that are not listed, and strike out secrets in those that are."""
    return {name: strike_out(str(value)) for name, value in event.items() if name in FIELDS and value is not None}


def write_for_people(_logger: object, _method: str, event: MutableMapping[str, Any]) -> str:
    """Write a line that a person reads; what would begin another line is written as its escape."""
    told = dict(event)
    head = f"{told.pop('timestamp', '')} {told.pop('level', '')} {told.pop('logger', '')}: {told.pop('event', '')}"
    return " ".join((head, *(f"{name}={value}" for name, value in told.items()))).translate(_BREAKS)


class _StandardError(logging.StreamHandler[IO[str]]):
    """Writes to what is standard error at that moment; a line that is said again and again is counted instead.

    What concerns security is told in full: each of those lines stands for an entry of the trail, which has a pace of its own.
    """

    def __init__(self) -> None:
        logging.Handler.__init__(self)
        self._repeats = Repeats()

    def emit(self, record: logging.LogRecord) -> None:
        """Write a record, or count it."""
        written = (record,) if record.name == SECURITY else self._repeats.pass_on(record)
        for one in written:
            super().emit(one)

    def close(self) -> None:
        """Tell what was held back."""
        for one in self._repeats.rest():
            super().emit(one)
        super().close()

    @property
    def stream(self) -> IO[str]:
        """Give standard error."""
        return sys.stderr

    @stream.setter
    def stream(self, _stream: IO[str]) -> None:
        """Stay with standard error."""


def route_logs(level: int, *, is_serving: bool = False) -> None:
    """Send every logger's records to standard error, the house's from a level on, the libraries' from INFO on at most.

    What concerns security goes out of a process that serves whatever the level, except to a person at a terminal; a command that
    somebody wants quiet is quiet: the trail holds it all the same.
    """
    line = structlog.stdlib.ProcessorFormatter(
        foreign_pre_chain=_preparing(),
        processors=[
            structlog.stdlib.ProcessorFormatter.remove_processors_meta,
            structlog.processors.format_exc_info,
            keep_listed,
            write_for_people if sys.stderr.isatty() else structlog.processors.JSONRenderer(ensure_ascii=True),
        ],
    )
    handler = _StandardError()
    handler.setFormatter(line)
    root = logging.getLogger()
    for earlier in [one for one in root.handlers if isinstance(one, _StandardError)]:
        root.removeHandler(earlier)
        earlier.close()
    root.addHandler(handler)
    root.setLevel(max(level, logging.INFO))
    logging.getLogger("suitebridge").setLevel(level)
    is_shipped = is_serving and not sys.stderr.isatty()
    logging.getLogger(SECURITY).setLevel(min(level, logging.INFO) if is_shipped else level)
    for name in _LOUD:
        logger = logging.getLogger(name)
        # One that finds a handler adds none of its own.
        logger.handlers = [logging.NullHandler()]
        logger.propagate = True
    structlog.configure(
        processors=[*_preparing(), structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )


def _preparing() -> list[Processor]:
    return [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.PositionalArgumentsFormatter(),
        structlog.stdlib.ExtraAdder(allow=FIELDS),
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
