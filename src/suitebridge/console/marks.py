"""Signs of states: always a text with an icon, never a color alone (quality.md U36, U43). The families are closed and complete."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.domain import approvals
from suitebridge.domain.credentials import Environment
from suitebridge.domain.notices import MessageState
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.schedules import TickKind
from suitebridge.ports.runs import ENDED_STATES, Halt, Run, RunState


class Tone(enum.Enum):
    """How a sign is colored; the value is the end of a style's name."""

    NEUTRAL = "neutral"
    ACTIVE = "active"
    GOOD = "good"
    CAUTION = "caution"
    BAD = "bad"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A sign: its words, its icon in the sprite, its tone, and what it means as a sentence."""

    text: str
    icon: str
    tone: str
    meaning: str


def _mark(text: str, icon: str, tone: Tone, meaning: str) -> Mark:
    return Mark(text=text, icon=icon, tone=tone.value, meaning=meaning)


RUN_MARKS: Mapping[RunState, Mark] = {
    RunState.QUEUED: _mark("Queued", "clock", Tone.NEUTRAL, "The run waits for its turn and starts by itself."),
    RunState.RUNNING: _mark("Running", "play", Tone.ACTIVE, "Records are being transferred."),
    RunState.WAITING: _mark(
        "Waiting for NetSuite",
        "clock",
        Tone.CAUTION,
        "NetSuite asked for patience or does not answer; the run goes on by itself.",
    ),
    RunState.PAUSED: _mark(
        "Paused", "pause", Tone.CAUTION, "The run waits until somebody resumes or cancels it; what was settled stays."
    ),
    RunState.COMPLETED: _mark(
        "Completed", "check", Tone.GOOD, "Every record considered has its outcome, and none needs attention."
    ),
    RunState.COMPLETED_WITH_ERRORS: _mark(
        "Completed with errors",
        "warning",
        Tone.CAUTION,
        "Every record considered has its outcome; some need attention.",
    ),
    RunState.FAILED: _mark("Failed", "cross", Tone.BAD, "The run stopped before its end; nothing settled is lost."),
    RunState.CANCELLED: _mark("Cancelled", "ban", Tone.NEUTRAL, "Somebody ended the run; what was settled stays."),
    RunState.INCONSISTENT: _mark(
        "Inconsistent", "alert", Tone.BAD, "The counts or sums do not add up. Look at it before the next run."
    ),
}

HALT_MARKS: Mapping[Halt, Mark] = {
    Halt.PAUSE: _mark(
        "Pausing",
        "pause",
        Tone.CAUTION,
        "Nothing more is sent; the run pauses as soon as what is under way is settled.",
    ),
    Halt.CANCEL: _mark(
        "Being cancelled",
        "ban",
        Tone.NEUTRAL,
        "Nothing more is sent; the run ends as soon as what is under way is settled.",
    ),
}


_LACKS_CREDENTIALS = _mark(
    "Paused: credentials",
    "pause",
    Tone.CAUTION,
    "NetSuite refused the sign-in. The run goes on by itself once other credentials are saved; its work list is kept.",
)


def run_mark(run: Run) -> Mark:
    """Give the sign of a run: its state, or what was asked of it and it has not come to yet."""
    if run.rests and run.lacks_credentials:
        return _LACKS_CREDENTIALS
    if run.state in ENDED_STATES or run.rests or run.halt is None:
        return RUN_MARKS[run.state]
    return HALT_MARKS[run.halt]


OUTCOME_MARKS: Mapping[OutcomeKind, Mark] = {
    OutcomeKind.CREATED: _mark("Created", "plus", Tone.GOOD, "A new record was written."),
    OutcomeKind.UPDATED: _mark(
        "Updated", "pencil", Tone.GOOD, "The counterpart was changed in the fields that differed."
    ),
    OutcomeKind.UNCHANGED: _mark("Unchanged", "equal", Tone.NEUTRAL, "Both sides were alike already."),
    OutcomeKind.SKIPPED: _mark("Skipped", "skip", Tone.NEUTRAL, "The workflow's rules leave this record out."),
    OutcomeKind.REFUSED: _mark(
        "Refused", "ban", Tone.CAUTION, "The run's owner may not write it. It stays open, and the next run takes it up."
    ),
    OutcomeKind.BLOCKED: _mark(
        "Blocked", "lock", Tone.CAUTION, "The record waits for another one that is not there yet."
    ),
    OutcomeKind.FAILED: _mark("Failed", "cross", Tone.BAD, "The record could not be written."),
    OutcomeKind.CONFLICTED: _mark(
        "Conflicted", "split", Tone.BAD, "Somebody has to decide which record is the right one."
    ),
    OutcomeKind.UNKNOWN: _mark(
        "Unknown", "question", Tone.CAUTION, "No answer came back; NetSuite is asked before anything is sent again."
    ),
    OutcomeKind.CANCELLED: _mark("Cancelled", "ban", Tone.NEUTRAL, "The run ended before this record's turn."),
}

_REHEARSED_MARKS: Mapping[OutcomeKind, Mark] = {
    OutcomeKind.CREATED: _mark("To create", "plus", Tone.ACTIVE, "A run in earnest would write a new record."),
    OutcomeKind.UPDATED: _mark(
        "To update", "pencil", Tone.ACTIVE, "A run in earnest would change the counterpart in the fields that differ."
    ),
    OutcomeKind.FAILED: _mark("Would fail", "cross", Tone.BAD, "The record could not be written as it is."),
}


def outcome_mark(kind: OutcomeKind, *, is_dry: bool) -> Mark:
    """Give the sign of an outcome; a dry run tells what would have become of the record."""
    return _REHEARSED_MARKS.get(kind, OUTCOME_MARKS[kind]) if is_dry else OUTCOME_MARKS[kind]


PHASE_MARKS: Mapping[str, Mark] = {
    "waiting": _mark("Waiting", "clock", Tone.NEUTRAL, "This workflow has not begun."),
    "running": _mark("Running", "play", Tone.ACTIVE, "This workflow is transferring records."),
    "finished": _mark("Finished", "check", Tone.GOOD, "Every record of this workflow has its outcome."),
}

ENDED_PHASE_MARKS: Mapping[str, Mark] = {
    "waiting": _mark("Not run", "ban", Tone.NEUTRAL, "The run ended before this workflow began."),
    "running": _mark("Stopped", "pause", Tone.CAUTION, "The run ended before this workflow did; the next run goes on."),
    "finished": PHASE_MARKS["finished"],
}
"""The phases of a run that has ended."""

ERRAND_MARKS: Mapping[str, Mark] = {
    "waiting": _mark("Waiting", "clock", Tone.NEUTRAL, "The record waits for its turn, which comes within seconds."),
    "under way": _mark("Under way", "play", Tone.ACTIVE, "The record is being transferred."),
    "refused": _mark("Refused", "ban", Tone.CAUTION, "No run could begin for it."),
}
"""The states of a single record before it has an outcome."""

ENVIRONMENT_ICONS: Mapping[Environment, tuple[str, str]] = {
    Environment.PRODUCTION: ("building", "production"),
    Environment.SANDBOX: ("flask", "sandbox"),
    Environment.RELEASE_PREVIEW: ("eye", "preview"),
    Environment.TEST_DRIVE: ("compass", "testdrive"),
}
"""For each environment its icon, and the style that colors it."""

ACTIVITY_MARKS: Mapping[bool, Mark] = {
    True: _mark("Active", "check", Tone.GOOD, "The user may sign in."),
    False: _mark("Inactive", "ban", Tone.NEUTRAL, "The user cannot sign in; sessions and tokens have ended."),
}

TIME_BOX_MARKS: Mapping[bool, Mark] = {
    True: _mark("Role ended", "ban", Tone.CAUTION, "The role was given for a time, which is over; it permits nothing."),
    False: _mark("For a time", "clock", Tone.ACTIVE, "The role ends by itself."),
}
"""For users whose role ends, whether it has."""

WAY_IN_MARKS: Mapping[bool, Mark] = {
    True: _mark("Invited", "clock", Tone.ACTIVE, "The user has an invitation and has not set a password yet."),
    False: _mark("No password", "lock", Tone.CAUTION, "The user cannot sign in before an invitation is sent."),
}
"""For users without a password, whether an invitation of theirs is good."""

SCHEDULE_MARKS: Mapping[bool, Mark] = {
    True: _mark("On", "check", Tone.GOOD, "A run starts by itself whenever it is due."),
    False: _mark("Off", "ban", Tone.NEUTRAL, "Nothing starts by itself until somebody turns it on."),
}

TICK_MARKS: Mapping[TickKind, Mark] = {
    TickKind.STARTED: _mark("Started", "play", Tone.GOOD, "A run was started."),
    TickKind.SKIPPED: _mark("Skipped", "skip", Tone.CAUTION, "The run before was still active."),
    TickKind.REFUSED: _mark("Refused", "ban", Tone.BAD, "No run could start; it is told why."),
}
"""What became of a time that was due."""

MESSAGE_MARKS: Mapping[MessageState, Mark] = {
    MessageState.WAITING: _mark(
        "Waiting", "clock", Tone.ACTIVE, "The message goes out within seconds, or again later."
    ),
    MessageState.SENT: _mark("Sent", "check", Tone.GOOD, "The other side took the message."),
    MessageState.GIVEN_UP: _mark("Given up", "cross", Tone.BAD, "The other side never took the message."),
}

RECIPIENT_MARKS: Mapping[bool, Mark] = {
    True: _mark("Muted", "ban", Tone.NEUTRAL, "Nothing is sent before the day that its form says."),
    False: _mark("Told", "check", Tone.GOOD, "Messages are sent as they are written."),
}
"""For recipients of notifications, whether they are muted today."""

ROLE_MARKS: Mapping[str, Mark] = {
    "standard": _mark("Standard", "lock", Tone.NEUTRAL, "Every company has this role; it cannot be changed."),
    "optional": _mark("Optional", "plus", Tone.NEUTRAL, "It was turned on to keep duties apart."),
    "own": _mark("Own", "pencil", Tone.NEUTRAL, "This company made this role."),
}

WORKFLOW_MARKS: Mapping[bool, Mark] = {
    True: _mark("Active", "check", Tone.GOOD, "Runs may carry this workflow out."),
    False: _mark("Inactive", "ban", Tone.NEUTRAL, "No run carries this workflow out until somebody activates it."),
}

ROW_MARKS: Mapping[str, Mark] = {
    "required": _mark("Required", "lock", Tone.NEUTRAL, "A record without a value for it is not written."),
    "default": _mark("Default", "equal", Tone.NEUTRAL, "It came with the workflow."),
    "custom": _mark("Custom", "pencil", Tone.ACTIVE, "This company added it."),
    "changed": _mark("Changed", "pencil", Tone.ACTIVE, "It came with the workflow, and this company changed it."),
}
"""What kind of row it is."""


APPROVAL_MARKS: Mapping[str, Mark] = {
    approvals.OPEN: _mark("Open", "pencil", Tone.NEUTRAL, "It can be changed, and is not submitted yet."),
    approvals.SUBMITTED: _mark(
        "Submitted", "clock", Tone.ACTIVE, "It waits for approval; nobody changes it meanwhile."
    ),
    approvals.APPROVED: _mark("Approved", "check", Tone.GOOD, "It may be exported, and is locked."),
    approvals.REJECTED: _mark("Rejected", "cross", Tone.BAD, "It was sent back to be corrected and submitted again."),
}
"""The states of approval, as records keep them."""
