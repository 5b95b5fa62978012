"""The WSDL the simulator makes: clients load it, every record type travels through it, NetSuite's own agrees with it."""

from __future__ import annotations

import datetime
import urllib.error
import urllib.request
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import zeep
from lxml import etree
from requests import Session
from simulator.tests.soap.conftest import NOW, Client
from simulator.tests.soap.zeep_client import Validation, Zeep, load_zeep

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import serving
from netsuite_simulator.faces.soap.catalogs import Catalog, catalog_of
from netsuite_simulator.faces.soap.namespaces import SPACES, VERSIONS, namespaces_of
from netsuite_simulator.faces.soap.searchtypes import search_prefix
from netsuite_simulator.faces.soap.shapes import read_record
from netsuite_simulator.faces.soap.timegrids import take_grid
from netsuite_simulator.faces.soap.wsdl.documents import schemas_of
from netsuite_simulator.faces.soap.wsdl.printing import namespace_of
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.values import Reference

XSD = "{http://www.w3.org/2001/XMLSchema}"
SOAP_TYPES = sorted(name for name, kind in RECORD_TYPES.items() if kind.soap_type)
KINDS = {
    Kind.TEXT: "Größe & <Maß>", Kind.INTEGER: 7, Kind.DECIMAL: Decimal("12.5"), Kind.DURATION: Decimal("7.5"),
    Kind.BOOLEAN: True, Kind.DATE: datetime.date(2026, 5, 6), Kind.INSTANT: NOW,
}  # fmt: skip


def value_of(field: Field) -> object:
    """Return a value for a field of any kind; every record of the world has the id 1."""
    match field.kind:
        case Kind.TEXT if field.is_binary:
            return "aGVsbG8="
        case Kind.CHOICE:
            return field.choices[0].id
        case Kind.REFERENCE:
            return "1"
        case Kind.REFERENCES:
            return ("1",)
        case Kind.LINES:
            assert field.lines is not None
            return [{column.name: value_of(column) for column in field.lines.fields}]
        case Kind.SUBRECORD:
            assert field.subrecord is not None
            return {part.name: value_of(part) for part in field.subrecord.fields}
        case _:
            return KINDS[field.kind]


@pytest.fixture(scope="module")
def world() -> Iterator[Account]:
    """An account with one record of every type, every field of it set."""
    account = Account()
    account.clock.freeze(NOW)
    for name, kind in RECORD_TYPES.items():
        values: dict[str, Any] = {
            field.name: value_of(field) for field in kind.fields if field.kind is not Kind.LINES or field.lines
        }
        account.add(name, external_id=f"x-{name}" if kind.external_id_group else None, **values)
    yield account
    account.close()


@pytest.fixture(scope="module")
def client(world: Account, schema: etree.XMLSchema | None) -> Iterator[Client]:
    with serving(world) as running:
        yield Client(world, int(running.url.rpartition(":")[2]), world.tokens.issue(world.id), schema)


@pytest.fixture(scope="module")
def soap(client: Client) -> Iterator[Zeep]:
    session = Session()
    session.trust_env = False
    address = f"http://127.0.0.1:{client.port}/wsdl/v2025_2_0/netsuite.wsdl"
    yield load_zeep(client, address, client.schema, session)
    session.close()


def test_prefixes_count_as_they_do_for_netsuites_own_wsdl(soap: Zeep) -> None:
    """Clients name types by zeep's numbers (netsuitesdk's netsuite_types.py): they follow the order of the imports."""
    found = {prefix: space.partition("_20")[0] for prefix, space in soap.generated.wsdl.types.prefix_map.items()}
    known = {
        "ns0": "core",
        "ns4": "messages",
        "ns5": "common",
        "ns11": "filecabinet",
        "ns13": "relationships",
        "ns17": "accounting",
    }
    known |= {
        "ns19": "sales",
        "ns21": "purchases",
        "ns31": "general",
        "ns32": "customization",
        "ns34": "employees",
        "ns38": "employees",
    }
    assert {prefix: found[prefix] for prefix in known} == {prefix: f"urn:{name}" for prefix, name in known.items()}


def test_zeep_finds_every_operation_and_calls_the_account_it_read_the_wsdl_from(soap: Zeep, client: Client) -> None:
    (service,) = soap.generated.wsdl.services.values()
    (port,) = service.ports.values()
    assert len(port.binding.all()) == 42
    assert port.binding_options["address"] == f"http://127.0.0.1:{client.port}/services/NetSuitePort_2025_2"


