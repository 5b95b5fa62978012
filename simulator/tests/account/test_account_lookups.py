"""What a transaction remembers of its questions: they are asked once, and nothing that changed is answered as it was."""

from __future__ import annotations

from datetime import date

import pytest
from simulator.tests.firms import Firm, done, hours, refused, stored

from netsuite_simulator import lookups
from netsuite_simulator.account import Account, Rejection, Written


def _list(firm: Firm, first: int, count: int) -> list[Written | Rejection]:
    return firm.account.upsert_many(
        "timeBill", [(f"t-{first + number}", hours(firm), (), True) for number in range(count)]
    )


def test_a_list_asks_once_for_what_its_records_share(firm: Firm) -> None:
    said: list[str] = []
    firm.account.connection.set_trace_callback(said.append)
    assert [done(one).created for one in _list(firm, 1, 20)] == [True] * 20
    firm.account.connection.set_trace_callback(None)
    assert sum("FROM employee WHERE" in one or 'FROM "employee" WHERE' in one for one in said) == 2
    assert sum("FROM job WHERE" in one for one in said) == 1


def test_what_changes_in_between_is_asked_anew(firm: Firm) -> None:
    account = firm.account
    with account.transaction():
        done(_list(firm, 1, 1)[0])
        account.bump("employee", firm.employee, isInactive=True)
        assert refused(_list(firm, 2, 1)[0]).field == "employee"
        account.bump("employee", firm.employee, isInactive=False)
        done(_list(firm, 2, 1)[0])
        account.remove("serviceSaleItem", firm.item)
        assert refused(_list(firm, 3, 1)[0]).field == "item"


def test_a_record_may_refer_to_one_that_came_before_it_in_the_list(firm: Firm) -> None:
    upserts = [
        ("d-1", {"name": "Above"}, (), True),
        ("d-2", {"name": "Below", "parent": "1"}, (), True),
        ("d-3", {"name": "Apart", "parent": "4"}, (), True),  # there is none yet
        ("d-4", {"name": "Late"}, (), True),
        ("d-5", {"name": "Last", "parent": "4"}, (), True),
    ]
    outcomes = firm.account.upsert_many("department", upserts)
    assert [isinstance(one, Rejection) for one in outcomes] == [False, False, True, False, True]
    assert stored(firm.account, done(outcomes[1])).values["fullName"] == "Above : Below"


def test_what_a_rule_does_to_other_rows_is_seen(firm: Firm) -> None:
    account = firm.account
    with account.transaction():
        before = done(account.create("timeBill", hours(firm, tranDate=date(2026, 5, 18))))
        sheet = done(account.create("timeSheet", {"employee": firm.employee, "startDate": date(2026, 5, 17)}))
        after = done(account.create("timeBill", hours(firm, tranDate=date(2026, 5, 18))))
    assert stored(account, before).values["timeSheet"] == stored(account, after).values["timeSheet"] == sheet.id


def _left_alone(firm: Firm) -> None:
    firm.account.bump("employee", firm.employee, isInactive=True)
    refused(_list(firm, 2, 1)[0])
    firm.account.bump("employee", "999", isInactive=True)


def test_what_is_undone_is_asked_anew(firm: Firm) -> None:
    account = firm.account
    with account.transaction():
        account.connection.execute("SAVEPOINT here")
        account.bump("employee", firm.employee, isInactive=True)
        refused(_list(firm, 1, 1)[0])
        account.storage.back_to("here")
        done(_list(firm, 1, 1)[0])
    with pytest.raises(ValueError, match="no employee 999"), account.transaction():
        _left_alone(firm)
    done(_list(firm, 2, 1)[0])


def test_a_view_is_asked_each_time(account: Account) -> None:
    with account.transaction():
        for count in range(3):
            assert account.storage.lookups.row("SELECT COUNT(*) FROM entity", ()) == (count,)
            account.add("customer", companyName=f"Customer {count}")


def test_only_so_much_is_remembered(account: Account, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookups, "MOST", 3)
    rows = account.storage.lookups
    with account.transaction():
        for _ in range(2):
            for number in range(8):
                assert rows.row("SELECT ? FROM currency LIMIT 0", (number,)) is None
                assert rows.row(f"SELECT {number} AS id", ()) == (number,)
