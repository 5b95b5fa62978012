"""Which subsidiaries customers and vendors belong to, as data: reference §9.2 (REST), §4.7, netsuite2-columns.

An entity's primary subsidiary stands here too, as it does in NetSuite2's tables: `rules.relations` keeps its row and the
entity's own field alike.
"""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Field, RecordType
from netsuite_simulator.schemas.shorthand import boolean, decimal, reference
from netsuite_simulator.schemas.targets import TAX_CODES

_SUBSIDIARY = reference("subsidiary", "subsidiary", required=True)
_IS_PRIMARY = boolean("isPrimarySub", label="Primary")
_CURRENCY = reference("primaryCurrency", "currency", column=None, read_only=True)


def _relationship(of: str, label: str, permission: str, *fields: Field) -> RecordType:
    name = f"{of}SubsidiaryRelationship"
    soap_type = name[0].upper() + name[1:]
    return RecordType(
        name=name,
        label=f"{label}-Subsidiary Relationship",
        soap_type=soap_type,
        soap_prefix="listRel",
        soap_search=f"{soap_type}Search",
        table=name.lower(),
        external_id_group=name,
        permission=permission,
        name_field="id",
        change_field=None,
        fields=fields,
    )


CUSTOMER_SUBSIDIARY_RELATIONSHIP = _relationship(
    "customer",
    "Customer",
    "LIST_CUSTJOB",
    reference("entity", "customer", required=True, label="Customer"),
    _SUBSIDIARY,
    _IS_PRIMARY,
    _CURRENCY,
)

VENDOR_SUBSIDIARY_RELATIONSHIP = _relationship(
    "vendor",
    "Vendor",
    "LIST_VENDOR",
    reference("baseCurrency", "currency", column=None, read_only=True),
    decimal("creditLimit", None),
    reference("entity", "vendor", required=True, label="Vendor"),
    _IS_PRIMARY,
    _CURRENCY,
    _SUBSIDIARY,
    reference("taxItem", *TAX_CODES, column=None),
)