@pytest.mark.parametrize("name", SOAP_TYPES)
def test_every_record_type_travels_both_ways(soap: Zeep, world: Account, name: str) -> None:
    stored = world.search(name, (), lines=True)[0][-1]
    response = soap.call("get", soap.ref(internalId=stored.id, type=name))["body"]["readResponse"]
    assert response["status"]["isSuccess"] is True, response["status"]
    shape = CATALOG.by_name[name]
    sent = soap.generated.create_message(soap.generated.service, "add", response["record"])
    element = next(one for one in sent.iter() if etree.QName(one).localname == "record")
    take_grid(element, CATALOG.grid, world.clock.zone, ignore_read_only=True)  # of time sheets, tested by itself
    incoming = read_record(element, shape, world.clock.zone, ignore_read_only=True)
    assert incoming.refusal is None
    assert (incoming.internal_id, incoming.external_id) == (
        stored.id,
        stored.external_id if shape.has_external_id else None,
    )
    for field in RECORD_TYPES[name].fields:
        if field.soap and not field.read_only and stored.values.get(field.name) is not None:
            assert plain(incoming.values[field.name]) == writable(field, stored.values[field.name]), field.name
    assert soap.problems() == []


SEARCHES = sorted({kind.soap_search for kind in RECORD_TYPES.values() if kind.soap_search})


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_answers_records_and_every_column_of_them(soap: Zeep, name: str) -> None:
    namespace = CATALOG.names.by_prefix[search_prefix(CATALOG, name)]
    everything = {"bodyFieldsOnly": False}
    found = soap.call("search", soap.type(namespace, name)(), searchPreferences=everything)["body"]["searchResult"]
    assert found["status"]["isSuccess"] is True, found["status"]
    assert found["totalRecords"] == len(found["recordList"]["record"]) > 0
    columns: dict[str, Any] = {}
    for element, kind in soap.type(namespace, f"{name}Row").elements:
        names = [one for one, _ in kind.type.elements if one not in {"customFieldList", "recType"}]
        columns[element] = {one: [{}] for one in names}
    advanced = soap.type(namespace, f"{name}Advanced")(columns=columns)
    rows = soap.call("search", advanced)["body"]["searchResult"]
    assert rows["status"]["isSuccess"] is True, rows["status"]
    assert rows["totalRecords"] == len(rows["searchRowList"]["searchRow"]) > 0
    assert all(row["basic"]["internalId"][0]["searchValue"]["internalId"] for row in rows["searchRowList"]["searchRow"])
    assert soap.problems() == []


def plain(value: object) -> object:
    """Return what was read with references as ids."""
    match value:
        case Reference(internal_id=internal_id):
            return internal_id
        case tuple():
            return tuple(plain(one) for one in value)
        case list():
            return [{key: plain(one) for key, one in row.items()} for row in value]
        case _:
            return value


def writable(field: Field, value: object) -> object:
    """Return what is kept without what SOAP does not carry or take."""
    if not isinstance(value, list) or field.lines is None:
        return value
    names = {column.name for column in field.lines.fields if column.soap and not column.read_only}
    return [{key: one for key, one in row.items() if key in names} for row in value]


@pytest.mark.parametrize("version", [VERSIONS[0], "2022_2", VERSIONS[-2]])
def test_older_versions_speak_their_own_namespaces(client: Client, version: str) -> None:
    with Session() as session:
        session.trust_env = False
        address = f"http://127.0.0.1:{client.port}/wsdl/v{version}_0/netsuite.wsdl"
        loaded = zeep.Client(address, transport=zeep.Transport(session=session))
        (binding,) = loaded.wsdl.bindings.values()
        assert ("searchNext" in binding.all()) == (version == "2019_2")
        soap = Zeep(client, loaded, Validation(None), version=version)
        written = soap.call("upsert", soap.record("department", externalId=f"d-{version}", name=f"Dept {version}"))
        assert written["body"]["writeResponse"]["status"]["isSuccess"] is True
        read = soap.call("get", soap.ref(externalId=f"d-{version}", type="department"))["body"]["readResponse"]
        assert read["record"].__class__.__name__ == "Department"
        criteria = soap.type(soap.names.by_prefix["platformCommon"], "DepartmentSearchBasic")(
            name={"searchValue": f"Dept {version}", "operator": "is"}
        )
        assert soap.call("search", criteria)["body"]["searchResult"]["totalRecords"] == 1
        with pytest.raises(zeep.exceptions.Fault):
            soap.bare("getServerTime")


@pytest.mark.parametrize("path", ["/wsdl/v2018_1_0/netsuite.wsdl", "/xsd/platform/v2025_2_0/nothing.xsd"])
def test_documents_that_never_were(client: Client, path: str) -> None:
    with pytest.raises(urllib.error.HTTPError, match="404"):
        urllib.request.urlopen(f"http://127.0.0.1:{client.port}{path}", timeout=20)


