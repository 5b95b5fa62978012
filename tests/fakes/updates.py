"""A catalog with exports that change what NetSuite holds: one that changes imported projects, one that corrects the time that it made."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Field
from suitebridge.domain.intents import Change
from suitebridge.domain.records import Direction
from suitebridge.domain.values import Value
from suitebridge.domain.workflow import MappingGroup, Method, Row, Workflow
from suitebridge.ports.transactions import RecordChange
from tests.fakes.runs import Firm

PROJECTS = Workflow(
    name="update_projects",
    title="Update NetSuite Projects (Projects)",
    direction=Direction.EXPORT,
    source_type="project",
    target_type="job",
    title_fields=("name",),
    match_keys=(),
    method=Method.UPDATE,
    updates=Compare(path="active", comparison=Comparison.EQUAL, value=True),
    groups=(
        MappingGroup(
            name="UPDATE_PROJECT_TO_JOB",
            title="Project",
            rows=(
                Row(target="companyName", source=Field(path="name")),
                Row(target="projectedEndDate", source=Field(path="finish_date")),
            ),
        ),
    ),
)
TIME = replace(
    CATALOG["export_time_entries"],
    method=Method.CREATE_AND_UPDATE,
    updates=Compare(path="timesheet.status", comparison=Comparison.EQUAL, value="A"),
)
CATALOG_OF_UPDATES: Mapping[str, Workflow] = {**CATALOG, TIME.name: TIME, PROJECTS.name: PROJECTS}


def edit(firm: Firm, record_type: str, record_id: str, **values: Value) -> None:
    """Let somebody edit a workspace record."""
    steps = tuple(Change(field=name, before=None, after=value) for name, value in values.items())
    with firm.store.begin() as unit:
        unit.change_records([RecordChange(type=record_type, id=record_id, version="", changes=steps)], firm.stamp)
