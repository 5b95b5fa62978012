"""A NetSuite credit memo as an import reads it: its header with the first invoice that it is applied to (netsuite-api.md §9.9, §9.14).

SuiteQL's header does not say what a memo is applied to; the links between transactions do. That a query may ask them for each memo is assumed.
"""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema

SCHEMA = RecordSchema(
    system=System.NETSUITE,
    name="appliedCreditMemo",
    label="Applied credit memo",
    plural="Applied credit memos",
    title="tranId",
    table="transaction",
    change_column="lastmodifieddate",
    fields=(
        FieldSchema(name="type", kind=Kind.TEXT, label="Transaction type", is_read_only=True),
        FieldSchema(name="externalId", kind=Kind.TEXT, label="External ID"),
        FieldSchema(name="entity", kind=Kind.REFERENCE, label="Customer", refers_to="customer"),
        FieldSchema(name="tranDate", kind=Kind.DATE, label="Date"),
        FieldSchema(name="tranId", kind=Kind.TEXT, label="Credit number"),
        FieldSchema(name="memo", kind=Kind.TEXT, label="Memo"),
        FieldSchema(name="currency", kind=Kind.REFERENCE, label="Currency", refers_to="currency"),
        FieldSchema(name="total", kind=Kind.MONEY, label="Total", is_read_only=True, column="foreigntotal"),
        FieldSchema(
            name="appliedTo",
            kind=Kind.REFERENCE,
            label="Applied to",
            refers_to="invoice",
            is_read_only=True,
            derived="(SELECT MIN(l.previousdoc) FROM nexttransactionlinelink l WHERE l.nextdoc = {row}.id"
            " AND l.linktype = 'Payment' AND l.previoustype = 'CustInvc')",
        ),
        FieldSchema(name="lastModifiedDate", kind=Kind.INSTANT, label="Last modified", is_read_only=True),
    ),
)
