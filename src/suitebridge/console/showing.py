"""Turns a page value into a page. Templates see the frame and the page value, nothing else (design §7.12)."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from suitebridge.console.access import Visit
from suitebridge.console.framing import is_framed
from suitebridge.console.shell import Shell, surround


def show(
    visit: Visit, template: str, page: object, *, title: str, place: str, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show a page within the visitor's frame."""
    return show_bare(visit.request, template, page, shell=surround(visit, title=title, place=place), status=status)


def show_part(visit: Visit, template: str, page: object) -> HttpResponse:
    """Show a part of a page, for a poll."""
    return render(visit.request, template, {"page": page})


def show_bare(
    request: HttpRequest, template: str, page: object, *, shell: Shell, status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    """Show a page in a frame that is given."""
    return render(request, template, {"shell": shell, "page": page, "is_framed": is_framed(request)}, status=status)
