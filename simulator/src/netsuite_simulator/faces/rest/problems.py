"""Problem documents of REST, reference §5.7: what the REST doors say when they refuse."""

from __future__ import annotations

import re
from http import HTTPStatus

from aiohttp import web

from netsuite_simulator.faces.answers import AnswerError, json_response
from netsuite_simulator.faces.refusing import MAINTENANCE_TEXT, Refusal, RefusedError
from netsuite_simulator.results import Rejection

CONTENT_TYPE = "application/vnd.oracle.resource+json; type=error"
LOGIN_DETAIL = (
    "Invalid login attempt. For more details, see the Login Audit Trail in the NetSuite UI at "
    "Setup > Users/Roles > User Management > View Login Audit Trail."
)
NO_PERMISSION = "Your current role does not have permission to perform this action."
NOT_FOUND = "The record instance does not exist. Provide a valid record instance ID."
_RFC = "https://www.w3.org/Protocols/rfc2616/rfc2616-sec10.html"
_REFERENCE_KEY = re.compile(r"Invalid (?P<field>\S+) reference key (?P<value>.+)\.")


class ProblemError(AnswerError):
    """A problem document as an exception; `path`, `parameter` and `header` say where the trouble is."""

    def __init__(
        self,
        status: int,
        code: str,
        detail: str,
        *,
        path: str | None = None,
        parameter: str | None = None,
        header: str | None = None,
        title: str | None = None,
    ) -> None:
        details = {"detail": detail, "o:errorCode": code}
        for name, value in (("o:errorPath", path), ("o:errorQueryParam", parameter), ("o:errorHeader", header)):
            if value is not None:
                details[name] = value
        document = {
            "type": _type_of(HTTPStatus.CONFLICT if title == HTTPStatus.CONFLICT.phrase else status),
            "title": title or HTTPStatus(status).phrase,
            "status": status,
            "o:errorDetails": [details],
        }
        super().__init__(json_response(document, status=status, content_type=CONTENT_TYPE))
        self.status = status
        self.code = code
        self.detail = detail


def not_allowed(request: web.Request, *allowed: str) -> ProblemError:
    """Refuse a method, and name those that an address takes."""
    error = ProblemError(405, "METHOD_NOT_ALLOWED", f"The method {request.method} is not allowed here.")
    error.response.headers["Allow"] = ", ".join(allowed)
    return error


def _type_of(status: int) -> str:
    if status == HTTPStatus.UNAUTHORIZED:  # its type ends without an anchor, reference §5.7
        return _RFC
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return f"{_RFC}#sec10.5.{status - 499}"
    return f"{_RFC}#sec10.4.{status - 399}" if status <= HTTPStatus.EXPECTATION_FAILED else f"{_RFC}#sec10.4"


def invalid_login() -> ProblemError:
    """Refuse a login without a reason."""
    return ProblemError(401, "INVALID_LOGIN", LOGIN_DETAIL)


def invalid_bearer(account_id: str) -> ProblemError:
    """Refuse an access token of OAuth 2.0 without a reason, reference §3.2."""
    error = invalid_login()
    said = f'Bearer realm="{account_id}", error="invalid_token", error_description="Invalid login attempt."'
    error.response.headers["WWW-Authenticate"] = said
    return error


def problem_of(rejection: Rejection) -> ProblemError:
    """Say a rejected write as REST does."""
    match rejection.code:
        case "INVALID_KEY_OR_REF" | "INVALID_FLD_VALUE":
            match = _REFERENCE_KEY.fullmatch(rejection.message)
            message = rejection.message
            if match is not None:
                message = f"You have entered an Invalid Field Value {match['value']} for the following field: {match['field']}"
            return ProblemError(
                400, "INVALID_CONTENT", f"Error while accessing resource: {message}", path=rejection.path
            )
        case "RCRD_DSNT_EXIST":
            return ProblemError(404, "NONEXISTENT_ID", NOT_FOUND)
        case "INSUFFICIENT_PERMISSION":
            return ProblemError(403, "INSUFFICIENT_PERMISSION", rejection.message)
        case "FEATURE_DISABLED":  # the code is SOAP's; that REST says it too is assumed
            return ProblemError(400, "FEATURE_DISABLED", rejection.message)
        case "EXTERNALID_REQD":
            return ProblemError(400, "INVALID_VALUE", rejection.message, path=rejection.path)
        case _:
            return ProblemError(400, "USER_ERROR", rejection.message, path=rejection.path)


def answer_of(refused: RefusedError) -> AnswerError:
    """Say a refused request as REST does."""
    page = refused.page()
    if page is not None:
        return AnswerError(page)
    match refused.reason:
        case Refusal.CONCURRENCY | Refusal.SESSION:
            detail = "Concurrent request limit exceeded. Request blocked."
            problem = ProblemError(429, "CONCURRENCY_LIMIT_EXCEEDED", detail)
        case Refusal.INVALID_LOGIN:
            problem = invalid_login()
        case _:  # the status is expected, the body is not documented (reference §6.4)
            problem = ProblemError(503, "ACCT_TEMP_UNAVAILABLE", MAINTENANCE_TEXT)
    problem.response.headers.update(refused.headers)
    return problem


def unexpected(error_id: str) -> web.Response:
    """Answer what the simulator itself did not foresee."""
    return ProblemError(500, "UNEXPECTED_ERROR", f"An unexpected error occurred. Error ID: {error_id}").response
