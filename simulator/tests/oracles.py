"""Every answer that the simulator gives in any test, held to the documents that describe it once the test is over.

SOAP answers meet the XSDs that the simulator serves for their version, and those in the folder named by NETSUITE_SCHEMAS,
where there is one: the latter are 2025.2's, whose types of records, searches and operations older end points share (reference
§4.1). REST answers meet what the simulator's own metadata catalog says of them, by a validator nobody here wrote. An answer
larger than LARGEST_BYTES is not read, nor one that a fault cuts or spoils.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from aiohttp import web
from lxml import etree
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from netsuite_simulator.account import Account
from netsuite_simulator.customizations import CustomRecordType, record_type_of
from netsuite_simulator.faces.rest.addresses import COLLECTION, SINGULAR
from netsuite_simulator.faces.rest.openapi import document
from netsuite_simulator.faces.soap.catalogs import catalog_of
from netsuite_simulator.faces.soap.namespaces import namespaces_of
from netsuite_simulator.faces.soap.wsdl.documents import schemas_of
from netsuite_simulator.faces.soap.wsdl.operations import operations_of
from netsuite_simulator.faces.soap.wsdl.printing import ORIGIN, print_documents
from netsuite_simulator.schemas import RECORD_TYPES
from netsuite_simulator.schemas.fields import RecordType

LARGEST_BYTES = 2_000_000
FAULTS = re.compile(r"\{urn:faults_\w+\.platform\.webservices\.netsuite\.com\}")
_NAMESPACE = re.compile(rb"(urn:[\w.]+)_(20\d\d_\d)(\.\w+\.webservices\.netsuite\.com)")
_SESSIONS = re.compile(
    rb"<(?:\w+:)?(?:login|ssoLogin|mapSso|searchMore|searchNext|changePassword|changeEmail)\w*Response\b"
)
_ERROR = "application/vnd.oracle.resource+json; type=error"

Schema = dict[str, Any]
Signal = Callable[[web.Request, web.StreamResponse], Awaitable[None]]


# --- SOAP ---


@cache
def netsuite_schema() -> etree.XMLSchema | None:
    """Compile the XSDs of the folder named by NETSUITE_SCHEMAS, once; None where it is unset."""
    folder = os.environ.get("NETSUITE_SCHEMAS")
    return compiled(Path(folder) / "xsd") if folder else None


@cache
def own_schema(version: str) -> etree.XMLSchema:
    """Compile the XSDs that the simulator serves for a version, once."""
    names = namespaces_of(version)
    any_custom_record = record_type_of(CustomRecordType(id=-1, script_id="customrecord", label=""))
    catalog = catalog_of((*RECORD_TYPES.values(), any_custom_record), names)
    with TemporaryDirectory() as folder:
        for path, content in print_documents(schemas_of(catalog), operations_of(version), names).items():
            file = Path(folder) / path.lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content.replace(ORIGIN.encode(), Path(folder).as_uri().encode()))
        return compiled(Path(folder))


def compiled(folder: Path) -> etree.XMLSchema:
    """Compile the XSDs of a folder as one schema."""
    imports = "".join(
        f'<xsd:import namespace="{etree.parse(path).getroot().get("targetNamespace")}" schemaLocation="{path.as_uri()}"/>'
        for path in sorted(folder.rglob("*.xsd"))
    )
    text = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def violations(schema: etree.XMLSchema | None, root: etree._Element) -> list[str]:
    """List what an answer has that NetSuite's schemas forbid; nothing where there are no schemas."""
    if schema is None:
        return []
    parts = [element for part in root for element in part if not element.tag.endswith("}Fault")]
    parts += [element for element in root.iter() if FAULTS.match(element.tag)][:1]
    return [str(schema.error_log) for part in parts if not schema.validate(part)]


# --- REST ---


@dataclass(frozen=True, slots=True, kw_only=True)
class RestAnswer:
    """A JSON answer, and which schema of the catalog it has to meet."""

    place: str
    name: str
    record_type: RecordType | None
    body: bytes


