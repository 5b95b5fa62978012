"""Programs submit, reject, approve and reopen records, each about the version that it has seen."""

from __future__ import annotations

import json

from suitebridge.domain.scopes import Scope
from tests.console_world import World
from tests.scenarios.api.conftest import Programs, told


def test_an_invoice_goes_through_approval(world: World, programs: Programs) -> None:
    grace, place = programs.of("grace"), f"/records/invoice/{world.ids['invoice']}"
    seen = grace.call("GET", place)
    assert json.loads(seen.content)["fields"]["status"] == "S"
    told(grace.call("POST", f"{place}/approval"), 428, "SB-API-003")
    reader = programs.of("grace", Scope.READ)
    told(reader.call("POST", f"{place}/approval", If_Match="*"), 403, "SB-TOK-004")
    told(grace.call("POST", f"{place}/rejection", {"reason": " "}, If_Match=seen["ETag"]), 422, "SB-REC-001")
    rejected = grace.call("POST", f"{place}/rejection", {"reason": "Wrong customer"}, If_Match=seen["ETag"])
    assert json.loads(rejected.content)["fields"]["rejected_because"] == "Wrong customer"
    told(grace.call("POST", f"{place}/submission", If_Match=seen["ETag"]), 412, "SB-AUTO-002")
    submitted = grace.call("POST", f"{place}/submission", If_Match=rejected["ETag"])
    approved = grace.call("POST", f"{place}/approval", If_Match=submitted["ETag"])
    assert json.loads(approved.content)["fields"]["status"] == "A"
    assert world.ids["invoice"] in {one["id"] for one in grace.ask("/records/invoice?status=A")["items"]}
    told(grace.call("GET", "/records/invoice?status=Z"), 400, "SB-API-001")
    reopened = grace.call("POST", f"{place}/reopening", If_Match="*")
    assert json.loads(reopened.content)["fields"]["status"] == "O"
    told(grace.call("POST", "/records/invoice/0/approval", If_Match="*"), 404, "SB-API-002")
