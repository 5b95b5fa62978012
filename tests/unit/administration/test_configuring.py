"""Saving a configuration: as a whole, told in words, refused with what protects it, approved by somebody else where duties are kept apart."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from suitebridge.administration.configuring import (
    Act,
    ConfigurationDesk,
    discard_draft,
    draft_changes,
    draft_of,
    judge_version,
    keep_draft,
    list_versions,
    restore_version,
    save_configuration,
)
from suitebridge.administration.protecting import pause_schedule
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import AllOf, AnyOf, Blank, Compare, Comparison, Not, OneOf
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.expressions import (
    Constant,
    Counterpart,
    Field,
    FirstOf,
    Join,
    Lookup,
    Macro,
    MacroName,
    Shorten,
    Translate,
    When,
)
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.overrides import UNTOUCHED, Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.people import ADMINISTRATOR, EMPLOYEE, Stamp, User
from suitebridge.domain.schedules import Schedule, read_timing
from suitebridge.domain.workflow import PullBack, Row, SyncRule
from suitebridge.ports.configurations import Approval
from tests.fakes.runs import Firm

CUSTOMERS = CATALOG["import_customers"]
GROUP = CUSTOMERS.groups[0]


class NoCrons:
    """Reads no cron text: the schedules here have days and times."""

    def read(self, text: str) -> Callable[..., object]:
        raise ValueError(text)


def edited(*rows: Row, inactive: tuple[str, ...] = (), **more: object) -> Configuration:
    group = GroupOverride(name=GROUP.name, changed=rows, inactive=inactive, **more)  # type: ignore[arg-type]
    return Configuration(overrides=(WorkflowOverride(workflow=CUSTOMERS.name, groups=(group,)),))


PHONE = edited(Row(target="phone", source=Field(path="email")))


class Office(Firm):
    """A firm with what configuring needs."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ConfigurationDesk(store=self.store, shipped=CATALOG, clock=self.clock)
        self.act = Act(acting=self.user, stamp=self.stamp)

    def save(self, configuration: Configuration, based_on: int = 0, act: Act | None = None) -> int:
        return save_configuration(self.desk, configuration, expected_version=based_on, act=act or self.act).version

    def another(self, name: str) -> User:
        return self.store.people.add(
            user_id=name.casefold(), first=name, last="", email="", role=ADMINISTRATOR, password=None, stamp=None
        )

    def act_of(self, user: User, note: str = "") -> Act:
        return Act(acting=user, stamp=Stamp(author_id=user.id, author_name=user.name, door=self.stamp.door), note=note)


def test_a_save_is_one_entry_that_says_what_changed() -> None:
    office = Office()
    version = office.save(PHONE, act=replace(office.act, note="We are reached by mail"))
    (entry,) = office.store.trail.newest(limit=1)
    assert (entry.event, entry.record_title) == ("configuration:saved", f"version {version}")
    assert [(one.field, one.before, one.after) for one in entry.changes] == [
        ("reason", None, "We are reached by mail"),
        ("Customers (Customers) · import_customers · Customer · phone", "phone", "email"),
    ]
    assert office.save(PHONE, based_on=version) == version
    assert len(list_versions(office.desk, acting=office.user, limit=9)) == 1


