"""Takes what NetSuite pushes, and tells the sender what became of each record."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpResponse
from django.urls import reverse

from suitebridge.domain.errors import Problem
from suitebridge.ports.inbox import Errand, Origin
from suitebridge.ports.request_keys import Done, Taken
from suitebridge.ports.runs import ENDED_STATES
from suitebridge.runs.pushing import SavedRecord, pushed_types, receive_push
from suitebridge.runs.receiving import report_errand
from suitebridge.webhooks.guards import Delivery, accept, tell
from suitebridge.wire.pushes import Push, read_push

_DELIVERIES = "push delivery"


def take_push(delivery: Delivery) -> HttpResponse:
    """Put the records of a push into the inbox, and answer at once; a delivery that comes again gets the answer of the first."""
    try:
        push = read_push(delivery.body)
    except ValueError as error:
        return tell(Problem(code="SB-PUSH-003", facts={"said": f"{error}."}))
    store, now = delivery.store, delivery.house.clock.now()
    contents = delivery.body.decode()
    if push.delivery:
        claim = store.request_keys.claim(_DELIVERIES, push.delivery, request=contents, at=now)
        if isinstance(claim, Taken):
            said = f"The delivery {push.delivery} came before with other records."
            return tell(Problem(code="SB-PUSH-002", facts={"said": said}))
        if isinstance(claim, Done):
            known = [store.inbox.get(one) for one in claim.made.split(",")]
            lines = [_line(delivery, one) for one in known if one is not None]
            return accept({"is_repeated": True, "records": lines}, HTTPStatus.OK)
    return accept({"is_repeated": False, "records": _take(delivery, push)}, HTTPStatus.ACCEPTED)


def show_pushed(delivery: Delivery, errand_id: str) -> HttpResponse:
    """Tell what became of a record that was pushed."""
    errand = delivery.store.inbox.get(errand_id)
    if errand is None or errand.asked.origin is not Origin.PUSH:
        said = f"There is no pushed record {errand_id}."
        return tell(Problem(code="SB-PUSH-003", facts={"said": said}), HTTPStatus.NOT_FOUND)
    return accept(_line(delivery, errand), HTTPStatus.OK)


def _take(delivery: Delivery, push: Push) -> list[dict[str, object]]:
    house, store = delivery.house, delivery.store
    saved = [SavedRecord(record_type=one.type, record_id=one.id, version=one.version) for one in push.records]
    taken = receive_push(store, delivery.workflows, saved, clock=house.clock)
    if push.delivery:
        made = ",".join(dict.fromkeys(errand.id for errand in taken.values()))
        store.request_keys.settle(_DELIVERIES, push.delivery, made=made)
    types = ", ".join(pushed_types(delivery.workflows))
    return [
        _line(delivery, taken[one])
        if one in taken
        else {
            "type": one.record_type,
            "id": one.record_id,
            "state": "refused",
            "said": f"No workflow imports this record type, but {types}.",
        }
        for one in saved
    ]


def _line(delivery: Delivery, errand: Errand) -> dict[str, object]:
    report = report_errand(delivery.store, delivery.workflows, errand)
    state = "under way"
    if errand.is_waiting:
        state = "waiting"
    elif report.run is None:
        state = "refused"
    elif report.run.state in ENDED_STATES:
        state = "ended"
    problem = report.problem
    return {
        "type": errand.asked.record_type,
        "id": errand.asked.record_id,
        "state": state,
        "ask": reverse("pushed", kwargs={"company": delivery.store.company.id, "errand_id": errand.id}),
        "said": f"{problem.code}: {problem.cause}" if problem is not None else "",
        "outcomes": [
            {
                "workflow": one.workflow,
                "outcome": one.outcome.kind.value,
                "version": one.source_version,
                "code": one.outcome.problem.code if one.outcome.problem is not None else "",
            }
            for one in report.outcomes
        ],
    }
