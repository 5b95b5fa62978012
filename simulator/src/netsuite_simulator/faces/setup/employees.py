"""Employees and users: the list of employees, that of users, and an employee's Access tab (its layout is assumed).

Refuses to know the other fields of an employee.
"""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from netsuite_simulator.account import Stored
from netsuite_simulator.criteria import AnyOf, Condition
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
    shown,
    text,
)
from netsuite_simulator.faces.setup.visits import Entries, NotHereError, Place, Visit, redirect
from netsuite_simulator.permissions import CREATE
from netsuite_simulator.roles import ADMINISTRATOR
from netsuite_simulator.users import User, UserError

ROWS = 50
MANAGE = "ADMI_MANAGEUSERS"
LIST = "LIST_EMPLOYEE"
_EMPLOYEES = ("Lists", "Employees", "Employees")
_USERS = ("Setup", "Users/Roles", "Manage Users")
_SEARCHED = ("entityId", "firstName", "lastName", "email")
_SHORTEST_PASSWORD = 10


def _list(visit: Visit) -> Page:
    """List employees, searched by name or email, by internal id from page to page."""
    account, sought = visit.account, visit.query.get("search", "").strip()
    after = visit.query.get("after", "")
    where: list[Condition] = account.seen_by(visit.login, "employee")
    if sought:
        where.append(AnyOf(tuple((name, "contains", sought) for name in _SEARCHED)))
    found, _ = account.search(
        "employee", where, limit=ROWS + 1, after_id=after if after.isascii() and after.isdecimal() else None
    )
    pages = []
    if after:
        pages.append(Link(label="First page", href=paths.to(paths.EMPLOYEES, search=sought)))
    if len(found) > ROWS:
        pages.append(Link(label="Next page", href=paths.to(paths.EMPLOYEES, search=sought, after=found[ROWS - 1].id)))
    columns = ("Name", "Internal ID", "Email", "Access", "Roles")
    listing = Listing(
        caption="Employees",
        columns=columns,
        rows=tuple(_row(visit, one) for one in found[:ROWS]),
        empty="No employee is found.",
        pages=tuple(pages),
    )
    search = Form(
        sections=(Section(title="", inputs=(text("search", "Name or email", sought),)),),
        buttons=buttons(("search", "Search")),
        is_filter=True,
    )
    may_create = visit.may(LIST, level=CREATE)
    links = (Link(label="New", href=paths.form_of("employee")),) if may_create else ()
    return Page(title="Employees", links=links, trail=_EMPLOYEES, form=search, listings=(listing,))


def _row(visit: Visit, employee: Stored) -> Row:
    user = visit.account.users.find(employee.id)
    name = str(employee.values.get("entityId", employee.id))
    access = paths.to(paths.EMPLOYEE_ACCESS, id=employee.id) if visit.may(MANAGE) else ""
    return Row(
        id=employee.id,
        cells=(
            Cell(text=name, href=paths.form_of("employee", id=employee.id)),
            Cell(text=employee.id),
            Cell(text=str(employee.values.get("email", ""))),
            Cell(text=_access_of(user), href=access),
            Cell(text="" if user is None else _role_names(visit, user)),
        ),
    )


def _access_of(user: User | None) -> str:
    return "No" if user is None or not user.has_access else "Yes"


def _role_names(visit: Visit, user: User) -> str:
    found = (visit.account.roles.get(one) for one in user.role_ids)
    return ", ".join(one.name for one in found if one is not None)


def _users(visit: Visit) -> Page | web.Response:
    """List everybody with access; end a lock-out."""
    users = visit.account.users
    if visit.entries is not None:
        user = users.find(visit.entries.text("id"))
        if user is not None and visit.act == "unlock":
            users.unlock(user.email)
        return redirect(paths.USERS)
    rows = []
    for user in users:
        is_locked = users.is_locked(user.email)
        cells = (
            Cell(text=user.name, href=paths.to(paths.EMPLOYEE_ACCESS, id=user.entity)),
            Cell(text=user.email),
            Cell(text=_access_of(user)),
            Cell(text=_role_names(visit, user)),
            Cell(text="Yes" if is_locked else "No"),
        )
        unlock = Button(act="unlock", label="Unlock", spoken=f"Unlock {user.name}")
        rows.append(Row(id=user.entity, cells=cells, buttons=(unlock,) if is_locked else ()))
    columns = ("Name", "Email", "Access", "Roles", "Locked out")
    listing = Listing(caption="Users", columns=columns, rows=tuple(rows), empty="Nobody has access yet.")
    return Page(title="Manage Users", trail=_USERS, listings=(listing,))


# --- the Access tab ---


