"""A dry run tells what a run would do, and does nothing of it (quality.md U25)."""

from dataclasses import replace

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Permission, Role
from suitebridge.ports.runs import RunState
from suitebridge.runs.retrying import RetryRequest, ask_for_retry
from suitebridge.runs.reviewing import RunReport
from suitebridge.runs.starting import may_rehearse, may_run
from tests.fakes.runs import Firm, enter_time, furnish, marked

SETUP = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
TIME = "export_time_entries"


def counts(report: RunReport) -> dict[str, dict[str, int]]:
    return {
        line.name: {kind.value: count for kind, count in line.tally.counts}
        for line in report.workflows
        if line.tally.considered
    }


def rehearse(firm: Firm, *workflows: str, is_full: bool = False) -> RunReport:
    firm.netsuite.pass_time(86_400)
    return firm.carry_out(firm.ask(*workflows, is_full=is_full, is_dry=True))


def test_a_dry_run_of_everything_counts_what_the_run_in_earnest_then_does() -> None:
    firm = Firm()
    furnish(firm)
    known = firm.add("customer", name="STRASSE & SÖHNE", active=True)
    before, entries = firm.record("customer", known), len(firm.store.state.trail)

    dry = rehearse(firm)

    assert dry.run.state is RunState.COMPLETED
    assert counts(dry)["import_projects"] == {"created": 1}, "the customer and the manager it refers to would be there"
    assert firm.record("customer", known) == before
    assert [firm.store.records.count(kind) for kind in ("customer", "project")] == [1, 0]
    assert not firm.store.state.bindings
    assert not firm.store.state.watermarks
    told = [entry.event for entry, _ in firm.store.state.trail[entries:]]
    assert told == ["run:asked", "run:ended"]
    assert counts(firm.run()) == counts(dry)


def test_differences_are_told_field_by_field() -> None:
    firm = Firm()
    world_id = firm.netsuite.add("customer", **marked(entityId="Acme", stage="Customer", phone="1"))
    firm.run("import_customers")
    firm.netsuite.change("customer", world_id, phone="2")

    dry = rehearse(firm, "import_customers")

    (recorded,) = firm.store.runs.outcomes(dry.run.id)
    assert recorded.outcome.kind is OutcomeKind.UPDATED
    assert [(one.field, one.before, one.after) for one in recorded.differences] == [("phone", "1", "2")]
    assert firm.record("customer", recorded.outcome.target_id)["phone"] == "1"
    assert counts(firm.run("import_customers")) == counts(dry)


def test_an_export_claims_and_sends_nothing() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*SETUP)
    enter_time(firm, 3)
    bindings, calls = dict(firm.store.state.bindings), len(firm.netsuite.calls)

    dry = rehearse(firm, TIME)

    assert counts(dry) == {TIME: {"created": 3}}
    assert firm.store.state.bindings == bindings
    assert not any(call == "upsert" for call, *_ in firm.netsuite.calls[calls:])
    (first, *_) = firm.store.runs.outcomes(dry.run.id)
    assert {"hours", "customer"} <= {change.field for change in first.differences}
    assert dry.workflows[0].tally.selected_sums == dry.workflows[0].tally.written_sums
    assert counts(firm.run(TIME)) == counts(dry)


def test_what_would_fail_stays_as_open_as_it_was() -> None:
    firm = Firm()
    furnish(firm)
    firm.netsuite.add("job", **marked(entityId="P2", companyName="Stray", parent="999"))

    dry = rehearse(firm, "import_projects")

    assert counts(dry)["import_projects"] == {"blocked": 2}
    assert not firm.store.runs.still_open(
        "import_projects", [one.source_id for group in dry.groups for one in group.samples]
    )
    with pytest.raises(RunStoppedError, match="SB-RUN-006"):
        ask_for_retry(
            firm.store,
            CATALOG,
            RetryRequest(run=dry.run),
            user=firm.user,
            door=firm.stamp.door,
            clock=firm.clock,
            chance=firm.chance,
        )


def test_whoever_may_only_rehearse_cannot_run_in_earnest() -> None:
    firm = Firm()
    rehearser = Role(name="Rehearser", permissions=frozenset({Permission.DRY_RUN}))
    user = replace(firm.user, role=rehearser)
    may_rehearse(user)
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        may_run(user)
    may_rehearse(replace(firm.user, role=Role(name="Runner", permissions=frozenset({Permission.RUN_INTEGRATION}))))
    with pytest.raises(RunStoppedError, match="SB-AUTH-001"):
        may_rehearse(replace(firm.user, role=Role(name="Nobody", permissions=frozenset())))
