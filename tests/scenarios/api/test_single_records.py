"""Single records through the API: asked for once, found again by their errand."""

from __future__ import annotations

from tests.console_world import World
from tests.scenarios.api.conftest import Programs


def test_one_record_is_asked_for_once_and_found_again(world: World, programs: Programs) -> None:
    program, path = programs.of("omar"), f"/records/invoice/{world.ids['invoice']}/transfers"
    answers = [program.call("POST", path, {}, Idempotency_Key="k1") for _ in range(2)]
    assert [answer.status_code for answer in answers] == [202, 200]
    first, again = (answer.json() for answer in answers)
    assert {**first, "asked_at": ""} == {**again, "asked_at": ""}
    assert (first["state"], first["direction"], first["asked_by"]) == ("waiting", "export", "Omar Haddad")
    joined = program.call("POST", path, {"direction": "export"}).json()
    assert joined["id"] == first["id"]
    assert program.ask(f"/errands/{first['id']}")["state"] == "waiting"
    assert [one["id"] for one in program.ask("/errands")["items"]] == [first["id"]]
    assert program.call("GET", "/errands/999999").status_code == 404

    refused = program.call("POST", path, {"direction": "import"})
    assert (refused.status_code, refused.json()["code"]) == (422, "SB-REC-001")
    assert program.call("POST", "/records/invoice/999999/transfers", {}).status_code == 404
