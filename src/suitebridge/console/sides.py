"""Finds the two sides of an outcome: the workspace record and the NetSuite record, with addresses where there are any."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.console import links
from suitebridge.domain.outcomes import Outcome
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Workflow

NetSuiteAddress: TypeAlias = Callable[[str, str], str]
"""Gives the address of a NetSuite record's page by type and id, or ""."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Where an outcome's records are: ids are "" where there is no record yet, addresses where nothing can be opened."""

    title: str
    workspace_id: str
    workspace_href: str
    netsuite_id: str
    netsuite_href: str


def sides_of(
    workflow: Workflow | None, outcome: Outcome, *, may_view: Callable[[str], bool], netsuite_address: NetSuiteAddress
) -> Sides:
    """Tell both sides of an outcome; a workflow that is no longer in the catalog gives ids without addresses."""
    is_import = workflow is not None and workflow.direction is Direction.IMPORT
    workspace_id, netsuite_id = (
        (outcome.target_id, outcome.source_id) if is_import else (outcome.source_id, outcome.target_id)
    )
    workspace_href = netsuite_href = ""
    if workflow is not None:
        workspace_type, netsuite_type = (
            (workflow.target_type, workflow.source_type) if is_import else (workflow.source_type, workflow.target_type)
        )
        may_open = bool(workspace_id) and may_view(workspace_type)
        workspace_href = links.record(workspace_type, workspace_id) if may_open else ""
        netsuite_href = netsuite_address(netsuite_type, netsuite_id) if netsuite_id else ""
    return Sides(
        title=outcome.title or f"Record {outcome.source_id}",
        workspace_id=workspace_id,
        workspace_href=workspace_href,
        netsuite_id=netsuite_id,
        netsuite_href=netsuite_href,
    )
