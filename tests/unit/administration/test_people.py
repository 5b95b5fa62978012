"""Managing people: who may do what to whom, mistakes told together, invitations, roles, the integration user."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from suitebridge.administration import designating, granting, inviting, staffing
from suitebridge.administration.granting import RoleEntry
from suitebridge.administration.proving import Claim
from suitebridge.administration.staffing import PersonEntry
from suitebridge.domain.credentials import Secret
from suitebridge.domain.duties import clashes
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.people import (
    ADMINISTRATOR,
    AUDITOR,
    EMPLOYEE,
    INTEGRATION_DESIGNER,
    INTEGRATION_OPERATOR,
    OPTIONAL_ROLES,
    STANDARD_ROLES,
    USER_ADMINISTRATOR,
    VIEWER,
    Door,
    Permission,
    Role,
    Stamp,
    User,
)
from suitebridge.domain.schedules import Schedule, read_timing
from suitebridge.ports.people import PersonQuery
from tests.fakes.clock import CountingChance, SteppingClock
from tests.fakes.store import MemoryCompanies

PASSWORD = Secret("wide amber lantern")
TYPES = ("customer", "invoice")
BOB = PersonEntry(user_id="bob", first="Bob", last="", email="bob@x.example", role="Employee")
STAMP = Stamp(author_id="1", author_name="Ada", door=Door.CONSOLE)


class Office:
    """A company with an administrator, a user administrator, and somebody of each other kind."""

    def __init__(self) -> None:
        self.clock, self.chance = SteppingClock(), CountingChance()
        self.companies = MemoryCompanies(self.clock)
        self.companies.add(company_id="acme", name="Acme", token="acme0001", zone="UTC")
        self.store = self.companies.store("acme")
        self.ada = self.add("ada", ADMINISTRATOR)
        self.zoe = self.add("zoe", ADMINISTRATOR)
        self.uma = self.add("uma", USER_ADMINISTRATOR)
        self.eve = self.add("eve", EMPLOYEE)

    def add(self, user_id: str, role: Role) -> User:
        return self.store.people.add(
            user_id=user_id, first="", last="", email="", role=role, password=PASSWORD, stamp=None
        )

    def invite(self, user: User, acting: User) -> inviting.Invitation:
        return inviting.invite(self.store, user.id, acting=acting, stamp=STAMP, clock=self.clock, chance=self.chance)


@pytest.fixture
def office() -> Office:
    return Office()


ACTS: dict[str, Callable[[Office, User], object]] = {
    "list people": lambda o, u: staffing.list_people(o.store, PersonQuery(at=o.clock.now()), acting=u),
    "show a user": lambda o, u: staffing.show_person(o.store, o.eve.id, acting=u),
    "add a user": lambda o, u: staffing.add_person(o.store, BOB, acting=u, stamp=STAMP),
    "change a user": lambda o, u: staffing.change_person(
        o.store, o.eve.id, replace(BOB, role="Viewer"), version="", acting=u, stamp=STAMP
    ),
    "give a role": lambda o, u: staffing.give_role(
        o.store, o.eve.id, staffing.Grant(role="viewer"), acting=u, stamp=STAMP
    ),
    "deactivate": lambda o, u: staffing.set_activity(o.store, o.eve.id, is_active=False, acting=u, stamp=STAMP),
    "invite": lambda o, u: o.invite(o.eve, u),
    "end access": lambda o, u: inviting.end_access(o.store, o.eve.id, acting=u, stamp=STAMP),
    "list roles": lambda o, u: granting.list_roles(o.store, acting=u),
}
ADMINISTRATORS_ONLY: dict[str, Callable[[Office, User], object]] = {
    "make an administrator": lambda o, u: staffing.give_role(
        o.store, o.eve.id, staffing.Grant(role="Administrator"), acting=u, stamp=STAMP
    ),
    "add an administrator": lambda o, u: staffing.add_person(
        o.store, replace(BOB, role="Administrator"), acting=u, stamp=STAMP
    ),
    "demote an administrator": lambda o, u: staffing.give_role(
        o.store, o.zoe.id, staffing.Grant(role="Employee"), acting=u, stamp=STAMP
    ),
    "deactivate an administrator": lambda o, u: staffing.set_activity(
        o.store, o.zoe.id, is_active=False, acting=u, stamp=STAMP
    ),
    "reset an administrator": lambda o, u: inviting.reset_access(
        o.store, o.zoe.id, acting=u, stamp=STAMP, clock=o.clock, chance=o.chance
    ),
    "sign an administrator out": lambda o, u: inviting.end_access(o.store, o.zoe.id, acting=u, stamp=STAMP),
    "turn a role on": lambda o, u: granting.turn_on_role(o.store, "Auditor", acting=u, stamp=STAMP),
    "save a role": lambda o, u: granting.save_role(
        o.store,
        RoleEntry(name="Clerk", permissions=frozenset()),
        was=None,
        record_types=TYPES,
        acting=u,
        stamp=STAMP,
    ),
    "see who can be chosen": lambda o, u: designating.candidates(o.store, acting=u),
    "choose": lambda o, u: designating.choose_integration_user(o.store, o.zoe.id, acting=u, stamp=STAMP),
    "clear": lambda o, u: designating.clear_integration_user(o.store, acting=u, stamp=STAMP),
}
OTHERS = (EMPLOYEE, VIEWER, INTEGRATION_OPERATOR, INTEGRATION_DESIGNER, AUDITOR)


@pytest.mark.parametrize("act", [*ACTS, *ADMINISTRATORS_ONLY])
def test_an_administrator_may(office: Office, act: str) -> None:
    office.store.state.roles["Viewer"] = VIEWER
    assert {**ACTS, **ADMINISTRATORS_ONLY}[act](office, office.ada) is not False


@pytest.mark.parametrize("act", ACTS)
def test_a_user_administrator_may_manage_others(office: Office, act: str) -> None:
    office.store.state.roles["Viewer"] = VIEWER
    assert ACTS[act](office, office.uma) is not False


@pytest.mark.parametrize("act", ADMINISTRATORS_ONLY)
def test_a_user_administrator_may_not_touch_administrators(office: Office, act: str) -> None:
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        ADMINISTRATORS_ONLY[act](office, office.uma)


@pytest.mark.parametrize("role", OTHERS, ids=lambda role: str(role.name))
@pytest.mark.parametrize("act", [*ACTS, *ADMINISTRATORS_ONLY])
def test_others_may_not(office: Office, act: str, role: Role) -> None:
    other = office.add("other", role)
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        {**ACTS, **ADMINISTRATORS_ONLY}[act](office, other)


def test_nobody_makes_themselves_mightier(office: Office) -> None:
    office.store.state.roles["Viewer"] = VIEWER
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        staffing.give_role(office.store, office.uma.id, staffing.Grant(role="Viewer"), acting=office.uma, stamp=STAMP)


def test_an_inactive_administrator_may_nothing(office: Office) -> None:
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        staffing.list_people(
            office.store, PersonQuery(at=office.clock.now()), acting=replace(office.ada, is_active=False)
        )


def test_mistakes_are_told_together_and_change_nothing(office: Office) -> None:
    wrong = PersonEntry(user_id=" ", first="", last="", email="a b@c", role="King")
    problems = staffing.add_person(office.store, wrong, acting=office.ada, stamp=STAMP)
    assert isinstance(problems, tuple)
    assert [problem.field for problem in problems] == ["user_id", "email", "role"]
    taken = staffing.change_person(
        office.store, office.eve.id, replace(BOB, user_id="ADA"), version="", acting=office.ada, stamp=STAMP
    )
    assert [problem.field for problem in taken] == ["user_id"]
    long = staffing.add_person(office.store, replace(BOB, user_id="b" * 101), acting=office.ada, stamp=STAMP)
    assert isinstance(long, tuple)
    assert office.store.people.get("bob") is None
    with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
        staffing.give_role(office.store, office.eve.id, staffing.Grant(role="King"), acting=office.ada, stamp=STAMP)
    with pytest.raises(LookupError):
        staffing.show_person(office.store, "99", acting=office.ada)


def test_refusals_name_the_person_and_the_way_out(office: Office) -> None:
    designating.choose_integration_user(office.store, office.zoe.id, acting=office.ada, stamp=STAMP)
    assert designating.integration_user(office.store) == office.zoe
    with pytest.raises(RecordRefusedError) as caught:
        staffing.set_activity(office.store, office.zoe.id, is_active=False, acting=office.ada, stamp=STAMP)
    assert caught.value.problem.title == "zoe is the integration user and cannot be deactivated"
    assert "Credentials" in caught.value.problem.remedy
    for user in (office.eve, office.uma):
        with pytest.raises(RecordRefusedError, match="SB-USER-003"):
            designating.choose_integration_user(office.store, user.id, acting=office.ada, stamp=STAMP)
    with pytest.raises(RecordRefusedError, match="SB-USER-003"):
        designating.choose_integration_user(office.store, "99", acting=office.ada, stamp=STAMP)
    designating.clear_integration_user(office.store, acting=office.ada, stamp=STAMP)
    assert designating.integration_user(office.store) is None
    staffing.set_activity(office.store, office.zoe.id, is_active=False, acting=office.ada, stamp=STAMP)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        staffing.give_role(office.store, office.ada.id, staffing.Grant(role="Employee"), acting=office.ada, stamp=STAMP)


def test_an_invitation_is_accepted_once(office: Office) -> None:
    invitation = office.invite(office.eve, office.ada)
    assert invitation.token.reveal() not in repr(invitation)
    now = office.clock.now()
    assert inviting.invited_user(office.store, invitation.token, now=now) == office.eve
    with pytest.raises(ValueError, match="too short"):
        inviting.accept_invitation(office.store, invitation.token, Secret("short"), door=Door.CONSOLE, now=now)
    inviting.accept_invitation(office.store, invitation.token, Secret("brand new words"), door=Door.CONSOLE, now=now)
    entry = office.store.trail.newest(limit=1)[0]
    assert (entry.event, entry.author_id, entry.door) == ("user:joined", office.eve.id, "console")
    with pytest.raises(RunStoppedError, match="SB-USER-005"):
        inviting.accept_invitation(office.store, invitation.token, PASSWORD, door=Door.CONSOLE, now=now)
    later = office.invite(office.eve, office.ada)
    with pytest.raises(RunStoppedError, match="SB-USER-005"):
        inviting.invited_user(office.store, later.token, now=later.expires_at)


def test_an_inactive_or_unknown_user_is_not_invited(office: Office) -> None:
    staffing.set_activity(office.store, office.eve.id, is_active=False, acting=office.ada, stamp=STAMP)
    with pytest.raises(RunStoppedError, match="SB-USER-005"):
        office.invite(office.eve, office.ada)
    with pytest.raises(LookupError):
        office.invite(replace(office.eve, id="99"), office.ada)


def test_a_reset_ends_the_password_at_once(office: Office) -> None:
    inviting.reset_access(
        office.store, office.eve.id, acting=office.uma, stamp=STAMP, clock=office.clock, chance=office.chance
    )
    assert office.store.people.check_password("eve", PASSWORD) is None


def test_people_change_their_own_password(office: Office) -> None:
    new = Secret("another good password")
    change = inviting.PasswordChange(old=PASSWORD, new=new)
    claim = Claim(company="acme", user="eve", address="", door=STAMP.door)

    def ask(wanted: inviting.PasswordChange) -> None:
        inviting.change_password(office.companies, office.store, wanted, claim=claim, stamp=STAMP, clock=office.clock)

    ask(change)
    assert office.store.people.check_password("eve", new) == office.eve
    for wrong, said in (
        (change, "present password"),
        (inviting.PasswordChange(old=new, new=new), "Choose another"),
        (inviting.PasswordChange(old=new, new=Secret("short")), "too short"),
    ):
        with pytest.raises(ValueError, match=said):
            ask(wrong)
    inviting.end_access(office.store, office.eve.id, acting=office.eve, stamp=STAMP)
    assert inviting.advise(Secret("short words")) == inviting.ADVICE
    assert inviting.advise(new) == ""


def save(office: Office, entry: RoleEntry, was: Role | None = None) -> Role:
    return granting.save_role(office.store, entry, was=was, record_types=TYPES, acting=office.ada, stamp=STAMP)


@pytest.mark.parametrize(
    "entry",
    [
        RoleEntry(name=" ", permissions=frozenset()),
        RoleEntry(name="x" * 61, permissions=frozenset()),
        RoleEntry(name="employee", permissions=frozenset({Permission.RUN_INTEGRATION})),
        RoleEntry(name="Boss", permissions=frozenset({Permission.ADMINISTER})),
        RoleEntry(name="Clerk", permissions=frozenset(), views=frozenset({"spaceship"})),
    ],
)
def test_a_role_that_cannot_be_is_refused(office: Office, entry: RoleEntry) -> None:
    before = [card.role for card in office.store.roles.all()]
    with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
        save(office, entry)
    assert [card.role for card in office.store.roles.all()] == before


def test_roles_live_from_on_to_off(office: Office) -> None:
    off = [role.name for role in granting.list_roles(office.store, acting=office.ada).off]
    assert off == [role.name for role in OPTIONAL_ROLES if role is not USER_ADMINISTRATOR]
    granting.turn_on_role(office.store, " auditor ", acting=office.ada, stamp=STAMP)
    for name in ("Auditor", "Clerk"):
        with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
            granting.turn_on_role(office.store, name, acting=office.ada, stamp=STAMP)
    granting.remove_role(office.store, "Auditor", acting=office.ada, stamp=STAMP)
    for name in ("Employee", "administrator", USER_ADMINISTRATOR.name, "Clerk"):
        with pytest.raises(RecordRefusedError, match="SB-ROLE-001"):
            granting.remove_role(office.store, name, acting=office.ada, stamp=STAMP)
    both = frozenset({Permission.RUN_INTEGRATION, Permission.EDIT_INTEGRATION_SETTINGS})
    saved = save(office, RoleEntry(name="Both", permissions=both, reason="We are two."))
    with pytest.raises(RecordRefusedError, match="The role Other cannot be saved"):
        save(office, RoleEntry(name="Other", permissions=frozenset()), was=saved)


BOTH = RoleEntry(
    name="Both", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.EDIT_INTEGRATION_SETTINGS}), reason=" "
)


def test_duties_in_one_hand_are_refused_only_where_the_company_keeps_them_apart(office: Office) -> None:
    both = save(office, BOTH)
    granting.settle_duties(office.store, is_on=True, acting=office.ada, stamp=STAMP)
    assert granting.list_roles(office.store, acting=office.ada).keeps_duties_apart
    with pytest.raises(RecordRefusedError, match="SB-DUTY-001"):
        save(office, replace(BOTH, name="Third"))
    assert save(office, replace(BOTH, name="Third", reason="We are two.")).name == "Third"
    reasoned = staffing.Grant(role="Both", reason="We are two.")
    for grant, acting in ((staffing.Grant(role="Both"), office.ada), (staffing.Grant(role="Both"), office.uma)):
        with pytest.raises(RecordRefusedError, match="SB-DUTY-001"):
            staffing.give_role(office.store, office.eve.id, grant, acting=acting, stamp=STAMP)
    with pytest.raises(RecordRefusedError, match="SB-DUTY-001"):
        staffing.add_person(office.store, replace(BOB, role="Both"), acting=office.ada, stamp=STAMP)
    card = staffing.give_role(office.store, office.eve.id, reasoned, acting=office.ada, stamp=STAMP)
    assert (card.user.role, card.duties_reason) == (both, "We are two.")
    bob = staffing.add_person(office.store, replace(BOB, role="Both", reason="A week."), acting=office.ada, stamp=STAMP)
    assert isinstance(bob, User)
    assert bob.role == both
    told = [entry.event for entry in office.store.trail.newest(limit=99)]
    assert told.count("duties:overridden") == 2
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        granting.settle_duties(office.store, is_on=False, acting=office.uma, stamp=STAMP)


def test_only_an_administrator_overrules_with_a_reason(office: Office) -> None:
    runner = Role(name="Both", permissions=BOTH.permissions)
    office.store.state.roles["Both"] = runner
    granting.settle_duties(office.store, is_on=True, acting=office.ada, stamp=STAMP)
    reasoned = staffing.Grant(role="Both", reason="I say so.")
    with pytest.raises(RecordRefusedError, match="SB-DUTY-001"):
        staffing.give_role(office.store, office.eve.id, reasoned, acting=office.uma, stamp=STAMP)


def test_nobody_brings_to_life_what_they_may_not_give(office: Office) -> None:
    past, later = office.clock.now() - timedelta(days=1), office.clock.now() + timedelta(days=9)
    ended = staffing.Grant(role="Administrator", ends_at=past)
    staffing.give_role(office.store, office.eve.id, ended, acting=office.ada, stamp=STAMP)
    eve = staffing.show_person(office.store, office.eve.id, acting=office.ada).user
    assert (eve.has_ended, eve.is_administrator) == (True, False)
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        staffing.give_role(
            office.store, eve.id, staffing.Grant(role="Employee", ends_at=later), acting=office.uma, stamp=STAMP
        )
    timed = staffing.Grant(role="Administrator", ends_at=later)
    staffing.give_role(office.store, office.zoe.id, timed, acting=office.ada, stamp=STAMP)
    with pytest.raises(RecordRefusedError, match="SB-USER-002"):
        staffing.give_role(office.store, office.ada.id, timed, acting=office.ada, stamp=STAMP)
    with pytest.raises(RecordRefusedError, match="SB-USER-007"):
        staffing.require_future("Eve", past, now=later)


def test_what_somebody_owns_is_told(office: Office) -> None:
    card = staffing.show_person(office.store, office.eve.id, acting=office.ada)
    now = office.clock.now()
    assert staffing.belongings(office.store, card, now=now).told == ()
    for label in ("laptop", "build machine"):
        office.store.tokens.issue(office.eve, label=label, token=Secret(label), expires_at=now + timedelta(days=1))
    office.invite(office.eve, office.ada)
    card = staffing.show_person(office.store, office.eve.id, acting=office.ada)
    assert staffing.belongings(office.store, card, now=now).told == ("2 API tokens", "an open invitation")
    designating.choose_integration_user(office.store, office.ada.id, acting=office.ada, stamp=STAMP)
    own = staffing.show_person(office.store, office.ada.id, acting=office.ada)
    assert "integration user" in staffing.belongings(office.store, own, now=now).told[0]
    office.store.groups.save(WorkflowGroup(name="Nightly", workflows=("import_customers",)), stamp=STAMP)
    schedule = Schedule(name="Mornings", group="Nightly", timing=read_timing(["mon"], "06:00", ""), zone="UTC")
    office.store.schedules.save(schedule, stamp=replace(STAMP, author_id=office.eve.id))
    owned = staffing.belongings(office.store, card, now=now)
    assert owned.told == ("the schedule Mornings", "2 API tokens", "an open invitation")
    assert owned.ending == owned.told[1:]


@pytest.mark.parametrize("role", [*OPTIONAL_ROLES, EMPLOYEE], ids=lambda role: str(role.name))
def test_shipped_roles_keep_duties_apart(role: Role) -> None:
    assert clashes(role.permissions) == ()
    assert not role.allows(Permission.ADMINISTER)
    assert clashes(ADMINISTRATOR.permissions)
    assert role not in STANDARD_ROLES or role is EMPLOYEE
