"""The admin end points of SDF projects: one is deployed from a folder of this machine, with what its administrator enters, and its
scheduled scripts run when they are told to.

What is deployed here lasts as long as the server; fields, record types and roles that it brought last as long as the account.
Secrets are taken and never shown. Refuses to know what a script does.
"""

from __future__ import annotations

from pathlib import Path

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces.admin.documents import Document, Work, text_in
from netsuite_simulator.restlets import ScriptError
from netsuite_simulator.suitescript.installing import Installed, install
from netsuite_simulator.suitescript.projects import read_project


class _New(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    folder: str
    preferences: dict[str, str] = {}
    secrets: dict[str, str] = {}


class Deployments:
    """The projects that were deployed while the server runs, by account."""

    def __init__(self) -> None:
        self._by_account: dict[str, list[Installed]] = {}

    @property
    def end_points(self) -> tuple[tuple[str, str, Work], ...]:
        """The end points."""
        return (
            ("GET", "/suiteapps", self._all),
            ("POST", "/suiteapps", self._deploy),
            ("POST", "/suiteapps/runs", self._run),
        )

    def _of(self, account: Account) -> list[Installed]:
        return self._by_account.setdefault(account.id, [])

    def _all(self, account: Account, _: web.Request, __: Document) -> object:
        return {"items": [_shown(one) for one in self._of(account)]}

    def _deploy(self, account: Account, _: web.Request, document: Document) -> object:
        """Deploy a project; what an earlier deployment of the same one brought stays, its scripts run no more than once."""
        new = msgspec.convert(document, _New)
        project = read_project(Path(new.folder))
        if any(one.project.name == project.name for one in self._of(account)):
            raise ValueError(f"{project.name} is deployed already")
        installed = install(account, project, preferences=new.preferences, secrets=new.secrets)
        self._of(account).append(installed)
        return _shown(installed)

    def _run(self, account: Account, _: web.Request, document: Document) -> object:
        """Run a scheduled script now."""
        script_id = text_in(document, "script")
        for one in self._of(account):
            if any(script.script_id == script_id for script in one.project.scripts):
                try:
                    one.run(script_id)
                except ScriptError as error:
                    raise ValueError(f"{error.code}: {error.message}") from error
                return _shown(one)
        raise ValueError(f"there is no script {script_id}")


def _shown(installed: Installed) -> dict[str, object]:
    project = installed.project
    return {
        "name": project.name,
        "scripts": [{"id": one.script_id, "kind": one.kind} for one in project.scripts],
        "fields": [one.script_id for one in project.fields],
        "preferences": installed.shared.preferences,
        "log": [
            {"script": one.script, "level": one.level, "title": one.title, "details": one.details}
            for one in installed.shared.lines
        ],
    }
