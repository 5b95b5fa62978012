"""What the sign-in page shows. It answers the same whether company, user or password is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.forms import Field

REFUSED = "The company, the user ID or the password is not right. Check all three and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The form. `wanted` is where to go afterwards; `set_up_href` leads to the first-run page of an empty installation, `sign_on_href` to NetSuite."""

    here_href: str
    fields: tuple[Field, ...]
    wanted: str
    refusal: str
    set_up_href: str
    sign_on_href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CodePage:
    """The second step."""

    here_href: str
    again_href: str
    field: Field
    refusal: str


def code_page(*, refusal: str = "") -> CodePage:
    """Write the form of the second step; a code is never sent back."""
    hint = "Six digits of your authenticator app, or one of your recovery codes."
    return CodePage(
        here_href=links.address("sign-in-code"),
        again_href=links.address("sign-in"),
        field=Field(name="code", label="Code", hint=hint, autocomplete="one-time-code"),
        refusal=refusal,
    )


def sign_in_page(
    *,
    company: str = "",
    user: str = "",
    wanted: str = "",
    refusal: str = "",
    is_empty: bool = False,
    has_sign_on: bool = False,
) -> SignInPage:
    """Write the form with what was typed, the password left out."""
    return SignInPage(
        here_href=links.address("sign-in"),
        fields=(
            Field(name="company", label="Company ID", value=company, autocomplete="organization"),
            Field(name="user", label="User ID", value=user, autocomplete="username"),
            Field(name="password", label="Password", kind="password", autocomplete="current-password"),
        ),
        wanted=wanted,
        refusal=refusal,
        set_up_href=links.address("first-run") if is_empty else "",
        sign_on_href=links.address("sign-on", query={"next": wanted}) if has_sign_on else "",
    )
