"""What the form of a filter shows: some conditions, all of which or any of which must hold, added to those that the workflow has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.forms import by_field
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.mapping_row import sources
from suitebridge.console.mapping_row.page import Option, options
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.conditions import AllOf, AnyOf, Condition
from suitebridge.domain.picking import Schemas, label_of, source_of, sources_of
from suitebridge.domain.telling import tell_condition
from suitebridge.domain.workflow import MappingGroup, Workflow

LINES = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class ConditionLine:
    """The inputs of one condition."""

    number: int
    path: str
    operators: tuple[Choice, ...]
    operand: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FilterPage:
    """The form; `told` says what stands, `is_deep` that it is deeper than the form shows."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    title: str
    workflow: str
    workflow_href: str
    here_href: str
    group: str
    lines: tuple[ConditionLine, ...]
    is_any: bool
    told: str
    is_deep: bool
    picks: tuple[Option, ...]
    complaints: tuple[Complaint, ...]
    notice: Notice | None


def inputs_of(condition: Condition | None) -> tuple[dict[str, str], bool] | None:
    """Give the inputs that show a condition, and whether any of them suffices; None where it is deeper than the form."""
    parts: tuple[Condition, ...]
    match condition:
        case None:
            parts = ()
        case AllOf(conditions=inner) | AnyOf(conditions=inner):
            parts = inner
        case _:
            parts = (condition,)
    inputs: dict[str, str] = {}
    for number, part in enumerate(parts):
        simple = sources.write_condition(part)
        if not simple or number >= LINES:
            return None
        inputs.update({f"{name}-{number}": text for name, text in simple.items()})
    return inputs, isinstance(condition, AnyOf)


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """What stands in the inputs, and what is wrong with it."""

    inputs: Mapping[str, str]
    problems: sources.Problems = ()
    notice: Notice | None = None


def filter_page(
    workflow: Workflow,
    group: MappingGroup,
    condition: Condition | None,
    typed: Typed,
    *,
    bar: DraftBar,
    schemas: Schemas,
    is_administrator: bool,
) -> FilterPage:
    """Write the form; `condition` is what stands now."""
    source = source_of(workflow, group, schemas)
    said = by_field(typed.problems)
    return FilterPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        title=f"Filter of {group.title}",
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", query={"group": group.name}, workflow_name=workflow.name),
        here_href=links.address("mapping-filter", workflow_name=workflow.name),
        group=group.name,
        lines=tuple(_line(number, typed.inputs, said) for number in range(LINES)),
        is_any=typed.inputs.get("any") == "yes",
        told=tell_condition(condition, lambda path: label_of(source, path, schemas)) if condition is not None else "",
        is_deep=inputs_of(condition) is None,
        picks=options(sources_of(source, schemas)),
        complaints=tuple(Complaint(field=field, said=told) for field, told in typed.problems),
        notice=typed.notice,
    )


def _line(number: int, form: Mapping[str, str], said: Mapping[str, str]) -> ConditionLine:
    chosen = form.get(f"operator-{number}", "=")
    return ConditionLine(
        number=number,
        path=form.get(f"when-{number}", ""),
        operators=tuple(Choice(value=one, text=one, is_chosen=one == chosen) for one in sources.OPERATORS),
        operand=form.get(f"operand-{number}", ""),
        problem=said.get(f"when-{number}", "") or said.get(f"operator-{number}", ""),
    )
