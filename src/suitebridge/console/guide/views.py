"""Answers the guide to NetSuite's side."""

from __future__ import annotations

from django.http import HttpResponse

from suitebridge.console.access import Visit
from suitebridge.console.guide.page import guide_page
from suitebridge.console.showing import show


def show_guide(visit: Visit) -> HttpResponse:
    """Show the guide."""
    page = guide_page()
    return show(visit, "guide/guide.html", page, title=page.title, place="connector")
