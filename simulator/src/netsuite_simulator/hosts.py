"""NetSuite's host names: which face of which account each is, and what answers there (reference §1.1, §1.2).

On loopback every face shares one address, and none of this applies. Refuses to know sockets and requests.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterable
from urllib.parse import urlsplit

DOMAIN = "netsuite.com"


class Face(enum.Enum):
    """A documented host: the value is what follows the account's label, or the whole account-neutral name."""

    SUITETALK = "suitetalk.api.netsuite.com"
    RESTLETS = "restlets.api.netsuite.com"
    APP = "app.netsuite.com"
    EXTFORMS = "extforms.netsuite.com"
    SYSTEM = "system.netsuite.com"
    WEBSERVICES = "webservices.netsuite.com"
    REST = "rest.netsuite.com"


OF_ACCOUNTS = (Face.SUITETALK, Face.RESTLETS, Face.APP, Face.EXTFORMS)
NEUTRAL = (Face.SYSTEM, Face.WEBSERVICES, Face.REST)
_OTHERS = r"/(?:services|rest|wsdl|xsd|_simulator|\.well-known)(?:/.*)?|/app/site/hosting/restlet\.nl"
_ANSWERS = {
    Face.SUITETALK: r"/services/.*|/wsdl/.*|/xsd/.*|/\.well-known/.*",
    Face.RESTLETS: r"/app/site/hosting/restlet\.nl|/rest/.*|/services/rest/auth/.*",
    Face.APP: rf"(?!{_OTHERS}).*",
    Face.EXTFORMS: r"/app/site/.*",
    Face.SYSTEM: rf"(?!{_OTHERS}).*",
    Face.WEBSERVICES: r"/wsdl/.*|/xsd/.*|/services/NetSuitePort_[^/]*",
    Face.REST: r"/rest/.*",
}
_PATHS = {face: re.compile(pattern) for face, pattern in _ANSWERS.items()}


def label_of(account_id: str) -> str:
    """Return what an account's host names begin with: lower case, with a hyphen."""
    return account_id.lower().replace("_", "-")


def is_netsuite(host: str) -> bool:
    """Whether a host name is one of NetSuite's, or looks like one."""
    name = host.partition(":")[0].lower().rstrip(".")
    return name == DOMAIN or name.endswith(f".{DOMAIN}")


def names_of(account_ids: Iterable[str]) -> dict[str, Face]:
    """Return every host name that answers for these accounts."""
    labels = [label_of(one) for one in account_ids]
    own = {f"{label}.{face.value}": face for label in labels for face in OF_ACCOUNTS}
    return own | {face.value: face for face in NEUTRAL}


def answers_at(face: Face, path: str) -> bool:
    """Whether a face answers at a path: SOAP is not found at the RESTlets' host."""
    return _PATHS[face].fullmatch(path) is not None


def origins_of(account_id: str, origin: str) -> dict[str, str]:
    """Return an account's addresses as discovery tells them: `origin` for all, unless NetSuite's names are in use."""
    names = {"restDomain": Face.RESTLETS, "systemDomain": Face.APP, "webservicesDomain": Face.SUITETALK}
    if not is_netsuite(urlsplit(origin).netloc):
        return dict.fromkeys(names, origin)
    return {name: f"https://{label_of(account_id)}.{face.value}" for name, face in names.items()}
