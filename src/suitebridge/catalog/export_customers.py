"""Customers (Customers): those marked “Export to NetSuite” are created there, once (netsuite-connector.md §5.3). NetSuite is their master from then on."""

from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison
from suitebridge.domain.expressions import Constant, Counterpart, Field, FirstOf, Lookup
from suitebridge.domain.phrases import NETSUITE_ID_BACK, ONLY_MARKED_HERE
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="export_customers",
    title="Customers (Customers)",
    direction=Direction.EXPORT,
    source_type="customer",
    target_type="customer",
    title_fields=("name",),
    match_keys=(),
    reads=AllOf(
        conditions=(
            Compare(path="export_to_netsuite", comparison=Comparison.EQUAL, value=True),
            Blank(path="netsuite_id"),
        )
    ),
    guards=(ONLY_MARKED_HERE,),
    groups=(
        MappingGroup(
            name="OA_CUSTOMER_TO_NS_CUSTOMER",
            title="Customer",
            rows=(
                Row(
                    target="companyName",
                    source=FirstOf(options=(Field(path="company"), Field(path="name"))),
                    is_required=True,
                ),
                Row(target="entityId", source=Field(path="name"), is_required=True),
                Row(target="phone", source=Field(path="phone")),
                Row(target="email", source=Field(path="email")),
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="subsidiary"), record_type="subsidiary", or_leave=True),
                ),
                Row(target="currency", source=Lookup(of=Field(path="currency"), record_type="currency", by="symbol")),
                Row(target="custentity_oa_export_to_openair", source=Constant(value=True)),
            ),
        ),
    ),
    pull_backs=(NETSUITE_ID_BACK,),
    is_active=False,
)
