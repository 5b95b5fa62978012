"""What the list of users shows: who they are, what they may, whether they can get in, and when they last did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from suitebridge.console import links, wording
from suitebridge.console.choices import Choice
from suitebridge.console.marks import ACTIVITY_MARKS, TIME_BOX_MARKS, WAY_IN_MARKS, Mark
from suitebridge.console.wording import Moment
from suitebridge.ports.people import PersonCard, PersonOrder, PersonQuery, PersonState

PAGE_PEOPLE = 50
_MOST_TEXT = 100
_MOST_CURSOR = 1_000
_COLUMNS = (
    (PersonOrder.NAME, "Name"),
    (PersonOrder.USER_ID, "User ID"),
    (PersonOrder.ROLE, "Role"),
    (None, "State"),
    (PersonOrder.LAST_SIGN_IN, "Last sign-in"),
    (PersonOrder.EMAIL, "E-mail"),
)
_STATES = (
    ("", "Every state"),
    (PersonState.ACTIVE.value, "Active"),
    (PersonState.INACTIVE.value, "Inactive"),
    (PersonState.INVITED.value, "Invited"),
    (PersonState.NO_PASSWORD.value, "No password"),
)
_DESCENDING = "down"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonLine:
    """One user."""

    name: str
    href: str
    user_id: str
    email: str
    role: str
    time_box: Mark | None
    activity: Mark
    way_in: Mark | None
    signed_in: Moment | None
    is_integration_user: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """A heading; `href` sorts by it, and the other way round where the list is sorted by it already. `sorted` is what readers are told."""

    text: str
    href: str
    sorted: str
    icon: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonListPage:
    """A page of the list; `sort` and `way` keep the order when the form narrows the list down."""

    here_href: str
    add_href: str
    rules_href: str
    text: str
    states: tuple[Choice, ...]
    roles: tuple[Choice, ...]
    sort: str
    way: str
    is_narrowed: bool
    columns: tuple[Column, ...]
    lines: tuple[PersonLine, ...]
    first_href: str
    further_href: str


def read_query(form: Mapping[str, str], *, at: datetime) -> PersonQuery:
    """Read what an address asks for; what cannot be read counts as not asked."""
    return PersonQuery(
        at=at,
        text=form.get("text", "").strip()[:_MOST_TEXT],
        state=next((state for state in PersonState if state.value == form.get("state", "")), None),
        role=form.get("role", "")[:_MOST_TEXT],
        order=next((order for order in PersonOrder if order.value == form.get("sort", "")), PersonOrder.NAME),
        is_descending=form.get("way", "") == _DESCENDING,
        after=form.get("after", "")[:_MOST_CURSOR],
        limit=PAGE_PEOPLE,
    )


def person_line(card: PersonCard, *, zone: tzinfo, now: datetime, integration_user_id: str) -> PersonLine:
    """Write one user's line."""
    return PersonLine(
        name=card.user.name,
        href=links.address("person", number=int(card.user.id)),
        user_id=card.user.user_id,
        email=card.email,
        role=card.user.role.name,
        time_box=TIME_BOX_MARKS[card.user.has_ended] if card.user.ends_at is not None else None,
        activity=ACTIVITY_MARKS[card.user.is_active],
        way_in=None if card.has_password or not card.user.is_active else WAY_IN_MARKS[is_invited(card, now)],
        signed_in=wording.moment(card.signed_in_at, zone) if card.signed_in_at else None,
        is_integration_user=card.user.id == integration_user_id,
    )


def is_invited(card: PersonCard, now: datetime) -> bool:
    """Whether an invitation of the user is still good."""
    return card.invited_until is not None and card.invited_until > now


def person_list_page(
    lines: Sequence[PersonLine], *, query: PersonQuery, roles: Sequence[str], further: str, shows_rules: bool = False
) -> PersonListPage:
    """Write a page."""
    asked = _asked(query)
    return PersonListPage(
        here_href=links.address("people"),
        add_href=links.address("person-add"),
        rules_href=links.address("sign-in-rules") if shows_rules else "",
        text=query.text,
        states=tuple(Choice(value=value, text=text, is_chosen=value == asked["state"]) for value, text in _STATES),
        roles=tuple(
            Choice(value=name, text=name or "Every role", is_chosen=name == query.role) for name in ("", *roles)
        ),
        sort=asked["sort"],
        way=asked["way"],
        is_narrowed=bool(query.text or query.state or query.role),
        columns=tuple(_column(order, text, query, asked) for order, text in _COLUMNS),
        lines=tuple(lines),
        first_href=links.address("people", query=asked) if query.after else "",
        further_href=links.address("people", query={**asked, "after": further}) if further else "",
    )


def _asked(query: PersonQuery) -> dict[str, str]:
    """Give the question as an address carries it, without the place in the list."""
    return {
        "text": query.text,
        "state": query.state.value if query.state is not None else "",
        "role": query.role,
        "sort": query.order.value if query.order is not PersonOrder.NAME else "",
        "way": _DESCENDING if query.is_descending else "",
    }


def _column(order: PersonOrder | None, text: str, query: PersonQuery, asked: Mapping[str, str]) -> Column:
    if order is None:
        return Column(text=text, href="", sorted="", icon="")
    is_here = order is query.order
    way = _DESCENDING if is_here and not query.is_descending else ""
    sort = order.value if order is not PersonOrder.NAME else ""
    return Column(
        text=text,
        href=links.address("people", query={**asked, "sort": sort, "way": way}),
        sorted=("descending" if query.is_descending else "ascending") if is_here else "",
        icon=("down" if query.is_descending else "up") if is_here else "",
    )
