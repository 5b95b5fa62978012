"""Real-time transfer: which workspace records are exported when they are saved, and what may be seen of the key of pushes."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from suitebridge.administration import hurrying
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Input, etag, number_meant
from suitebridge.runs.pushing import pushed_types


class PushKeyShown(BaseModel):
    """What may be seen of the key that pushes are signed with."""

    fingerprint: str
    set_by: str
    set_at: datetime


class RealTimeShown(BaseModel):
    """The real-time settings."""

    exports: list[str] = Field(description="Workspace record types that are exported when they are saved.")
    exportable: list[str] = Field(description="The types among which exports are chosen.")
    pushed: list[str] = Field(description="NetSuite record types that a push may name.")
    push_key: PushKeyShown | None = Field(description="Null where every push is refused.")


class RealTimeInput(Input):
    """What is exported when it is saved, as a whole."""

    exports: list[str] = Field(max_length=50)


def show_real_time(request: HttpRequest, response: HttpResponse) -> RealTimeShown:
    """Show the real-time settings; the ETag is what a change must send as If-Match."""
    return _shown(caller_of(request), response)


def put_real_time(request: HttpRequest, response: HttpResponse, entry: RealTimeInput) -> RealTimeShown:
    """Set what is exported when it is saved; whoever saves it is its configurer from then on."""
    caller = caller_of(request)
    present = caller.store.real_time.get().version
    hurrying.save_exports(
        caller.store,
        frozenset(entry.exports),
        workflows=caller.house.workflows_of(caller.store),
        version=number_meant(request, present=present, what="The real-time settings"),
        acting=caller.user,
        stamp=caller.stamp,
    )
    return _shown(caller, response)


def _shown(caller: Caller, response: HttpResponse) -> RealTimeShown:
    settings, workflows = (
        hurrying.real_time_settings(caller.store, acting=caller.user),
        caller.house.workflows_of(caller.store),
    )
    response["ETag"] = etag(settings.version)
    key = settings.key
    return RealTimeShown(
        exports=sorted(settings.exports),
        exportable=list(hurrying.exportable_types(workflows)),
        pushed=list(pushed_types(workflows)),
        push_key=None
        if key is None
        else PushKeyShown(fingerprint=key.fingerprint, set_by=key.set_by, set_at=key.set_at),
    )
