"""What people see on their way in by NetSuite: a question which company, a link there, or why they are not let in."""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus

from suitebridge.console import links
from suitebridge.console.forms import Field
from suitebridge.console.framing import in_window
from suitebridge.console.wording import Span, spans
from suitebridge.domain.errors import ErrorClass, Problem

_WAITS = "SB-AUTH-003"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignOnPage:
    """The question which company; `go_href` leads to NetSuite once that is known."""

    here_href: str
    field: Field
    wanted: str
    go_href: str
    sign_in_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedPage:
    """Why somebody is not let in. `again_href` begins anew, "" where that cannot help; `is_framed` opens it in a window of its own."""

    title: str
    said: str
    remedy: str
    again_href: str
    sign_in_href: str
    is_framed: bool

    @property
    def remedy_spans(self) -> tuple[Span, ...]:
        """The remedy with what is to be typed told apart."""
        return spans(self.remedy)


def sign_on_page(*, company: str, wanted: str) -> SignOnPage:
    """Write the question, or the link where it has been answered: a form may not lead to another site."""
    query = {"company": company, "next": wanted}
    return SignOnPage(
        here_href=links.address("sign-on"),
        field=Field(name="company", label="Company ID", value=company, autocomplete="organization"),
        wanted=wanted,
        go_href=links.address("sign-on", query=query) if company else "",
        sign_in_href=links.address("sign-in", query={"next": wanted}),
    )


def refused_page(problem: Problem, *, again_href: str, is_framed: bool = False) -> RefusedPage:
    """Say what was wrong, and what to do."""
    return RefusedPage(
        title=problem.title,
        said=problem.cause,
        remedy=problem.remedy,
        again_href=in_window(again_href),
        sign_in_href=in_window(links.address("sign-in")),
        is_framed=is_framed,
    )


def status_of(problem: Problem) -> HTTPStatus:
    """Give the status of a refusal."""
    if problem.code == _WAITS:
        return HTTPStatus.TOO_MANY_REQUESTS
    match problem.row.error_class:
        case ErrorClass.OUTAGE:
            return HTTPStatus.SERVICE_UNAVAILABLE
        case ErrorClass.REFERENCE_MISSING:
            return HTTPStatus.NOT_FOUND
        case _:
            return HTTPStatus.FORBIDDEN
