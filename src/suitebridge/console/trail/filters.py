"""What the trail's page is asked to show, and the form that asks for it. It knows no store: the person is looked up by the view."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from suitebridge.console import asked, wording
from suitebridge.console.choices import Choice
from suitebridge.domain.people import Door, User
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.trail import TrailFilter

_MOST_TEXT = 100
_ADMINISTRATIVE = (
    ("company", "Company"),
    ("connection", "NetSuite connection"),
    ("files", "Files"),
    ("role", "Role"),
    ("run", "Run"),
    ("user", "Sign-in"),
)
"""What is written down beside records, by the name of its subject."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrailQuestion:
    """What the address asks for; what cannot be read counts as not asked. `since` and `until` are whole days of the company's zone."""

    person: str = ""
    record_type: str = ""
    door: str = ""
    since: date | None = None
    until: date | None = None
    run: int = 0
    before: int = 0

    @property
    def query(self) -> dict[str, str]:
        """Give the question as an address carries it, without the place in the list."""
        return {
            "person": self.person,
            "type": self.record_type,
            "door": self.door,
            "from": self.since.isoformat() if self.since else "",
            "to": self.until.isoformat() if self.until else "",
            "run": str(self.run) if self.run else "",
        }

    @property
    def is_narrowed(self) -> bool:
        """Whether anything but everything is asked for."""
        return any(self.query.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterForm:
    """The form with what was asked; `person_problem` says that nobody has the user ID."""

    person: str
    person_problem: str
    types: tuple[Choice, ...]
    doors: tuple[Choice, ...]
    since: str
    until: str
    run: str
    is_narrowed: bool


def read_question(form: Mapping[str, str]) -> TrailQuestion:
    """Read what an address asks for."""
    record_type, door = form.get("type", ""), form.get("door", "")
    return TrailQuestion(
        person=form.get("person", "").strip()[:_MOST_TEXT],
        record_type=record_type if record_type in dict(_types()) else "",
        door=door if any(door == one.value for one in Door) else "",
        since=asked.day(form.get("from")),
        until=asked.day(form.get("to")),
        run=asked.whole_number(form.get("run")),
        before=asked.whole_number(form.get("before")),
    )


def narrow(question: TrailQuestion, person: User | None, zone: tzinfo, *, hidden_types: tuple[str, ...]) -> TrailFilter:
    """Write the filter; both days count whole, and records of types that the visitor may not see are left out."""
    return TrailFilter(
        author_id=person.id if person is not None else "",
        record_type=question.record_type,
        hidden_types=hidden_types,
        door=question.door,
        since=_midnight(question.since, zone) if question.since else None,
        until=_midnight(question.until + timedelta(days=1), zone) if question.until else None,
    )


def filter_form(question: TrailQuestion, *, person_problem: str = "") -> FilterForm:
    """Write the form."""
    query = question.query
    return FilterForm(
        person=question.person,
        person_problem=person_problem,
        types=tuple(
            Choice(value=name, text=label, is_chosen=name == question.record_type)
            for name, label in (("", "Everything"), *_types())
        ),
        doors=tuple(
            Choice(value=value, text=text, is_chosen=value == question.door)
            for value, text in (("", "Every door"), *((door.value, wording.capitalized(door.value)) for door in Door))
        ),
        since=query["from"],
        until=query["to"],
        run=query["run"],
        is_narrowed=question.is_narrowed,
    )


def _types() -> tuple[tuple[str, str], ...]:
    records = sorted(((schema.name, schema.label) for schema in WORKSPACE_TYPES.values()), key=lambda pair: pair[1])
    return (*records, *_ADMINISTRATIVE)


def _midnight(day: date, zone: tzinfo) -> datetime:
    return datetime.combine(day, time(), tzinfo=zone)
