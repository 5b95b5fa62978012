"""The table of doors: every operation has its general rule, every exception its reason, and the page shows them."""

from __future__ import annotations

import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from suitebridge.domain.doors import (
    BATCH_FROM,
    RULES,
    DoorRule,
    NetSuiteDoor,
    Operation,
    Preference,
    door_of,
    fields_carried,
    rest_only_fields,
    rule_of,
)
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("operation", Operation)
def test_every_operation_has_one_general_rule(operation: Operation) -> None:
    assert len([rule for rule in RULES if rule.operation is operation and not rule.record_type]) == 1
    assert rule_of(operation, "unicorn").record_type == ""


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.field], ids=lambda rule: str(rule.field))
def test_every_exception_is_about_a_field_of_the_catalog(rule: DoorRule) -> None:
    schema = NETSUITE_TYPES[rule.record_type]
    name, _, of_line = rule.field.partition(".")
    lines = schema.by_name[name].lines
    assert not of_line or (lines is not None and of_line in lines.by_name)
    assert rule.reason.endswith(".")


@pytest.mark.parametrize("operation", [Operation.UPSERT, Operation.UPDATE, Operation.DELETE])
def test_custom_records_are_written_through_rest_whatever_is_preferred(operation: Operation) -> None:
    rule = rule_of(operation, "customrecord_sb_loaded_cost")
    assert {door_of(rule, preference) for preference in Preference} == {NetSuiteDoor.REST_RECORD}
    assert rule_of(operation, "customer").record_type == ""


def test_many_records_travel_as_a_batch_where_rest_is_preferred() -> None:
    rule = rule_of(Operation.UPSERT, "timeBill")
    assert door_of(rule, Preference.SOAP, 10_000) is NetSuiteDoor.SOAP_LIST
    assert door_of(rule, Preference.REST, BATCH_FROM - 1) is NetSuiteDoor.REST_RECORD
    assert door_of(rule, Preference.REST, BATCH_FROM) is NetSuiteDoor.REST_BATCH


def test_an_exception_holds_only_for_records_that_carry_its_field() -> None:
    carried = fields_carried("expenseReport", {"expenseList": ({"amount": Decimal(1)}, {"projectTask": "7"})})
    assert carried == rest_only_fields("expenseReport") == {"expenseList.projectTask"}
    assert door_of(rule_of(Operation.UPSERT, "expenseReport", carried), Preference.SOAP) is NetSuiteDoor.REST_RECORD
    plain = fields_carried("expenseReport", {"expenseList": ({"projectTask": ""},), "memo": "May"})
    assert door_of(rule_of(Operation.UPSERT, "expenseReport", plain), Preference.SOAP) is NetSuiteDoor.SOAP_LIST
    assert fields_carried("invoice", {"itemList": ({"projectTask": "7"},)}) == frozenset()


def test_the_page_shows_the_table() -> None:
    checked = subprocess.run([sys.executable, "tools/door_page.py", "--check"], cwd=ROOT, check=False)
    assert checked.returncode == 0, "Run python tools/door_page.py"
