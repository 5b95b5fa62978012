"""Custom fields are part of a company's record types: kept, checked, found by condition and read back by both stores, and told in the trail."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from suitebridge.administration.defining import Description, define_field, list_fields, remove_field, take_over_fields
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Blank, Compare, Comparison
from suitebridge.domain.custom_fields import CustomField, TypeFields
from suitebridge.domain.drift import AccountField
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.expressions import Constant, Field
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Role, Stamp, User
from suitebridge.domain.records import System
from suitebridge.domain.schemas import Kind
from suitebridge.domain.workflow import Row
from suitebridge.ports.companies import CompanyStore
from tests.contract.stories import create

RATE = CustomField(name="rate__c", label="Agreed rate", kind=Kind.DECIMAL)
TIER = CustomField(name="tier__c", label="Tier", kind=Kind.CHOICE, choices=(("g", "Gold"), ("s", "Silver")))


def somebody(role: Role = ADMINISTRATOR) -> User:
    return User(id="1", user_id="ada", name="Ada Lovelace", role=role, is_active=True)


def define(store: CompanyStore, stamp: Stamp, custom: CustomField, version: int) -> TypeFields:
    return define_field(store, "customer", custom, version=version, acting=somebody(), stamp=stamp)


def test_a_field_that_people_define_is_kept_checked_found_and_read(store: CompanyStore, stamp: Stamp) -> None:
    assert store.schemas().workspace_type("customer").by_name.get("rate__c") is None
    define(store, stamp, RATE, 0)
    define(store, stamp, TIER, 1)
    customer = store.schemas().workspace_type("customer")
    assert customer.by_name["rate__c"].label == "Agreed rate"
    assert customer is store.schemas().workspace_type("customer")
    create(store, stamp, "customer", {"name": "Acme", "rate__c": Decimal("0.10")}, {"name": "Beta", "tier__c": "g"})
    dear = Compare(path="rate__c", comparison=Comparison.GREATER, value=Decimal("0.05"))
    ((acme, _),) = store.records.select("customer", dear, after_id="", limit=9)
    (record,) = store.records.fetch("customer", [acme], [])
    assert (record.fields["rate__c"], record.fields["tier__c"]) == (Decimal("0.10"), None)
    assert len(store.records.select("customer", Blank(path="rate__c"), after_id="", limit=9)) == 1
    with pytest.raises(RecordRefusedError, match="SB-MAP-002"):
        create(store, stamp, "customer", {"name": "Gamma", "rate__c": "much"})
    (first, *_) = [one for one in store.trail.newest(limit=9) if one.event == "custom fields:saved"]
    assert [(one.field, one.after) for one in first.changes] == [("tier__c", "Tier; list value; choices Gold, Silver")]


def test_a_field_that_mappings_name_is_not_removed(store: CompanyStore, stamp: Stamp) -> None:
    define(store, stamp, RATE, 0)
    imported, exported = CATALOG["import_customers"], CATALOG["export_projects"]
    row = Row(target="rate__c", source=Constant(value=1))
    behind = Row(target="comments", source=Field(path="customer.rate__c"))
    header = replace(imported.groups[0], rows=(*imported.groups[0].rows, row))
    other = replace(exported.groups[0], rows=(*exported.groups[0].rows, behind))
    workflows = {
        **CATALOG,
        imported.name: replace(imported, groups=(header, *imported.groups[1:]), reads=Blank(path="rate__c")),
        exported.name: replace(exported, groups=(other,), updates=Blank(path="customer.rate__c")),
    }
    with pytest.raises(RecordRefusedError) as refused:
        remove_field(store, "customer", "rate__c", workflows=workflows, version=1, acting=somebody(), stamp=stamp)
    assert refused.value.problem.code == "SB-CFG-025"
    assert refused.value.problem.facts["places"].split("; ") == [
        f"{imported.title}, {header.title}: rate__c",
        f"{exported.title}, {other.title}: comments",
        f"{exported.title}: filter",
    ]
    assert "rate__c" in store.schemas().workspace_type("customer").by_name


def test_a_removed_field_is_seen_no_more_and_comes_back_with_its_values(store: CompanyStore, stamp: Stamp) -> None:
    define(store, stamp, RATE, 0)
    create(store, stamp, "customer", {"name": "Acme", "rate__c": Decimal(7)})
    remove_field(store, "customer", "rate__c", workflows=CATALOG, version=1, acting=somebody(), stamp=stamp)
    assert "rate__c" not in store.schemas().workspace_type("customer").by_name
    with pytest.raises(LookupError, match="no custom field"):
        remove_field(store, "customer", "rate__c", workflows=CATALOG, version=2, acting=somebody(), stamp=stamp)
    with pytest.raises(RecordRefusedError) as refused:
        define(store, stamp, CustomField(name="rate__c", label="Rate", kind=Kind.TEXT), 2)
    assert "Records hold values of it as number" in refused.value.problem.cause
    define(store, stamp, RATE, 2)
    (acme,) = store.records.find("customer", "name", ["Acme"])["Acme"]
    (record,) = store.records.fetch("customer", [acme], ["rate__c"])
    assert record.fields["rate__c"] == 7


def test_whoever_was_faster_is_not_overwritten_and_who_may_not_changes_nothing(
    store: CompanyStore, stamp: Stamp
) -> None:
    define(store, stamp, RATE, 0)
    with pytest.raises(RecordRefusedError, match="SB-CFG-014"):
        define(store, stamp, TIER, 0)
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        define_field(store, "customer", TIER, version=1, acting=somebody(EMPLOYEE), stamp=stamp)
    (known,) = list_fields(store, System.WORKSPACE, acting=somebody())
    assert (known.fields, known.version) == ((RATE,), 1)


def test_what_an_account_describes_becomes_part_of_its_record_types(store: CompanyStore, stamp: Stamp) -> None:
    def field(name: str, type_: str) -> AccountField:
        return AccountField(
            name=name, label=name, type=type_, is_custom=name.rpartition(".")[2].startswith("cust"), is_read_only=False
        )

    described = (
        field("entity", "object"),
        field("item", "object"),
        field("item.custcol_kilometers", "number:double"),
        field("custbody_approved_on", "string:date"),
        field("custbody_several", "object"),
        field("custbody_several.id", "string"),
        field("custbody_odd", "array"),
        field("custbody; DROP", "string"),
    )
    whole = Description(record_type="invoice", fields=described, account="TSTDRV1")
    found = take_over_fields(store, whole, acting=somebody(), stamp=stamp)
    assert [(one.path, one.kind) for one in found.fields] == [
        ("custbody_approved_on", Kind.DATE),
        ("item.custcol_kilometers", Kind.DECIMAL),
    ]
    invoice = store.schemas().netsuite["invoice"]
    assert invoice.by_name["custbody_approved_on"].kind is Kind.DATE
    lines = next(one.lines for one in invoice.fields if one.lines is not None and one.lines.name == "item")
    assert lines.by_name["custcol_kilometers"].kind is Kind.DECIMAL
    again = take_over_fields(store, whole, acting=somebody(), stamp=stamp)
    assert again.fields == found.fields
    assert [one.event for one in store.trail.newest(limit=9)] == ["custom fields:found"]
