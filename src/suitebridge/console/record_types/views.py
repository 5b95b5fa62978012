"""Answers the overview of record types."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.record_types.page import record_types_page
from suitebridge.console.showing import show
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES


def list_types(visit: Visit) -> HttpResponse:
    """Show every record type that the visitor may see, with its number of records."""
    counted = [
        (schema, visit.store.records.count(schema.name))
        for schema in WORKSPACE_TYPES.values()
        if visit.may_view(schema.name)
    ]
    page = record_types_page(counted, visit.workflows)
    return show(visit, "record_types/record_types.html", page, title="Records", place="record-types")
