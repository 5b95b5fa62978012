"""A NetSuite ID on a record counts in the account that gave it, and in no other (quality.md F25)."""

from __future__ import annotations

import pytest

from suitebridge.domain.conditions import Blank, Compare, Comparison
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.people import Stamp
from suitebridge.domain.relinks import Relink
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.transactions import RecordChange
from suitebridge.ports.workspace import RecordQuery
from tests.contract.stories import begin_run, bound, create, credentials, field, settle
from tests.contract.stories import ended as outcome_of

FIRST, SECOND = "TSTDRV100", "TSTDRV200"


def move(store: CompanyStore, account: str, relink: Relink | None, stamp: Stamp) -> None:
    """Save the credentials of another account, and say what it is to the one before."""
    store.connections.save(credentials(account), stamp)
    if relink is not None:
        store.connections.link(relink, stamp)


def write(store: CompanyStore, own: str, stamp: Stamp, **values: str | None) -> None:
    steps = tuple(Change(field=name, before=None, after=after) for name, after in values.items())
    with store.transactions.begin() as unit:
        unit.change_records([RecordChange(type="customer", id=own, version="", changes=steps)], stamp)


def selected(store: CompanyStore) -> list[str]:
    blank = Blank(path="netsuite_id")
    return [own for own, _ in store.records.select("customer", blank, after_id="", limit=9)]


def with_seven(store: CompanyStore) -> list[str]:
    seven = Compare(path="netsuite_id", comparison=Comparison.EQUAL, value="7")
    return [own for own, _ in store.records.select("customer", seven, after_id="", limit=9)]


@pytest.mark.fault("F25")
@pytest.mark.parametrize("relink", [None, Relink.OTHER])
def test_another_account_sees_no_id_of_the_one_before(store: CompanyStore, stamp: Stamp, relink: Relink | None) -> None:
    store.connections.save(credentials(FIRST), stamp)
    (own,) = create(store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"})
    (project,) = create(store, stamp, "project", {"name": "P", "customer": own})
    assert (with_seven(store), selected(store)) == ([own], [])
    move(store, SECOND, relink, stamp)
    assert (with_seven(store), selected(store)) == ([], [own])
    assert store.records.find("customer", "netsuite_id", ["7"]) == {}
    assert field(store, "customer", own, "netsuite_id") is None
    assert field(store, "project", project, "customer.netsuite_id") is None
    assert [one.fields["netsuite_id"] for one in store.records.query(RecordQuery(record_type="customer"))] == [None]
    write(store, own, stamp, name="Acme 2")
    move(store, FIRST, Relink.OTHER, stamp)
    assert field(store, "customer", own, "netsuite_id") == "7"
    assert store.records.find("customer", "netsuite_id", ["7"]) == {"7": (own,)}


def test_the_same_id_in_another_account_is_another_record(store: CompanyStore, stamp: Stamp) -> None:
    store.connections.save(credentials(FIRST), stamp)
    (own,) = create(store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"})
    move(store, SECOND, Relink.OTHER, stamp)
    (other,) = create(store, stamp, "customer", {"name": "Beta", "netsuite_id": "7"})
    assert store.records.find("customer", "netsuite_id", ["7"]) == {"7": (other,)}
    with pytest.raises(RecordRefusedError, match="SB-CONF-003"):
        write(store, own, stamp, netsuite_id="7")
    write(store, own, stamp, netsuite_id="8")
    (told,) = store.trail.of_record("customer", own)[0].changes
    assert (told.after, field(store, "customer", own, "netsuite_id")) == ("8", "8")


def test_a_restamped_record_tells_whose_id_it_had(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.connections.save(credentials(FIRST), stamp)
    (own,) = create(real_store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"})
    move(real_store, SECOND, Relink.OTHER, stamp)
    write(real_store, own, stamp, netsuite_id="7")
    (told,) = real_store.trail.of_record("customer", own)[0].changes
    assert (told.before, told.after) == (f"7 of account {FIRST}", "7")


def test_a_copy_takes_over_ids_bindings_and_open_items_but_reads_everything_anew(
    store: CompanyStore, stamp: Stamp
) -> None:
    store.connections.save(credentials(FIRST), stamp)
    own, claimed = create(store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"}, {"name": "Beta"})
    begin_run(store, "run-1", "customers")
    with store.transactions.begin() as unit:
        unit.save_bindings([bound(own, "7"), bound(claimed, None)])
        unit.save_watermark("customers", "then")
    settle(store, "run-1", "customers", outcome_of("7", OutcomeKind.FAILED))
    store.connections.save(credentials(SECOND), stamp)
    (early,) = create(store, stamp, "customer", {"name": "Early", "netsuite_id": "9"})
    store.connections.link(Relink.COPY, stamp)
    assert store.records.find("customer", "netsuite_id", ["7", "9"]) == {"7": (own,), "9": (early,)}
    assert store.runs.bindings_by_netsuite("customer", "customer", ["7"]) == {"7": bound(own, "7")}
    assert store.runs.bindings_by_workspace("customer", "customer", [claimed]) == {claimed: bound(claimed, None)}
    assert list(store.runs.open_items("customers", not_in_run="", limit=9)) == ["7"]
    assert store.runs.watermark("customers") == ""


def test_what_the_copy_has_already_stays(real_store: CompanyStore, stamp: Stamp) -> None:
    real_store.connections.save(credentials(FIRST), stamp)
    (own,) = create(real_store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"})
    with real_store.transactions.begin() as unit:
        unit.save_bindings([bound(own, "7")])
    real_store.connections.save(credentials(SECOND), stamp)
    (early,) = create(real_store, stamp, "customer", {"name": "Early", "netsuite_id": "7"})
    with real_store.transactions.begin() as unit:
        unit.save_bindings([bound(early, "7")])
    real_store.connections.link(Relink.COPY, stamp)
    assert real_store.records.find("customer", "netsuite_id", ["7"]) == {"7": (early,)}
    assert real_store.runs.bindings_by_netsuite("customer", "customer", ["7"]) == {"7": bound(early, "7")}
    entry = real_store.trail.newest(limit=1)[0]
    assert [(one.field, one.before, one.after) for one in entry.changes] == [
        ("linked_account_id", FIRST, SECOND),
        ("relink", None, "copy"),
        ("netsuite_ids", None, "0"),
    ]


def test_ids_entered_before_there_is_an_account_belong_to_the_first(store: CompanyStore, stamp: Stamp) -> None:
    (own,) = create(store, stamp, "customer", {"name": "Acme", "netsuite_id": "7"})
    assert field(store, "customer", own, "netsuite_id") == "7"
    store.connections.save(credentials(FIRST), stamp)
    assert store.records.find("customer", "netsuite_id", ["7"]) == {"7": (own,)}
    move(store, SECOND, Relink.OTHER, stamp)
    assert field(store, "customer", own, "netsuite_id") is None
