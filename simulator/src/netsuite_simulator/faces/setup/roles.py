"""Manage Roles: the list, a new role, a copied one, permissions with their levels (reference §7.4, §7.5).

Refuses to know who has a role.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import (
    Button,
    Cell,
    Form,
    Input,
    Link,
    Listing,
    Look,
    Option,
    Page,
    Row,
    Section,
    buttons,
    check,
    select,
    shown,
    text,
)
from netsuite_simulator.faces.setup.visits import Entries, NotHereError, Place, Visit, redirect
from netsuite_simulator.permissions import LEVEL_NAMES, NONE, PERMISSIONS, Category, Permission
from netsuite_simulator.roles import ADMINISTRATOR, Employees, Role, RoleError, Subsidiaries

TRAIL = ("Setup", "Users/Roles", "Manage Roles")
MANAGE = "ADMI_MANAGEROLES"
_MESSAGES = {"saved": "The role is saved.", "deleted": "The role is deleted."}
_DELETE = Button(
    act="delete", label="Delete", spoken="Access tokens of this role are refused from then on.", is_grave=True
)
_FIELD = "permission."


def _list(visit: Visit) -> Page:
    """List the roles."""
    rows = tuple(
        Row(
            id=one.id,
            cells=(
                Cell(text=one.name, href=paths.to(paths.ROLE, id=one.id)),
                Cell(text=one.id),
                Cell(text=one.script_id),
                Cell(text="everything" if one.is_administrator else str(len(one.permissions))),
                Cell(text="Yes" if one.is_inactive else "No"),
                Cell(text="Copy", href=paths.to(paths.ROLE, copy=one.id)),
            ),
        )
        for one in visit.account.roles
    )
    columns = ("Name", "Internal ID", "ID", "Permissions", "Inactive", "Customize")
    return Page(
        title="Manage Roles",
        trail=TRAIL,
        links=(Link(label="New", href=paths.ROLE),),
        listings=(Listing(caption="Roles", columns=columns, rows=rows, empty=""),),
        message=_MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _edit(visit: Visit) -> Page | web.Response:
    """Show or save one role, a copy of one, or a new one."""
    found = _wanted(visit, "id")
    problems: tuple[str, ...] = ()
    start = found or _template(visit)
    if visit.entries is not None:
        try:
            return _done(visit, found, visit.entries)
        except RoleError as error:
            problems = (str(error),)
            start = _typed(start, visit.entries)
    if found is not None and found.id == ADMINISTRATOR:
        return _administrator(found, problems)
    return Page(
        title="Role" if found is None else f"Role: {found.name}",
        trail=TRAIL,
        links=() if found is None else (Link(label="Copy", href=paths.to(paths.ROLE, copy=found.id)),),
        form=Form(sections=_sections(visit, start), buttons=buttons(("save", "Save"))),
        dangers=() if found is None else (_DELETE,),
        problems=problems,
        message="" if problems else _MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _administrator(role: Role, problems: tuple[str, ...]) -> Page:
    note = "This role may do everything, and cannot be changed. Copy it, and change the copy."
    section = Section(title="", inputs=(shown("Name", role.name), shown("ID", role.script_id)), note=note)
    return Page(
        title=f"Role: {role.name}",
        trail=TRAIL,
        links=(Link(label="Copy", href=paths.to(paths.ROLE, copy=role.id)),),
        form=Form(sections=(section,)),
        problems=problems,
    )


def _wanted(visit: Visit, name: str) -> Role | None:
    wanted = visit.query.get(name)
    if wanted is None:
        return None
    found = visit.account.roles.get(wanted)
    if found is None:
        raise NotHereError("There is no such role. It may have been deleted.")
    return found


def _template(visit: Visit) -> Role:
    """Return what a new role's form starts with: nothing, or everything of the role it is to be like."""
    like = _wanted(visit, "copy")
    if like is None:
        return Role(id="", name="")
    permissions = like.permissions
    if like.is_administrator:
        permissions = {one.id: max(one.levels) for one in PERMISSIONS.values()}
    return Role(
        id="",
        name=f"{like.name} (copy)",
        permissions=dict(permissions),
        is_web_services_only=like.is_web_services_only,
        subsidiaries=like.subsidiaries,
        selected_subsidiaries=like.selected_subsidiaries,
        employees=like.employees,
    )


