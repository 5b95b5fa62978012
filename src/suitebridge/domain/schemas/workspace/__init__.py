"""The record types of the embedded workspace, one file each, parents before children."""

from collections.abc import Mapping

from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.workspace import (
    charge,
    contact,
    customer,
    employee,
    expense_item,
    expense_report,
    invoice,
    project,
    project_task,
    receipt,
    service,
    time_entry,
    timesheet,
    vendor,
)

WORKSPACE_TYPES: Mapping[str, RecordSchema] = {
    schema.name: schema
    for schema in (
        customer.SCHEMA,
        contact.SCHEMA,
        employee.SCHEMA,
        vendor.SCHEMA,
        project.SCHEMA,
        project_task.SCHEMA,
        service.SCHEMA,
        expense_item.SCHEMA,
        timesheet.SCHEMA,
        time_entry.SCHEMA,
        expense_report.SCHEMA,
        receipt.SCHEMA,
        invoice.SCHEMA,
        charge.SCHEMA,
    )
}
