"""The pages of the OAuth face as HTML: sign in, consent, and why neither can be (reference §3.2; how they look is assumed).

Plain, without scripts, never kept in a cache or shown in a frame. Refuses to know accounts.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape

from aiohttp import web

STYLE = (
    "body{font:16px/1.5 sans-serif;color:#222;background:#f4f5f6;margin:0}"
    "main{max-width:28rem;margin:3rem auto;padding:1.5rem 2rem;background:#fff;border:1px solid #767676}"
    "h1{font-size:1.4rem;margin-top:0}label{display:block;margin:1rem 0 .25rem}"
    "input,select,button{font:inherit;padding:.5rem;box-sizing:border-box}"
    "input,select{width:100%;border:1px solid #555}button{margin:1.5rem .5rem 0 0;border:1px solid #24476b}"
    "button[value=allow],button[value=sign-in]{background:#24476b;color:#fff}"
    "[role=alert]{border-left:4px solid #a40000;padding:.25rem .75rem}"
)
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# No form-action: browsers hold it against redirects, and a consent ends in one to the application.
SECURITY_HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; frame-ancestors 'none'; base-uri 'none'",
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


def page(title: str, content: str, *, status: int = 200) -> web.Response:
    """Answer with a page; `content` is HTML whose texts are escaped already."""
    text = (
        f'<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)} - NetSuite simulator</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head>'
        f"<body><main><h1>{escape(title)}</h1>{content}</main></body></html>"
    )
    return web.Response(status=status, text=text, content_type="text/html", headers=SECURITY_HEADERS)


def sorry(message: str, *, status: int = 400) -> web.Response:
    """Say why nothing can be asked here."""
    return page("This request cannot be carried out", f'<p role="alert">{escape(message)}</p>', status=status)


def sign_in(
    *, account_id: str, application: str, token: str, email: str = "", refusal: str | None = None
) -> web.Response:
    """Ask for email address and password."""
    told = "" if refusal is None else f'<p role="alert">{escape(refusal)}</p>'
    return page(
        "Sign in",
        f"<p>{escape(application)} asks for access to account {escape(account_id)}.</p>{told}"
        f'<form method="post">{_hidden("token", token)}'
        '<label for="email">Email address</label>'
        f'<input id="email" name="email" type="email" autocomplete="username" required value="{escape(email)}">'
        '<label for="password">Password</label>'
        '<input id="password" name="password" type="password" autocomplete="current-password" required>'
        '<button name="act" value="sign-in">Sign in</button></form>',
    )


def consent(
    *, application: str, user: str, token: str, roles: Sequence[tuple[str, str]], chosen: str, scopes: Sequence[str]
) -> web.Response:
    """Ask a signed-in user; `roles` are ids and names, `scopes` what they are called."""
    options = "".join(
        f'<option value="{escape(role_id)}"{" selected" if role_id == chosen else ""}>{escape(name)}</option>'
        for role_id, name in roles
    )
    asked = "".join(f"<li>{escape(scope)}</li>" for scope in scopes)
    return page(
        "Allow access",
        f"<p>{escape(application)} asks to act for {escape(user)} with:</p><ul>{asked}</ul>"
        f'<form method="post">{_hidden("token", token)}'
        f'<label for="role">Role</label><select id="role" name="role">{options}</select>'
        '<button name="act" value="allow">Continue</button><button name="act" value="deny">Cancel</button></form>',
    )


def _hidden(name: str, value: str) -> str:
    return f'<input type="hidden" name="{name}" value="{escape(value)}">'
