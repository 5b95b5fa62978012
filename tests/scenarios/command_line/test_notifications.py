"""`suitebridge notifications`: a receiver on this machine is told by the processes of a real house, and can check who told it."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import signal
import sqlite3
import subprocess
from contextlib import closing

from tests.scenarios.command_line.world import World
from tests.unit.adapters.messages.test_webhooks import Arrived, sink


def checked(arrived: Arrived, key: str) -> dict[str, object]:
    """Check the signature as a receiver does; give what the message says."""
    _, headers, body = arrived
    content = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    secret = base64.b64decode(key.removeprefix("whsec_"))
    expected = base64.b64encode(hmac.new(secret, content, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    told: dict[str, object] = json.loads(body)
    return told


def test_a_receiver_is_told_of_what_went_wrong_and_can_check_it(settled_world: World) -> None:
    world = settled_world
    doomed: list[subprocess.Popen[str]] = []

    def kill_who_sends() -> None:
        while doomed:
            doomed.pop().kill()

    with sink(before_answer=kill_who_sends) as (origin, arrived):
        settings = world.data / "suitebridge.toml"
        settings.write_text(f'local_webhooks = ["{origin}"]\n{settings.read_text()}')
        refused = world.type("notifications", "save", "Ops", "--url", "http://127.0.0.1:1/", "--json")
        assert refused.code == 3
        assert "https addresses only" in refused.err + refused.out
        saved = world.type("notifications", "save", "Ops", "--url", f"{origin}/hook", "--json")
        assert saved.code == 0, saved.err
        key = saved.document["signing_key"]
        assert (
            world.type("notifications", "save", "ops", "--url", f"{origin}/", "--json").document["signing_key"] is None
        )

        assert world.type("notifications", "test", "Ops", "--json").document["is_taken"]
        assert checked(arrived.pop(), key)["type"] == "test"
        assert world.type("notifications", "test", "Nobody").code == 7

        with closing(sqlite3.connect(world.data / "suitebridge.sqlite3")) as database, database:
            database.execute("UPDATE store_run SET state = 'inconsistent', problem_code = 'SB-RUN-002'")
        assert world.run("--dry-run").code == 0
        (told,) = [checked(one, key) for one in arrived]
        assert told["type"] == "workflow.changed"
        assert "failed. Cause: SB-RUN-002." in str(told["data"])
        (message,) = world.type("notifications", "messages", "--json").document["messages"]
        assert (message["state"], message["attempts"]) == ("sent", 1)

        assert world.type("notifications", "again", "msg_nothing").code == 2
        assert world.type("notifications", "again", message["id"]).code == 0
        # Whoever sends it is killed before the answer comes; the next worker sends it again, under its id.
        doomed.append(world.start("--json", "run", "--dry-run"))
        assert doomed[0].wait(60) == -signal.SIGKILL
        with closing(sqlite3.connect(world.data / "suitebridge.sqlite3")) as database, database:
            database.execute("UPDATE store_message SET next_at = made_at")
        assert world.run("--dry-run").code == 0
        ids = [headers["webhook-id"] for _, headers, _ in arrived]
        assert ids == [message["id"]] * 3
        (again,) = world.type("notifications", "messages", "--json").document["messages"]
        assert (again["state"], again["attempts"]) == ("sent", 2)
    (row,) = world.type("notifications", "list", "--json").document["recipients"]
    assert (row["name"], row["least_severity"]) == ("Ops", "warning")
    assert world.type("notifications", "remove", "Ops").code == 0
    assert world.type("notifications", "list", "--json").document["recipients"] == []
