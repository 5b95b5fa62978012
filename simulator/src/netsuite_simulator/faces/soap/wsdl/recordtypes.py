"""Declares the account's record types as NetSuite's schemas do: fields in order, sublists, attributes (reference §4.2).

Knows the field catalog. Names of types follow NetSuite's rule, a sublist's wrapper is its line's type and "List".
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import assert_never

from netsuite_simulator.faces.soap.namespaces import SPACES
from netsuite_simulator.faces.soap.wsdl.declarations import Attribute, ComplexType, Element, Schema
from netsuite_simulator.faces.soap.wsdl.enumerations import enumeration_of
from netsuite_simulator.schemas.fields import Field, Kind, LineType, RecordType, SubrecordType

Schemas = dict[str, Schema]

# Types that take no custom fields, and lines that do (NetSuite's schemas, 2025.2).
_WITHOUT_CUSTOM_FIELDS = frozenset(
    {
        "AccountingPeriod", "BillingSchedule", "Charge", "ConsolidatedExchangeRate", "CostCategory", "Currency",
        "CurrencyRate", "CustomList", "CustomerCategory", "CustomerStatus", "File", "Folder", "JobStatus", "JobType",
        "LeadSource", "Message", "Nexus", "Paycheck", "PaymentMethod", "PriceLevel", "RevRecSchedule",
        "RevRecTemplate", "SupportCaseOrigin", "SupportCasePriority", "SupportCaseStatus", "SupportCaseType",
        "TaxGroup", "TaxType", "Term", "UnitsType", "VendorCategory",
    }
)  # fmt: skip
_LINES_WITH_CUSTOM_FIELDS = frozenset(
    {
        "AdvInterCompanyJournalEntryLine", "CashRefundItem", "CashSaleItem", "CheckExpense", "CheckItem",
        "CreditMemoItem", "EstimateItem", "ExpenseReportExpense", "InterCompanyJournalEntryLine", "InvoiceItem",
        "ItemFulfillmentItem", "ItemReceiptExpense", "ItemReceiptItem", "JournalEntryLine", "OpportunityItem",
        "PurchaseOrderExpense", "PurchaseOrderItem", "ReturnAuthorizationItem", "SalesOrderItem",
        "StatisticalJournalEntryLine", "VendorBillExpense", "VendorBillItem", "VendorCreditExpense", "VendorCreditItem",
    }
)  # fmt: skip
_CUSTOM = Element(name="customFieldList", type="platformCore:CustomFieldList", is_optional=True)
_REPLACE_ALL = Attribute(name="replaceAll", type="xsd:boolean", default="true")


def declare_record(record_type: RecordType, schemas: Schemas) -> None:
    """Declare one record type, its sublists and its enumerations."""
    prefix, owner = record_type.soap_prefix, record_type.soap_type
    elements = _elements(record_type.fields, owner, prefix, schemas)
    if record_type.type_id:
        elements.append(Element(name="recType", type="platformCore:RecordRef", is_optional=True))
    if owner not in _WITHOUT_CUSTOM_FIELDS:
        elements.append(_CUSTOM)
    attributes = [Attribute(name="internalId", type="xsd:string")]
    if record_type.external_id_group:
        attributes.append(Attribute(name="externalId", type="xsd:string"))
    schema = schemas[prefix]
    schema.declare(
        ComplexType(name=owner, elements=tuple(elements), attributes=tuple(attributes), extends="platformCore:Record")
    )
    schema.global_elements[owner[0].lower() + owner[1:]] = f"{prefix}:{owner}"


def _elements(fields: Sequence[Field], owner: str, prefix: str, schemas: Schemas) -> list[Element]:
    elements: list[Element] = []
    for entry in fields:
        if not entry.soap or entry.is_custom:
            continue
        name = entry.name if entry.lines is None else entry.lines.soap_list
        elements.append(Element(name=name, type=_type_of(entry, owner, prefix, schemas), is_optional=True))
    return elements


def _type_of(entry: Field, owner: str, prefix: str, schemas: Schemas) -> str:
    match entry.kind:
        case Kind.TEXT:
            return "xsd:base64Binary" if entry.is_binary else "xsd:string"
        case Kind.INTEGER:
            return "xsd:string" if entry.as_text else "xsd:long"
        case Kind.DECIMAL:
            return "xsd:double"
        case Kind.BOOLEAN:
            return "xsd:boolean"
        case Kind.DATE | Kind.INSTANT:
            return "xsd:dateTime"
        case Kind.DURATION:
            return "platformCore:Duration"
        case Kind.CHOICE | Kind.REFERENCE if entry.as_text:
            return "xsd:string"
        case Kind.CHOICE:
            return _choice(entry, owner, prefix, schemas)
        case Kind.REFERENCE:
            return "platformCore:RecordRef"
        case Kind.REFERENCES:
            return "platformCore:RecordRefList"
        case Kind.LINES | Kind.SUBRECORD:
            return _parts(entry, prefix, schemas)
        case _:
            assert_never(entry.kind)


def _choice(entry: Field, owner: str, prefix: str, schemas: Schemas) -> str:
    literals = [choice.soap for choice in entry.choices if choice.soap is not None]
    if not literals:
        return "platformCore:RecordRef"
    named = enumeration_of(owner, prefix, entry.name)
    home, _, name = named.partition("Typ:")
    if SPACES[home].types is None:  # general transactions have no document of enumerations
        home = "platformCommon"
    schemas[home].enumerate(name, literals)
    return f"{home}Typ:{name}"


def _parts(entry: Field, prefix: str, schemas: Schemas) -> str:
    if entry.subrecord is not None:
        return _subrecord(entry.subrecord, schemas)
    return "xsd:string" if entry.lines is None else _sublist(entry.lines, prefix, schemas)


def _sublist(lines: LineType, prefix: str, schemas: Schemas) -> str:
    """Declare the wrapper and the line of a sublist; types of one shape share them."""
    name = f"{lines.soap_type}List"
    elements = _elements(lines.fields, lines.soap_type, prefix, schemas)
    if lines.soap_type in _LINES_WITH_CUSTOM_FIELDS:
        elements.append(_CUSTOM)
    line = Element(name=lines.soap_line, type=f"{prefix}:{lines.soap_type}", is_optional=True, is_repeated=True)
    schemas[prefix].declare(
        ComplexType(name=lines.soap_type, elements=tuple(elements)),
        ComplexType(name=name, elements=(line,), attributes=(_REPLACE_ALL,)),
    )
    return f"{prefix}:{name}"


def _subrecord(subrecord: SubrecordType, schemas: Schemas) -> str:
    """Declare a record that lives inside a row, in the document of its own prefix."""
    prefix, name = subrecord.soap_prefix, subrecord.soap_type
    elements = (*_elements(subrecord.fields, name, prefix, schemas), _CUSTOM)
    schemas[prefix].declare(ComplexType(name=name, elements=elements, extends="platformCore:Record"))
    return f"{prefix}:{name}"
