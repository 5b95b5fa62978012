"""SOAP lists of ten time entries, written to bytes, and their answers, read: by the connector and by zeep, which reads the WSDL that the simulator serves.

Neither signs. Reading the WSDL is no part of what is measured.
"""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import Any, Final

import zeep
from lxml import etree

from benchmarks.hours import Hours, draw_hours
from benchmarks.parts.repeating import OtherResultError, measure_repeating
from benchmarks.plain.exporting import CORE, MESSAGES, TIME, external_id, midnight
from benchmarks.tasks import Measured, Task
from suitebridge.adapters.netsuite.shapes import writer_of
from suitebridge.wire.oauth1 import Passport
from suitebridge.wire.soap import envelopes, write_lists
from suitebridge.wire.soap.record_shapes import SoapRecord

LIST: Final = 10
_NOBODY: Final = Passport(account="", consumer_key="", token="", nonce="", timestamp=0, signature="")


def write_by_connector(task: Task) -> Measured:
    """Write lists as the connector does."""
    entries, writer = list(draw_hours(LIST, task.seed)), writer_of("timeBill")

    def write(_: int) -> bytes:
        written = [writer.write(_record(entry)) for entry in entries]
        content = write_lists.render(write_lists.UPSERT, writer, written)
        return envelopes.request(url="", operation=write_lists.UPSERT, content=content, passport=_NOBODY).body

    _refuse_others(write(0))
    return measure_repeating(task, write)


def write_by_zeep(task: Task) -> Measured:
    """Write lists with zeep."""
    entries, client = list(draw_hours(LIST, task.seed)), _client(task)
    bill = client.get_type(f"{{{TIME}}}TimeBill")
    reference, duration = client.get_type(f"{{{CORE}}}RecordRef"), client.get_type(f"{{{CORE}}}Duration")

    def write(_: int) -> bytes:
        records = [_bill(entry, bill, reference, duration) for entry in entries]
        return etree.tostring(client.create_message(client.service, "upsertList", record=records))

    _refuse_others(write(0))
    return measure_repeating(task, write)


def read_by_connector(task: Task) -> Measured:
    """Read answers as the connector does."""
    body = _answer()

    def read(_: int) -> Sequence[object]:
        return write_lists.read_answer(write_lists.UPSERT, envelopes.open_answer(body)).responses

    _refuse_fewer(len(read(0)))
    return measure_repeating(task, read)


def read_by_zeep(task: Task) -> Measured:
    """Read answers with zeep."""
    client = _client(task)
    binding = client.service._binding
    operation = binding.get("upsertList")
    came = SimpleNamespace(status_code=200, headers={"Content-Type": "text/xml"}, content=_answer(), encoding="utf-8")

    def read(_: int) -> Any:
        return binding.process_reply(client, operation, came)

    _refuse_fewer(len(read(0).body.writeResponseList.writeResponse))
    return measure_repeating(task, read)


def _client(task: Task) -> zeep.Client:
    return zeep.Client(f"{task.address}/wsdl/v2025_2_0/netsuite.wsdl")


def _record(entry: Hours) -> SoapRecord:
    return SoapRecord(
        external_id=external_id(entry),
        values={
            "employee": entry.employee,
            "tranDate": entry.day,
            "approvalStatus": "3",
            "customer": entry.project,
            "isBillable": entry.is_billable,
            "item": entry.item,
            "hours": entry.hours,
            "timeType": "_actualTime",
            "memo": entry.memo,
        },
    )


def _bill(entry: Hours, bill: Any, reference: Any, duration: Any) -> Any:
    return bill(
        externalId=external_id(entry),
        employee=reference(internalId=entry.employee),
        tranDate=midnight(entry.day),
        approvalStatus=reference(internalId="3"),
        customer=reference(internalId=entry.project),
        isBillable=entry.is_billable,
        item=reference(internalId=entry.item),
        hours=duration(timeSpan=float(entry.hours), unit="hour"),
        timeType="_actualTime",
        memo=entry.memo,
    )


def _answer() -> bytes:
    done = '<c:status isSuccess="true"/>'
    responses = "".join(
        f'<m:writeResponse>{done}<m:baseRef internalId="{number}" externalId="plain_{number}" type="timeBill"'
        ' xsi:type="c:RecordRef"/></m:writeResponse>'
        for number in range(LIST)
    )
    return (
        '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"'
        f' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:m="{MESSAGES}" xmlns:c="{CORE}"><e:Body>'
        f"<m:upsertListResponse><m:writeResponseList>{done}{responses}</m:writeResponseList></m:upsertListResponse>"
        "</e:Body></e:Envelope>"
    ).encode()


def _refuse_others(body: bytes) -> None:
    hours = etree.fromstring(body).findall(f".//{{{TIME}}}hours")
    if len(hours) != LIST:
        raise OtherResultError(f"{len(hours)} time entries were written instead of {LIST}.")


def _refuse_fewer(read: int) -> None:
    if read != LIST:
        raise OtherResultError(f"{read} answers were read instead of {LIST}.")
