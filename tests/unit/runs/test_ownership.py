"""In whose name runs act: the owner by rule, the owner's rights at each write, and people whom a run may not change."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import Effect, RunStoppedError
from suitebridge.domain.expressions import Constant, Expression, Field, Translate
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.owning import Automatic
from suitebridge.domain.people import ADMINISTRATOR, INTEGRATION_OPERATOR, Door, Permission, Role, User
from suitebridge.domain.workflow import Row, Workflow
from suitebridge.ports.people import PersonChange
from suitebridge.ports.runs import RunState
from suitebridge.runs.reviewing import RunReport
from suitebridge.runs.starting import RunRequest, ask_for_run, owner_of
from tests.fakes.runs import Firm, enter_time, furnish, marked

RUNNER = Role(name="Runner", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.VIEW_RECORDS}))


@pytest.fixture
def firm() -> Firm:
    firm = Firm()
    firm.netsuite.add("customer", **marked(entityId="Acme", stage="Customer"))
    return firm


def add(firm: Firm, user_id: str, role: Role = ADMINISTRATOR) -> User:
    return firm.store.people.add(
        user_id=user_id, first="", last="", email="", role=role, password=None, stamp=firm.stamp
    )


def authors(firm: Firm) -> set[tuple[str, str]]:
    """Give author and door of what was last written to customers."""
    entries = firm.store.trail.newest(limit=100)
    return {(one.author_name, one.door) for one in entries if one.record_type == "customer"}


def test_the_integration_user_owns_a_run_and_is_its_author(firm: Firm) -> None:
    chosen = add(firm, "robot")
    firm.store.connections.set_integration_user(chosen.id, firm.stamp)
    report = firm.run("import_customers")
    assert (report.run.owner_name, report.run.started_by) == ("robot", "Ada Admin")
    assert authors(firm) == {("robot", Door.INTEGRATION.value)}
    firm.store.connections.set_integration_user("", firm.stamp)
    assert firm.run("import_customers").run.owner_name == "Ada Admin"


def test_a_schedule_is_owned_by_its_configurer_or_the_longest_standing_administrator(firm: Firm) -> None:
    other = add(firm, "bob")
    assert owner_of(firm.store, Automatic(configurer=other)) == other
    firm.store.people.change(other.id, PersonChange(is_active=False), version="", stamp=firm.stamp)
    gone = firm.store.people.by_record(other.id)
    assert owner_of(firm.store, Automatic(configurer=gone)) == firm.user


def test_a_run_whose_owner_may_not_write_does_not_start(firm: Firm) -> None:
    runner = add(firm, "ron", RUNNER)
    request = RunRequest(workflows=("import_customers",))
    with pytest.raises(RunStoppedError, match=r"SB-OWN-002: ron, .* customer"):
        ask_for_run(firm.store, CATALOG, request, user=runner, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance)
    firm.store.connections.set_integration_user(firm.user.id, firm.stamp)
    run = ask_for_run(
        firm.store, CATALOG, request, user=runner, door=Door.CONSOLE, clock=firm.clock, chance=firm.chance
    )
    assert (run.owner_name, run.started_by) == ("Ada Admin", "ron")


def test_an_owner_who_was_deactivated_stops_the_run(firm: Firm) -> None:
    add(firm, "bob")
    run = firm.ask("import_customers")
    firm.store.people.change(firm.user.id, PersonChange(is_active=False), version="", stamp=firm.stamp)
    report = firm.carry_out(run)
    assert report.run.state is RunState.FAILED
    assert report.problem is not None
    assert report.problem.code == "SB-OWN-002"
    assert firm.store.records.count("customer") == 0


def ends(firm: Firm, run: RunReport) -> dict[str, list[OutcomeKind]]:
    """Give how a run's records ended, by workflow."""
    found: dict[str, list[OutcomeKind]] = {}
    for one in firm.store.runs.outcomes(run.run.id, limit=100):
        found.setdefault(one.workflow, []).append(one.outcome.kind)
    return found


