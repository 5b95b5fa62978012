"""A client of somebody else's making, zeep: signed calls, each answer validated against NetSuite's schemas if present."""

from __future__ import annotations

import base64
import hashlib
import hmac
from typing import Any
from urllib.parse import quote

import zeep
from lxml import etree
from requests import Session
from zeep.plugins import Plugin

from netsuite_simulator.faces.soap.namespaces import namespaces_of
from netsuite_simulator.schemas import RECORD_TYPES

NAMES = namespaces_of("2025_2")
CORE = NAMES.core
COMMON = NAMES.by_prefix["platformCommon"]


class Validation(Plugin):
    """Checks each answer that zeep receives against the XSDs."""

    def __init__(self, schema: etree.XMLSchema | None) -> None:
        self._schema = schema
        self.problems: list[str] = []
        self.answers = 0

    def ingress(self, envelope: Any, http_headers: Any, operation: Any) -> Any:
        self.answers += 1
        for part in envelope:
            for element in part:
                if self._schema is None or element.tag.endswith("}Fault"):
                    continue
                if not self._schema.validate(element):
                    self.problems.append(f"{operation.name}: {self._schema.error_log}")
        return envelope, http_headers


class Zeep:
    """The generated client, with a signed passport on each call."""

    def __init__(
        self, client: Any, generated: zeep.Client, validation: Validation, *, version: str = NAMES.version
    ) -> None:
        self.generated = generated
        self.names = namespaces_of(version)
        self._client = client
        self._validation = validation
        self._count = 0
        binding = next(iter(generated.wsdl.bindings))
        self._service = generated.create_service(
            binding, f"http://127.0.0.1:{client.port}/services/NetSuitePort_{version}"
        )

    def problems(self) -> list[str]:
        """Return what was wrong with the answers since the last time."""
        found, self._validation.problems = self._validation.problems, []
        return found

    def type(self, namespace: str, name: str) -> Any:
        return self.generated.get_type(f"{{{namespace}}}{name}")

    def record(self, record_type: str, **values: Any) -> Any:
        kind = RECORD_TYPES[record_type]
        return self.type(self.names.by_prefix[kind.soap_prefix], kind.soap_type)(**values)

    def ref(self, **values: Any) -> Any:
        return self.type(self.names.core, "RecordRef")(**values)

    def call(self, operation: str, *arguments: Any, **headers: Any) -> Any:
        return self._service[operation](*arguments, _soapheaders={"tokenPassport": self._passport(), **headers})

    def bare(self, operation: str, *arguments: Any) -> Any:
        return self._service[operation](*arguments)

    def _passport(self) -> Any:
        self._count += 1
        given = self._client.credentials
        values = [
            given.account_id,
            given.consumer_key,
            given.token_id,
            f"zeep{id(self) % 10**6:06d}{self._count:010d}",
            str(int(self._client.account.clock.timestamp())),
        ]
        message = "&".join(quote(value, safe="~") for value in values)
        key = f"{quote(given.consumer_secret)}&{quote(given.token_secret)}"
        digest = base64.b64encode(hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()).decode()
        names = ("account", "consumerKey", "token", "nonce", "timestamp")
        return self.type(self.names.core, "TokenPassport")(
            **dict(zip(names, values, strict=True)), signature={"_value_1": digest, "algorithm": "HMAC-SHA256"}
        )


def load_zeep(client: Any, address: str, schema: etree.XMLSchema | None, session: Session) -> Zeep:
    """Load a WSDL and return the client it makes."""
    validation = Validation(schema)
    generated = zeep.Client(address, transport=zeep.Transport(session=session), plugins=[validation])
    return Zeep(client, generated, validation)
