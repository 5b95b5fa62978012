"""Notifications: who is told what about the standing of workflows, and the sentences. Only a change is told, and once a day how things stand.

It refuses to know how a message travels and which records a run touched: a notification holds counts, codes and names of workflows, never values.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Final

from suitebridge.domain.groups import name_objections
from suitebridge.domain.mail import is_mail_address, mail_address

MOST_RECIPIENTS: Final = 50
MOST_ADDRESS: Final = 500
"""So many characters an address has at most."""

WAITS: Final = (
    timedelta(minutes=1),
    timedelta(minutes=2),
    timedelta(minutes=10),
    timedelta(hours=1),
    timedelta(hours=6),
    timedelta(hours=24),
)
"""How long a message waits after each attempt that failed; after as many attempts it is given up."""

KEPT: Final = timedelta(days=30)
"""How long messages are kept."""

_HOURS: Final = range(24)
_LOOK: Final = "Open the run: its errors are grouped by cause, each with what to do."


class Severity(enum.Enum):
    """How bad something is: a warning leaves records behind or waits, an error stopped the work."""

    WARNING = "warning"
    ERROR = "error"


class Standing(enum.Enum):
    """How a workflow stands after the newest run that says something about it."""

    WELL = "well"
    ERRORS = "completed with errors"
    WAITING = "waiting for NetSuite"
    PAUSED = "paused: credentials"
    FAILED = "failed"


class NoticeKind(enum.Enum):
    """The closed set of occasions; the value is what a webhook is told as `type`."""

    CHANGE = "workflow.changed"
    RECOVERY = "workflow.recovered"
    DIGEST = "digest"
    TEST = "test"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipient:
    """A webhook, or an e-mail address behind `mailto:`, that is told: about some workflows or, with none, about all; from a severity on; a digest at an hour of the company's day or none.

    Nothing is sent before the day `muted_until`. A name is unique in its company, whatever its case; `version` counts the saves, 0 for one that is new.
    """

    name: str
    url: str
    workflows: tuple[str, ...] = ()
    least: Severity = Severity.WARNING
    digest_hour: int | None = None
    muted_until: date | None = None
    version: int = 0

    @property
    def mail(self) -> str:
        """The e-mail address, "" for a webhook."""
        return mail_address(self.url)

    def is_muted(self, today: date) -> bool:
        """Whether nothing is sent on a day."""
        return self.muted_until is not None and today < self.muted_until


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A workflow's standing, and the run that says so: its id, number and state, with the code of what ended it and how many records it left open.

    `remedy` says what to do; it is told with the change and not kept.
    """

    standing: Standing
    run_id: str
    run_number: int
    run_state: str
    code: str = ""
    left_open: int = 0
    remedy: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """What there is to tell, whoever is told: workflows that changed alike in one run. `about` makes two notices of the same thing one."""

    kind: NoticeKind
    about: str
    severity: Severity
    workflows: tuple[str, ...]
    run_number: int
    code: str
    sentence: str
    remedy: str = ""


class MessageState(enum.Enum):
    """What became of a message."""

    WAITING = "waiting"
    SENT = "sent"
    GIVEN_UP = "given up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One notice for one recipient as it is sent: its id stays through every attempt, so that a receiver knows it again."""

    id: str
    recipient: str
    kind: NoticeKind
    body: str
    made_at: datetime
    state: MessageState = MessageState.WAITING
    attempts: int = 0
    said: str = ""

    def after(self, *, is_taken: bool) -> MessageState:
        """Say what an attempt makes of it."""
        if is_taken:
            return MessageState.SENT
        return MessageState.GIVEN_UP if self.attempts >= len(WAITS) else MessageState.WAITING