def test_the_changes_are_told_in_words() -> None:
    office = Office()
    internal = AllOf(
        conditions=(
            AnyOf(conditions=(Blank(path="a"), Compare(path="b", comparison=Comparison.LESS, value=3))),
            Not(condition=OneOf(path="c", values=("x", None))),
        )
    )
    rows = (
        Row(
            target="name", source=Join(parts=(Field(path="entityId"), Constant(value=" - "), Field(path="companyName")))
        ),
        Row(
            target="company",
            source=Shorten(of=FirstOf(options=(Field(path="a"), Macro(name=MacroName.TODAY, days=-1))), length=9),
        ),
        Row(
            target="email", source=When(condition=Blank(path="a"), then=Constant(value=True), otherwise=Field(path="b"))
        ),
        Row(
            target="phone",
            source=Translate(of=Field(path="x"), pairs=(("1", "one"),), otherwise=""),
            is_initial_only=True,
            sync=SyncRule.IF_EMPTY,
        ),
        Row(target="currency", source=Lookup(of=Field(path="x"), record_type="currency", by="symbol")),
    )
    own = Row(target="owner__c", source=Counterpart(of=Field(path="x"), record_type="employee"), is_active=False)
    after = replace(
        edited(*rows, inactive=("email", "active"), added=(own,), condition=internal, advanced="# nothing"),
        settings=(("strict_validation", False),),
        custom=(replace(CUSTOMERS, name="import_regions", title="Regions"),),
    )
    edits = replace(
        after.overrides[0], is_active=False, pull_backs=(PullBack(source="a", target="b"),), settings=(("odd", "x"),)
    )
    gone = WorkflowOverride(workflow="gone")
    found = {
        one.field: (one.before, one.after)
        for one in draft_changes(office.desk, UNTOUCHED, replace(after, overrides=(edits, gone)))
    }
    title = "Customers (Customers) · import_customers"
    assert found.pop(f"{title} · Customer · name") == ("entityId", "entityId + “ - ” + companyName")
    assert found.pop(f"{title} · Customer · company") == (
        "companyName",
        "the first filled in of a, today of the run, 1 days earlier, at most 9 characters",
    )
    assert found.pop(f"{title} · Customer · email") == (
        "email",
        "if a is not filled in: yes; otherwise b, switched off",
    )
    assert found.pop(f"{title} · Customer · phone")[1] == (
        "x through a value map of 1 (“1” → “one”, else “”), initial only, only if empty"
    )
    assert found.pop(f"{title} · Customer · currency")[1] == "the currency whose symbol is x"
    follows = "if isInactive is yes: no; otherwise yes"
    assert found.pop(f"{title} · Customer · active") == (follows, f"{follows}, switched off")
    assert (
        found.pop(f"{title} · Customer · owner__c · own row")[1]
        == "1. the counterpart of the employee in x, switched off"
    )
    assert (
        found.pop(f"{title} · Customer · filter")[1]
        == "(a is not filled in or b is less than “3”) and not (c is one of “x”, “”)"
    )
    assert found.pop(f"{title} · Customer · advanced")[1] == "# nothing"
    assert found.pop(f"{title} · active") == ("on", "off")
    assert found.pop(f"{title} · pull-back · b")[1] == "a"
    assert found.pop(f"{title} · odd")[1] == "x"
    assert found.pop("Connector · Enable strict mapping validation") == ("on", "off")
    assert found.pop("Regions · import_regions · workflow of your own")[1] == "customer to customer"
    assert "gone · edits without a workflow" in found
    assert draft_changes(office.desk, PHONE, UNTOUCHED)[0].after == "phone"


def test_what_is_wrong_is_said_all_at_once_and_what_was_wrong_before_keeps_nobody_from_saving() -> None:
    office = Office()
    wrong = edited(Row(target="netsuite_id", source=Field(path="x")), inactive=("name", "gone"))
    with pytest.raises(RecordRefusedError) as refused:
        office.save(wrong)
    assert refused.value.problem.code == "SB-CFG-008"
    assert refused.value.problem.cause.count("stays as it is") == 2
    assert "gone" in refused.value.problem.cause
    assert office.store.configurations.load().version == 0
    lost = edited(inactive=("phone",))
    office.save(lost)
    shorter = replace(GROUP, rows=tuple(row for row in GROUP.rows if row.target != "phone"))
    office.desk = replace(office.desk, shipped={**CATALOG, CUSTOMERS.name: replace(CUSTOMERS, groups=(shorter,))})
    assert office.save(replace(lost, settings=(("strict_validation", False),)), based_on=1) == 2


