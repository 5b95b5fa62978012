"""The REST records service: addresses of records, and where an answer says that a record lies (netsuite-api.md §5.3)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urlsplit

from suitebridge.wire.http import Response
from suitebridge.wire.unwritable import BY_EXTERNAL_ID

ROOT = "/services/rest/record/v1"
SINGULAR = "application/vnd.oracle.resource+json; type=singular"
STRICT = {"X-NetSuite-PropertyNameValidation": "error", "X-NetSuite-PropertyValueValidation": "error"}
"""A property that the account does not have is refused and not left out with a warning (§5.8)."""

_IN_ADDRESS = re.compile(r"[A-Za-z0-9_-]+")
_ID = re.compile(r"-?[0-9]{1,18}")


def is_addressable(external_id: str) -> bool:
    """Whether an external id may stand in an address."""
    return _IN_ADDRESS.fullmatch(external_id) is not None


def address_by_external_id(record_type: str, external_id: str, replaces: Sequence[str] = ()) -> str:
    """Give the path of a record by its external id; the sublists in `replaces` are replaced as a whole by what is sent."""
    if not is_addressable(external_id):
        raise ValueError(f"the external id {external_id!r} cannot stand in an address")
    query = f"?replace={','.join(replaces)}" if replaces else ""
    return f"{ROOT}/{record_type}/eid:{external_id}{query}"


def located_id(response: Response) -> str:
    """Give the internal id at the end of an answer's Location; "" where it names none."""
    last = urlsplit(response.headers.get("location", "")).path.rstrip("/").rpartition("/")[2]
    return last if _ID.fullmatch(last) else ""


def address_of(record_type: str, reference: str, replaces: Sequence[str] = ()) -> str:
    """Give the path of a record by its internal id, or by its external id with "eid:" before it."""
    if reference.startswith(BY_EXTERNAL_ID):
        return address_by_external_id(record_type, reference.removeprefix(BY_EXTERNAL_ID), replaces)
    if not _ID.fullmatch(reference):
        raise ValueError(f"{reference!r} is no internal id")
    query = f"?replace={','.join(replaces)}" if replaces else ""
    return f"{ROOT}/{record_type}/{reference}{query}"
