"""Problem documents: how REST says no (netsuite-api.md §5.7)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from suitebridge.wire.rest.json import UnreadableJsonError, decode


class _Detail(msgspec.Struct):
    detail: str = ""
    code: str = msgspec.field(default="", name="o:errorCode")
    path: str = msgspec.field(default="", name="o:errorPath")


class _Document(msgspec.Struct):
    status: int = 0
    title: str = ""
    detail: str = ""
    code: str = msgspec.field(default="", name="o:errorCode")
    details: list[_Detail] = msgspec.field(default_factory=list, name="o:errorDetails")


_DOCUMENTS = msgspec.json.Decoder(_Document)


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemDocument:
    """The codes and sentences of a refusal, and the fields it is about; `codes` and `paths` may be empty."""

    status: int
    codes: tuple[str, ...]
    said: str
    paths: tuple[str, ...] = ()


def read_problem(body: bytes) -> ProblemDocument | None:
    """Read a problem document, or give None for a body that is none."""
    try:
        document = decode(_DOCUMENTS, body)
    except UnreadableJsonError:
        return None
    details = document.details or [_Detail(detail=document.detail, code=document.code)]
    said = " ".join(detail.detail for detail in details if detail.detail) or document.title
    codes = tuple(detail.code for detail in details if detail.code)
    if not said and not codes:
        return None
    paths = tuple(detail.path for detail in details if detail.path)
    return ProblemDocument(status=document.status, codes=codes, said=said, paths=paths)
