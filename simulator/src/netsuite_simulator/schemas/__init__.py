"""The record types of the simulated account, as data.

To add a type: write its file beside these with the spellings of `shorthand`, name it below, and list what it needs:

- fields in the order of the SOAP record (an element that is not declared is refused by SOAP, an element out of order
  does not validate); SOAP carries customFieldList by itself, and `nullFieldList` before everything else;
- `soap=False` for what only REST and SuiteQL know, `soap_type=""` for a record that SOAP lacks altogether;
- `column`: "=" (the default) is the field's name in lower case, None a value that SuiteQL cannot name; types of one
  `table` are told apart by `discriminator` and share columns, so a column means one thing and has one kind;
- sublists of transactions named `column="transactionline"` are rows of that table, all others are kept in the record;
- `permission` is one of the role permissions of the reference's §7.5, `in_deleted` follows §4.7;
- rules, if it has any, go into `rules`, standard rows of a new account into `standard`.

Every type is read, written, searched and queried at every door without further code; the tests run over all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from netsuite_simulator.schemas.accounting import ACCOUNT, ACCOUNTING_PERIOD, CURRENCY
from netsuite_simulator.schemas.accounting_lists import PAYMENT_METHOD, PRICE_LEVEL, TERM, UNITS_TYPE
from netsuite_simulator.schemas.activities import CALENDAR_EVENT, PHONE_CALL, TASK
from netsuite_simulator.schemas.billing_rates import (
    BILLING_CLASS,
    BILLING_RATE_CARD,
    CHARGE_RULE,
    GENERIC_RESOURCE,
    PROJECT_EXPENSE_TYPE,
    WORK_CALENDAR,
)
from netsuite_simulator.schemas.billing_schedule import BILLING_SCHEDULE
from netsuite_simulator.schemas.cash_sale import CASH_SALE
from netsuite_simulator.schemas.charge import CHARGE
from netsuite_simulator.schemas.classifications import CLASSIFICATION, DEPARTMENT, LOCATION, SUBSIDIARY
from netsuite_simulator.schemas.communication import MESSAGE, NOTE
from netsuite_simulator.schemas.contact import CONTACT
from netsuite_simulator.schemas.credit_memo import CREDIT_MEMO
from netsuite_simulator.schemas.customer import CUSTOMER
from netsuite_simulator.schemas.customer_deposit import CUSTOMER_DEPOSIT, DEPOSIT_APPLICATION
from netsuite_simulator.schemas.customer_payment import CUSTOMER_PAYMENT
from netsuite_simulator.schemas.customer_refund import CUSTOMER_REFUND
from netsuite_simulator.schemas.employee import EMPLOYEE
from netsuite_simulator.schemas.estimate import ESTIMATE
from netsuite_simulator.schemas.exchange_rates import CONSOLIDATED_EXCHANGE_RATE, CURRENCY_RATE
from netsuite_simulator.schemas.expense_category import EXPENSE_CATEGORY
from netsuite_simulator.schemas.expense_report import EXPENSE_REPORT
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.file_cabinet import FILE, FOLDER
from netsuite_simulator.schemas.invoice import INVOICE
from netsuite_simulator.schemas.item_fulfillment import ITEM_FULFILLMENT
from netsuite_simulator.schemas.item_receipt import ITEM_RECEIPT
from netsuite_simulator.schemas.items import (
    DESCRIPTION_ITEM,
    DISCOUNT_ITEM,
    INVENTORY_ITEM,
    KIT_ITEM,
    MARKUP_ITEM,
    NON_INVENTORY_PURCHASE_ITEM,
    NON_INVENTORY_RESALE_ITEM,
    NON_INVENTORY_SALE_ITEM,
    OTHER_CHARGE_PURCHASE_ITEM,
    OTHER_CHARGE_RESALE_ITEM,
    OTHER_CHARGE_SALE_ITEM,
    SERVICE_PURCHASE_ITEM,
    SERVICE_RESALE_ITEM,
    SERVICE_SALE_ITEM,
    SUBTOTAL_ITEM,
)
from netsuite_simulator.schemas.job import JOB
from netsuite_simulator.schemas.journal_entry import JOURNAL_ENTRY
from netsuite_simulator.schemas.opportunity import OPPORTUNITY
from netsuite_simulator.schemas.project_task import PROJECT_TASK
from netsuite_simulator.schemas.purchase_order import PURCHASE_ORDER
from netsuite_simulator.schemas.purchase_requisition import PURCHASE_REQUISITION
from netsuite_simulator.schemas.relationships import (
    CUSTOMER_SUBSIDIARY_RELATIONSHIP,
    VENDOR_SUBSIDIARY_RELATIONSHIP,
)
from netsuite_simulator.schemas.resource_allocation import RESOURCE_ALLOCATION
from netsuite_simulator.schemas.return_authorization import RETURN_AUTHORIZATION
from netsuite_simulator.schemas.revenue_management import REVENUE_ARRANGEMENT, REVENUE_ELEMENT, REVENUE_PLAN
from netsuite_simulator.schemas.revenue_recognition import REV_REC_SCHEDULE, REV_REC_TEMPLATE
from netsuite_simulator.schemas.sales_order import SALES_ORDER
from netsuite_simulator.schemas.statuses import (
    CUSTOMER_CATEGORY,
    CUSTOMER_STATUS,
    JOB_STATUS,
    JOB_TYPE,
    LEAD_SOURCE,
    VENDOR_CATEGORY,
)
from netsuite_simulator.schemas.support_case import (
    SUPPORT_CASE,
    SUPPORT_CASE_ORIGIN,
    SUPPORT_CASE_PRIORITY,
    SUPPORT_CASE_STATUS,
    SUPPORT_CASE_TYPE,
)
from netsuite_simulator.schemas.taxes import NEXUS, SALES_TAX_ITEM, TAX_GROUP, TAX_TYPE
from netsuite_simulator.schemas.time_bill import TIME_BILL
from netsuite_simulator.schemas.time_sheet import TIME_SHEET
from netsuite_simulator.schemas.vendor import VENDOR
from netsuite_simulator.schemas.vendor_bill import VENDOR_BILL
from netsuite_simulator.schemas.vendor_credit import VENDOR_CREDIT
from netsuite_simulator.schemas.vendor_payment import VENDOR_PAYMENT

RECORD_TYPES: Mapping[str, RecordType] = MappingProxyType(
    {
        record_type.name: record_type
        for record_type in (
            SUBSIDIARY,
            CURRENCY,
            TERM,
            PAYMENT_METHOD,
            PRICE_LEVEL,
            UNITS_TYPE,
            JOB_TYPE,
            JOB_STATUS,
            CUSTOMER_STATUS,
            CUSTOMER_CATEGORY,
            VENDOR_CATEGORY,
            LEAD_SOURCE,
            ACCOUNT,
            ACCOUNTING_PERIOD,
            DEPARTMENT,
            CLASSIFICATION,
            LOCATION,
            TAX_TYPE,
            NEXUS,
            SALES_TAX_ITEM,
            TAX_GROUP,
            CURRENCY_RATE,
            CONSOLIDATED_EXCHANGE_RATE,
            BILLING_CLASS,
            BILLING_RATE_CARD,
            GENERIC_RESOURCE,
            PROJECT_EXPENSE_TYPE,
            WORK_CALENDAR,
            CHARGE_RULE,
            BILLING_SCHEDULE,
            REV_REC_SCHEDULE,
            REV_REC_TEMPLATE,
            EXPENSE_CATEGORY,
            SERVICE_SALE_ITEM,
            SERVICE_PURCHASE_ITEM,
            SERVICE_RESALE_ITEM,
            NON_INVENTORY_SALE_ITEM,
            NON_INVENTORY_PURCHASE_ITEM,
            NON_INVENTORY_RESALE_ITEM,
            OTHER_CHARGE_SALE_ITEM,
            OTHER_CHARGE_PURCHASE_ITEM,
            OTHER_CHARGE_RESALE_ITEM,
            INVENTORY_ITEM,
            KIT_ITEM,
            DISCOUNT_ITEM,
            MARKUP_ITEM,
            SUBTOTAL_ITEM,
            DESCRIPTION_ITEM,
            EMPLOYEE,
            VENDOR,
            CUSTOMER,
            CUSTOMER_SUBSIDIARY_RELATIONSHIP,
            VENDOR_SUBSIDIARY_RELATIONSHIP,
            CONTACT,
            JOB,
            PROJECT_TASK,
            SUPPORT_CASE_STATUS,
            SUPPORT_CASE_PRIORITY,
            SUPPORT_CASE_TYPE,
            SUPPORT_CASE_ORIGIN,
            SUPPORT_CASE,
            TASK,
            PHONE_CALL,
            CALENDAR_EVENT,
            RESOURCE_ALLOCATION,
            TIME_SHEET,
            TIME_BILL,
            OPPORTUNITY,
            ESTIMATE,
            SALES_ORDER,
            ITEM_FULFILLMENT,
            INVOICE,
            CASH_SALE,
            RETURN_AUTHORIZATION,
            CREDIT_MEMO,
            CUSTOMER_PAYMENT,
            CUSTOMER_DEPOSIT,
            DEPOSIT_APPLICATION,
            CUSTOMER_REFUND,
            PURCHASE_REQUISITION,
            PURCHASE_ORDER,
            ITEM_RECEIPT,
            VENDOR_BILL,
            VENDOR_CREDIT,
            EXPENSE_REPORT,
            VENDOR_PAYMENT,
            JOURNAL_ENTRY,
            CHARGE,
            REVENUE_ARRANGEMENT,
            REVENUE_ELEMENT,
            REVENUE_PLAN,
            FOLDER,
            FILE,
            NOTE,
            MESSAGE,
        )
    }
)

__all__ = ["RECORD_TYPES"]
