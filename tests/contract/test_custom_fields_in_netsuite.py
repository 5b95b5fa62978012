"""Custom fields that the account describes are written with their kinds, read back, and selected by: through SOAP, REST and OAuth alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import partial

import pytest

from netsuite_simulator.schemas.fields import Field
from netsuite_simulator.schemas.fields import Kind as SimulatedKind
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.administration.configuring import Act, ConfigurationDesk, save_configuration
from suitebridge.administration.defining import Description, define_field, take_over_fields
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.custom_fields import CustomField, TypeFields, found_fields, schemas_with
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.expressions import Field as Path
from suitebridge.domain.expressions import Translate
from suitebridge.domain.overrides import Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.records import System
from suitebridge.domain.schemas import Kind
from suitebridge.domain.values import Fields
from suitebridge.domain.workflow import Row
from suitebridge.ports.netsuite import Done, OutgoingRecord, ReadRequest
from suitebridge.ports.runs import RunState
from tests.contract.netsuite_worlds import SimulatedWorld, bearing, simulated
from tests.fakes.runs import Firm

FIELDS = {
    "custentity_grade": SimulatedKind.INTEGER,
    "custentity_rebate": SimulatedKind.DECIMAL,
    "custentity_is_key": SimulatedKind.BOOLEAN,
    "custentity_since": SimulatedKind.DATE,
    "custentity_motto": SimulatedKind.TEXT,
    "custentity_seen_at": SimulatedKind.INSTANT,
}
VALUES: Fields = {
    "custentity_grade": 3,
    "custentity_rebate": Decimal("0.125"),
    "custentity_is_key": True,
    "custentity_since": date(2026, 2, 28),
    "custentity_motto": "<Größe & Güte>",
    "custentity_seen_at": datetime(2026, 3, 8, 9, 30, tzinfo=UTC),
}


@pytest.fixture(params=[*Preference, "OAuth"])
def world(request: pytest.FixtureRequest) -> Iterator[SimulatedWorld]:
    with ExitStack() as stack:
        way = request.param
        yield stack.enter_context(simulated(prefers=way) if isinstance(way, Preference) else bearing())


def test_a_custom_field_of_every_kind_arrives_and_comes_back(world: SimulatedWorld) -> None:
    shipped = world.gateway
    assert isinstance(shipped, TokenGateway)
    for name, kind in FIELDS.items():
        field = Field(name=name, kind=kind, label=name, column=name)
        world.server.edit(partial(world.account.add_custom_field, ["customer"], field))
    found = found_fields(shipped.discover("customer").fields)
    assert {one.name for one in found} >= FIELDS.keys()
    types = schemas_with((TypeFields(system=System.NETSUITE, record_type="customer", fields=found),)).netsuite
    assert types["customer"].by_name["custentity_seen_at"].kind is Kind.INSTANT
    gateway = shipped.knowing(types)
    record = OutgoingRecord(external_id="sb_x_customer_1", fields={"entityId": "Acme", "companyName": "Acme", **VALUES})
    assert "custentity_rebate" in gateway.spell("customer", record)
    (answer,) = gateway.upsert("customer", [record])
    assert isinstance(answer, Done)
    dear = Compare(path="custentity_rebate", comparison=Comparison.GREATER, value=Decimal("0.1"))
    page = gateway.fetch(ReadRequest(record_type="customer", fields=tuple(VALUES), condition=dear))
    assert [one.fields for one in page.records] == [VALUES]
    (shown,) = gateway.read_back("customer", [answer.netsuite_id], tuple(VALUES))
    assert shown.fields == VALUES
    assert gateway.find("customer", "custentity_motto", ["<Größe & Güte>"]) == {"<Größe & Güte>": (answer.netsuite_id,)}
    with pytest.raises(RunStoppedError):
        shipped.fetch(ReadRequest(record_type="customer", fields=("custentity_rebate",)))


def test_a_custom_field_is_mapped_both_ways_with_a_value_map_and_arrives(
    world: SimulatedWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert isinstance(world.gateway, TokenGateway)
    firm, tier = Firm(), Field(name="custentity_tier", kind=SimulatedKind.TEXT, label="Tier", column="custentity_tier")
    firm.connect(world.account.id)
    monkeypatch.setattr(firm, "_open", lambda *_, **__: world.gateway.knowing(firm.store.schemas().netsuite))
    world.server.edit(partial(world.account.add_custom_field, ["customer"], tier))
    act = Act(acting=firm.user, stamp=firm.stamp)
    desk = ConfigurationDesk(store=firm.store, shipped=CATALOG, clock=firm.clock)
    wanted = Configuration(
        overrides=tuple(
            WorkflowOverride(workflow=name, is_active=True, groups=(GroupOverride(name=group, added=(row,)),))
            for name, group, row in (
                ("import_customers", "CUSTOMER_TO_CUSTOMER", mapped("tier__c", "custentity_tier", "GOLD", "g")),
                ("export_customers", "OA_CUSTOMER_TO_NS_CUSTOMER", mapped("custentity_tier", "tier__c", "g", "GOLD")),
            )
        )
    )
    with pytest.raises(RecordRefusedError) as refused:
        save_configuration(desk, wanted, expected_version=0, act=act)
    assert "tier__c" in refused.value.problem.cause
    custom = CustomField(name="tier__c", label="Tier", kind=Kind.CHOICE, choices=(("g", "Gold"),))
    define_field(firm.store, "customer", custom, version=0, acting=firm.user, stamp=firm.stamp)
    synchronize(firm, world.gateway)
    save_configuration(desk, wanted, expected_version=0, act=act)

    theirs = world.add("customer", entityId="Acme", custentity_tier="GOLD", custentity_oa_export_to_openair=True)
    ours = firm.add("customer", name="Beta", tier__c="g", export_to_netsuite=True)
    report = firm.run("import_customers", "export_customers")
    assert report.run.state is RunState.COMPLETED, report.problem
    (acme,) = firm.store.records.find("customer", "netsuite_id", [theirs])[theirs]
    assert firm.record("customer", acme)["tier__c"] == "g"
    sent = str(firm.record("customer", ours)["netsuite_id"])
    stored = world.server.edit(lambda: world.account.get("customer", internal_id=sent))
    assert stored is not None
    assert stored.values["custentity_tier"] == "GOLD"

    world.server.edit(partial(world.account.remove_custom_field, "custentity_tier"))
    synchronize(firm, world.gateway)
    stopped = firm.run("import_customers", "export_customers")
    assert stopped.problem is not None
    assert (stopped.problem.code, firm.record("customer", acme)["tier__c"]) == ("NS-FLD-002", "g")


def synchronize(firm: Firm, gateway: TokenGateway) -> None:
    described = gateway.discover("customer").fields
    whole = Description(record_type="customer", fields=described, account=gateway.account.value)
    take_over_fields(firm.store, whole, acting=firm.user, stamp=firm.stamp)


def mapped(target: str, source: str, value: str, meant: str) -> Row:
    return Row(target=target, source=Translate(of=Path(path=source), pairs=((value, meant),)))
