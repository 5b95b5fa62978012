"""Address books by SOAP: a row holds an address, a record inside it; every answer is held to NetSuite's schemas."""

from __future__ import annotations

from typing import Any

import pytest

ADDRESS = (
    "<common:country>_unitedStates</common:country><common:attention>Ann Lee</common:attention>"
    "<common:addr1>1 Main Street</common:addr1><common:city>Springfield</common:city><common:state>IL</common:state>"
    "<common:zip>62701</common:zip>"
)
CUSTOM = (
    "<common:customFieldList><core:customField xsi:type='core:StringCustomFieldRef' scriptId='custrecord_x'>"
    "<core:value>1</core:value></core:customField></common:customFieldList>"
)
OWNERS = {
    "customer": ("listRel", "Customer", {"companyName": "Brook", "subsidiary": "1"}),
    "vendor": ("listRel", "Vendor", {"companyName": "Mill", "subsidiary": "1"}),
    "contact": ("listRel", "Contact", {"entityId": "Cy", "firstName": "Cy", "subsidiary": "1"}),
    "employee": ("listEmp", "Employee", {"firstName": "Di", "lastName": "Fox", "subsidiary": "1"}),
    "job": ("listRel", "Job", {"companyName": "Dam", "subsidiary": "1"}),
}


def row(prefix: str, address: str, fields: str = "", ident: str = "") -> str:
    number = f"<{prefix}:internalId>{ident}</{prefix}:internalId>" if ident else ""
    inside = f"<{prefix}:addressbookAddress>{address}</{prefix}:addressbookAddress>"
    return f"<{prefix}:addressbook>{fields}{inside}{number}</{prefix}:addressbook>"


def book(prefix: str, *rows: str, merges: bool = False) -> str:
    kind = ' replaceAll="false"' if merges else ""
    return f"<{prefix}:addressbookList{kind}>{''.join(rows)}</{prefix}:addressbookList>"


def update(client: Any, fields: str) -> Any:
    return client.send(f"<msgs:update>{client.record('listRel:Customer', fields, internalId='30')}</msgs:update>")


def read(client: Any) -> Any:
    return client.send(f"<msgs:get>{client.ref('customer', internalId='30')}</msgs:get>")


@pytest.mark.parametrize("owner", OWNERS)
def test_an_entity_is_added_with_an_address_and_read_with_it(client: Any, account: Any, owner: str) -> None:
    prefix, soap_type, values = OWNERS[owner]
    written = account.add(owner, **values)
    flags = f"<{prefix}:defaultBilling>true</{prefix}:defaultBilling><{prefix}:label>Head office</{prefix}:label>"
    fields = book(prefix, row(prefix, ADDRESS, flags))
    body = client.record(f"{prefix}:{soap_type}", fields, internalId=written.id)
    assert client.send(f"<msgs:update>{body}</msgs:update>").codes == [None]
    reply = client.send(f"<msgs:get>{client.ref(owner, internalId=written.id)}</msgs:get>")
    assert reply.text(f"{prefix}:addressbook/{prefix}:label") == "Head office"
    assert reply.text(f"{prefix}:addressbook/{prefix}:defaultShipping") == "false"
    inside = f"{prefix}:addressbookAddress/common"
    assert reply.text(f"{inside}:country") == "_unitedStates"
    shown = "Ann Lee\n1 Main Street\nSpringfield IL 62701\nUnited States"
    assert reply.text(f"{inside}:addrText") == shown
    assert reply.text(f"{prefix}:defaultAddress") == shown


def test_rows_are_merged_by_their_ids_and_one_is_the_default(client: Any) -> None:
    billing = "<listRel:defaultBilling>true</listRel:defaultBilling>"
    both = "<listRel:defaultShipping>true</listRel:defaultShipping>" + billing
    assert update(client, book("listRel", row("listRel", ADDRESS, both))).codes == [None]
    first = read(client)
    (ident,) = first.texts("listRel:addressbook/listRel:internalId")
    number = first.text("common:internalId")
    changed = row("listRel", "<core:nullFieldList><core:name>attention</core:name></core:nullFieldList>"
                  "<common:addr2>Room 4</common:addr2>", ident=ident)  # fmt: skip
    added = row("listRel", "<common:country>_saintBarthelemy</common:country>", billing)
    assert update(client, book("listRel", changed, added, merges=True)).codes == [None]
    reply = read(client)
    assert reply.texts("listRel:addressbook/listRel:defaultBilling") == ["false", "true"]
    assert reply.texts("listRel:addressbook/listRel:defaultShipping") == ["true", "false"]
    assert reply.texts("common:addr2") == ["Room 4"]
    assert reply.texts("common:addr1") == ["1 Main Street"]
    assert reply.texts("common:attention") == []
    assert reply.texts("common:internalId")[0] == number
    assert reply.text("listRel:defaultAddress") == "Saint Barthélemy"
    assert update(client, book("listRel", row("listRel", "<common:addr1>2 Elm</common:addr1>"))).codes == [None]
    assert read(client).texts("common:addrText") == ["2 Elm\nUnited States"]
    assert read(client).all("listRel:defaultAddress") == []
    assert update(client, book("listRel")).codes == [None]
    assert read(client).all("listRel:addressbookList") == []


@pytest.mark.parametrize(
    ("ident", "address", "code"),
    [
        ("999", ADDRESS, "INVALID_KEY_OR_REF"),
        ("none", ADDRESS, "INVALID_KEY_OR_REF"),
        ("", f"<common:addr1>{'x' * 1001}</common:addr1>", "EXCEEDED_MAX_FIELD_LENGTH"),
        ("", CUSTOM, "INVALID_CSTM_FIELD_REF"),
    ],
)
def test_what_no_address_book_takes_is_refused(client: Any, account: Any, ident: str, address: str, code: str) -> None:
    assert update(client, book("listRel", row("listRel", address, ident=ident))).codes == [code]
    assert "addressBook" not in account.get("customer", internal_id="30").values


def test_an_address_of_no_country_there_is_does_not_keep_to_the_schema(client: Any) -> None:
    reply = update(client, book("listRel", row("listRel", "<common:country>_atlantis</common:country>")))
    assert reply.status == 500
    assert "_atlantis" in (reply.text("faultstring") or "")
    assert update(client, book("listRel", row("listRel", "<common:street>1</common:street>"))).status == 500
