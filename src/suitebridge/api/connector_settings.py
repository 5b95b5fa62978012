"""The connector's own settings that belong to the configuration of the workflows; those of the connection stand beside it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from suitebridge.administration.adjusting import save_settings, settings_in_force
from suitebridge.administration.configuring import Act
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import Input, etag, number_meant
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.ports.configurations import Approval


class SettingShown(BaseModel):
    """One setting: a switch, which is true or false, or one of `choices`."""

    name: str
    label: str
    sentence: str
    value: bool | str
    default: bool | str
    choices: list[str]
    needs: list[str]
    excludes: list[str]


class ConnectorSettingsShown(BaseModel):
    """The settings, with what each does."""

    version: int = Field(description="The version of the configuration that they are part of.")
    is_waiting: bool = Field(description="Whether a change was proposed, and waits for somebody else's approval.")
    settings: list[SettingShown]


class ConnectorSettingsInput(Input):
    """Settings by name; those that are not named stay."""

    settings: dict[str, bool | str] = Field(max_length=50)


def show_connector_settings(request: HttpRequest, response: HttpResponse) -> ConnectorSettingsShown:
    """Show the settings of the connector; the ETag is what a change must send as If-Match."""
    return _shown(caller_of(request), response)


def put_connector_settings(
    request: HttpRequest, response: HttpResponse, entry: ConnectorSettingsInput
) -> ConnectorSettingsShown:
    """Change the settings of the connector, as a new version of the configuration."""
    caller = caller_of(request)
    present = caller.store.configurations.load().version
    saved = save_settings(
        caller.house.configuration_desk(caller.store),
        entry.settings,
        expected_version=number_meant(request, present=present, what="The configuration"),
        act=Act(acting=caller.user, stamp=caller.stamp),
    )
    return _shown(caller, response, is_waiting=saved.approval is Approval.PROPOSED)


def _shown(caller: Caller, response: HttpResponse, *, is_waiting: bool = False) -> ConnectorSettingsShown:
    found = settings_in_force(caller.store, acting=caller.user)
    response["ETag"] = etag(found.version)
    return ConnectorSettingsShown(
        version=found.version,
        is_waiting=is_waiting,
        settings=[
            SettingShown(
                name=one.name,
                label=one.label,
                sentence=one.sentence,
                value=found.values[one.name],
                default=one.default,
                choices=list(one.choices),
                needs=list(one.needs),
                excludes=list(one.excludes),
            )
            for one in CONNECTOR_SETTINGS
        ],
    )
