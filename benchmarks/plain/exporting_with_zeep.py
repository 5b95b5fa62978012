"""The plain export as NetSuite's Python packages do it: zeep builds and reads every message from NetSuite's own WSDL.

Needs the folder named by NETSUITE_SCHEMAS. Reading the WSDL is not part of what is measured.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import requests
import zeep

from benchmarks.hours import Hours
from benchmarks.plain.exporting import CORE, PATH, TIME, Send, external_id, measure_sending, midnight
from benchmarks.plain.signing import passport
from benchmarks.tasks import Measured, Task


def measure(task: Task) -> Measured:
    """Send every entry."""
    return measure_sending(task, _sender(task))


def _sender(task: Task) -> Send:
    session = requests.Session()
    session.trust_env = False
    wsdl = Path(os.environ["NETSUITE_SCHEMAS"]) / "netsuite.wsdl"
    client = zeep.Client(wsdl.as_posix(), transport=zeep.Transport(session=session))
    service = client.create_service(next(iter(client.wsdl.bindings)), f"{task.address}{PATH}")
    ticket = client.get_type(f"{{{CORE}}}TokenPassport")

    def send(entries: Sequence[Hours]) -> int:
        signed = passport(task.credentials)
        signature = {"_value_1": signed.pop("signature"), "algorithm": "HMAC-SHA256"}
        headers = {"tokenPassport": ticket(**signed, signature=signature)}
        answer = service.upsertList([_record(client, entry) for entry in entries], _soapheaders=headers)
        return sum(one.status.isSuccess for one in answer.body.writeResponseList.writeResponse)

    return send


def _record(client: zeep.Client, entry: Hours) -> Any:
    bill = client.get_type(f"{{{TIME}}}TimeBill")
    reference = client.get_type(f"{{{CORE}}}RecordRef")
    duration = client.get_type(f"{{{CORE}}}Duration")
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
