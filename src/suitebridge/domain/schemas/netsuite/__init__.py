"""The NetSuite record types that workflows use, one file each."""

from collections.abc import Mapping

from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.netsuite import (
    currency,
    customer,
    department,
    employee,
    expense_category,
    expense_report,
    invoice,
    item,
    job,
    time_bill,
)

NETSUITE_TYPES: Mapping[str, RecordSchema] = {
    schema.name: schema
    for schema in (
        customer.SCHEMA,
        employee.SCHEMA,
        job.SCHEMA,
        item.SCHEMA,
        expense_category.SCHEMA,
        currency.SCHEMA,
        department.SCHEMA,
        time_bill.SCHEMA,
        expense_report.SCHEMA,
        invoice.SCHEMA,
    )
}

_LEDGER = "transaction"


def is_in_ledger(record_type: str) -> bool:
    """Whether records of a type are documents of the books; a type that nobody knows here counts as one."""
    schema = NETSUITE_TYPES.get(record_type)
    return schema is None or schema.table == _LEDGER
