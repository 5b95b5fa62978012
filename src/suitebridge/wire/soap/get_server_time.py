"""getServerTime: the cheapest signed question, used to prove a sign-in (netsuite-api.md §4.14)."""

from __future__ import annotations

from datetime import datetime

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.statuses import read_status
from suitebridge.wire.xml import UnreadableXmlError, text_of

OPERATION = "getServerTime"
CONTENT = f'<platformMsgs:getServerTime xmlns:platformMsgs="{names.MESSAGES}"/>'.encode()

_RESPONSE, _RESULT, _TIME = (
    names.messages("getServerTimeResponse"),
    names.core("getServerTimeResult"),
    names.core("serverTime"),
)


def read_answer(element: etree._Element) -> datetime:
    """Give NetSuite's time, aware; `UnreadableXmlError` where the answer has none."""
    result = element.find(_RESULT) if element.tag == _RESPONSE else None
    if result is None:
        raise UnreadableXmlError(f"<{etree.QName(element).localname}> is no answer to getServerTime")
    status = read_status(result)
    if not status.is_success:
        raise UnreadableXmlError(f"getServerTime failed: {status.said}")
    try:
        moment = datetime.fromisoformat(text_of(result, _TIME))
    except ValueError as error:
        raise UnreadableXmlError("the server time is no date and time") from error
    if moment.tzinfo is None:
        raise UnreadableXmlError("the server time has no offset")
    return moment
