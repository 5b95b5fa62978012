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
