"""Announces how workflows stand, where that changed, and once a day in a digest; and drains the messages.

What changed is found by comparing the runs as they are stored with what was told last, so a run whose worker died after its end is announced by whoever
comes next. It refuses to know how a message travels, and which records a run touched.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem
from suitebridge.domain.notices import (
    Message,
    Notice,
    Recipient,
    Stand,
    Standing,
    changes,
    digest,
    is_for,
)
from suitebridge.domain.outcomes import OPEN_KINDS, Tally
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Company, CompanyStore
from suitebridge.ports.mail import Mailer
from suitebridge.ports.notices import Answer, Sender
from suitebridge.ports.runs import Progress, Run, RunState

NO_MAIL_SERVER = "The company has no mail server. Save one under Notifications."
_NEWEST = 50
"""So many runs are looked through for what they say about workflows."""

_MESSAGES = 200
"""So many messages are looked through for a digest that was written; one further back is told to the store again, which keeps the first."""

_ENDS_BADLY = frozenset({RunState.FAILED, RunState.INCONSISTENT})
_SAYS_SOMETHING = _ENDS_BADLY | {RunState.COMPLETED, RunState.COMPLETED_WITH_ERRORS, RunState.WAITING}
_DIGEST_FOR = timedelta(hours=3)
"""How late a digest may come: one that nobody could send in the morning is not sent in the evening."""


Link: TypeAlias = Callable[[int], str]
"""Says where the console shows the run of a number, for 0 all runs."""


def announce(store: CompanyStore, clock: Clock, link: Link) -> None:
    """Write messages about what changed since that was told last, and the digests that are due. Without recipients nothing is looked at."""
    recipients = store.notices.recipients()
    if not recipients:
        return
    now = clock.now()
    local = now.astimezone(ZoneInfo(store.company.zone))
    awake = [one for one in recipients if not one.is_muted(local.date())]
    before = store.notices.told()
    fresh = _fresh(store, before)
    messages = [
        written(notice, one, store.company, now, link)
        for notice in changes(before, fresh)
        for one in awake
        if is_for(one, notice)
    ]
    standings = {**before, **fresh}
    due = _due(awake, local)
    sent = {one.id for one in store.notices.messages(limit=_MESSAGES)} if due else frozenset[str]()
    digests = [written(_digest(one, standings, local.date()), one, store.company, now, link) for one in due]
    messages += [one for one in digests if one.id not in sent]
    if fresh or messages:
        store.notices.post(fresh, messages)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How messages travel."""

    webhooks: Sender
    mail: Mailer


def deliver_next(store: CompanyStore, ways: Ways, clock: Clock) -> bool:
    """Send one message that is due; say whether there was one."""
    message = store.notices.claim()
    if message is None:
        return False
    recipient, key = store.notices.recipient(message.recipient), store.notices.key(message.recipient)
    answer = Answer(is_taken=False, said="The recipient was removed.")
    if recipient is not None and key is not None:
        answer = sent(store, ways, recipient, message, key=key, at=clock.now())
    store.notices.settle(message, is_taken=answer.is_taken, said=answer.said)
    return True


def sent(
    store: CompanyStore, ways: Ways, recipient: Recipient, message: Message, *, key: Secret, at: datetime
) -> Answer:
    """Send a message on the way that the recipient's address asks for."""
    if not recipient.mail:
        return ways.webhooks.send(recipient.url, message, key=key, at=at)
    server = store.mail.get()
    if server is None:
        return Answer(is_taken=False, said=NO_MAIL_SERVER)
    return ways.mail.send(server, store.mail.password(), message, to=recipient.mail, at=at)


