"""Deploys an SDF project to an account, as SuiteCloud CLI would: fields, record types, the role, and the scripts as they are.

User event scripts run after each save, RESTlets answer at their door, scheduled scripts when they are told to run. What a project
deployed before stays as it is. Refuses to know doors.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from typing import Final

from netsuite_simulator.account import Account
from netsuite_simulator.customizations import CustomKind, custom_field
from netsuite_simulator.permissions import LEVEL_NAMES
from netsuite_simulator.restlets import RestletCall
from netsuite_simulator.suitescript.engine import call
from netsuite_simulator.suitescript.hosting import Host, Shared
from netsuite_simulator.suitescript.outgoing import Post, post
from netsuite_simulator.suitescript.projects import (
    Project,
    ProjectDeployment,
    ProjectError,
    ProjectField,
    ProjectScript,
)
from netsuite_simulator.userevents import EXECUTION_CONTEXTS, SavedRecord

_KINDS: Final = {
    "CHECKBOX": CustomKind.CHECK_BOX,
    "TEXT": CustomKind.FREE_FORM_TEXT,
    "TEXTAREA": CustomKind.TEXT_AREA,
    "INTEGER": CustomKind.INTEGER,
}
_PURCHASES: Final = ("purchaseOrder", "vendorBill", "vendorCredit")
_SERVICES: Final = ("servicePurchaseItem", "serviceResaleItem", "serviceSaleItem")
_NON_INVENTORY: Final = ("nonInventoryPurchaseItem", "nonInventoryResaleItem", "nonInventorySaleItem")
_OTHER_CHARGES: Final = ("otherChargePurchaseItem", "otherChargeResaleItem", "otherChargeSaleItem")
_APPLIES: Final[Mapping[str, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "appliestocustomer": (("customer",), ()),
    "appliestoemployee": (("employee",), ()),
    "appliestoproject": (("job",), ()),
    "appliestovendor": (("vendor",), ()),
    "appliestocase": (("supportCase",), ()),
    "appliestoprojecttask": (("projectTask",), ()),
    "appliestoservice": (_SERVICES, ()),
    "appliestononinventory": (_NON_INVENTORY, ()),
    "appliestoothercharge": (_OTHER_CHARGES, ()),
    "bodypurchase": (_PURCHASES, ()),
    "colpurchase": (_PURCHASES, ("item",)),
    "colexpense": (_PURCHASES, ("expense",)),
}
_ITEM_TYPES: Final = {
    **dict.fromkeys(_SERVICES, "serviceitem"),
    **dict.fromkeys(_NON_INVENTORY, "noninventoryitem"),
    **dict.fromkeys(_OTHER_CHARGES, "otherchargeitem"),
}
_REFERENCE: Final = "[scriptid="


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """A project in an account."""

    account: Account
    project: Project
    shared: Shared

    def run(self, script_id: str) -> None:
        """Run a scheduled script now; raise `ProjectError` where there is none, `ScriptError` with what it throws."""
        script = next((one for one in self.project.scripts if one.script_id == script_id), None)
        if script is None or script.kind != "Scheduled":
            raise ProjectError(f"there is no scheduled script {script_id}")
        self._call(script, script.deployments[0], "execute", {"type": "ONDEMAND"}, context="SCHEDULED")

    def after_submit(self, script: ProjectScript, deployment: ProjectDeployment, saved: SavedRecord) -> None:
        """Run a user event script for a record that was saved."""
        record = {"type": script_type(saved.type), "id": saved.id}
        context = {"type": saved.event.value, "newRecord": record}
        self._call(script, deployment, "afterSubmit", context, context=saved.context)

    def respond(self, script: ProjectScript, deployment: ProjectDeployment, asked: RestletCall) -> object:
        """Answer a call of a RESTlet."""
        given = asked.parameters if asked.method in {"GET", "DELETE"} else asked.body
        return self._call(script, deployment, asked.method.lower(), given, context="RESTLET")

    def _call(
        self, script: ProjectScript, deployment: ProjectDeployment, entry: str, given: object, *, context: str
    ) -> object:
        host = Host(
            self.account,
            self.shared,
            script=script.script_id,
            deployment=deployment.script_id,
            kind=script.kind,
            context=context,
            files=self.project.files,
            parameters=script.parameters,
        )
        return call(script.path, entry, given, ask=host.answer)


def install(
    account: Account,
    project: Project,
    *,
    preferences: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    send: Post = post,
) -> Installed:
    """Deploy a project, with what its administrator enters: preferences by script parameter, secrets by their ids."""
    for record in project.records:
        if record.script_id not in account.types:
            account.add_custom_record_type(record.script_id, record.label)
        for one in record.fields:
            _add_field(account, one, (record.script_id,), ())
    for one in project.fields:
        _add_applied(account, one)
    for name, permissions in project.roles.items():
        if all(role.name != name for role in account.roles):
            account.roles.add(name, _levels(permissions))
    defaults = {name: value for script in project.scripts for name, value in script.parameters.items()}
    shared = Shared(preferences={**defaults, **(preferences or {})}, secrets=dict(secrets or {}), post=send)
    installed = Installed(account=account, project=project, shared=shared)
    for script in project.scripts:
        _deploy(account, installed, script)
    return installed


def script_type(type_name: str) -> str:
    """Name a record type as N/record does."""
    return _ITEM_TYPES.get(type_name, type_name.lower())


def _deploy(account: Account, installed: Installed, script: ProjectScript) -> None:
    for deployment in script.deployments:
        match script.kind:
            case "UserEvent":
                types = [name for name in account.types if script_type(name) == deployment.record_type]
                contexts = deployment.contexts & EXECUTION_CONTEXTS
                if types:  # leads and prospects are customers here
                    work = partial(installed.after_submit, script, deployment)
                    account.on_save(work, types=types, contexts=contexts)
            case "Restlet":
                respond = partial(installed.respond, script, deployment)
                account.restlet(script.script_id, deployment.script_id, respond, methods=("GET",))
            case _:
                pass  # scheduled scripts run when they are told to


def _add_applied(account: Account, one: ProjectField) -> None:
    unknown = [name for name in one.applies if name not in _APPLIES]
    if unknown:
        raise ProjectError(f"{one.script_id} applies to what is not known here: {', '.join(unknown)}")
    places = [_APPLIES[name] for name in one.applies]
    types = dict.fromkeys(type_name for named, _ in places for type_name in named)
    sublists = dict.fromkeys(sublist for _, named in places for sublist in named)
    _add_field(account, one, tuple(types), tuple(sublists))


def _add_field(account: Account, one: ProjectField, types: tuple[str, ...], sublists: tuple[str, ...]) -> None:
    known = {getattr(custom, "script_id", "") for custom in account.customizations}
    kind = _KINDS.get(one.field_type)
    if kind is None:
        raise ProjectError(f"{one.script_id} is of a type that is not known here: {one.field_type}")
    if one.script_id not in known:
        account.add_custom_field(types, custom_field(one.script_id, kind, one.label), kind=kind, sublists=sublists)


def _levels(permissions: Mapping[str, str]) -> dict[str, int]:
    """Read the levels; a custom record is named by a reference to its object."""
    numbers = {name.upper(): level for level, name in LEVEL_NAMES.items()}
    return {key.removeprefix(_REFERENCE).rstrip("]"): numbers[level] for key, level in permissions.items()}
