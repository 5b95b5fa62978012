"""What one unit of a currency was worth in the base currency from a day on; PSA table `forex`."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.workspace.shared import STANDARD_FIELDS

SCHEMA = RecordSchema(
    system=System.WORKSPACE,
    name="exchange_rate",
    label="Exchange rate",
    plural="Exchange rates",
    title="currency",
    day="date",
    fields=(
        FieldSchema(name="currency", kind=Kind.TEXT, label="Currency", is_required=True),
        FieldSchema(name="base_currency", kind=Kind.TEXT, label="Base currency", is_required=True),
        FieldSchema(name="factor", kind=Kind.DECIMAL, label="Rate", is_required=True),
        FieldSchema(name="date", kind=Kind.DATE, label="Effective from", is_required=True),
        *STANDARD_FIELDS,
    ),
)
