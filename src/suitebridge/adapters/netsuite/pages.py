"""Where records are shown in NetSuite's own pages. It builds addresses and asks nothing."""

from __future__ import annotations

from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.domain.credentials import AccountId

# Pages of records in NetSuite's user interface (netsuite-api.md §9.12b); a project shares the customer's page.
_PAGES = {
    "customer": "/app/common/entity/custjob.nl?id=",
    "job": "/app/common/entity/custjob.nl?id=",
    "employee": "/app/common/entity/employee.nl?id=",
    "invoice": "/app/accounting/transactions/custinvc.nl?id=",
}


def page_of(hosts: Hosts, account: AccountId, record_type: str, netsuite_id: str) -> str:
    """Give the address of a record's page in NetSuite, or "" where it has none."""
    origin, page = hosts.pages(account), _PAGES.get(record_type, "")
    return f"{origin}{page}{netsuite_id}" if origin and page and netsuite_id.lstrip("-").isdigit() else ""
