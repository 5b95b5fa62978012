"""The configuration of the workflows as a file: export, compare, apply (quality.md U49–U52)."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from ninja import Query
from pydantic import BaseModel, Field

from suitebridge.administration.configuring import (
    Act,
    ConfigurationDesk,
    check_configuration,
    draft_changes,
    save_configuration,
)
from suitebridge.administration.promoting import portable, settled
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Input, etag, number_meant
from suitebridge.api.trail import Plain, plain
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.notation.files import FileFormError, read_configuration, write_configuration
from suitebridge.domain.overrides import Configuration

_MOST_REASON = 500
_MOST_TEXT = 5_000_000


class ConfigurationQuery(BaseModel):
    """In which form the file is wanted."""

    portable: bool = Field(
        False, description="For another company: records that are named by their ID are named by external ID."
    )


class ConfigurationShown(BaseModel):
    """The configuration in force."""

    version: int
    is_managed: bool = Field(description="Whether files alone configure this company.")
    file: str = Field(description="Its text, byte for byte, as docs/reference/configuration.schema.json describes it.")


class FileInput(Input):
    """A configuration's file."""

    file: str = Field(
        max_length=_MOST_TEXT,
        description="Its text, byte for byte, as docs/reference/configuration.schema.json describes it.",
    )


class ApplyInput(FileInput):
    """A file to apply."""

    reason: str = Field("", max_length=_MOST_REASON, description="Why; it stands in the settings history.")
    is_managed: bool | None = Field(
        None, description="From now on files alone configure this company, or the console does again; null leaves it."
    )
    is_dry: bool = Field(False, description="Check the file and say what it would change; change nothing.")


class PlaceChange(BaseModel):
    """What changes in one place."""

    place: str
    before: Plain | None
    after: Plain | None


class Differences(BaseModel):
    """What a file decides otherwise than the configuration in force."""

    version: int
    changes: list[PlaceChange]


class Applied(Differences):
    """What applying a file did; `state` says whether it is in force or waits for somebody's approval."""

    state: str
    is_managed: bool


def show_configuration(
    request: HttpRequest, response: HttpResponse, asked: Query[ConfigurationQuery]
) -> ConfigurationShown:
    """Show the configuration in force as a file; the ETag is what a change must send as If-Match."""
    caller = caller_of(request)
    current = caller.store.configurations.load()
    configuration = current.configuration
    if asked.portable:
        configuration = portable(_desk(caller), configuration, lambda: caller.house.open_gateway(caller.store))
    response["ETag"] = etag(current.version)
    file = write_configuration(configuration)
    return ConfigurationShown(version=current.version, is_managed=current.is_managed, file=file)


def compare_configuration(request: HttpRequest, entry: FileInput) -> Differences:
    """Say what applying a file would change, place by place; nothing is stored."""
    caller = caller_of(request)
    current, desk = caller.store.configurations.load(), _desk(caller)
    changes = draft_changes(desk, current.configuration, _read(caller, entry))
    return Differences(version=current.version, changes=[_change(one) for one in changes])


def put_configuration(request: HttpRequest, response: HttpResponse, entry: ApplyInput) -> Applied:
    """Make a file the configuration: as a whole or not at all, as a new version."""
    caller = caller_of(request)
    current, desk = caller.store.configurations.load(), _desk(caller)
    expected = number_meant(request, present=current.version, what="The configuration")
    wanted = _read(caller, entry)
    changes = draft_changes(desk, current.configuration, wanted)
    if entry.is_dry:
        check_configuration(desk, wanted)
        saved = current
    else:
        is_managed = current.is_managed if entry.is_managed is None else entry.is_managed
        act = Act(acting=caller.user, stamp=caller.stamp, note=entry.reason, is_managed=is_managed)
        saved = save_configuration(desk, wanted, expected_version=expected, act=act)
    response["ETag"] = etag(saved.version)
    return Applied(
        version=saved.version,
        changes=[_change(one) for one in changes],
        state=saved.approval.value,
        is_managed=saved.is_managed,
    )


def _desk(caller: Caller) -> ConfigurationDesk:
    return caller.house.configuration_desk(caller.store)


def _read(caller: Caller, entry: FileInput) -> Configuration:
    try:
        read = read_configuration(entry.file)
    except FileFormError as error:
        facts = {"file": "What was sent", "said": str(error)}
        raise RecordRefusedError(Problem(code="SB-CFG-012", facts=facts)) from error
    return settled(_desk(caller), read, lambda: caller.house.open_gateway(caller.store))


def _change(change: Change) -> PlaceChange:
    before, after = (None if value is None else plain(value) for value in (change.before, change.after))
    return PlaceChange(place=change.field, before=before, after=after)
