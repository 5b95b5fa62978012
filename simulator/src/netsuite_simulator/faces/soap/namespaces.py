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


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """One family of types: `name` and `area` are its namespace's words, `area` and `file` the path of its XSD."""

    name: str
    area: str
    file: str
    types: str | None  # the file of the enumerations beside it; None where it has none

    def namespace(self, version: str) -> str:
        """Return the namespace of its complex types."""
        return f"urn:{self.name}_{version}.{self.area}.webservices.netsuite.com"

    def types_namespace(self, version: str) -> str:
        """Return the namespace of its enumerations."""
        return f"urn:types.{self.name}_{version}.{self.area}.webservices.netsuite.com"


def _space(name: str, area: str, *, file: str = "", types: str | None = "") -> Space:
    file = file or name
    return Space(name=name, area=area, file=file, types=f"{file}Types" if types == "" else types)


# In the order in which NetSuite's WSDL imports them: zeep counts its prefixes (ns0, ns1, …) by it, and clients such as netsuitesdk
# name types by those.
SPACES: dict[str, Space] = {
    "platformCore": _space("core", "platform"),
    "platformFaults": _space("faults", "platform", types="faultTypes"),
    "platformMsgs": _space("messages", "platform", types=None),
    "platformCommon": _space("common", "platform"),
    "actSched": _space("scheduling", "activities"),
    "generalComm": _space("communication", "general"),
    "docFileCab": _space("filecabinet", "documents", file="fileCabinet"),
    "listRel": _space("relationships", "lists", types="relationshipTypes"),
    "listSupport": _space("support", "lists"),
    "listAcct": _space("accounting", "lists"),
    "tranSales": _space("sales", "transactions", types="saleTypes"),
    "tranPurch": _space("purchases", "transactions", types="purchaseTypes"),
    "tranCust": _space("customers", "transactions", types="customerTypes"),
    "tranFin": _space("financial", "transactions"),
    "tranBank": _space("bank", "transactions"),
    "tranInvt": _space("inventory", "transactions"),
    "tranGeneral": _space("general", "transactions", types=None),
    "setupCustom": _space("customization", "setup"),
    "listEmp": _space("employees", "lists", types="employeeTypes"),
    "listSite": _space("website", "lists"),
    "tranEmp": _space("employees", "transactions", types="employeeTypes"),
    "listMkt": _space("marketing", "lists"),
    "demandPlanning": _space("demandplanning", "transactions", file="demandPlanning"),
    "listScm": _space("supplychain", "lists", file="supplyChain"),
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
    return Namespaces(version=version, by_prefix={prefix: space.namespace(version) for prefix, space in SPACES.items()})


def split_tag(tag: str) -> tuple[str, str]:
    """Split a Clark name into namespace ("" where there is none) and local name."""
    if tag.startswith("{"):
        namespace, _, name = tag[1:].partition("}")
        return namespace, name
    return "", tag
