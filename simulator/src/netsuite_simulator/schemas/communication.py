"""Notes of users and messages as data: reference §4.2, names and order as in the SOAP schema.

Messages are kept without the files they carry.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import boolean, choice, instant, names, numbered, reference, text

_ENTITIES = ("customer", "job", "vendor", "employee", "contact")
_ACTIVITIES = ("task", "phoneCall", "calendarEvent", "supportCase")
_NOTE_TYPE = numbered("Conference Call", "E-Mail", "Fax", "Letter", "Meeting", "Note", "Phone Call")  # assumed

NOTE = RecordType(
    name="note",
    label="User Note",
    soap_type="Note",
    soap_prefix="generalComm",
    soap_search="NoteSearch",
    table="note",
    external_id_group="note",
    permission="LIST_HISTORY",
    in_deleted=False,
    name_field="title",
    fields=(
        text("title"),
        choice("noteType", _NOTE_TYPE),
        choice("direction", names("_incoming", "_outgoing")),
        instant("noteDate"),
        text("note"),
        instant("lastModifiedDate", read_only=True),
        reference("activity", *_ACTIVITIES),
        reference("author", "employee"),
        reference("entity", *_ENTITIES),
        reference("folder", "folder"),
        reference("item"),
        reference("media", "file"),
        reference("record"),
        reference("recordType"),
        reference("topic"),
        reference("transaction"),
    ),
)

MESSAGE = RecordType(
    name="message",
    label="Message",
    soap_type="Message",
    soap_prefix="generalComm",
    soap_search="MessageSearch",
    table="message",
    external_id_group="message",
    permission="LIST_CRMMESSAGE",
    in_deleted=False,
    name_field="subject",
    fields=(
        reference("author", *_ENTITIES),
        text("authorEmail"),
        reference("recipient", *_ENTITIES),
        text("recipientEmail"),
        text("cc"),
        text("bcc"),
        instant("messageDate"),
        text("recordName", read_only=True),
        text("recordTypeName", read_only=True),
        text("subject"),
        text("message"),
        boolean("emailed"),
        reference("activity", *_ACTIVITIES),
        boolean("compressAttachments"),
        boolean("incoming"),
        instant("lastModifiedDate", read_only=True),
        reference("transaction"),
    ),
)
