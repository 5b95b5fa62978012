"""What NetSuite's refusals mean: SOAP faults, REST codes and HTTP statuses, status codes of single records.

One table per kind of code, and nothing decided elsewhere. Codes from netsuite-api.md §2.6, §4.8, §4.9, §5.7, §6.2.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from dataclasses import dataclass

from suitebridge.adapters.netsuite.status_codes import StatusKind, kind_of_all
from suitebridge.wire.http import Response
from suitebridge.wire.rest.problems import read_problem
from suitebridge.wire.soap.envelopes import open_answer
from suitebridge.wire.soap.faults import Fault, read_fault
from suitebridge.wire.soap.statuses import Status
from suitebridge.wire.xml import Element, UnreadableXmlError


class Turn(enum.Enum):
    """How a request as a whole ended, when it did not end well. All but the last five say that nothing was carried out."""

    LOGIN = "sign-in refused"
    PERMISSION = "permission missing"
    THROTTLED = "too many requests"
    MAINTENANCE = "account not available"
    UNSUPPORTED = "version or feature not supported"
    MALFORMED = "request not understood"
    STRANGER = "answered by somebody else"
    REDIRECTED = "sent elsewhere"
    BROKEN = "server error"
    UNREADABLE = "answer not readable"
    UNKNOWN = "code that nobody knows"


UNSETTLED = frozenset({Turn.STRANGER, Turn.REDIRECTED, Turn.BROKEN, Turn.UNREADABLE, Turn.UNKNOWN})
"""Ends after which a write may have been carried out all the same."""

STOPPING = frozenset({Turn.LOGIN, Turn.PERMISSION, Turn.MAINTENANCE, Turn.UNSUPPORTED, Turn.STRANGER})
"""Ends that the next request would share."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refusal:
    """How a request ended, NetSuite's words, and the fields it named. `is_of_record`: the next record need not share it.

    `is_page`: a page for people came, which no door of NetSuite's ever sends. `is_of_maintenance`: it tells of maintenance, and not what came of the request.
    """

    turn: Turn
    said: str
    codes: tuple[str, ...] = ()
    paths: tuple[str, ...] = ()
    is_of_record: bool = False
    is_page: bool = False
    is_of_maintenance: bool = False
    status: int = 0

    @property
    def is_maintenance(self) -> bool:
        """Whether NetSuite says that the account is being maintained."""
        return self.turn is Turn.MAINTENANCE or self.is_of_maintenance

    @property
    def feature(self) -> str:
        """The feature that is off, where that is the reason; "" otherwise."""
        if not _FEATURES.isdisjoint(self.codes):
            return feature_named(self.said)
        named = _FEATURE_OFF.search(self.said)
        return named.group(1) if named is not None else ""


_CODES = {
    "INVALID_LOGIN": Turn.LOGIN,
    "INVALID_LOGIN_ATTEMPT": Turn.LOGIN,
    "INVALID_LOGIN_CREDENTIALS": Turn.LOGIN,
    "INVALID_ACCT": Turn.LOGIN,
    "LOGIN_DISABLED": Turn.LOGIN,
    "WS_LOG_IN_REQD": Turn.LOGIN,
    "SESSION_TIMED_OUT": Turn.LOGIN,
    "INSUFFICIENT_PERMISSION": Turn.PERMISSION,
    "INVALID_ROLE": Turn.PERMISSION,
    "ROLE_REQUIRED": Turn.PERMISSION,
    "WS_PERMISSION_REQD": Turn.PERMISSION,
    "WS_FEATURE_REQD": Turn.PERMISSION,
    "OI_PERMISSION_REQD": Turn.PERMISSION,
    "OI_FEATURE_REQD": Turn.PERMISSION,
    "FEATURE_DISABLED": Turn.PERMISSION,
    "WS_REQUEST_BLOCKED": Turn.THROTTLED,
    "WS_CONCUR_SESSION_DISALLWD": Turn.THROTTLED,
    "CONCURRENCY_LIMIT_EXCEEDED": Turn.THROTTLED,
    "SSS_REQUEST_LIMIT_EXCEEDED": Turn.THROTTLED,
    "ACCT_TEMP_UNAVAILABLE": Turn.MAINTENANCE,
    "INVALID_WS_VERSION": Turn.UNSUPPORTED,
    "UNSUPPORTED_WS_VERSION": Turn.UNSUPPORTED,
    "MAX_RCRDS_EXCEEDED": Turn.MALFORMED,
    "UNEXPECTED_ERROR": Turn.BROKEN,
}
_FAULTS = {
    "invalidCredentialsFault": Turn.LOGIN,
    "invalidAccountFault": Turn.LOGIN,
    "invalidSessionFault": Turn.LOGIN,
    "insufficientPermissionFault": Turn.PERMISSION,
    "exceededConcurrentRequestLimitFault": Turn.THROTTLED,
    "exceededRequestLimitFault": Turn.THROTTLED,
    "exceededUsageLimitFault": Turn.THROTTLED,
    "exceededRecordCountFault": Turn.MALFORMED,
    "exceededRequestSizeFault": Turn.MALFORMED,
    "invalidVersionFault": Turn.UNSUPPORTED,
}
_TOLD_WHOLE = frozenset({Turn.BROKEN, Turn.UNKNOWN})
_STATUSES = {401: Turn.LOGIN, 403: Turn.PERMISSION, 429: Turn.THROTTLED}
_LOOKED_AT = frozenset({400, 404, 405, 406, 409, 410, 411, 412, 413, 414, 415, 422, 428, 431})
"""Statuses that say for certain that the request was refused as it is. Any other one of the four hundreds is doubt: a gateway's 408 may come late."""

