"""Answers spoiled: bytes that arrive whole and cannot be read, or say something else than what was done.

JSON and XML are told apart by their first byte. What needs the elements of a SOAP answer is done by its door, before
the answer is bytes. Refuses to know connections.
"""

from __future__ import annotations

import re

from aiohttp import web

from netsuite_simulator.faces.answers import json_bytes, read_json
from netsuite_simulator.faults import (
    DeepBody,
    Fault,
    LongAnswers,
    MalformedBody,
    NoIdentity,
    ReorderedAnswers,
    ShortAnswers,
)

_NAMESPACE = re.compile(rb"urn:(messages|core)_(\d{4}_\d)")
_NUMBER = re.compile(rb"(?<=[:\[,])-?\d+(\.\d+)?(?=[,\]}])")
_BOMB = (
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">'
    b'<!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;"><!ENTITY e "&d;&d;&d;&d;&d;&d;&d;&d;"><!ENTITY f "&e;&e;&e;&e;&e;&e;&e;&e;">'
    b'<!ENTITY g SYSTEM "file:///etc/hostname">]>'
)
_OTHER_XML = b'<?xml version="1.0" encoding="UTF-8"?><answer xmlns="urn:other"><status>OK</status></answer>'
_OTHER_JSON = b'{"answer":{"status":"OK"}}'


def spoiled(response: web.Response, body: bytes, fault: Fault) -> web.Response:
    """Return the answer as a fault leaves it; the answer itself where the fault does not touch it."""
    match fault:
        case MalformedBody(how=how):
            return _with_body(response, _malformed(body, how)) if body else response
        case DeepBody(depth=depth):
            deep = b"<a>" * depth + b"</a>" * depth if _is_xml(body) else b"[" * depth + b"]" * depth
            return _with_body(response, deep)
        case NoIdentity() if "Location" in response.headers:
            headers = {name: value for name, value in response.headers.items() if name != "Location"}
            return web.Response(status=response.status, headers=headers, body=body or None)
        case ReorderedAnswers() | ShortAnswers() | LongAnswers():
            return _with_items(response, body, fault)
        case _:
            return response


def _is_xml(body: bytes) -> bool:
    return body.lstrip()[:1] == b"<"


def _with_body(response: web.Response, body: bytes) -> web.Response:
    headers = {name: value for name, value in response.headers.items() if name != "Content-Length"}
    return web.Response(status=response.status, headers=headers, body=body)


def _malformed(body: bytes, how: str) -> bytes:
    half = len(body) // 2
    match how:
        case "empty":
            return b""
        case "encoding":
            place = body.rfind(b">", 0, half) + 1 if _is_xml(body) else body.find(b'"') + 1
            return body[:place] + b"\xff\xfe\xfa" + body[place:]
        case "wrong shape":
            return _OTHER_XML if _is_xml(body) else _OTHER_JSON
        case "namespace" if _is_xml(body):
            return _NAMESPACE.sub(rb"urn:\1_1999_1", body)
        case "doctype" if _is_xml(body):
            start = body.find(b"?>") + 2 if body.startswith(b"<?xml") else 0
            place = body.find(b"</")
            return body[:start] + _BOMB + body[start:place] + b"&f;&g;" + body[place:]
        case "nan" if not _is_xml(body) and _NUMBER.search(body):
            return _NUMBER.sub(b"NaN", body, count=1)
        case "duplicate keys" if body.lstrip()[:1] == b"{" and len(body) > 2:
            return _twice(body)
        case _:
            return body[:half]


def _twice(body: bytes) -> bytes:
    """Give an object its first key a second time, with another value."""
    document = read_json(body)
    assert isinstance(document, dict)
    key = next(iter(document))
    again = json_bytes({key: "the second of two"})
    return body.rstrip()[:-1] + b"," + again[1:-1] + b"}"


def _with_items(
    response: web.Response, body: bytes, fault: ReorderedAnswers | ShortAnswers | LongAnswers
) -> web.Response:
    """Reorder, shorten or lengthen the items of a page; what it says of their number stays."""
    if not body or _is_xml(body):
        return response
    document = read_json(body)
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(document, dict) or not isinstance(items, list) or not items:
        return response
    match fault:
        case ReorderedAnswers():
            items = items[::-1]
        case ShortAnswers(missing=missing):
            items = items[: max(len(items) - missing, 0)]
        case LongAnswers(extra=extra):
            items = items + [items[-1]] * extra
    return _with_body(response, json_bytes({**document, "items": items}))
