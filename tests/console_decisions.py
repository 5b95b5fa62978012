"""Two invoices of the small firm that wait for somebody: one edited on both sides, one whose NetSuite record was deleted."""

from __future__ import annotations

from datetime import timedelta

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import Binding, BindingState
from suitebridge.domain.errors import Problem
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.ports.runs import NewRun, Run, RunState
from suitebridge.ports.transactions import Settled
from tests.console_world import World

INVOICES = "export_invoices"


def let_wait(world: World) -> tuple[Run, str, str]:
    """Add a run that left both open; give it with the ids of the edited and of the deleted one."""
    store, now = world.store, world.clock.now()
    edited = world.ids["invoice"]
    deleted = str(int(edited) + 1)
    last = store.runs.get("last")
    assert last is not None
    run = store.runs.add(
        NewRun(
            id="waiting",
            account_id=last.account_id,
            workflows=(INVOICES,),
            owner_id=last.owner_id,
            owner_name=last.owner_name,
            started_by="Omar Haddad",
            is_full=False,
            asked_at=now,
            mapping_versions={},
        )
    )
    clash = Problem(
        code="SB-CONF-004", facts={"record": "Invoice INV-26-0000", "fields": "Memo, PO Number", "netsuite_id": "61000"}
    )
    lost = Problem(code="SB-GONE-001", facts={"record": "Invoice INV-26-0001", "netsuite_id": "61001", "proposal": ""})
    ends = [(edited, "INV-26-0000", clash), (deleted, "INV-26-0001", lost)]
    settled = [
        Settled(
            source_version="1",
            outcome=Outcome(kind=OutcomeKind.CONFLICTED, source_id=id_, title=title, problem=problem),
            differences=(
                Change(field="memo", before="Theirs", after="Ours"),
                Change(field="otherRefNum", before="PO-7", after=None),
            )
            if problem is clash
            else (),
        )
        for id_, title, problem in ends
    ]
    store.runs.enter(run.id, RunState.RUNNING, at=now)
    store.runs.begin_workflow(run.id, INVOICES, since="")
    gone = Binding(
        workspace_type="invoice",
        workspace_id=deleted,
        netsuite_type="invoice",
        netsuite_id="61001",
        state=BindingState.GONE,
        workflow=INVOICES,
    )
    with store.transactions.begin() as unit:
        unit.settle(run.id, INVOICES, settled)
        unit.save_agreements([Agreement(workflow=INVOICES, workspace_id=edited, clash="c1")])
        unit.save_bindings([gone])
        unit.save_checkpoint(run.id, INVOICES, after_id="", is_finished=True)
    store.runs.enter(run.id, RunState.COMPLETED_WITH_ERRORS, at=now + timedelta(seconds=1))
    return run, edited, deleted
