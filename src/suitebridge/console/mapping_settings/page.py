"""What the form of a workflow's settings shows, made from the settings that the workflow says it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.choices import Choice
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.notices import Notice
from suitebridge.domain.workflow import Setting, SettingValue, Workflow


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


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingsPage:
    """The form."""

    tabs: tuple[Tab, ...]
    bar: DraftBar
    workflow: str
    workflow_href: str
    here_href: str
    lines: tuple[SettingLine, ...]
    problems: tuple[str, ...]
    notice: Notice | None


def settings_page(
    workflow: Workflow,
    values: Mapping[str, SettingValue],
    *,
    bar: DraftBar,
    is_administrator: bool,
    problems: tuple[str, ...] = (),
    notice: Notice | None = None,
) -> SettingsPage:
    """Write the form."""
    labels = {one.name: one.label for one in workflow.settings}
    return SettingsPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", workflow_name=workflow.name),
        here_href=links.address("mapping-settings", workflow_name=workflow.name),
        lines=tuple(_line(one, values.get(one.name, one.default), labels) for one in workflow.settings),
        problems=problems,
        notice=notice,
    )


def problems_of_settings(workflow: Workflow, values: Mapping[str, SettingValue]) -> tuple[str, ...]:
    """Name each setting that is on without what it needs, or beside what it excludes."""
    labels = {one.name: one.label for one in workflow.settings}
    on = [one for one in workflow.settings if values.get(one.name, one.default)]
    names = {one.name for one in on}
    lacking = (
        f"“{one.label}” needs “{labels.get(need, need)}”: tick that too, or leave both."
        for one in on
        for need in one.needs
        if need.partition("=")[0] in labels and need.partition("=")[0] not in names
    )
    barred = (
        f"“{one.label}” and “{labels[other]}” exclude each other: leave one of them."
        for one in on
        for other in one.excludes
        if other in names
    )
    return (*lacking, *barred)


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
