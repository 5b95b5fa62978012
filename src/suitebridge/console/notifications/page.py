"""What the Notifications page shows: who is told, and what became of the newest messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, tzinfo

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.marks import MESSAGE_MARKS, RECIPIENT_MARKS, Mark
from suitebridge.console.wording import Moment
from suitebridge.domain.mail import MailServer
from suitebridge.domain.notices import Message, NoticeKind, Recipient, Severity
from suitebridge.domain.workflow import Workflow

SEVERITY_TEXTS: Mapping[Severity, str] = {
    Severity.WARNING: "Warnings and errors",
    Severity.ERROR: "Errors only",
}
_KINDS: Mapping[NoticeKind, str] = {
    NoticeKind.CHANGE: "Change",
    NoticeKind.RECOVERY: "Recovery",
    NoticeKind.DIGEST: "Digest",
    NoticeKind.TEST: "Test",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class RecipientLine:
    """One recipient; without workflows it is told about all."""

    name: str
    href: str
    address: str
    workflows: str
    least: str
    digest: str
    mark: Mark


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One message, and what its newest attempt came to."""

    id: str
    recipient: str
    kind: str
    made: Moment
    mark: Mark
    attempts: int
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NotificationsPage:
    """The whole page."""

    tabs: tuple[Tab, ...]
    here_href: str
    add_href: str
    mail_href: str
    mail: str
    recipients: tuple[RecipientLine, ...]
    messages: tuple[MessageLine, ...]
    done: str


def notifications_page(
    recipients: Sequence[Recipient],
    messages: Sequence[Message],
    *,
    workflows: Mapping[str, Workflow],
    server: MailServer | None,
    zone: tzinfo,
    today: date,
    is_administrator: bool,
) -> NotificationsPage:
    """Write the page."""
    return NotificationsPage(
        tabs=tabs("notifications", is_administrator=is_administrator),
        here_href=links.address("notifications"),
        add_href=links.address("recipient-add"),
        mail_href=links.address("mail-server"),
        mail=f"{server.host}, from {server.sender}" if server is not None else "",
        recipients=tuple(_recipient(one, workflows, today) for one in recipients),
        messages=tuple(message_line(one, zone) for one in messages),
        done="",
    )


def message_line(one: Message, zone: tzinfo) -> MessageLine:
    """Write a message."""
    return MessageLine(
        id=one.id,
        recipient=one.recipient,
        kind=_KINDS[one.kind],
        made=wording.moment(one.made_at, zone),
        mark=MESSAGE_MARKS[one.state],
        attempts=one.attempts,
        said=one.said,
    )


def _recipient(one: Recipient, workflows: Mapping[str, Workflow], today: date) -> RecipientLine:
    titles = [workflows[name].title if name in workflows else name for name in one.workflows]
    return RecipientLine(
        name=one.name,
        href=links.address("recipient", recipient_name=one.name),
        address=one.mail or one.url,
        workflows=", ".join(titles),
        least=SEVERITY_TEXTS[one.least],
        digest="" if one.digest_hour is None else f"{one.digest_hour:02}:00",
        mark=RECIPIENT_MARKS[one.is_muted(today)],
    )
