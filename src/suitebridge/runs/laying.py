"""Lays a company's configuration over the shipped workflows: what its runs carry out, now or at an earlier version.

It refuses to know what is in either.
"""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.domain.overrides import configured
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.configurations import StoredConfiguration


def workflows_of(
    store: CompanyStore,
    shipped: Mapping[str, Workflow],
    *,
    version: int | None = None,
) -> Mapping[str, Workflow]:
    """Give a company's workflows, inactive ones among them: as the configuration in force makes them, or an earlier version of it.

    A version that is not there (a backup from elsewhere) gives what was shipped.
    """
    configurations = store.configurations
    stored = configurations.load() if version is None else configurations.at(version) or StoredConfiguration()
    return configured(shipped, stored.configuration, CONNECTOR_SETTINGS)


def active_ones(workflows: Mapping[str, Workflow]) -> Mapping[str, Workflow]:
    """Give the workflows that runs carry out."""
    return {name: workflow for name, workflow in workflows.items() if workflow.is_active}
