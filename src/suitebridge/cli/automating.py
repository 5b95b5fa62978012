"""`suitebridge schedules`: which workflow group runs by itself, when, and what became of each time that was due."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

import typer

from suitebridge.cli.acting import Actor, act, choices_of
from suitebridge.cli.screens import Plain, Screen
from suitebridge.domain.people import User
from suitebridge.domain.schedules import (
    DAY_WORDS,
    Overlap,
    Schedule,
    Tick,
    read_timing,
    spell_timing,
    tell_tick,
    tell_timing,
)

_NEXT_SHOWN = 5
_TICKS_SHOWN = 20
_NAME = Annotated[str, typer.Argument(metavar="NAME", help="The schedule's name.")]


def register(app: typer.Typer) -> None:
    """Add the group `schedules`."""
    group = typer.Typer(help="Schedules: list, show, save, turn on and off, remove.", no_args_is_help=True)
    group.command("list")(list_schedules)
    group.command("show")(show)
    group.command("save")(save)
    group.command("turn-on")(turn_on)
    group.command("turn-off")(turn_off)
    group.command("remove")(remove)
    app.add_typer(group, name="schedules")


def list_schedules(ctx: typer.Context) -> None:
    """List the schedules with their groups, when they are due, and the next time."""
    from rich.table import Table

    from suitebridge.administration import automating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    found = automating.list_schedules(actor.store, acting=actor.user)
    screen.answer("schedules", {"schedules": [_document(actor, one) for one in found]})
    if not found:
        screen.show(
            "There is no schedule yet. Add one: suitebridge schedules save NAME --group GROUP --day mon --at 06:00."
        )
        return
    table = Table("Schedule", "Group", "When", "Zone", "Next")
    for one in found:
        following = _next(actor, one)
        table.add_row(
            one.name,
            one.group,
            tell_timing(one.timing),
            one.zone,
            following[0] if one.is_enabled and following else "off",
        )
    screen.show(table)


def show(ctx: typer.Context, name: _NAME) -> None:
    """Show one schedule: its next times, whose run the next one would be, and what became of the newest times."""
    from suitebridge.administration import automating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    automating.list_schedules(actor.store, acting=actor.user)
    schedule = _known(actor, name)
    ticks = actor.store.schedules.ticks(schedule.name, limit=_TICKS_SHOWN)
    document = _document(actor, schedule)
    screen.answer("schedules-show", {"schedule": {**document, "ticks": [_tick(tick) for tick in ticks]}})
    state = "on" if schedule.is_enabled else "off"
    screen.show(f"{schedule.name} ({state}): {schedule.group}, {tell_timing(schedule.timing)}, {schedule.zone}")
    for at in _next(actor, schedule):
        screen.show(f"  next {at}")
    screen.show(f"  {document['owner_told']}")
    for tick in ticks:
        screen.show(f"  {tick.day} {tell_tick(tick)}")


def save(  # noqa: PLR0913  # one parameter for each option
    ctx: typer.Context,
    name: _NAME,
    *,
    group: Annotated[str, typer.Option("--group", "-g", metavar="GROUP", help="The workflow group that it runs.")],
    day: Annotated[
        list[str] | None,
        typer.Option(metavar="DAY", help=f"Several times: {', '.join(DAY_WORDS)}. Default: every day."),
    ] = None,
    at: Annotated[
        list[str] | None, typer.Option("--at", metavar="HH:MM", help="A time of the day; several times.")
    ] = None,
    cron: Annotated[
        str, typer.Option(metavar="TEXT", help="Instead of days and times: minute, hour, day, month, weekday.")
    ] = "",
    zone: Annotated[str, typer.Option(metavar="ZONE", help="An IANA time zone. Default: the company's.")] = "",
    queues: Annotated[
        bool, typer.Option("--queue-one/--skip", help="Where the run before is still active: queue one, or skip.")
    ] = False,
    is_on: Annotated[bool, typer.Option("--on/--off", help="Whether it is fired.")] = True,
) -> None:
    """Add a schedule, or replace one. Whoever saves it is its configurer: in that person's name it runs where no integration user is chosen.

    Examples: `suitebridge schedules save Nightly -g Nightly --at 02:30`; `suitebridge schedules save Hourly -g Day --cron "0 7-19 * * mon-fri"`
    """
    if bool(cron) == bool(at) or (cron and day):
        raise typer.BadParameter("Give either times with --at (and days with --day), or --cron.")
    unknown = [word for word in day or () if word not in DAY_WORDS]
    if unknown:
        raise typer.BadParameter(f"There is no day {', '.join(unknown)}; there are {', '.join(DAY_WORDS)}.")
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    was = actor.store.schedules.get(name)
    schedule = Schedule(
        name=name,
        group=group,
        timing=read_timing(day or DAY_WORDS, " ".join(at or ()), cron),
        zone=zone or (was.zone if was is not None else actor.store.company.zone),
        overlap=Overlap.QUEUE if queues else Overlap.SKIP,
        is_enabled=is_on,
        version=was.version if was is not None else 0,
    )
    _save(actor, schedule, screen)


def turn_on(ctx: typer.Context, name: _NAME) -> None:
    """Turn a schedule on: the next time counts, none of those that passed meanwhile."""
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    _save(actor, replace(_meant(actor, name), is_enabled=True), screen)


def turn_off(ctx: typer.Context, name: _NAME) -> None:
    """Turn a schedule off; a run under way goes on."""
    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    _save(actor, replace(_meant(actor, name), is_enabled=False), screen)


def remove(ctx: typer.Context, name: _NAME) -> None:
    """Remove a schedule; runs that it started stay."""
    from suitebridge.administration import automating

    screen = Screen(choices_of(ctx))
    actor = act(screen.choices)
    schedule = _meant(actor, name)
    automating.remove_schedule(
        actor.store, schedule.name, version=schedule.version, acting=actor.user, stamp=actor.stamp
    )
    screen.answer("schedules-remove", {"schedule": schedule.name})
    screen.show(f"The schedule {schedule.name} is removed.")


def _save(actor: Actor, schedule: Schedule, screen: Screen) -> None:
    from suitebridge.administration import automating

    saved = automating.save_schedule(
        actor.store, schedule, crons=actor.house.crons, acting=actor.user, stamp=actor.stamp
    )
    if not isinstance(saved, Schedule):
        raise automating.schedule_refused(schedule.name, saved)
    document = _document(actor, saved)
    screen.answer("schedules-save", {"schedule": document})
    state = "on" if saved.is_enabled else "off"
    screen.show(f"The schedule {saved.name} is saved and {state}: {tell_timing(saved.timing)}, {saved.zone}.")
    for at in _next(actor, saved)[:1]:
        screen.show(f"Next: {at}. {document['owner_told']}")


def _meant(actor: Actor, name: str) -> Schedule:
    """Find a schedule for who may change it."""
    from suitebridge.administration import automating

    automating.list_schedules(actor.store, acting=actor.user)
    return _known(actor, name)


def _known(actor: Actor, name: str) -> Schedule:
    schedule = actor.store.schedules.get(name)
    if schedule is None:
        raise typer.BadParameter(f"There is no schedule {name}. `suitebridge schedules list` shows them.")
    return schedule


def _next(actor: Actor, schedule: Schedule) -> tuple[str, ...]:
    """Write the next times in the schedule's zone and in UTC; none where it is off."""
    from suitebridge.administration import automating
    from suitebridge.runs.scheduling import next_slots

    zone = automating.zone_of(schedule)
    if not schedule.is_enabled or zone is None:
        return ()
    slots = next_slots(actor.house.schedule_desk(actor.store), schedule, most=_NEXT_SHOWN)
    return tuple(f"{slot.at.astimezone(zone):%a %Y-%m-%d %H:%M %Z} ({slot.at:%Y-%m-%d %H:%M} UTC)" for slot in slots)


def _document(actor: Actor, schedule: Schedule) -> dict[str, Plain]:
    from suitebridge.runs.scheduling import next_owner

    owner = next_owner(actor.house.schedule_desk(actor.store), schedule)
    told = (
        f"The next run would be owned by {owner.name}."
        if isinstance(owner, User)
        else f"The next run would be refused: {owner.title}. {owner.cause}"
    )
    return {
        "name": schedule.name,
        "group": schedule.group,
        **spell_timing(schedule.timing),
        "zone": schedule.zone,
        "overlap": schedule.overlap.value,
        "is_enabled": schedule.is_enabled,
        "configured_by": schedule.configurer_name,
        "next": list(_next(actor, schedule)),
        "owner_told": told,
    }


def _tick(tick: Tick) -> Mapping[str, Plain]:
    return {
        "day": tick.day.isoformat(),
        "label": tick.label,
        "outcome": tick.kind.value,
        "run": tick.run_number,
        "missed": tick.missed,
        "said": tick.said,
        "problem_code": tick.problem_code,
    }
