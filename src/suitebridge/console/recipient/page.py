"""What the form of a recipient shows: where messages go, about what, and what a test came to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.forms import Field, by_field
from suitebridge.console.notices import Complaint, Notice
from suitebridge.console.notifications.page import SEVERITY_TEXTS, MessageLine
from suitebridge.domain.notices import Recipient, Severity
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.notices import Answer

NO_DIGEST = "None"
HOURS = tuple(f"{hour:02}:00" for hour in range(24))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """What is shown besides the recipient: whether it is still to be added, what is wrong, what a test came to."""

    is_new: bool = False
    problems: Sequence[tuple[str, str]] = ()
    notice: Notice | None = None
    tried: Answer | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientPage:
    """The form. The name of a recipient that is there stays."""

    title: str
    here_href: str
    list_href: str
    is_new: bool
    version: int
    name: Field
    url: Field
    workflows: tuple[Choice, ...]
    workflows_problem: str
    severities: tuple[Choice, ...]
    digest: Field
    muted: Field
    problems: tuple[Complaint, ...]
    notice: Notice | None
    tried: Answer | None
    messages: tuple[MessageLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FreshKeyPage:
    """The key of a recipient, shown this once."""

    name: str
    shown_key: str
    back_href: str


def recipient_page(
    recipient: Recipient, *, workflows: Mapping[str, Workflow], shown: Shown, messages: Sequence[MessageLine]
) -> RecipientPage:
    """Write the form."""
    is_new = shown.is_new
    said = by_field(shown.problems)
    here = links.address("recipient-add") if is_new else links.address("recipient", recipient_name=recipient.name)
    return RecipientPage(
        title="Add a recipient" if is_new else recipient.name,
        here_href=here,
        list_href=links.address("notifications"),
        is_new=is_new,
        version=recipient.version,
        name=Field(name="name", label="Name", value=recipient.name, problem=said.get("name", "")),
        **_typed(recipient, said),
        workflows=tuple(
            Choice(value=name, text=one.title, is_chosen=name in recipient.workflows) for name, one in workflows.items()
        ),
        workflows_problem=said.get("workflows", ""),
        severities=tuple(
            Choice(value=one.value, text=SEVERITY_TEXTS[one], is_chosen=one is recipient.least) for one in Severity
        ),
        problems=tuple(Complaint(field=field, said=told) for field, told in said.items()),
        notice=shown.notice,
        tried=shown.tried,
        messages=tuple(messages),
    )


def _typed(recipient: Recipient, said: Mapping[str, str]) -> dict[str, Field]:
    hour, muted = recipient.digest_hour, recipient.muted_until
    return {
        "url": Field(
            name="url",
            label="Address",
            value=recipient.mail or recipient.url,
            hint="An e-mail address, or the https address of a webhook, for example https://hooks.example.com/suitebridge.",
            problem=said.get("url", ""),
        ),
        "digest": Field(
            name="digest_hour",
            label="Daily digest at",
            value=NO_DIGEST if hour is None else HOURS[hour],
            hint="In the company's time zone.",
            options=(NO_DIGEST, *HOURS),
            problem=said.get("digest_hour", ""),
        ),
        "muted": Field(
            name="muted_until",
            label="Send nothing before",
            value=muted.isoformat() if muted is not None else "",
            kind="date",
            problem=said.get("muted_until", ""),
        ),
    }
