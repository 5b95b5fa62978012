"""Which custom fields of NetSuite mark the records that are exchanged: those of the SuiteProjects bundles, or those of the SuiteApp.

Shipped workflows name the bundles' fields (netsuite-connector.md §4.3); where a company chose the SuiteApp's, their parts are read with
those. What an administrator wrote is left as it was written. Pure; it refuses to know workflows by name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final, assert_never

from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Condition, Not, OneOf
from suitebridge.domain.workflow import Row, Workflow

MARKING_SETTING: Final = "marking_fields"
"""The connector's setting that chooses; its values:"""
BUNDLE_MARKS: Final = "SuiteProjects bundles"
SUITEAPP_MARKS: Final = "SuiteBridge SuiteApp"

SUITEAPP_FIELDS: Final[Mapping[str, str]] = {
    "custentity_oa_export_to_openair": "custentity_sb_export",
    "custevent_oa_export_to_openair": "custevent_sb_export",
    "custbody_oa_export_to_openair": "custbody_sb_export",
    "custcol_oa_export_to_openair": "custcol_sb_export",
    "custitem_oa_export_to_openair_product": "custitem_sb_export",
}
"""The fields of the SuiteApp by those of the bundles; suiteapp/README.md shows the same list."""


_BUNDLE_LABEL: Final = "Export to SuiteProjects Pro"
_SUITEAPP_LABEL: Final = "Export to SuiteBridge"


def marked_by_suiteapp(workflow: Workflow) -> Workflow:
    """Read and set the SuiteApp's marking fields in the place of the bundles'."""
    guards = tuple(
        replace(one, condition=_renamed(one.condition), reason=one.reason.replace(_BUNDLE_LABEL, _SUITEAPP_LABEL))
        for one in workflow.guards
    )
    groups = tuple(replace(one, rows=tuple(_row(row) for row in one.rows)) for one in workflow.groups)
    return replace(workflow, guards=guards, groups=groups)


def _row(row: Row) -> Row:
    return replace(row, target=SUITEAPP_FIELDS.get(row.target, row.target))


def _path(path: str) -> str:
    """Rename the last field of a path: an order's customer is marked by a field of the customer."""
    head, dot, name = path.rpartition(".")
    return f"{head}{dot}{SUITEAPP_FIELDS.get(name, name)}"


def _renamed(condition: Condition) -> Condition:
    match condition:
        case Compare() | OneOf() | Blank():
            return replace(condition, path=_path(condition.path))
        case AllOf() | AnyOf():
            return replace(condition, conditions=tuple(_renamed(one) for one in condition.conditions))
        case Not():
            return replace(condition, condition=_renamed(condition.condition))
        case _:
            assert_never(condition)
