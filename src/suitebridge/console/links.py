"""Addresses within the console, by the names of its routes. It decides nothing about who may open them."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from django.urls import reverse

from suitebridge.domain.outcomes import OutcomeKind


def address(name: str, *, query: Mapping[str, str] | None = None, **parts: str | int) -> str:
    """Give the address of a route; empty query values are left out."""
    filled = {key: value for key, value in (query or {}).items() if value}
    return reverse(name, kwargs=parts) + (f"?{urlencode(filled)}" if filled else "")


def guide(anchor: str) -> str:
    """Give the address of a part of the guide to the NetSuite side."""
    return f"{address('configuring-netsuite')}#{anchor}"


def run(number: int) -> str:
    """Give the address of a run's page."""
    return address("run", number=number)


def run_records(number: int, *, workflow: str = "", kind: OutcomeKind | None = None, after: int = 0) -> str:
    """Give the address of the records of a run, narrowed down."""
    query = {"workflow": workflow, "outcome": kind.value if kind else "", "after": str(after) if after else ""}
    return address("run-records", number=number, query=query)


def open_records(*, kind: OutcomeKind | None = None, after: int = 0) -> str:
    """Give the address of what runs left open, narrowed down."""
    return address("open-records", query={"outcome": kind.value if kind else "", "after": str(after) if after else ""})


def run_record(number: int, workflow: str, source_id: str) -> str:
    """Give the address of one record of a run."""
    return address("run-record", number=number, workflow=workflow, source_id=source_id)


def record(record_type: str, record_id: str) -> str:
    """Give the address of a record's page, or "" for an id that no page can have."""
    return address("record", record_type=record_type, record_id=record_id) if record_id.isdecimal() else ""
