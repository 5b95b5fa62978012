"""The NetSuite connection: shown without secrets, saved, tested before and after saving, its history, and the integration user."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from django.http import HttpRequest, HttpResponse
from ninja import Query, Status
from pydantic import BaseModel, Field

from suitebridge.administration.connecting import (
    ConnectionEntry,
    EntryProblem,
    clear_credentials,
    confirm_account,
    save_connection,
    save_switches,
)
from suitebridge.administration.designating import choose_integration_user, clear_integration_user, integration_user
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, etag, version_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.api.reading import malformed
from suitebridge.api.trail import HistoryQuery, TrailPage, newest_page
from suitebridge.domain.credential_sets import REVOCATION, TYPED, Switch
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem
from suitebridge.domain.events import CONNECTOR_SUBJECTS
from suitebridge.domain.relinks import Relink
from suitebridge.ports.connections import Connection
from suitebridge.ports.netsuite import CheckStep
from suitebridge.runs import checking
from suitebridge.runs.checking import is_signed_in, try_entry

_MOST_CHARACTERS = 4_000


class SecretShown(BaseModel):
    """What may be shown of a stored secret."""

    fingerprint: str
    set_by: str
    set_at: datetime


class ConnectionShown(BaseModel):
    """The connection without its secrets."""

    account_id: str
    linked_account_id: str = Field(
        description="The account that the company's ids belong to; runs wait while it is another one."
    )
    values: dict[str, str]
    secrets: dict[str, SecretShown]
    switches: list[str]
    integration_user_id: str
    version: int = Field(description="Counts the saves; also the ETag.")


class ConnectionInput(Input):
    """The connection as it is entered. A value that is left out is not touched; a secret that is left out stays while account and key stay."""

    account_id: str = Field(max_length=100, description="Exactly as NetSuite shows it.")
    values: dict[str, str] = Field(default_factory=dict, description="Plain values by field name.")
    secrets: dict[str, str] = Field(default_factory=dict, description="Secrets by field name; never shown again.")
    switches: list[str] | None = Field(
        None, max_length=len(Switch), description="The settings that are on; left out: as they are."
    )
    integration_user_id: str | None = Field(None, max_length=20, description="Empty for none; left out: as it is.")

    def entry(self, version: int | None) -> ConnectionEntry:
        """Give what was entered in the form that every door uses. Raise `RecordRefusedError` SB-API-001 for names that are none."""
        known = {False: {name for name, field in TYPED.items() if not field.is_secret}}
        known[True] = TYPED.keys() - known[False]
        strangers = [*(self.values.keys() - known[False]), *(self.secrets.keys() - known[True])]
        if strangers:
            raise malformed(f"There is no {', '.join(sorted(strangers))}.")
        if any(len(text) > _MOST_CHARACTERS for text in (*self.values.values(), *self.secrets.values())):
            raise malformed(f"A value has at most {_MOST_CHARACTERS} characters.")
        return ConnectionEntry(
            account_id=self.account_id,
            values=self.values,
            secrets={name: Secret(text) for name, text in self.secrets.items()},
            integration_user_id=self.integration_user_id,
            switches=None if self.switches is None else switches_named(self.switches),
            version=version,
        )


class SettingsShown(BaseModel):
    """The connector's settings: the ones that are on, and all there are."""

    switches: list[str]
    known: list[str]


class SettingsInput(Input):
    """The settings that shall be on; every other one is off."""

    switches: list[str] = Field(max_length=len(Switch))


class RecordLinkShown(BaseModel):
    """A linked record that was looked at."""

    text: str
    url: str = Field(description="Its page in NetSuite; empty where it has none.")


class CheckShown(BaseModel):
    """One line of a connection check."""

    name: str = Field(
        description="The check, with the door, record type or workflow behind a colon where it has several lines."
    )
    check: str
    title: str
    state: str
    said: str
    code: str | None
    remedy: str | None
    guide: str = Field(description="The place in the guide that helps.")
    links: list[RecordLinkShown] = Field(description="The linked records that were looked at.")


