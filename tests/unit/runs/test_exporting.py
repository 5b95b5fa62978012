"""What exports do with good, bad, lost and foreign records; and that nothing is ever written twice."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.connector_settings import CONNECTOR_SETTINGS, EXPORT_LINKED
from suitebridge.domain.errors import Effect, Problem, RetryLaterError
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Amount, OutcomeKind
from suitebridge.domain.overrides import Configuration, WorkflowOverride, configured
from suitebridge.domain.values import Value
from suitebridge.ports.netsuite import OutgoingRecord, Rejected, WriteAnswer
from suitebridge.ports.runs import RunState
from suitebridge.ports.transactions import RecordChange
from suitebridge.runs import exporting
from suitebridge.runs.reviewing import RunReport
from tests.fakes.runs import Firm, enter_time, furnish

TIME = "export_time_entries"


def firm_with_time(count: int) -> tuple[Firm, list[str]]:
    firm = Firm()
    furnish(firm)
    firm.run("import_employees", "import_customers", "import_projects", "import_services", "import_expense_items")
    return firm, enter_time(firm, count)


def counts(report: RunReport) -> dict[str, int]:
    (line,) = report.workflows
    assert line.tally.adds_up
    return {kind.value: count for kind, count in line.tally.counts}


def test_approved_time_is_written_once_and_stamped() -> None:
    firm, entries = firm_with_time(3)

    report = firm.run(TIME)

    assert report.run.state is RunState.COMPLETED
    assert counts(report) == {"created": 3}
    assert report.workflows[0].tally.written_sums == (Amount(unit="hours", value=Decimal("22.50")),)
    stored = firm.netsuite.stored("timeBill")
    assert [one.external_id for one in stored] == [f"sb_acme0001_time_entry_{entry}" for entry in entries]
    first = firm.record("time_entry", entries[0])
    assert first["netsuite_id"] == stored[0].id
    assert first["exported"] is not None
    assert stored[0].fields["hours"] == Decimal("7.5")


@pytest.mark.fault("F44")
def test_a_second_run_sends_nothing() -> None:
    firm, _ = firm_with_time(3)
    firm.run(TIME)
    asked = len(firm.netsuite.calls)

    report = firm.run(TIME)

    assert counts(report) == {}
    # Only whether all is still there.
    assert {call for call, _, _ in firm.netsuite.calls[asked:]} == {"ask_now", "deleted", "fetch"}


def test_what_is_not_approved_stays_where_it_is() -> None:
    firm, _ = firm_with_time(1)
    open_sheet = firm.add("timesheet", employee="1", starts=date(2026, 3, 9), status="S")
    firm.add("time_entry", timesheet=open_sheet, employee="1", date=date(2026, 3, 9), hours=Decimal(1))

    assert counts(firm.run(TIME)) == {"created": 1}


def test_an_id_that_somebody_typed_keeps_a_record_here_unless_the_settings_say_otherwise() -> None:
    firm, (entry, _) = firm_with_time(2)
    typed = RecordChange(
        type="time_entry", id=entry, version="", changes=(Change(field="netsuite_id", before=None, after="77"),)
    )
    with firm.store.begin() as unit:
        unit.change_records([typed], firm.stamp)

    assert counts(firm.run(TIME)) == {"created": 1}

    allowed = Configuration(settings=((EXPORT_LINKED.name, True),))
    firm.workflows = dict(configured(CATALOG, allowed, CONNECTOR_SETTINGS))
    assert counts(firm.run(TIME)) == {"created": 1}
    assert firm.record("time_entry", entry)["netsuite_id"] == firm.netsuite.stored("timeBill")[-1].id != "77"
    assert counts(firm.run(TIME)) == {}


def test_an_employee_unknown_to_netsuite_blocks_only_its_own_records() -> None:
    firm, _ = firm_with_time(2)
    stranger = firm.add("employee", nickname="Nobody")
    sheet = firm.add("timesheet", employee=stranger, starts=date(2026, 3, 2), status="A")
    firm.add("time_entry", timesheet=sheet, employee=stranger, date=date(2026, 3, 2), hours=Decimal(1))

    report = firm.run(TIME)

    assert counts(report) == {"created": 2, "blocked": 1}
    (group,) = report.groups
    assert group.code == "SB-BLK-001"
    assert "employee" in group.cause
    assert group.remedy


@pytest.mark.fault("F34")
def test_a_record_that_netsuite_refuses_fails_alone_and_is_tried_again() -> None:
    firm, entries = firm_with_time(3)
    key = f"sb_acme0001_time_entry_{entries[1]}"
    firm.netsuite.refuse(key, Problem(code="NS-DATA-001", facts={"said": "The period is closed."}))

    first = firm.run(TIME)
    firm.netsuite._refused.clear()
    second = firm.run(TIME)

    assert counts(first) == {"created": 2, "failed": 1}
    assert "Ann Lee 2026-03-02" in first.groups[0].samples[0].title
    assert counts(second) == {"created": 1}
    assert len(firm.netsuite.stored("timeBill")) == 3


def test_lost_answers_are_looked_up_not_sent_again() -> None:
    firm, _ = firm_with_time(3)
    firm.netsuite.lose_answers()

    report = firm.run(TIME)

    assert counts(report) == {"created": 3}
    assert all(one.outcome.is_recovered for one in firm.store.runs.outcomes(report.run.id))
    assert len(firm.netsuite.stored("timeBill")) == 3
    assert [call for call, *_ in firm.netsuite.calls].count("upsert") == 1


@pytest.mark.fault("F36")
def test_a_foreign_record_under_our_external_id_is_never_overwritten() -> None:
    firm, entries = firm_with_time(2)
    foreign = firm.netsuite.add("timeBill", f"SB_ACME0001_TIME_ENTRY_{entries[0]}", memo="somebody else's")

    report = firm.run(TIME)

    assert counts(report) == {"created": 1, "conflicted": 1}
    kept = next(one for one in firm.netsuite.stored("timeBill") if one.id == foreign)
    assert kept.fields == {"memo": "somebody else's"}


def test_records_that_never_left_are_taken_up_by_the_next_run() -> None:
    firm, _ = firm_with_time(3)
    busy = RetryLaterError(Problem(code="NS-THR-001", facts={"said": "limit"}))
    firm.netsuite.pass_time(1)
    run = firm.ask(TIME)
    firm.netsuite.find_by_external_ids = lambda *_: {}  # type: ignore[method-assign]  # the question gets through, the write does not
    firm.netsuite.turn_away(busy)

    stopped = firm.carry_out(run)
    second = firm.run(TIME)

    assert stopped.run.state is RunState.FAILED
    assert counts(stopped) == {"cancelled": 3}
    assert counts(second) == {"created": 3}


def test_a_run_writes_nothing_down_for_another_account(monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody saves another account while a batch is on its way: its answers belong to the old one."""
    firm, entries = firm_with_time(2)
    write = firm.netsuite.upsert

    def write_and_move(record_type: str, records: Sequence[OutgoingRecord], **_heeded: object) -> Sequence[WriteAnswer]:
        answers = write(record_type, records)
        firm.connect("TSTDRV2")
        return answers

    monkeypatch.setattr(firm.netsuite, "upsert", write_and_move)
    stopped = firm.run(TIME)
    monkeypatch.undo()
    firm.connect(firm.netsuite.account.value)

    second = firm.run(TIME)

    assert stopped.run.state is RunState.FAILED
    assert stopped.run.problem_code == "SB-CONN-002"
    assert firm.record("time_entry", entries[0])["netsuite_id"] is not None
    assert counts(second) == {"created": 2}
    assert all(one.outcome.is_recovered for one in firm.store.runs.outcomes(second.run.id))
    assert len(firm.netsuite.stored("timeBill")) == 2


