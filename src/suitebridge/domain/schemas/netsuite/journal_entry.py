"""NetSuite journal entry with its lines (netsuite-api.md §9.10): debits equal credits. Fields in the order of the SOAP schema."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

LINE = RecordSchema(
    system=System.NETSUITE,
    name="line",
    label="Line",
    plural="Lines",
    title="memo",
    soap_type="JournalEntryLine",
    soap_line="line",
    fields=(
        FieldSchema(name="account", kind=Kind.REFERENCE, label="Account", refers_to="account", is_required=True),
        FieldSchema(name="debit", kind=Kind.MONEY, label="Debit"),
        FieldSchema(name="credit", kind=Kind.MONEY, label="Credit"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Name", refers_to="job"),
    ),
)

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="journalEntry",
    label="Journal entry",
    plural="Journal entries",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    soap_type="JournalEntry",
    soap_namespace="general_2025_2.transactions",
    fields=(
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date", is_required=True),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency", is_required=True),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Entry number"),
        FieldSchema(name="subsidiary", kind=Kind.REFERENCE, label="Subsidiary", refers_to="subsidiary", column=""),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="lineList", kind=Kind.LINES, label="Lines", lines=LINE, column=""),
    ),
)
