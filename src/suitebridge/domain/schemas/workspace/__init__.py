"""The record types of the embedded workspace, one file each, parents before children."""

from collections.abc import Mapping

from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.workspace import (
    charge,
    classification,
    contact,
    customer,
    customer_po,
    department,
    employee,
    exchange_rate,
    expense_item,
    expense_report,
    invoice,
    location,
    product,
    project,
    project_task,
    purchase_item,
    purchase_order,
    purchase_request,
    receipt,
    recognition_transaction,
    request_item,
    service,
    subsidiary,
    time_entry,
    timesheet,
    vendor,
)

WORKSPACE_TYPES: Mapping[str, RecordSchema] = {
    schema.name: schema
    for schema in (
        department.SCHEMA,
        classification.SCHEMA,
        location.SCHEMA,
        subsidiary.SCHEMA,
        customer.SCHEMA,
        contact.SCHEMA,
        employee.SCHEMA,
        vendor.SCHEMA,
        project.SCHEMA,
        project_task.SCHEMA,
        service.SCHEMA,
        product.SCHEMA,
        expense_item.SCHEMA,
        exchange_rate.SCHEMA,
        customer_po.SCHEMA,
        timesheet.SCHEMA,
        time_entry.SCHEMA,
        expense_report.SCHEMA,
        receipt.SCHEMA,
        invoice.SCHEMA,
        charge.SCHEMA,
        purchase_request.SCHEMA,
        request_item.SCHEMA,
        purchase_order.SCHEMA,
        purchase_item.SCHEMA,
        recognition_transaction.SCHEMA,
    )
}
