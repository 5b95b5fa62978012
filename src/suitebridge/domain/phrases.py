"""What workflows say again and again: rows, keys, guards and conditions that mean the same in each of them (netsuite-connector.md §4, §5).

Values only. A workflow that means something else says it in full; nothing here knows which workflows there are.
"""

from __future__ import annotations

from typing import Final

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Field, Lookup, When
from suitebridge.domain.workflow import Guard, MatchKey, PullBack, Row

BY_NETSUITE_ID: Final = MatchKey(source="id", target="netsuite_id", label="NetSuite ID")

NETSUITE_ID: Final = Row(target="netsuite_id", source=Field(path="id"), is_required=True)

ACTIVE_UNLESS_INACTIVE: Final = Row(
    target="active",
    source=When(
        condition=Compare(path="isInactive", comparison=Comparison.EQUAL, value=True),
        then=Constant(value=False),
        otherwise=Constant(value=True),
    ),
)

CURRENCY: Final = Row(
    target="currency",
    source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol"),
    is_required=True,
)

NETSUITE_ID_BACK: Final = PullBack(source="internalId", target="netsuite_id")

ONLY_ACTIVE: Final = Guard(
    condition=Compare(path="isInactive", comparison=Comparison.NOT_EQUAL, value=True),
    reason="It is inactive in NetSuite.",
)

ONLY_ACTIVE_BY_DEFAULT: Final = Guard(
    condition=ONLY_ACTIVE.condition, reason=ONLY_ACTIVE.reason, unless="include_inactive"
)

ONLY_MARKED_THERE: Final = Guard(
    condition=Compare(path="custentity_oa_export_to_openair", comparison=Comparison.EQUAL, value=True),
    reason="It is not marked “Export to SuiteProjects Pro” in NetSuite.",
    unless="ignore_mark",
)

ONLY_MARKED_HERE: Final = Guard(
    condition=Compare(path="export_to_netsuite", comparison=Comparison.EQUAL, value=True),
    reason="It is not marked “Export to NetSuite” any more.",
)

APPROVED_AND_NOT_SENT: Final = AllOf(
    conditions=(
        Compare(path="status", comparison=Comparison.EQUAL, value="A"),
        Blank(path="exported"),
        Blank(path="netsuite_id"),
    )
)