def test_a_record_deleted_after_the_list_was_frozen_is_skipped() -> None:
    firm, entries = firm_with_time(1)
    run = firm.ask(TIME)
    firm.store.runs.begin_workflow(run.id, TIME, since="")
    firm.store.runs.freeze(run.id, TIME, [(entries[0], "1"), ("999", "1")])

    assert counts(firm.carry_out(run)) == {"created": 1, "skipped": 1}


def invoice(firm: Firm, *, total: Decimal, second_service: bool = True) -> str:
    customer = firm.store.records.find("customer", "name", ["Straße & Söhne"])["Straße & Söhne"][0]
    service = firm.store.records.find("service", "name", ["Consulting"])["Consulting"][0]
    number = firm.add(
        "invoice", number="I-1", customer=customer, date=date(2026, 3, 31), currency="EUR", status="A", total=total
    )
    firm.add(
        "charge", invoice=number, type="T", service=service, quantity=Decimal(2), rate=Decimal(50), total=Decimal(100)
    )
    firm.add("charge", invoice=number, type="E", service=service if second_service else None, total=Decimal("20.10"))
    return number


def test_an_invoice_carries_its_lines_and_its_sum() -> None:
    firm, _ = firm_with_time(0)
    invoice(firm, total=Decimal("120.10"))

    report = firm.run("export_invoices")

    (stored,) = firm.netsuite.stored("invoice")
    lines = stored.fields["itemList"]
    assert isinstance(lines, tuple)
    assert [line["amount"] for line in lines] == [Decimal(100), Decimal("20.10")]
    assert report.workflows[0].tally.written_sums == (Amount(unit="EUR", value=Decimal("120.10")),)


