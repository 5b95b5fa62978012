"""Each run ends with a signed checkpoint, a server signs when it starts, and `audit verify` finds a rewritten trail (quality.md S55)."""

from __future__ import annotations

import json
import shutil
import sqlite3
from contextlib import closing

from suitebridge.adapters.store.chain import Entry, genesis, link
from tests.scenarios.command_line.world import World, read_until

COLUMNS = ", ".join(Entry._fields)


def rewritten(world: World) -> int:
    """Change one entry as somebody who holds the file, and write the chain anew; give the entry's number."""
    with closing(sqlite3.connect(world.data / "suitebridge.sqlite3")) as database, database:
        for act in ("update", "delete"):
            database.execute(f"DROP TRIGGER store_trail_no_{act}")
        changed = 2
        database.execute("UPDATE store_trail SET author_name = 'Mallory' WHERE sequence = ?", (changed,))
        previous = genesis("meridian")
        for row in database.execute(f"SELECT {COLUMNS} FROM store_trail ORDER BY sequence").fetchall():
            values = dict(zip(Entry._fields, row, strict=True))
            at = values["at"].replace(" ", "T").removesuffix("Z")
            entry = Entry(**{**values, "at": f"{at}{'' if '.' in at else '.000000'}Z"})
            previous = link(previous, entry)
            database.execute("UPDATE store_trail SET hash = ? WHERE sequence = ?", (previous, entry.sequence))
        database.execute("UPDATE store_company SET audit_hash = ?", (previous,))
    return changed


def test_a_run_is_signed_and_a_rewritten_trail_found_out(settled_world: World) -> None:
    world = settled_world
    shutil.copytree(world.data / "checkpoints", world.folder / "elsewhere")
    whole = world.type("audit", "verify", "--json").document
    assert (whole["first_broken"], whole["signed_at"][:2]) == (0, "20")
    assert whole["checkpoints"] >= 1
    newest = json.loads((world.data / "checkpoints" / "meridian.jsonl").read_text().splitlines()[-1])
    assert newest["sequence"] <= whole["checked"]
    rewritten(world)
    found = world.type("audit", "verify", "--json")
    assert found.code == 9
    assert found.document["first_broken"] == 1
    assert "the chain was rewritten" in found.document["said"]
    told = world.type("audit", "verify", "--checkpoints", str(world.folder / "elsewhere"))
    assert told.code == 9
    assert "broken at entry 1" in told.out


def test_a_server_signs_when_it_starts_and_a_trail_without_checkpoints_is_told(world: World) -> None:
    shutil.rmtree(world.data / "checkpoints", ignore_errors=True)
    unsigned = world.type("audit", "verify")
    assert unsigned.code == 0
    assert "No signed checkpoint" in unsigned.out
    server = world.start("serve", "--port", "0")
    read_until(server, server.stderr, "listens at")
    server.terminate()
    server.communicate()
    assert "It fits 1 signed checkpoints" in world.type("audit", "verify").out
