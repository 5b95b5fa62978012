"""What a company has configured is what its runs do; a run keeps the configuration that it began with, and what rests is not run."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.administration.configuring import Act, ConfigurationDesk, save_configuration
from suitebridge.catalog import CATALOG
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.expressions import Constant, Field, Join
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.overrides import UNTOUCHED, Configuration, GroupOverride, WorkflowOverride, lay_over
from suitebridge.domain.workflow import Row
from suitebridge.ports.runs import RunState
from suitebridge.runs.laying import workflows_of
from suitebridge.runs.starting import RunRequest, chosen_workflows
from tests.fakes.deaths import ProcessDiedError
from tests.fakes.runs import Firm, marked

CUSTOMERS = CATALOG["import_customers"]
GROUP = CUSTOMERS.groups[0].name
SHOUTED = Join(parts=(Constant(value="ACME "), Field(path="companyName")))
INTERNAL = Compare(path="entityId", comparison=Comparison.NOT_EQUAL, value="Internal")


def edited(**edits: object) -> Configuration:
    group = GroupOverride(name=GROUP, **edits)  # type: ignore[arg-type]
    return Configuration(overrides=(WorkflowOverride(workflow=CUSTOMERS.name, groups=(group,)),))


def configure(firm: Firm, configuration: Configuration) -> int:
    desk = ConfigurationDesk(store=firm.store, shipped=CATALOG, clock=firm.clock)
    version = firm.store.configurations.load().version
    act = Act(acting=firm.user, stamp=firm.stamp)
    return save_configuration(desk, configuration, expected_version=version, act=act).version


def add_customers(firm: Firm, *names: str) -> None:
    for name in names:
        firm.netsuite.add("customer", **marked(entityId=name, companyName=name, stage="Customer"))


def companies(firm: Firm) -> dict[str, object]:
    found = firm.store.records.select("customer", None, after_id="", limit=99)
    return {str(firm.record("customer", one[0])["name"]): firm.record("customer", one[0])["company"] for one in found}


@pytest.mark.fault("F74")
def test_a_mapping_edited_during_a_run_is_that_of_the_next_run() -> None:
    firm = Firm()
    add_customers(firm, "a", "b", "c")
    run = firm.ask(CUSTOMERS.name)
    firm.die_at(6)
    with pytest.raises(ProcessDiedError):
        firm.carry_out(run)
    firm.die_at(0)
    configure(firm, edited(changed=(Row(target="company", source=SHOUTED),)))
    report = firm.go_on(run)
    assert (report.run.state, report.run.configured) == (RunState.COMPLETED, "as shipped")
    assert companies(firm) == {"a": "a", "b": "b", "c": "c"}
    later = firm.run(CUSTOMERS.name, is_full=True)
    assert later.run.configured == "version 1"
    assert companies(firm) == {"a": "ACME a", "b": "ACME b", "c": "ACME c"}


def test_a_filter_keeps_records_out() -> None:
    firm = Firm()
    add_customers(firm, "a", "Internal")
    configure(firm, edited(condition=INTERNAL))
    firm.run(CUSTOMERS.name)
    assert companies(firm) == {"a": "a"}


def test_a_workflow_of_the_companys_own_runs_like_a_shipped_one() -> None:
    firm = Firm()
    add_customers(firm, "a")
    group = replace(
        CUSTOMERS.groups[0], name="ours", rows=(*CUSTOMERS.groups[0].rows[:2], Row(target="company", source=SHOUTED))
    )
    own = replace(CUSTOMERS, name="import_regions", title="Regions", groups=(group,))
    rested = WorkflowOverride(workflow=CUSTOMERS.name, is_active=False)
    configure(firm, Configuration(overrides=(rested,), custom=(own,)))
    report = firm.run("import_regions")
    assert (report.total.of(OutcomeKind.CREATED), companies(firm)) == (1, {"a": "ACME a"})
    configure(firm, UNTOUCHED)
    assert [line.title for line in firm.report(report.run).workflows] == ["Regions"]


def test_what_rests_is_not_run() -> None:
    firm = Firm()
    overrides = tuple(WorkflowOverride(workflow=name, is_active=False) for name in CATALOG if name != "import_services")
    configure(firm, Configuration(overrides=overrides))
    assert firm.ask().workflows == ("import_services",)
    firm.store.groups.save(WorkflowGroup(name="Both", workflows=(CUSTOMERS.name, "import_services")), stamp=firm.stamp)
    firm.store.groups.save(WorkflowGroup(name="Resting", workflows=(CUSTOMERS.name,)), stamp=firm.stamp)
    known = workflows_of(firm.store, CATALOG)
    assert chosen_workflows(firm.store, known, RunRequest(group="Both")) == ("import_services",)
    for request in (RunRequest(group="Resting"), RunRequest(workflows=(CUSTOMERS.name,))):
        with pytest.raises(RunStoppedError, match="SB-RUN-008"):
            chosen_workflows(firm.store, known, request)


def test_a_version_that_is_not_there_gives_what_was_shipped() -> None:
    firm = Firm()
    configure(firm, edited(inactive=("phone",)))
    assert workflows_of(firm.store, CATALOG, version=9)[CUSTOMERS.name] == lay_over(CUSTOMERS)
    assert workflows_of(firm.store, CATALOG)[CUSTOMERS.name] != lay_over(CUSTOMERS)
