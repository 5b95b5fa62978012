"""The settings history: every setting that there is tells its change, with before and after, from where and by which version (quality.md D03).

The settings are collected, not listed: a new one is held to it on arrival.
"""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest

from suitebridge.adapters.store import ledger
from suitebridge.adapters.store.companies import StoredCompanies
from suitebridge.domain.credential_sets import FIELDS, ConnectionDraft, Switch
from suitebridge.domain.credentials import AccountId, Secret
from suitebridge.domain.people import ADMINISTRATOR, Permission, Role, Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.domain.sessions import SignInRules
from suitebridge.ports.companies import CompanyStore
from tests.contract.conftest import fresh_store
from tests.contract.stories import create

CLERK = Role(name="Clerk", permissions=frozenset())


def newest(store: CompanyStore) -> dict[str, tuple[str, str]]:
    """Give the changes of the newest entry by field; a blank is told as one."""
    (entry,) = store.trail.newest(limit=1)
    return {step.field: (str(step.before or ""), str(step.after or "")) for step in entry.changes}


def filled(mark: str) -> ConnectionDraft:
    """Give a connection in which every value of every credential set is filled."""
    return ConnectionDraft(
        account=AccountId(value="TSTDRV100"),
        values={name: f"{name} {mark}" for name, field in FIELDS.items() if not field.is_secret},
        secrets={name: Secret(f"planted {name} {mark}") for name, field in FIELDS.items() if field.is_secret},
    )


def test_every_value_of_the_connection_tells_its_change(real_store: CompanyStore, stamp: Stamp) -> None:
    """One change-set for one act, whatever it moves; of a secret that it changed, and neither value."""
    real_store.connections.save(filled("one"), stamp)
    real_store.connections.save(filled("two"), stamp)
    told = newest(real_store)
    assert set(told) == set(FIELDS)
    for name, field in FIELDS.items():
        assert told[name] == (("", "a new secret") if field.is_secret else (f"{name} one", f"{name} two"))
    for name, field in FIELDS.items():
        if not field.is_secret:
            values = {**filled("two").values, name: "three"}
            draft = replace(filled("two"), values=values, secrets={}, kept=frozenset(FIELDS))
            real_store.connections.save(draft, stamp)
            assert newest(real_store) == {name: (f"{name} two", "three")}
            real_store.connections.save(filled("two"), stamp)
    real_store.connections.save(replace(filled("two"), account=AccountId(value="TSTDRV200")), stamp)
    assert newest(real_store)["account_id"] == ("TSTDRV100", "TSTDRV200")
    real_store.connections.link(Relink.OTHER, stamp)
    assert newest(real_store)["linked_account_id"][1] == "TSTDRV200"
    real_store.connections.clear(stamp)
    assert set(newest(real_store)) == set(FIELDS)


def test_every_switch_and_the_integration_user_tell_their_change(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.connections.save(filled("one"), stamp)
    for switch in Switch:
        real_store.connections.save_switches(frozenset({switch}), stamp)
        assert newest(real_store)[switch.value] == ("false", "true")
        real_store.connections.save_switches(frozenset(), stamp)
        assert newest(real_store) == {switch.value: ("true", "false")}
    ada = real_store.people.add(
        user_id="ada", first="", last="", email="", role=ADMINISTRATOR, password=None, stamp=stamp
    )
    real_store.connections.set_integration_user(ada.id, stamp)
    assert newest(real_store) == {"integration_user_id": ("", ada.id)}
    real_store.connections.set_integration_user("", stamp)
    assert newest(real_store) == {"integration_user_id": (ada.id, "")}


def test_every_sign_in_rule_tells_its_change(real_store: CompanyStore, stamp: Stamp) -> None:
    shipped = SignInRules()
    for field in dataclasses.fields(SignInRules):
        was = getattr(shipped, field.name)
        other = not was if isinstance(was, bool) else was - 1
        real_store.sessions.save_rules(replace(shipped, **{field.name: other}), stamp=stamp)
        assert newest(real_store) == {
            field.name: tuple("true" if x is True else "false" if x is False else str(x) for x in (was, other))
        }
        real_store.sessions.save_rules(shipped, stamp=stamp)


def test_every_right_of_a_role_tells_its_change(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.roles.save(CLERK, was=None, reason="", stamp=stamp)
    was = CLERK
    for permission in set(Permission) - {Permission.ADMINISTER}:
        now = replace(CLERK, permissions=frozenset({permission}))
        real_store.roles.save(now, was=was, reason="asked for in March", stamp=stamp)
        told = newest(real_store)
        assert permission.value in told["permissions"][1]
        assert told["reason"] == ("", "asked for in March")
        was = now
    of_one_type = frozenset({"customer"})
    for name, now in (("views", replace(CLERK, views=of_one_type)), ("modifies", replace(CLERK, modifies=of_one_type))):
        real_store.roles.save(now, was=was, reason="", stamp=stamp)
        assert newest(real_store)[name] == ("", "customer")
        was = now


def test_an_entry_says_from_where_and_by_which_version(stored_companies: StoredCompanies, stamp: Stamp) -> None:
    """Whatever a visitor's store writes carries the address: settings, records, refusals. Without one nothing is made up."""
    here = fresh_store(stored_companies)
    there = stored_companies.store(here.company.id, address="203.0.113.7")
    there.sessions.save_rules(SignInRules(idle_minutes=10), stamp=stamp)
    create(there, stamp, "vendor", {"name": "V"})
    here.sessions.save_rules(SignInRules(idle_minutes=11), stamp=stamp)
    entries = here.trail.newest(limit=3)
    assert [entry.address for entry in entries] == ["", "203.0.113.7", "203.0.113.7"]
    assert {entry.version for entry in entries} == {ledger.VERSION}
    assert not here.trail.verify().first_broken


def test_entries_of_before_addresses_and_versions_were_kept_still_verify(
    store: CompanyStore, stamp: Stamp, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("suitebridge.adapters.store.ledger.VERSION", "tests.fakes.store_trail.VERSION"):
        monkeypatch.setattr(name, "")
    create(store, stamp, "vendor", {"name": "V"})
    monkeypatch.undo()
    create(store, stamp, "vendor", {"name": "W"})
    newer, older = store.trail.newest(limit=2)
    assert (older.version, newer.version) == ("", ledger.VERSION)
    assert store.trail.verify().checked == 2
