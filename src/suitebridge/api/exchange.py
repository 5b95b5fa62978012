"""What requests and answers have in common: strict entries, pages by cursor, entity tags."""

from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest
from pydantic import BaseModel, ConfigDict, Field

from suitebridge.api.problems import FieldProblem
from suitebridge.api.reading import malformed
from suitebridge.domain.errors import Problem, RecordRefusedError

MOST_ITEMS = 200
MOST_TAG = 200
MOST_DIGITS = 15
_ANY_VERSION = "*"


class Input(BaseModel):
    """The root of what is sent: a name that is not listed is refused, and nothing is read as another kind than it is."""

    model_config = ConfigDict(extra="forbid", strict=True)


class Paging(BaseModel):
    """A page of a list: at most so many, after a cursor that the page before gave."""

    after: str = Field(
        "", max_length=15, pattern=r"^[0-9]*$", description="`next` of the page before; empty for the first."
    )
    limit: int = Field(50, ge=1, le=MOST_ITEMS, description="How many at most.")


class EntryRefusedError(RecordRefusedError):
    """What was entered is wrong, field by field."""

    def __init__(self, problem: Problem, errors: Sequence[FieldProblem]) -> None:
        super().__init__(problem)
        self.errors = errors


def next_after(ids: Sequence[str], asked: Paging) -> str | None:
    """Give the cursor of the next page, None where this one is not full."""
    return ids[-1] if len(ids) == asked.limit else None


def etag(version: str | int) -> str:
    """Write a version as an entity tag."""
    return f'"{version}"'


def version_meant(request: HttpRequest) -> str:
    """Read from If-Match which version a change is about, "" for any.

    Raise `RecordRefusedError` SB-API-003 where it says nothing, SB-API-001 where it is no tag: an empty one does not mean any state.
    """
    said = request.headers.get("If-Match", "").strip()
    if not said:
        raise RecordRefusedError(Problem(code="SB-API-003"))
    if said == _ANY_VERSION:
        return ""
    tag = said.removeprefix("W/").strip('"')
    if not tag or len(said) > MOST_TAG:
        raise malformed(f"If-Match holds no ETag: it has 1 to {MOST_TAG} characters, or is * for any state.")
    return tag


def number_meant(request: HttpRequest, *, present: int, what: str) -> int:
    """Read which version of something counted a change is about, the present one for “*”.

    Raise `RecordRefusedError` SB-AUTO-002, naming `what`, where the tag is of no version, SB-API-003 and SB-API-001 as above.
    """
    said = version_meant(request)
    if not said:
        return present
    if not (said.isascii() and said.isdigit() and len(said) <= MOST_DIGITS):
        raise RecordRefusedError(Problem(code="SB-AUTO-002", facts={"what": what}))
    return int(said)