_NO_PERMISSION = re.compile(r"does not have permission|permission violation|higher level of the", re.IGNORECASE)
_NO_TABLE = re.compile(r"\bRecord '[^']*' was not found")
_MAINTENANCE = re.compile(r"scheduled maintenance|currently unavailable while", re.IGNORECASE)
_FEATURE_OFF = re.compile(r"\b(?:The )?([A-Z][\w.&-]*(?: [A-Z\d][\w.&-]*)*) feature is not enabled")
_PAGE_BYTES = 16_384
_FEATURES = frozenset({"WS_FEATURE_REQD", "OI_FEATURE_REQD", "FEATURE_DISABLED"})
_NAMED_PERMISSION = re.compile(r"'([^']+)' permission")


def rest_refusal(response: Response) -> Refusal | None:
    """Read a REST answer that is no success; None for one in the two hundreds."""
    status = response.status
    if 200 <= status < 300:
        return None
    problem = read_problem(response.body) if response.is_json else None
    said = f"{problem.said} (HTTP {status})" if problem is not None else f"HTTP {status}{_glimpse(response)}"
    codes = () if problem is None else problem.codes
    turn = next((_CODES[code] for code in codes if code in _CODES), None)
    if turn is None:
        turn = Turn.STRANGER if _is_of_stranger(response) else _weighed(_turn_of_status(status, said), codes)
    if turn in _TOLD_WHOLE:
        said = _with_codes(said, codes)
    return Refusal(
        turn=turn,
        said=said,
        codes=codes,
        paths=() if problem is None else problem.paths,
        status=status,
        is_page=is_page(response),
        is_of_maintenance=turn is not Turn.MAINTENANCE and _tells_maintenance(response),
        is_of_record=turn is Turn.PERMISSION and ("FEATURE_DISABLED" in codes or _is_of_type(said)),
    )


def _weighed(turn: Turn, codes: tuple[str, ...]) -> Turn:
    """Take a refusal back whose code nobody knows: it may tell of a record that was stored."""
    is_unknown = turn is Turn.MALFORMED and codes and kind_of_all(codes) is StatusKind.DOUBTFUL
    return Turn.UNKNOWN if is_unknown else turn


def _with_codes(said: str, codes: Iterable[str]) -> str:
    """Keep the codes that nobody here knows in a sentence: they are the only word that others can look up."""
    named = ", ".join(dict.fromkeys(code for code in codes if code and code not in _CODES and code not in said))
    return f"{named}: {said}" if named else said


def _is_of_type(said: str) -> bool:
    # A permission that NetSuite names belongs to a record type or a field; that of web services as a whole it leaves unnamed (§2.6).
    return _NAMED_PERMISSION.search(said) is not None


def _turn_of_status(status: int, said: str) -> Turn:
    known = _STATUSES.get(status)
    if known is not None:
        return known
    if _MAINTENANCE.search(said):
        return Turn.MAINTENANCE
    # A table that the role may not see behaves like an unknown one (netsuite-api.md §5.11).
    if _NO_PERMISSION.search(said) or _NO_TABLE.search(said):
        return Turn.PERMISSION
    if 300 <= status < 400:
        return Turn.REDIRECTED
    return Turn.MALFORMED if status in _LOOKED_AT else Turn.BROKEN


def open_soap(response: Response) -> Element | Refusal:
    """Open a SOAP answer: the operation's element, or how the request ended."""
    try:
        element = open_answer(response.body)
    except UnreadableXmlError as error:
        return _unreadable(response, str(error))
    fault = read_fault(element)
    if fault is not None:
        turn, codes = _turn_of_fault(fault), (fault.code,) if fault.code else ()
        said = fault.message or fault.kind or fault.faultcode
        return Refusal(turn=turn, said=_with_codes(said, codes) if turn in _TOLD_WHOLE else said, codes=codes)
    if response.status != 200:
        return Refusal(turn=Turn.BROKEN, said=f"HTTP {response.status} around an ordinary answer")
    return element


def refusal_of_status(status: Status) -> Refusal:
    """Read the status of a request that asked for something and failed as a whole."""
    codes = tuple(detail.code for detail in status.errors)
    turn = next((_CODES[code] for code in codes if code in _CODES), None)
    if turn is None:
        turn = Turn.PERMISSION if _NO_PERMISSION.search(status.said) else _weighed(Turn.MALFORMED, codes)
    said = _with_codes(status.said, codes) if turn in _TOLD_WHOLE else status.said
    return Refusal(turn=turn, said=said, codes=codes)


