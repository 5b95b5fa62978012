"""Every event of the audit trail, with the sentence that tells it. Names are `subject:action`."""

from __future__ import annotations

import enum
from collections.abc import Sequence
from dataclasses import dataclass

from suitebridge.domain.intents import Change
from suitebridge.domain.values import Value, as_text, is_blank


class EventName(enum.Enum):
    """The closed set of events; the value is stored."""

    RECORD_CREATED = "record:created"
    RECORD_UPDATED = "record:updated"
    RECORD_REMOVED = "record:removed"
    CREDENTIALS_SAVED = "credentials:saved"
    CREDENTIALS_CLEARED = "credentials:cleared"
    CERTIFICATE_REVOKED = "certificate:revoked"
    CONNECTION_TESTED = "connection:tested"
    CONNECTION_LINKED = "connection:linked"
    SETTINGS_SAVED = "settings:saved"
    CONFIGURATION_SAVED = "configuration:saved"
    CONFIGURATION_PROPOSED = "configuration:proposed"
    CONFIGURATION_APPROVED = "configuration:approved"
    CONFIGURATION_REFUSED = "configuration:refused"
    CUSTOM_FIELDS_SAVED = "custom fields:saved"
    CUSTOM_FIELDS_FOUND = "custom fields:found"
    GROUP_SAVED = "workflow group:saved"
    GROUP_REMOVED = "workflow group:removed"
    SCHEDULE_SAVED = "schedule:saved"
    SCHEDULE_REMOVED = "schedule:removed"
    RECIPIENT_SAVED = "recipient:saved"
    RECIPIENT_REMOVED = "recipient:removed"
    MAIL_SERVER_SAVED = "mail server:saved"
    MAIL_SERVER_REMOVED = "mail server:removed"
    INTEGRATION_USER_SET = "integration-user:set"
    KEY_ADDED = "key:added"
    KEY_RETIRED = "key:retired"
    SECRET_REWRAPPED = "secret:rewrapped"  # noqa: S105
    COMPANY_CREATED = "company:created"
    BACKUP_RESTORED = "backup:restored"
    USER_ADDED = "user:added"
    USER_SIGNED_IN = "user:signed in"
    USER_CHANGED = "user:changed"
    USER_INVITED = "user:invited"
    USER_RESET = "user:reset"
    USER_JOINED = "user:joined"
    PASSWORD_CHANGED = "password:changed"  # noqa: S105
    ACCESS_ENDED = "access:ended"
    TOKEN_ISSUED = "token:issued"  # noqa: S105
    TOKEN_WITHDRAWN = "token:withdrawn"  # noqa: S105
    SESSION_ENDED = "session:ended"
    SIGN_IN_RULES_SAVED = "sign-in rules:saved"
    SECOND_FACTOR_SET = "second factor:set"
    SECOND_FACTOR_REMOVED = "second factor:removed"
    RECOVERY_CODE_USED = "recovery code:used"
    RECOVERY_CODES_REPLACED = "recovery codes:replaced"
    SIGN_IN_REFUSED = "sign-in:refused"
    ACT_REFUSED = "act:refused"
    EVIDENCE_READ = "evidence:read"
    ROLE_SAVED = "role:saved"
    ROLE_REMOVED = "role:removed"
    ACCESS_REVIEWED = "access:reviewed"
    ROLE_LIMITED = "role:limited"
    DUTIES_SETTLED = "duties:settled"
    DUTIES_OVERRIDDEN = "duties:overridden"
    FILES_LOADED = "files:loaded"
    PRODUCTION_CONFIRMED = "production:confirmed"
    CONFLICT_DECIDED = "conflict:decided"
    LINK_LOST = "link:lost"
    LINK_DECIDED = "link:decided"
    LINK_RESTORED = "link:restored"
    REAL_TIME_SAVED = "real-time:saved"
    PUSH_KEY_SET = "push key:set"
    PUSH_KEY_REMOVED = "push key:removed"
    PUSH_REFUSED = "push:refused"
    CONSENT_GIVEN = "netsuite sign-in:kept"
    CONSENT_ENDED = "netsuite sign-in:ended"
    RECORD_ASKED = "record:asked"
    RECORD_SUBMITTED = "record:submitted"
    RECORD_APPROVED = "record:approved"
    RECORD_REJECTED = "record:rejected"
    RECORD_REOPENED = "record:reopened"
    RUN_ASKED = "run:asked"
    RUN_PAUSED = "run:paused"
    RUN_RESUMED = "run:resumed"
    RUN_CANCELLED = "run:cancelled"
    RUN_ENDED = "run:ended"


