"""`suitebridge settings`: the connector's own settings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from suitebridge.cli.acting import act, choices_of
from suitebridge.cli.screens import Plain, Screen

if TYPE_CHECKING:
    from suitebridge.administration.adjusting import SettingsInForce
    from suitebridge.domain.workflow import SettingValue


def register(app: typer.Typer) -> None:
    """Add the group `settings`."""
    group = typer.Typer(help="The settings of the connector.", no_args_is_help=True)
    group.command("show")(show)
    group.command("set")(save)
    app.add_typer(group, name="settings")


def show(ctx: typer.Context) -> None:
    """Show each setting with what it is set to and what it does."""
    from suitebridge.administration.adjusting import settings_in_force

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    _tell(screen, "settings", settings_in_force(actor.store, acting=actor.user))


def save(
    ctx: typer.Context,
    settings: Annotated[
        list[str], typer.Argument(metavar="NAME=VALUE", help="A setting and its value; a switch is on or off.")
    ],
    *,
    reason: Annotated[str, typer.Option(help="Why; it stands in the settings history.")] = "",
) -> None:
    """Change settings; those that are not named stay. It is a new version of the configuration.

    Example: `suitebridge settings set strict_validation=off own_workflows=8`
    """
    from suitebridge.administration.adjusting import save_settings, settings_in_force
    from suitebridge.administration.configuring import Act
    from suitebridge.domain.choosing import read_choice
    from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
    from suitebridge.ports.configurations import Approval

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    known, chosen = {one.name: one for one in CONNECTOR_SETTINGS}, dict[str, "SettingValue"]()
    for typed in settings:
        name, _, text = typed.partition("=")
        chosen[name] = read_choice(known[name], text) if name in known else text
    found = settings_in_force(actor.store, acting=actor.user)
    saved = save_settings(
        actor.house.configuration_desk(actor.store),
        chosen,
        expected_version=found.version,
        act=Act(acting=actor.user, stamp=actor.stamp, note=reason),
    )
    _tell(screen, "settings-set", settings_in_force(actor.store, acting=actor.user))
    if saved.approval is Approval.PROPOSED:
        screen.show(f"Version {saved.version} waits until somebody else approves it.")


def _tell(screen: Screen, answer: str, found: SettingsInForce) -> None:
    from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS

    values: dict[str, Plain] = {one.name: found.values[one.name] for one in CONNECTOR_SETTINGS}
    screen.answer(answer, {"version": found.version, "settings": values})
    for one in CONNECTOR_SETTINGS:
        value = found.values[one.name]
        told = {True: "on", False: "off"}[value] if isinstance(value, bool) else value
        screen.show(f"{one.name} = {told}. {one.label}: {one.sentence}")
