"""What the form of a new workflow shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.forms import Field, by_field
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.notices import Complaint, Notice
from suitebridge.domain.own_workflows import MOST_NAME, MOST_TITLE
from suitebridge.domain.schemas.fields import RecordSchema


@dataclass(frozen=True, slots=True, kw_only=True)
class Restable:
    """A workflow that came with the product and is not active."""

    name: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NewWorkflowPage:
    """The form."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    here_href: str
    mapping_href: str
    resting: tuple[Restable, ...]
    name: Field
    title: Field
    id_field: Field
    directions: tuple[Choice, ...]
    netsuite_types: tuple[Choice, ...]
    workspace_types: tuple[Choice, ...]
    methods: tuple[Choice, ...]
    complaints: tuple[Complaint, ...]
    notice: Notice | None


def new_workflow_page(
    form: Mapping[str, str],
    problems: tuple[tuple[str, str], ...],
    types: tuple[Mapping[str, RecordSchema], Mapping[str, RecordSchema]],
    *,
    resting: tuple[Restable, ...],
    bar: DraftBar,
    is_administrator: bool,
    notice: Notice | None,
) -> NewWorkflowPage:
    """Write the form; `types` are NetSuite's record types and the workspace's."""
    said = by_field(problems)

    def field(name: str, label: str, hint: str, default: str = "") -> Field:
        return Field(name=name, label=label, value=form.get(name, default), hint=hint, problem=said.get(name, ""))

    return NewWorkflowPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        here_href=links.address("workflow-new"),
        mapping_href=links.address("mapping"),
        resting=resting,
        name=field("name", "Workflow name", f"Letters, digits and underscores, at most {MOST_NAME}. It stays."),
        title=field("title", "Display name", f"At most {MOST_TITLE} characters."),
        id_field=field("id_field", "Workspace field for the NetSuite ID", "It stays.", "netsuite_id"),
        directions=_choices({"import": "from NetSuite", "export": "to NetSuite"}, form.get("direction", "import")),
        netsuite_types=_choices({name: one.label for name, one in types[0].items()}, form.get("netsuite_type", "")),
        workspace_types=_choices({name: one.label for name, one in types[1].items()}, form.get("workspace_type", "")),
        methods=_choices({"both": "create and update", "create": "create only"}, form.get("method", "both")),
        complaints=tuple(Complaint(field=name, said=told) for name, told in problems),
        notice=notice,
    )


def _choices(options: Mapping[str, str], chosen: str) -> tuple[Choice, ...]:
    return tuple(Choice(value=value, text=text, is_chosen=value == chosen) for value, text in options.items())
