"""The XML namespaces of each SOAP endpoint version (reference §4.1, §4.2).

Knows names only: nothing of envelopes, records or the account.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"
ENVELOPE_12 = "http://www.w3.org/2003/05/soap-envelope"
XSD = "http://www.w3.org/2001/XMLSchema"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
AXIS = "http://xml.apache.org/axis/"

XSI_TYPE = f"{{{XSI}}}type"

# Versions that still answer: 2023.2 to 2025.2 are supported, the older ones reachable (reference §4.1).
VERSIONS = (
    "2019_2", "2020_1", "2020_2", "2021_1", "2021_2", "2022_1", "2022_2",
    "2023_1", "2023_2", "2024_1", "2024_2", "2025_1", "2025_2",
)  # fmt: skip
LATEST = VERSIONS[-1]

_PATTERNS = {
    "platformCore": "urn:core_{v}.platform.webservices.netsuite.com",
    "platformMsgs": "urn:messages_{v}.platform.webservices.netsuite.com",
    "platformFaults": "urn:faults_{v}.platform.webservices.netsuite.com",
    "platformCommon": "urn:common_{v}.platform.webservices.netsuite.com",
    "listRel": "urn:relationships_{v}.lists.webservices.netsuite.com",
    "listEmp": "urn:employees_{v}.lists.webservices.netsuite.com",
    "listAcct": "urn:accounting_{v}.lists.webservices.netsuite.com",
    "actSched": "urn:scheduling_{v}.activities.webservices.netsuite.com",
    "tranEmp": "urn:employees_{v}.transactions.webservices.netsuite.com",
    "tranSales": "urn:sales_{v}.transactions.webservices.netsuite.com",
    "tranCust": "urn:customers_{v}.transactions.webservices.netsuite.com",
    "tranPurch": "urn:purchases_{v}.transactions.webservices.netsuite.com",
    "tranGeneral": "urn:general_{v}.transactions.webservices.netsuite.com",
    "setupCustom": "urn:customization_{v}.setup.webservices.netsuite.com",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Namespaces:
    """The namespaces of one version, by the prefixes that NetSuite's answers use."""

    version: str
    by_prefix: dict[str, str]

    @property
    def core(self) -> str:
        """Return the namespace of references, statuses and results."""
        return self.by_prefix["platformCore"]

    @property
    def messages(self) -> str:
        """Return the namespace of requests and responses."""
        return self.by_prefix["platformMsgs"]

    def tag(self, prefix: str, name: str) -> str:
        """Return `name` in the namespace of `prefix`, in Clark notation."""
        return f"{{{self.by_prefix[prefix]}}}{name}"


@cache
def namespaces_of(version: str) -> Namespaces:
    """Return the namespaces of `version`; KeyError where the version never existed."""
    if version not in VERSIONS:
        raise KeyError(version)
    return Namespaces(
        version=version, by_prefix={prefix: pattern.format(v=version) for prefix, pattern in _PATTERNS.items()}
    )


def split_tag(tag: str) -> tuple[str, str]:
    """Split a Clark name into namespace ("" where there is none) and local name."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag
