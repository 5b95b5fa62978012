"""Errors as problem documents (RFC 9457), with the codes and the words of the console and the command line (quality.md A4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import assert_never

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from suitebridge.domain.errors import ErrorClass, Problem

MEDIA_TYPE = "application/problem+json"
_STATUS: Mapping[str, HTTPStatus] = {
    "SB-TOK-001": HTTPStatus.UNAUTHORIZED,
    "SB-TOK-003": HTTPStatus.TOO_MANY_REQUESTS,
    "SB-API-002": HTTPStatus.NOT_FOUND,
    "SB-API-003": HTTPStatus.PRECONDITION_REQUIRED,
    "SB-API-004": HTTPStatus.UNPROCESSABLE_ENTITY,
    "SB-API-006": HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
    "SB-API-007": HTTPStatus.METHOD_NOT_ALLOWED,
    "SB-AUTO-002": HTTPStatus.PRECONDITION_FAILED,
    "SB-CFG-014": HTTPStatus.PRECONDITION_FAILED,
    "SB-CONN-001": HTTPStatus.PRECONDITION_FAILED,
    "SB-ROLE-002": HTTPStatus.PRECONDITION_FAILED,
    "SB-RULE-001": HTTPStatus.PRECONDITION_FAILED,
    "SB-USER-004": HTTPStatus.PRECONDITION_FAILED,
}


class FieldProblem(BaseModel):
    """What is wrong with one field, and what to do."""

    field: str = Field(description="The field's name, with dots for fields within fields; empty for the whole.")
    said: str = Field(description="What is wrong, in a sentence.")


class ProblemDocument(BaseModel):
    """An error: what happened, why, what to do, and what it left behind."""

    type: str = Field(description="A URI that is the same for every error of the same code.")
    title: str = Field(description="What happened.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="Why it happened: the same as `cause`.")
    instance: str = Field(description="The address that was asked.")
    code: str = Field(description="The stable code, the same in the console, the command line and the logs.")
    error_class: str = Field(alias="class", description="The class of the error.")
    retry: str = Field(description="When trying again can help.")
    cause: str = Field(description="Why it happened.")
    remedy: str = Field(description="What to do, and who can do it.")
    effect: str = Field(description="What the failed request left behind.")
    errors: list[FieldProblem] = Field(default_factory=list, description="What is wrong, field by field.")


def status_of(problem: Problem) -> HTTPStatus:
    """Give the status of a problem: by its code where one says more than its class."""
    return _STATUS.get(problem.code) or _status_of_class(problem.row.error_class)


def answer(
    request: HttpRequest,
    problem: Problem,
    *,
    errors: Sequence[FieldProblem] = (),
    status: HTTPStatus | None = None,
) -> HttpResponse:
    """Answer with a problem document."""
    row, chosen = problem.row, status or status_of(problem)
    document = ProblemDocument.model_validate(
        {
            "type": f"urn:suitebridge:problem:{problem.code.lower()}",
            "title": problem.title,
            "status": chosen.value,
            "detail": problem.cause,
            "instance": request.path,
            "code": problem.code,
            "class": row.error_class.value,
            "retry": row.retry.value,
            "cause": problem.cause,
            "remedy": problem.remedy,
            "effect": problem.effect.value,
            "errors": list(errors),
        }
    )
    response = HttpResponse(document.model_dump_json(by_alias=True), content_type=MEDIA_TYPE, status=chosen)
    if chosen is HTTPStatus.UNAUTHORIZED:
        response["WWW-Authenticate"] = "Bearer"
    if chosen is HTTPStatus.TOO_MANY_REQUESTS:
        response["Retry-After"] = problem.facts["seconds"]
    return response


def _status_of_class(error_class: ErrorClass) -> HTTPStatus:
    match error_class:
        case ErrorClass.PERMISSION:
            return HTTPStatus.FORBIDDEN
        case (
            ErrorClass.CREDENTIALS
            | ErrorClass.CONFLICT
            | ErrorClass.DUPLICATE
            | ErrorClass.LOCKED
            | ErrorClass.AMBIGUOUS
            | ErrorClass.REFERENCE_MISSING
            | ErrorClass.SCHEMA_DRIFT
        ):
            return HTTPStatus.CONFLICT
        case ErrorClass.VALIDATION | ErrorClass.MAPPING:
            return HTTPStatus.UNPROCESSABLE_ENTITY
        case ErrorClass.TOO_LARGE:
            return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
        case ErrorClass.THROTTLE | ErrorClass.OUTAGE | ErrorClass.NETWORK:
            return HTTPStatus.SERVICE_UNAVAILABLE
        case ErrorClass.INTERNAL:
            return HTTPStatus.INTERNAL_SERVER_ERROR
        case _:
            assert_never(error_class)