def test_what_runs_by_itself_is_protected_and_the_way_out_is_one_act() -> None:
    office = Office()
    office.store.groups.save(WorkflowGroup(name="Night", workflows=(CUSTOMERS.name,)), stamp=office.stamp)
    timing = read_timing(["mon"], "06:00", "")
    office.store.schedules.save(Schedule(name="Daily", group="Night", timing=timing, zone="UTC"), stamp=office.stamp)
    office.store.real_time.save_exports(frozenset({"invoice"}), office.stamp, version=0)
    rested = WorkflowOverride(workflow="export_invoices", is_active=False)
    for configuration, said in (
        (PHONE, "protected by the schedule Daily"),
        (Configuration(overrides=(rested,)), "protected by the export of each saved invoice"),
    ):
        with pytest.raises(RecordRefusedError, match="SB-CFG-009") as refused:
            office.save(configuration)
        assert said in refused.value.problem.cause
    paused = pause_schedule(office.store, "daily", crons=NoCrons(), acting=office.user, stamp=office.stamp)  # type: ignore[arg-type]
    assert not paused.is_enabled
    assert pause_schedule(office.store, "daily", crons=NoCrons(), acting=office.user, stamp=office.stamp) == paused  # type: ignore[arg-type]
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        pause_schedule(office.store, "other", crons=NoCrons(), acting=office.user, stamp=office.stamp)  # type: ignore[arg-type]
    assert office.save(PHONE) == 1


def test_where_duties_are_kept_apart_somebody_else_approves() -> None:
    office = Office()
    office.store.roles.set_duties_apart(is_on=True, stamp=office.stamp)
    version = office.save(PHONE)
    assert office.store.configurations.load().version == 0
    with pytest.raises(RecordRefusedError, match="SB-CFG-011") as alone:
        judge_version(office.desk, version, is_approved=True, act=office.act)
    assert "say why" in alone.value.problem.cause
    grace = office.another("Grace")
    with pytest.raises(RecordRefusedError, match="SB-CFG-011") as own:
        judge_version(office.desk, version, is_approved=True, act=office.act_of(office.user, "in a hurry"))
    assert "Grace can approve it" in own.value.problem.cause
    approved = judge_version(office.desk, version, is_approved=True, act=office.act_of(grace))
    assert (approved.approval, approved.judge) == (Approval.APPROVED, "Grace")
    again = office.save(UNTOUCHED, based_on=version)
    assert judge_version(office.desk, again, is_approved=False, act=office.act).approval is Approval.REFUSED
    assert office.store.configurations.load().version == version


def test_an_author_whom_nobody_else_could_approve_gives_a_reason() -> None:
    office = Office()
    office.store.roles.set_duties_apart(is_on=True, stamp=office.stamp)
    version = office.save(PHONE)
    judge_version(office.desk, version, is_approved=True, act=office.act_of(office.user, "I am alone"))
    (entry,) = office.store.trail.newest(limit=1)
    assert (entry.event, entry.changes[0].after) == ("configuration:approved", "I am alone")


def test_an_earlier_version_is_restored_as_a_new_one() -> None:
    office = Office()
    office.save(PHONE)
    office.save(UNTOUCHED, based_on=1)
    restored = restore_version(office.desk, 1, expected_version=2, act=office.act)
    assert (restored.version, restored.configuration) == (3, PHONE)
    assert restore_version(office.desk, 0, expected_version=3, act=office.act).configuration == UNTOUCHED
    with pytest.raises(LookupError):
        restore_version(office.desk, 9, expected_version=4, act=office.act)


def test_a_draft_stays_until_it_is_saved_or_discarded() -> None:
    office = Office()
    assert draft_of(office.desk, acting=office.user).configuration == UNTOUCHED
    keep_draft(office.desk, PHONE, based_on=0, acting=office.user)
    assert draft_of(office.desk, acting=office.user).configuration == PHONE
    discard_draft(office.desk, acting=office.user)
    keep_draft(office.desk, PHONE, based_on=0, acting=office.user)
    office.save(PHONE)
    assert (
        office.store.configurations.load_draft(office.user.id),
        draft_of(office.desk, acting=office.user).based_on,
    ) == (
        None,
        1,
    )


def test_a_company_that_files_manage_refuses_edits_by_hand() -> None:
    office = Office()
    version = office.save(PHONE, act=replace(office.act, is_managed=True))
    for edit in (
        lambda: office.save(UNTOUCHED, version),
        lambda: keep_draft(office.desk, PHONE, based_on=1, acting=office.user),
    ):
        with pytest.raises(RecordRefusedError, match="SB-CFG-010"):
            edit()
    office.save(PHONE, version, replace(office.act, is_managed=False))
    assert office.save(UNTOUCHED, 2) == 3


def test_who_may_not_edit_settings_changes_nothing() -> None:
    office = Office()
    clerk = replace(office.another("Clerk"), role=EMPLOYEE)
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        office.save(PHONE, act=office.act_of(clerk))
