"""The end point where an application's certificates are listed, set up and revoked (netsuite-api.md §3.3; revoking: OH:article_0209112818).

The reference shows the answer about one certificate; that a list is an array of such, bare or as `items`, is assumed.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote

import msgspec

from suitebridge.wire.rest.json import UnreadableJsonError, decode

_ROOT = "/services/rest/auth/oauth2/v1/clients"


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCertificate:
    """A certificate as NetSuite lists it, with the role and the entity that it signs in."""

    id: str
    role_id: str
    entity_id: str
    certificate: str
    is_revoked: bool


class _Mapped(msgspec.Struct):
    ent: int | str | None = None
    rol: int | str | None = None


class _Certificate(msgspec.Struct):
    certificate_id: str
    entity_role_id: _Mapped = msgspec.field(default_factory=_Mapped)
    certificate: str = ""
    invalidated: bool | str | None = False


class _List(msgspec.Struct):
    items: list[_Certificate]


_LISTS = msgspec.json.Decoder(_List | list[_Certificate])
_ONE = msgspec.json.Decoder(_Certificate)


def list_path(client_id: str) -> str:
    """Give the address of an application's certificates."""
    return f"{_ROOT}/{quote(client_id, safe='')}/certificates"


def revocation_path(client_id: str, certificate_id: str) -> str:
    """Give the address to which nothing is posted to revoke a certificate."""
    return f"{list_path(client_id)}/{quote(certificate_id, safe='')}/revoke"


def write_new(certificate: str, *, role_id: str, entity_id: str) -> bytes:
    """Write the body that sets a certificate up for a role and an entity."""
    return msgspec.json.encode({"fileContent": certificate, "role": role_id, "entity": entity_id})


def read_list(body: bytes) -> tuple[ClientCertificate, ...]:
    """Read the list. Raise `UnreadableJsonError`."""
    answer = decode(_LISTS, body)
    found = answer.items if isinstance(answer, _List) else answer
    return tuple(map(_read, found))


def read_one(body: bytes) -> ClientCertificate:
    """Read the answer about one certificate. Raise `UnreadableJsonError`."""
    return _read(decode(_ONE, body))


def _read(found: _Certificate) -> ClientCertificate:
    if not found.certificate_id:
        raise UnreadableJsonError("a certificate has no id")
    mapped = found.entity_role_id
    return ClientCertificate(
        id=found.certificate_id,
        role_id=_text(mapped.rol),
        entity_id=_text(mapped.ent),
        certificate=found.certificate,
        is_revoked=found.invalidated in {True, "true", "T"},
    )


def _text(value: int | str | None) -> str:
    return "" if value is None else str(value)
