"""The views of address books: entities' rows and the addresses inside them, which NetSuite2 keeps in tables of their own.

The columns of `entityaddress` are those of netsuite2-columns; that each kind of entity has a table of rows and one of
addresses, joined by `nkey`, is as their users query them (assumed). The rows lie in the entities' own tables, as JSON.
"""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.schemas.addresses import ADDRESS_BOOK
from netsuite_simulator.schemas.fields import Kind

_BOOK = f"x_{ADDRESS_BOOK.lower()}"
_ROW: Mapping[str, tuple[str, Kind]] = {
    "internalid": ("internalId", Kind.INTEGER),
    "label": ("label", Kind.TEXT),
    "defaultbilling": ("defaultBilling", Kind.BOOLEAN),
    "defaultshipping": ("defaultShipping", Kind.BOOLEAN),
}
_ADDRESS: Mapping[str, tuple[str, Kind]] = {
    "nkey": ("internalId", Kind.INTEGER),
    "addr1": ("addr1", Kind.TEXT),
    "addr2": ("addr2", Kind.TEXT),
    "addr3": ("addr3", Kind.TEXT),
    "addressee": ("addressee", Kind.TEXT),
    "addrphone": ("addrPhone", Kind.TEXT),
    "addrtext": ("addrText", Kind.TEXT),
    "attention": ("attention", Kind.TEXT),
    "city": ("city", Kind.TEXT),
    "country": ("country", Kind.TEXT),
    "dropdownstate": ("state", Kind.TEXT),
    "override": ("override", Kind.BOOLEAN),
    "state": ("state", Kind.TEXT),
    "zip": ("zip", Kind.TEXT),
}
ROW_COLUMNS = {name: kind for name, (_, kind) in _ROW.items()} | {"addressbookaddress": Kind.INTEGER}
ADDRESS_COLUMNS = {name: kind for name, (_, kind) in _ADDRESS.items()} | {"lastmodifieddate": Kind.INSTANT}


def select_rows(kind: str) -> str:
    """Write the view of the rows of one kind of entity's address books."""
    columns = [f"json_extract(b.value, '$.{key}') AS {name}" for name, (key, _) in _ROW.items()]
    inside = f"{_inside('internalId')} AS addressbookaddress"
    return f"SELECT {', '.join(columns)}, {inside}, e.id AS entity FROM {kind} AS e, json_each(e.{_BOOK}) AS b"  # noqa: S608


def select_addresses(kind: str) -> str:
    """Write the view of the addresses of one kind of entity."""
    columns = [f"{_inside(key)} AS {name}" for name, (key, _) in _ADDRESS.items()]
    own = "e.lastmodifieddate, e.id AS recordowner"
    return f"SELECT {', '.join(columns)}, {own} FROM {kind} AS e, json_each(e.{_BOOK}) AS b"  # noqa: S608


def _inside(key: str) -> str:
    """Name a field of the address: a row holds it as a text of JSON."""
    return f"json_extract(json_extract(b.value, '$.addressbookAddress'), '$.{key}')"
