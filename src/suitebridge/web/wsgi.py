"""The application for a WSGI server. The store must be open before it is imported."""

from __future__ import annotations

from django.core.handlers.wsgi import WSGIHandler

application = WSGIHandler()
