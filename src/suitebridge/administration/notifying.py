"""Recipients of notifications: who may see, save, remove and test them, and what is wrong with one."""

from __future__ import annotations

import base64
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from suitebridge.administration.announcing import NO_MAIL_SERVER, Link, Ways, sent, written
from suitebridge.administration.permitting import require
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.mail import as_address
from suitebridge.domain.notices import MOST_RECIPIENTS, Message, Recipient, objections, trial
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.notices import Answer

_NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS
_KEY_LENGTH: Final = 40
"""So many random letters and digits a key has: some 200 bits."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeDesk:
    """What saving and testing recipients needs."""

    store: CompanyStore
    ways: Ways
    workflows: Mapping[str, Workflow]
    clock: Clock
    chance: Chance
    link: Link


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """A recipient as it stands, and the key that was made for it: shown once, None where the earlier one stays and for e-mail, which is not signed."""

    recipient: Recipient
    key: Secret | None


def list_recipients(store: CompanyStore, *, acting: User) -> Sequence[Recipient]:
    """List the recipients. Raise `RunStoppedError` SB-AUTH-001 for who may not edit integration settings."""
    require(acting, _NEEDS, "see the notifications")
    return store.notices.recipients()


def list_messages(store: CompanyStore, *, limit: int, acting: User) -> Sequence[Message]:
    """List the newest messages. Raise `RunStoppedError` SB-AUTH-001 as above."""
    require(acting, _NEEDS, "see the notifications")
    return store.notices.messages(limit=limit)


def save_recipient(
    desk: NoticeDesk, recipient: Recipient, *, wants_key: bool, acting: User, stamp: Stamp
) -> Saved | tuple[tuple[str, str], ...]:
    """Store a recipient of the version that it was read with (0 adds it), or give what is wrong with it by field and store nothing.

    Raise `RecordRefusedError` SB-AUTO-002 where it was changed meanwhile, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, _NEEDS, "change a recipient of notifications")
    recipient = replace(recipient, url=as_address(recipient.url))
    problems = objections(recipient, tuple(desk.workflows))
    said = _objection(desk, recipient)
    if said and not problems:
        problems = (*problems, ("url", said))
    if not recipient.version and len(desk.store.notices.recipients()) >= MOST_RECIPIENTS:
        problems = (*problems, ("name", f"A company has at most {MOST_RECIPIENTS} recipients."))
    if problems:
        return problems
    was = desk.store.notices.recipient(recipient.name)
    # The key that was made beside an e-mail address was never shown: a webhook in its place gets another one.
    is_new = wants_key or not recipient.version or (was is not None and bool(was.mail) and not recipient.mail)
    key = _made_key(desk.chance) if is_new else None
    saved = desk.store.notices.save(recipient, key=key, stamp=stamp)
    return Saved(recipient=saved, key=None if saved.mail else key)


def remove_recipient(store: CompanyStore, name: str, *, version: int, acting: User, stamp: Stamp) -> None:
    """Remove a recipient of this version. Raise `RecordRefusedError` SB-AUTO-002, `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "remove a recipient of notifications")
    store.notices.remove(name, version=version, stamp=stamp)


def send_trial(desk: NoticeDesk, name: str, *, acting: User) -> Answer:
    """Send a test message now, muted or not, and say what came of it. Raise `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "test the notifications")
    recipient, key = desk.store.notices.recipient(name), desk.store.notices.key(name)
    if recipient is None or key is None:
        return Answer(is_taken=False, said=f"There is no recipient named {name}.")
    now = desk.clock.now()
    message = written(trial(desk.chance.token(_KEY_LENGTH)), recipient, desk.store.company, now, desk.link)
    return sent(desk.store, desk.ways, recipient, message, key=key, at=now)


def send_again(store: CompanyStore, message_id: str, *, acting: User) -> bool:
    """Let a message go out again, under its id; say whether there is one. Raise `RunStoppedError` SB-AUTH-001."""
    require(acting, _NEEDS, "send a notification again")
    return store.notices.repeat(message_id)


def recipient_refused(name: str, problems: Sequence[tuple[str, str]]) -> RecordRefusedError:
    """Say that a recipient was not saved, with everything that is wrong with it."""
    facts = {"what": f"The recipient {name}", "said": " ".join(said for _, said in problems)}
    return RecordRefusedError(Problem(code="SB-AUTO-001", facts=facts))


def _objection(desk: NoticeDesk, recipient: Recipient) -> str:
    if not recipient.mail:
        return desk.ways.webhooks.objection(recipient.url)
    return NO_MAIL_SERVER if desk.store.mail.get() is None else ""


def _made_key(chance: Chance) -> Secret:
    """Make a key in the form of Standard Webhooks: a prefix, and Base64 of the bytes that sign."""
    return Secret("whsec_" + base64.b64encode(chance.token(_KEY_LENGTH).encode()).decode())
