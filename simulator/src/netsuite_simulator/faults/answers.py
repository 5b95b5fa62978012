"""Faults of the answer, and of the records that a request writes: the work is done, and something about it is wrong.

Values only; `faces.spoiling`, the doors and `troubles` act them out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Malformation = Literal["cut", "empty", "encoding", "namespace", "doctype", "nan", "duplicate keys", "wrong shape"]


@dataclass(frozen=True, slots=True, kw_only=True)
class TruncatedBody:
    """Only a part of the answer arrives before the connection ends; `resets`: before it is reset."""

    keep: float = 0.5
    resets: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SlowDrip:
    """The answer arrives in pieces over so many seconds."""

    seconds: float = 2.0
    pieces: int = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class MalformedBody:
    """The answer arrives whole by HTTP's count, and cannot be read or not be trusted.

    "cut" in the middle of a tag or text; "empty"; "encoding": bytes that are no UTF-8; "wrong shape": other elements or
    keys than asked for. XML only: "namespace", "doctype" (entities that grow, and one that names a file). JSON only:
    "nan", "duplicate keys". Where a kind does not fit the answer, the answer is cut.
    """

    how: Malformation = "cut"


@dataclass(frozen=True, slots=True, kw_only=True)
class HugeBody:
    """The answer is followed by so many mebibytes of white space, announced by no length."""

    mebibytes: int = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class CompressedBomb:
    """The answer is a small gzip body that unpacks into so many mebibytes."""

    mebibytes: int = 256


@dataclass(frozen=True, slots=True, kw_only=True)
class DeepBody:
    """The answer is JSON or XML nested so deep."""

    depth: int = 100_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReorderedAnswers:
    """A list operation answers its records in reverse order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShortAnswers:
    """A list operation does everything and leaves out its last answers."""

    missing: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class LongAnswers:
    """A list operation answers its last record again, so many times."""

    extra: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NoIdentity:
    """A success that names nothing: no baseRef, no Location."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AfterSubmitFailed:
    """The records are saved, and a script fails afterward: SOAP says so of each by afterSubmitFailed (reference §4.8).

    REST answers with an unexpected error and no address (assumed).
    """

    message: str = "A user event script failed after the record was submitted."


@dataclass(frozen=True, slots=True, kw_only=True)
class RejectedRecords:
    """Some records of the request are refused and the others written: every n-th, or those of the external ids."""

    every: int = 1
    external_ids: tuple[str, ...] = ()
    code: str = "USER_ERROR"
    message: str = "A user event script refused the record."


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldsDropped:
    """The records are written without these fields, and nothing says so."""

    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EndlessJob:
    """An asynchronous job that is started stays unfinished."""
