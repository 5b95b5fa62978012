"""Approval: who may do which act from which state, what is locked, and what the trail tells."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.approvals import ApprovalAct, acts_from, is_locked, is_own_type, may_enter, state_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError, SuiteBridgeError
from suitebridge.domain.people import (
    ADMINISTRATOR,
    APPROVER,
    EMPLOYEE,
    INTEGRATION_OPERATOR,
    VIEWER,
    Door,
    Role,
    Stamp,
    User,
)
from suitebridge.domain.records import Record
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields
from suitebridge.ports.companies import CompanyStore
from suitebridge.recording.approving import ApprovalRequest, move_record, open_acts
from tests.contract.stories import create
from tests.fakes.clock import SteppingClock
from tests.fakes.store import MemoryCompanies

SHEET = WORKSPACE_TYPES["timesheet"]
SUBMIT, APPROVE, REJECT, REOPEN = ApprovalAct


@dataclass(frozen=True, slots=True, kw_only=True)
class Firm:
    """A firm with people of several roles and a week of Emil's."""

    store: CompanyStore
    clock: SteppingClock
    people: dict[str, User]
    week: str

    def move(self, who: str, act: ApprovalAct, *, version: str = "", reason: str = "", of: str = "timesheet") -> Record:
        user = self.people[who]
        asked = ApprovalRequest(act=act, record_type=of, record_id=self.week, version=version, reason=reason)
        return move_record(self.store, asked, acting=user, stamp=stamp_of(user), clock=self.clock)

    def acts(self, who: str) -> list[ApprovalAct]:
        record = self.store.records.fetch("timesheet", [self.week], ())[0]
        return list(open_acts(self.store, SHEET, record, acting=self.people[who]))


def stamp_of(user: User) -> Stamp:
    return Stamp(author_id=user.id, author_name=user.name, door=Door.CONSOLE)


@contextmanager
def refused(kind: type[SuiteBridgeError], said: str) -> Iterator[None]:
    with pytest.raises(kind) as caught:
        yield
    assert said in caught.value.problem.cause


@pytest.fixture
def firm() -> Firm:
    clock = SteppingClock()
    companies = MemoryCompanies(clock)
    companies.add(company_id="acme", name="Acme", token="acmetok1", zone="Europe/Berlin")
    store = companies.store("acme")
    roles: dict[str, Role] = {
        "grace": ADMINISTRATOR, "emil": EMPLOYEE, "eva": EMPLOYEE, "abel": APPROVER, "omar": INTEGRATION_OPERATOR, "vera": VIEWER,
    }  # fmt: skip
    people = {
        name: store.people.add(user_id=name, first=name, last="", email="", role=role, password=Secret("long enough"), stamp=None)
        for name, role in roles.items()
    }  # fmt: skip
    stamp = stamp_of(people["emil"])
    (week,) = create(
        store, stamp, "timesheet", {"name": "Week 10", "employee": people["emil"].id, "starts": date(2026, 3, 2)}
    )
    return Firm(store=store, clock=clock, people=people, week=week)


def enter_hours(firm: Firm) -> None:
    emil = firm.people["emil"]
    entry: Fields = {"timesheet": firm.week, "employee": emil.id, "date": date(2026, 3, 2), "hours": Decimal(8)}
    create(firm.store, stamp_of(emil), "time_entry", entry)


def test_a_week_is_submitted_rejected_with_a_reason_and_approved(firm: Firm) -> None:
    with refused(RecordRefusedError, "no entries"):
        firm.move("emil", SUBMIT)
    enter_hours(firm)
    assert firm.acts("emil") == [SUBMIT]
    assert state_of(SHEET, firm.move("emil", SUBMIT).fields) == "S"
    assert (firm.acts("emil"), firm.acts("abel"), firm.acts("vera")) == ([REOPEN], [APPROVE, REJECT], [])
    with refused(RecordRefusedError, "the reason is missing"):
        firm.move("abel", REJECT)
    rejected = firm.move("abel", REJECT, reason="Monday is booked twice.")
    assert (rejected.fields["status"], rejected.fields["rejected_because"]) == ("R", "Monday is booked twice.")
    firm.move("emil", SUBMIT)
    approved = firm.move("abel", APPROVE)
    today = firm.clock.now().date()
    assert (approved.fields["status"], approved.fields.get("rejected_because"), approved.fields["approved"]) == (
        "A",
        None,
        today,
    )
    told = [entry.event for entry in firm.store.trail.of_record("timesheet", firm.week)]
    assert [name for name in told if name != "record:updated"] == [
        "record:approved", "record:submitted", "record:rejected", "record:submitted", "record:created",
    ]  # fmt: skip
    with refused(RecordRefusedError, "It is approved"):
        firm.move("abel", APPROVE)
    with refused(RecordRefusedError, "Change approved records"):
        firm.move("emil", REOPEN)
    assert firm.move("grace", REOPEN).fields["status"] == "O"


def test_nobody_moves_what_is_anothers_and_who_lacks_the_right_is_told_which(firm: Firm) -> None:
    enter_hours(firm)
    with refused(RecordRefusedError, "It is not yours"):
        firm.move("eva", SUBMIT)
    with refused(RunStoppedError, "View and modify records"):
        firm.move("vera", SUBMIT)
    firm.move("omar", SUBMIT)
    for who in ("emil", "omar", "vera"):
        with refused(RunStoppedError, "Approve records"):
            firm.move(who, APPROVE)
    with pytest.raises(LookupError, match="no customer"):
        firm.move("grace", APPROVE, of="customer")
    (customer,) = create(firm.store, stamp_of(firm.people["grace"]), "customer", {"name": "Acme"})
    with refused(RecordRefusedError, "neither submitted nor approved"):
        replace(firm, week=customer).move("grace", APPROVE, of="customer")


def test_where_duties_are_kept_apart_nobody_approves_their_own(firm: Firm) -> None:
    enter_hours(firm)
    firm.move("grace", SUBMIT)
    assert firm.acts("grace") == [APPROVE, REJECT, REOPEN]
    firm.store.roles.set_duties_apart(is_on=True, stamp=stamp_of(firm.people["grace"]))
    assert firm.acts("grace") == [REOPEN]
    with refused(RecordRefusedError, "keeps duties apart"):
        firm.move("grace", APPROVE)
    assert firm.move("abel", APPROVE).fields["status"] == "A"


def test_of_two_people_the_second_is_told(firm: Firm) -> None:
    enter_hours(firm)
    seen = firm.move("emil", SUBMIT).version
    firm.move("abel", APPROVE, version=seen)
    with pytest.raises(RecordRefusedError) as late:
        firm.move("grace", REJECT, version=seen, reason="Too late")
    assert late.value.problem.code == "SB-AUTO-002"


def test_what_is_entered_for_oneself_and_what_is_locked() -> None:
    own = {name for name, schema in WORKSPACE_TYPES.items() if is_own_type(schema)}
    assert own == {"timesheet", "time_entry", "expense_report", "receipt", "purchase_request", "request_item"}
    assert (may_enter(EMPLOYEE, "receipt"), may_enter(EMPLOYEE, "invoice"), may_enter(VIEWER, "receipt")) == (
        True,
        False,
        False,
    )
    assert may_enter(ADMINISTRATOR, "nothing") is False
    assert [is_locked(EMPLOYEE, state) for state in "OSAR"] == [False, True, True, False]
    assert [is_locked(ADMINISTRATOR, state) for state in "OSAR"] == [False, True, False, False]
    assert acts_from("R") == (SUBMIT, REOPEN)
