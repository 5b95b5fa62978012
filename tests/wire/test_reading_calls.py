"""Which requests a dry run may send (quality.md U25): whatever is not known to read counts as a change."""

import pytest

from suitebridge.wire.http import Request
from suitebridge.wire.reading_calls import only_reads

ORIGIN = "https://1234567.suitetalk.api.netsuite.com"
SOAP = f"{ORIGIN}/services/NetSuitePort_2025_2"


@pytest.mark.parametrize(
    ("method", "url", "operation", "reads"),
    [
        ("GET", f"{ORIGIN}/services/rest/record/v1/customer/7", "", True),
        ("POST", f"{ORIGIN}/services/rest/query/v1/suiteql?limit=10&offset=0", "", True),
        ("POST", SOAP, "search", True),
        ("POST", SOAP, "getServerTime", True),
        ("POST", SOAP, "upsertList", False),
        ("POST", SOAP, "delete", False),
        ("POST", SOAP, "", False),
        ("POST", f"{ORIGIN}/services/rest/record/v1/customer", "", False),
        ("PUT", f"{ORIGIN}/services/rest/record/v1/customer/eid:sb_1", "", False),
        ("PATCH", f"{ORIGIN}/services/rest/record/v1/customer/7", "", False),
        ("DELETE", f"{ORIGIN}/services/rest/record/v1/customer/7", "", False),
        ("PUT", f"{ORIGIN}/services/rest/query/v1/suiteql", "", False),
        ("POST", f"{ORIGIN}/services/rest/query/v1/suiteql/../../record/v1/customer", "", False),
    ],
)
def test_only_what_is_listed_reads(method: str, url: str, operation: str, reads: bool) -> None:
    headers = {"SOAPAction": f'"{operation}"'} if operation else {}
    assert only_reads(Request(method=method, url=url, headers=headers)) is reads