def test_a_charge_without_service_fails_its_invoice_instead_of_vanishing() -> None:
    firm, _ = firm_with_time(0)
    invoice(firm, total=Decimal("120.10"), second_service=False)

    report = firm.run("export_invoices")

    assert counts(report) == {"failed": 1}
    assert report.groups[0].code == "SB-MAP-001"
    assert firm.netsuite.stored("invoice") == []


@pytest.mark.fault("F82")
def test_a_pile_of_failures_returns_behind_what_is_new(monkeypatch: pytest.MonkeyPatch) -> None:
    failures, fresh = 300, 30
    monkeypatch.setattr(exporting, "BATCH_SIZE", 100)
    firm, old = firm_with_time(failures)
    upsert = firm.netsuite.upsert
    sent: list[list[str]] = []

    def refuse(_: str, records: Sequence[OutgoingRecord], **_heeded: object) -> Sequence[WriteAnswer]:
        problem = Problem(code="NS-REF-001", facts={"said": "out of order"})
        return [Rejected(external_id=one.external_id, problem=problem) for one in records]

    def keep_order(kind: str, records: Sequence[OutgoingRecord], **_heeded: object) -> Sequence[WriteAnswer]:
        sent.append([one.external_id.rsplit("_", 1)[-1] for one in records])
        return upsert(kind, records)

    monkeypatch.setattr(firm.netsuite, "upsert", refuse)
    assert counts(firm.run(TIME)) == {"failed": failures}
    new = enter_time(firm, fresh)

    monkeypatch.setattr(firm.netsuite, "upsert", keep_order)
    report = firm.run(TIME)

    assert counts(report) == {"created": failures + fresh}
    assert sent[0][:fresh] == new, "what is new goes first"
    assert [one for batch in sent for one in batch][fresh:] == old
    # No record is sent twice, and no more requests leave than batches.
    assert [len(batch) for batch in sent] == [100] * 3 + [fresh]


@pytest.mark.parametrize("instant", range(1, 40))
def test_a_process_that_dies_at_any_instant_loses_and_doubles_nothing(instant: int) -> None:
    firm, entries = firm_with_time(3)
    run = firm.ask(TIME)
    firm.die_at(instant)
    died = False
    try:
        firm.carry_out(run)
    except BaseException as death:  # the fuse's stands for kill -9
        died = type(death).__name__ == "ProcessDiedError"
        if not died:
            raise
    firm.die_at(0)

    report = firm.carry_out(run)

    assert counts(report) == {"created": 3}
    assert report.run.state is RunState.COMPLETED
    assert sorted(one.external_id for one in firm.netsuite.stored("timeBill")) == sorted(
        f"sb_acme0001_time_entry_{entry}" for entry in entries
    )
    assert all(firm.record("time_entry", entry)["netsuite_id"] for entry in entries)
    assert firm.store.trail.verify().first_broken == 0
    assert report.total.of(OutcomeKind.CREATED) == 3


@pytest.mark.fault("F35")
def test_f35_what_netsuite_silently_stores_otherwise_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """F35: success with fields that were not stored is written with differences, never plain success."""
    firm, _ = firm_with_time(0)
    invoice(firm, total=Decimal("120.10"))
    upsert = firm.netsuite.upsert

    def forgetful(record_type: str, records: Sequence[OutgoingRecord], **_heeded: object) -> Sequence[WriteAnswer]:
        answers = upsert(record_type, records)
        (stored,) = firm.netsuite.stored("invoice")
        lines = stored.fields["itemList"]
        assert isinstance(lines, tuple)
        stored.fields["itemList"] = ({**lines[0], "rate": Decimal(49)}, *lines[1:])
        stored.fields["job"] = None
        return answers

    monkeypatch.setattr(firm.netsuite, "upsert", forgetful)
    report = firm.run("export_invoices")

    (told,) = [one.outcome for one in firm.store.runs.outcomes(report.run.id)]
    assert told.kind is OutcomeKind.CREATED
    assert told.problem is not None
    assert (told.problem.code, told.problem.effect) == ("NS-DIFF-001", Effect.WRITTEN)
    assert "itemList[1].rate" in told.problem.cause
    assert "49" not in told.problem.cause
    assert told.refused_fields[-1:] == ("itemList[1].rate",)
    assert report.groups[0].code == "NS-DIFF-001"


