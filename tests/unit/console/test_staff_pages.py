"""Users, roles and invitations as pages tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from suitebridge.administration.granting import RoleEntry, RoleList
from suitebridge.administration.staffing import Belongings, PersonProblem
from suitebridge.console.invitation.page import invitation_page
from suitebridge.console.notices import notice_of
from suitebridge.console.person.page import (
    Verdict,
    end_of,
    entry_of,
    last_day,
    new_person_page,
    person_page,
    person_state,
)
from suitebridge.console.person_list.page import person_line, person_list_page, read_query
from suitebridge.console.role.page import fingerprint, role_page
from suitebridge.console.role_list.page import permits, role_list_page
from suitebridge.domain.errors import Problem
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, EMPLOYEE, OPTIONAL_ROLES, Permission, Role, User
from suitebridge.domain.protection import changed_meanwhile
from suitebridge.ports.companies import Company
from suitebridge.ports.people import PersonCard, PersonOrder, PersonState, RoleCard

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
USER = User(id="5", user_id="emil", name="Emil Novak", role=EMPLOYEE, is_active=True)
CARD = PersonCard(
    user=USER, first="Emil", last="Novak", email="emil@example.com", version="3", has_password=True,
    signed_in_at=NOW, invited_until=None,
)  # fmt: skip
COMPANY = Company(id="meridian", name="Meridian", token="mrdn4k2p", zone="UTC")
ROLES = ("Administrator", "Employee")
NOTHING = Belongings(tokens=0, has_invitation=False, is_integration_user=False)


@pytest.mark.parametrize(
    ("card", "way_in"),
    [
        (CARD, None),
        (replace(CARD, has_password=False), "No password"),
        (replace(CARD, has_password=False, invited_until=NOW + timedelta(seconds=1)), "Invited"),
        (replace(CARD, has_password=False, invited_until=NOW), "No password"),
        (replace(CARD, has_password=False, user=replace(USER, is_active=False)), None),
    ],
)
def test_a_line_says_whether_somebody_can_get_in(card: PersonCard, way_in: str | None) -> None:
    line = person_line(card, zone=UTC, now=NOW, integration_user_id="")
    assert (line.way_in.text if line.way_in else None) == way_in
    assert not line.is_integration_user
    assert line.href == "/administration/people/5"


def test_a_page_of_people_leads_on_and_keeps_the_question_and_the_order() -> None:
    line = person_line(CARD, zone=UTC, now=NOW, integration_user_id="5")
    assert line.is_integration_user
    asked = {"text": " em&il ", "state": "no password", "role": "Employee", "sort": "e-mail", "way": "down"}
    query = read_query(asked, at=NOW)
    assert (query.text, query.state, query.order, query.is_descending) == (
        "em&il", PersonState.NO_PASSWORD, PersonOrder.EMAIL, True,
    )  # fmt: skip
    page = person_list_page([line], query=query, roles=ROLES, further="next_one")
    kept = "text=em%26il&state=no+password&role=Employee&sort=e-mail&way=down"
    assert page.further_href == f"/administration/people?{kept}&after=next_one"
    assert [choice.value for choice in (*page.states, *page.roles) if choice.is_chosen] == ["no password", "Employee"]
    by_email = next(column for column in page.columns if column.text == "E-mail")
    assert (by_email.sorted, by_email.href) == (
        "descending",
        f"/administration/people?{kept.removesuffix('&way=down')}",
    )
    later = person_list_page([], query=replace(query, after="x"), roles=ROLES, further="")
    assert (later.first_href, later.further_href) == (f"/administration/people?{kept}", "")


@pytest.mark.parametrize("asked", [{"sort": "salary", "state": "king", "way": "x"}, {}])
def test_what_cannot_be_read_counts_as_not_asked(asked: dict[str, str]) -> None:
    query = read_query(asked, at=NOW)
    assert (query.order, query.state, query.is_descending) == (PersonOrder.NAME, None, False)
    (name, *others) = person_list_page([], query=query, roles=ROLES, further="").columns
    assert (name.sorted, name.href) == ("ascending", "/administration/people?way=down")
    assert {column.sorted for column in others} == {""}


def test_a_role_for_a_time_is_shown_by_its_last_day() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    ends_at = end_of(date(2026, 3, 31), berlin)
    assert ends_at == datetime(2026, 3, 31, 22, tzinfo=UTC)
    assert (last_day(ends_at, berlin), last_day(None, berlin), end_of(None, berlin)) == ("2026-03-31", "", None)
    timed = replace(CARD, user=replace(USER, ends_at=ends_at))
    line = person_line(timed, zone=UTC, now=NOW, integration_user_id="")
    assert line.time_box is not None
    assert line.time_box.text == "For a time"


def test_a_late_form_shows_what_is_saved_beside_what_was_typed() -> None:
    state = person_state(CARD, NOTHING, zone=UTC, now=NOW, shows_trail=False)
    typed = replace(entry_of(CARD), email="other@example.com", is_active=False)
    verdict = Verdict(notice=notice_of(changed_meanwhile("Emil Novak")))
    page = person_page(CARD, state, entry=typed, roles=ROLES, zone=UTC, verdict=verdict)
    fields = {field.name: field for field in page.fields}
    assert (fields["email"].value, fields["email"].hint) == ("other@example.com", "Saved now: emil@example.com.")
    assert page.active is not None
    assert (page.active.is_on, page.active.hint, page.version) == (False, "Saved now: active.", "3")
    assert fields["first"].hint == ""
    assert (state.trail_href, state.is_integration_user) == ("", False)


def test_problems_stand_beside_their_field_and_in_the_summary() -> None:
    problems = (PersonProblem(field="email", said="No."), PersonProblem(field="role", said="None."))
    entry = replace(entry_of(CARD), role="King")
    page = new_person_page(entry=entry, roles=ROLES, zone=UTC, verdict=Verdict(problems=problems))
    fields = {field.name: field for field in page.fields}
    assert [complaint.field for complaint in page.complaints] == ["email", "role"]
    assert (fields["email"].problem, fields["role"].options) == ("No.", ("King", *ROLES))
    assert page.active is None


def test_an_invitation_never_sends_a_password_back() -> None:
    page = invitation_page(COMPANY, USER, token="t", weakness="Too short.", differs=True)
    assert [complaint.field for complaint in page.complaints] == ["password", "repeated"]
    assert {field.value for field in page.fields} == {""}


def test_roles_are_told_in_words() -> None:
    own = Role(
        name="Biller",
        permissions=frozenset(),
        views=frozenset({"customer", "invoice"}),
        modifies=frozenset({"invoice"}),
    )
    assert permits(ADMINISTRATOR) == ("Everything",)
    assert permits(AUDITOR) == ("View audit trail", "View records")
    assert permits(own) == ("View and modify records of 1 type", "View records of 1 type")
    assert permits(replace(own, views=frozenset(), modifies=frozenset())) == ("Nothing yet",)
    found = RoleList(
        roles=[RoleCard(role=role, holders=1) for role in (ADMINISTRATOR, AUDITOR, own)], off=OPTIONAL_ROLES[:1]
    )
    page = role_list_page(found, may_change=True)
    assert [line.mark.text for line in page.lines] == ["Standard", "Optional", "Own"]
    assert (page.lines[0].holders, len(page.off)) == ("1 user", 1)


@pytest.mark.parametrize(
    ("role", "may", "changes"), [(AUDITOR, True, True), (AUDITOR, False, False), (ADMINISTRATOR, True, False)]
)
def test_standard_roles_and_other_peoples_are_only_shown(role: Role, may: bool, changes: bool) -> None:
    entry = RoleEntry(name=role.name, permissions=role.permissions)
    page = role_page(role, entry, may_change=may)
    assert page.may_change is changes
    assert bool(page.why_fixed) is not changes


def test_every_permission_but_the_administrators_own_can_be_given() -> None:
    page = role_page(None, RoleEntry(name="", permissions=frozenset()), may_change=True)
    assert {box.key for group in page.groups for box in group.boxes} == {one.name for one in Permission} - {
        "ADMINISTER"
    }
    assert not any(box.is_on for group in page.groups for box in group.boxes)


def test_a_fingerprint_tells_states_of_a_role_apart() -> None:
    states = (None, AUDITOR, replace(AUDITOR, views=frozenset({"a"})), replace(AUDITOR, modifies=frozenset({"a"})))
    assert len({fingerprint(state) for state in states}) == len(states)


def test_a_refusal_becomes_a_notice_with_its_way_out() -> None:
    notice = notice_of(Problem(code="SB-USER-001", facts={"name": "Emil", "act": "be deactivated"}))
    assert notice.title == "Emil is the integration user and cannot be deactivated"
    assert any("integration-user clear" in span.text for span in notice.remedy if span.is_code)
