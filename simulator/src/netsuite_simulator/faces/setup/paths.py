"""The addresses of the pages.

Those of records stand in reference §9.12b; card.nl, privatelogin.nl, changerole.nl, features.nl, role.nl, accesstoken.nl,
integrapp.nl, employee.nl, uiaccesslist.nl and the lists beside them are what public documents and programs link to; every
other one is assumed. Refuses to know what answers there.
"""

from __future__ import annotations

from urllib.parse import urlencode

STYLE = "/app/simulator/style.css"
SIGN_IN = "/app/login/secure/privatelogin.nl"
OTHER_SIGN_IN = "/pages/customerlogin.jsp"
CHANGE_ROLE = "/app/login/secure/changerole.nl"
SIGN_OUT = "/app/login/signout.nl"  # assumed
HOME = "/app/center/card.nl"

FEATURES = "/app/setup/features.nl"
SOAP_PREFERENCES = "/app/setup/webservicesprefs.nl"  # assumed
ACCOUNTING = "/app/setup/acctsetup.nl"  # assumed
INTEGRATIONS = "/app/common/integration/integrapplist.nl"
INTEGRATION = "/app/common/integration/integrapp.nl"
ROLES = "/app/setup/rolelist.nl"
ROLE = "/app/setup/role.nl"
TOKENS = "/app/setup/accesstokens.nl"
TOKEN = "/app/setup/accesstoken.nl"  # noqa: S105 - an address
MY_TOKENS = "/app/setup/myaccesstokens.nl"  # assumed
MY_TOKEN = "/app/setup/myaccesstoken.nl"  # noqa: S105 - an address, assumed
USERS = "/app/setup/uiaccesslist.nl"
EMPLOYEES = "/app/common/entity/employeelist.nl"
EMPLOYEE = "/app/common/entity/employee.nl"
EMPLOYEE_ACCESS = "/app/common/entity/employeeaccess.nl"  # assumed: in NetSuite a subtab of the employee
CERTIFICATES = "/app/setup/oauth2clientcredentials.nl"  # assumed
CERTIFICATE = "/app/setup/oauth2clientcredential.nl"  # assumed
WORKSPACE = "/app/setup/workspace.nl"  # assumed
OPEN_WORKSPACE = "/app/common/integration/openworkspace.nl"  # assumed
LOGIN_AUDIT = "/app/setup/loginaudittrail.nl"  # assumed
DELETED = "/app/setup/deletedrecords.nl"  # assumed

RECORD_TYPES = "/app/common/record/recordtypes.nl"  # assumed
RECORD_LIST = "/app/common/record/recordlist.nl"  # assumed: in NetSuite each type has a list of its own
RECORD = "/app/common/record/record.nl"  # assumed, for types without a documented address
CUSTOMER_OR_PROJECT = "/app/common/entity/custjob.nl"
FORMS = {  # the documented forms, by record type
    "customer": CUSTOMER_OR_PROJECT,
    "job": CUSTOMER_OR_PROJECT,
    "employee": EMPLOYEE,
    "vendor": "/app/common/entity/vendor.nl",
    "invoice": "/app/accounting/transactions/custinvc.nl",
    "salesOrder": "/app/accounting/transactions/salesord.nl",
    "purchaseOrder": "/app/accounting/transactions/purchord.nl",
    "vendorBill": "/app/accounting/transactions/vendbill.nl",
    "customerPayment": "/app/accounting/transactions/custpymt.nl",
    "journalEntry": "/app/accounting/transactions/journal.nl",
    "creditMemo": "/app/accounting/transactions/credmemo.nl",
}


def form_of(record_type: str, **query: str) -> str:
    """Write the address of a record's form; without an id it is that of a new one."""
    path = FORMS.get(record_type, RECORD)
    if path in (RECORD, CUSTOMER_OR_PROJECT):
        return to(path, type=record_type, **query)
    return to(path, **query)


def to(path: str, **query: str) -> str:
    """Write an address with a query."""
    return f"{path}?{urlencode(query)}" if query else path
