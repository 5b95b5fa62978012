"""Login Audit Trail and Deleted Records: what happened, filtered and from page to page (reference §2.6, §4.7).

Refuses to change anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.pieces import (
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
    select,
)
from netsuite_simulator.faces.setup.visits import Place, Visit
from netsuite_simulator.logins import AuditEntry

ROWS = 50
AUDIT, DELETED = "ADMI_AUDITLOGIN", "ADMI_DELETEDRECORD"
_AUDIT_TRAIL = ("Setup", "Users/Roles", "View Login Audit Trail")
_DELETED_TRAIL = ("Lists", "Records", "Deleted Records")
_STATES = ("", "success", "failure")
_ALL = Option(value="", label="- All -")


def _number(visit: Visit) -> int:
    """Return the page asked for, counted from 1."""
    text = visit.query.get("page", "")
    return int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 7 and int(text) else 1


def _pages(visit: Visit, path: str, number: int, total: int) -> tuple[Link, ...]:
    """Link the neighboring pages, filters kept."""
    kept = {name: value for name, value in visit.query.items() if name != "page" and value}
    links = []
    if number > 1:
        links.append(Link(label="Previous page", href=paths.to(path, **{**kept, "page": str(number - 1)})))
    if number * ROWS < total:
        links.append(Link(label="Next page", href=paths.to(path, **{**kept, "page": str(number + 1)})))
    return tuple(links)


def _day(visit: Visit, name: str) -> tuple[datetime | None, str]:
    """Read a day of the account's own zone, and what is wrong with it."""
    text = visit.query.get(name, "")
    try:
        found = date.fromisoformat(text) if text else None
        start = None if found is None else datetime(found.year, found.month, found.day, tzinfo=visit.account.zone)
        return (start + timedelta(days=1) if start is not None and name == "until" else start), ""
    except (ValueError, OverflowError):
        return None, "This is no date: enter it as 2026-05-18."


def _audit(visit: Visit) -> Page:
    """Show who came in by which door, and why others did not: the reason stands nowhere else."""
    account, query = visit.account, visit.query
    since, wrong_since = _day(visit, "since")
    until, wrong_until = _day(visit, "until")
    state = query.get("status", "")
    found = account.logins.find(
        since=since,
        until=until,
        user=query.get("user") or None,
        role=query.get("role") or None,
        application=query.get("application") or None,
        success={"success": True, "failure": False}.get(state),
    )
    number = _number(visit)
    listing = Listing(
        caption=f"Logins: {len(found):,}",
        columns=("Date", "Time", "Email", "Role", "Status", "Detail", "Application", "Door", "Token", "Note"),
        rows=tuple(_entry(visit, one) for one in found[(number - 1) * ROWS : number * ROWS]),
        empty="No login is found.",
        pages=_pages(visit, paths.LOGIN_AUDIT, number, len(found)),
    )
    return Page(
        title="Login Audit Trail",
        trail=_AUDIT_TRAIL,
        form=_filter(visit, wrong_since, wrong_until),
        listings=(listing,),
    )


def _filter(visit: Visit, wrong_since: str, wrong_until: str) -> Form:
    account, query = visit.account, visit.query
    states = tuple(Option(value=one, label=one.capitalize() or "- All -") for one in _STATES)
    days = (("since", "From", wrong_since), ("until", "To", wrong_until))
    inputs = (
        select("user", "User", _among(one.user for one in account.logins), query.get("user", "")),
        select("role", "Role", _among(one.role for one in account.logins), query.get("role", "")),
        select(
            "application",
            "Application",
            _among(one.application for one in account.logins),
            query.get("application", ""),
        ),
        select("status", "Status", states, query.get("status", "")),
        *(
            Input(name=name, label=label, look=Look.DATE, value=query.get(name, ""), problem=problem)
            for name, label, problem in days
        ),
    )
    return Form(sections=(Section(title="", inputs=inputs),), buttons=buttons(("search", "Submit")), is_filter=True)


def _among(found: Iterable[str | None]) -> tuple[Option, ...]:
    return (_ALL, *(Option(value=one, label=one) for one in sorted({one for one in found if one})))


def _entry(visit: Visit, one: AuditEntry) -> Row:
    at = one.at.astimezone(visit.account.zone)
    texts = (
        f"{at:%Y-%m-%d}",
        f"{at:%H:%M:%S}",
        one.user or "",
        one.role or "",
        "Success" if one.success else "Failure",
        one.detail or "",
        one.application or "",
        one.door,
        one.token or "",
        one.note or "",
    )
    return Row(id="", cells=tuple(Cell(text=text) for text in texts))


def _deleted(visit: Visit) -> Page:
    """Show the records that were deleted, newest first."""
    account = visit.account
    kinds = {name: one.label for name, one in account.types.items() if one.in_deleted}
    wanted = visit.query.get("type", "")
    found = account.deleted([wanted] if wanted in kinds else list(kinds))[::-1]
    number = _number(visit)
    rows = []
    for one in found[(number - 1) * ROWS : number * ROWS]:
        at = one.deleted_at.astimezone(account.zone)
        texts = (one.type.label, one.name, one.id, one.external_id or "", f"{at:%Y-%m-%d %H:%M:%S}")
        rows.append(Row(id="", cells=tuple(Cell(text=text) for text in texts)))
    options = (
        _ALL,
        *sorted((Option(value=name, label=label) for name, label in kinds.items()), key=lambda one: one.label),
    )
    section = Section(title="", inputs=(select("type", "Record Type", options, wanted),))
    listing = Listing(
        caption=f"Deleted Records: {len(found):,}",
        columns=("Record Type", "Name", "Internal ID", "External ID", "Deleted"),
        rows=tuple(rows),
        empty="No record was deleted.",
        pages=_pages(visit, paths.DELETED, number, len(found)),
    )
    form = Form(sections=(section,), buttons=buttons(("search", "Submit")), is_filter=True)
    return Page(title="Deleted Records", trail=_DELETED_TRAIL, form=form, listings=(listing,))


PLACES = (
    Place(path=paths.LOGIN_AUDIT, answer=_audit, needs=(AUDIT,), menu=_AUDIT_TRAIL),
    Place(path=paths.DELETED, answer=_deleted, needs=(DELETED,), menu=_DELETED_TRAIL),
)
