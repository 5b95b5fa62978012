"""What the form of a workflow's settings shows, made from the settings that the workflow says it has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.console import links
from suitebridge.console.connector.tabs import Tab, tabs
from suitebridge.console.mapping.drafts import DraftBar
from suitebridge.console.notices import Notice
from suitebridge.console.setting_lines import SettingLine, setting_lines
from suitebridge.domain.workflow import SettingValue, Workflow


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
    return SettingsPage(
        tabs=tabs("mapping", is_administrator=is_administrator),
        bar=bar,
        workflow=workflow.title,
        workflow_href=links.address("mapping-workflow", workflow_name=workflow.name),
        here_href=links.address("mapping-settings", workflow_name=workflow.name),
        lines=setting_lines(workflow.settings, values),
        problems=problems,
        notice=notice,
    )
