"""The admin end points of pushes: who gets a hint when a record is saved, what became of each, and mishaps on the way.

A receiver's key is taken and never shown. Refuses to know how a hint is signed and sent.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from aiohttp import web

from netsuite_simulator.account import Account
from netsuite_simulator.faces.admin.documents import Document, Work
from netsuite_simulator.pushes import USUAL_CONTEXTS, USUAL_EVENTS, USUAL_HEADERS, Hint, Mishap, Receiver

MOST_SHOWN = 1_000


class _New(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    url: str
    key: str
    types: list[str] = []
    contexts: Sequence[str] = tuple(sorted(USUAL_CONTEXTS))
    events: Sequence[str] = tuple(sorted(USUAL_EVENTS))
    headers: str = USUAL_HEADERS


class _Mishaps(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    mishap: Mishap
    times: int = 1


def _shown(receiver: Receiver) -> dict[str, object]:
    deployment = receiver.deployment
    return {
        "id": receiver.id,
        "url": receiver.url,
        "types": sorted(deployment.types),
        "contexts": sorted(deployment.contexts),
        "events": sorted(deployment.events),
        "headers": receiver.headers,
    }


def _line(hint: Hint) -> dict[str, object]:
    return {
        "delivery": hint.delivery,
        "receiver": hint.receiver.id,
        "type": hint.record.type,
        "id": hint.record.id,
        "event": hint.record.event,
        "context": hint.record.context,
        "mishap": hint.mishap,
        "attempts": hint.attempts,
        "state": hint.state,
        "status": hint.status,
        "said": hint.said,
    }


def _all(account: Account, _: web.Request, __: Document) -> object:
    pushes = account.pushes
    return {
        "items": [_shown(one) for one in pushes.receivers],
        "hints": [_line(one) for one in pushes.hints][-MOST_SHOWN:],
    }


def _add(account: Account, _: web.Request, document: Document) -> object:
    """Post a hint to an address for every save of some record types, or of all."""
    new = msgspec.convert(document, _New)
    unknown = [one for one in new.types if one not in account.types]
    if unknown:
        raise ValueError(f"there is no record type {', '.join(unknown)}")
    receiver = account.pushes.add(
        new.url, new.key, types=new.types, contexts=new.contexts, events=new.events, headers=new.headers
    )
    return _shown(receiver)


def _remove(account: Account, request: web.Request, _: Document) -> object:
    number = request.match_info["id"]
    if not number.isdecimal():
        raise ValueError(f"there is no receiver {number}")
    account.pushes.remove(int(number))
    return {"deleted": number}


def _befall(account: Account, _: web.Request, document: Document) -> object:
    """Let the next hints meet with a mishap."""
    planned = msgspec.convert(document, _Mishaps)
    account.pushes.befall_next(*[planned.mishap] * min(planned.times, MOST_SHOWN))
    return {"mishap": planned.mishap, "times": planned.times}


END_POINTS: tuple[tuple[str, str, Work], ...] = (
    ("GET", "/pushes", _all),
    ("POST", "/pushes", _add),
    ("DELETE", "/pushes/{id}", _remove),
    ("POST", "/pushes/mishaps", _befall),
)
