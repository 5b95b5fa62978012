"""What the form of a mapping row shows: the field that gets the value, and the inputs of one kind of source."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.forms import Field, by_field
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.mapping_row import sources
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.expressions import LookupSide, MacroName
from suitebridge.domain.picking import Pick, Schemas, label_of, source_of, sources_of, target_of, targets_of
from suitebridge.domain.telling import tell_source
from suitebridge.domain.workflow import MappingGroup, Row, SyncRule, Workflow

SPARE_PAIRS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """An entry of a picker: the path that is typed and what people read beside it."""

    value: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PairLine:
    """One pair of a value map; `is_wanted` for one that was found and has no pair yet."""

    number: int
    given: str
    becomes: str
    is_wanted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form was opened for, or what was typed into it."""

    kind: str
    target: str
    inputs: Mapping[str, str]
    is_initial_only: bool
    sync: str
    is_fixed_target: bool = False
    problems: tuple[tuple[str, str], ...] = ()
    notice: Notice | None = None
    unmatched: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPage:
    """The form; a default row keeps its target."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    title: str
    workflow: str
    workflow_href: str
    here_href: str
    group: str
    was: str
    kind: str
    kinds: tuple[Tab, ...]
    target: Field
    is_fixed_target: bool
    targets: tuple[Option, ...]
    picks: tuple[Option, ...]
    fields: tuple[Field, ...]
    pairs: tuple[PairLine, ...]
    unmatched: tuple[str, ...]
    operators: tuple[Choice, ...]
    macros: tuple[Choice, ...]
    sides: tuple[Choice, ...]
    syncs: tuple[Choice, ...]
    is_initial_only: bool
    now: str
    complaints: tuple[Complaint, ...]
    notice: Notice | None


_FIELDS: Mapping[str, tuple[tuple[str, str, str], ...]] = {
    sources.FIELD: (("path", "Source field", "A dotted path follows a reference: currency.symbol"),),
    sources.CONSTANT: (
        ("value", "Value", "The same for every record. Days as 2026-03-01, yes or no as true or false."),
    ),
    sources.JOIN: (
        (
            "parts",
            "Fields and texts",
            "Fields and texts between apostrophes, with commas: name,' – ',number. \\n is a new line.",
        ),
    ),
    sources.TRANSLATE: (
        ("path", "Source field", "Its value is looked up in the map."),
        ("otherwise", "Any other value becomes", "Left empty, a value that is not in the map stays as it is."),
    ),
    sources.WHEN: (
        ("when", "If this field", ""),
        ("operand", "this value", "Several values with commas for “is one of”."),
        ("then", "then", "A field, or a text between apostrophes: 'yes'"),
        ("else", "otherwise", "A field, or a text between apostrophes"),
    ),
    sources.LOOKUP: (
        ("path", "Source field", "The value that is looked for."),
        ("record_type", "Record type", "Such as currency or customer."),
        ("by", "Found by its field", ""),
        ("returns", "Gives its field", "Left empty, its ID."),
    ),
    sources.COUNTERPART: (
        ("path", "Source field", "The reference whose counterpart on the other side is wanted."),
        ("record_type", "Workspace record type", "Such as customer or project."),
    ),
    sources.FORMULA: (
        ("formula", "Formula", "Fields by their script IDs, numbers, texts and functions: round(hours * rate, 2)"),
    ),
    sources.MACRO: (("days", "Days later", "A whole number; -1 is the day before."),),
}
_WITH_PICKER = frozenset({"path", "when"})


def row_page(
    workflow: Workflow,
    group: MappingGroup,
    row: Row | None,
    asked: Asked,
    *,
    bar: DraftBar,
    schemas: Schemas,
    is_administrator: bool,
) -> RowPage:
    """Write the form."""
    source, target = source_of(workflow, group, schemas), target_of(workflow, group, schemas)
    said = by_field(asked.problems)
    label = label_of(target, row.target, schemas) if row is not None else ""
    return RowPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        title=label or "New mapping row",
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", query={"group": group.name}, workflow_name=workflow.name),
        here_href=links.address("mapping-row", workflow_name=workflow.name),
        group=group.name,
        was=row.target if row is not None else "",
        kind=asked.kind,
        kinds=_kinds(workflow, group, row, asked),
        target=Field(name="target", label="Target field", value=asked.target, problem=said.get("target", "")),
        is_fixed_target=asked.is_fixed_target,
        targets=options(targets_of(target)),
        picks=options(sources_of(source, schemas)),
        fields=_fields(asked, said),
        pairs=_pairs(asked) if asked.kind == sources.TRANSLATE else (),
        unmatched=asked.unmatched,
        operators=_choices(((one, one) for one in sources.OPERATORS), asked.inputs.get("operator", "=")),
        macros=_choices(((one.value, one.value.replace("_", " ")) for one in MacroName), asked.inputs.get("macro", "")),
        sides=_choices(
            ((one.value, f"the {one.value} side") for one in LookupSide), asked.inputs.get("side", "target")
        ),
        syncs=_choices(((one.value, one.value) for one in SyncRule), asked.sync),
        is_initial_only=asked.is_initial_only,
        now=tell_source(row.source, lambda path: label_of(source, path, schemas)) if row is not None else "",
        complaints=tuple(Complaint(field=field, said=told) for field, told in asked.problems),
        notice=asked.notice,
    )


def _fields(asked: Asked, said: Mapping[str, str]) -> tuple[Field, ...]:
    """Write the inputs of the kind that was asked for."""
    return tuple(
        Field(
            name=name,
            label=text,
            value=asked.inputs.get(name, ""),
            hint=hint,
            problem=said.get(name, ""),
            kind="picker" if name in _WITH_PICKER else "text",
        )
        for name, text, hint in _FIELDS.get(asked.kind, ())
    )


def _kinds(workflow: Workflow, group: MappingGroup, row: Row | None, asked: Asked) -> tuple[Tab, ...]:
    query = {"group": group.name, "target": row.target if row is not None else "", "to": asked.target}
    return tuple(
        Tab(
            text=text,
            href=links.address("mapping-row", query={**query, "kind": kind}, workflow_name=workflow.name),
            is_here=kind == asked.kind,
        )
        for kind, text in sources.KINDS
    )


def options(picks: Sequence[Pick]) -> tuple[Option, ...]:
    """Write fields as the entries of a picker."""
    return tuple(
        Option(
            value=pick.path,
            text=", ".join(
                (
                    pick.label,
                    pick.kind,
                    *(("custom field",) if pick.is_custom else ()),
                    *(("required",) if pick.is_required else ()),
                )
            ),
        )
        for pick in picks
    )


def _choices(options: Iterable[tuple[str, str]], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, text=text, is_chosen=value == chosen) for value, text in options)


def _pairs(asked: Asked) -> tuple[PairLine, ...]:
    """Show the pairs that are there, those that are wanted, and some empty ones."""
    held = [
        (asked.inputs.get(f"from-{number}", ""), asked.inputs.get(f"to-{number}", ""))
        for number in range(sources.MOST_PAIRS)
        if asked.inputs.get(f"from-{number}") or asked.inputs.get(f"to-{number}")
    ]
    known = {one for one, _ in held}
    wanted = [one for one in asked.unmatched if one not in known]
    lines = [
        *((one, to, False) for one, to in held),
        *((one, "", True) for one in wanted),
        *([("", "", False)] * SPARE_PAIRS),
    ]
    return tuple(
        PairLine(number=number, given=one, becomes=to, is_wanted=is_wanted)
        for number, (one, to, is_wanted) in enumerate(lines)
    )
