"""Signatures of REST requests: the connector's, and oauthlib's, which has to come to the same. Authlib has no HMAC-SHA256 and takes no part."""

from __future__ import annotations

from typing import Final

from oauthlib.oauth1 import SIGNATURE_HMAC_SHA256, Client

from benchmarks.parts.repeating import OtherResultError, measure_repeating
from benchmarks.tasks import Measured, Task
from suitebridge.wire.oauth1 import Keys, authorization_header

_KEYS: Final = Keys(
    realm="TSTDRV2026001", consumer_key="c" * 64, token="t" * 64, consumer_secret="C" * 64, token_secret="T" * 64
)
_URL: Final = "https://tstdrv2026001.suitetalk.api.netsuite.com/services/rest/query/v1/suiteql?limit=1000&offset=0"
_AT: Final = 1_780_000_000


def connector(task: Task) -> Measured:
    """Sign as the connector does."""
    return measure_repeating(task, _by_connector)


def oauthlib(task: Task) -> Measured:
    """Sign with oauthlib."""
    if _signature(_by_oauthlib(7)) != _signature(_by_connector(7)):
        raise OtherResultError("oauthlib signs the same request in another way.")
    return measure_repeating(task, _by_oauthlib)


def _by_connector(number: int) -> str:
    return authorization_header(_KEYS, method="POST", url=_URL, timestamp=_AT, nonce=f"{number:020}")


def _by_oauthlib(number: int) -> str:
    client = Client(
        _KEYS.consumer_key,
        client_secret=_KEYS.consumer_secret,
        resource_owner_key=_KEYS.token,
        resource_owner_secret=_KEYS.token_secret,
        signature_method=SIGNATURE_HMAC_SHA256,
        realm=_KEYS.realm,
        nonce=f"{number:020}",
        timestamp=str(_AT),
    )
    return str(client.sign(_URL, "POST")[1]["Authorization"])


def _signature(header: str) -> str:
    return header.partition('oauth_signature="')[2].partition('"')[0]
