"""The admin end points of the workspace that opens within the account: see it, name it, or none.

A shared secret is taken and never shown. Refuses to know pages and how anybody is signed on.
"""

from __future__ import annotations

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces.admin.documents import Document, Work
from netsuite_simulator.workspaces import SignOn, Workspace, choose_workspace, workspace_of


class _New(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename="camel"):
    address: str
    sign_on: SignOn = SignOn.OPENID
    shared_secret: str = ""


def _shown(workspace: Workspace | None) -> dict[str, object]:
    if workspace is None:
        return {"address": ""}
    return {"address": workspace.address, "signOn": workspace.sign_on, "consumerKey": workspace.consumer_key}


def _see(account: Account, _: web.Request, __: Document) -> object:
    return _shown(workspace_of(account.storage))


def _choose(account: Account, _: web.Request, document: Document) -> object:
    """Let a workspace open within the account; an empty address lets none."""
    new = msgspec.convert(document, _New)
    with account.transaction():
        return _shown(choose_workspace(account.storage, new.address, new.sign_on, new.shared_secret))


END_POINTS: tuple[tuple[str, str, Work], ...] = (("GET", "/workspace", _see), ("PUT", "/workspace", _choose))
