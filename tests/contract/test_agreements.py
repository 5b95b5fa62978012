"""Agreements: kept within the account, and by them the records that moved on since."""

from __future__ import annotations

from dataclasses import replace

from suitebridge.domain.agreements import Agreement, Side
from suitebridge.domain.conditions import Compare, Comparison
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import RecordChange
from tests.contract.stories import bound, create, credentials, version

PAIR = ("customer", "customer")


def save(store: CompanyStore, *agreements: Agreement) -> None:
    with store.transactions.begin() as unit:
        unit.save_agreements(agreements)


def moved_on(store: CompanyStore, *, after_id: str = "", limit: int = 9) -> list[str]:
    found = store.agreements.moved_on("customers", PAIR, None, after_id=after_id, limit=limit)
    assert all(version(store, "customer", own) == told for own, told in found)
    return [own for own, _ in found]


def linked(store: CompanyStore, stamp: Stamp) -> list[str]:
    store.connections.save(credentials(), stamp)
    store.connections.link(Relink.OTHER, stamp)
    ids = create(store, stamp, "customer", *({"name": name} for name in ("Acme", "Beta", "Cord", "Dune")))
    with store.transactions.begin() as unit:
        unit.save_bindings([bound(ids[0], "11"), bound(ids[1], "12"), bound(ids[2], None)])
    return ids


def test_an_agreement_is_kept_whole_and_replaced(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(), stamp)
    first = Agreement(workflow="customers", workspace_id="7", version="3", shown={"memo": "m"}, sending={"name": "n"})
    save(store, first, replace(first, workflow="others"))
    assert store.agreements.of("customers", ["7", "8"]) == {"7": first}
    decided = replace(first, sending={}, clash="c1", keeps=Side.NETSUITE)
    save(store, decided)
    assert store.agreements.of("customers", ["7"]) == {"7": decided}
    assert store.agreements.of("others", ["7"])["7"].sending == {"name": "n"}


def test_linked_records_move_on_until_they_are_agreed_on_as_they_are(store: CompanyStore, stamp: Stamp) -> None:
    first, second, *_ = linked(store, stamp)
    assert moved_on(store) == [first, second]
    assert (moved_on(store, limit=1), moved_on(store, after_id=first)) == ([first], [second])
    known = Agreement(workflow="customers", workspace_id=first, version=version(store, "customer", first))
    save(store, known)
    assert moved_on(store) == [second]
    step = Change(field="name", before="Acme", after="Acme & Co")
    with store.transactions.begin() as unit:
        unit.change_records([RecordChange(type="customer", id=first, version="", changes=(step,))], stamp)
    assert moved_on(store) == [first, second]
    named = Compare(path="name", comparison=Comparison.EQUAL, value="Beta")
    assert [own for own, _ in store.agreements.moved_on("customers", PAIR, named, after_id="", limit=9)] == [second]


def test_agreements_hold_for_one_account_and_go_along_with_a_copy_of_it(store: CompanyStore, stamp: Stamp) -> None:
    first, *_ = linked(store, stamp)
    save(store, Agreement(workflow="customers", workspace_id=first, version="1"))
    store.connections.save(credentials("TSTDRV200"), stamp)
    assert store.agreements.of("customers", [first]) == {}
    assert moved_on(store) == []
    store.connections.link(Relink.COPY, stamp)
    assert list(store.agreements.of("customers", [first])) == [first]
