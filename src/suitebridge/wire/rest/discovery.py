"""Data-center discovery: which hosts NetSuite names for an account, asked without signing in (netsuite-api.md §1.3)."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from suitebridge.wire.rest.json import decode

_PATH = "/rest/datacenterurls"


class _Urls(msgspec.Struct):
    rest: str = msgspec.field(name="restDomain")
    system: str = msgspec.field(name="systemDomain")
    web_services: str = msgspec.field(name="webservicesDomain")


_URLS = msgspec.json.Decoder(_Urls)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataCenterUrls:
    """The origins of an account as NetSuite names them, without a slash at their end."""

    rest: str
    system: str
    web_services: str


def address(origin: str, account_id: str) -> str:
    """Give the address to ask; the id has been matched whole before, so that it needs no escaping."""
    return f"{origin}{_PATH}?account={account_id}"


def read_urls(body: bytes) -> DataCenterUrls:
    """Read the answer. Raise `UnreadableJsonError` for anything else."""
    urls = decode(_URLS, body)
    rest, system, web_services = (url.strip().rstrip("/") for url in (urls.rest, urls.system, urls.web_services))
    return DataCenterUrls(rest=rest, system=system, web_services=web_services)
