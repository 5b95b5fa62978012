"""A company's work stays with its NetSuite account: another one has to be confirmed before anything moves (quality.md F25, F26)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.administration.connecting import confirm_account
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, TokenCredentials
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.relinks import Relink
from suitebridge.ports.runs import RunState
from suitebridge.ports.workspace import RecordQuery
from tests.fakes.runs import Firm, FusedNetSuite, marked


def move(firm: Firm, account: str) -> None:
    """Save the credentials of another account."""
    credentials = firm.store.connections.credentials()
    assert isinstance(credentials, TokenCredentials)
    firm.store.connections.save(draft_of(replace(credentials, account=AccountId(value=account))), firm.stamp)


@pytest.mark.fault("F25")
def test_no_run_is_taken_until_somebody_confirms_the_other_account() -> None:
    firm = Firm()
    move(firm, "TSTDRV999")
    with pytest.raises(RunStoppedError, match="SB-CONN-002") as stopped:
        firm.ask("import_customers")
    assert "TSTDRV999" in stopped.value.problem.cause
    confirm_account(firm.store, Relink.OTHER, user=firm.user, stamp=firm.stamp)
    assert firm.ask("import_customers").account_id == "TSTDRV999"


def test_going_back_to_the_first_account_needs_no_word() -> None:
    firm = Firm()
    first = firm.netsuite.account.value
    move(firm, "TSTDRV999")
    move(firm, first)
    assert firm.ask("import_customers").account_id == first


@pytest.mark.fault("F26")
def test_a_run_never_goes_on_in_another_account() -> None:
    firm = Firm()
    move(firm, "TSTDRV999")
    confirm_account(firm.store, Relink.OTHER, user=firm.user, stamp=firm.stamp)
    report = firm.carry_out(firm.ask("import_customers"))
    assert report.run.state is RunState.FAILED
    assert report.run.problem_code == "SB-CONN-002"
    assert firm.netsuite.calls == []


def people(firm: Firm) -> dict[str, tuple[str, str]]:
    """Give first name and NetSuite ID of every employee that came from NetSuite, by user id."""
    records = firm.store.records.query(RecordQuery(record_type="employee"))
    return {
        str(one.fields["nickname"]): (str(one.fields["first"]), str(one.fields["netsuite_id"] or ""))
        for one in records
        if one.id != firm.user.id
    }


@pytest.fixture
def moved() -> Firm:
    """Give a firm that imported one person, and then saved the credentials of an account in which that id is somebody else."""
    firm = Firm()
    firm.netsuite.add("employee", **marked(entityId="Ann Lee", firstName="Ann"))
    firm.run("import_employees")
    first, second = firm.netsuite, FusedNetSuite(account=AccountId(value="TSTDRV999"))
    second.add("employee", **marked(entityId="Bob Ray", firstName="Bob"))
    assert [one.id for one in second.stored("employee")] == [one.id for one in first.stored("employee")]
    move(firm, "TSTDRV999")
    firm.netsuite = second
    return firm


def test_another_account_overwrites_nobody(moved: Firm) -> None:
    (own,) = (one.id for one in moved.netsuite.stored("employee"))
    confirm_account(moved.store, Relink.OTHER, user=moved.user, stamp=moved.stamp)
    report = moved.run("import_employees")
    assert report.total.of(OutcomeKind.CREATED) == 1
    assert people(moved) == {"Ann Lee": ("Ann", ""), "Bob Ray": ("Bob", own)}
    moved.netsuite.add("employee", **marked(entityId="ANN LEE", firstName="Anna"))
    assert moved.run("import_employees").total.of(OutcomeKind.UPDATED) == 1
    assert people(moved)["ANN LEE"][0] == "Anna"


def test_in_a_copy_the_ids_go_on_counting(moved: Firm) -> None:
    (own,) = (one.id for one in moved.netsuite.stored("employee"))
    confirm_account(moved.store, Relink.COPY, user=moved.user, stamp=moved.stamp)
    report = moved.run("import_employees")
    assert report.total.of(OutcomeKind.UPDATED) == 1
    assert people(moved) == {"Bob Ray": ("Bob", own)}
