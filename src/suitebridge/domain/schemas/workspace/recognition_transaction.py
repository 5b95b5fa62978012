"""Revenue that was earned on a day; PSA table `revenue_recognition_transaction`. Its accounts are named by their numbers."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="recognition_transaction",
    label="Recognition transaction",
    plural="Recognition transactions",
    title="number",
    parent="project",
    day="date",
    fields=(
        FieldSchema(name="number", kind=Kind.TEXT, label="Number", is_required=True),
        FieldSchema(name="project", kind=Kind.REFERENCE, label="Project", refers_to="project", is_required=True),
        FieldSchema(name="invoice", kind=Kind.REFERENCE, label="Invoice", refers_to="invoice"),
        FieldSchema(name="date", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="total", kind=Kind.MONEY, label="Amount", is_required=True),
        FieldSchema(name="deferred_account", kind=Kind.TEXT, label="Deferred revenue account", is_required=True),
        FieldSchema(name="income_account", kind=Kind.TEXT, label="Income account", is_required=True),
        FieldSchema(name="notes", kind=Kind.TEXT, label="Notes"),
        FieldSchema(name="netsuite_arm_id", kind=Kind.TEXT, label="NetSuite ID of the revenue transaction for ARM"),
        FieldSchema(name="exported_to_arm", kind=Kind.INSTANT, label="Exported to ARM", is_read_only=True),
        FieldSchema(name="exported", kind=Kind.INSTANT, label="Exported", is_read_only=True),
        *STANDARD_FIELDS,
    ),
)
