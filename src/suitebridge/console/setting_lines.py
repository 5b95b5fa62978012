"""Settings as a form shows and reads them: a workflow's own, and the connector's. What a setting does is no business of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from suitebridge.console.choices import Choice
from suitebridge.domain.workflow import Setting, SettingValue


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingLine:
    """One setting: a box to tick, a choice, or a text."""

    name: str
    label: str
    sentence: str
    needs: str
    excludes: str
    is_switch: bool
    is_on: bool
    text: str
    choices: tuple[Choice, ...]


def setting_lines(settings: Iterable[Setting], values: Mapping[str, SettingValue]) -> tuple[SettingLine, ...]:
    """Write the lines of a form, with the values that are chosen."""
    known = {one.name: one for one in settings}
    labels = {name: one.label for name, one in known.items()}
    return tuple(_line(one, values.get(name, one.default), labels) for name, one in known.items())


def read_settings(settings: Iterable[Setting], form: QueryDict) -> dict[str, SettingValue]:
    """Read what was chosen on a form."""
    ticked = set(form.getlist("switch"))
    return {
        one.name: one.name in ticked
        if isinstance(one.default, bool)
        else str(form.get(f"value-{one.name}", one.default)).strip()
        for one in settings
    }


def _line(setting: Setting, value: SettingValue, labels: Mapping[str, str]) -> SettingLine:
    is_switch = isinstance(setting.default, bool)
    return SettingLine(
        name=setting.name,
        label=setting.label,
        sentence=setting.sentence,
        needs=", ".join(labels.get(one, one) for one in setting.needs),
        excludes=", ".join(labels.get(one, one) for one in setting.excludes),
        is_switch=is_switch,
        is_on=value is True,
        text="" if is_switch else str(value),
        choices=tuple(Choice(value=one, text=one, is_chosen=one == value) for one in setting.choices),
    )
