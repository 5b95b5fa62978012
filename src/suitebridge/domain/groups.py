"""Workflow groups: workflows under a name, in the order in which a run carries them out. Schedules, scripts and people run them.

It refuses to know when a group runs, and which workflows there are: the ones that are known are an argument.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from suitebridge.domain.errors import Problem
from suitebridge.domain.workflow import Workflow

MOST_NAME: Final = 60
"""So many characters a name has at most, of a group as of a schedule."""

MOST_GROUPS: Final = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkflowGroup:
    """A group as it is stored; a name is unique in its company, whatever its case. `version` counts the saves, 0 for one that is new."""

    name: str
    workflows: tuple[str, ...]
    version: int = 0


def key_of(name: str) -> str:
    """Give what makes two names the same one."""
    return unicodedata.normalize("NFKC", name).strip().casefold()


def name_objections(name: str, noun: str) -> tuple[str, ...]:
    """Say what is wrong with a name that stands in addresses and on command lines; `noun` is what bears it."""
    if not name.strip():
        return (f"A {noun} needs a name.",)
    if len(name) > MOST_NAME:
        return (f"A name has at most {MOST_NAME} characters.",)
    if name != name.strip() or "/" in name or name in {".", ".."} or not name.isprintable():
        return ("A name has no slash, no control character, and no space at its ends.",)
    return ()


def objections(group: WorkflowGroup, known: Mapping[str, Workflow]) -> tuple[tuple[str, str], ...]:
    """Give everything that is wrong with a group, as pairs of a field and a sentence."""
    found = [("name", said) for said in name_objections(group.name, "workflow group")]
    if not group.workflows:
        found.append(("workflows", "A workflow group holds at least one workflow."))
    unknown = [name for name in group.workflows if name not in known]
    if unknown:
        found.append(("workflows", f"There is no workflow named {', '.join(unknown)}."))
    if len(set(group.workflows)) < len(group.workflows):
        found.append(("workflows", "A workflow stands in a group once."))
    return (*found, *(("workflows", said) for said in _misplaced(group.workflows, known)))


def lacking(
    names: Sequence[str], known: Mapping[str, Workflow], *, has_completed: Callable[[str], bool]
) -> tuple[str, ...]:
    """Give what some workflows need that is not among them and has never completed, with what that needs in turn, in the order to run it."""
    found: set[str] = set()
    asking = [name for name in names if name in known]
    while asking:
        needs = [need for name in asking for need in known[name].needs if need in known and known[need].is_active]
        asking = [need for need in dict.fromkeys(needs) if need not in found.union(names) and not has_completed(need)]
        found.update(asking)
    return tuple(name for name in known if name in found)


def excluding(workflows: Mapping[str, Workflow]) -> tuple[Problem, ...]:
    """Say which active workflows cannot be active beside each other."""
    return tuple(
        Problem(code="SB-CFG-024", facts={"workflow": one.title, "other": workflows[other].title})
        for one in workflows.values()
        for other in one.excludes
        if one.is_active and other in workflows and workflows[other].is_active
    )


def _misplaced(names: Sequence[str], known: Mapping[str, Workflow]) -> list[str]:
    """Say which workflows stand before one that has to run first: their records would wait for a whole run."""
    place = {name: number for number, name in enumerate(names)}
    return [
        f"“{known[name].title}” comes before “{known[need].title}”, which has to run first."
        for name in dict.fromkeys(names)
        if name in known
        for need in known[name].needs
        if need in known and place.get(need, -1) > place[name]
    ]
