"""NetSuite exchange rate: created and read, never changed (netsuite-api.md §9.11)."""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="currencyRate",
    label="Exchange rate",
    plural="Exchange rates",
    title="effectiveDate",
    table="currencyrate",
    fields=(
        FieldSchema(name="baseCurrency", kind=Kind.REFERENCE, label="Base currency", refers_to="currency"),
        FieldSchema(name="transactionCurrency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="exchangeRate", kind=Kind.DECIMAL, label="Rate"),
        FieldSchema(name="effectiveDate", kind=Kind.DATE, label="Effective date"),
    ),
)
