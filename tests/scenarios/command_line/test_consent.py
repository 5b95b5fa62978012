"""A person signs in at NetSuite with a browser, asks it with their own rights, and signs out: sealed, renewed, revoked, and in no log."""

from __future__ import annotations

import http.client
import socket
import ssl
from urllib.parse import urlsplit

import pytest

from tests.contract.consents import EMAIL, consented
from tests.scenarios.command_line.world import Document, World, read_until

SECONDS = 30
QUESTION = ("--json", "netsuite", "query", "SELECT id, companyname FROM customer WHERE companyname IS NOT NULL")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def visit(address: str) -> str:
    """Go to the door on this machine as a browser that was told to go on, and give what it shows."""
    parts = urlsplit(address)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", parts.port or 0, context=context, timeout=SECONDS)
    try:
        connection.request("GET", f"{parts.path}?{parts.query}")
        return connection.getresponse().read().decode()
    finally:
        connection.close()


def application(world: World, redirect_uri: str, *, is_public: bool) -> Document:
    return world.ask(
        "/integrations",
        method="POST",
        document={
            "name": f"Questions {is_public}",
            "authorizationCodeGrant": True,
            "publicClient": is_public,
            "scopes": ["rest_webservices"],
            "redirectUris": [redirect_uri],
        },
    )


def signed_in(world: World, client_id: str, redirect_uri: str, password: str) -> str:
    """Sign in through the door on this machine; give what the command said."""
    process = world.start("netsuite", "login", "--client-id", client_id, "--redirect-uri", redirect_uri)
    said = read_until(process, process.stderr, "/app/login/oauth2/authorize.nl")
    assert "Back at SuiteBridge" in visit(consented(said[-1].strip(), password))
    out, err = process.communicate(timeout=SECONDS)
    assert process.returncode == 0, err
    return "".join(said) + out + err


def kept(world: World) -> str:
    (file,) = (world.data / "netsuite-sign-ins").glob("*.json")
    assert file.stat().st_mode & 0o077 == 0
    return file.read_text()


@pytest.fixture
def password(world: World) -> str:
    role = next(one["name"] for one in world.ask("/access")["roles"] if "Connector" in one["name"])
    document = {"email": EMAIL, "name": "Ada", "roles": [role], "password": "correct horse"}
    world.ask("/users", method="POST", document=document)
    return "correct horse"


def test_a_person_signs_in_asks_and_signs_out(world: World, password: str) -> None:
    redirect_uri = f"https://localhost:{free_port()}/netsuite"
    client = str(application(world, redirect_uri, is_public=True)["consumerKey"])
    assert world.type("netsuite", "query", "SELECT id FROM customer").code == 4
    said = signed_in(world, client, redirect_uri, password)
    first = kept(world)
    asked = world.type(*QUESTION)
    assert asked.code == 0, asked.err
    assert asked.document["rows"]
    # NetSuite gives a public client another refresh token each time: the one that is kept is always the last.
    assert kept(world) != first
    assert world.type(*QUESTION, "--limit", "1").document["rows"] == asked.document["rows"][:1]
    ended = world.type("netsuite", "logout")
    assert ended.code == 0
    assert not list((world.data / "netsuite-sign-ins").glob("*.json"))
    assert [one["revoked"] for one in world.ask("/access")["authorizations"]] == [True]
    refused = world.type(*QUESTION)
    assert refused.code == 4
    assert "NS-AUTH-006" in refused.err + refused.out
    trail = world.type("--json", "audit", "list").out
    assert "signed in at NetSuite account" in trail
    assert "ended their own sign-in at NetSuite account" in trail
    everything = said + asked.err + ended.out + ended.err + trail + first + (world.folder / "simulator.log").read_text()
    assert "eyJ" not in everything  # no token of NetSuite's begins otherwise


def test_an_answer_that_belongs_to_another_question_is_refused(world: World) -> None:
    redirect_uri = "https://client.example/back"
    made = application(world, redirect_uri, is_public=False)
    (world.folder / "secret").write_text(str(made["consumerSecret"]))
    words = ("netsuite", "login", "--client-id", str(made["consumerKey"]), "--redirect-uri", redirect_uri, "--paste")
    secret = ("--client-secret-file", str(world.folder / "secret"))
    strange = world.type("--no-input", *words, *secret, answers=f"{redirect_uri}?state={'x' * 40}&code=abc")
    assert strange.code == 4
    assert "NS-AUTH-007" in strange.err
    assert "state is another" in strange.err
    assert not list((world.data / "netsuite-sign-ins").glob("*.json"))
