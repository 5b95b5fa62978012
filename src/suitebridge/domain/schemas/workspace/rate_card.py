"""Agreed prices for projects, since a day; PSA table `rate_card`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="rate_card",
    label="Rate card",
    plural="Rate cards",
    day="start_date",
    fields=(
        FieldSchema(name="name", kind=Kind.TEXT, label="Name", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency"),
        FieldSchema(name="start_date", kind=Kind.DATE, label="Valid from"),
        FieldSchema(name="active", kind=Kind.BOOLEAN, label="Active"),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        *STANDARD_FIELDS,
    ),
)
