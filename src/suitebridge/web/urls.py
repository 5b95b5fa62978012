"""Every address the web server answers, and who answers where there is none."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

from suitebridge.api.document import patterns
from suitebridge.console.routes import ROUTES
from suitebridge.webhooks.routes import PATTERNS

urlpatterns: list[URLPattern | URLResolver] = [*(route.pattern for route in ROUTES), *PATTERNS, *patterns()]

handler400 = "suitebridge.console.refusals.views.malformed"
handler403 = "suitebridge.console.refusals.views.forbidden"
handler404 = "suitebridge.console.refusals.views.not_found"
handler500 = "suitebridge.console.refusals.views.failed"
