"""Address books of entities as data: reference §9.2, names and order as in the SOAP schema.

A row of an address book holds an address, a record of its own inside it. The row's `internalId` is its key; the
address's own is what SuiteQL calls `nkey`.
"""

from __future__ import annotations

from netsuite_simulator.schemas.countries import COUNTRIES
from netsuite_simulator.schemas.fields import Field, LineType, SubrecordType
from netsuite_simulator.schemas.shorthand import boolean, choice, integer, lines, subrecord, text

ADDRESS_BOOK = "addressBook"

ADDRESS = SubrecordType(
    soap_prefix="platformCommon",
    soap_type="Address",
    fields=(
        integer("internalId", label="Address ID", as_text=True),
        choice("country", COUNTRIES),
        text("attention"),
        text("addressee"),
        text("addrPhone", label="Phone"),
        text("addr1", label="Address 1"),
        text("addr2", label="Address 2"),
        text("addr3", label="Address 3"),
        text("city"),
        text("state"),
        text("zip"),
        text("addrText", label="Address"),
        boolean("override"),
    ),
)

_DEFAULTS = (boolean("defaultShipping"), boolean("defaultBilling"))
_RESIDENTIAL = boolean("isResidential", label="Residential Address")
_LABEL = text("label")
_ID = integer("internalId", label="ID", as_text=True)
_ADDRESS = subrecord("addressbookAddress", ADDRESS, rest_name="addressBookAddress")
_REST_ONLY = (
    integer("addressId", label="Address ID", soap=False, read_only=True, source="assumed"),
    text("addressText", soap=False, read_only=True, rest_name="addressBookAddress_text", source="assumed"),
)

# What SuiteQL shows of a customer's, vendor's or project's default addresses (netsuite2-columns): the `nkey` of each.
DEFAULT_COLUMNS = tuple(
    integer(name, soap=False, read_only=True, source="assumed in REST")
    for name in ("defaultBillingAddress", "defaultShippingAddress")
)


def address_book(owner: str) -> Field:
    """Declare the address book of a SOAP record type; the schema orders each owner's rows in its own way."""
    residential = (_RESIDENTIAL,) if owner in ("Customer", "Job") else ()
    ends = (_ADDRESS, _ID) if owner in ("Customer", "Contact", "Employee") else (_ID, _ADDRESS)
    line_type = LineType(
        name=ADDRESS_BOOK,
        soap_list="addressbookList",
        soap_line="addressbook",
        soap_type=f"{owner}Addressbook",
        key="internalId",
        fields=(*_DEFAULTS, *residential, _LABEL, *ends, *_REST_ONLY),
    )
    return lines(ADDRESS_BOOK, line_type, label="Addresses")
