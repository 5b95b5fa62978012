"""What a filter means, in one table: decided over fields, by the store's SQL, and by NetSuite's SuiteQL alike; and what it leaves out is not read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from netsuite_simulator.schemas.fields import Field
from netsuite_simulator.schemas.fields import Kind as SimulatedKind
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.administration.defining import define_field
from suitebridge.domain.conditions import AllOf, Blank, Compare, Comparison, Condition, Not, OneOf, holds
from suitebridge.domain.custom_fields import CustomField, TypeFields, found_fields, schemas_with
from suitebridge.domain.people import ADMINISTRATOR, Stamp, User
from suitebridge.domain.records import System
from suitebridge.domain.schemas import Kind
from suitebridge.domain.values import Fields, Scalar
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.netsuite import Done, OutgoingRecord, ReadRequest
from tests.contract.netsuite_worlds import SimulatedWorld, simulated
from tests.contract.stories import create

GRADE, REBATE, KEY, SINCE, MOTTO = (
    "custentity_grade__c",
    "custentity_rebate__c",
    "custentity_key__c",
    "custentity_since__c",
    "custentity_motto__c",
)
KINDS = {GRADE: Kind.INTEGER, REBATE: Kind.DECIMAL, KEY: Kind.BOOLEAN, SINCE: Kind.DATE, MOTTO: Kind.TEXT}
RECORDS: dict[str, Fields] = {
    "all": {GRADE: 3, REBATE: Decimal("0.10"), KEY: True, SINCE: date(2026, 2, 28), MOTTO: "b"},
    "zero": {GRADE: 0, REBATE: Decimal(0), KEY: False, SINCE: date(2026, 3, 1), MOTTO: "a"},
    "one": {GRADE: 1, REBATE: Decimal("1.00"), KEY: False, SINCE: date(2025, 12, 31), MOTTO: "1"},
    "none": {KEY: False},
}


def compare(path: str, sign: str, value: Scalar) -> Condition:
    return Compare(path=path, comparison=Comparison(sign), value=value)


TABLE: list[tuple[Condition, str]] = [
    (compare(MOTTO, "=", ""), "none"),
    (compare(MOTTO, "=", None), "none"),
    (compare(MOTTO, "<>", ""), "all zero one"),
    (compare(MOTTO, "<>", "b"), "zero one none"),
    (compare(MOTTO, "<", "b"), "zero one"),
    (compare(MOTTO, ">=", ""), ""),
    (compare(MOTTO, "=", 1), ""),
    (Not(condition=compare(MOTTO, "<", "b")), "all none"),
    (OneOf(path=MOTTO, values=("b", "")), "all none"),
    (Not(condition=OneOf(path=MOTTO, values=("b", None))), "zero one"),
    (OneOf(path=MOTTO, values=()), ""),
    (Blank(path=GRADE), "none"),
    (compare(GRADE, "=", 0), "zero"),
    (compare(GRADE, "=", Decimal("1.0")), "one"),
    (compare(GRADE, "=", "1"), ""),
    (compare(GRADE, "<>", "1"), "all zero one none"),
    (compare(GRADE, "=", True), ""),
    (compare(GRADE, ">", 0), "all one"),
    (Not(condition=compare(GRADE, ">", 0)), "zero none"),
    (OneOf(path=GRADE, values=(3, "1", None)), "all none"),
    (compare(REBATE, "=", Decimal("0.1")), "all"),
    (compare(REBATE, "<=", 1), "all zero one"),
    (compare(KEY, "=", True), "all"),
    (compare(KEY, "<>", True), "zero one none"),
    (compare(KEY, "=", 1), ""),
    (compare(KEY, "=", "true"), ""),
    (compare(KEY, ">", False), ""),
    (compare(SINCE, ">=", date(2026, 2, 28)), "all zero"),
    (compare(SINCE, "<>", date(2026, 2, 28)), "zero one none"),
    (compare(SINCE, "=", "2026-02-28"), ""),
    (AllOf(conditions=(compare(KEY, "=", False), Not(condition=Blank(path=MOTTO)))), "zero one"),
]  # fmt: skip


@pytest.fixture(scope="module")
def world() -> Iterator[SimulatedWorld]:
    with simulated() as one:
        assert isinstance(one.gateway, TokenGateway)
        simulated_kinds = {Kind.INTEGER: SimulatedKind.INTEGER, Kind.DECIMAL: SimulatedKind.DECIMAL, Kind.BOOLEAN: SimulatedKind.BOOLEAN, Kind.DATE: SimulatedKind.DATE, Kind.TEXT: SimulatedKind.TEXT}  # fmt: skip
        for name, kind in KINDS.items():
            field = Field(name=name, kind=simulated_kinds[kind], label=name, column=name)
            one.server.edit(partial(one.account.add_custom_field, ["customer"], field))
        yield one


def known(world: SimulatedWorld) -> TokenGateway:
    assert isinstance(world.gateway, TokenGateway)
    found = found_fields(world.gateway.discover("customer").fields)
    types = (TypeFields(system=System.NETSUITE, record_type="customer", fields=found),)
    return world.gateway.knowing(schemas_with(types).netsuite)


def test_a_filter_means_the_same_over_fields_and_in_netsuite(world: SimulatedWorld) -> None:
    gateway = known(world)
    sent = [OutgoingRecord(external_id=f"sb_x_customer_{name}", fields={"entityId": name, "companyName": name, **fields}) for name, fields in RECORDS.items()]  # fmt: skip
    assert all(isinstance(one, Done) for one in gateway.upsert("customer", sent))
    for condition, expected in TABLE:
        assert [name for name, fields in RECORDS.items() if holds(condition, fields)] == expected.split(), condition
        mine = AllOf(conditions=(OneOf(path="entityId", values=tuple(RECORDS)), condition))
        page = gateway.fetch(ReadRequest(record_type="customer", fields=("entityId",), condition=mine))
        assert {one.fields["entityId"] for one in page.records} == set(expected.split()), condition


def test_a_filter_means_the_same_in_every_store(store: CompanyStore, stamp: Stamp) -> None:
    ada = User(id="1", user_id="ada", name="Ada Lovelace", role=ADMINISTRATOR, is_active=True)
    for version, (name, kind) in enumerate(KINDS.items()):
        define_field(store, "customer", CustomField(name=name, label=name, kind=kind), version=version, acting=ada, stamp=stamp)  # fmt: skip
    ids = dict(zip(create(store, stamp, "customer", *({"name": name, MOTTO: "", **fields} for name, fields in RECORDS.items())), RECORDS, strict=True))  # fmt: skip
    for condition, expected in TABLE:
        found = store.records.select("customer", condition, after_id="", limit=9)
        assert [ids[own] for own, _ in found] == expected.split(), condition


def test_a_filter_that_takes_one_in_a_hundred_reads_one_in_a_hundred(world: SimulatedWorld) -> None:
    gateway = known(world)
    for number in range(300):
        world.account.add(
            "customer", None, None, entityId=f"c{number}", companyName="x", **{GRADE: 1000 + number % 100}
        )
    page = gateway.fetch(ReadRequest(record_type="customer", fields=("entityId",), condition=compare(GRADE, "=", 1007)))
    assert len(page.records) == 3