def named(request: web.Request, response: web.Response, account: Account) -> RestAnswer | None:
    """Say which schema an answer has to meet; None where the catalog describes none."""
    kind = response.headers.get("Content-Type", "")
    place = f"{request.method} {request.path_qs}"
    body = bytes(response.body) if isinstance(response.body, bytes | bytearray) else b""
    if kind.startswith(_ERROR):
        return RestAnswer(place=place, name="nsError", record_type=None, body=body)
    found = account.record_type(request.match_info.get("type", ""))
    if found is None or request.query.get("simpleEnumFormat", "").lower() == "true":
        return None
    sublist = next((one for one in _sublists(found) if one == request.match_info.get("sublist")), None)
    if kind.startswith(COLLECTION) and "id" not in request.match_info:
        name = "nsResourceCollection"
    elif kind.startswith(COLLECTION) and sublist is not None:
        name = f"{found.name}-{sublist}Collection"
    elif kind.startswith(SINGULAR) and sublist is not None and "subrecord" in request.match_info:
        name = f"{found.name}-{sublist}-{request.match_info['subrecord']}"
    elif kind.startswith(SINGULAR) and sublist is not None and "line" in request.match_info:
        name = f"{found.name}-{sublist}Element"
    elif kind.startswith(SINGULAR) and "id" in request.match_info and "sublist" not in request.match_info:
        name = found.name
    else:
        return None
    return RestAnswer(place=place, name=name, record_type=found, body=body)


def _sublists(record_type: RecordType) -> list[str]:
    return [one.rest_name or one.name for one in record_type.fields if one.lines is not None]


class Catalogs:
    """The validators of record types, made when a type is first seen; a type with another field is another type."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[RecordType | None, Schema]] = {}

    def problems(self, answer: RestAnswer) -> list[str]:
        """List what an answer has that the catalog forbids, or does not know."""
        schemas = self._schemas(answer.record_type)
        value = json.loads(answer.body)
        root = {"$ref": f"#/components/schemas/{answer.name}", "components": {"schemas": schemas}}
        validator = OAS30Validator(root, format_checker=oas30_format_checker)
        found = [f"{answer.place}: {error.json_path}: {error.message}" for error in validator.iter_errors(value)]
        unknown = set(value) - set(schemas[answer.name]["properties"])
        return [*found, *(f"{answer.place}: the catalog does not know {one}" for one in sorted(unknown))]

    def _schemas(self, record_type: RecordType | None) -> Schema:
        kept = self._known.get(id(record_type))
        if kept is None:
            described: Any = document([] if record_type is None else [record_type], "http://127.0.0.1")
            kept = self._known[id(record_type)] = record_type, described["components"]["schemas"]
        return kept[1]


# --- all of them ---


@dataclass(slots=True)
class Answers:
    """What was answered since the last time somebody looked."""

    soap: set[bytes] = field(default_factory=set)
    rest: dict[tuple[str, bytes], RestAnswer] = field(default_factory=dict)
    catalogs: Catalogs = field(default_factory=Catalogs)

    def signal(self, *accounts: Account) -> Signal:
        """Return what an application tells its answers to; only one with a single account says whose they are."""

        async def keep(request: web.Request, response: web.StreamResponse) -> None:
            if not isinstance(response, web.Response) or not isinstance(response.body, bytes | bytearray):
                return
            if not 0 < len(response.body) <= LARGEST_BYTES:
                return
            if request.path.startswith("/services/NetSuitePort_") and response.content_type == "text/xml":
                self.soap.add(bytes(response.body))
            elif request.path.startswith("/services/rest/") and len(accounts) == 1:
                answer = named(request, response, accounts[0])
                if answer is not None:
                    self.rest[answer.name, answer.body] = answer

        return keep

    def problems(self) -> list[str]:
        """List what was wrong, and forget the answers."""
        soap, self.soap = self.soap, set()
        rest, self.rest = self.rest, {}
        found = [problem for body in soap for problem in soap_problems(body)]
        return [*found, *(problem for answer in rest.values() for problem in self.catalogs.problems(answer))]


def soap_problems(body: bytes) -> list[str]:
    """List what a SOAP answer has that the schemas of its version or NetSuite's own forbid."""
    version = _NAMESPACE.search(body)
    own = [] if version is None else violations(own_schema(version[2].decode()), etree.fromstring(body))
    if netsuite_schema() is None or _SESSIONS.search(body):  # operations that 2025.2 has no more
        return own
    return [*own, *violations(netsuite_schema(), etree.fromstring(_NAMESPACE.sub(rb"\g<1>_2025_2\3", body)))]
