"""The contract of `ports.real_time`: what is chosen, who chose it, a key that is sealed and bound, and errands that saving leaves."""

from __future__ import annotations

from dataclasses import replace

import pytest

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Door, Stamp
from suitebridge.domain.records import Direction
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.inbox import Origin
from suitebridge.ports.real_time import RealTime
from suitebridge.ports.transactions import RecordChange
from tests.contract.stories import create, credentials

KEY = Secret("sbp_an-example-key-of-pushes")


def test_settings_are_stored_of_the_version_that_was_read(store: CompanyStore, stamp: Stamp) -> None:
    assert store.real_time.get() == RealTime()
    store.real_time.save_exports(frozenset({"invoice", "time_entry"}), stamp, version=0)
    saved = store.real_time.get()
    assert (saved.exports, saved.configured_by, saved.version) == (
        frozenset({"invoice", "time_entry"}),
        stamp.author_id,
        1,
    )
    with pytest.raises(RecordRefusedError) as refused:
        store.real_time.save_exports(frozenset(), stamp, version=0)
    assert refused.value.problem.code == "SB-AUTO-002"
    (told,) = store.trail.newest(limit=1)
    assert (told.event, told.record_type) == ("real-time:saved", "connection")


def test_a_key_is_kept_sealed_replaced_and_removed(store: CompanyStore, stamp: Stamp) -> None:
    assert store.real_time.key() is None
    store.real_time.save_key(KEY, stamp)
    mark = store.real_time.get().key
    assert mark is not None
    assert (mark.set_by, store.real_time.key()) == (stamp.author_name, KEY)
    store.real_time.save_key(Secret("sbp_another"), stamp)
    assert store.real_time.key() == Secret("sbp_another")
    store.real_time.save_key(None, stamp)
    assert (store.real_time.key(), store.real_time.get().key) == (None, None)
    assert not [entry for entry in store.trail.newest(limit=9) if "sbp_" in repr(entry)]


def test_a_saved_record_is_in_the_inbox_with_its_own_transaction(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    create(store, stamp, "customer", {"name": "Before"})
    store.real_time.save_exports(frozenset({"customer"}), stamp, version=0)
    (first,) = create(store, stamp, "customer", {"name": "Acme"})
    create(store, stamp, "contact", {"name": "C", "customer": first})
    by_itself = Change(field="name", before=None, after="Set up")
    with store.transactions.begin() as unit:
        change = RecordChange(type="customer", id="1", version="", changes=(by_itself,))
        unit.change_records([change], replace(stamp, door=Door.SETUP))
    (errand,) = store.inbox.waiting(limit=9)
    asked = errand.asked
    assert (asked.direction, asked.record_type, asked.record_id) == (Direction.EXPORT, "customer", first)
    assert (asked.origin, asked.asked_by_name) == (Origin.SAVE, stamp.author_name)
    step = Change(field="name", before=None, after="Renamed")
    with store.transactions.begin() as unit:
        unit.change_records([RecordChange(type="customer", id="1", version="", changes=(step,))], stamp)
        unit.change_records([RecordChange(type="customer", id="99", version="", changes=(step,))], stamp)
    assert [one.asked.record_id for one in store.inbox.waiting(limit=9)] == [first, "1"]