def objections(recipient: Recipient, known: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """Give everything that is wrong with a recipient, as pairs of a field and a sentence. Whether its address is one, and may be sent to, is the sender's to say."""
    found = [("name", said) for said in name_objections(recipient.name, "recipient")]
    if len(recipient.url) > MOST_ADDRESS or not recipient.url.isascii() or not recipient.url.isprintable():
        found.append(("url", f"An address has at most {MOST_ADDRESS} characters, and only those of ASCII."))
    elif recipient.mail and not is_mail_address(recipient.mail):
        found.append(("url", "Write one e-mail address, for example ops@example.com."))
    unknown = [name for name in recipient.workflows if name not in known]
    if unknown:
        found.append(("workflows", f"There is no workflow named {', '.join(unknown)}."))
    if recipient.digest_hour is not None and recipient.digest_hour not in _HOURS:
        found.append(("digest_hour", "The hour of the digest lies between 0 and 23."))
    return tuple(found)


def changes(before: Mapping[str, Stand], after: Mapping[str, Stand]) -> tuple[Notice, ...]:
    """Tell what changed: one notice for workflows that changed alike in one run. A workflow that stands as it did is not told again."""
    alike: dict[tuple[str, Standing, NoticeKind, Severity], list[str]] = {}
    for name, now in after.items():
        was = before[name].standing if name in before else Standing.WELL
        if was is now.standing:
            continue
        is_recovery = now.standing is Standing.WELL
        kind = NoticeKind.RECOVERY if is_recovery else NoticeKind.CHANGE
        severity = severity_of(was if is_recovery else now.standing)
        alike.setdefault((now.run_id, now.standing, kind, severity), []).append(name)
    return tuple(
        _notice(kind, severity, names, [after[name] for name in names])
        for (_, _, kind, severity), names in alike.items()
    )


def digest(day: date, standings: Mapping[str, Stand]) -> Notice:
    """Tell how everything stands on a day."""
    bad = {name: one for name, one in standings.items() if one.standing is not Standing.WELL}
    told = "; ".join(f"{name}: {_tail(one)}" for name, one in sorted(bad.items()))
    well = len(standings) - len(bad)
    return Notice(
        kind=NoticeKind.DIGEST,
        about=day.isoformat(),
        severity=Severity.ERROR,
        workflows=tuple(sorted(bad)),
        run_number=max((one.run_number for one in standings.values()), default=0),
        code="",
        sentence=f"On {day.isoformat()} {_counted(well)} well." + (f" Not so: {told}." if told else ""),
        remedy=_LOOK if bad else "",
    )


def trial(about: str) -> Notice:
    """Tell somebody who tests the way."""
    return Notice(
        kind=NoticeKind.TEST,
        about=about,
        severity=Severity.ERROR,
        workflows=(),
        run_number=0,
        code="",
        sentence="This is a test of SuiteBridge's notifications. Nothing happened.",
    )


def is_for(recipient: Recipient, notice: Notice) -> bool:
    """Say whether a change concerns a recipient."""
    if recipient.least is Severity.ERROR and notice.severity is not Severity.ERROR:
        return False
    return not recipient.workflows or bool(set(recipient.workflows) & set(notice.workflows))


def severity_of(standing: Standing) -> Severity:
    """Say how bad a standing is."""
    return Severity.ERROR if standing in {Standing.FAILED, Standing.PAUSED} else Severity.WARNING


def _notice(kind: NoticeKind, severity: Severity, names: Sequence[str], stands: Sequence[Stand]) -> Notice:
    one = stands[0]
    listed = ", ".join(names)
    remedy = ""
    if kind is NoticeKind.RECOVERY:
        sentence = f"Run {one.run_number}: {listed} recovered."
    else:
        left_open = sum(stand.left_open for stand in stands)
        records = f" Records left open: {left_open}." if left_open else ""
        code = f" Cause: {one.code}." if one.code else ""
        sentence = f"Run {one.run_number}: {listed}: {one.standing.value}.{code}{records}"
        remedy = one.remedy or _LOOK
    return Notice(
        kind=kind,
        about=f"{one.run_id} {one.standing.value} {severity.value}",
        severity=severity,
        workflows=tuple(names),
        run_number=one.run_number,
        code=one.code,
        sentence=sentence,
        remedy=remedy,
    )


def _tail(stand: Stand) -> str:
    code = f" ({stand.code})" if stand.code else ""
    return f"{stand.standing.value}{code} in run {stand.run_number}"


def _counted(well: int) -> str:
    return "1 workflow stands" if well == 1 else f"{well} workflows stand"
