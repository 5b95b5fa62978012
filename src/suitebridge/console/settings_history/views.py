"""Answers the settings history."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console import asked
from suitebridge.console.access import Visit
from suitebridge.console.settings_history.page import PAGE_ENTRIES, settings_history_page, users_named
from suitebridge.console.showing import show
from suitebridge.console.trail.views import trail_lines
from suitebridge.domain.events import CONNECTOR_SUBJECTS
from suitebridge.ports.trail import TrailFilter


def list_changes(visit: Visit) -> HttpResponse:
    """Show who changed or tested the connection or its keys, newest first."""
    before = asked.whole_number(visit.request.GET.get("before"))
    entries = visit.store.trail.newest(
        limit=PAGE_ENTRIES, before_sequence=before, among=TrailFilter(record_types=CONNECTOR_SUBJECTS)
    )
    found = {record_id: visit.store.people.by_record(record_id) for record_id in users_named(entries)}
    names = {record_id: user.name for record_id, user in found.items() if user is not None}
    page = settings_history_page(entries, trail_lines(visit, entries), names=names, before=before)
    return show(visit, "settings_history/settings_history.html", page, title="Settings history", place="connector")
