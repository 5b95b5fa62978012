"""One suite for every door that writes: the same records in, the same records in the account, the same answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial

import pytest

from suitebridge.adapters.netsuite import batching
from suitebridge.domain.doors import NetSuiteDoor, Preference
from suitebridge.domain.values import Fields, Scalar
from suitebridge.ports.netsuite import Done, OutgoingRecord, Rejected, WriteAnswer
from tests.contract.netsuite_worlds import SimulatedWorld, bearing, simulated

# Days on which Pacific clocks change, the ends of years, a leap day: each is one civil day through every door.
EDGES = (date(2026, 3, 8), date(2026, 11, 1), date(2025, 12, 31), date(2026, 1, 1), date(2028, 2, 29))
WRITERS: Mapping[tuple[NetSuiteDoor, str], Callable[[], AbstractContextManager[SimulatedWorld]]] = {
    (NetSuiteDoor.SOAP_LIST, "TBA"): simulated,
    (NetSuiteDoor.REST_RECORD, "TBA"): partial(simulated, prefers=Preference.REST),
    (NetSuiteDoor.REST_BATCH, "TBA"): partial(simulated, prefers=Preference.REST),
    (NetSuiteDoor.REST_RECORD, "OAuth 2.0"): bearing,
    (NetSuiteDoor.REST_BATCH, "OAuth 2.0"): bearing,
}
"""Every door that writes, with every way to sign in that it takes: SOAP takes no OAuth 2.0."""
_OF_THE_MOMENT = frozenset({"createdDate", "lastModifiedDate", "dateCreated"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Twins:
    """Copies of one account, one behind each door and way to sign in."""

    worlds: Mapping[tuple[NetSuiteDoor, str], SimulatedWorld]

    def add(self, record_type: str, external_id: str = "", **fields: Scalar) -> str:
        (id_,) = {world.add(record_type, external_id, **fields) for world in self.worlds.values()}
        return id_

    def upsert(self, record_type: str, *records: OutgoingRecord) -> list[WriteAnswer]:
        """Write through every door and require the same answers, said in whatever words."""
        answers = [_upsert(door, world, record_type, records) for (door, _), world in self.worlds.items()]
        first, *others = [list(map(_told, one)) for one in answers]
        for other in others:
            assert other == first
        return list(answers[0])

    def stored(self, record_type: str) -> list[tuple[str, dict[str, object]]]:
        """Give what every account holds by external id, which is the same in each."""
        first, *others = [_stored(world, record_type) for world in self.worlds.values()]
        for other in others:
            assert other == first
        return first


def _upsert(
    door: NetSuiteDoor, world: SimulatedWorld, record_type: str, records: Sequence[OutgoingRecord]
) -> Sequence[WriteAnswer]:
    if door is NetSuiteDoor.REST_BATCH:  # whatever their number
        gateway = world.gateway
        return batching.upsert(
            world.line, record_type, records, lambda keys: gateway.find_by_external_ids(record_type, keys)
        )
    return world.gateway.upsert(record_type, records)


def _told(answer: WriteAnswer) -> tuple[str, str, str]:
    match answer:
        case Done(external_id=key):
            return key, "done", ""
        case Rejected(external_id=key, problem=problem):
            return key, "rejected", problem.code
        case _:
            return answer.external_id, type(answer).__name__, ""


def _stored(world: SimulatedWorld, record_type: str) -> list[tuple[str, dict[str, object]]]:
    found = world.server.edit(lambda: world.account.search(record_type, [], limit=1000, lines=True)[0])
    return sorted(
        (one.external_id or "", {name: value for name, value in one.values.items() if name not in _OF_THE_MOMENT})
        for one in found
    )


@pytest.fixture
def twins() -> Iterator[Twins]:
    with ExitStack() as stack:
        yield Twins(worlds={one: stack.enter_context(open_world()) for one, open_world in WRITERS.items()})


def bill(key: str, employee: str, *cleared: str, **fields: Scalar) -> OutgoingRecord:
    given: Fields = {"employee": employee, "tranDate": date(2026, 5, 4), "hours": Decimal("7.25"), **fields}
    return OutgoingRecord(external_id=key, fields=given, cleared=cleared)


def test_time_is_the_same_through_every_door(twins: Twins) -> None:
    ann = twins.add("employee", "ann", entityId="Ann")
    customer = twins.add("customer", "zed", entityId="Zed")
    job = twins.add("job", "p-1", entityId="P-1", parent=customer)
    item = twins.add("serviceSaleItem", "consulting", itemId="Consulting")
    records = [
        bill(f"sb_t_{number}", ann, tranDate=day, memo='Łódź & "Söhne" <漢字>\nline', timeType="_plannedTime")
        for number, day in enumerate(EDGES)
    ]
    records += [
        bill("sb_t_a", "eid:ann", customer=job, item=item, isBillable=True, approvalStatus="3"),
        bill("sb_t_b", ann, customer="eid:p-1", item="eid:consulting", isBillable=False, hours=Decimal("0.1")),
        bill("sb_t_c", ann, hours=8, timeType="_actualTime"),
    ]
    assert all(isinstance(answer, Done) for answer in twins.upsert("timeBill", *records))
    stored = twins.stored("timeBill")
    assert [values["tranDate"] for _, values in stored[: len(EDGES)]] == list(EDGES)
    assert stored[-1][1]["hours"] == 8


def test_what_is_cleared_is_empty_and_what_is_blank_stays(twins: Twins) -> None:
    ann = twins.add("employee", entityId="Ann")
    twins.upsert("timeBill", bill("sb_t_1", ann, memo="kept"), bill("sb_t_2", ann, memo="cleared"))
    twins.upsert("timeBill", bill("sb_t_1", ann, memo=""), bill("sb_t_2", ann, "memo"))
    (_, kept), (_, cleared) = twins.stored("timeBill")
    assert kept["memo"] == "kept"
    assert cleared.get("memo") is None


def test_check_boxes_and_custom_fields_are_the_same_through_every_door(twins: Twins) -> None:
    euro = twins.add("currency", "eur", name="Euro", symbol="EUR")
    flag = "custentity_oa_export_to_openair"
    zed: Fields = {"entityId": "Zed", "companyName": "Zed & Co", "isInactive": False, flag: True, "currency": euro}
    nil: Fields = {"entityId": "Nil", "companyName": "Nil", "isInactive": True, flag: False, "parent": "eid:sb_c_1"}
    (_,) = twins.upsert("customer", OutgoingRecord(external_id="sb_c_1", fields=zed))
    (_,) = twins.upsert("customer", OutgoingRecord(external_id="sb_c_2", fields=nil))
    (_, first), (_, second) = twins.stored("customer")
    assert (first["isInactive"], first[flag]) == (False, True)
    assert (second["isInactive"], second[flag]) == (True, False)
    assert second["parent"]


def test_lines_are_replaced_as_a_whole_and_money_keeps_its_digits(twins: Twins) -> None:
    ann = twins.add("employee", entityId="Ann")
    air = twins.add("expenseCategory", "air", name="Airfare")
    line: dict[str, Scalar] = {
        "expenseDate": date(2026, 3, 8), "category": "eid:air", "amount": Decimal("1234567.89"), "memo": "one", "isBillable": False,
    }  # fmt: skip
    report: Fields = {"entity": ann, "tranDate": date(2026, 3, 8), "memo": "March"}
    first = OutgoingRecord(external_id="sb_e_1", fields={**report, "expenseList": (line, {**line, "memo": "two"})})
    second = OutgoingRecord(
        external_id="sb_e_1", fields={**report, "expenseList": ({**line, "category": air, "amount": Decimal("0.10")},)}
    )
    twins.upsert("expenseReport", first)
    twins.upsert("expenseReport", second)
    ((_, stored),) = twins.stored("expenseReport")
    lines = stored["expense"]
    assert isinstance(lines, list)
    (kept,) = lines
    assert (kept["amount"], kept["expenseDate"], kept["category"]) == (Decimal("0.10"), date(2026, 3, 8), air)


def test_refusals_have_the_same_codes_through_every_door(twins: Twins) -> None:
    ann = twins.add("employee", entityId="Ann")
    answers = twins.upsert(
        "timeBill",
        bill("a", ann),
        bill("b", "999999"),
        bill("c", "eid:nobody"),
        bill("d", ann, hours=None),
        bill("e", ann, memo="bell \x07"),
        bill("f", ann, timeType="_noTime"),
        bill("g", ann, nickname="Annie"),
        bill("h", ann, isBillable="yes"),
    )
    codes = [answer.problem.code for answer in answers if isinstance(answer, Rejected)]
    assert codes == ["NS-REF-001", "NS-REF-001", "NS-DATA-001", "SB-MAP-002", "SB-MAP-002", "SB-MAP-002", "SB-MAP-002"]
    assert len(twins.stored("timeBill")) == 1


def test_a_project_task_of_an_expense_line_arrives_whatever_the_setting(twins: Twins) -> None:
    ann = twins.add("employee", entityId="Ann")
    air = twins.add("expenseCategory", name="Airfare")
    customer = twins.add("customer", entityId="Zed")
    job = twins.add("job", entityId="P-1", parent=customer)
    task = twins.add("projectTask", title="Design", company=job)
    plain: dict[str, Scalar] = {"expenseDate": date(2026, 5, 4), "category": air, "amount": Decimal(5), "customer": job}
    report: Fields = {"entity": ann, "tranDate": date(2026, 5, 4)}
    answers = twins.upsert(
        "expenseReport",
        OutgoingRecord(external_id="sb_e_1", fields={**report, "expenseList": (plain,)}),
        OutgoingRecord(external_id="sb_e_2", fields={**report, "expenseList": ({**plain, "projectTask": task},)}),
        OutgoingRecord(external_id="sb_e_3", fields={**report, "expenseList": (plain,)}),
    )
    assert [answer.external_id for answer in answers] == ["sb_e_1", "sb_e_2", "sb_e_3"]
    assert all(isinstance(answer, Done) for answer in answers)
