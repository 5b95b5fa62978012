"""What somebody sees who opens the link of an invitation: whom it is for, and the form for a password."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.administration.inviting import ADVICE
from suitebridge.console import links
from suitebridge.console.forms import Field
from suitebridge.console.notices import Complaint
from suitebridge.domain.people import User
from suitebridge.ports.companies import Company

_HINT = f"At least 8 characters. {ADVICE}"
REPEATED = "The two passwords are not the same. Type both again."


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationPage:
    """The form. The token goes with it and is used up once the password is set."""

    here_href: str
    company_id: str
    company: str
    name: str
    user_id: str
    token: str
    fields: tuple[Field, ...]
    complaints: tuple[Complaint, ...]


def invitation_page(
    company: Company, user: User, *, token: str, weakness: str = "", differs: bool = False
) -> InvitationPage:
    """Write the form; what was typed as a password is never sent back."""
    problems = {"password": weakness, "repeated": REPEATED if differs else ""}
    return InvitationPage(
        here_href=links.address("invitation"),
        company_id=company.id,
        company=company.name,
        name=user.name,
        user_id=user.user_id,
        token=token,
        fields=password_fields(problems),
        complaints=tuple(Complaint(field=field, said=said) for field, said in problems.items() if said),
    )


def password_fields(problems: dict[str, str]) -> tuple[Field, ...]:
    """Write the two fields of a new password."""
    return (
        Field(
            name="password",
            label="New password",
            kind="password",
            hint=_HINT,
            problem=problems.get("password", ""),
            autocomplete="new-password",
        ),
        Field(
            name="repeated",
            label="New password, once more",
            kind="password",
            problem=problems.get("repeated", ""),
            autocomplete="new-password",
        ),
    )
