"""Every answer that the simulator gives in any test, held to the documents that describe it once the test is over.

SOAP answers meet the XSDs in the folder named by NETSUITE_SCHEMAS, where there is one; REST answers meet what the
simulator's own metadata catalog says of them, by a validator nobody here wrote. Answers of older end points are read as
2025.2, whose types of records, searches and operations are the same (reference §4.1). An answer larger than LARGEST_BYTES
is not read, nor one that a fault cuts or spoils.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from aiohttp import web
from lxml import etree
from openapi_schema_validator import OAS30Validator, oas30_format_checker

from netsuite_simulator.account import Account
from netsuite_simulator.faces.rest.addresses import COLLECTION, SINGULAR
from netsuite_simulator.faces.rest.openapi import document
from netsuite_simulator.schemas.fields import RecordType

LARGEST_BYTES = 2_000_000
VERSION = "2025_2"
FAULTS = f"urn:faults_{VERSION}.platform.webservices.netsuite.com"
_NAMESPACE = re.compile(rb"(urn:[\w.]+)_20\d\d_\d(\.\w+\.webservices\.netsuite\.com)")
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
    if not folder:
        return None
    imports = "".join(
        f'<xsd:import namespace="{etree.parse(path).getroot().get("targetNamespace")}" schemaLocation="{path.as_uri()}"/>'
        for path in sorted((Path(folder) / "xsd").glob("*.xsd"))
    )
    text = f'<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema">{imports}</xsd:schema>'
    return etree.XMLSchema(etree.fromstring(text))


def violations(schema: etree.XMLSchema | None, root: etree._Element) -> list[str]:
    """List what an answer has that NetSuite's schemas forbid; nothing where there are no schemas."""
    if schema is None:
        return []
    parts = [element for part in root for element in part if not element.tag.endswith("}Fault")]
    parts += [element for element in root.iter() if element.tag.startswith(f"{{{FAULTS}}}")][:1]
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
    """List what a SOAP answer of any version has that NetSuite's schemas forbid."""
    if _SESSIONS.search(body):  # operations that 2025.2 has no more
        return []
    schema = netsuite_schema()
    if schema is None:
        return []
    return violations(schema, etree.fromstring(_NAMESPACE.sub(rb"\1_2025_2\2", body)))
