"""What people choose among settings, a workflow's or the connector's: whether it goes together, and which of it needs to be kept.

Pure. Nothing here knows where a choice comes from.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from suitebridge.domain.workflow import Setting, SettingValue

MOST_TEXT = 200


def clashes(settings: Iterable[Setting], values: Mapping[str, SettingValue]) -> tuple[str, ...]:
    """Say what does not go together: a setting that is on without what it needs or beside what it excludes, or a value that it cannot have."""
    known = {one.name: one for one in settings}
    on = [one for one in known.values() if values.get(one.name, one.default)]
    names = {one.name for one in on}
    lacking = (
        f"“{one.label}” needs “{known[name].label}”: choose that too, or leave both."
        for one in on
        for need in one.needs
        if (name := need.partition("=")[0]) in known and name not in names
    )
    barred = (
        f"“{one.label}” and “{known[other].label}” exclude each other: leave one of them."
        for one in on
        for other in one.excludes
        if other in names
    )
    return (*_unfit(known, values), *lacking, *barred)


def kept(settings: Iterable[Setting], values: Mapping[str, SettingValue]) -> tuple[tuple[str, SettingValue], ...]:
    """Give what has to be kept: choices that are not the default, in the order of the settings."""
    return tuple((one.name, values[one.name]) for one in settings if values.get(one.name, one.default) != one.default)


def read_choice(setting: Setting, text: str) -> SettingValue:
    """Read a choice that was typed: on or off for a switch, else the text itself. What is neither is given back, for `clashes` to name."""
    return {"on": True, "off": False}.get(text, text) if isinstance(setting.default, bool) else text.strip()


def _unfit(known: Mapping[str, Setting], values: Mapping[str, SettingValue]) -> Iterable[str]:
    for name, value in values.items():
        setting = known.get(name)
        if setting is None:
            yield f"There is no setting “{name}”: there are {', '.join(known)}."
        elif isinstance(setting.default, bool) != isinstance(value, bool):
            yield f"“{setting.label}” is {'on or off' if isinstance(setting.default, bool) else 'a text'}."
        elif setting.choices and value not in setting.choices:
            yield f"“{setting.label}” is one of {', '.join(setting.choices)}."
        elif isinstance(value, str) and len(value) > MOST_TEXT:
            yield f"“{setting.label}” has at most {MOST_TEXT} characters."
