"""What every request goes through: it is given its house, and every answer its protective headers (quality.md S08, S25, S44)."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from suitebridge.api import problems
from suitebridge.api.access import Guard as ApiGuard
from suitebridge.console.access import Guard as PageGuard
from suitebridge.console.framing import is_framed
from suitebridge.console.policy_reports.reading import REPORTS, REPORTS_PATH
from suitebridge.console.refusals.views import answer_error, stale_form
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.web import houses
from suitebridge.webhooks.guards import Guard as PushGuard

Answer = Callable[[HttpRequest], HttpResponse]
_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_OWN_SITES = frozenset({"", "same-origin", "none"})
_YEAR_SECONDS = 31_536_000
API = "/api/"
GUARDS = (PageGuard, ApiGuard, PushGuard)
"""What a view must be: each of them is made with what its route needs, and there is no other way to an answer."""


class ProtectiveHeaders:
    """Adds what the framework leaves out: no caching of pages, no browser features, TLS for good where there is TLS."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer with headers. Where browsers come over TLS, the proxy that ends it speaks plainly to us: the setting knows better."""
        if settings.SESSION_COOKIE_SECURE:
            request.META["wsgi.url_scheme"] = "https"
        response = self._answer(request)
        if not request.path.startswith(settings.STATIC_URL):
            response["Cache-Control"] = "no-store"
        response["Reporting-Endpoints"] = f'{REPORTS}="{REPORTS_PATH}"'
        response["Permissions-Policy"] = "camera=(), geolocation=(), microphone=(), payment=(), usb=()"
        response["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.SESSION_COOKIE_SECURE:
            response["Strict-Transport-Security"] = f"max-age={_YEAR_SECONDS}"
        return response


class HouseEntrance:
    """Gives requests their house, refuses views without a declared permission and changes sent from other sites."""

    def __init__(self, get_response: Answer) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request in."""
        request.house = houses.current()  # type: ignore[attr-defined]
        request.invitation = houses.invitation()  # type: ignore[attr-defined]
        request.rates = houses.rates()  # type: ignore[attr-defined]
        is_foreign = request.headers.get("Sec-Fetch-Site", "") not in _OWN_SITES
        if is_foreign and request.method not in _SAFE_METHODS:
            is_api = request.path.startswith(API)
            return problems.answer(request, Problem(code="SB-API-008")) if is_api else stale_form(request)
        return self._answer(request)

    def process_view(self, request: HttpRequest, view: object, _args: object, _parts: object) -> HttpResponse | None:
        """Answer nobody from a view that declares nothing, and within a frame nobody but pages."""
        guards = PageGuard if is_framed(request) else GUARDS
        return None if isinstance(view, guards) else HttpResponse(status=HTTPStatus.NOT_FOUND)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Tell people, and programs, what they can do something about."""
        if isinstance(error, SuiteBridgeError) and request.path.startswith(API):
            return problems.answer(request, error.problem)
        return answer_error(request, error)
