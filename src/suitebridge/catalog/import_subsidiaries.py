"""Hierarchy Subsidiaries (Subsidiaries): one node for each subsidiary, active or not (netsuite-connector.md §5.6).

A node may come before its parent: then the parent is filled in when the node is read again. Its full name shows where it belongs all the same."""

from suitebridge.domain.expressions import Counterpart, Field
from suitebridge.domain.phrases import ACTIVE_UNLESS_INACTIVE, BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, MatchKey, Row, Workflow

WORKFLOW = Workflow(
    name="import_subsidiaries",
    title="Hierarchy Subsidiaries (Subsidiaries)",
    direction=Direction.IMPORT,
    source_type="subsidiary",
    target_type="subsidiary",
    title_fields=("fullName",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="fullName", target="full_name", label="full name", ignores_case=True),
    ),
    groups=(
        MappingGroup(
            name="SUBSIDIARY_TO_HIERARCHY",
            title="Subsidiary",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="name"), is_required=True),
                Row(target="full_name", source=Field(path="fullName")),
                Row(
                    target="parent",
                    source=Counterpart(of=Field(path="parent"), record_type="subsidiary", or_leave=True),
                ),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
    is_active=False,
)
