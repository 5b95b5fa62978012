"""`suitebridge config`: the configuration of the workflows as a file that can be kept, compared and applied."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.asking import read_text
from suitebridge.cli.exits import ExitCode
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission

if TYPE_CHECKING:
    from suitebridge.domain.overrides import Configuration

_FILE = Annotated[
    str, typer.Argument(metavar="FILE", help="A file that config export wrote; “-” reads it from standard input.")
]


def register(app: typer.Typer) -> None:
    """Add the group `config`."""
    group = typer.Typer(
        help="The configuration of the workflows as a file: export, compare, apply.", no_args_is_help=True
    )
    group.command("export")(export)
    group.command("diff")(diff)
    group.command("apply")(apply)
    group.command("schema")(schema)
    app.add_typer(group, name="config")


def export(
    ctx: typer.Context,
    *,
    is_portable: Annotated[
        bool,
        typer.Option(
            "--portable",
            help="For another company: records that are named by their ID are named by external ID; those that have none are listed, and nothing is written.",
        ),
    ] = False,
) -> None:
    """Write the configuration in force: no secret, no moment, and the same bytes whenever the same was decided.

    Examples: `suitebridge config export > workflows.json`; `suitebridge config export --portable > production.json`
    """
    from suitebridge.administration.promoting import portable
    from suitebridge.domain.notation.files import write_configuration

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.EDIT_INTEGRATION_SETTINGS, "see the configuration of the workflows")
    current = actor.store.configurations.load()
    configuration = current.configuration
    if is_portable:
        desk = actor.house.configuration_desk(actor.store)
        configuration = portable(desk, configuration, lambda: actor.house.open_gateway(actor.store))
    text = write_configuration(configuration)
    screen.answer("config-export", {"version": current.version, "file": json.loads(text)})
    if not screen.choices.is_json:
        # As it is: a file is no text for people, and its bytes are compared.
        sys.stdout.buffer.write(text.encode())


def diff(ctx: typer.Context, file: _FILE) -> None:
    """Say what applying a file would change, place by place. The exit code is 6 where it would change anything."""
    from suitebridge.administration.configuring import draft_changes

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.EDIT_INTEGRATION_SETTINGS, "see the configuration of the workflows")
    current = actor.store.configurations.load()
    desk = actor.house.configuration_desk(actor.store)
    changes = draft_changes(desk, current.configuration, _read(file, actor))
    screen.answer("config-diff", {"version": current.version, "changes": [_document(one) for one in changes]})
    _tell(screen, changes)
    raise typer.Exit(ExitCode.PLAN_HAS_CHANGES if changes else ExitCode.OK)


def apply(
    ctx: typer.Context,
    file: _FILE,
    *,
    is_dry: Annotated[
        bool, typer.Option("--dry-run", help="Check the file and say what it would change; change nothing.")
    ] = False,
    is_managed: Annotated[
        bool | None,
        typer.Option(
            "--managed/--unmanaged", help="From now on files alone configure this company, or the console does again."
        ),
    ] = None,
    expected: Annotated[
        int, typer.Option("--expect", metavar="VERSION", help="Apply it only on top of this version.")
    ] = -1,
    reason: Annotated[str, typer.Option(help="Why; it stands in the settings history.")] = "",
) -> None:
    """Make a file the configuration: as a whole or not at all, checked like a save in the console, as a new version.

    Examples: `suitebridge config apply workflows.json --dry-run`; `suitebridge config apply workflows.json --managed`
    """
    from suitebridge.administration.configuring import Act, check_configuration, draft_changes, save_configuration

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    actor.require(Permission.EDIT_INTEGRATION_SETTINGS, "change the configuration of the workflows")
    desk, wanted = actor.house.configuration_desk(actor.store), _read(file, actor)
    current = actor.store.configurations.load()
    changes = draft_changes(desk, current.configuration, wanted)
    if is_dry:
        check_configuration(desk, wanted)
        saved = current
    else:
        # A file that says nothing of who manages the company leaves that as it is; it is a file all the same.
        told = Act(
            acting=actor.user,
            stamp=actor.stamp,
            note=reason,
            is_managed=current.is_managed if is_managed is None else is_managed,
        )
        saved = save_configuration(
            desk, wanted, expected_version=current.version if expected < 0 else expected, act=told
        )
    screen.answer(
        "config-apply",
        {
            "version": saved.version,
            "state": saved.approval.value,
            "is_dry": is_dry,
            "is_managed": saved.is_managed,
            "changes": [_document(one) for one in changes],
        },
    )
    _tell(screen, changes)
    if not is_dry:
        screen.show(f"Version {saved.version} {saved.approval.value}.")


def schema(ctx: typer.Context) -> None:
    """Write the JSON Schema of such a file, with which an editor helps and complains while somebody types.

    Example: `suitebridge config schema > configuration.schema.json`
    """
    from suitebridge.domain.notation.published import file_schema

    screen = Screen(choices_of(ctx))
    document = file_schema()
    screen.answer("config-schema", document)
    if not screen.choices.is_json:
        sys.stdout.buffer.write(f"{json.dumps(document, indent=2, ensure_ascii=False, sort_keys=True)}\n".encode())


def _read(file: str, actor: Actor) -> Configuration:
    """Read a file; records that it names by external id are looked for in this company."""
    from suitebridge.administration.promoting import settled
    from suitebridge.domain.errors import Problem, RecordRefusedError
    from suitebridge.domain.notation.files import FileFormError, read_configuration

    try:
        read = read_configuration(read_text(file))
    except FileFormError as error:
        raise RecordRefusedError(Problem(code="SB-CFG-012", facts={"file": file, "said": str(error)})) from error
    desk = actor.house.configuration_desk(actor.store)
    return settled(desk, read, lambda: actor.house.open_gateway(actor.store))


def _document(change: Change) -> dict[str, Plain]:
    return {"place": change.field, "before": _text(change.before), "after": _text(change.after)}


def _text(value: object) -> str | None:
    return None if value is None else str(value)


def _tell(screen: Screen, changes: Sequence[Change]) -> None:
    if not changes:
        screen.show("Nothing differs.")
    for one in changes:
        screen.show(f"{one.field}: {_text(one.before) or 'nothing'} → {_text(one.after) or 'nothing'}")