def _turn_of_fault(fault: Fault) -> Turn:
    if _MAINTENANCE.search(fault.message):
        return Turn.MAINTENANCE
    known = _FAULTS.get(fault.kind) or _CODES.get(fault.code)
    if known is not None:
        return known
    return Turn.MALFORMED if fault.is_senders else Turn.BROKEN


def _unreadable(response: Response, reason: str) -> Refusal:
    status = response.status
    if status == 200:
        kind = f" ({response.media_type or 'no content type'})" if not response.is_xml else ""
        return Refusal(turn=Turn.UNREADABLE, said=f"{reason}{kind}", is_page=is_page(response), status=status)
    # Without a fault only these statuses say for certain that nothing was carried out; a 503 may come after a commit (F12).
    doubt = Turn.REDIRECTED if 300 <= status < 400 else Turn.BROKEN
    turn = Turn.STRANGER if _is_of_stranger(response) else _STATUSES.get(status, doubt)
    return Refusal(
        turn=turn,
        said=f"HTTP {status}{_glimpse(response)}",
        is_page=is_page(response),
        is_of_maintenance=_tells_maintenance(response),
        status=status,
    )


def _tells_maintenance(response: Response) -> bool:
    """Whether a page or a text without form tells of maintenance in NetSuite's words (§4.9)."""
    return _MAINTENANCE.search(response.body[:_PAGE_BYTES].decode("utf-8", "replace")) is not None


def _is_of_stranger(response: Response) -> bool:
    # Sign-ins, limits and outages are told by pages, too.
    return is_page(response) and 400 <= response.status < 500 and response.status not in {401, 429}


def is_page(response: Response) -> bool:
    """Whether an answer is a web page: a proxy's, a sign-in page's or a maintenance page's, but never a web service's."""
    return response.media_type in {"text/html", "application/xhtml+xml"}


def _glimpse(response: Response) -> str:
    if 300 <= response.status < 400:
        return f", a redirect to {response.headers.get('location', 'nowhere')[:100]!r}, which was not followed"
    return f" with {response.media_type}" if response.media_type else ""


def permission_named(said: str, otherwise: str) -> str:
    """Give the permission that NetSuite's sentence names, or the one that is usually missing."""
    found = _NAMED_PERMISSION.search(said)
    return found.group(1) if found is not None else otherwise


def feature_named(said: str) -> str:
    """Give the feature that NetSuite's sentence calls switched off."""
    named = _FEATURE_OFF.search(said)
    return named.group(1) if named is not None else "the feature that NetSuite names"


class RecordTurn(enum.Enum):
    """How one record of a list ended, when it did not end well."""

    REFUSED = "refused"
    THROTTLED = "turned away"
    DOUBTFUL = "doubtful"


def record_turn(status: Status) -> RecordTurn:
    """Say whether a record's failure is certain. A script that failed afterwards leaves the record stored (§4.8)."""
    kind = kind_of_all(detail.code for detail in status.errors)
    if status.is_after_submit or kind is StatusKind.DOUBTFUL:
        return RecordTurn.DOUBTFUL
    return RecordTurn.THROTTLED if kind is StatusKind.THROTTLED else RecordTurn.REFUSED


_UNSAID = frozenset({StatusKind.DOUBTFUL, StatusKind.THROTTLED, StatusKind.FEATURE, StatusKind.REFUSED})
"""Kinds that say nothing more of a record that REST has refused for certain: its words and the paths of fields do."""
_EXISTS = re.compile(r"\balready exists\b|\balready been used\b|\bduplicate\b|\bmust be unique\b", re.IGNORECASE)
_INVALID_FIELD = re.compile(r"Invalid Field Value .* for the following field: (\w+)")


def rest_record_code(refusal: Refusal, references: frozenset[str]) -> str:
    """Give the house's error code of a record that REST refused; `references` are the record's reference properties in lower case.

    REST has few codes and tells by its words and the path of the field what SOAP tells by a code (§5.7).
    """
    if refusal.turn is Turn.PERMISSION:
        return "NS-PERM-001"
    kind = kind_of_all(refusal.codes)
    if kind not in _UNSAID:
        return kind.value
    if _EXISTS.search(refusal.said):
        return StatusKind.DUPLICATE.value
    invalid = _INVALID_FIELD.search(refusal.said)
    if invalid is not None:
        named = {path.rpartition(".")[2].lower() for path in refusal.paths} | {invalid.group(1).lower()}
        if named & references:
            return "NS-REF-001"
    return "NS-DATA-001"


def said_in_doubt(status: Status) -> str:
    """Give what NetSuite said of a record that may be stored, with the codes that it said it by."""
    return _with_codes(status.said, (detail.code for detail in status.errors))


def record_code(status: Status) -> str:
    """Give the house's error code of a refused record."""
    return kind_of_all(detail.code for detail in status.errors).value or StatusKind.REFUSED.value
