"""`suitebridge custom-fields`: fields of your own on the records of the workspace."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Plain, Screen

if TYPE_CHECKING:
    from suitebridge.domain.custom_fields import TypeFields

_TYPE = Annotated[str, typer.Argument(metavar="TYPE", help="A record type of the workspace, such as customer.")]
_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The field's name, which ends with __c.")]


def register(app: typer.Typer) -> None:
    """Add the group `custom-fields`."""
    group = typer.Typer(help="Custom fields of the workspace: list, save, remove.", no_args_is_help=True)
    group.command("list")(list_custom_fields)
    group.command("save")(save)
    group.command("remove")(remove)
    app.add_typer(group, name="custom-fields")


def list_custom_fields(ctx: typer.Context) -> None:
    """List the custom fields of the workspace; `suitebridge fields` lists those of NetSuite."""
    from rich.table import Table

    from suitebridge.administration.defining import list_fields
    from suitebridge.domain.records import System

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = list_fields(actor.store, System.WORKSPACE, acting=actor.user)
    screen.answer("custom-fields", {"types": [_document(one) for one in found]})
    table = Table("Record type", "Field", "Label", "Kind", "Choices", "Required")
    rows = [(one.record_type, part) for one in found for part in one.fields if not part.is_retired]
    if not rows:
        screen.show("There is no custom field yet. Add one: suitebridge custom-fields save TYPE NAME --label LABEL.")
        return
    for record_type, part in rows:
        choices = ", ".join(label for _, label in part.choices)
        table.add_row(record_type, part.name, part.label, part.kind.value, choices, "yes" if part.is_required else "")
    screen.show(table)


def save(
    ctx: typer.Context,
    record_type: _TYPE,
    name: _NAME,
    *,
    label: Annotated[str, typer.Option(help="What people read.")],
    kind: Annotated[
        str, typer.Option(help="text, integer, decimal, money, boolean, date or choice; it stays.")
    ] = "text",
    choice: Annotated[
        list[str] | None,
        typer.Option(metavar="VALUE[=LABEL]", help="A choice, several times: what is kept, and what people read."),
    ] = None,
    is_required: Annotated[bool, typer.Option("--required", help="A new record must have a value.")] = False,
) -> None:
    """Add a field to a record type, or change the one of this name.

    Example: `suitebridge custom-fields save customer tier__c --label Tier --kind choice --choice g=Gold --choice s=Silver`
    """
    from suitebridge.administration.defining import define_field
    from suitebridge.domain.custom_fields import DEFINABLE, CustomField, fields_of
    from suitebridge.domain.records import System
    from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    meant = next((one for one in DEFINABLE if one.value == kind), None)
    if record_type not in WORKSPACE_TYPES:
        raise typer.BadParameter(f"There is no record type {record_type}, but {', '.join(WORKSPACE_TYPES)}.")
    if meant is None:
        raise typer.BadParameter(f"There is no kind {kind}, but {', '.join(one.value for one in DEFINABLE)}.")
    pairs = (one.partition("=") for one in choice or ())
    custom = CustomField(
        name=name,
        label=label,
        kind=meant,
        choices=tuple((value, text or value) for value, _, text in pairs),
        is_required=is_required,
    )
    version = fields_of(actor.store.custom_fields.load(), System.WORKSPACE, record_type).version
    saved = define_field(actor.store, record_type, custom, version=version, acting=actor.user, stamp=actor.stamp)
    screen.answer("custom-fields-save", _document(saved))
    screen.show(f"The custom field {name} of {record_type} is saved.")


def remove(ctx: typer.Context, record_type: _TYPE, name: _NAME) -> None:
    """Take a field away from a record type; the values in records stay, and come back with a field of its name and kind."""
    from suitebridge.administration.defining import remove_field
    from suitebridge.domain.custom_fields import fields_of
    from suitebridge.domain.records import System

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    version = fields_of(actor.store.custom_fields.load(), System.WORKSPACE, record_type).version
    try:
        saved = remove_field(
            actor.store,
            record_type,
            name,
            workflows=actor.workflows,
            version=version,
            acting=actor.user,
            stamp=actor.stamp,
        )
    except LookupError as error:
        raise typer.BadParameter(str(error)) from error
    screen.answer("custom-fields-remove", _document(saved))
    screen.show(f"The custom field {name} of {record_type} is removed.")


def _document(found: TypeFields) -> Mapping[str, Plain]:
    return {
        "type": found.record_type,
        "fields": [
            {
                "name": one.name,
                "label": one.label,
                "kind": one.kind.value,
                "choices": [{"value": value, "label": text} for value, text in one.choices],
                "is_required": one.is_required,
            }
            for one in found.fields
            if not one.is_retired
        ],
    }
