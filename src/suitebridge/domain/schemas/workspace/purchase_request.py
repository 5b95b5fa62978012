"""What somebody asks to have bought; PSA table `purchaserequest`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema, Related
from suitebridge.domain.schemas.workspace.shared import APPROVAL_STATES, REJECTED_BECAUSE, STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="purchase_request",
    label="Purchase request",
    plural="Purchase requests",
    title="number",
    parent="employee",
    status="status",
    day="date",
    related=(Related(name="items", type="request_item", by="purchase_request"),),
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number", is_required=True),
        FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
        FieldSchema(name="employee", kind=Kind.REFERENCE, label="Requester", refers_to="employee", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="date_required", kind=Kind.DATE, label="Required by"),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="status", kind=Kind.CHOICE, label="Approval status", choices=APPROVAL_STATES),
        REJECTED_BECAUSE,
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="approved", kind=Kind.DATE, label="Approved"),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
