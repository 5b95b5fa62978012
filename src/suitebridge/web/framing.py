"""What carries pages within NetSuite: their path, their own cookie, and who may frame them (quality.md S07, S08).

The cookie is sent within frames of other sites, so it is another one than the console's, bound to the site that frames (Partitioned).
"""

from __future__ import annotations

from collections.abc import Callable, Container
from http.cookies import Morsel
from typing import Final

from django.conf import settings
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse
from django.urls import get_script_prefix, set_script_prefix

from suitebridge.bootstrap import House
from suitebridge.console.framing import MARK, WITHIN, is_framed
from suitebridge.domain.credentials import AccountId, AccountIdError

COOKIE: Final = "__Host-suitebridge-framed"
_RETURN: Final = "/sign-in/netsuite/return"


class FramedEntrance:
    """Leads what begins with the path of frames to its page, and says who may frame the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._answer = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer a request; links on a page within a frame stay within it."""
        is_return = request.path_info == _RETURN and request.GET.get("state", "").startswith(MARK)
        if not is_return and not request.path_info.startswith(f"{WITHIN}/"):
            return self._answer(request)
        request.path_info = request.path_info.removeprefix(WITHIN)
        request.within = True  # type: ignore[attr-defined]
        before = get_script_prefix()
        set_script_prefix(f"{WITHIN}/")
        try:
            response = self._answer(request)
        finally:
            set_script_prefix(before)
        origin = _origin_of(request)
        if origin:
            response.xframe_options_exempt = True
            response._csp_replace = {"frame-ancestors": [origin]}  # type: ignore[attr-defined]  # as the library's decorator does
        return response


class Sessions(SessionMiddleware):
    """The framework's sessions, with a cookie of their own within frames."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session that the cookie of this place names."""
        name = COOKIE if is_framed(request) else settings.SESSION_COOKIE_NAME
        request.session = self.SessionStore(request.COOKIES.get(name))

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        """Write the cookie, within a frame under its own name and with what lets it be sent there."""
        response = super().process_response(request, response)
        if is_framed(request) and settings.SESSION_COOKIE_NAME in response.cookies:
            given = response.cookies.pop(settings.SESSION_COOKIE_NAME)
            own: _PartitionedMorsel = _PartitionedMorsel()
            own.set(COOKIE, given.value, given.coded_value)
            own.update({**dict(given), "samesite": "None", "secure": True, "path": "/", "domain": ""})
            response.cookies[COOKIE] = own
        return response


class _PartitionedMorsel(Morsel[str]):
    """A cookie with an attribute that Python's library learns in 3.14 only."""

    def OutputString(self, attrs: Container[str] | None = None) -> str:  # noqa: N802  # the library's name
        """Write the cookie."""
        return f"{super().OutputString(attrs)}; Partitioned"


def _origin_of(request: HttpRequest) -> str:
    """Give the origin of the account whose pages may frame the answer, "" for nobody's."""
    house: House = request.house  # type: ignore[attr-defined]
    try:
        found = house.addresses(AccountId.parse(getattr(request, "framed_by", "")))
    except AccountIdError:
        return ""
    return found.pages or found.web_services
