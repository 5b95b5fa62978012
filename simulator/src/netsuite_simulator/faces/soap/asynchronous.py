"""Asynchronous twins of the list operations and of search, and how one asks after them (reference §4.16).

The work of a job is done when it is sent, and told of a second of the account's clock later; how long NetSuite takes
depends on its load (assumed).
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import replace

from lxml import etree

from netsuite_simulator.faces.soap import initializing, reading, searching, writing
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.criteria import read_search
from netsuite_simulator.faces.soap.envelopes import Answer
from netsuite_simulator.faces.soap.headers import ASYNC_PAGE_SIZE_MAX
from netsuite_simulator.faces.soap.memory import DURATION, ENDLESS, Job, Search
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.pages import read_page_size
from netsuite_simulator.faces.soap.soapfaults import async_fault, malformed
from netsuite_simulator.faces.soap.statuses import StatusDetail

_LISTS: dict[str, Callable[[Call], None]] = {
    "asyncAddList": writing.add_list,
    "asyncUpdateList": writing.update_list,
    "asyncUpsertList": writing.upsert_list,
    "asyncDeleteList": writing.delete_list,
    "asyncGetList": reading.get_list,
    "asyncInitializeList": initializing.initialize_list,
}


def start_list(call: Call) -> None:
    """Take a list to work through: twice as many records as its synchronous twin."""
    work = replace(
        call,
        operation=_twin(call.operation),
        answer=Answer(call.answer.names, call.account.id, call.now()),
        is_async=True,
    )
    _LISTS[call.operation](work)
    responses = work.answer.body[0][0]
    has_errors = any(one.get("isSuccess") == "false" for one in responses.iter() if split_tag(one.tag)[1] == "status")
    _answer_started(call, etree.tostring(responses, encoding="unicode"), has_errors=has_errors)


def start_search(call: Call) -> None:
    """Take a search whose pages are asked for later, of up to 2,000 records each."""
    size = read_page_size(call.preferences, largest=ASYNC_PAGE_SIZE_MAX)
    if isinstance(size, StatusDetail):
        raise malformed(size.message)
    found = searching.search_of(call, read_search(call.body), size)
    _answer_started(call, found)


def _twin(operation: str) -> str:
    name = operation.removeprefix("async")
    return name[0].lower() + name[1:]


def _answer_started(call: Call, result: str | Search, *, has_errors: bool = False) -> None:
    due_at = call.now() + (ENDLESS if call.never_ends else DURATION)
    job = Job(operation=call.operation, due_at=due_at, result=result, has_errors=has_errors)
    digits = f"{call.now():%m%d%Y}{secrets.randbelow(10**19):019d}"
    job_id = f"ASYNCWEBSERVICES_{call.account.id}_{digits}"
    call.memory.keep_job(job_id, job, call.now())
    _answer_status(call, job_id, "pending", 0)


def _answer_status(call: Call, job_id: str, status: str, percent: int) -> None:
    answer = call.answer
    result = etree.SubElement(answer.message(f"{call.operation}Response"), answer.core + "asyncStatusResult")
    for name, text in (
        ("jobId", job_id),
        ("status", status),
        ("percentCompleted", f"{percent}.0"),
        ("estRemainingDuration", "0.0" if percent else f"{DURATION.total_seconds()}"),
    ):
        etree.SubElement(result, answer.core + name).text = text


def check_status(call: Call) -> None:
    """Tell how far a job is; a fault where there is no such job."""
    job_id = call.text("jobId")
    job = _job(call, job_id)
    if call.now() < job.due_at:
        _answer_status(call, job_id, "processing", 0)
    else:
        _answer_status(call, job_id, "finishedWithErrors" if job.has_errors else "finished", 100)


def get_result(call: Call) -> None:
    """Answer what a finished job has done: a list as a whole, a search page by page."""
    job = _job(call, call.text("jobId"))
    if call.now() < job.due_at:
        raise async_fault(
            "JOB_NOT_COMPLETE", "The job is not complete. Ask with checkAsyncStatus until it is finished."
        )
    index = call.whole_number("pageIndex")
    answer = call.answer
    result = etree.SubElement(answer.message("getAsyncResultResponse"), answer.messages + "asyncResult")
    answer.typed(result, "platformMsgs", f"A{job.operation[1:]}Result")
    if not isinstance(job.result, str):
        found = etree.SubElement(result, answer.core + "searchResult")
        searching.answer_page(call, found, job.result, call.text("jobId"), index=index)
        return
    if index != 1:
        raise async_fault("INVALID_PAGE_INDEX", f"Invalid page index {index}. The result has one page.")
    result.append(etree.fromstring(job.result))


def _job(call: Call, job_id: str) -> Job:
    job = call.memory.job(job_id, call.now())
    if job is None:
        raise async_fault("INVALID_JOB_ID", "Invalid job id")
    return job
