"""Answers requests that get no page: the framework calls these by name, and `answer_error` for the house's own errors."""

from __future__ import annotations

import traceback
from http import HTTPStatus
from uuid import uuid4

import structlog
from django.http import HttpRequest, HttpResponse

from suitebridge.administration.refusing import note_problem
from suitebridge.bootstrap import House
from suitebridge.console.access import PermissionMissingError, Visit, open_visit
from suitebridge.console.refusals.page import (
    MALFORMED,
    NOT_FOUND,
    STALE_FORM,
    RefusalPage,
    accident,
    missing_permission,
    stopped,
)
from suitebridge.console.shell import Shell, surround
from suitebridge.console.showing import show_bare
from suitebridge.domain.errors import ErrorClass, SuiteBridgeError
from suitebridge.domain.people import Door

_TEMPLATE = "refusals/refusal.html"
_log = structlog.get_logger("suitebridge.console")


def answer_error(request: HttpRequest, error: Exception) -> HttpResponse | None:
    """Answer an error that a person can do something about; leave any other to the framework."""
    visit = _visit(request)
    match error:
        case PermissionMissingError() if visit is not None:
            return _refuse(request, missing_permission(error.permission, visit.user.role.name), HTTPStatus.FORBIDDEN)
        case SuiteBridgeError() if error.problem.row.error_class is ErrorClass.PERMISSION:
            if visit is not None:
                note_problem(visit.store, visit.user, error.problem, Door.CONSOLE)
            return _refuse(request, stopped(error.problem), HTTPStatus.FORBIDDEN)
        case SuiteBridgeError():
            return _refuse(request, stopped(error.problem), HTTPStatus.SERVICE_UNAVAILABLE)
        case _:
            return None


def malformed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that makes no sense, bare: nothing about the visitor can be relied on."""
    _ = exception
    return show_bare(request, _TEMPLATE, MALFORMED, shell=Shell(title=MALFORMED.title), status=HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer a request that the framework refuses."""
    _ = exception
    return _refuse(request, STALE_FORM, HTTPStatus.FORBIDDEN)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form without its token."""
    _ = reason
    return _refuse(request, STALE_FORM, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere; another company's records are nowhere."""
    _ = exception
    return _refuse(request, NOT_FOUND, HTTPStatus.NOT_FOUND)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer after an accident, with a number that finds it in the log."""
    trace = uuid4().hex[:12]
    # The traceback as plain text: the log library's own form would show the values of local variables (design §3, I7).
    _log.error("page failed", trace=trace, path=request.path, traceback=traceback.format_exc())
    page = accident(trace)
    return show_bare(request, _TEMPLATE, page, shell=Shell(title=page.title), status=HTTPStatus.INTERNAL_SERVER_ERROR)


def _refuse(request: HttpRequest, page: RefusalPage, status: HTTPStatus) -> HttpResponse:
    visit = _visit(request)
    shell = surround(visit, title=page.title, place="") if visit is not None else Shell(title=page.title)
    return show_bare(request, _TEMPLATE, page, shell=shell, status=status)


def _visit(request: HttpRequest) -> Visit | None:
    """Find who is there: from the route's guard, or from the session where no route was reached."""
    visit = getattr(request, "visit", None)
    if isinstance(visit, Visit):
        return visit
    house = getattr(request, "house", None)
    return open_visit(request, house) if isinstance(house, House) and hasattr(request, "user") else None
