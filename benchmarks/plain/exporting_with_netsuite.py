"""The plain export by the Python package `netsuite`, in an environment of its own (tools/clients.sh): its upsertList, in hundreds.

It reads the WSDL that the simulator serves; that is not part of what is measured. Nothing is kept of the answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Any

from netsuite import Config, NetSuiteSoapApi, TokenAuth

from benchmarks.hours import Hours
from benchmarks.plain.exporting import TIME, external_id, measure_sending, midnight
from benchmarks.tasks import Measured, Task

_VERSION = "2025.2.0"


def measure(task: Task) -> Measured:
    """Send every entry."""
    loop = asyncio.new_event_loop()
    given = task.credentials
    auth = TokenAuth(
        consumer_key=given["consumer_key"],
        consumer_secret=given["consumer_secret"],
        token_id=given["token_id"],
        token_secret=given["token_secret"],
    )
    wsdl = f"{task.address}/wsdl/v{_VERSION.replace('.', '_')}/netsuite.wsdl"
    api = NetSuiteSoapApi(Config(account=given["account_id"], auth=auth), version=_VERSION, wsdl_url=wsdl)
    record = _recorder(api)

    def send(entries: Sequence[Hours]) -> int:
        answer = loop.run_until_complete(api.upsertList([record(entry) for entry in entries]))
        return sum(one.status.isSuccess for one in answer.body.writeResponseList.writeResponse)

    try:
        return measure_sending(task, send)
    finally:
        loop.close()


def _recorder(api: NetSuiteSoapApi) -> Any:
    """Find the WSDL's types once: the package looks each of them up in it, and has no short name for the namespace of time."""
    bill, reference, duration = api.client.get_type(f"{{{TIME}}}TimeBill"), api.Core.RecordRef, api.Core.Duration

    def record(entry: Hours) -> Any:
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

    return record