# --- agreement with NetSuite's own schemas ---


class Official:
    """The complex types and enumerations of NetSuite's schemas, by Clark name."""

    def __init__(self, folder: Path) -> None:
        self.types: dict[str, etree._Element] = {}
        self.enumerations: dict[str, set[str]] = {}
        for path in sorted((folder / "xsd").glob("*.xsd")):
            root = etree.parse(path).getroot()
            namespace = root.get("targetNamespace", "")
            for kind in root.iterfind(f"{XSD}complexType"):
                self.types[f"{{{namespace}}}{kind.get('name')}"] = kind
            for kind in root.iterfind(f"{XSD}simpleType"):
                literals = {one.get("value", "") for one in kind.iter(f"{XSD}enumeration")}
                self.enumerations[f"{{{namespace}}}{kind.get('name')}"] = literals

    def elements(self, kind: etree._Element) -> list[tuple[str, str, bool, bool]]:
        """Return name, type, and whether it is optional and repeated, of each element."""
        return [
            (
                one.get("name") or clark(one, one.get("ref", "")),
                clark(one, one.get("type", "")) if one.get("type") else "",
                one.get("minOccurs") == "0",
                one.get("maxOccurs") == "unbounded",
            )
            for one in kind.iter(f"{XSD}element")
        ]


def clark(element: etree._Element, name: str) -> str:
    prefix, _, local = name.rpartition(":")
    return f"{{{element.nsmap[prefix]}}}{local}"


CATALOG: Catalog = catalog_of(RECORD_TYPES.values(), namespaces_of("2025_2"))


def ours(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{{{namespace_of(prefix, CATALOG.names)}}}{local}"


def test_types_order_and_enumerations_are_netsuites(netsuite_folder: Path) -> None:
    official = Official(netsuite_folder)
    problems: list[str] = []
    for schema in schemas_of(CATALOG):
        for kind in schema.types.values():
            known = official.types.get(f"{{{CATALOG.names.by_prefix[schema.prefix]}}}{kind.name}")
            if known is None:
                problems.append(f"{kind.name} is no type")
                continue
            elements = official.elements(known)
            places = []
            for one in kind.elements:
                wanted = (one.name if one.type else ours(one.name), ours(one.type) if one.type else "")
                full = (*wanted, one.is_optional, one.is_repeated)
                if full not in elements:
                    problems.append(f"{kind.name}.{one.name} is no such element")
                else:
                    places.append(elements.index(full))
            if places != sorted(places):
                problems.append(f"{kind.name} is out of order")
            attributes = {one.get("name"): clark(one, one.get("type", "")) for one in known.iter(f"{XSD}attribute")}
            if attributes != {one.name: ours(one.type) for one in kind.attributes}:
                problems.append(f"{kind.name} has other attributes")
        types_namespace = SPACES[schema.prefix].types_namespace("2025_2")
        for name, literals in schema.enumerations.items():
            unknown = set(literals) - official.enumerations.get(f"{{{types_namespace}}}{name}", set())
            problems.extend(f"{name} has no {literal}" for literal in unknown)
    assert problems == []


def test_every_message_and_operation_is_netsuites(netsuite_folder: Path, client: Client) -> None:
    """Compare the WSDLs: operations, headers, faults."""
    theirs = bindings((netsuite_folder / "netsuite.wsdl").read_bytes())
    with urllib.request.urlopen(f"http://127.0.0.1:{client.port}/wsdl/v2025_2_0/netsuite.wsdl", timeout=20) as answer:
        assert bindings(answer.read()) == theirs


def bindings(content: bytes) -> dict[str | None, set[tuple[str, str | None]]]:
    """Return what the binding of each operation holds: headers in and out, faults."""
    root = etree.fromstring(content)
    wsdl, soap = "{http://schemas.xmlsoap.org/wsdl/}", "{http://schemas.xmlsoap.org/wsdl/soap/}"
    found: dict[str | None, set[tuple[str, str | None]]] = {}
    for operation in root.iterfind(f"{wsdl}binding/{wsdl}operation"):
        parts = {("in", one.get("part")) for one in operation.iterfind(f"{wsdl}input/{soap}header")}
        parts |= {("out", one.get("part")) for one in operation.iterfind(f"{wsdl}output/{soap}header")}
        parts |= {("fault", one.get("name")) for one in operation.iterfind(f"{wsdl}fault")}
        found[operation.get("name")] = parts
    return found
