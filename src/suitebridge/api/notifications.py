"""Notifications: who is told how workflows stand, and what became of each message."""

from __future__ import annotations

from datetime import date, datetime

from django.http import HttpRequest, HttpResponse
from ninja import Status
from pydantic import BaseModel, Field

from suitebridge.administration import notifying
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import MOST_ITEMS, EntryRefusedError, Input, etag, number_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.notices import MOST_ADDRESS, Message, Recipient, Severity

_SEVERITIES = ", ".join(one.value for one in Severity)


class RecipientShown(BaseModel):
    """A recipient of notifications."""

    name: str
    url: str = Field(description="Where messages go; an e-mail address begins with mailto:.")
    workflows: list[str] = Field(description="What it is told about; empty for all workflows.")
    least_severity: str = Field(description=f"From which severity on it is told: {_SEVERITIES}.")
    digest_hour: int | None = Field(description="The hour of the company's day at which a digest comes; null for none.")
    muted_until: date | None = Field(description="Before this day nothing is sent.")


class RecipientSaved(RecipientShown):
    """A recipient as it was stored, with the key that was made for it."""

    signing_key: str | None = Field(
        description="The key that its messages are signed with, shown once; null where the earlier one stays."
    )


class RecipientList(BaseModel):
    """The recipients of the company, by name."""

    items: list[RecipientShown]


class RecipientInput(Input):
    """A recipient as a whole."""

    url: str = Field(max_length=MOST_ADDRESS, description="The https address of a webhook, or an e-mail address.")
    workflows: list[str] = Field(
        default_factory=list, max_length=200, description="What it is told about; none for all workflows."
    )
    least_severity: str = Field(Severity.WARNING.value, max_length=20, description=f"One of {_SEVERITIES}.")
    digest_hour: int | None = Field(None, description="From 0 to 23, in the company's zone; null for no digest.")
    muted_until: str | None = Field(None, max_length=10, description="A day as in 2026-12-31; null for now.")
    sign_anew: bool = Field(default=False, description="Make another signing key; the old one ends.")


class TrialShown(BaseModel):
    """What a test message came to."""

    is_taken: bool
    said: str


class MessageShown(BaseModel):
    """A message and what became of it."""

    id: str = Field(description="Stays through every attempt, so that a receiver knows it again.")
    recipient: str
    type: str
    made_at: datetime
    state: str = Field(description="waiting, sent or given up.")
    attempts: int
    said: str


class MessageList(BaseModel):
    """The newest messages, the newest first."""

    items: list[MessageShown]


def show_recipients(request: HttpRequest) -> RecipientList:
    """List who is told."""
    caller = caller_of(request)
    return RecipientList(
        items=[
            RecipientShown.model_validate(_document(one))
            for one in notifying.list_recipients(caller.store, acting=caller.user)
        ]
    )


def show_recipient(request: HttpRequest, response: HttpResponse, recipient: str) -> RecipientShown:
    """Show one recipient; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    notifying.list_recipients(caller.store, acting=caller.user)
    found = caller.store.notices.recipient(recipient)
    if found is None:
        raise LookupError(f"There is no recipient {recipient} in the company.")
    response["ETag"] = etag(found.version)
    return RecipientShown.model_validate(_document(found))


def put_recipient(
    request: HttpRequest, response: HttpResponse, recipient: str, entry: RecipientInput
) -> RecipientSaved:
    """Replace a recipient; If-Match “*” also adds one of this name. The key of a new one is shown in this answer and never again."""
    caller = caller_of(request)
    problems = _unreadable(entry)
    if problems:
        raise _refused(recipient, problems)
    meant = Recipient(
        name=recipient,
        url=entry.url,
        workflows=tuple(entry.workflows),
        least=Severity(entry.least_severity),
        digest_hour=entry.digest_hour,
        muted_until=date.fromisoformat(entry.muted_until) if entry.muted_until else None,
        version=_version(request, caller, recipient),
    )
    desk = caller.house.notice_desk(caller.store)
    saved = notifying.save_recipient(desk, meant, wants_key=entry.sign_anew, acting=caller.user, stamp=caller.stamp)
    if not isinstance(saved, notifying.Saved):
        raise _refused(recipient, saved)
    response["ETag"] = etag(saved.recipient.version)
    key = saved.key.reveal() if saved.key is not None else None
    return RecipientSaved.model_validate({**_document(saved.recipient), "signing_key": key})


def delete_recipient(request: HttpRequest, recipient: str) -> Status[None]:
    """Remove a recipient with its messages."""
    caller = caller_of(request)
    version = _version(request, caller, recipient)
    notifying.remove_recipient(caller.store, recipient, version=version, acting=caller.user, stamp=caller.stamp)
    return Status(204, None)


def try_recipient(request: HttpRequest, recipient: str) -> TrialShown:
    """Send a test message now, and say what came of it."""
    caller = caller_of(request)
    tried = notifying.send_trial(caller.house.notice_desk(caller.store), recipient, acting=caller.user)
    return TrialShown(is_taken=tried.is_taken, said=tried.said)


def list_messages(request: HttpRequest) -> MessageList:
    """List the newest messages with what became of each."""
    caller = caller_of(request)
    found = notifying.list_messages(caller.store, limit=MOST_ITEMS, acting=caller.user)
    return MessageList(items=[_message(one) for one in found])


def repeat_message(request: HttpRequest, message: str) -> Status[None]:
    """Let a message go out again under its id; a worker sends it within seconds."""
    caller = caller_of(request)
    if not notifying.send_again(caller.store, message, acting=caller.user):
        raise LookupError(f"There is no message {message} in the company.")
    return Status(204, None)


def _version(request: HttpRequest, caller: Caller, name: str) -> int:
    found = caller.store.notices.recipient(name)
    return number_meant(request, present=found.version if found else 0, what=f"The recipient {name}")


def _unreadable(entry: RecipientInput) -> tuple[tuple[str, str], ...]:
    found: list[tuple[str, str]] = []
    if entry.least_severity not in {one.value for one in Severity}:
        found.append(("least_severity", f"It is one of {_SEVERITIES}."))
    try:
        date.fromisoformat(entry.muted_until or "2000-01-01")
    except ValueError:
        found.append(("muted_until", "A day is written as in 2026-12-31."))
    return tuple(found)


def _refused(name: str, problems: tuple[tuple[str, str], ...]) -> EntryRefusedError:
    errors = tuple(FieldProblem(field=field, said=said) for field, said in problems)
    return EntryRefusedError(notifying.recipient_refused(name, problems).problem, errors)


def _document(one: Recipient) -> dict[str, object]:
    return {
        "name": one.name,
        "url": one.url,
        "workflows": list(one.workflows),
        "least_severity": one.least.value,
        "digest_hour": one.digest_hour,
        "muted_until": one.muted_until,
    }


def _message(one: Message) -> MessageShown:
    return MessageShown(
        id=one.id,
        recipient=one.recipient,
        type=one.kind.value,
        made_at=one.made_at,
        state=one.state.value,
        attempts=one.attempts,
        said=one.said,
    )
