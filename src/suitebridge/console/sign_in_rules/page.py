"""What the page of the sign-in rules shows."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.forms import Field
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.sessions import FEWEST_MINUTES, IDLE_MINUTES, LABELS, LONGEST_MINUTES, SignInRules


@dataclass(frozen=True, slots=True, kw_only=True)
class SignInRulesPage:
    """The form, with every problem beside its field. `lacking` tells which administrators have no second factor yet."""

    here_href: str
    list_href: str
    was: str
    fields: tuple[Field, ...]
    demands: bool
    lacking: str
    complaints: tuple[Complaint, ...]
    notice: Notice | None
    done: str


def sign_in_rules_page(
    rules: SignInRules,
    *,
    was: str,
    lacking: tuple[str, ...],
    problems: tuple[tuple[str, str], ...] = (),
    notice: Notice | None = None,
    done: str = "",
) -> SignInRulesPage:
    """Write the page; `was` is the mark of the rules that a change is about."""
    found = dict(problems)
    fields = (
        ("idle_minutes", rules.idle_minutes, IDLE_MINUTES),
        ("longest_minutes", rules.longest_minutes, LONGEST_MINUTES),
    )
    return SignInRulesPage(
        here_href=links.address("sign-in-rules"),
        list_href=links.address("people"),
        was=was,
        fields=tuple(
            Field(
                name=name,
                label=LABELS[name],
                value=str(value),
                hint=f"From {FEWEST_MINUTES} to {most}.",
                problem=found.get(name, ""),
            )
            for name, value, most in fields
        ),
        demands=rules.demands_second_factor,
        lacking=", ".join(lacking),
        complaints=tuple(Complaint(field=field, said=said) for field, said in problems),
        notice=notice,
        done=done,
    )