def written(notice: Notice, recipient: Recipient, company: Company, now: datetime, link: Link) -> Message:
    """Write the message of a notice for a recipient. Its id follows from what it tells to whom: told twice it is one message."""
    told_at = link(notice.run_number)
    facts = "|".join((company.id, recipient.name, notice.kind.value, notice.about))
    body = {
        "type": notice.kind.value,
        "timestamp": now.isoformat(timespec="seconds"),
        "data": {
            "company": company.id,
            "severity": notice.severity.value,
            "workflows": list(notice.workflows),
            "run": notice.run_number,
            "code": notice.code,
            "sentence": notice.sentence,
            "remedy": notice.remedy,
            "link": told_at,
        },
    }
    return Message(
        id=f"msg_{hashlib.sha256(facts.encode()).hexdigest()[:32]}",
        recipient=recipient.name,
        kind=notice.kind,
        body=_letter(notice, company, told_at) if recipient.mail else json.dumps(body),
        made_at=now,
    )


def _letter(notice: Notice, company: Company, told_at: str) -> str:
    """Write a notice for people; its first line is the subject of the mail."""
    remedy = f"What to do: {notice.remedy}\n\n" if notice.remedy else ""
    about = f"Workflows: {', '.join(notice.workflows)}\n" if notice.workflows else ""
    return f"{notice.sentence}\n\n{remedy}{about}Company: {company.name}\nIn the console: {told_at}\n"


def _due(awake: Sequence[Recipient], local: datetime) -> list[Recipient]:
    """Give whose hour of the digest has come."""
    due = []
    for one in awake:
        if one.digest_hour is not None:
            begins = local.replace(hour=one.digest_hour, minute=0, second=0, microsecond=0)
            if timedelta(0) <= local - begins < _DIGEST_FOR:
                due.append(one)
    return due


def _digest(one: Recipient, standings: Mapping[str, Stand], today: date) -> Notice:
    chosen = {name: stand for name, stand in standings.items() if not one.workflows or name in one.workflows}
    return digest(today, chosen)


def _fresh(store: CompanyStore, before: Mapping[str, Stand]) -> dict[str, Stand]:
    """Give how workflows stand after the newest run that says something, for those of which that was not told yet."""
    found: dict[str, Stand] = {}
    seen: set[str] = set()
    for run in store.runs.newest(limit=_NEWEST):
        asked = [name for name in run.workflows if name not in seen]
        if run.is_dry or run.is_over_chosen or not _says_something(run) or not asked:
            continue
        if all(_is_told(before.get(name), run) for name in asked):
            seen.update(asked)
            continue
        progress = {one.workflow: one for one in store.runs.progress(run.id)}
        for name in asked:
            seen.add(name)
            if not _is_told(before.get(name), run):
                found[name] = _stand(run, progress[name])
    return found


def _says_something(run: Run) -> bool:
    return run.state in _SAYS_SOMETHING or (run.rests and run.lacks_credentials)


def _is_told(told: Stand | None, run: Run) -> bool:
    if told is None:
        return False
    return told.run_number > run.number or (told.run_number, told.run_state) == (run.number, run.state.value)


def _stand(run: Run, progress: Progress) -> Stand:
    left_open = _left_open(progress.tally)
    standing = Standing.ERRORS if left_open else Standing.WELL
    if progress.phase != "finished" and run.state is RunState.WAITING:
        standing = Standing.WAITING
    elif progress.phase != "finished" and run.lacks_credentials:
        standing = Standing.PAUSED
    elif run.state is RunState.INCONSISTENT or (progress.phase != "finished" and run.state in _ENDS_BADLY):
        standing = Standing.FAILED
    is_stopped = standing not in {Standing.WELL, Standing.ERRORS} and bool(run.problem_code)
    return Stand(
        standing=standing,
        run_id=run.id,
        run_number=run.number,
        run_state=run.state.value,
        code=run.problem_code if is_stopped else "",
        left_open=left_open,
        remedy=Problem(code=run.problem_code, facts=run.problem_facts).remedy if is_stopped else "",
    )


def _left_open(tally: Tally) -> int:
    return sum(tally.of(kind) for kind in OPEN_KINDS)