SENTENCES: dict[EventName, str] = {
    EventName.RECORD_CREATED: "created {subject}",
    EventName.RECORD_UPDATED: "changed {subject}",
    EventName.RECORD_REMOVED: "removed {subject}",
    EventName.CREDENTIALS_SAVED: "saved the NetSuite credentials of {subject}",
    EventName.CREDENTIALS_CLEARED: "removed the NetSuite credentials of {subject}",
    EventName.CERTIFICATE_REVOKED: "had NetSuite revoke the {subject}",
    EventName.CONNECTION_TESTED: "tested the connection to {subject}",
    EventName.CONNECTION_LINKED: "confirmed that the company works with {subject} from now on",
    EventName.SETTINGS_SAVED: "saved the connector's settings of {subject}",
    EventName.CONFIGURATION_SAVED: "saved {subject} of the configuration",
    EventName.CONFIGURATION_PROPOSED: "proposed {subject} of the configuration",
    EventName.CONFIGURATION_APPROVED: "approved {subject} of the configuration",
    EventName.CONFIGURATION_REFUSED: "refused {subject} of the configuration",
    EventName.CUSTOM_FIELDS_SAVED: "changed the custom fields of {subject}",
    EventName.CUSTOM_FIELDS_FOUND: "took over the custom fields of {subject}",
    EventName.GROUP_SAVED: "saved the workflow group {subject}",
    EventName.GROUP_REMOVED: "removed the workflow group {subject}",
    EventName.SCHEDULE_SAVED: "saved the schedule {subject}",
    EventName.SCHEDULE_REMOVED: "removed the schedule {subject}",
    EventName.RECIPIENT_SAVED: "saved the recipient of notifications {subject}",
    EventName.RECIPIENT_REMOVED: "removed the recipient of notifications {subject}",
    EventName.MAIL_SERVER_SAVED: "saved the mail server {subject}",
    EventName.MAIL_SERVER_REMOVED: "removed the mail server {subject}",
    EventName.INTEGRATION_USER_SET: "set the integration user of {subject}",
    EventName.KEY_ADDED: "added the {subject}",
    EventName.KEY_RETIRED: "retired the {subject}",
    EventName.SECRET_REWRAPPED: "put the {subject} under another master key",
    EventName.COMPANY_CREATED: "created the company {subject}",
    EventName.BACKUP_RESTORED: "went back to {subject}",
    EventName.USER_ADDED: "added the user {subject}",
    EventName.USER_SIGNED_IN: "signed in",
    EventName.USER_CHANGED: "gave the user {subject} another role",
    EventName.USER_INVITED: "invited the user {subject} to set a password",
    EventName.USER_RESET: "took password, sessions and tokens from the user {subject} and sent a new invitation",
    EventName.USER_JOINED: "accepted the invitation and set a password",
    EventName.PASSWORD_CHANGED: "changed the password of {subject}",
    EventName.ACCESS_ENDED: "ended every session and token of {subject}",
    EventName.TOKEN_ISSUED: "made the API token {subject}",
    EventName.TOKEN_WITHDRAWN: "withdrew the API token {subject}",
    EventName.SESSION_ENDED: "ended a session of {subject}",
    EventName.SIGN_IN_RULES_SAVED: "saved the sign-in rules of {subject}",
    EventName.SECOND_FACTOR_SET: "turned on the second factor of {subject}",
    EventName.SECOND_FACTOR_REMOVED: "removed the second factor of {subject}",
    EventName.RECOVERY_CODE_USED: "signed in with a recovery code of {subject}",
    EventName.RECOVERY_CODES_REPLACED: "replaced the recovery codes of {subject}",
    EventName.SIGN_IN_REFUSED: "was refused at the sign-in of {subject}",
    EventName.ACT_REFUSED: "was not allowed to {subject}",
    EventName.EVIDENCE_READ: "used the right to {subject}",
    EventName.ROLE_SAVED: "saved the role {subject}",
    EventName.ROLE_REMOVED: "removed the role {subject}",
    EventName.ACCESS_REVIEWED: "reviewed who has access and confirmed it ({subject})",
    EventName.ROLE_LIMITED: "decided when the role of {subject} ends",
    EventName.DUTIES_SETTLED: "decided whether {subject} keeps duties apart",
    EventName.DUTIES_OVERRIDDEN: "gave {subject} duties that should be kept apart, with a reason",
    EventName.FILES_LOADED: "loaded the files of {subject}",
    EventName.PRODUCTION_CONFIRMED: "confirmed that runs may write {subject}",
    EventName.CONFLICT_DECIDED: "decided whose values stand in {subject}",
    EventName.LINK_DECIDED: "decided what becomes of {subject}, whose NetSuite record was deleted",
    EventName.LINK_LOST: "noticed that the NetSuite record of {subject} was deleted",
    EventName.LINK_RESTORED: "noticed that the NetSuite record of {subject} is there again",
    EventName.REAL_TIME_SAVED: "decided which records are exported when they are saved ({subject})",
    EventName.PUSH_KEY_SET: "made a key that pushes from NetSuite are signed with ({subject})",
    EventName.PUSH_KEY_REMOVED: "removed the key that pushes from NetSuite are signed with ({subject})",
    EventName.PUSH_REFUSED: "sent a push that was refused: {subject}",
    EventName.CONSENT_GIVEN: "signed in at NetSuite {subject} with their own user",
    EventName.CONSENT_ENDED: "ended their own sign-in at NetSuite {subject}",
    EventName.RECORD_ASKED: "asked for {subject}",
    EventName.RECORD_SUBMITTED: "submitted {subject}",
    EventName.RECORD_APPROVED: "approved {subject}",
    EventName.RECORD_REJECTED: "rejected {subject}",
    EventName.RECORD_REOPENED: "reopened {subject}",
    EventName.RUN_ASKED: "started {subject}",
    EventName.RUN_PAUSED: "paused {subject}",
    EventName.RUN_RESUMED: "resumed {subject}",
    EventName.RUN_CANCELLED: "cancelled {subject}",
    EventName.RUN_ENDED: "ended {subject}",
}