def test_what_an_owner_may_not_change_any_more_is_refused_and_waits(firm: Firm) -> None:
    """One type is taken from the role after the run was asked for: its records are refused, the others are written, and a later run takes them up."""
    furnish(firm)
    add(firm, "bob")
    run = firm.ask("import_customers", "import_projects")
    clerk = replace(RUNNER, name="Clerk", modifies=frozenset({"customer"}))
    give(firm, firm.user, clerk)
    refused = firm.carry_out(run)
    assert refused.run.state is RunState.COMPLETED_WITH_ERRORS
    assert ends(firm, refused)["import_projects"] == [OutcomeKind.REFUSED]
    assert set(ends(firm, refused)["import_customers"]) == {OutcomeKind.CREATED}
    (group,) = refused.groups
    assert (group.code, group.count) == ("SB-OWN-003", 1)
    assert "The role Clerk lacks the permission “View and modify records”" in group.cause
    assert firm.store.records.count("project") == 0
    give(firm, firm.user, replace(clerk, modifies=frozenset({"customer", "project"})))
    taken_up = firm.run("import_projects")
    assert ends(firm, taken_up)["import_projects"] == [OutcomeKind.CREATED]


def test_what_an_owner_may_not_see_any_more_is_refused_unread(firm: Firm) -> None:
    """Nothing is sent of a record that points to what the owner may not see; not even its own fields are read for a title."""
    furnish(firm)
    firm.run()
    add(firm, "bob")
    (entry,) = enter_time(firm, 1)
    run = firm.ask("export_time_entries")
    blind = Role(
        name="Blind",
        permissions=frozenset({Permission.RUN_INTEGRATION}),
        modifies=frozenset({"time_entry", "timesheet", "project", "service"}),
    )
    give(firm, firm.user, blind)
    report = firm.carry_out(run)
    (outcome,) = [one.outcome for one in firm.store.runs.outcomes(report.run.id, limit=9)]
    assert (outcome.kind, outcome.source_id) == (OutcomeKind.REFUSED, entry)
    assert outcome.problem is not None
    assert outcome.problem.title == f"{outcome.title} waits: Ada Admin, who owns the run, may not see employees"
    give(firm, firm.user, replace(blind, modifies=blind.modifies | {"employee"}))
    assert ends(firm, firm.run("export_time_entries"))["export_time_entries"] == [OutcomeKind.CREATED]


def give(firm: Firm, user: User, role: Role) -> None:
    """Save a role as it is, and give it to somebody."""
    firm.store.roles.save(role, was=firm.store.roles.get(role.name), reason="", stamp=firm.stamp)
    firm.store.people.change(user.id, PersonChange(role=role), version="", stamp=firm.stamp)


def leaving() -> dict[str, Workflow]:
    """Give the employee workflow as somebody might change it: whoever is read becomes inactive."""
    shipped = CATALOG["import_employees"]
    (group,) = shipped.groups
    rows = tuple(Row(target="active", source=Constant(value=False)) if r.target == "active" else r for r in group.rows)
    return {**CATALOG, shipped.name: replace(shipped, guards=(), groups=(replace(group, rows=rows),))}


def test_an_import_of_the_integration_user_leaves_out_what_is_refused(firm: Firm) -> None:
    firm.workflows = leaving()
    chosen, other = add(firm, "robot"), add(firm, "bob")
    firm.store.connections.set_integration_user(chosen.id, firm.stamp)
    for name in ("robot", "bob"):
        firm.netsuite.add("employee", **marked(entityId=name, firstName="New", email=f"{name}@x.example"))
    report = firm.run("import_employees")
    outcomes = {one.outcome.target_id: one.outcome for one in firm.store.runs.outcomes(report.run.id)}
    kept = outcomes[chosen.id]
    assert (kept.kind, kept.refused_fields, "email" in kept.changed_fields) == (OutcomeKind.UPDATED, ("active",), True)
    assert kept.problem is not None
    assert (kept.problem.code, kept.problem.effect) == ("SB-USER-001", Effect.WRITTEN)
    assert (firm.record("employee", chosen.id)["email"], firm.record("employee", chosen.id)["active"]) == (
        "robot@x.example",
        True,
    )
    assert firm.record("employee", other.id)["active"] is False
    assert [(group.kind, group.code, group.count) for group in report.groups] == [
        (OutcomeKind.UPDATED, "SB-USER-001", 1)
    ]
    again = firm.run("import_employees", is_full=True)
    unchanged = {one.outcome.target_id: one.outcome for one in firm.store.runs.outcomes(again.run.id)}[chosen.id]
    assert (unchanged.kind, unchanged.refused_fields) == (OutcomeKind.UNCHANGED, ("active",))
    assert firm.store.people.by_record(chosen.id) is not None
    assert report.total.adds_up
    assert again.total.adds_up