class CheckResult(BaseModel):
    """A connection check, step by step."""

    is_connected: bool = Field(description="Whether NetSuite has just accepted a signed request.")
    steps: list[CheckShown]


class CredentialsRemoved(BaseModel):
    """What is left to do when the credentials were removed."""

    remedy: str = Field(description="How to revoke them in NetSuite, where they still count.")


class Confirmation(Input):
    """What the connection's present account is to the one before."""

    relink: Literal["copy", "other"] = Field(
        description="`copy`: the same records under the same internal ids, so NetSuite IDs go on counting. "
        "`other`: NetSuite IDs of the account before stay on the records and count for nothing here."
    )


class IntegrationUserInput(Input):
    """Who becomes the integration user."""

    id: str = Field(max_length=20, description="The id of an active administrator.")


class IntegrationUserShown(BaseModel):
    """The integration user, in whose name every run acts; nothing where none is chosen."""

    id: str | None
    name: str | None


def show_connection(request: HttpRequest, response: HttpResponse) -> ConnectionShown:
    """Show the connection: of secrets only a fingerprint, who set them and when."""
    return _shown(caller_of(request), response)


def put_connection(request: HttpRequest, response: HttpResponse, entry: ConnectionInput) -> ConnectionShown:
    """Save the connection as a whole, in one transaction, or tell every problem field by field and save nothing."""
    caller = caller_of(request)
    problems = save_connection(
        caller.store,
        entry.entry(connection_version(request)),
        check=caller.house.key_check,
        user=caller.user,
        stamp=caller.stamp,
    )
    if problems:
        raise refused(problems)
    return _shown(caller, response)


def delete_credentials(request: HttpRequest) -> CredentialsRemoved:
    """Remove every key and every secret; account id, integration user and settings stay. Runs that use them end within seconds."""
    caller = caller_of(request)
    clear_credentials(caller.store, user=caller.user, stamp=caller.stamp, version=connection_version(request))
    return CredentialsRemoved(remedy=REVOCATION)


def confirm(request: HttpRequest, response: HttpResponse, entry: Confirmation) -> ConnectionShown:
    """Confirm that the company works with the connection's present account from now on, so that runs start again."""
    caller = caller_of(request)
    relink = Relink(entry.relink)
    confirm_account(caller.store, relink, user=caller.user, stamp=caller.stamp, version=connection_version(request))
    return _shown(caller, response)


def check_saved(request: HttpRequest) -> CheckResult:
    """Test the saved connection check by check, in at most 15 seconds; nothing is written to NetSuite."""
    caller = caller_of(request)
    flows = tuple(caller.workflows.values())
    steps = checking.check_saved(caller.store, caller.house.open_gateway, flows, user=caller.user, stamp=caller.stamp)
    return _result(steps)


def check_entered(request: HttpRequest, entry: ConnectionInput) -> CheckResult:
    """Test a connection before it is saved, with what a run would take for values left out. Nothing is stored."""
    caller = caller_of(request)
    flows = tuple(caller.workflows.values())
    tested = try_entry(
        caller.store, entry.entry(None), caller.house.try_gateway, flows, user=caller.user, stamp=caller.stamp
    )
    if tested.problems:
        raise refused(tested.problems)
    return _result(tested.steps)


def show_history(request: HttpRequest, asked: Query[HistoryQuery]) -> TrailPage:
    """List who changed or tested the connection and its keys, newest first; of a secret only that it changed."""
    return newest_page(caller_of(request), asked, record_types=CONNECTOR_SUBJECTS)


def show_settings(request: HttpRequest, response: HttpResponse) -> SettingsShown:
    """Show the connector's settings."""
    return _settings(caller_of(request), response)


