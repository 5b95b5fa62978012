"""The NetSuite record types that workflows use, one file each."""

from collections.abc import Mapping

from suitebridge.domain.schemas.fields import RecordSchema
from suitebridge.domain.schemas.netsuite import (
    account,
    application,
    applied_credit_memo,
    classification,
    contact,
    credit_memo,
    currency,
    currency_rate,
    custom_record,
    customer,
    customer_payment,
    department,
    deposit_application,
    document_line,
    employee,
    expense_category,
    expense_report,
    invoice,
    item,
    job,
    journal_entry,
    location,
    project_task,
    purchase_document,
    purchase_requisition,
    sales_order,
    subsidiary,
    support_case,
    time_bill,
    vendor,
    vendor_bill,
    vendor_payment,
)

NETSUITE_TYPES: Mapping[str, RecordSchema] = {
    schema.name: schema
    for schema in (
        customer.SCHEMA,
        contact.SCHEMA,
        vendor.SCHEMA,
        employee.SCHEMA,
        job.SCHEMA,
        project_task.SCHEMA,
        item.SCHEMA,
        expense_category.SCHEMA,
        currency.SCHEMA,
        currency_rate.SCHEMA,
        department.SCHEMA,
        classification.SCHEMA,
        location.SCHEMA,
        subsidiary.SCHEMA,
        account.SCHEMA,
        time_bill.SCHEMA,
        expense_report.SCHEMA,
        vendor_bill.SCHEMA,
        invoice.SCHEMA,
        credit_memo.SCHEMA,
        sales_order.SCHEMA,
        purchase_document.ORDER,
        document_line.PURCHASE_ORDER,
        purchase_requisition.SCHEMA,
        journal_entry.SCHEMA,
        customer_payment.SCHEMA,
        deposit_application.SCHEMA,
        vendor_payment.SCHEMA,
        application.PAYMENT,
        application.DEPOSIT,
        application.REIMBURSEMENT,
        applied_credit_memo.SCHEMA,
        document_line.CREDIT_MEMO,
        purchase_document.BILL,
        document_line.BILL,
        purchase_document.CREDIT,
        document_line.PURCHASE_CREDIT,
        application.CREDIT,
        support_case.SCHEMA,
        custom_record.LOADED_COST,
        custom_record.REVENUE_TRANSACTION,
        custom_record.REVENUE_RULE,
        custom_record.COST_CENTER,
        custom_record.RATE_CARD,
    )
}

_LEDGER = "transaction"


def is_in_ledger(record_type: str) -> bool:
    """Whether records of a type are documents of the books; a type that nobody knows here counts as one."""
    schema = NETSUITE_TYPES.get(record_type)
    return schema is None or schema.table == _LEDGER
