"""Asynchronous jobs of REST: how they are asked for, and what their addresses answer (netsuite-api.md §5.9, §5.10).

Addresses in answers are never followed: ids are taken from them, and put to the host that was asked.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

import msgspec

from suitebridge.wire.http import Response
from suitebridge.wire.rest.json import UnreadableJsonError, decode

ROOT = "/services/rest/async/v1/job"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"
BATCH_LIMIT = 100
SENT_BEFORE = "IDEMPOTENCY_ERROR"

_ID = re.compile(r"[A-Za-z0-9_-]{1,64}")
_NUMBER = re.compile(r"[0-9]{1,9}")


class _Job(msgspec.Struct):
    completed: bool


class _Link(msgspec.Struct):
    href: str = ""


class _Item(msgspec.Struct):
    links: list[_Link] = msgspec.field(default_factory=list)


class _Tasks(msgspec.Struct):
    items: list[_Item]
    has_more: bool = msgspec.field(default=False, name="hasMore")


_JOBS, _TASKS = msgspec.json.Decoder(_Job), msgspec.json.Decoder(_Tasks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tasks:
    """The numbers of a job's tasks in their order."""

    numbers: tuple[str, ...]


def batch_headers(key: str) -> Mapping[str, str]:
    """Give the headers of a batch; `key` is a UUID, and a batch that is sent again under the same key is the same job."""
    return {"Content-Type": COLLECTION, "Prefer": "respond-async", "X-NetSuite-Idempotency-Key": key}


def located_job(response: Response) -> str:
    """Give the id of the job that an answer's Location names; "" where it names none."""
    path = urlsplit(response.headers.get("location", "")).path.rstrip("/")
    before, _, last = path.rpartition("/")
    return last if before.endswith(ROOT) and _ID.fullmatch(last) else ""


def job_path(job: str) -> str:
    """Give the path of a job."""
    return f"{ROOT}/{job}"


def tasks_path(job: str) -> str:
    """Give the path of a job's tasks."""
    return f"{ROOT}/{job}/task"


def result_path(job: str, task: str) -> str:
    """Give the path of what a task was answered."""
    return f"{ROOT}/{job}/task/{task}/result"


def is_completed(body: bytes) -> bool:
    """Say whether a job is completed. Raise `UnreadableJsonError` for what is no job."""
    return decode(_JOBS, body).completed


def read_tasks(body: bytes) -> Tasks:
    """Read a job's tasks. Raise `UnreadableJsonError` for anything else, and for more than a batch can have."""
    found = decode(_TASKS, body)
    numbers = [urlsplit(one.links[0].href).path.rpartition("/")[2] if one.links else "" for one in found.items]
    if found.has_more or len(numbers) > BATCH_LIMIT or not all(map(_NUMBER.fullmatch, numbers)):
        raise UnreadableJsonError("the job does not name its tasks one by one")
    return Tasks(numbers=tuple(numbers))
