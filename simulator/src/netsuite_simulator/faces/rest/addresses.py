"""What an address of the records door names, reference §5.1 and §5.3: record type, record, content types."""

from __future__ import annotations

import re

from aiohttp import web

from netsuite_simulator.faces.rest.entrance import Visit, origin_of_request
from netsuite_simulator.faces.rest.problems import ProblemError
from netsuite_simulator.schemas.fields import RecordType

ROOT = "/services/rest/record/v1"
SINGULAR = "application/vnd.oracle.resource+json; type=singular"
COLLECTION = "application/vnd.oracle.resource+json; type=collection"
Identity = tuple[str | None, str | None]  # internal id, external id: one of them
_EXTERNAL_ID = re.compile(r"[\w-]+")  # reference §5.3


def href_of(request: web.Request) -> str:
    """Return the address of the records service as the client uses it."""
    return f"{origin_of_request(request)}{ROOT}"


def record_type_of(request: web.Request, visit: Visit) -> RecordType:
    """Find the record type an address names, in any case."""
    name = request.match_info["type"]
    found = visit.account.record_type(name)
    if found is None:
        raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{name}' does not exist.", path=name)
    return found


def identity_of(request: web.Request) -> Identity:
    """Return the internal or the external id an address names."""
    text = request.match_info["id"]
    if not text.startswith("eid:"):
        return text, None
    external_id = text.removeprefix("eid:")
    if _EXTERNAL_ID.fullmatch(external_id) is None:
        detail = "An external ID in an address holds letters, digits, '_' and '-' only; use q=externalId IS instead."
        raise ProblemError(400, "INVALID_VALUE", detail, path="eid")
    return None, external_id
