"""A configuration goes from a sandbox company to production: records are named by external id on the way; those that have none are listed."""

from __future__ import annotations

import pytest

from suitebridge.administration.configuring import ConfigurationDesk
from suitebridge.administration.promoting import portable, settled
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf, Compare, Comparison, Not, OneOf
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.expressions import Constant, Field, Translate, When
from suitebridge.domain.notation.files import read_configuration, tidy, write_configuration
from suitebridge.domain.overrides import UNTOUCHED, Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.workflow import Row
from tests.fakes.runs import Firm


def desk_of(firm: Firm) -> ConfigurationDesk:
    return ConfigurationDesk(store=firm.store, shipped=CATALOG, clock=firm.clock)


def edited(subsidiary: str, parent: str, ours: str, *, advanced: str = "as typed") -> Configuration:
    """Name a subsidiary and a customer of NetSuite and a subsidiary of the workspace, each where an id may stand."""
    is_ours = Compare(path="currency", comparison=Comparison.EQUAL, value="USD")
    export = GroupOverride(
        name="OA_CUSTOMER_TO_NS_CUSTOMER",
        changed=(
            Row(
                target="subsidiary",
                source=When(condition=is_ours, then=Constant(value=subsidiary), otherwise=Constant(value=None)),
            ),
        ),
        advanced=advanced,
    )
    only = AllOf(
        conditions=(
            OneOf(path="subsidiary", values=(subsidiary, None)),
            Not(condition=Compare(path="companyName", comparison=Comparison.EQUAL, value="1")),
        )
    )
    imported = GroupOverride(
        name="CUSTOMER_TO_CUSTOMER",
        added=(Row(target="subsidiary", source=Translate(of=Field(path="parent"), pairs=((parent, ours),))),),
        condition=only,
    )
    return Configuration(
        overrides=(
            WorkflowOverride(workflow="export_customers", groups=(export,)),
            WorkflowOverride(workflow="import_customers", groups=(imported,)),
            WorkflowOverride(workflow="gone", is_active=False),
        )
    )


def test_records_are_named_by_external_id_on_the_way_and_found_again() -> None:
    sandbox, production = Firm(), Firm()
    production.netsuite.add("subsidiary", name="Elsewhere")
    ids = [
        (
            firm.netsuite.add("subsidiary", "eu", name="Europe"),
            firm.netsuite.add("customer", "holding", entityId="Holding"),
            firm.add("subsidiary", name="Europe", load_key="c-1"),
        )
        for firm in (sandbox, production)
    ]
    assert ids[0] != ids[1]
    given = edited(*ids[0])
    carried = portable(desk_of(sandbox), given, lambda: sandbox.netsuite)
    text = write_configuration(carried)
    assert ("eid:eu" in text, "eid:holding" in text, "eid:c-1" in text, "as typed" in text) == (True, True, True, False)
    assert portable(desk_of(sandbox), carried, lambda: sandbox.netsuite) == carried
    there = settled(desk_of(production), read_configuration(text), lambda: production.netsuite)
    assert there == tidy(edited(*ids[1], advanced=""))


def test_what_cannot_be_found_is_listed_and_refused_and_nobody_is_asked_in_vain() -> None:
    firm = Firm()

    def no_gateway() -> None:
        raise AssertionError("NetSuite was asked")

    assert portable(desk_of(firm), UNTOUCHED, no_gateway) == UNTOUCHED  # type: ignore[arg-type]
    bare = firm.netsuite.add("subsidiary", name="Europe")
    with pytest.raises(RecordRefusedError) as refused:
        portable(desk_of(firm), edited(bare, "98", "99"), lambda: firm.netsuite)
    cause = refused.value.problem.cause
    assert refused.value.problem.code == "SB-CFG-030"
    assert [
        part in cause
        for part in (f"subsidiary {bare}", "customer 98", "workspace subsidiary 99", "filter on subsidiary")
    ] == [True] * 4
    with pytest.raises(RecordRefusedError, match="SB-CFG-030"):
        settled(desk_of(firm), edited("eid:eu", "eid:x", "eid:y"), lambda: firm.netsuite)