def _access(visit: Visit) -> Page | web.Response:
    """Show or save an employee's access: roles, email address, password."""
    entity = visit.query.get("id", "")
    user = visit.account.users.find(entity) if entity else None
    employee = visit.account.get("employee", internal_id=entity) if entity else None
    if employee is not None and visit.account.denial(visit.login, "employee", employee.id) is not None:
        employee = None
    if employee is None and user is None:
        raise NotHereError("There is no such employee. The record may have been deleted.")
    problems: tuple[str, ...] = ()
    if visit.entries is not None:
        try:
            _save_access(visit, entity, employee, user, visit.entries)
            return redirect(paths.to(paths.EMPLOYEE_ACCESS, id=entity, done="saved"))
        except UserError as error:
            problems = (str(error),)
    name = user.name if employee is None and user is not None else _name_of(employee)
    links = () if employee is None else (Link(label="Employee", href=paths.form_of("employee", id=employee.id)),)
    return Page(
        title=f"Access: {name}",
        trail=_EMPLOYEES if employee is not None else _USERS,
        links=links,
        form=Form(sections=_sections(visit, employee, user), buttons=buttons(("save", "Save"))),
        problems=problems,
        message="The access is saved." if visit.query.get("done") and not problems else "",
    )


def _name_of(employee: Stored | None) -> str:
    return "" if employee is None else str(employee.values.get("entityId", employee.id))


def _sections(visit: Visit, employee: Stored | None, user: User | None) -> tuple[Section, ...]:
    entries = visit.entries
    email = str(employee.values.get("email", "")) if user is None and employee is not None else ""
    email = user.email if user is not None else email
    held = frozenset(user.role_ids) if user is not None else frozenset()
    has_access = user is not None and user.has_access
    if entries is not None:
        email, held, has_access = entries.text("email"), frozenset(entries.every("roles")), entries.ticked("has_access")
    roles = Input(
        name="roles",
        label="Roles",
        look=Look.MULTIPLE,
        chosen=held,
        options=tuple(Option(value=one.id, label=one.name) for one in visit.account.roles if not one.is_inactive),
        hint="Hold Ctrl, or Command, to choose several.",
    )
    password = Input(
        name="password",
        label="New password",
        look=Look.PASSWORD,
        hint=f"At least {_SHORTEST_PASSWORD} characters. Left empty, it stays as it is; without one nobody can log in on pages.",
    )
    address = text("email", "Email", email, is_required=True) if user is None else shown("Email", user.email)
    return (
        Section(title="Access", inputs=(check("has_access", "Give Access", is_checked=has_access), address, password)),
        Section(title="Roles", inputs=(roles,)),
    )


def _save_access(visit: Visit, entity: str, employee: Stored | None, user: User | None, entries: Entries) -> None:
    account = visit.account
    password = entries.text("password")
    chosen = [account.roles.get(one) for one in entries.every("roles")]
    roles = [one for one in chosen if one is not None]
    has_access = entries.ticked("has_access")
    if password and len(password) < _SHORTEST_PASSWORD:
        raise UserError(f"The password has {len(password)} characters; it needs {_SHORTEST_PASSWORD} or more.")
    if has_access and not roles:
        raise UserError("Please enter value(s) for: Roles")
    if user is None:
        if not has_access:
            return
        user = account.users.add(entries.text("email"), name=_name_of(employee), entity=entity, roles=roles)
    else:
        _refuse_lock_out(visit, user, [one.id for one in roles], has_access=has_access)
        user.role_ids = [one.id for one in roles]
        account.users.set_access(user, has_access=has_access)
    if password:
        account.users.set_password(user, password)
    if (password or not has_access) and user is not visit.user:
        account.sessions.close_of(user.email)


def _refuse_lock_out(visit: Visit, user: User, role_ids: Sequence[str], *, has_access: bool) -> None:
    """Refuse a change after which nobody could administer the account on its pages."""
    others = (one for one in visit.account.users if one is not user)
    stays = any(one.has_access and one.password and ADMINISTRATOR in one.role_ids for one in others)
    was = user.has_access and ADMINISTRATOR in user.role_ids
    if was and not stays and not (has_access and ADMINISTRATOR in role_ids):
        raise UserError(f"{user.name} is the last administrator who can log in. Give somebody else the role first.")


PLACES = (
    Place(path=paths.EMPLOYEES, answer=_list, needs=(LIST,), menu=_EMPLOYEES),
    Place(path=paths.EMPLOYEE_ACCESS, answer=_access, needs=(MANAGE,)),
    Place(path=paths.USERS, answer=_users, needs=(MANAGE,), menu=_USERS),
)