CONNECTOR_SUBJECTS = (
    "connection",
    "configuration",
    "custom_fields",
    "master_key",
    "workflow_group",
    "schedule",
    "recipient",
    "mail_server",
)
"""What the connector's settings history is about, by the names of subjects."""


EVERYDAY = frozenset(
    {
        EventName.RECORD_CREATED,
        EventName.RECORD_UPDATED,
        EventName.RECORD_REMOVED,
        EventName.FILES_LOADED,
        EventName.CONFLICT_DECIDED,
        EventName.LINK_DECIDED,
        EventName.LINK_LOST,
        EventName.LINK_RESTORED,
        EventName.RECORD_ASKED,
        EventName.RECORD_SUBMITTED,
        EventName.RECORD_APPROVED,
        EventName.RECORD_REJECTED,
        EventName.RECORD_REOPENED,
        EventName.RUN_ASKED,
        EventName.RUN_PAUSED,
        EventName.RUN_RESUMED,
        EventName.RUN_CANCELLED,
        EventName.RUN_ENDED,
    }
)
"""What happens in the course of work; every other event concerns security and is written into the log besides (quality.md S56)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """One event: what it is about, and which values moved. A secret's value is never among them, only the fact that it changed."""

    name: EventName
    subject_type: str
    subject_id: str
    subject: str
    changes: tuple[Change, ...] = ()


def sentence(name: str, *, author: str, subject: str, door: str) -> str:
    """Tell an entry as a person would read it."""
    act = SENTENCES[EventName(name)].format(subject=subject)
    return f"{author} {act} through the {door}"


def tell_changes(changes: Sequence[Change], *, most: int = 6) -> str:
    """Tell the changed fields in one line: "email: a@x → b@x; phone: set to 12"."""
    told = [_tell(change) for change in changes[:most]]
    if len(changes) > most:
        told.append(f"and {len(changes) - most} more")
    return "; ".join(told)


def _tell(change: Change) -> str:
    before, after = (_show(value) for value in (change.before, change.after))
    if is_blank(change.before):
        return f"{change.field}: set to {after}"
    if is_blank(change.after):
        return f"{change.field}: {before} cleared"
    return f"{change.field}: {before} → {after}"


def _show(value: Value) -> str:
    if isinstance(value, tuple):
        return f"{len(value)} lines"
    return as_text(value)
