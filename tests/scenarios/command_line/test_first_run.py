"""The first run and the ones after it, as somebody at the command line lives through them."""

from __future__ import annotations

import contextlib
import os
import pty
import subprocess
from pathlib import Path

import pytest

from suitebridge.bootstrap import open_house
from suitebridge.domain.people import Door
from tests.scenarios.command_line.world import SECONDS, World

IMPORTS = ("import_customers", "import_employees", "import_expense_items", "import_projects", "import_services")
EXPORTS = {
    "export_time_entries": "timesheet",
    "export_expense_reports": "expense_report",
    "export_invoices": "invoice",
}


def test_a_first_run_moves_everything_and_a_second_one_nothing(world: World) -> None:
    first = world.run()
    assert first.code == 0, first.err
    assert first.document["schema"] == "suitebridge/run/1"
    outcomes = first.outcomes()
    for name, parent in EXPORTS.items():
        assert outcomes[name] == {"created": world.approved[parent]}
    for one in first.document["workflows"]:
        assert one["adds_up"], one
        assert one["considered"] == sum(one["outcomes"].values())
        if one["direction"] == "export":
            assert one["selected_sums"] == one["written_sums"] != []
    assert first.document["errors"] == []
    sent = world.created()
    assert len(sent) == len(set(sent)) == sum(world.approved.values())

    queries, writes = world.requests("suiteql"), world.ask("/writes?door=soap")["total"]
    second = world.run()
    assert second.code == 0, second.err
    assert not any({"created", "updated"} & set(kinds) for kinds in second.outcomes().values())
    assert all(second.outcomes()[name] == {} for name in EXPORTS)
    assert world.requests("suiteql") - queries <= 2 * len(IMPORTS)
    # What was deleted and which fields there are is asked for over SOAP and REST; nothing is written.
    assert world.ask("/writes?door=soap")["total"] == writes
    assert world.ask("/writes?door=rest")["total"] == 0

    verified = world.type("audit", "verify", "--json")
    assert (verified.code, verified.document["first_broken"]) == (0, 0)


def test_an_edit_in_netsuite_reaches_the_workspace_with_its_author(settled_world: World) -> None:
    store = open_house(settled_world.data).companies.store("meridian")
    last = store.runs.get("last")
    assert last is not None
    number = next(
        recorded.outcome.source_id
        for recorded in store.runs.outcomes(last.id, workflow="import_customers")
        if recorded.outcome.target_id
    )
    settled_world.ask(f"/records/customer/{number}", method="PATCH", document={"values": {"phone": "+1 555 0000"}})

    changes = [settled_world.ask(f"/writes?door={door}")["total"] for door in ("soap", "rest")]
    dry = settled_world.run("--dry-run")
    assert (dry.code, dry.document["run"]["is_dry"]) == (0, True), dry.err
    assert [settled_world.ask(f"/writes?door={door}")["total"] for door in ("soap", "rest")] == changes
    (told,) = settled_world.type("runs", "differences", "--json").document["records"]
    assert told["differences"] == [
        {"field": "phone", "before": told["differences"][0]["before"], "after": "+1 555 0000"}
    ]
    lines = settled_world.type("runs", "differences").out
    assert "to update: " in lines
    assert "→ +1 555 0000" in lines
    shown = settled_world.type("runs", "show").out
    assert "1 to update" in shown
    assert "nothing was changed on either side" in shown

    ended = settled_world.run()
    assert ended.code == 0, ended.err
    assert ended.outcomes() == dry.outcomes()
    outcomes = ended.outcomes()
    assert outcomes["import_customers"]["updated"] == 1
    assert not any("updated" in kinds for name, kinds in outcomes.items() if name != "import_customers")

    (own,) = store.records.find("customer", "netsuite_id", [number])[number]
    entry = store.trail.of_record("customer", own)[0]
    assert [(change.field, change.after) for change in entry.changes] == [("phone", "+1 555 0000")]
    assert entry.author_name == "Ada Lovelace"
    assert entry.door == Door.INTEGRATION.value


def test_bad_records_fail_alone_with_code_cause_and_remedy(world: World, tmp_path: Path) -> None:
    rows = {
        "employee": "key,nickname,active\ne-new,Nobody Known,true\n",
        "timesheet": "key,name,employee,starts,status\nts-new,One week,e-new,2026-05-04,A\n",
        "time_entry": "key,timesheet,employee,project,service,date,hours,billable\n"
        "t-new,ts-new,e-new,p-001,s-03,2026-05-04,7.5,true\n",
    }
    (tmp_path / "late").mkdir()
    for name, text in rows.items():
        (tmp_path / "late" / f"{name}.csv").write_text(text)
    assert world.type("workspace", "load", str(tmp_path / "late")).code == 0

    ended = world.run()
    assert ended.code == 5, ended.err
    assert ended.outcomes()["export_time_entries"] == {"created": world.approved["timesheet"], "blocked": 1}
    (group,) = ended.document["errors"]
    assert (group["code"], group["count"], group["workflow"]) == ("SB-BLK-001", 1, "export_time_entries")
    assert group["cause"]
    assert group["remedy"]
    assert group["effect"] == "nothing was written"

    told = world.type("errors")
    assert told.code == 0
    assert "SB-BLK-001" in told.out
    assert "What to do:" in told.out
    listed = world.type("errors", "--json").document
    assert [record["outcome"] for record in listed["records"]] == ["blocked"]


@pytest.mark.parametrize("words", [("runs",), ("runs", "show", "last"), ("runs", "show", "1")])
def test_runs_can_be_looked_at_afterwards(settled_world: World, words: tuple[str, ...]) -> None:
    shown = settled_world.type(*words)
    assert shown.code == 0, shown.err
    assert "completed" in shown.out
    assert "test drive TSTDRV2026001" in " ".join(shown.out.split())
    assert settled_world.type(*words, "--json").document["schema"].startswith("suitebridge/run")


def test_bars_move_on_a_terminal_and_lines_are_plain_elsewhere(settled_world: World) -> None:
    line = settled_world.words("run", "--full", "--workflow", "import_services")
    master, terminal = pty.openpty()
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=terminal, text=True) as process:
        os.close(terminal)
        shown = read_terminal(master)
        answer, _ = process.communicate(timeout=SECONDS)
    assert process.returncode == 0
    assert "━" in shown
    assert "38/38" in shown
    assert "\x1b" not in answer

    plain = settled_world.type("run", "--full", "--workflow", "import_services")
    assert "  Services (Service Items): 38 done" in plain.err
    assert "\x1b" not in plain.err + plain.out
    quiet = settled_world.type("run", "-q", "--workflow", "import_services")
    assert quiet.err == ""


def read_terminal(master: int) -> str:
    """Read what a terminal is shown until its last program leaves."""
    parts: list[bytes] = []
    with contextlib.suppress(OSError):  # how Linux says that nobody holds the other end
        while part := os.read(master, 65_536):
            parts.append(part)
    os.close(master)
    return b"".join(parts).decode()


def test_a_part_can_be_run(world: World) -> None:
    ended = world.run("--workflow", "import_customers", "--workflow", "import_services")
    assert ended.code == 0, ended.err
    assert sorted(ended.outcomes()) == ["import_customers", "import_services"]
    wrong = world.run("--workflow", "import_wishes")
    assert wrong.code == 3
    assert "import_customers" in wrong.document["error"]["remedy"]
