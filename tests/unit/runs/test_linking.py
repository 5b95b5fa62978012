"""A company's work stays with its NetSuite account: another one has to be confirmed before anything moves (quality.md F25, F26)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.administration.connecting import confirm_account
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId
from suitebridge.domain.errors import RunStoppedError
from suitebridge.ports.runs import RunState
from tests.fakes.runs import Firm


def move(firm: Firm, account: str) -> None:
    """Save the credentials of another account."""
    credentials = firm.store.connections.credentials()
    assert credentials is not None
    firm.store.connections.save(draft_of(replace(credentials, account=AccountId(value=account))), firm.stamp)


def test_no_run_is_taken_until_somebody_confirms_the_other_account() -> None:
    firm = Firm()
    move(firm, "TSTDRV999")
    with pytest.raises(RunStoppedError, match="SB-CONN-002") as stopped:
        firm.ask("import_customers")
    assert "TSTDRV999" in stopped.value.problem.cause
    confirm_account(firm.store, user=firm.user, stamp=firm.stamp)
    assert firm.ask("import_customers").account_id == "TSTDRV999"


def test_going_back_to_the_first_account_needs_no_word() -> None:
    firm = Firm()
    first = firm.netsuite.account.value
    move(firm, "TSTDRV999")
    move(firm, first)
    assert firm.ask("import_customers").account_id == first


def test_a_run_never_goes_on_in_another_account() -> None:
    firm = Firm()
    move(firm, "TSTDRV999")
    confirm_account(firm.store, user=firm.user, stamp=firm.stamp)
    report = firm.carry_out(firm.ask("import_customers"))
    assert report.run.state is RunState.FAILED
    assert report.run.problem_code == "SB-CONN-002"
    assert firm.netsuite.calls == []
