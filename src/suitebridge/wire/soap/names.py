"""The names of the SOAP 2025.2 end point: namespaces, path, and Clark notation (netsuite-api.md §4.1, §4.2)."""

from __future__ import annotations

VERSION = "2025_2"
PATH = f"/services/NetSuitePort_{VERSION}"

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
CORE = f"urn:core_{VERSION}.platform.webservices.netsuite.com"
MESSAGES = f"urn:messages_{VERSION}.platform.webservices.netsuite.com"
FAULTS = f"urn:faults_{VERSION}.platform.webservices.netsuite.com"

XSI_TYPE = f"{{{XSI}}}type"


def core(name: str) -> str:
    """Name an element of references, statuses and results."""
    return f"{{{CORE}}}{name}"


def messages(name: str) -> str:
    """Name an element of requests and responses."""
    return f"{{{MESSAGES}}}{name}"


def namespace_of(family: str) -> str:
    """Give the namespace of a family of records: "employees_2025_2.transactions" lies under NetSuite's urn."""
    return f"urn:{family}.webservices.netsuite.com"
