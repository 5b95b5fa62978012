"""Hints that an account posts when records are saved: signed, tried again, and what befalls them on the way (row F81)."""

from __future__ import annotations

import hashlib
import hmac
import json
import queue
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from simulator.tests.admin.test_admin_end_points import Admin
from simulator.tests.firms import Firm, RestClient

from netsuite_simulator.pushes import LATE_BY, MOST_ATTEMPTS, Hint, Mishap, State

KEY = "an-example-key"
PATH = "/hooks/acme/netsuite"


class Receiver(ThreadingHTTPServer):
    """Another system: it keeps what comes, and answers as it is told."""

    def __init__(self) -> None:
        self.letters: queue.Queue[tuple[dict[str, str], bytes]] = queue.Queue()
        self.statuses: queue.Queue[int] = queue.Queue()
        super().__init__(("127.0.0.1", 0), _Answering)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{PATH}"

    def next(self) -> tuple[dict[str, str], bytes]:
        """Wait for the next request."""
        return self.letters.get(timeout=10)

    def records(self) -> list[str]:
        """Return the ids of the next request's records."""
        return [one["id"] for one in json.loads(self.next()[1])["records"]]


class _Answering(BaseHTTPRequestHandler):
    server: Receiver

    def do_POST(self) -> None:  # the library's name
        body = self.rfile.read(int(self.headers["Content-Length"]))
        status = 202 if self.server.statuses.empty() else self.server.statuses.get()
        self.send_response(status)
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"taken")
        self.server.letters.put((dict(self.headers), body))

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Another system on a port of its own."""
    server = Receiver()
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join(10)
    server.server_close()


@pytest.fixture
def admin(client: RestClient, receiver: Receiver) -> Admin:
    """The admin end points of an account that posts hints of customers to the receiver."""
    admin = Admin(client.url)
    made = admin.ask("POST", "/pushes", {"url": receiver.url, "key": KEY, "types": ["customer"]})
    assert (made["types"], "WEBSERVICES" in made["contexts"], "key" in made) == (["customer"], False, False)
    return admin


def save(firm: Firm, name: str = "Brook") -> str:
    return firm.account.add("customer", companyName=name).id


def test_a_save_reaches_the_receiver_signed(firm: Firm, client: RestClient, receiver: Receiver, admin: Admin) -> None:
    customer = save(firm)
    headers, body = receiver.next()
    assert json.loads(body)["records"] == [{"type": "customer", "id": customer, "version": "2026-05-18 17:00:00"}]
    moment = headers["X-SuiteBridge-Timestamp"]
    assert moment == str(int(firm.account.clock.timestamp()))
    signed = f"{moment}\nPOST\n{PATH}\n".encode() + body
    expected = f"v1={hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()}"
    assert headers["X-SuiteBridge-Signature"] == expected
    assert client.records("PATCH", f"customer/{customer}", {"phone": "1"}).status_code == 204  # the receiver's own door
    firm.account.add("vendor", companyName="Mill", subsidiary=firm.subsidiary)
    second = save(firm, "Fern")
    assert receiver.records() == [second]
    listed = admin.ask("GET", "/pushes")
    assert [(one["id"], one["event"]) for one in listed["hints"]] == [(customer, "create"), (second, "create")]
    assert KEY not in json.dumps(listed)
    assert admin.ask("DELETE", f"/pushes/{listed['items'][0]['id']}")["deleted"]
    save(firm, "Dam")
    assert len(admin.ask("GET", "/pushes")["hints"]) == 2


def test_what_is_not_taken_is_tried_again_ever_later(firm: Firm, receiver: Receiver, admin: Admin) -> None:
    clock, pushes = firm.account.clock, firm.account.pushes
    noted: queue.Queue[State] = queue.Queue()
    note = pushes.answered

    def answered(hint: Hint, status: int | None, said: str) -> None:
        note(hint, status, said)
        noted.put(hint.state)

    pushes.answered = answered  # type: ignore[method-assign]
    for status in (503, 429, 202):
        receiver.statuses.put(status)
    save(firm)
    first, body = receiver.next()
    for pause in (2, 4):
        assert noted.get(timeout=10) is State.WAITING
        assert pushes.due() == []
        clock.advance(pause)
        again, same = receiver.next()
        assert same == body
        assert again["X-SuiteBridge-Signature"] != first["X-SuiteBridge-Signature"]
    assert noted.get(timeout=10) is State.DELIVERED
    (hint,) = pushes.hints
    assert (hint.attempts, hint.status, hint.said) == (3, 202, "taken")


def test_a_receiver_that_refuses_or_never_answers_is_left_alone(firm: Firm) -> None:
    pushes = firm.account.pushes
    pushes.add("http://127.0.0.1:9/x", KEY)
    refused, silent = save(firm), save(firm, "Fern")
    one, other = pushes.due()
    pushes.answered(one, 401, "Not signed as it must be.")
    for _ in range(MOST_ATTEMPTS):
        pushes.answered(other, None, "No answer.")
    assert [(hint.record.id, hint.state) for hint in pushes.hints] == [
        (refused, State.REFUSED),
        (silent, State.GIVEN_UP),
    ]
    firm.account.clock.advance(10**6)
    assert pushes.due() == []


def test_hints_meet_with_mishaps(firm: Firm, receiver: Receiver, admin: Admin) -> None:
    admin.ask("POST", "/pushes/mishaps", {"mishap": "lost"})
    admin.ask("POST", "/pushes/mishaps", {"mishap": "overtaken"})
    save(firm, "lost")
    late, early = save(firm, "late"), save(firm, "early")
    assert receiver.records() == [early]
    assert receiver.records() == [late]
    expected = {"duplicate": False, "replayed": True}
    for mishap, is_same in expected.items():
        admin.ask("POST", "/pushes/mishaps", {"mishap": mishap})
        save(firm, mishap)
        (first, body), (second, again) = receiver.next(), receiver.next()
        assert body == again
        assert (first["X-SuiteBridge-Signature"] == second["X-SuiteBridge-Signature"]) is is_same
    firm.account.pushes.befall_next(Mishap.LATE, Mishap.FORGED)
    save(firm, "stale")
    moment = int(receiver.next()[0]["X-SuiteBridge-Timestamp"])
    assert firm.account.clock.timestamp() - moment == LATE_BY.total_seconds()
    save(firm, "forged")
    headers, body = receiver.next()
    signed = f"{headers['X-SuiteBridge-Timestamp']}\nPOST\n{PATH}\n".encode() + body
    assert headers["X-SuiteBridge-Signature"] != f"v1={hmac.new(KEY.encode(), signed, hashlib.sha256).hexdigest()}"
    assert admin.ask("GET", "/pushes")["hints"][0]["state"] == "lost"


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("/pushes", {"url": "ftp://x", "key": KEY}, "no address"),
        ("/pushes", {"url": "http://x", "key": ""}, "key is missing"),
        ("/pushes", {"url": "http://x"}, "key"),
        ("/pushes", {"url": "http://x", "key": KEY, "types": ["bell"]}, "no record type bell"),
        ("/pushes", {"url": "http://x", "key": KEY, "contexts": ["WEB"]}, "no execution context"),
        ("/pushes", {"url": "http://x", "key": KEY, "events": ["view"]}, "view"),
        ("/pushes/mishaps", {"mishap": "eaten"}, "eaten"),
    ],
)
def test_what_is_no_receiver_is_refused(client: RestClient, path: str, body: Any, words: str) -> None:
    assert words in Admin(client.url).ask("POST", path, body, status=400)["error"]


def test_there_has_to_be_a_receiver_to_remove(client: RestClient) -> None:
    admin = Admin(client.url)
    assert "no receiver 9" in admin.ask("DELETE", "/pushes/9", status=400)["error"]
    assert "no receiver x" in admin.ask("DELETE", "/pushes/x", status=400)["error"]