@pytest.mark.fault("F35")
def test_f35_what_cannot_be_read_back_is_still_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    firm, _ = firm_with_time(0)
    invoice(firm, total=Decimal("120.10"))

    def busy(*_: object) -> None:
        raise RetryLaterError(Problem(code="NS-THR-001", facts={"said": "blocked"}))

    monkeypatch.setattr(firm.netsuite, "read_back", busy)
    report = firm.run("export_invoices")
    assert counts(report) == {"created": 1}
    assert report.groups == ()


def firm_that_reads_taxes() -> tuple[Firm, str]:
    firm, _ = firm_with_time(0)
    taxed = WorkflowOverride(workflow="export_invoices", settings=(("import_taxes", True),))
    firm.workflows = configured(CATALOG, Configuration(overrides=(taxed,)))
    return firm, invoice(firm, total=Decimal("120.10"))


def compute_taxes(firm: Firm, monkeypatch: pytest.MonkeyPatch, **computed: Value) -> None:
    """Let NetSuite compute values of its own when it saves an invoice."""
    upsert = firm.netsuite.upsert

    def saving(record_type: str, records: Sequence[OutgoingRecord], **_heeded: object) -> Sequence[WriteAnswer]:
        answers = upsert(record_type, records)
        for stored in firm.netsuite.stored("invoice"):
            stored.fields.update(computed)
        return answers

    monkeypatch.setattr(firm.netsuite, "upsert", saving)


def test_taxes_that_netsuite_computes_come_back_to_the_invoice(monkeypatch: pytest.MonkeyPatch) -> None:
    firm, number = firm_that_reads_taxes()
    compute_taxes(firm, monkeypatch, taxTotal=Decimal("22.82"), total=Decimal("142.92"))

    report = firm.run("export_invoices")

    assert counts(report) == {"created": 1}
    kept = firm.record("invoice", number)
    assert (kept["tax"], kept["total_with_tax"]) == (Decimal("22.82"), Decimal("142.92"))
    assert kept["netsuite_id"] == firm.netsuite.stored("invoice")[0].id
    assert report.workflows[0].tally.written_sums == (Amount(unit="EUR", value=Decimal("120.10")),)


def test_taxes_that_cannot_be_asked_for_now_come_with_a_later_run(monkeypatch: pytest.MonkeyPatch) -> None:
    """The invoice stays claimed until its tax is known: the later run finds it in NetSuite and sends nothing again."""
    firm, number = firm_that_reads_taxes()
    compute_taxes(firm, monkeypatch, taxTotal=Decimal("22.82"), total=Decimal("142.92"))
    read_back = firm.netsuite.read_back

    def busy(*_: object) -> None:
        raise RetryLaterError(Problem(code="NS-THR-001", facts={"said": "blocked"}))

    monkeypatch.setattr(firm.netsuite, "read_back", busy)
    assert firm.run("export_invoices").run.state is RunState.FAILED
    assert firm.record("invoice", number)["exported"] is None

    monkeypatch.setattr(firm.netsuite, "read_back", read_back)
    assert counts(firm.run("export_invoices")) == {"created": 1}
    assert firm.record("invoice", number)["tax"] == Decimal("22.82")
    assert len(firm.netsuite.stored("invoice")) == 1


def test_what_does_not_fit_where_it_comes_back_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    firm, number = firm_that_reads_taxes()
    compute_taxes(firm, monkeypatch, taxTotal="much", total=Decimal("142.92"))

    report = firm.run("export_invoices")

    assert counts(report) == {"created": 1}
    (told,) = [one.outcome for one in firm.store.runs.outcomes(report.run.id)]
    assert told.problem is not None
    assert (told.problem.code, told.problem.effect) == ("NS-PULL-001", Effect.WRITTEN)
    assert "tax, total_with_tax" in told.problem.cause
    assert firm.record("invoice", number)["exported"] is not None
