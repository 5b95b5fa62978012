"""The subsidiaries that customers and vendors belong to beside their primary one."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest
from simulator.tests.firms import NOW

from netsuite_simulator.account import Account, Rejection, Written


@pytest.mark.parametrize("owner", ["customer", "vendor"])
def test_an_entity_belongs_to_further_subsidiaries(account: Account, owner: str) -> None:
    relation = f"{owner}SubsidiaryRelationship"
    first, second, third = (
        account.add("subsidiary", name=f"S{number}", country="US", currency="1").id for number in (1, 2, 3)
    )
    entity = account.add(owner, companyName="A", subsidiary=first, currency="1").id

    def rows() -> list[tuple[str, bool]]:
        found, _ = account.search(relation, [("entity", "=", entity)], order="subsidiary")
        return [(str(one.values["subsidiary"]), bool(one.values["isPrimarySub"])) for one in found]

    def own() -> object:
        stored = account.get(owner, internal_id=entity)
        return None if stored is None else stored.values["subsidiary"]

    assert rows() == [(first, True)]
    further = account.create(relation, {"entity": entity, "subsidiary": second}, external_id="further")
    assert isinstance(further, Written)
    assert rows() == [(first, True), (second, False)]
    repeated = account.create(relation, {"entity": entity, "subsidiary": second})
    assert isinstance(repeated, Rejection)
    assert repeated.code == "DUP_RCRD"
    account.add("currency", internal_id=1, name="US Dollar", symbol="USD", exchangeRate=1)
    ledger = account.add("account", acctName="Work", acctNumber="4000", acctType="Income").id
    item = account.add("serviceSaleItem", itemId="Work", incomeAccount=ledger).id
    document, lines = {
        "customer": ("invoice", {"item": [{"item": item, "quantity": Decimal(1), "amount": Decimal(5)}]}),
        "vendor": ("vendorBill", {"expense": [{"account": ledger, "amount": Decimal(5)}]}),
    }[owner]
    values = {"entity": entity, "tranDate": NOW.date(), **lines}
    assert isinstance(account.create(document, {**values, "subsidiary": second}), Written)
    refused = account.create(document, {**values, "subsidiary": third})
    assert isinstance(refused, Rejection)
    assert (refused.code, refused.field) == ("INVALID_KEY_OR_REF", "subsidiary")
    account.remove(document, account.search(document, [])[0][0].id)
    assert isinstance(account.update(relation, {"isPrimarySub": True}, internal_id=further.id), Written)
    assert (own(), rows()) == (second, [(first, False), (second, True)])
    attempts = (
        account.update(relation, {"isPrimarySub": False}, internal_id=further.id),
        account.delete(relation, internal_id=further.id),
    )
    assert [one.code for one in attempts if isinstance(one, Rejection)] == ["CANT_MODIFY_SUB", "CANT_REMOVE_SUB"]
    account.bump(owner, entity, subsidiary=first)
    assert rows() == [(first, True), (second, False)]
    account.bump(owner, entity, subsidiary=third)
    assert rows() == [(second, False), (third, True)]
    assert isinstance(account.delete(owner, internal_id=entity), Written), "its rows go with it"
    assert rows() == []
    assert account.find_external(relation, "further") is None


def test_a_state_file_without_rows_of_subsidiaries_gets_them(tmp_path: Path) -> None:
    file = tmp_path / "state.db"
    account = Account(state_file=str(file))
    account.add("subsidiary", internal_id=1, name="S", country="US")
    account.add("customer", internal_id=7, companyName="A", subsidiary="1")
    account.connection.execute("DROP TABLE customersubsidiaryrelationship")
    account.connection.execute(
        "CREATE VIEW customersubsidiaryrelationship AS SELECT id, 'T' AS isprimarysub, id AS entity,"
        " x_subsidiary AS subsidiary FROM customer WHERE x_subsidiary IS NOT NULL"
    )
    account.close()
    account = Account(state_file=str(file))
    (row,), _ = account.search("customerSubsidiaryRelationship", [])
    assert (row.id, row.values["entity"], row.values["subsidiary"]) == ("7", "7", "1")
    assert account.add("customerSubsidiaryRelationship", entity="7", subsidiary="1").id == "8"
    account.close()
