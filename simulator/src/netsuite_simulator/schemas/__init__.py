"""The record types of the simulated account, as data."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from netsuite_simulator.schemas.accounting import ACCOUNT, ACCOUNTING_PERIOD, CURRENCY
from netsuite_simulator.schemas.classifications import CLASSIFICATION, DEPARTMENT, LOCATION, SUBSIDIARY
from netsuite_simulator.schemas.contact import CONTACT
from netsuite_simulator.schemas.customer import CUSTOMER
from netsuite_simulator.schemas.employee import EMPLOYEE
from netsuite_simulator.schemas.expense_category import EXPENSE_CATEGORY
from netsuite_simulator.schemas.expense_report import EXPENSE_REPORT
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.invoice import INVOICE
from netsuite_simulator.schemas.items import SERVICE_PURCHASE_ITEM, SERVICE_RESALE_ITEM, SERVICE_SALE_ITEM
from netsuite_simulator.schemas.job import JOB
from netsuite_simulator.schemas.project_task import PROJECT_TASK
from netsuite_simulator.schemas.time_bill import TIME_BILL
from netsuite_simulator.schemas.vendor import VENDOR

RECORD_TYPES: Mapping[str, RecordType] = MappingProxyType(
    {
        record_type.name: record_type
        for record_type in (
            SUBSIDIARY,
            CURRENCY,
            DEPARTMENT,
            CLASSIFICATION,
            LOCATION,
            ACCOUNT,
            ACCOUNTING_PERIOD,
            EXPENSE_CATEGORY,
            SERVICE_SALE_ITEM,
            SERVICE_PURCHASE_ITEM,
            SERVICE_RESALE_ITEM,
            EMPLOYEE,
            VENDOR,
            CUSTOMER,
            CONTACT,
            JOB,
            PROJECT_TASK,
            TIME_BILL,
            EXPENSE_REPORT,
            INVOICE,
        )
    }
)

__all__ = ["RECORD_TYPES"]
