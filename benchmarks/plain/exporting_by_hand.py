"""The plain export with requests written by hand: as little work as a client can do."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

from benchmarks.hours import Hours
from benchmarks.plain.exporting import CORE, MESSAGES, PATH, TIME, external_id, measure_sending, midnight
from benchmarks.plain.signing import passport
from benchmarks.plain.speaking import Wire
from benchmarks.tasks import Measured, Task

_HEADERS = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '"upsertList"'}


def measure(task: Task) -> Measured:
    """Send every entry."""
    with Wire(task.address) as wire:

        def send(entries: Sequence[Hours]) -> int:
            answer = wire.post(PATH, _envelope(task.credentials, entries).encode(), _HEADERS)
            return answer.count(b'isSuccess="true"') - 1  # the list has a status of its own

        return measure_sending(task, send)


def _envelope(given: Mapping[str, str], entries: Sequence[Hours]) -> str:
    signed = passport(given)
    signature = signed.pop("signature")
    parts = "".join(f"<c:{name}>{escape(value)}</c:{name}>" for name, value in signed.items())
    return (
        '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"'
        ' xmlns:i="http://www.w3.org/2001/XMLSchema-instance"'
        f' xmlns:m="{MESSAGES}" xmlns:c="{CORE}" xmlns:t="{TIME}">'
        f'<s:Header><m:tokenPassport>{parts}<c:signature algorithm="HMAC-SHA256">{escape(signature)}</c:signature>'
        f"</m:tokenPassport></s:Header>"
        f"<s:Body><m:upsertList>{''.join(map(_element, entries))}</m:upsertList></s:Body></s:Envelope>"
    )


def _element(entry: Hours) -> str:
    return (
        f'<m:record i:type="t:TimeBill" externalId="{external_id(entry)}">'
        f'<t:employee internalId="{entry.employee}"/><t:tranDate>{midnight(entry.day).isoformat()}</t:tranDate>'
        f'<t:approvalStatus internalId="3"/><t:customer internalId="{entry.project}"/>'
        f"<t:isBillable>{str(entry.is_billable).lower()}</t:isBillable>"
        f'<t:item internalId="{entry.item}"/>'
        f"<t:hours><c:timeSpan>{entry.hours}</c:timeSpan><c:unit>hour</c:unit></t:hours>"
        f"<t:timeType>_actualTime</t:timeType><t:memo>{escape(entry.memo)}</t:memo></m:record>"
    )
