"""Pages as HTML: one template, every value escaped, never kept in a cache or shown in a frame; one site may be framed.

Refuses to know accounts and what pages mean.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from aiohttp import web
from jinja2 import Environment, PackageLoader, StrictUndefined

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import Link, Page

_POLICY = "Content-Security-Policy"
SECURITY_HEADERS = {
    _POLICY: (
        "default-src 'none'; style-src 'self'; img-src data:; form-action 'self'; frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cache-Control": "no-store",
}
_TEMPLATES = Environment(
    loader=PackageLoader("netsuite_simulator.faces.setup", "templates"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)

Menu = Sequence[tuple[str, Sequence[tuple[str, Sequence[Link]]]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """Who sits before a page: names, the menu of their role, the token of their forms."""

    user: str
    role: str
    token: str
    menu: Menu


def html(page: Page, *, account_id: str, here: str, seat: Seat | None, token: str = "") -> web.Response:
    """Answer with a page; `token` is that of a form that comes before a session."""
    text = _TEMPLATES.get_template("page.html").render(
        page=page,
        account=account_id,
        here=here,
        seat=seat,
        token=token,
        style=paths.STYLE,
        home=paths.HOME,
        sign_out=paths.SIGN_OUT,
    )
    headers = dict(SECURITY_HEADERS)
    if page.frame is not None:
        headers[_POLICY] += f"; frame-src 'self' {page.frame.origin}"
    return web.Response(status=page.status, text=text, content_type="text/html", headers=headers)


def stylesheet() -> web.Response:
    """Answer with the one stylesheet."""
    loader = _TEMPLATES.loader
    assert loader is not None
    text, _, _ = loader.get_source(_TEMPLATES, "style.css")
    return web.Response(text=text, content_type="text/css", headers={"X-Content-Type-Options": "nosniff"})
