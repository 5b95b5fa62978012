"""Workflow groups: names that fit into an address, workflows that are known, and an order that a run can keep."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.groups import WorkflowGroup, excluding, key_of, objections


def said(name: str, *workflows: str) -> str:
    return " ".join(told for _, told in objections(WorkflowGroup(name=name, workflows=workflows), CATALOG))


def test_the_whole_catalog_in_its_order_is_a_good_group() -> None:
    assert said("Nightly", *CATALOG) == ""


@pytest.mark.parametrize("name", ["", " ", "a/b", "..", "a\nb", " a", "x" * 61])
def test_a_name_that_fits_no_address_is_refused(name: str) -> None:
    assert objections(WorkflowGroup(name=name, workflows=("import_customers",)), CATALOG)[0][0] == "name"


def test_everything_that_is_wrong_is_told_at_once() -> None:
    found = said("", "nothing", "import_customers", "import_customers")
    assert found == (
        "A workflow group needs a name. There is no workflow named nothing. A workflow stands in a group once."
    )
    assert said("Empty") == "A workflow group holds at least one workflow."


def test_what_has_to_run_first_comes_first() -> None:
    assert "“Projects (Projects)” comes before “Customers (Customers)”, which has to run first." in said(
        "Backward", "import_projects", "import_customers"
    )
    # What is not in the group ran some other time.
    assert said("Projects", "import_projects") == ""


def test_names_differ_by_more_than_their_case() -> None:
    assert key_of(" NIGHTLY ") == key_of("Nightly") != key_of("Night")


def test_workflows_that_exclude_each_other_are_named_while_both_are_active() -> None:
    orders, bills = "import_purchase_orders", "import_vendor_bills"
    both = {name: replace(CATALOG[name], is_active=True) for name in (orders, bills)}

    (problem,) = excluding(both)

    assert problem.code == "SB-CFG-024"
    assert all(one.title in problem.title for one in both.values())
    assert excluding({**both, orders: CATALOG[orders]}) == ()
    assert excluding({bills: both[bills]}) == ()
