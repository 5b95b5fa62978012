"""The console over a firm that has worked for years: every page is asked for again and again, and the slowest counts.

The workspace holds the time entries of the export case; for each thousand of them there is a run that took them over. The server's own time is
what counts: the pages are made in this process, by the same code that `suitebridge serve` runs, and nothing is cached between two visits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from statistics import median
from typing import Final

import django
import msgspec
from django.test import Client

from benchmarks.connector import exporting
from benchmarks.connector.houses import COMPANY, PASSWORD, USER, Tenant, UnfaithfulRunError, founded
from benchmarks.simulators import ACCOUNT_ID
from benchmarks.tasks import Measured, Task, timed
from suitebridge.bootstrap import open_house
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.ports.runs import NewRun, RunState
from suitebridge.ports.transactions import Settled
from suitebridge.web import houses

WORKFLOW = exporting.WORKFLOW
_EACH: Final = 1_000
_VISITS: Final = 5
_MOST_SECONDS: Final = 0.2
_TOLD: Final = 5
_FIRST_RUN: Final = datetime(2025, 1, 6, 6, tzinfo=UTC)
_CONNECTOR: Final = "/administration/netsuite-connector"
_PAGES: Final = (
    "/runs",
    "/runs/1",
    "/runs/1/records",
    f"/runs/1/records?workflow={WORKFLOW}&outcome=created",
    f"/runs/1/records/{WORKFLOW}/{{entry}}",
    "/runs/start",
    "/runs/comparison",
    "/records",
    "/records/time_entry",
    "/records/time_entry?text=steering",
    "/records/time_entry/{entry}",
    "/records/timesheet",
    "/records/project",
    "/audit-trail",
    "/audit-trail?person=admin",
    _CONNECTOR,
    f"{_CONNECTOR}/credentials",
    f"{_CONNECTOR}/settings",
    f"{_CONNECTOR}/mapping",
    f"{_CONNECTOR}/mapping/{WORKFLOW}",
    f"{_CONNECTOR}/mapping/{WORKFLOW}/preview",
    f"{_CONNECTOR}/automate",
    f"{_CONNECTOR}/real-time",
    f"{_CONNECTOR}/notifications",
    f"{_CONNECTOR}/settings-history",
    "/administration/people",
    "/administration/roles",
    "/administration/access-review",
    "/account",
)


def prepare(task: Task) -> None:
    """Fill the workspace, and let a run of the past stand for each thousand entries."""
    with founded(task.directory) as tenant:
        exporting.fill(tenant, task)
        for number, ids in enumerate(_thousands(tenant)):
            _add_run(tenant, number, ids)


def measure(task: Task) -> Measured:
    """Visit every page; a page's time is the median of its visits, and the slowest page's time is what is told."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "suitebridge.web.settings")
    django.setup()
    house = open_house(task.directory)
    try:
        houses.set_current(house)
        visitor = Client(SERVER_NAME="127.0.0.1")
        visitor.post("/sign-in", {"company": COMPANY, "user": USER, "password": PASSWORD})
        entry = house.companies.store(COMPANY).records.select("time_entry", None, after_id="", limit=1)[0][0]
        with timed(task) as watch:
            found = {page: _seconds(visitor, page.format(entry=entry)) for page in _PAGES}
            watch.seconds = max(found.values())
    finally:
        house.close()
    above = sum(seconds > _MOST_SECONDS for seconds in found.values())
    slowest = sorted(found, key=lambda page: -found[page])[:_TOLD]
    told = ", ".join(f"{page} {found[page] * 1000:.0f} ms" for page in slowest)
    said = f"{above} of {len(found)} pages take longer than {_MOST_SECONDS:g} s; slowest: {told}"
    return msgspec.structs.replace(watch.measured(task.size), said=said)


def _seconds(visitor: Client, page: str) -> float:
    """Visit a page once to warm up and then again and again; give the median time at the server."""
    times = []
    for _ in range(_VISITS + 1):
        began = time.perf_counter()
        answer = visitor.get(page)
        if answer.status_code != HTTPStatus.OK:
            raise UnfaithfulRunError(f"{page}: {answer.status_code}")
        times.append(time.perf_counter() - began)
    return median(times[1:])


def _thousands(tenant: Tenant) -> Iterator[list[str]]:
    after = ""
    while page := tenant.store.records.select("time_entry", None, after_id=after, limit=_EACH):
        after = page[-1][0]
        yield [id_ for id_, _ in page]


def _add_run(tenant: Tenant, number: int, ids: list[str]) -> None:
    """Write a run that took these entries over, as the log would have kept it."""
    runs, at = tenant.store.runs, _FIRST_RUN + timedelta(hours=number)
    run = runs.add(
        NewRun(
            id=tenant.house.chance.token(20),
            account_id=ACCOUNT_ID,
            workflows=(WORKFLOW,),
            owner_id=tenant.user.id,
            owner_name=tenant.user.name,
            started_by=tenant.user.name,
            is_full=False,
            is_dry=False,
            asked_at=at,
            mapping_versions={WORKFLOW: fingerprint_workflow(tenant.house.shipped[WORKFLOW])},
        )
    )
    runs.enter(run.id, RunState.RUNNING, at=at)
    runs.begin_workflow(run.id, WORKFLOW, since="")
    runs.freeze(run.id, WORKFLOW, [(id_, "1") for id_ in ids])
    outcomes = [
        Outcome(kind=OutcomeKind.CREATED, source_id=id_, title=f"Time entry {id_}", target_id=f"7{id_}") for id_ in ids
    ]
    with tenant.store.transactions.begin() as unit:
        unit.settle(run.id, WORKFLOW, [Settled(source_version="1", outcome=one) for one in outcomes])
        unit.save_checkpoint(run.id, WORKFLOW, after_id=ids[-1], is_finished=True)
    runs.enter(run.id, RunState.COMPLETED, at=at + timedelta(minutes=1))
