"""Full runs since a day: what they read, and that the watermark never passes what they left out (I3)."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from suitebridge.domain.errors import RunStoppedError
from tests.fakes.runs import Firm, enter_time, furnish, marked

DAY = date(2026, 2, 10)
FLOW = "import_customers"


def customer(firm: Firm, name: str, at: datetime) -> None:
    """Let a customer be changed in NetSuite at a moment."""
    firm.netsuite.moment = at
    firm.netsuite.add("customer", **marked(entityId=name, stage="Customer"))


def firm_with_two() -> Firm:
    """One customer that changed in the last second before the day, one in its first."""
    firm = Firm()
    begins = datetime(2026, 2, 10, tzinfo=UTC)
    customer(firm, "Old", begins - timedelta(seconds=1))
    customer(firm, "New", begins)
    firm.netsuite.moment = begins + timedelta(days=2)
    return firm


def names(firm: Firm, run_id: str) -> set[str]:
    return {one.outcome.title.split(" ")[1] for one in firm.store.runs.outcomes(run_id)}


def test_an_import_reads_what_changed_since_the_day_and_leaves_the_watermark_where_nothing_was_before() -> None:
    firm = firm_with_two()
    run = firm.carry_out(firm.ask(FLOW, since=DAY)).run
    assert (run.is_full, run.since, run.manner) == (True, DAY, ", in full since 2026-02-10")
    assert names(firm, run.id) == {"New"}
    assert firm.store.runs.watermark(FLOW) == ""
    # The usual run after it brings what was left out.
    assert "Old" in names(firm, firm.run(FLOW).run.id)


@pytest.mark.parametrize(("since", "follows"), [(date(2026, 2, 10), True), (date(2026, 2, 13), False)])
def test_the_watermark_follows_only_where_nothing_was_left_out(since: date, *, follows: bool) -> None:
    firm = firm_with_two()
    firm.carry_out(firm.ask(FLOW))
    before = firm.store.runs.watermark(FLOW)
    customer(firm, "Between", datetime(2026, 2, 12, 12, tzinfo=UTC))
    firm.netsuite.moment = datetime(2026, 2, 14, tzinfo=UTC)

    run = firm.carry_out(firm.ask(FLOW, since=since)).run

    assert ("Between" in names(firm, run.id)) is follows
    after = firm.store.runs.watermark(FLOW)
    assert after == ("2026-02-14 00:00:00" if follows else before)
    if not follows:
        assert names(firm, firm.run(FLOW).run.id) == {"Between"}


def test_the_watermark_never_moves_backward() -> None:
    firm = firm_with_two()
    firm.carry_out(firm.ask(FLOW))
    before = firm.store.runs.watermark(FLOW)
    firm.netsuite.moment -= timedelta(hours=1)
    firm.carry_out(firm.ask(FLOW, since=DAY))
    assert firm.store.runs.watermark(FLOW) == before


def test_a_type_without_change_dates_is_read_as_a_whole() -> None:
    firm = Firm()
    furnish(firm)
    firm.carry_out(firm.ask("import_expense_items", since=DAY))
    assert firm.store.runs.watermark("import_expense_items") != ""


@pytest.mark.parametrize(("since", "count"), [(date(2026, 3, 2), 2), (date(2026, 3, 3), 1)])
def test_an_export_considers_what_bears_the_day_or_a_later_one(since: date, count: int) -> None:
    firm = Firm()
    furnish(firm)
    firm.run()
    firm.clock.pass_by(timedelta(days=7))
    (entry,) = enter_time(firm, 1)
    later = {**firm.record("time_entry", entry), "date": date(2026, 3, 3), "hours": Decimal(1)}
    firm.add("time_entry", **later)
    report = firm.carry_out(firm.ask("export_time_entries", since=since))
    assert report.total.considered == count
    # What was left out waits for the next run.
    assert firm.run("export_time_entries").total.considered == 2 - count


@pytest.mark.parametrize("since", [date(2026, 3, 3), date(1, 1, 1)])
def test_a_day_that_has_not_come_or_is_before_all_records_is_refused(since: date) -> None:
    with pytest.raises(RunStoppedError, match="SB-RUN-001") as stopped:
        Firm().ask(FLOW, since=since)
    assert str(since) in stopped.value.problem.cause
