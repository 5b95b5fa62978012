"""What the headers of a request ask for: credentials and preferences (reference §2.3, §4.4).

Reads them; whether the credentials are good is decided by the account's tokens.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.soapfaults import SoapFaultError, ambiguous_authentication, login_required, malformed
from netsuite_simulator.signatures import Passport

PAGE_SIZE_MIN = 5
PAGE_SIZE_MAX = 1000
PAGE_SIZE_DEFAULT = 1000
ASYNC_PAGE_SIZE_MAX = 2000

# Accepted and without effect here: custom fields have no system notes of their own to leave out.
_WITHOUT_EFFECT = ("disableSystemNotesForCustomFields",)

_INT = re.compile(r"[+-]?[0-9]{1,9}")
_TRUE = {"true", "1"}
_FALSE = {"false", "0"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Preferences:
    """What a request wants to be done differently from the account's defaults."""

    ignore_read_only_fields: bool = False
    warning_as_error: bool = False
    checks_mandatory_custom_fields: bool = True
    runs_scripts: bool = True
    body_fields_only: bool = True
    return_search_columns: bool = True
    page_size: int = PAGE_SIZE_DEFAULT


def read_passport(headers: dict[str, etree._Element]) -> Passport:
    """Return the passport; SoapFaultError where it is missing, doubled with another login, or incomplete.

    The children are looked up by local name: clients in the field also send them in the messages namespace.
    """
    element = headers.get("tokenPassport")
    if element is None:
        raise login_required()
    if "passport" in headers:
        raise SoapFaultError(message="Ambiguous authentication")  # its detail holds only the host, reference §2.6
    if "applicationInfo" in headers:
        raise ambiguous_authentication()
    texts = {split_tag(child.tag)[1]: (child.text or "").strip() for child in element}
    signature = next((child for child in element if child.tag.endswith("signature")), None)
    return Passport(
        account=texts.get("account"),
        consumer_key=texts.get("consumerKey"),
        token=texts.get("token"),
        nonce=texts.get("nonce"),
        timestamp=texts.get("timestamp"),
        signature=texts.get("signature"),
        algorithm=None if signature is None else signature.get("algorithm"),
    )


def read_preferences(headers: dict[str, etree._Element]) -> Preferences:
    """Return what the `preferences` and `searchPreferences` headers ask for; defaults where they are silent."""
    wanted: dict[str, str] = {}
    for name in ("preferences", "searchPreferences"):
        element = headers.get(name)
        if element is not None:
            wanted |= {split_tag(child.tag)[1]: (child.text or "").strip() for child in element}
    for name in _WITHOUT_EFFECT:
        _boolean(wanted, name, default=False)
    return Preferences(
        ignore_read_only_fields=_boolean(wanted, "ignoreReadOnlyFields", default=False),
        warning_as_error=_boolean(wanted, "warningAsError", default=False),
        checks_mandatory_custom_fields=not _boolean(wanted, "disableMandatoryCustomFieldValidation", default=False),
        runs_scripts=_boolean(wanted, "runServerSuiteScriptAndTriggerWorkflows", default=True),
        body_fields_only=_boolean(wanted, "bodyFieldsOnly", default=True),
        return_search_columns=_boolean(wanted, "returnSearchColumns", default=True),
        page_size=_whole_number(wanted, "pageSize", default=PAGE_SIZE_DEFAULT),
    )


def _boolean(wanted: dict[str, str], name: str, *, default: bool) -> bool:
    text = wanted.get(name)
    if text is None:
        return default
    if text not in _TRUE | _FALSE:
        raise malformed(f"org.xml.sax.SAXException: {text!r} is no xsd:boolean for the preference {name}")
    return text in _TRUE


def _whole_number(wanted: dict[str, str], name: str, *, default: int) -> int:
    text = wanted.get(name)
    return default if text is None else read_int(text, name)


def read_int(text: str, name: str) -> int:
    """Read an xsd:int; SoapFaultError names the element that holds none."""
    if _INT.fullmatch(text) is None:
        raise malformed(f"java.lang.NumberFormatException: For input string: {text!r} in {name}")
    return int(text)
