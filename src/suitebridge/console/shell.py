"""What surrounds every page: the navigation, the connection's environment, who is signed in. It knows no page."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.administration.permitting import RecordNeed, RunNeed, meets
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.marks import ENVIRONMENT_ICONS
from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.people import Permission


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the navigation."""

    text: str
    href: str
    icon: str
    is_here: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Lines of the navigation under a heading; the first section has none."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class EnvironmentBadge:
    """Which NetSuite account everything on the page goes to, and what kind of account that is."""

    label: str
    account: str
    icon: str
    style: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """The question that delicate forms ask whoever has not proven lately who they are; `problem` is what was wrong with the answer."""

    label: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Shell:
    """The frame of a page; without a visitor it has neither navigation nor badge."""

    title: str
    company: str = ""
    user: str = ""
    role: str = ""
    sections: tuple[Section, ...] = ()
    environment: EnvironmentBadge | None = None
    proof: Proof | None = None


_PLACES = (
    ("", "runs", "Runs", "run", RunNeed.SOME_KIND),
    ("", "record-types", "Records", "records", RecordNeed.SOME_TYPE),
    ("", "week", "My week", "clock", Permission.ENTER_OWN_RECORDS),
    ("", "trail", "Audit trail", "trail", Permission.VIEW_AUDIT_TRAIL),
    ("Administration", "connector", "NetSuite Connector", "plug", Permission.ADMINISTER),
    ("Administration", "automate", "NetSuite Connector", "plug", Permission.EDIT_INTEGRATION_SETTINGS),
    ("Administration", "custom-fields", "Custom fields", "records", Permission.EDIT_INTEGRATION_SETTINGS),
    ("Administration", "people", "People", "user", Permission.MANAGE_PEOPLE),
    ("Administration", "roles", "Roles", "lock", Permission.MANAGE_PEOPLE),
    ("Administration", "access-review", "Access review", "check", Permission.VIEW_AUDIT_TRAIL),
)
"""Section, route, text, icon and need of each line of the navigation, in its order; of lines with one text the first that opens is shown."""


def surround(visit: Visit, *, title: str, place: str) -> Shell:
    """Build the frame for a visitor; `place` is the route of the navigation line that the page belongs to."""
    return Shell(
        title=title,
        company=visit.store.company.name,
        user=visit.user.name,
        role=visit.user.role.name,
        sections=_sections(visit, place),
        environment=environment_badge(visit),
        proof=_proof(visit),
    )


def first_place(visit: Visit) -> str:
    """Give the route of the first navigation line that the visitor may open, "" where there is none."""
    return next((route for _, route, _, _, need in _PLACES if meets(visit.user.role, need)), "")


def environment_badge(visit: Visit) -> EnvironmentBadge:
    """Say which account the company is connected to."""
    connection = visit.store.connections.get()
    if connection is None or not connection.account_id:
        return EnvironmentBadge(label="not connected", account="", icon="plug", style="none")
    try:
        account = AccountId.parse(connection.account_id)
    except AccountIdError:
        return EnvironmentBadge(label="unreadable account id", account="", icon="warning", style="none")
    icon, style = ENVIRONMENT_ICONS[account.environment]
    return EnvironmentBadge(label=account.environment_label, account=account.value, icon=icon, style=style)


def _proof(visit: Visit) -> Proof | None:
    if visit.is_fresh:
        return None
    has_factor = visit.store.second_factors.get(visit.user) is not None
    label = "Your password, or a code of your second factor" if has_factor else "Your password"
    return Proof(label=label, problem=visit.proof_problem)


def _sections(visit: Visit, place: str) -> tuple[Section, ...]:
    sections: dict[str, list[Entry]] = {}
    here = next((text for _, route, text, _, _ in _PLACES if route == place), "")
    for title, route, text, icon, need in _PLACES:
        lines = sections.get(title, [])
        if meets(visit.user.role, need) and all(line.text != text for line in lines):
            entry = Entry(text=text, href=links.address(route), icon=icon, is_here=text == here)
            sections[title] = [*lines, entry]
    return tuple(Section(title=title, entries=tuple(entries)) for title, entries in sections.items())
