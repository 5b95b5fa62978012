"""Asynchronous jobs of REST, reference §5.9: taken with 202, asked after at addresses of their own.

The work is done when it is sent, and told of a second of the account's clock later; how long NetSuite takes depends on
its load (assumed). Jobs are kept with the account, as a restart of NetSuite loses none. Refuses to know what a job is about.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus
from uuid import UUID

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.accounts import Accounts
from netsuite_simulator.faces.admission import Door
from netsuite_simulator.faces.answers import AnswerError, json_response
from netsuite_simulator.faces.rest.documents import Document, collection, link
from netsuite_simulator.faces.rest.entrance import Visit, entered, origin_of_request
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.faults import EndlessJob

ROOT = "/services/rest/async/v1/job"
KEY = "X-NetSuite-Idempotency-Key"
APPLIED = {"Preference-Applied": "respond-async"}
DURATION = timedelta(seconds=1)
ENDLESS = timedelta(days=36_500)
SENT_BEFORE = (
    "A request with the same idempotency key is already submitted. "
    'See the "Location" header for a link to the previously submitted job'
)
_JOBS, _KEYS = "REST job", "REST idempotency key"
Task = Callable[[], web.Response]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one task answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @classmethod
    def of(cls, task: Task) -> Result:
        """Do a task; its problem is its answer."""
        try:
            response = task()
        except AnswerError as problem:
            response = problem.response
        body = response.body if isinstance(response.body, bytes | bytearray) else b""
        headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
        return cls(status=response.status, headers=headers, body=bytes(body))

    @property
    def progress(self) -> str:
        """How it ended; the word for failures is assumed."""
        return "failed" if self.status >= HTTPStatus.BAD_REQUEST else "succeeded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A job: its work is done, and due at an instant."""

    id: str
    started_at: datetime
    due_at: datetime
    results: tuple[Result, ...]


_job_in = msgspec.json.Decoder(Job)


@dataclass(frozen=True, slots=True)
class Desk:
    """The jobs of one account, and the idempotency keys they came with."""

    account: Account

    def find(self, job_id: str) -> Job | None:
        """Find a job."""
        kept = self.account.errands.use(_JOBS, job_id, self.account.clock.now())
        return None if kept is None else _job_in.decode(kept)

    def start(self, request: web.Request, visit: Visit, tasks: Sequence[Task]) -> web.Response:
        """Take a job, or refuse one whose idempotency key is known, reference §5.9."""
        errands, now = self.account.errands, self.account.clock.now()
        key = _key(request)
        known = None if key is None else errands.use(_KEYS, key, now)
        if known is not None:
            problem = ProblemError(400, "IDEMPOTENCY_ERROR", SENT_BEFORE, title="Conflict")
            problem.response.headers.update({"Location": _address(request, known.decode()), **APPLIED})
            raise problem
        job_id = str(errands.next_number(_JOBS))
        if key is not None:
            errands.keep(_KEYS, key, job_id.encode(), now)
        results = tuple(Result.of(task) for task in tasks)
        due_at = now + (ENDLESS if isinstance(visit.ticket.fault, EndlessJob) else DURATION)
        job = Job(id=job_id, started_at=now, due_at=due_at, results=results)
        errands.keep(_JOBS, job_id, msgspec.json.encode(job), now)
        return web.Response(status=202, headers={"Location": _address(request, job_id), **APPLIED})


def _key(request: web.Request) -> str | None:
    text = request.headers.get(KEY)
    if text is None:
        return None
    try:
        return str(UUID(text))
    except ValueError:
        raise ProblemError(400, "INVALID_HEADER", f"The header {KEY} is a UUID.", header=KEY) from None


def preferences(request: web.Request) -> frozenset[str]:
    """Return what a request prefers, in lower case."""
    said = ",".join(request.headers.getall("Prefer", []))
    return frozenset(one.strip().lower().replace('"', "") for one in said.split(","))


def _address(request: web.Request, job_id: str) -> str:
    return f"{origin_of_request(request)}{ROOT}/{job_id}"


# --- asking after jobs ---


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the routes of jobs, tasks and results."""

    async def respond(request: web.Request) -> web.StreamResponse:
        async with entered(accounts, request, door=Door.REST, operation="get job") as visit:
            desk = Desk(visit.account)
            response = await visit.ticket.run(lambda: _answer(request, visit, desk))
            return await visit.ticket.answer(request, response)

    job = f"{ROOT}/{{job}}"
    paths = (job, f"{job}/task", f"{job}/task/{{task}}", f"{job}/task/{{task}}/{{result:result}}")
    return [web.get(path, respond) for path in paths]


def _answer(request: web.Request, visit: Visit, desk: Desk) -> web.Response:
    place = request.match_info
    job = desk.find(place["job"])
    if job is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"The job {place['job'][:40]} does not exist.")
    is_complete = visit.account.clock.now() >= job.due_at
    address = _address(request, job.id)
    if "task" not in place:
        if request.path.rstrip("/").endswith("/task"):
            tasks = [_link(f"{address}/task/{number}") for number in range(1, len(job.results) + 1)]
            return json_response(collection(tasks, f"{address}/task"))
        return json_response(_job(job, address, is_complete=is_complete))
    number = place["task"]
    if number not in {str(one) for one in range(1, len(job.results) + 1)}:
        raise ProblemError(404, "NONEXISTENT_ID", f"The job {job.id} has no task {number[:40]}.")
    result = job.results[int(number) - 1]
    if "result" in place:
        if not is_complete:  # status and words are assumed
            raise ProblemError(404, "NONEXISTENT_ID", f"The job {job.id} is not completed. Ask again later.")
        return web.Response(status=result.status, headers=result.headers, body=result.body or None)
    return json_response(_task(job, result, f"{address}/task/{number}", is_complete=is_complete))


def _link(address: str) -> Document:
    return {"links": [link("self", address)]}


def _job(job: Job, address: str, *, is_complete: bool) -> Document:
    failed = any(one.progress == "failed" for one in job.results)
    progress = "failed" if failed else "succeeded"
    return {
        **_link(address),
        "completed": is_complete,
        "id": job.id,
        "progress": progress if is_complete else "pending",
        "task": _link(f"{address}/task"),
    }


def _task(job: Job, result: Result, address: str, *, is_complete: bool) -> Document:
    document = {
        **_link(address),
        "completed": is_complete,
        "id": address.rpartition("/")[2],
        "progress": result.progress if is_complete else "pending",
        "startTime": f"{job.started_at:%Y-%m-%dT%H:%M:%SZ}",
        "result": _link(f"{address}/result"),
    }
    return document | ({"endTime": f"{job.due_at:%Y-%m-%dT%H:%M:%SZ}"} if is_complete else {})
