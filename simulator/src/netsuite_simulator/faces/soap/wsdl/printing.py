"""Prints schemas and the WSDL as XML. Knows XML Schema's and WSDL's forms, nothing of records."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import SPACES, XSD, Namespaces
from netsuite_simulator.faces.soap.wsdl.declarations import ComplexType, Element, Schema
from netsuite_simulator.faces.soap.wsdl.operations import Operation
from netsuite_simulator.faces.soap.wsdl.protocol import FAULTS

ORIGIN = "https://webservices.netsuite.com"  # the host that serves the WSDL; the door puts its own in its place

_WSDL = "http://schemas.xmlsoap.org/wsdl/"
_SOAP = "http://schemas.xmlsoap.org/wsdl/soap/"
_HTTP = "http://schemas.xmlsoap.org/soap/http"
_TYPES = "Typ"
_HEADERS = ("applicationInfo", "partnerInfo", "documentInfo", "preferences", "searchPreferences", "tokenPassport")


def namespace_of(prefix: str, names: Namespaces) -> str:
    """Return the namespace behind a prefix such as "listRel" or "listRelTyp"."""
    if prefix == "xsd":
        return XSD
    if prefix.endswith(_TYPES):
        return SPACES[prefix.removesuffix(_TYPES)].types_namespace(names.version)
    return names.by_prefix[prefix]


def path_of(prefix: str, version: str) -> str:
    """Return where the XSD behind a prefix is served (reference §4.1)."""
    space = SPACES[prefix.removesuffix(_TYPES)]
    return f"/xsd/{space.area}/v{version}_0/{space.types if prefix.endswith(_TYPES) else space.file}.xsd"


def wsdl_path(version: str) -> str:
    """Return where the WSDL is served."""
    return f"/wsdl/v{version}_0/netsuite.wsdl"


def print_documents(schemas: Iterable[Schema], operations: Iterable[Operation], names: Namespaces) -> dict[str, bytes]:
    """Return every document of a version by the path it is served at."""
    version = names.version
    printed: dict[str, bytes] = {}
    prefixes: list[str] = []
    for schema in schemas:
        printed[path_of(schema.prefix, version)] = _print_schema(schema, names)
        prefixes.append(schema.prefix)
        if SPACES[schema.prefix].types is not None:
            printed[path_of(schema.prefix + _TYPES, version)] = _print_enumerations(schema, names)
            prefixes.append(schema.prefix + _TYPES)
    printed[wsdl_path(version)] = _print_wsdl(tuple(operations), prefixes, names)
    return printed


def _render(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)


def _x(name: str) -> str:
    return f"{{{XSD}}}{name}"


def _root(prefix: str, used: Iterable[str], names: Namespaces) -> etree._Element:
    nsmap = {"xsd": XSD}
    nsmap.update((one, namespace_of(one, names)) for one in used)
    nsmap[prefix] = namespace_of(prefix, names)
    return etree.Element(
        _x("schema"),
        nsmap=nsmap,
        targetNamespace=nsmap[prefix],
        elementFormDefault="qualified",
        attributeFormDefault="unqualified",
    )


def _used_prefixes(schema: Schema) -> list[str]:
    named: set[str] = set()
    for kind in schema.types.values():
        named.update(one.type or one.name for one in kind.elements)
        named.update(one.type for one in kind.attributes)
        named.add(kind.extends or "xsd:")
    named.update(schema.global_elements.values())
    found = {name.partition(":")[0] for name in named} - {"xsd", schema.prefix}
    return sorted(found)


def _print_schema(schema: Schema, names: Namespaces) -> bytes:
    used = _used_prefixes(schema)
    root = _root(schema.prefix, used, names)
    for prefix in used:
        _add_import(root, prefix, names)
    for kind in schema.types.values():
        _add_type(root, kind)
    for name, kind_name in schema.global_elements.items():
        etree.SubElement(root, _x("element"), name=name, type=kind_name)
    return _render(root)


def _add_import(parent: etree._Element, prefix: str, names: Namespaces) -> None:
    location = ORIGIN + path_of(prefix, names.version)
    etree.SubElement(parent, _x("import"), namespace=namespace_of(prefix, names), schemaLocation=location)


def _add_type(root: etree._Element, kind: ComplexType) -> None:
    element = etree.SubElement(root, _x("complexType"), name=kind.name)
    if kind.is_abstract:
        element.set("abstract", "true")
    content = element
    if kind.extends is not None:
        form = "simpleContent" if kind.extends.startswith("xsd:") else "complexContent"
        content = etree.SubElement(etree.SubElement(element, _x(form)), _x("extension"), base=kind.extends)
    if kind.elements:
        sequence = etree.SubElement(content, _x("sequence"))
        for one in kind.elements:
            _add_element(sequence, one)
    for attribute in kind.attributes:
        added = etree.SubElement(content, _x("attribute"), name=attribute.name, type=attribute.type)
        if attribute.is_required:
            added.set("use", "required")
        if attribute.default is not None:
            added.set("default", attribute.default)


def _add_element(sequence: etree._Element, one: Element) -> None:
    added = etree.SubElement(sequence, _x("element"))
    if one.type is None:
        added.set("ref", one.name)
    else:
        added.set("name", one.name)
        added.set("type", one.type)
    if one.is_optional:
        added.set("minOccurs", "0")
    if one.is_repeated:
        added.set("maxOccurs", "unbounded")
    if one.default is not None:
        added.set("default", one.default)


def _print_enumerations(schema: Schema, names: Namespaces) -> bytes:
    root = _root(schema.prefix + _TYPES, (), names)
    for name, literals in schema.enumerations.items():
        kind = etree.SubElement(root, _x("simpleType"), name=name)
        restriction = etree.SubElement(kind, _x("restriction"), base="xsd:string")
        for literal in literals:
            etree.SubElement(restriction, _x("enumeration"), value=literal)
    return _render(root)


# --- the WSDL ---


def _w(name: str) -> str:
    return f"{{{_WSDL}}}{name}"


def _s(name: str) -> str:
    return f"{{{_SOAP}}}{name}"


def _print_wsdl(operations: tuple[Operation, ...], prefixes: list[str], names: Namespaces) -> bytes:
    target = f"urn:platform_{names.version}.webservices.netsuite.com"
    nsmap = {"wsdl": _WSDL, "tns": target, "soap": _SOAP, "xsd": XSD}
    nsmap.update((one, names.by_prefix[one]) for one in ("platformMsgs", "platformFaults"))
    root = etree.Element(_w("definitions"), nsmap=nsmap, targetNamespace=target)
    schema = etree.SubElement(etree.SubElement(root, _w("types")), _x("schema"), elementFormDefault="qualified")
    for prefix in prefixes:
        _add_import(schema, prefix, names)
    _add_messages(root, operations)
    port = etree.SubElement(root, _w("portType"), name="NetSuitePortType")
    binding = etree.SubElement(root, _w("binding"), name="NetSuiteBinding", type="tns:NetSuitePortType")
    etree.SubElement(binding, _s("binding"), style="document", transport=_HTTP)
    for operation in operations:
        _add_port_operation(port, operation)
        _add_binding_operation(binding, operation)
    service = etree.SubElement(root, _w("service"), name="NetSuiteService")
    address = etree.SubElement(service, _w("port"), name="NetSuitePort", binding="tns:NetSuiteBinding")
    etree.SubElement(address, _s("address"), location=f"{ORIGIN}/services/NetSuitePort_{names.version}")
    return _render(root)


def _add_messages(root: etree._Element, operations: tuple[Operation, ...]) -> None:
    headers = etree.SubElement(root, _w("message"), name="headers")
    for name in _HEADERS:
        etree.SubElement(headers, _w("part"), name=name, element=f"platformMsgs:{name}")
    for operation in operations:
        for suffix, element in (("Request", operation.name), ("Response", f"{operation.name}Response")):
            message = etree.SubElement(root, _w("message"), name=f"{operation.name}{suffix}")
            etree.SubElement(message, _w("part"), name="parameters", element=f"platformMsgs:{element}")
    for fault in FAULTS:
        message = etree.SubElement(root, _w("message"), name=fault)
        element = f"platformFaults:{fault[0].lower()}{fault[1:]}"
        etree.SubElement(message, _w("part"), name="fault", element=element)


def _add_port_operation(port: etree._Element, operation: Operation) -> None:
    element = etree.SubElement(port, _w("operation"), name=operation.name)
    for tag, suffix in (("input", "Request"), ("output", "Response")):
        message = f"{operation.name}{suffix}"
        etree.SubElement(element, _w(tag), name=message, message=f"tns:{message}")
    for fault in operation.faults:
        etree.SubElement(element, _w("fault"), name=fault, message=f"tns:{fault}")


def _add_binding_operation(binding: etree._Element, operation: Operation) -> None:
    element = etree.SubElement(binding, _w("operation"), name=operation.name)
    etree.SubElement(element, _s("operation"), soapAction=operation.name)
    sent = etree.SubElement(element, _w("input"), name=f"{operation.name}Request")
    answered = etree.SubElement(element, _w("output"), name=f"{operation.name}Response")
    for parent, parts in ((sent, _sent_headers(operation)), (answered, _answered_headers(operation))):
        for part in parts:
            etree.SubElement(parent, _s("header"), message="tns:headers", part=part, use="literal")
        etree.SubElement(parent, _s("body"), use="literal")
    for fault in operation.faults:
        named = etree.SubElement(element, _w("fault"), name=fault)
        etree.SubElement(named, _s("fault"), name=fault, use="literal")


def _sent_headers(operation: Operation) -> Iterator[str]:
    if operation.takes_passport:
        yield "tokenPassport"
    yield from ("applicationInfo", "partnerInfo", *operation.headers)


def _answered_headers(operation: Operation) -> Iterator[str]:
    if operation.answers_document_info:
        yield "documentInfo"
