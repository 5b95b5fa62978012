"""What somebody is editing on the Mapping tab: their draft, laid over the workflows as shipped, and how far it is from what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from suitebridge.administration.configuring import (
    ConfigurationDesk,
    discard_draft,
    draft_changes,
    draft_of,
    keep_draft,
)
from suitebridge.console import links, wording
from suitebridge.console.access import Visit
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.domain.overrides import Configuration, configured
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.configurations import Draft, StoredConfiguration


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftBar:
    """What stands above every page of the tab: how many changes wait, and whether somebody else was faster."""

    changes_href: str
    waiting: str
    faster: str
    managed_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bench:
    """A draft with everything that editing it needs; `workflows` are those that it would give, `schemas` know the company's custom fields."""

    desk: ConfigurationDesk
    current: StoredConfiguration
    draft: Draft
    workflows: Mapping[str, Workflow]
    schemas: CompanySchemas

    @property
    def configuration(self) -> Configuration:
        """What is edited."""
        return self.draft.configuration

    @property
    def bar(self) -> DraftBar:
        """Say how the draft stands."""
        changes = draft_changes(self.desk, self.current.configuration, self.configuration)
        is_behind = bool(changes) and self.draft.based_on != self.current.version
        return DraftBar(
            changes_href=links.address("mapping-changes"),
            waiting=wording.counted(len(changes), "change", "changes") if changes else "",
            faster=f"{self.current.author} saved version {self.current.version}" if is_behind else "",
            managed_by=self.current.author if self.current.is_managed else "",
        )


def open_bench(visit: Visit) -> Bench:
    """Lay out what the visitor is editing."""
    desk = desk_of(visit)
    draft = draft_of(desk, acting=visit.user)
    return Bench(
        desk=desk,
        current=visit.store.configurations.load(),
        draft=draft,
        workflows=configured(desk.shipped, draft.configuration, CONNECTOR_SETTINGS),
        schemas=visit.store.schemas(),
    )


def desk_of(visit: Visit) -> ConfigurationDesk:
    """Give what configuring the company's workflows needs."""
    return visit.house.configuration_desk(visit.store)


def keep(visit: Visit, bench: Bench, configuration: Configuration) -> None:
    """Keep an edit in the draft; one that brings everything back to what is in force leaves no draft. Raise `RecordRefusedError` SB-CFG-010."""
    if configuration == bench.current.configuration:
        discard_draft(bench.desk, acting=visit.user)
        return
    keep_draft(bench.desk, configuration, based_on=bench.draft.based_on, acting=visit.user)
