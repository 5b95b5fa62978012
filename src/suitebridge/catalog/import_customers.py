"""Customers (Customers): leads and prospects stay outside unless an option lets them in (netsuite-connector.md §5.4)."""

from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.expressions import Counterpart, Field, Translate
from suitebridge.domain.phrases import (
    ACTIVE_UNLESS_INACTIVE,
    BY_NETSUITE_ID,
    NETSUITE_ID,
    ONLY_ACTIVE_BY_DEFAULT,
    ONLY_MARKED_THERE,
)
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import Guard, MappingGroup, MatchKey, Row, Setting, Workflow

WORKFLOW = Workflow(
    name="import_customers",
    title="Customers (Customers)",
    direction=Direction.IMPORT,
    source_type="customer",
    target_type="customer",
    title_fields=("entityId",),
    match_keys=(
        BY_NETSUITE_ID,
        MatchKey(source="entityId", target="name", label="name", ignores_case=True),
    ),
    guards=(
        Guard(
            condition=Compare(path="stage", comparison=Comparison.NOT_EQUAL, value="Lead"),
            reason="It is a lead in NetSuite, not yet a customer.",
            unless="include_leads",
        ),
        Guard(
            condition=Compare(path="stage", comparison=Comparison.NOT_EQUAL, value="Prospect"),
            reason="It is a prospect in NetSuite, not yet a customer.",
            unless="include_prospects",
        ),
        ONLY_ACTIVE_BY_DEFAULT,
        ONLY_MARKED_THERE,
    ),
    settings=(
        Setting(
            name="include_inactive",
            label="Import inactive customers",
            sentence="Takes inactive customers, too. “Active” in the workspace follows “Inactive” in NetSuite, so every one that was ever inactive comes.",
        ),
        Setting(
            name="ignore_mark",
            label="Import customers that are not marked, too",
            sentence="Takes every customer of NetSuite, whether or not “Export to SuiteProjects Pro” is ticked there.",
        ),
        Setting(
            name="include_leads",
            label="Include NetSuite leads",
            sentence="Takes leads that are marked, too. They become customers here.",
        ),
        Setting(
            name="include_prospects",
            label="Include NetSuite prospects",
            sentence="Takes prospects that are marked, too. They become customers here.",
        ),
        Setting(
            name="keep_stage",
            label="Keep leads and prospects apart from customers",
            sentence="Sets the type of each customer: prospect for NetSuite's leads and prospects, customer for all others.",
        ),
        Setting(
            name="subsidiary_hierarchy",
            label="Map NetSuite subsidiary to the hierarchy Subsidiaries",
            sentence="Sets the subsidiary node of each customer. Import the hierarchy Subsidiaries first: a node that is not there is left out.",
        ),
    ),
    groups=(
        MappingGroup(
            name="CUSTOMER_TO_CUSTOMER",
            title="Customer",
            rows=(
                NETSUITE_ID,
                Row(target="name", source=Field(path="entityId"), is_required=True),
                Row(target="company", source=Field(path="companyName")),
                Row(target="email", source=Field(path="email")),
                Row(target="phone", source=Field(path="phone")),
                Row(target="currency", source=Field(path="currency.symbol")),
                Row(
                    target="type",
                    source=Translate(of=Field(path="stage"), pairs=(("Lead", "P"), ("Prospect", "P")), otherwise="C"),
                    when="keep_stage",
                ),
                Row(
                    target="subsidiary",
                    source=Counterpart(of=Field(path="subsidiary"), record_type="subsidiary", or_leave=True),
                    when="subsidiary_hierarchy",
                ),
                ACTIVE_UNLESS_INACTIVE,
            ),
        ),
    ),
)
