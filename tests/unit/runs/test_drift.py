"""A custom field that is removed, renamed or retyped is found before a run reads anything, and holds back its own mapping only (F39)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.administration.synchronizing import synchronize
from suitebridge.domain.drift import AccountField, Drift, DriftKind, custom_fields, drifted
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.expressions import Field
from suitebridge.domain.field_snapshots import snapshots, types_used, users_of
from suitebridge.domain.workflow import Row
from suitebridge.ports.netsuite_account import Discovered
from suitebridge.ports.runs import RunState
from suitebridge.runs.discovering import survey
from tests.fakes.runs import Firm, furnish
from tests.fakes.standard import STANDARD as CATALOG

FLAG = "custentity_oa_export_to_openair"
IMPORTS = ("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")


def described(name: str, type_: str = "boolean", label: str = "Export to SuiteProjects Pro") -> AccountField:
    return AccountField(name=name, label=label, type=type_, is_custom=True, is_read_only=False)


def test_what_is_there_as_expected_has_not_drifted() -> None:
    assert drifted("customer", (FLAG,), [described(FLAG.upper())]) == ()
    assert custom_fields(CATALOG["import_customers"]) == ("customer", (FLAG,))
    assert custom_fields(CATALOG["export_time_entries"]) == ("timeBill", ())  # “customer” is no custom field


@pytest.mark.fault("F39")
@pytest.mark.parametrize(
    ("there", "kind", "now"),
    [
        ([], DriftKind.REMOVED, ""),
        ([described("custentity_flag")], DriftKind.RENAMED, "custentity_flag"),
        ([described("custentity_flag"), described("custentity_two")], DriftKind.REMOVED, ""),
        ([described(FLAG, "string")], DriftKind.RETYPED, "string"),
        ([described(FLAG, "string:date")], DriftKind.RETYPED, "string:date"),
    ],
)
def test_removed_renamed_and_retyped_are_told_apart(there: list[AccountField], kind: DriftKind, now: str) -> None:
    assert drifted("customer", (FLAG,), there) == (Drift(record_type="customer", field=FLAG, kind=kind, now=now),)


def test_columns_of_lines_are_looked_for_on_their_list() -> None:
    workflow = CATALOG["export_invoices"]
    header, lines, *_ = workflow.groups
    rows = (*lines.rows, Row(target="custcol_phase", source=Field(path="description")))
    changed = replace(workflow, groups=(header, replace(lines, rows=rows)))
    assert custom_fields(changed) == ("invoice", ("item.custcol_phase",))
    assert drifted("invoice", ("item.custcol_phase",), [described("custcol_phase", "string")])
    assert drifted("invoice", ("item.custcol_phase",), [described("item.custcol_phase", "string")]) == ()


def test_a_run_sets_the_touched_workflow_aside_and_nulls_nothing() -> None:
    firm = Firm()
    furnish(firm)
    firm.run(*IMPORTS)
    (customer,) = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"]
    before, watermark = firm.record("customer", customer), firm.store.runs.watermark("import_customers")
    firm.netsuite.drifted["customer"] = {FLAG: None}
    firm.netsuite.add("item", itemId="Analysis", itemType="Service", subtype="Sale", isInactive=False)

    report = firm.run(*IMPORTS)

    assert report.run.state is RunState.FAILED
    assert report.problem is not None
    assert report.problem.code == "NS-FLD-002"
    assert FLAG in report.problem.cause
    phases = {line.name: line.phase for line in report.workflows}
    assert phases.pop("import_customers") == "running"
    assert set(phases.values()) == {"finished"}
    assert firm.record("customer", customer) == before
    assert firm.store.runs.watermark("import_customers") == watermark
    assert firm.store.records.find("service", "name", ["Analysis"])

    firm.netsuite.drifted.clear()
    assert firm.run(*IMPORTS).run.state is RunState.COMPLETED


def test_a_survey_works_in_part_and_stops_when_nobody_listens() -> None:
    firm = Firm()
    firm.netsuite.drifted["customer"] = {FLAG: None}
    seeing = firm.netsuite.discover

    def partly_blind(record_type: str, *, max_age_seconds: float = 0.0) -> Discovered:
        if record_type == "employee":
            facts = {"what": "Employees", "said": "no", "permission": "Employees"}
            raise RunStoppedError(Problem(code="NS-PERM-001", facts=facts))
        return seeing(record_type, max_age_seconds=max_age_seconds)

    firm.netsuite.discover = partly_blind  # type: ignore[method-assign]
    found = {one.record_type: one for one in survey(firm.netsuite, CATALOG, types_used(CATALOG), is_fresh=False)}
    assert found["employee"].problem is not None
    assert [(name, drift.kind) for name, drift in found["customer"].drifts] == [("import_customers", DriftKind.REMOVED)]
    assert found["job"].drifts == ()
    assert found["job"].read_at is not None
    wanted = types_used(CATALOG)
    surveyed = survey(firm.netsuite, CATALOG, wanted, is_fresh=False)
    account = firm.netsuite.account.value
    synchronized = list(synchronize(firm.store, surveyed, account=account, user=firm.user, stamp=firm.stamp))
    assert {one.record_type: one.drifts for one in synchronized} == {name: found[name].drifts for name in wanted}
    kept = {
        one.record_type: one
        for one in snapshots(firm.store.custom_fields.load(), CATALOG, account=firm.netsuite.account.value)
    }
    assert kept["employee"].kept.at is None
    assert kept["customer"].drifts == found["customer"].drifts
    marks = {FLAG, "custentity_sb_export"}
    assert {one.name for one in kept["job"].kept.fields} == {*marks, "custentity_oa_project_stage"}
    others = snapshots(firm.store.custom_fields.load(), CATALOG, account="ANOTHER")
    assert {one.kept.at for one in others} == {None}
    assert users_of("job", FLAG.upper(), CATALOG) == ("import_projects",)
    asked = len(firm.netsuite.calls)
    next(survey(firm.netsuite, CATALOG, types_used(CATALOG), is_fresh=True))
    assert len(firm.netsuite.calls) <= asked + 1


def test_where_netsuite_cannot_be_reached_one_type_is_asked_for_and_all_are_told() -> None:
    firm = Firm()
    asked: list[str] = []

    def unreachable(record_type: str, *, max_age_seconds: float = 0.0) -> Discovered:
        asked.append(record_type)
        raise RunStoppedError(Problem(code="NS-NET-001", facts={"host": "netsuite", "said": "no route"}))

    firm.netsuite.discover = unreachable  # type: ignore[method-assign]
    wanted = types_used(CATALOG)
    found = list(survey(firm.netsuite, CATALOG, wanted, is_fresh=True))
    assert [one.record_type for one in found] == list(wanted)
    assert {one.problem.code for one in found if one.problem is not None} == {"NS-NET-001"}
    assert len(asked) == 1
