"""Notifications are written on change only, once a day as a digest, and a run that ended unseen is announced by whoever comes next."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from suitebridge.adapters.messages.mail import SmtpMailer
from suitebridge.administration.announcing import Ways, announce, deliver_next
from suitebridge.administration.releasing import release_runs
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem
from suitebridge.domain.notices import Message, Recipient, Severity
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.ports.notices import Answer
from suitebridge.ports.runs import ITSELF, Halt, NewRun, RunState
from tests.contract.stories import ended, settle
from tests.fakes.runs import Firm

KEY = Secret("whsec_QQ==")
ALL = Recipient(name="Ops", url="https://hooks.example.com/")


def run(firm: Firm, state: RunState, *workflows: str, code: str = "", is_dry: bool = False, bad: bool = False) -> str:
    """Store a run that is in a state."""
    run_id = firm.chance.token(8)
    firm.store.runs.add(
        NewRun(
            id=run_id,
            account_id="TSTDRV1",
            workflows=workflows,
            owner_id="1",
            owner_name="Ada",
            started_by="Ada",
            is_full=False,
            asked_at=firm.clock.now(),
            mapping_versions={},
            is_dry=is_dry,
        )
    )
    for name in workflows:
        firm.store.runs.begin_workflow(run_id, name, since="")
        firm.store.runs.freeze(run_id, name, [("1", "1")] if bad else [])
        if bad:
            settle(firm.store, run_id, name, ended("1", OutcomeKind.FAILED))
    firm.store.runs.enter(run_id, state, at=firm.clock.now(), problem_code=code)
    return run_id


def link(number: int) -> str:
    return f"https://console.example.com/runs/{number}"


def told(firm: Firm) -> list[tuple[str, str]]:
    """Announce, and take every message that waits: to whom, and the sentence."""
    announce(firm.store, firm.clock, link)
    sent: list[tuple[str, str]] = []

    class Taking:
        def objection(self, url: str) -> str:
            return ""

        def send(self, url: str, message: Message, *, key: Secret, at: datetime) -> Answer:
            sent.append((message.recipient, json.loads(message.body)["data"]["sentence"]))
            return Answer(is_taken=True, said="")

    ways = Ways(webhooks=Taking(), mail=SmtpMailer())
    while deliver_next(firm.store, ways, firm.clock):
        pass
    return sent


def test_a_workflow_that_fails_every_night_tells_once_and_its_recovery_too() -> None:
    firm = Firm()
    firm.store.notices.save(ALL, key=KEY, stamp=firm.stamp)
    run(firm, RunState.COMPLETED, "a", "b")
    assert told(firm) == []
    run(firm, RunState.FAILED, "a", "b", code="NS-AUTH-001")
    assert told(firm) == [("Ops", "Run 2: a, b: failed. Cause: NS-AUTH-001.")]
    for _ in range(9):
        run(firm, RunState.FAILED, "a", "b", code="NS-AUTH-001")
        assert told(firm) == []
    run(firm, RunState.COMPLETED, "a", is_dry=True)
    run(firm, RunState.CANCELLED, "a")
    assert told(firm) == []
    run(firm, RunState.COMPLETED, "a")
    assert told(firm) == [("Ops", "Run 14: a recovered.")]
    run(firm, RunState.COMPLETED_WITH_ERRORS, "a", bad=True)
    assert told(firm) == [("Ops", "Run 15: a: completed with errors. Records left open: 1.")]


def test_a_message_says_what_to_do_and_where_to_look() -> None:
    firm = Firm()
    firm.store.notices.save(ALL, key=KEY, stamp=firm.stamp)
    run(firm, RunState.FAILED, "a", code="NS-AUTH-001")
    run(firm, RunState.COMPLETED_WITH_ERRORS, "b", bad=True)
    announce(firm.store, firm.clock, link)
    found = {
        data["workflows"][0]: data
        for data in (json.loads(one.body)["data"] for one in firm.store.notices.messages(limit=9))
    }
    assert found["a"]["remedy"] == Problem(code="NS-AUTH-001").remedy
    assert found["a"]["link"] == "https://console.example.com/runs/1"
    assert "grouped by cause" in found["b"]["remedy"]


def test_waiting_for_netsuite_is_told_once_and_so_is_that_it_answers_again() -> None:
    firm = Firm()  # F17
    firm.store.notices.save(ALL, key=KEY, stamp=firm.stamp)
    waiting = run(firm, RunState.WAITING, "a", "b", "c", code="NS-DOWN-001")
    assert told(firm) == [("Ops", "Run 1: a, b, c: waiting for NetSuite. Cause: NS-DOWN-001.")]
    for _ in range(5):
        firm.store.runs.enter(waiting, RunState.RUNNING, at=firm.clock.now())
        assert told(firm) == []
        firm.store.runs.enter(waiting, RunState.WAITING, at=firm.clock.now(), problem_code="NS-DOWN-001")
        assert told(firm) == []
    firm.store.runs.enter(waiting, RunState.COMPLETED, at=firm.clock.now())
    assert told(firm) == [("Ops", "Run 1: a, b, c recovered.")]


def test_a_run_that_rests_without_credentials_is_told_and_one_that_somebody_paused_is_not() -> None:
    firm = Firm()  # F21
    firm.store.notices.save(ALL, key=KEY, stamp=firm.stamp)
    resting = run(firm, RunState.RUNNING, "a", code="NS-AUTH-001")
    firm.store.runs.ask_halt(resting, Halt.PAUSE, by=ITSELF)
    firm.store.runs.enter(resting, RunState.PAUSED, at=firm.clock.now(), problem_code="NS-AUTH-001")
    assert told(firm) == [("Ops", "Run 1: a: paused: credentials. Cause: NS-AUTH-001.")]
    release_runs(firm.store, firm.stamp)
    assert [one.state for one in firm.store.runs.unfinished()] == [RunState.QUEUED]
    firm.store.runs.enter(resting, RunState.COMPLETED, at=firm.clock.now())
    assert told(firm) == [("Ops", "Run 1: a recovered.")]
    paused = run(firm, RunState.RUNNING, "a")
    firm.store.runs.ask_halt(paused, Halt.PAUSE, by="Ada")
    firm.store.runs.enter(paused, RunState.PAUSED, at=firm.clock.now())
    release_runs(firm.store, firm.stamp)
    assert told(firm) == []
    assert [one.rests for one in firm.store.runs.unfinished()] == [True]


def test_who_is_told_is_a_matter_of_workflow_severity_and_rest() -> None:
    firm = Firm()
    people = (
        replace(ALL, name="a only", workflows=("a",)),
        replace(ALL, name="errors", least=Severity.ERROR),
        replace(ALL, name="muted", muted_until=date(2026, 3, 3)),
    )
    for one in people:
        firm.store.notices.save(one, key=KEY, stamp=firm.stamp)
    run(firm, RunState.FAILED, "b")
    assert [name for name, _ in told(firm)] == ["errors"]
    run(firm, RunState.WAITING, "a")
    assert [name for name, _ in told(firm)] == ["a only"]
    firm.clock.pass_by(timedelta(days=1))
    run(firm, RunState.COMPLETED, "a", "b")
    assert sorted(told(firm)) == [
        ("a only", "Run 3: a recovered."),
        ("errors", "Run 3: b recovered."),
        ("muted", "Run 3: a recovered."),
        ("muted", "Run 3: b recovered."),
    ]


def test_a_digest_comes_once_a_day_at_its_hour_and_not_much_later() -> None:
    firm = Firm()
    assert firm.clock.now() < datetime(2026, 3, 2, 9, tzinfo=UTC)
    firm.store.notices.save(replace(ALL, digest_hour=9), key=KEY, stamp=firm.stamp)
    run(firm, RunState.FAILED, "a", code="NS-AUTH-001")
    run(firm, RunState.COMPLETED, "b")
    assert len(told(firm)) == 1
    firm.clock.pass_by(timedelta(hours=1))
    said = "On 2026-03-02 1 workflow stands well. Not so: a: failed (NS-AUTH-001) in run 1."
    assert told(firm) == [("Ops", said)]
    assert told(firm) == []
    firm.clock.pass_by(timedelta(hours=12))
    assert told(firm) == []
    firm.clock.pass_by(timedelta(hours=13))
    assert told(firm) == [("Ops", said.replace("03-02", "03-03"))]
    firm.clock.pass_by(timedelta(hours=29))
    assert told(firm) == []


def test_what_is_not_taken_waits_and_goes_out_again_under_its_id() -> None:
    firm = Firm()
    firm.store.notices.save(ALL, key=KEY, stamp=firm.stamp)
    run(firm, RunState.FAILED, "a")
    announce(firm.store, firm.clock, link)
    # A worker claims the message and dies.
    lost = firm.store.notices.claim()
    assert lost is not None
    assert told(firm) == []
    firm.clock.pass_by(timedelta(minutes=1))
    assert len(told(firm)) == 1
    (kept,) = firm.store.notices.messages(limit=9)
    assert (kept.id, kept.attempts) == (lost.id, 2)
