"""`suitebridge roles`: what the roles of the company allow."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.people import ROLE_SENTENCES, Permission, Role

WORDS: Mapping[str, Permission] = {
    permission.name.lower().replace("_", "-"): permission
    for permission in Permission
    if permission is not Permission.ADMINISTER
}
_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The role's name.")]
_PERMISSIONS = Annotated[
    list[str] | None,
    typer.Option("--permission", "-p", metavar="WORD", help=f"May be given several times: {', '.join(WORDS)}."),
]
_VIEWS = Annotated[
    list[str] | None, typer.Option("--view", metavar="TYPE", help="A record type that may be seen; several times.")
]
_MODIFIES = Annotated[
    list[str] | None, typer.Option("--modify", metavar="TYPE", help="A record type that may be changed; several times.")
]
_REASON = Annotated[
    str, typer.Option(help="Why permissions that should not be held together must be; kept in the audit trail.")
]


def register(app: typer.Typer) -> None:
    """Add the group `roles`."""
    group = typer.Typer(help="Roles of the company: list, turn on, add, change, remove.", no_args_is_help=True)
    group.command("list")(list_roles)
    group.command("turn-on")(turn_on)
    group.command("add")(add)
    group.command("change")(change)
    group.command("remove")(remove)
    group.command("keep-apart")(keep_apart)
    app.add_typer(group, name="roles")


def list_roles(ctx: typer.Context) -> None:
    """List the roles with their permissions, and the optional ones that are off."""
    from rich.table import Table

    from suitebridge.administration import granting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = granting.list_roles(actor.store, acting=actor.user)
    screen.answer(
        "roles",
        {
            "roles": [{**_document(card.role), "holders": card.holders} for card in found.roles],
            "off": [_document(role) for role in found.off],
            "keeps_duties_apart": found.keeps_duties_apart,
        },
    )
    table = Table("Role", "Users", "Permissions")
    for card in found.roles:
        table.add_row(card.role.name, str(card.holders), _explained(card.role))
    for role in found.off:
        table.add_row(role.name, "off", _explained(role))
    screen.show(table)


def turn_on(ctx: typer.Context, name: _NAME) -> None:
    """Turn an optional role on, so that it can be given. `suitebridge roles remove` turns it off again."""
    from suitebridge.administration import granting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    role = granting.turn_on_role(actor.store, name, acting=actor.user, stamp=actor.stamp)
    screen.answer("roles-turn-on", {"role": _document(role)})
    screen.show(f"The role {role.name} is on.")


def add(
    ctx: typer.Context,
    name: _NAME,
    *,
    permissions: _PERMISSIONS = None,
    views: _VIEWS = None,
    modifies: _MODIFIES = None,
    reason: _REASON = "",
) -> None:
    """Add a role of the company's own."""
    _save(ctx, name, _parsed(permissions), (views, modifies), reason=reason, is_new=True)


def change(
    ctx: typer.Context,
    name: _NAME,
    *,
    permissions: _PERMISSIONS = None,
    views: _VIEWS = None,
    modifies: _MODIFIES = None,
    reason: _REASON = "",
) -> None:
    """Give a role exactly these permissions. They hold from each user's next request on."""
    _save(ctx, name, _parsed(permissions), (views, modifies), reason=reason, is_new=False)


def remove(ctx: typer.Context, name: _NAME) -> None:
    """Remove a role that nobody holds, or turn an optional one off."""
    from suitebridge.administration import granting

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    granting.remove_role(actor.store, name, acting=actor.user, stamp=actor.stamp)
    screen.answer("roles-remove", {"role": name})
    screen.show(f"The role {name} is removed.")


def keep_apart(
    ctx: typer.Context, switch: Annotated[str, typer.Argument(metavar="on|off", help="Whether duties are kept apart.")]
) -> None:
    """Decide whether a role is refused that puts duties into one hand which should be two people's; a reason overrules it."""
    from suitebridge.administration import granting

    if switch not in {"on", "off"}:
        raise typer.BadParameter("Write on or off.")
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    granting.settle_duties(actor.store, is_on=switch == "on", acting=actor.user, stamp=actor.stamp)
    screen.answer("roles-keep-apart", {"keeps_duties_apart": switch == "on"})
    screen.show("Duties are kept apart from now on." if switch == "on" else "Duties are not kept apart.")


def _save(
    ctx: typer.Context,
    name: str,
    permissions: frozenset[Permission],
    record_types: tuple[Sequence[str] | None, Sequence[str] | None],
    *,
    reason: str,
    is_new: bool,
) -> None:
    from suitebridge.administration import granting
    from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    views, modifies = (frozenset(one or ()) for one in record_types)
    was = None if is_new else actor.store.roles.get(name)
    if not is_new and was is None:
        raise typer.BadParameter(f"There is no role {name}. `suitebridge roles list` shows them.")
    entry = granting.RoleEntry(
        name=was.name if was is not None else name,
        permissions=permissions,
        views=views,
        modifies=modifies,
        reason=reason,
    )
    role = granting.save_role(
        actor.store, entry, was=was, record_types=tuple(WORKSPACE_TYPES), acting=actor.user, stamp=actor.stamp
    )
    screen.answer("roles-save", {"role": _document(role)})
    screen.show(f"The role {role.name} is saved: {_told(role)}.")


def _parsed(words: Sequence[str] | None) -> frozenset[Permission]:
    unknown = [word for word in words or () if word not in WORDS]
    if unknown:
        raise typer.BadParameter(f"There is no permission {', '.join(unknown)}; there are {', '.join(WORDS)}.")
    return frozenset(WORDS[word] for word in words or ())


def _document(role: Role) -> Mapping[str, Plain]:
    return {
        "name": role.name,
        "sentence": ROLE_SENTENCES.get(role.name, ""),
        "permissions": sorted(permission.value for permission in role.permissions),
        "views": sorted(role.views),
        "modifies": sorted(role.modifies),
    }


def _explained(role: Role) -> str:
    sentence = ROLE_SENTENCES.get(role.name, "")
    return f"{sentence}\n{_told(role)}" if sentence else _told(role)


def _told(role: Role) -> str:
    parts = sorted(permission.value for permission in role.permissions)
    parts += [f"View {name}" for name in sorted(role.views)]
    parts += [f"View and modify {name}" for name in sorted(role.modifies)]
    return "; ".join(parts) or "nothing"
