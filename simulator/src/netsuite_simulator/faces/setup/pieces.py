"""What a page is made of, as values: inputs, sections, listings, facts, links.

Every page is one `Page`, and one template shows them all. Refuses to know accounts and HTML.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass, field


class Look(enum.Enum):
    """How an input is shown."""

    TEXT = "text"
    AREA = "area"
    PASSWORD = "password"  # noqa: S105 - a kind of input
    CHECK = "checkbox"
    SELECT = "select"
    MULTIPLE = "multiple"
    DATE = "date"
    MOMENT = "datetime-local"
    FILE = "file"
    SHOWN = "shown"  # a value that cannot be changed
    HIDDEN = "hidden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One value of a list."""

    value: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One field of a form; `value` is what it holds, `chosen` what several hold, `listed` the id of its suggestions."""

    name: str
    label: str
    look: Look = Look.TEXT
    value: str = ""
    chosen: frozenset[str] = frozenset()
    options: tuple[Option, ...] = ()
    is_required: bool = False
    hint: str = ""
    problem: str = ""
    listed: str = ""

    @property
    def id(self) -> str:
        """Return the id of the element, for labels and for links from a summary of problems."""
        return f"field-{self.name.replace('.', '-')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """Fields under one heading; `button` adds another section of its kind."""

    title: str
    inputs: tuple[Input, ...] = ()
    note: str = ""
    is_folded: bool = False
    button: Button | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Button:
    """A button: `act` tells the page which one was pressed, `label` its words, `spoken` the longer ones."""

    act: str
    label: str
    spoken: str = ""
    is_grave: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """A form of the page that posts to itself, or filters by query where `is_filter`."""

    sections: tuple[Section, ...]
    buttons: tuple[Button, ...] = ()
    is_filter: bool = False
    takes_files: bool = False
    suggestions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Return every input."""
        return tuple(one for section in self.sections for one in section.inputs)


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link; `opens_window`: in a window of its own."""

    label: str
    href: str
    opens_window: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One cell of a listing."""

    text: str
    href: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a listing: its buttons post `id` to the page."""

    id: str
    cells: tuple[Cell, ...]
    buttons: tuple[Button, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A table with a caption; `empty` says why there are no rows."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    empty: str
    pages: tuple[Link, ...] = ()

    @property
    def has_buttons(self) -> bool:
        """Whether any row has a button."""
        return any(row.buttons for row in self.rows)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A label and its value."""

    label: str
    value: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Box:
    """A titled block of facts and links; `warning` stands above them."""

    title: str
    facts: tuple[Fact, ...] = ()
    links: tuple[Link, ...] = ()
    text: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Another site's page within this one; `origin` is where the way to it ends."""

    title: str
    address: str
    origin: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page: `trail` is the menu's way to it, `problems` what kept it from being saved."""

    title: str
    trail: tuple[str, ...] = ()
    links: tuple[Link, ...] = ()
    boxes: tuple[Box, ...] = ()
    form: Form | None = None
    frame: Frame | None = None
    listings: tuple[Listing, ...] = ()
    dangers: tuple[Button, ...] = ()  # buttons behind a fold, each a form of its own
    message: str = ""
    problems: tuple[str, ...] = ()
    status: int = 200

    @property
    def is_refused(self) -> bool:
        """Whether a form was sent and not taken."""
        return self.form is not None and not self.form.is_filter and bool(self.problems or self.faulty)

    @property
    def faulty(self) -> tuple[Input, ...]:
        """Return the inputs that have a problem."""
        return () if self.form is None else tuple(one for one in self.form.inputs if one.problem)


def text(name: str, label: str, value: str = "", *, is_required: bool = False, hint: str = "") -> Input:
    """Ask for a line of text."""
    return Input(name=name, label=label, value=value, is_required=is_required, hint=hint)


def check(name: str, label: str, *, is_checked: bool, hint: str = "") -> Input:
    """Ask for yes or no."""
    return Input(name=name, label=label, look=Look.CHECK, value="T" if is_checked else "", hint=hint)


def select(
    name: str, label: str, options: tuple[Option, ...], value: str = "", *, is_required: bool = False, hint: str = ""
) -> Input:
    """Ask for one of a list."""
    return Input(
        name=name, label=label, look=Look.SELECT, value=value, options=options, is_required=is_required, hint=hint
    )


def hidden(name: str, value: str) -> Input:
    """Carry a value that nobody sees."""
    return Input(name=name, label="", look=Look.HIDDEN, value=value)


def shown(label: str, value: str) -> Input:
    """Show what cannot be changed."""
    return Input(name="", label=label, look=Look.SHOWN, value=value)


def buttons(*labels: tuple[str, str]) -> tuple[Button, ...]:
    """Name buttons by what they do and what they say."""
    return tuple(Button(act=act, label=label) for act, label in labels)
