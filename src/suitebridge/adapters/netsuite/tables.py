"""Where SuiteQL keeps the records of a type: its table, and what tells the type apart in a table that several share."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES

# transaction.type of the documents that the catalog knows (netsuite-api.md §9.14).
_TRANSACTION_TYPES = {
    "expenseReport": "ExpRept",
    "invoice": "CustInvc",
    "creditMemo": "CustCred",
    "vendorBill": "VendBill",
    "purchaseRequisition": "PurchReq",
    "purchaseOrder": "PurchOrd",
    "purchaseBill": "VendBill",
    "purchaseCredit": "VendCred",
    "salesOrder": "SalesOrd",
    "journalEntry": "Journal",
    "appliedCreditMemo": "CustCred",
    "customerPayment": "CustPymt",
    "depositApplication": "DepAppl",
    "vendorPayment": "VendPymt",
}
# Kinds of one record that SuiteQL keeps together; a reference may name either.
_KINDS_OF = {"serviceSaleItem": "item", "servicePurchaseItem": "item", "serviceResaleItem": "item"}
PAIR_DIGITS = 12
"""More than an internal id has."""
_OWN_FIELDS = {
    "id": FieldSchema(name="id", kind=Kind.TEXT, label="Internal ID", column="id"),
    "externalId": FieldSchema(name="externalId", kind=Kind.TEXT, label="External ID", column="externalid"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A record type's table; with a discriminator, only rows whose `type` has that value. `types` are those that its references lead to."""

    schema: RecordSchema
    table: str
    transaction_type: str = ""
    types: Mapping[str, RecordSchema] = field(default_factory=lambda: NETSUITE_TYPES)

    @property
    def key(self) -> str:
        """The expression that identifies a row `r`. That of a pair is as long for every row, so that texts follow one another as numbers would."""
        padded = (f"LPAD(r.{column}, {PAIR_DIGITS}, '0')" for column in self.schema.pair)
        return " || '-' || ".join(padded) if self.schema.pair else f"r.{self.schema.identity}"


def place_of(record_type: str, types: Mapping[str, RecordSchema] = NETSUITE_TYPES) -> Place:
    """Find a record type, with the custom fields that `types` have; `RunStoppedError` where SuiteQL cannot read it."""
    schema = types.get(_KINDS_OF.get(record_type, record_type))
    if schema is None or not schema.table:
        raise unreadable(record_type, f"SuiteBridge does not know how to read the NetSuite record type {record_type}.")
    kind = _TRANSACTION_TYPES.get(schema.name, "")
    return Place(schema=schema, table=schema.table, transaction_type=kind, types=types)


def kinds_of(record_type: str) -> tuple[str, ...]:
    """Name NetSuite's own record types that a catalog entry stands for: one, or the kinds that share a table."""
    return tuple(kind for kind, shared in _KINDS_OF.items() if shared == record_type) or (record_type,)


def field_of(schema: RecordSchema, name: str) -> FieldSchema:
    """Find a field that SuiteQL can read; `RunStoppedError` where there is none. Every record has `id` and `externalId`."""
    found = schema.by_name.get(name) or _OWN_FIELDS.get(name)
    if found is None:
        raise unreadable(schema.plural, f"The NetSuite record {schema.label} has no field {name}.")
    if found.column == "" or found.kind is Kind.LINES:
        raise unreadable(schema.plural, f"The field {found.label} of {schema.label} cannot be read with SuiteQL.")
    return found


def column_of(known: FieldSchema) -> str:
    """Give the column of a field."""
    return known.name.lower() if known.column is None else known.column


def unreadable(what: str, said: str) -> RunStoppedError:
    """Make the error of a mapping that asks for what cannot be read."""
    return RunStoppedError(
        Problem(
            code="SB-RUN-001",
            facts={
                "what": f"{what} cannot be read from NetSuite",
                "said": said,
                "remedy": "Correct the field on the Mapping tab of the workflow that reads it.",
            },
        )
    )