def _done(visit: Visit, found: Role | None, entries: Entries) -> web.Response:
    register = visit.account.roles
    if found is not None and visit.act == "delete":
        if found.id == visit.role.id:
            raise RoleError("You are in this role. Take another one before you delete it.")
        register.remove(found)
        return redirect(paths.to(paths.ROLES, done="deleted"))
    changes = _changes(entries)
    if found is None:
        found = register.add(str(changes.pop("name")), _levels(entries), **changes)
    else:
        register.edit(found, **changes, permissions={**found.permissions, **_levels(entries)})
    return redirect(paths.to(paths.ROLE, id=found.id, done="saved"))


def _changes(entries: Entries) -> dict[str, object]:
    """Read the form into attributes, the permissions left out."""
    try:
        return {
            "name": entries.text("name"),
            "is_inactive": entries.ticked("is_inactive"),
            "is_web_services_only": entries.ticked("is_web_services_only"),
            "subsidiaries": Subsidiaries(entries.text("subsidiaries")),
            "selected_subsidiaries": entries.every("selected_subsidiaries"),
            "employees": Employees(entries.text("employees")),
        }
    except ValueError as error:
        raise RoleError("Choose the subsidiaries and the employee restrictions from their lists.") from error


def _levels(entries: Entries) -> dict[str, int]:
    levels = {}
    for permission in PERMISSIONS:
        text_ = entries.text(f"{_FIELD}{permission}")
        if text_ and text_ not in {str(level) for level in LEVEL_NAMES}:
            raise RoleError(f"Choose the level of {PERMISSIONS[permission].name} from its list.")
        if text_:
            levels[permission] = int(text_)
    return levels


def _typed(before: Role, entries: Entries) -> Role:
    """Return what was typed as far as it can be shown again."""
    kept = {level: int(level) for level in map(str, LEVEL_NAMES)}
    return Role(
        id=before.id,
        name=entries.text("name"),
        script_id=before.script_id,
        permissions={one: kept.get(entries.text(f"{_FIELD}{one}"), NONE) for one in PERMISSIONS},
        is_inactive=entries.ticked("is_inactive"),
        is_web_services_only=entries.ticked("is_web_services_only"),
        selected_subsidiaries=entries.every("selected_subsidiaries"),
    )


def _sections(visit: Visit, role: Role) -> tuple[Section, ...]:
    own = (
        text("name", "Name", role.name, is_required=True),
        *((shown("ID", role.script_id),) if role.script_id else ()),
        check("is_web_services_only", "Web Services Only Role", is_checked=role.is_web_services_only),
        check("is_inactive", "Inactive", is_checked=role.is_inactive),
    )
    permissions = (
        Section(title=f"Permissions: {category.value}", inputs=tuple(_level(role, one) for one in _of(category)))
        for category in Category
        if any(_of(category))
    )
    return (Section(title="General", inputs=own), _restrictions(visit, role), *permissions)


def _of(category: Category) -> list[Permission]:
    return sorted((one for one in PERMISSIONS.values() if one.category is category), key=lambda one: one.name)


def _level(role: Role, permission: Permission) -> Input:
    options = tuple(Option(value=str(level), label=LEVEL_NAMES[level]) for level in (NONE, *permission.levels))
    held = str(role.permissions.get(permission.id, NONE))
    if held not in {one.value for one in options}:
        options = (*options, Option(value=held, label=LEVEL_NAMES[int(held)]))
    return select(f"{_FIELD}{permission.id}", permission.name, options, held)


def _restrictions(visit: Visit, role: Role) -> Section:
    found, _ = visit.account.search("subsidiary", limit=200)
    among = tuple(Option(value=one.id, label=str(one.values.get("name", one.id))) for one in found)
    selected = Input(
        name="selected_subsidiaries",
        label="Selected Subsidiaries",
        look=Look.MULTIPLE,
        options=among,
        chosen=frozenset(role.selected_subsidiaries),
        hint="Counts where Accessible Subsidiaries is Selected.",
    )
    whose = tuple(Option(value=one.value, label=one.value) for one in Subsidiaries)
    employees = tuple(Option(value=one.value, label=one.value) for one in Employees)
    inputs = (
        select("subsidiaries", "Accessible Subsidiaries", whose, role.subsidiaries.value),
        *((selected,) if among else ()),
        select("employees", "Employee Restrictions", employees, role.employees.value),
    )
    return Section(title="Restrictions", inputs=inputs)


PLACES = (
    Place(path=paths.ROLES, answer=_list, needs=(MANAGE,), menu=TRAIL),
    Place(path=paths.ROLE, answer=_edit, needs=(MANAGE,)),
)
