"""What every workspace record has, and the states that approval moves through (suiteprojects-api.md §6.2)."""

from suitebridge.domain.schemas.fields import FieldSchema, Kind

APPROVAL_STATES = (("O", "Open"), ("S", "Submitted"), ("A", "Approved"), ("R", "Rejected"))

REJECTED_BECAUSE = FieldSchema(name="rejected_because", kind=Kind.TEXT, label="Rejected because", is_read_only=True)
"""What whoever rejected the record wrote; blank otherwise."""

STANDARD_FIELDS = (
    FieldSchema(name="netsuite_id", kind=Kind.TEXT, label="NetSuite ID"),
    FieldSchema(name="load_key", kind=Kind.TEXT, label="File key", is_read_only=True),
)
