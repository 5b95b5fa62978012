"""Notifications: recipients with versions and keys, messages that come again until they are taken, one message for what is told twice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from suitebridge.adapters.store.companies import StoredCompany
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.notices import (
    KEPT,
    WAITS,
    Message,
    MessageState,
    NoticeKind,
    Recipient,
    Severity,
    Stand,
    Standing,
)
from suitebridge.domain.people import Stamp
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.notices import Notices
from tests.contract.conftest import MASTER

OPS = Recipient(
    name="Ops",
    url="https://hooks.example.com/",
    workflows=("import_customers",),
    least=Severity.ERROR,
    digest_hour=7,
    muted_until=date(2026, 4, 1),
)
KEY, OTHER = Secret("whsec_QQ=="), Secret("whsec_Qg==")
EARLY = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
FAILED = Stand(standing=Standing.FAILED, run_id="r", run_number=3, run_state="failed", code="SB-X", left_open=2)


def message(number: int, made_at: datetime = EARLY) -> Message:
    return Message(id=f"msg_{number}", recipient="Ops", kind=NoticeKind.CHANGE, body="{}", made_at=made_at)


def ids(found: Sequence[Message]) -> list[str]:
    return [one.id for one in found]


def claimed(notices: Notices) -> Message:
    """Take a message that is due."""
    taken = notices.claim()
    assert taken is not None
    return taken


def test_a_recipient_keeps_its_key_until_it_gets_another_one(store: CompanyStore, stamp: Stamp) -> None:
    saved = store.notices.save(OPS, key=KEY, stamp=stamp)
    assert saved == replace(OPS, version=1) == store.notices.recipient("OPS")
    assert "whsec" not in repr(store.trail.newest(limit=1))
    again = store.notices.save(replace(saved, name="ops", muted_until=None, digest_hour=None), key=None, stamp=stamp)
    assert (again.name, again.version, store.notices.key("ops")) == ("Ops", 2, KEY)
    (entry,) = store.trail.newest(limit=1)
    assert (entry.event, entry.record_title) == ("recipient:saved", "Ops")
    assert {one.field for one in entry.changes} == {"muted_until", "digest_hour"}
    third = store.notices.save(again, key=OTHER, stamp=stamp)
    assert store.notices.key("Ops") == OTHER
    for late in (OPS, again):
        with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
            store.notices.save(late, key=KEY, stamp=stamp)
    with pytest.raises(RecordRefusedError, match="SB-AUTO-002"):
        store.notices.remove("Nobody", version=0, stamp=stamp)
    store.notices.post({}, [message(1)])
    store.notices.remove("ops", version=third.version, stamp=stamp)
    assert not store.notices.recipients()
    assert not store.notices.messages(limit=9)
    assert store.notices.key("Ops") is None
    with pytest.raises(ValueError, match="needs a key"):
        store.notices.save(OPS, key=None, stamp=stamp)


def test_what_is_told_twice_is_one_message(store: CompanyStore) -> None:
    store.notices.post({"a": FAILED}, [message(1)])
    well = replace(FAILED, standing=Standing.WELL, run_number=4)
    store.notices.post({"a": well, "b": FAILED}, [replace(message(1), body="other"), message(2)])
    assert store.notices.told() == {"a": well, "b": FAILED}
    assert [(one.id, one.body) for one in store.notices.messages(limit=9)] == [("msg_1", "{}"), ("msg_2", "{}")]
    store.notices.post({}, [message(3, EARLY - KEPT)])
    assert ids(store.notices.messages(limit=9)) == ["msg_1", "msg_2"]


def test_a_message_comes_again_later_until_it_is_taken_or_given_up(store: CompanyStore) -> None:
    notices = store.notices
    # Waits of this store's own clock, which moves with each look at it.
    notices.post({}, [message(1)])
    first = claimed(notices)
    assert (first.id, first.attempts) == ("msg_1", 1)
    # Whoever claimed it may have died: nobody else has it before its time.
    assert notices.claim() is None
    notices.settle(first, is_taken=False, said="away")
    (shown,) = notices.messages(limit=9)
    assert (shown.state, shown.attempts, shown.said) == (MessageState.WAITING, 1, "away")
    assert notices.claim() is None
    assert notices.repeat("msg_1")
    assert not notices.repeat("msg_9")
    again = claimed(notices)
    notices.settle(again, is_taken=True, said="taken")
    assert notices.messages(limit=9)[0].state is MessageState.SENT
    assert notices.claim() is None


def test_after_the_last_attempt_a_message_is_given_up() -> None:
    last = replace(message(1), attempts=len(WAITS))
    assert last.after(is_taken=False) is MessageState.GIVEN_UP
    assert replace(last, attempts=1).after(is_taken=False) is MessageState.WAITING
    assert list(WAITS) == sorted(WAITS)
    assert sum(WAITS, timedelta()) < KEPT


def test_keys_of_recipients_count_as_sealed_and_are_put_under_the_current_key(
    real_store: StoredCompany, stamp: Stamp
) -> None:
    real_store.notices.save(OPS, key=KEY, stamp=stamp)
    assert real_store.secrets.uses() == {MASTER.id: 1}
    assert not real_store.secrets.rewrap_next(stamp)
