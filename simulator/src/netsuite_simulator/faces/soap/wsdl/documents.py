"""Every document of a version, made from the account's record types, and the addresses they are served at (§4.1).

The documents name the host they are asked at, so that a client that reads the WSDL calls the account it was read from.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.accounts import Accounts
from netsuite_simulator.customizations import CustomRecordType, record_type_of
from netsuite_simulator.faces.soap.catalogs import Catalog, catalog_of
from netsuite_simulator.faces.soap.listings import KINDS
from netsuite_simulator.faces.soap.namespaces import SPACES, VERSIONS, namespaces_of
from netsuite_simulator.faces.soap.wsdl.declarations import Schema
from netsuite_simulator.faces.soap.wsdl.operations import (
    SESSION_VERSION,
    declare_sessions,
    messages_schema,
    operations_of,
)
from netsuite_simulator.faces.soap.wsdl.printing import ORIGIN, print_documents
from netsuite_simulator.faces.soap.wsdl.protocol import core_schema, faults_schema
from netsuite_simulator.faces.soap.wsdl.recordtypes import declare_record
from netsuite_simulator.faces.soap.wsdl.searches import declare_searches
from netsuite_simulator.faces.soap.wsdl.timegrids import declare_grid
from netsuite_simulator.faces.soap.wsdl.unkept import declare_unkept
from netsuite_simulator.schemas.fields import RecordType


def schemas_of(catalog: Catalog) -> list[Schema]:
    """Declare every document of the catalog's version."""
    schemas = {prefix: Schema(prefix=prefix) for prefix in SPACES}
    core = schemas["platformCore"] = core_schema()
    schemas["platformFaults"] = faults_schema()
    schemas["platformMsgs"] = messages_schema(catalog.names.version)
    if catalog.names.version == SESSION_VERSION:
        declare_sessions(core)
    for shape in catalog.by_name.values():
        declare_record(shape.type, schemas)
    declare_grid(catalog.grid, schemas)
    declare_searches(catalog, schemas)
    declare_unkept(schemas)
    _name_records(catalog, core)
    return list(schemas.values())


def _name_records(catalog: Catalog, core: Schema) -> None:
    """List the record types in the enumerations that name them."""
    types = [shape.type for shape in catalog.by_name.values() if not shape.type.type_id]
    core.enumerate("RecordType", [*(one.name for one in types), "customRecord", *sorted(KINDS)])
    searched = (one.soap_search or "" for one in types)
    core.enumerate(
        "SearchRecordType", (f"{name[0].lower()}{name[1:]}".removesuffix("Search") for name in searched if name)
    )
    core.enumerate("GetAllRecordType", (one.name for one in types if one.soap_search is None))
    core.enumerate("InitializeType", (one.name for one in types if one.name in _INITIALIZED))
    core.enumerate("InitializeRefType", (one.name for one in types if one.name in _INITIALIZED_FROM))


# What initialize makes, and from what, as far as the account may keep it (reference §4.13).
_INITIALIZED = frozenset(
    {
        "cashRefund", "cashSale", "creditMemo", "customerPayment", "customerRefund", "depositApplication", "estimate",
        "invoice", "itemFulfillment", "itemReceipt", "purchaseOrder", "returnAuthorization", "salesOrder", "vendorBill",
        "vendorCredit", "vendorPayment",
    }
)  # fmt: skip
_INITIALIZED_FROM = frozenset(
    {
        "cashSale", "creditMemo", "customer", "customerDeposit", "employee", "estimate", "invoice", "opportunity",
        "purchaseOrder", "purchaseRequisition", "returnAuthorization", "salesOrder", "vendor", "vendorBill",
    }
)  # fmt: skip


# Custom records are told of even where the account has none yet: a client's classes outlive the WSDL it read.
_ANY_CUSTOM_RECORD = record_type_of(CustomRecordType(id=-1, script_id="customrecord", label=""))


class DocumentDoor:
    """Serves the documents of every version, printed once for each set of record types."""

    def __init__(self, accounts: Accounts) -> None:
        self._accounts = accounts
        self._printed: dict[str, tuple[tuple[RecordType, ...], dict[str, bytes]]] = {}

    async def read(self, request: web.Request) -> web.StreamResponse:
        """Answer one GET."""
        version = request.match_info["version"]
        content = self._documents(version).get(request.path) if version in VERSIONS else None
        if content is None:
            raise web.HTTPNotFound
        body = content.replace(ORIGIN.encode(), f"{request.scheme}://{request.host}".encode())
        return web.Response(body=body, content_type="text/xml", charset="utf-8")

    def _documents(self, version: str) -> dict[str, bytes]:
        types = tuple(self._accounts.only.types.values())
        kept = self._printed.get(version)
        if kept is None or kept[0] != types:
            catalog = catalog_of((*types, _ANY_CUSTOM_RECORD), namespaces_of(version))
            kept = types, print_documents(schemas_of(catalog), operations_of(version), catalog.names)
            self._printed[version] = kept
        return kept[1]


def routes(accounts: Accounts) -> list[web.RouteDef]:
    """Return the addresses of the WSDL and its schemas."""
    door = DocumentDoor(accounts)
    return [
        web.get(r"/wsdl/v{version:\d{4}_\d}_0/netsuite.wsdl", door.read),
        web.get(r"/xsd/{area:\w{1,20}}/v{version:\d{4}_\d}_0/{file:\w{1,40}}.xsd", door.read),
    ]
