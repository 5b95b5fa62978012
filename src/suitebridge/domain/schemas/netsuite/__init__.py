"""The NetSuite record types that workflows use, one file each."""

from collections.abc import Mapping

from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.netsuite import (
    classification,
    contact,
    currency,
    currency_rate,
    customer,
    department,
    employee,
    expense_category,
    expense_report,
    invoice,
    item,
    job,
    location,
    subsidiary,
    time_bill,
    vendor,
)

NETSUITE_TYPES: Mapping[str, RecordSchema] = {
    schema.name: schema
    for schema in (
        customer.SCHEMA,
        contact.SCHEMA,
        vendor.SCHEMA,
        employee.SCHEMA,
        job.SCHEMA,
        item.SCHEMA,
        expense_category.SCHEMA,
        currency.SCHEMA,
        currency_rate.SCHEMA,
        department.SCHEMA,
        classification.SCHEMA,
        location.SCHEMA,
        subsidiary.SCHEMA,
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
