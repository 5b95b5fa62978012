"""What the sign-in page shows. It answers the same whether company, user or password is wrong."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.forms import Field

REFUSED = "The company, the user ID or the password is not right. Check all three and try again."


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInPage:
    """The form. `wanted` is where to go afterwards; `set_up_href` leads to the first-run page of an empty installation."""

    here_href: str
    fields: tuple[Field, ...]
    wanted: str
    refusal: str
    set_up_href: str


def sign_in_page(
    *, company: str = "", user: str = "", wanted: str = "", refusal: str = "", is_empty: bool = False
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
    )
