"""OAuth 2.0 client credentials at the command line: entered from files, proven, and good for a whole run without SOAP."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.contract.netsuite_worlds import self_signed
from tests.scenarios.command_line.world import World


def certified(account: World) -> tuple[str, ...]:
    """Have an account map the certificate of a fresh key, which is kept beside it; give the words that connect with it."""
    key = generate_private_key(SECP256R1())
    file = account.folder / "key.pem"
    file.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    integration = account.ask(
        "/integrations",
        method="POST",
        document={"name": "SuiteBridge OAuth", "clientCredentialsGrant": True, "scopes": ["rest_webservices"]},
    )
    user = account.ask("/access")["users"][0]
    certificate = account.ask(
        "/certificates",
        method="POST",
        document={
            "certificate": self_signed(key, datetime.now(UTC)),
            "integration": integration["name"],
            "user": user["email"],
            "role": user["roles"][0],
        },
    )
    ids = ("--client-id", integration["consumerKey"], "--certificate-id", certificate["id"])
    return ("connect", "--account-id", account.account, *ids, "--private-key-file", str(file))


def test_a_whole_run_goes_over_rest_with_a_certificate(world: World) -> None:
    connected = world.type(*certified(world))
    assert connected.code == 0, connected.err
    assert world.type("check").code == 0
    before = world.requests("soap")
    flows = ("import_employees", "import_customers", "import_projects", "import_services", "export_time_entries")
    ended = world.run(*(word for name in flows for word in ("--workflow", name)))
    assert ended.code == 0, ended.err
    assert world.requests("soap") == before
    assert Counter(world.created("rest")).most_common(1)[0][1] == 1
    assert len(world.created("rest")) == world.approved["timesheet"]
    back = world.connect()
    assert back.code == 0, back.err
    assert world.type("check").code == 0
