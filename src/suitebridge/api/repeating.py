"""Requests that make something carry a key, so that one that is sent twice makes one thing (quality.md S52).

What is remembered is that it was done and the id of what was made: whoever asks again is shown its present state. What is shown only once is not
shown again. Starting a run needs none of this: the run's own id comes from the key.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import TypeAlias, assert_never

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from pydantic import BaseModel

from suitebridge.api.problems import answer
from suitebridge.api.reading import is_sound
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import User
from suitebridge.ports.clock import Clock
from suitebridge.ports.request_keys import Done, Fresh, Pending, RequestKeys, Taken

MOST_KEY = 200
REPLAYED = "Idempotency-Replayed"
Again: TypeAlias = Callable[[HttpRequest, HttpResponse, str], BaseModel]
"""Shows what an earlier request made, by its id."""


def key_of(request: HttpRequest) -> str:
    """Read the key of a request, "" where there is none that can be taken."""
    key = request.headers.get("Idempotency-Key", "")
    return key if len(key) <= MOST_KEY and is_sound(key) else ""


def missing_key() -> Problem:
    """Say that the key is missing."""
    said = f"The header Idempotency-Key is missing, or has more than {MOST_KEY} characters."
    return Problem(code="SB-API-001", facts={"said": said})


def answer_once(
    request: HttpRequest,
    keys: RequestKeys,
    user: User,
    *,
    clock: Clock,
    again: Again | None,
    respond: Callable[[], HttpResponseBase],
) -> HttpResponseBase:
    """Answer a request that makes something, or say what an earlier one with the same key made."""
    key = key_of(request)
    if not key:
        return answer(request, missing_key(), status=HTTPStatus.BAD_REQUEST)
    claim = keys.claim(user.id, key, request=_contents(request), at=clock.now())
    match claim:
        case Fresh():
            return _respond(keys, user, key, respond)
        case Done():
            return _replay(request, claim.made, again)
        case Taken():
            said = "The same key was sent before with another request."
            return answer(request, Problem(code="SB-API-004", facts={"said": said}))
        case Pending():
            return answer(request, Problem(code="SB-API-010"))
        case _:
            assert_never(claim)


def _respond(keys: RequestKeys, user: User, key: str, respond: Callable[[], HttpResponseBase]) -> HttpResponseBase:
    """Do it. An accident leaves the key taken: nobody knows then what was done."""
    response = respond()
    if HTTPStatus.OK <= response.status_code < HTTPStatus.MULTIPLE_CHOICES:
        keys.settle(user.id, key, made=_made(response))
    elif response.status_code < HTTPStatus.INTERNAL_SERVER_ERROR:
        keys.release(user.id, key)
    return response


def _replay(request: HttpRequest, made: str, again: Again | None) -> HttpResponseBase:
    if again is None:
        return answer(request, Problem(code="SB-API-009", facts={"made": made or "it"}))
    response = HttpResponse(content_type="application/json")
    try:
        response.content = again(request, response, made).model_dump_json().encode()
    except LookupError as error:
        return answer(request, Problem(code="SB-API-002", facts={"said": str(error)}))
    response[REPLAYED] = "true"
    return response


def _made(response: HttpResponseBase) -> str:
    """Read the id, or the name, of what was made."""
    document: Mapping[str, object] = json.loads(response.content) if isinstance(response, HttpResponse) else {}
    return str(document.get("id") or document.get("name") or "")


def _contents(request: HttpRequest) -> str:
    digest = hashlib.sha256(request.body).hexdigest()
    return f"{request.method} {request.get_full_path()} {digest}"
