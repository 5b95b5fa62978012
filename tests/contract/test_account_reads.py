"""One suite for what every door tells of an account and changes in it: the same answers, whichever family is preferred."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import cast

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.clock import Clock
from netsuite_simulator.faults import ChangeZone
from netsuite_simulator.results import Written
from netsuite_simulator.schemas.fields import Field
from netsuite_simulator.schemas.fields import Kind as SimulatedKind
from suitebridge.adapters.netsuite.filtering import INSTANT_FORMAT
from suitebridge.adapters.netsuite.gateway import TokenGateway
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.doors import Preference
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.values import Fields, Scalar
from suitebridge.ports.netsuite import Done, OutgoingRecord, ReadRequest, Rejected, WriteAnswer
from suitebridge.ports.netsuite_account import Limits, OutgoingChange, Total
from suitebridge.wire.soap.record_writing import PACIFIC
from tests.contract.netsuite_worlds import SimulatedWorld, bearing, simulated


@pytest.fixture(params=[*Preference, "OAuth"])
def world(request: pytest.FixtureRequest) -> Iterator[SimulatedWorld]:
    with ExitStack() as stack:
        way = request.param
        yield stack.enter_context(simulated(prefers=way) if isinstance(way, Preference) else bearing())


@pytest.fixture
def gateway(world: SimulatedWorld) -> TokenGateway:
    assert isinstance(world.gateway, TokenGateway)
    return world.gateway


def told(answers: list[WriteAnswer]) -> list[str]:
    return [one.problem.code if isinstance(one, Rejected) else type(one).__name__ for one in answers]


def test_deletions_are_told_since_a_stamp(world: SimulatedWorld, gateway: TokenGateway) -> None:
    """F45: what is deleted in NetSuite is noticed."""
    kept, gone, old = (world.add("customer", f"c-{name}", entityId=name) for name in ("Kept", "Gone", "Old"))
    job = world.add("job", entityId="P-1", companyName="P-1", parent=kept)
    world.server.edit(lambda: world.account.remove("customer", internal_id=old))
    world.pass_time(60)
    stamp = gateway.ask_now()
    world.server.edit(lambda: world.account.remove("job", internal_id=job))
    world.server.edit(lambda: world.account.remove("customer", internal_id=gone))

    found = gateway.deleted("customer", stamp)

    assert found is not None
    assert [(one.netsuite_id, one.name) for one in found] == [(gone, "Gone")]
    assert abs(found[0].at - world.account.clock.now()) < timedelta(seconds=5)
    assert [one.netsuite_id for one in gateway.deleted("job", "") or ()] == [job]
    assert {one.netsuite_id for one in gateway.deleted("customer", "") or ()} == {gone, old}


def test_types_that_nobody_reports_are_not_told_as_undeleted(gateway: TokenGateway) -> None:
    assert gateway.deleted("timeBill", "") is None
    assert gateway.deleted("item", "") == []


@pytest.mark.parametrize("preference", Preference)
def test_a_role_without_the_permission_hears_of_no_deletion(preference: Preference) -> None:
    with simulated(prefers=preference) as world:
        roles = world.account.roles
        world.server.edit(lambda: roles.grant(roles.connector, "ADMI_DELETEDRECORD", 0))
        assert isinstance(world.gateway, TokenGateway)
        assert world.gateway.deleted("customer", "") is None


def test_select_values_are_what_a_field_may_hold(world: SimulatedWorld, gateway: TokenGateway) -> None:
    names = ("Consulting", "Analysis", "Łódź")
    ids = {name: world.add("department", name=name) for name in names}
    found = gateway.select_values("employee", "department")
    assert [(one.id, one.name) for one in found] == [(ids[name], name) for name in sorted(names)]


def test_fields_tell_custom_ones_types_and_sublists(world: SimulatedWorld, gateway: TokenGateway) -> None:
    field = Field(name="custentity_rating", kind=SimulatedKind.INTEGER, label="Rating", column="custentity_rating")
    world.server.edit(lambda: world.account.add_custom_field(["customer"], field))
    by_name = {one.name: one for one in gateway.discover("customer").fields}
    assert (by_name["custentity_rating"].label, by_name["custentity_rating"].type) == ("Rating", "integer:int64")
    assert by_name["custentity_rating"].is_custom
    assert not by_name["companyName"].is_custom
    assert not {one.name for one in gateway.discover("timeBill").fields if one.is_custom} & {"customer"}
    assert by_name["lastModifiedDate"].type == "string:date-time"
    assert "item.amount" in {one.name for one in gateway.discover("invoice").fields}
    with pytest.raises(RunStoppedError):
        gateway.discover("nothing")


def test_custom_record_types_have_their_script_ids(world: SimulatedWorld, gateway: TokenGateway) -> None:
    assert gateway.custom_record_types() == []
    world.server.edit(lambda: world.account.add_custom_record_type("customrecord_outbox", "Outbox"))
    assert gateway.custom_record_types() == ["customrecord_outbox"]


def test_rates_are_read_by_day(world: SimulatedWorld, gateway: TokenGateway) -> None:
    dollar, euro = (world.add("currency", name=name, symbol=name) for name in ("USD", "EUR"))
    for day, rate in ((date(2026, 3, 8), "1.0825"), (date(2026, 11, 1), "1.1")):
        world.add(
            "currencyRate", baseCurrency=dollar, transactionCurrency=euro, exchangeRate=Decimal(rate), effectiveDate=day
        )
    found = gateway.currency_rates()
    assert [(one.base, one.currency, one.rate, one.day) for one in found] == [
        (dollar, euro, Decimal("1.0825"), date(2026, 3, 8)),
        (dollar, euro, Decimal("1.1"), date(2026, 11, 1)),
    ]
    assert [one.day for one in gateway.currency_rates(date(2026, 11, 1))] == [date(2026, 11, 1)]
    assert gateway.currency_rates(date(2026, 5, 4)) == []


def test_time_and_limits(request: pytest.FixtureRequest, world: SimulatedWorld, gateway: TokenGateway) -> None:
    moment = gateway.server_time()
    assert abs(moment.astimezone(UTC) - world.account.clock.now()) < timedelta(seconds=5)
    if request.node.callspec.params["world"] is Preference.SOAP:
        limit = world.account.governance.limit
        assert gateway.limits() == Limits(account=limit, integration=limit)
    else:  # REST tells administrators only
        with pytest.raises(RunStoppedError, match="NS-PERM-001"):
            gateway.limits()


def test_totals_count_and_add_up(world: SimulatedWorld, gateway: TokenGateway) -> None:
    ann, bob = (world.add("employee", entityId=name) for name in ("Ann", "Bob"))
    for employee, hours in ((ann, "7.25"), (ann, "0.1"), (bob, "8")):
        world.add("timeBill", employee=employee, tranDate=date(2026, 5, 4), hours=Decimal(hours))
    assert gateway.totals("timeBill", amount="hours") == [Total(unit="", count=3, amount=Decimal("15.35"))]
    assert gateway.totals("timeBill", amount="hours", unit="employee.entityId") == [
        Total(unit="Ann", count=2, amount=Decimal("7.35")),
        Total(unit="Bob", count=1, amount=Decimal(8)),
    ]
    only_bob = Compare(path="employee", comparison=Comparison.EQUAL, value=bob)
    assert gateway.totals("timeBill", condition=only_bob) == [Total(unit="", count=1, amount=Decimal(0))]
    assert gateway.totals("invoice") == []


def test_updates_change_what_is_there_and_create_nothing(world: SimulatedWorld, gateway: TokenGateway) -> None:
    zed = world.add("customer", entityId="Zed", companyName="Zed")
    nil = world.add("customer", "nil", entityId="Nil", companyName="Nil", phone="1")
    answers = gateway.update(
        "customer",
        [
            OutgoingChange(record=zed, fields={"companyName": "Zed & Söhne"}),
            OutgoingChange(record="eid:nil", fields={}, cleared=("phone",)),
            OutgoingChange(record="999999", fields={"companyName": "X"}),
            OutgoingChange(record="eid:nobody", fields={"companyName": "X"}),
            OutgoingChange(record=zed, fields={"nickname": "X"}),
        ],
    )
    assert told(list(answers)) == ["Done", "Done", "NS-REF-001", "NS-REF-001", "SB-MAP-002"]
    assert [one.external_id for one in answers] == [zed, "eid:nil", "999999", "eid:nobody", zed]
    assert world.count("customer") == 2
    shown = gateway.show("customer", [zed, nil])
    assert shown[zed]["companyName"] == "Zed & Söhne"
    assert "phone" not in shown[nil]


def test_deletions_answer_for_each_record(world: SimulatedWorld, gateway: TokenGateway) -> None:
    ids = [world.add("department", f"d-{number}", name=f"D{number}") for number in range(3)]
    answers = gateway.delete("department", [ids[0], "eid:d-1", "999999"])
    assert told(list(answers)) == ["Done", "Done", "NS-REF-001"]
    assert world.count("department") == 1


def test_a_transformed_record_is_stored_under_its_external_id(world: SimulatedWorld, gateway: TokenGateway) -> None:
    euro = world.add("currency", name="Euro", symbol="EUR")
    customer = world.add("customer", entityId="Zed", companyName="Zed", currency=euro)
    item = world.add("serviceSaleItem", itemId="Consulting")
    line: dict[str, Scalar] = {"item": item, "quantity": Decimal(1), "amount": Decimal(100)}
    record = OutgoingRecord(external_id="sb_i_1", fields={"memo": "made", "itemList": (line,)})
    answer = gateway.transform("customer", customer, "invoice", record)
    assert isinstance(answer, Done)
    assert gateway.find_by_external_ids("invoice", ["sb_i_1"]) == {"sb_i_1": answer.netsuite_id}
    assert gateway.show("invoice", [answer.netsuite_id])[answer.netsuite_id]["entity"] == customer
    nobody = gateway.transform("customer", "999999", "invoice", replace(record, external_id="sb_i_2"))
    again = gateway.transform("customer", customer, "invoice", record)
    assert told([nobody, again]) == ["NS-REF-001", "NS-DUP-001"]


def test_an_invoice_of_an_order_keeps_what_the_order_says(world: SimulatedWorld, gateway: TokenGateway) -> None:
    euro = world.add("currency", name="Euro", symbol="EUR")
    customer = world.add("customer", entityId="Zed", companyName="Zed", currency=euro)
    item = world.add("serviceSaleItem", itemId="Consulting")
    lines = [{"item": item, "quantity": Decimal(2), "rate": "50", "amount": Decimal(100)}]
    order = {"entity": customer, "orderStatus": "B", "memo": "from the order", "otherRefNum": "PO 1", "item": lines}
    made = world.server.edit(lambda: world.account.create("salesOrder", order, external_id="so-1"))
    assert isinstance(made, Written), made
    given: Fields = {"tranDate": date(2026, 5, 4), "memo": "another"}
    record = OutgoingRecord(external_id="sb_i_1", fields=given, cleared=("otherRefNum",))
    answer = gateway.transform("salesOrder", "eid:so-1", "invoice", record)
    assert isinstance(answer, Done)
    stored = world.server.edit(lambda: world.account.get("invoice", internal_id=answer.netsuite_id))
    assert stored is not None
    assert (stored.values["tranDate"], stored.values["memo"]) == (date(2026, 5, 4), "another")
    assert (stored.values["createdFrom"], stored.values.get("otherRefNum")) == (made.id, None)
    (line,) = cast("list[dict[str, object]]", stored.values["item"])
    assert (line["item"], line["amount"], line["orderLine"]) == (item, Decimal(100), 1)


def test_contacts_are_attached(world: SimulatedWorld, gateway: TokenGateway) -> None:
    customer = world.add("customer", "zed", entityId="Zed", companyName="Zed")
    contact = world.add("contact", entityId="Ann Lee", firstName="Ann", lastName="Lee")
    assert isinstance(gateway.attach("customer", customer, "contact", contact), Done)
    assert isinstance(gateway.attach("customer", "eid:zed", "contact", contact), Done)
    assert isinstance(gateway.attach("customer", customer, "contact", "999999"), Rejected)


def test_a_moment_of_deletion_is_the_same_in_every_zone() -> None:
    with simulated() as soap, simulated(prefers=Preference.REST) as rest:
        moments = []
        for world in (soap, rest):
            customer = world.add("customer", entityId="Zed")
            world.server.edit(lambda one=world, id_=customer: one.account.remove("customer", internal_id=id_))  # type: ignore[misc]
            assert isinstance(world.gateway, TokenGateway)
            (deletion,) = world.gateway.deleted("customer", "") or ()
            assert deletion.at.tzinfo is UTC
            moments.append(deletion.at)
        assert abs(moments[0] - moments[1]) < timedelta(minutes=1)
        assert isinstance(moments[0], datetime)


@pytest.mark.fault("F52")
@pytest.mark.parametrize("preference", Preference)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/Phoenix", "Pacific/Honolulu", "Pacific/Auckland"])
def test_f52_an_account_in_another_zone_tells_the_same(zone: str, preference: Preference) -> None:
    with simulated(Account(clock=Clock(zone=zone)), prefers=preference) as world:
        gateway = world.gateway
        assert isinstance(gateway, TokenGateway)
        before = gateway.ask_now()
        now = world.server.edit(world.account.clock.now)
        assert abs(datetime.strptime(before, INSTANT_FORMAT).replace(tzinfo=PACIFIC) - now) < timedelta(minutes=1)
        assert abs(gateway.server_time() - now) < timedelta(minutes=1)

        # Days stay days, written through either door and read back.
        employee = world.add("employee", "ann", entityId="Ann")
        bill = OutgoingRecord(
            external_id="t", fields={"employee": employee, "tranDate": date(2026, 7, 1), "hours": Decimal(2)}
        )
        (written,) = gateway.upsert("timeBill", [bill])
        assert isinstance(written, Done)
        stored = world.server.edit(lambda: world.account.get("timeBill", internal_id=written.netsuite_id))
        assert stored is not None
        assert stored.values["tranDate"] == date(2026, 7, 1)
        for day in (date(2026, 1, 15), date(2026, 7, 15)):
            world.add(
                "currencyRate",
                baseCurrency="1",
                transactionCurrency="2",
                exchangeRate=Decimal("1.1"),
                effectiveDate=day,
            )
        assert {one.day for one in gateway.currency_rates()} >= {date(2026, 1, 15), date(2026, 7, 15)}

        # A stamp is the moment in Pacific time, so it finds what was changed since, and keeps its meaning in another zone.
        world.add("customer", entityId="Acme", companyName="Acme")
        request = ReadRequest(record_type="customer", fields=("entityId",), changed_since=before)
        (read,) = gateway.fetch(request).records
        assert abs(datetime.strptime(read.version, INSTANT_FORMAT).replace(tzinfo=PACIFIC) - now) < timedelta(minutes=1)
        world.pass_time(60)
        assert gateway.fetch(replace(request, changed_since=gateway.ask_now())).records == ()
        world.server.edit(lambda: world.account.faults.bring(ChangeZone(zone="Asia/Calcutta")))
        assert abs(gateway.server_time() - now) < timedelta(minutes=2)
        assert gateway.ask_now() > before
        (again,) = gateway.fetch(request).records
        assert again == read


@pytest.mark.parametrize(
    ("mask", "mark"), [("FMMM/DD/YYYY", "/"), ("DD.MM.YYYY", "."), ("YYYY-MM-DD", "-"), ("DD-MON-YYYY", "-MON-")]
)
def test_days_are_the_same_whatever_format_the_account_shows_them_in(mask: str, mark: str) -> None:
    with simulated(Account(clock=Clock(date_format=mask))) as world:
        employee = world.add("employee", "ann", entityId="Ann")
        world.add("timeBill", "t", employee=employee, tranDate=date(2026, 3, 4), hours=Decimal(2))
        request = ReadRequest(record_type="timeBill", fields=("tranDate",))
        (record,) = world.gateway.fetch(request).records
        assert record.fields["tranDate"] == date(2026, 3, 4)
        said = {step.name: step for step in world.gateway.check(())}["permissions:suiteql"].said
        today = said.removeprefix("NetSuite's time is ")[:10]
        # A day such as 5 May fits two formats, and then none is named.
        is_told = today[5:7] != today[8:10] or "MON" in mask
        assert ("; days are shown as " in said) is is_told
        assert not is_told or mark in said.partition("days are shown as ")[2]
