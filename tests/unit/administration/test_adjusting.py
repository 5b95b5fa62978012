"""The connector's own settings: each has an effect, and they are saved as a version that keeps what somebody is editing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from suitebridge.administration.adjusting import save_settings, settings_in_force
from suitebridge.administration.configuring import (
    Act,
    ConfigurationDesk,
    draft_of,
    keep_draft,
    problems_of_configuration,
    save_configuration,
)
from suitebridge.catalog import CATALOG
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS
from suitebridge.domain.errors import RecordRefusedError, RunStoppedError
from suitebridge.domain.expressions import Field
from suitebridge.domain.groups import WorkflowGroup
from suitebridge.domain.overrides import UNTOUCHED, Configuration, GroupOverride, WorkflowOverride
from suitebridge.domain.people import EMPLOYEE, Permission
from suitebridge.domain.schedules import Schedule, read_timing
from suitebridge.domain.workflow import Row, SettingValue
from suitebridge.runs.laying import workflows_of
from tests.fakes.runs import Firm

CUSTOMERS = CATALOG["import_customers"]


class Office(Firm):
    """A firm whose connector's settings are changed."""

    def __init__(self) -> None:
        super().__init__()
        self.desk = ConfigurationDesk(store=self.store, shipped=CATALOG, clock=self.clock)
        self.act = Act(acting=self.user, stamp=self.stamp)

    def choose(self, **chosen: SettingValue) -> int:
        version = self.store.configurations.load().version
        return save_settings(self.desk, chosen, expected_version=version, act=self.act).version

    def refusal(self, **chosen: SettingValue) -> str:
        with pytest.raises(RecordRefusedError) as refused:
            self.choose(**chosen)
        return f"{refused.value.problem.code}: {refused.value.problem.cause}"

    def schedule(self) -> None:
        self.store.groups.save(WorkflowGroup(name="Nightly", workflows=(CUSTOMERS.name,)), stamp=self.stamp)
        timing = read_timing(["mon"], "06:00", "")
        plan = Schedule(name="Mornings", group="Nightly", timing=timing, zone="UTC")
        self.store.schedules.save(plan, stamp=self.stamp)


def strictness_decides_what_is_refused(office: Office) -> None:
    # An instant never fits a yes or no: strict says so before a run, relaxed lets the run say it record by record.
    odd = Row(target="active", source=Field(path="lastModifiedDate"))
    group = GroupOverride(name=CUSTOMERS.groups[0].name, changed=(odd,))
    edited = Configuration(overrides=(WorkflowOverride(workflow=CUSTOMERS.name, groups=(group,)),))
    assert [one.code for one in problems_of_configuration(office.desk, edited)] == ["SB-VAL-003"]
    relaxed = replace(edited, settings=(("strict_validation", False),))
    assert problems_of_configuration(office.desk, relaxed) == ()


def the_limit_bounds_what_is_active_of_ones_own(office: Office) -> None:
    own = tuple(replace(CUSTOMERS, name=f"own_{number}", title=f"Own {number}") for number in range(5))
    five = Configuration(custom=own)
    (problem,) = problems_of_configuration(office.desk, five)
    assert (problem.code, problem.cause[:13]) == ("SB-CFG-023", "5 are active,")
    assert problems_of_configuration(office.desk, replace(five, settings=(("own_workflows", "8"),))) == ()
    resting = (*own[:4], replace(own[4], is_active=False))
    assert problems_of_configuration(office.desk, Configuration(custom=resting)) == ()


def full_runs_can_be_withheld(office: Office) -> None:
    office.choose(full_synchronization=False)
    with pytest.raises(RunStoppedError, match="Full synchronization"):
        office.ask(CUSTOMERS.name, is_full=True)
    assert office.ask(CUSTOMERS.name).number


def what_runs_by_itself_keeps_the_settings_unless_they_say_otherwise(office: Office) -> None:
    office.schedule()
    assert office.refusal(full_synchronization=False).startswith("SB-CFG-022: These are on: the schedule Mornings.")
    assert office.choose(save_while_automated=True, full_synchronization=False) == 1
    assert office.choose(full_synchronization=True) == 2


def the_chosen_fields_mark_what_is_exchanged(office: Office) -> None:
    before = repr(workflows_of(office.store, CATALOG)[CUSTOMERS.name].guards)
    office.choose(marking_fields="SuiteBridge SuiteApp")
    after = repr(workflows_of(office.store, CATALOG)[CUSTOMERS.name].guards)
    assert ("custentity_sb_export" in before, "custentity_sb_export" in after) == (False, True)


EFFECTS: dict[str, Callable[[Office], None]] = {
    "strict_validation": strictness_decides_what_is_refused,
    "own_workflows": the_limit_bounds_what_is_active_of_ones_own,
    "full_synchronization": full_runs_can_be_withheld,
    "marking_fields": the_chosen_fields_mark_what_is_exchanged,
    "save_while_automated": what_runs_by_itself_keeps_the_settings_unless_they_say_otherwise,
}


@pytest.mark.parametrize("name", [one.name for one in CONNECTOR_SETTINGS])
def test_each_setting_has_an_effect(name: str) -> None:
    # A setting that a workflow names in a when or an unless has its effect there.
    if name in EFFECTS:
        EFFECTS[name](Office())
    else:
        said = repr([(one.guards, one.groups, one.pull_backs) for one in CATALOG.values()])
        named = {one.updates_when for one in CATALOG.values()} | {one.sends_linked_when for one in CATALOG.values()}
        assert f"when='{name}" in said or f"unless='{name}" in said or name in named


def test_a_save_is_a_version_and_a_draft_stays_on_top_of_it() -> None:
    office = Office()
    edited = replace(UNTOUCHED, overrides=(WorkflowOverride(workflow=CUSTOMERS.name, is_active=False),))
    keep_draft(office.desk, edited, based_on=0, acting=office.user)
    assert office.choose(own_workflows="8") == 1
    (entry,) = office.store.trail.newest(limit=1)
    assert [(one.field, one.before, one.after) for one in entry.changes] == [
        ("Connector · Workflows of your own that may be active at once", "4", "8")
    ]
    assert settings_in_force(office.store, acting=office.user).values["own_workflows"] == "8"
    draft = draft_of(office.desk, acting=office.user)
    assert (draft.based_on, draft.configuration.overrides) == (1, edited.overrides)
    saved = save_configuration(office.desk, draft.configuration, expected_version=draft.based_on, act=office.act)
    assert saved.configuration.settings == (("own_workflows", "8"),)
    assert office.choose(own_workflows="4") == 3
    assert office.store.configurations.load().configuration.settings == ()


def test_what_does_not_go_together_is_refused_whole() -> None:
    office = Office()
    said = office.refusal(own_workflows="5", strict_validation="on", nothing=True)
    assert said.startswith("SB-CFG-021: ")
    assert "is one of 4, 8, 16, 32" in said
    assert "“Enable strict mapping validation” is on or off." in said
    assert "There is no setting “nothing”" in said
    assert office.store.configurations.load().version == 0


def test_only_administrators_change_them_whichever_door() -> None:
    office = Office()
    clerk = replace(
        office.user, role=replace(EMPLOYEE, permissions=office.user.role.permissions - {Permission.ADMINISTER})
    )
    wanted = replace(UNTOUCHED, settings=(("own_workflows", "8"),))
    with pytest.raises(RunStoppedError, match="change the settings of the connector"):
        save_configuration(office.desk, wanted, expected_version=0, act=replace(office.act, acting=clerk))