def giving(source: Expression) -> dict[str, Workflow]:
    """Give the employee workflow with one more row, as an administrator might map the role."""
    shipped = CATALOG["import_employees"]
    (group,) = shipped.groups
    rows = (*group.rows, Row(target="role", source=source))
    return {**CATALOG, shipped.name: replace(shipped, groups=(replace(group, rows=rows),))}


ROLE_OF_TITLE = Translate(
    of=Field(path="title"), pairs=(("Boss", "Administrator"), ("Desk", RUNNER.name), ("Odd", "King"))
)


def outcome_of(firm: Firm, report: RunReport, user_id: str) -> Outcome:
    user = firm.store.people.get(user_id)
    assert user is not None
    return next(one.outcome for one in firm.store.runs.outcomes(report.run.id) if one.outcome.target_id == user.id)


def role_of(firm: Firm, user_id: str) -> str:
    user = firm.store.people.get(user_id)
    assert user is not None
    return user.role.name


def test_a_mapped_row_gives_roles_with_every_guard(firm: Firm) -> None:
    firm.workflows = giving(ROLE_OF_TITLE)
    chosen = add(firm, "robot")
    add(firm, "ron", RUNNER)
    firm.store.connections.set_integration_user(chosen.id, firm.stamp)
    for name, title in (("robot", "Desk"), ("new", "Desk"), ("boss", "Boss"), ("ron", None), ("odd", "Odd")):
        firm.netsuite.add("employee", **marked(entityId=name, firstName="New", title=title))
    report = firm.run("import_employees")
    assert report.total.adds_up
    assert [role_of(firm, name) for name in ("robot", "new", "boss", "ron", "odd")] == [
        "Administrator", RUNNER.name, "Administrator", "Employee", "Employee",
    ]  # fmt: skip
    robot, odd = outcome_of(firm, report, "robot"), outcome_of(firm, report, "odd")
    assert (robot.kind, robot.refused_fields, "first" in robot.changed_fields) == (OutcomeKind.UPDATED, ("role",), True)
    assert robot.problem is not None
    assert robot.problem.code == "SB-USER-001"
    assert (odd.kind, odd.refused_fields, odd.changed_fields.count("role")) == (OutcomeKind.CREATED, ("role",), 0)
    assert odd.problem is not None
    assert (odd.problem.code, odd.problem.effect) == ("SB-ROLE-001", Effect.WRITTEN)
    assert "There is no role of this name" in odd.problem.cause
    assert {group.code for group in report.groups} == {"SB-USER-001", "SB-ROLE-001"}
    again = firm.run("import_employees", is_full=True)
    assert outcome_of(firm, again, "new").kind is OutcomeKind.UNCHANGED


def test_a_run_gives_no_role_that_its_owner_may_not_give(firm: Firm) -> None:
    firm.workflows = giving(Constant(value="Administrator"))
    firm.user = add(firm, "omar", INTEGRATION_OPERATOR)
    for name in ("omar", "new"):
        firm.netsuite.add("employee", **marked(entityId=name, firstName="New"))
    report = firm.run("import_employees")
    assert [role_of(firm, name) for name in ("omar", "new")] == [INTEGRATION_OPERATOR.name, "Employee"]
    for name in ("omar", "new"):
        outcome = outcome_of(firm, report, name)
        assert outcome.refused_fields == ("role",)
        assert outcome.problem is not None
        assert "lacks the permission “Administer the company”" in outcome.problem.cause
