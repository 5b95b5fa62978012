"""Operations that list what an account is made of: customizations and saved searches (reference §4.17)."""

from __future__ import annotations

from lxml import etree

from netsuite_simulator.customizations import CustomField, Customization, CustomList, CustomRecordType
from netsuite_simulator.faces.soap.calls import Call
from netsuite_simulator.faces.soap.references import add_reference
from netsuite_simulator.faces.soap.savedsearches import saved_searches
from netsuite_simulator.faces.soap.soapfaults import malformed
from netsuite_simulator.faces.soap.statuses import add_status
from netsuite_simulator.faces.soap.texts import printable

# Kinds of customizations; those an account here cannot have are listed as none.
KINDS = frozenset(
    {
        "crmCustomField", "customList", "customRecordCustomField", "customRecordType", "customSegment",
        "customTransactionType", "entityCustomField", "itemCustomField", "itemNumberCustomField",
        "itemOptionCustomField", "otherCustomField", "transactionBodyCustomField", "transactionColumnCustomField",
    }
)  # fmt: skip


def get_customization_id(call: Call) -> None:
    """List the customizations of a kind with their internal and script ids."""
    asked = call.child("customizationType")
    kind = "" if asked is None else asked.get("getCustomizationType", "")
    if kind not in KINDS:
        raise malformed(f"org.xml.sax.SAXException: {kind!r} is no GetCustomizationType")
    answer = call.answer
    response = answer.message("getCustomizationIdResponse")
    result = etree.SubElement(response, answer.core + "getCustomizationIdResult")
    found = [one for one in call.account.customizations if _kind_of(one) == kind]
    add_status(answer, result)
    etree.SubElement(result, answer.core + "totalRecords").text = str(len(found))
    listed = etree.SubElement(result, answer.core + "customizationRefList") if found else result
    for one in found:
        element = etree.SubElement(listed, answer.core + "customizationRef", internalId=str(one.id), type=kind)
        element.set("scriptId", one.script_id)
        label = one.field.label if isinstance(one, CustomField) else one.label
        etree.SubElement(element, answer.core + "name").text = printable(label)


def _kind_of(one: Customization) -> str:
    match one:
        case CustomField():
            return one.group.value
        case CustomRecordType():
            return "customRecordType"
        case CustomList():
            return "customList"


def get_saved_search(call: Call) -> None:
    """List the saved searches of a kind of record: "customer", "transaction"."""
    asked = call.child("record")
    kind = "" if asked is None else asked.get("searchType", "")
    answer = call.answer
    result = etree.SubElement(answer.message("getSavedSearchResponse"), answer.core + "getSavedSearchResult")
    wanted = f"{kind}Search".casefold()
    found = [one for one in saved_searches(call.account).all() if one.search_type.casefold() == wanted]
    add_status(answer, result)
    etree.SubElement(result, answer.core + "totalRecords").text = str(len(found))
    listed = etree.SubElement(result, answer.core + "recordRefList") if found else result
    for one in found:
        add_reference(answer, listed, answer.core + "recordRef", internal_id=one.id, name=one.name)