def put_settings(request: HttpRequest, response: HttpResponse, entry: SettingsInput) -> SettingsShown:
    """Save the connector's settings as a whole and leave the rest of the connection."""
    caller = caller_of(request)
    switches = switches_named(entry.switches)
    save_switches(caller.store, switches, user=caller.user, stamp=caller.stamp, version=connection_version(request))
    return _settings(caller, response)


def show_integration_user(request: HttpRequest, response: HttpResponse) -> IntegrationUserShown:
    """Say who the integration user is."""
    caller = caller_of(request)
    response["ETag"] = etag(_stored(caller).version)
    user = integration_user(caller.store)
    return IntegrationUserShown(id=user.id if user else None, name=user.name if user else None)


def put_integration_user(
    request: HttpRequest, response: HttpResponse, entry: IntegrationUserInput
) -> IntegrationUserShown:
    """Choose the integration user among the active administrators."""
    caller = caller_of(request)
    choose_integration_user(
        caller.store, entry.id, acting=caller.user, stamp=caller.stamp, version=connection_version(request)
    )
    return show_integration_user(request, response)


def delete_integration_user(request: HttpRequest) -> Status[None]:
    """Clear the choice: each run is owned by whoever starts or configured it."""
    caller = caller_of(request)
    clear_integration_user(caller.store, acting=caller.user, stamp=caller.stamp, version=connection_version(request))
    return Status(204, None)


def switches_named(names: Sequence[str]) -> frozenset[Switch]:
    """Read switches by their names. Raise `RecordRefusedError` SB-API-001 for a name that is none."""
    known = {switch.value: switch for switch in Switch}
    strangers = sorted(set(names) - known.keys())
    if strangers:
        raise malformed(f"There is no {', '.join(strangers)}; there are {', '.join(known)}.")
    return frozenset(known[name] for name in names)


def _stored(caller: Caller) -> Connection:
    return caller.store.connections.get() or Connection(
        account_id="", linked_account_id="", values={}, secrets=(), integration_user_id=""
    )


def _settings(caller: Caller, response: HttpResponse) -> SettingsShown:
    found = _stored(caller)
    response["ETag"] = etag(found.version)
    return SettingsShown(
        switches=sorted(switch.value for switch in found.switches), known=[switch.value for switch in Switch]
    )


def _shown(caller: Caller, response: HttpResponse) -> ConnectionShown:
    found = _stored(caller)
    response["ETag"] = etag(found.version)
    return ConnectionShown(
        account_id=found.account_id,
        linked_account_id=found.linked_account_id,
        values=dict(found.values),
        secrets={
            mark.field: SecretShown(fingerprint=mark.fingerprint, set_by=mark.set_by, set_at=mark.set_at)
            for mark in found.secrets
        },
        switches=sorted(switch.value for switch in found.switches),
        integration_user_id=found.integration_user_id,
        version=found.version,
    )


def connection_version(request: HttpRequest) -> int | None:
    """Read the version that is meant; one that is no number is nobody's."""
    said = version_meant(request)
    return None if not said else int(said) if said.isdecimal() and len(said) < 10 else -1


def refused(problems: tuple[EntryProblem, ...]) -> EntryRefusedError:
    """Give the error that tells problems field by field."""
    errors = tuple(FieldProblem(field=one.field, said=one.said) for one in problems)
    said = " ".join(one.said for one in problems)
    return EntryRefusedError(Problem(code="SB-API-001", facts={"said": said}), errors)


def _result(steps: Sequence[CheckStep]) -> CheckResult:
    return CheckResult(
        is_connected=is_signed_in(steps),
        steps=[
            CheckShown(
                name=step.name,
                check=step.check.value,
                title=step.title,
                state=step.state.value,
                said=step.said,
                code=step.problem.code if step.problem else None,
                remedy=step.problem.remedy if step.problem else None,
                guide=step.guide,
                links=[RecordLinkShown(text=link.text, url=link.url) for link in step.links],
            )
            for step in steps
        ],
    )
