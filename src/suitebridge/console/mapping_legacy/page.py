"""What the page of the legacy notation shows: the effective configuration as text, and what came of a text that was pasted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links, wording
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.notices import Notice
from suitebridge.domain.adopting import Adopted
from suitebridge.domain.drafting import Place
from suitebridge.domain.notation.legacy import LONGEST, Unplaced
from suitebridge.domain.workflow import Workflow

MOST_TOLD = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedLine:
    """A mapping group that was taken, with the page of its rows."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnplacedLine:
    """Something that was not taken: where it stands, and why."""

    place: str
    point: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What came of a text."""

    title: str
    is_good: bool
    placed: tuple[PlacedLine, ...]
    unplaced: tuple[UnplacedLine, ...]
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LegacyPage:
    """The text that holds, and the form for another one."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    mapping_href: str
    here_href: str
    file_href: str
    text: str
    pasted: str
    longest: int
    outcome: Outcome | None
    notice: Notice | None


def legacy_page(
    text: str,
    pasted: str,
    *,
    bar: DraftBar,
    is_administrator: bool,
    outcome: Outcome | None = None,
    notice: Notice | None = None,
) -> LegacyPage:
    """Write the page."""
    return LegacyPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        mapping_href=links.address("mapping"),
        here_href=links.address("mapping-legacy"),
        file_href=links.address("mapping-legacy-file"),
        text=text,
        pasted=pasted,
        longest=LONGEST,
        outcome=outcome,
        notice=notice,
    )


def outcome_of(adopted: Adopted, workflows: Mapping[str, Workflow]) -> Outcome:
    """Write what was taken, and what was not."""
    lost: Sequence[Unplaced] = adopted.unplaced
    groups = wording.counted(len(adopted.placed), "mapping group was", "mapping groups were")
    return Outcome(
        title=f"{groups} taken into your draft" if adopted.placed else "Nothing could be taken",
        is_good=bool(adopted.placed),
        placed=tuple(_placed(one, workflows) for one in adopted.placed),
        unplaced=tuple(_unplaced(one) for one in lost[:MOST_TOLD]),
        more=wording.counted(len(lost) - MOST_TOLD, "further place", "further places") if len(lost) > MOST_TOLD else "",
    )


def _placed(place: Place, workflows: Mapping[str, Workflow]) -> PlacedLine:
    workflow = workflows[place.workflow]
    title = next(group.title for group in workflow.groups if group.name == place.group)
    href = links.address("mapping-workflow", query={"group": place.group}, workflow_name=workflow.name)
    return PlacedLine(text=f"{workflow.title}, {title}", href=href)


def _unplaced(one: Unplaced) -> UnplacedLine:
    column = f", column {one.column}" if one.column else ""
    return UnplacedLine(place=f"Line {one.line}{column}" if one.line else "", point=one.point, said=one.said)
