"""What the first-run page shows, and what of its form can be judged before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.forms import Field, FieldGroup

_COMPANY = (
    Field(name="company_name", label="Company name", autocomplete="organization"),
    Field(
        name="company_id",
        label="Company ID",
        hint="Short, typed at each sign-in: letters, digits, hyphens and underscores. It cannot be changed later.",
    ),
    Field(name="zone", label="Time zone", kind="select", hint="Pages show times in this zone."),
)
_ADMINISTRATOR = (
    Field(name="first", label="First name", autocomplete="given-name"),
    Field(name="last", label="Last name", autocomplete="family-name"),
    Field(name="email", label="E-mail", kind="email", autocomplete="email"),
    Field(name="user_id", label="User ID", hint="What you sign in with.", autocomplete="username"),
    Field(
        name="password",
        label="Password",
        kind="password",
        hint="At least 8 characters; 15 or more are better. A few words make a good one.",
        autocomplete="new-password",
    ),
    Field(name="repeated", label="Password, once more", kind="password", autocomplete="new-password"),
)
_TOKEN = (
    Field(
        name="token",
        label="Set-up token",
        hint="“suitebridge serve” printed it when it started. It is good for 15 minutes; start the server again for a new one.",
    ),
)
_GROUPS = (("Permission", _TOKEN), ("Company", _COMPANY), ("First administrator", _ADMINISTRATOR))
_OPTIONAL = frozenset({"email"})
FIELD_NAMES = tuple(field.name for _, fields in _GROUPS for field in fields)


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstRunPage:
    """The form; `problems` repeats what is wrong for the summary on top."""

    here_href: str
    groups: tuple[FieldGroup, ...]
    problems: tuple[Field, ...]
    refusal: str


def first_run_page(
    *,
    typed: Mapping[str, str],
    problems: Mapping[str, str],
    zones: tuple[str, ...],
    refusal: str = "",
) -> FirstRunPage:
    """Write the form with what was typed, passwords left out."""
    groups = tuple(
        FieldGroup(title=title, fields=tuple(_filled(field, typed, problems, zones) for field in fields))
        for title, fields in _GROUPS
    )
    return FirstRunPage(
        here_href=links.address("first-run"),
        groups=groups,
        problems=tuple(field for group in groups for field in group.fields if field.problem),
        refusal=refusal,
    )


def judge(typed: Mapping[str, str], *, zones: tuple[str, ...]) -> dict[str, str]:
    """Say what is wrong with what was typed, by field."""
    labels = {field.name: field.label for _, fields in _GROUPS for field in fields}
    problems = {
        name: f"{labels[name]} is missing."
        for name in FIELD_NAMES
        if name not in _OPTIONAL and not typed.get(name, "").strip()
    }
    if "zone" not in problems and typed["zone"] not in zones:
        problems["zone"] = "This time zone is not known here. Choose one from the list."
    if not problems.keys() & {"password", "repeated"} and typed["password"] != typed["repeated"]:
        problems["repeated"] = "The two passwords are not the same. Type both again."
    return problems


def _filled(field: Field, typed: Mapping[str, str], problems: Mapping[str, str], zones: tuple[str, ...]) -> Field:
    return Field(
        name=field.name,
        label=field.label,
        value="" if field.kind == "password" else typed.get(field.name, ""),
        hint=field.hint,
        problem=problems.get(field.name, ""),
        kind=field.kind,
        autocomplete=field.autocomplete,
        options=zones if field.kind == "select" else (),
    )
