"""Drives the SOAP library `suds` by the WSDL alone, in its own environment."""

from __future__ import annotations

import base64
import hashlib
import hmac
import secrets
import time
from typing import Any

from simulator.tests.clients.scripts.talking import talk
from suds.client import Client
from suds.plugin import MessagePlugin
from suds.sudsobject import asdict

clients: dict[str, Client] = {}


class References(MessagePlugin):  # type: ignore[misc] # suds has no types
    """Undoes what suds does to an attribute called "type": it writes the value over xsi:type.

    Whoever sends a RecordRef by suds needs such a plug-in, against NetSuite too.
    """

    def marshalled(self, context: Any) -> None:
        for element in [context.envelope.getChild("Body")]:
            self._mend(element)

    def _mend(self, element: Any) -> None:
        for attribute in [one for one in element.attributes if one.name == "type" and ":" not in one.value]:
            element.attributes.remove(attribute)
            element.set("record", attribute.value)
            element.getAttribute("record").name = "type"
            element.set("xsi:type", f"{_prefix(element)}:RecordRef")
        for child in element.children:
            self._mend(child)


def _prefix(element: Any) -> str:
    """Return a prefix for the types of records, declared at the element."""
    element.addPrefix("core", space(clients["netsuite"], "core", "platform"))
    return "core"


def load(wsdl: str) -> list[str]:
    """Load a WSDL and name its operations."""
    clients["netsuite"] = Client(wsdl, cache=None, plugins=[References()])
    return [str(name) for name in clients["netsuite"].wsdl.services[0].ports[0].methods]


def call(credentials: dict[str, str], operation: str, arguments: list[Any]) -> Any:
    client = clients["netsuite"]
    client.set_options(soapheaders={"tokenPassport": passport(client, credentials)})
    return plain(getattr(client.service, operation)(*(built(client, one) for one in arguments)))


def passport(client: Client, given: dict[str, str]) -> Any:
    """Sign a passport."""
    made = client.factory.create(qualified(client, "core", "platform", "TokenPassport"))
    made.account, made.consumerKey, made.token = given["account_id"], given["consumer_key"], given["token_id"]
    made.nonce, made.timestamp = secrets.token_hex(10), int(time.time())
    message = f"{made.account}&{made.consumerKey}&{made.token}&{made.nonce}&{made.timestamp}"
    key = f"{given['consumer_secret']}&{given['token_secret']}"
    digest = hmac.new(key.encode(), message.encode(), hashlib.sha256).digest()
    made.signature.value, made.signature._algorithm = base64.b64encode(digest).decode(), "HMAC-SHA256"
    return made


def space(client: Client, name: str, area: str) -> str:
    """Name a namespace in the version of the loaded WSDL."""
    version = client.wsdl.tns[1].removeprefix("urn:platform_").partition(".")[0]
    return f"urn:{name}_{version}.{area}.webservices.netsuite.com"


def qualified(client: Client, name: str, area: str, kind: str) -> str:
    """Return the Clark name of a type."""
    return f"{{{space(client, name, area)}}}{kind}"


def built(client: Client, value: Any) -> Any:
    """Make the object of the WSDL that {"new": "relationships.lists.Customer", …} describes; "@name" is an attribute."""
    if isinstance(value, list):
        return [built(client, one) for one in value]
    if not isinstance(value, dict):
        return value
    name, area, kind = value["new"].split(".")
    made = client.factory.create(qualified(client, name, area, kind))
    for field, one in value.items():
        if field != "new":
            setattr(made, field.replace("@", "_"), built(client, one))
    return made


def plain(value: Any) -> Any:
    """Turn what suds answers with into dictionaries and lists."""
    if hasattr(value, "__keylist__"):
        return {name: plain(one) for name, one in asdict(value).items()}
    return [plain(one) for one in value] if isinstance(value, list) else value


if __name__ == "__main__":
    talk({"load": load, "call": call})
