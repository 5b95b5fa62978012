"""`suitebridge run --record`: one record, in processes of its own."""

from __future__ import annotations

import sqlite3
from contextlib import closing

from tests.scenarios.command_line.world import World


def test_one_record_is_imported_by_the_command_line(settled_world: World) -> None:
    with closing(sqlite3.connect(settled_world.data / "suitebridge.sqlite3")) as database:
        found = database.execute(
            "SELECT number FROM store_record WHERE type = 'customer' AND netsuite_id IS NOT NULL LIMIT 1"
        )
        ((number,),) = found.fetchall()
    waits = settled_world.type("run", "--record", "customer", str(number), "--no-wait")
    assert waits.code == 0, waits.err

    ended = settled_world.run("--record", "customer", str(number))

    assert ended.code == 0, ended.err
    assert (ended.document["run"]["is_errand"], ended.document["run"]["number"]) == (True, 2)
    assert ended.outcomes() == {"import_customers": {"unchanged": 1}}
    for words in (("customer", "999999"), ("nothing", "1")):
        assert settled_world.type("run", "--record", *words).code == 2
    assert settled_world.type("run", "--record", "task", "1").code != 0
