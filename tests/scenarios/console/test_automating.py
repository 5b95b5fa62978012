"""The Automate page: workflow groups are added, put in order, run and removed, by whoever edits integration settings."""

from __future__ import annotations

from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import INTEGRATION_DESIGNER
from tests.console_world import PASSWORD, World
from tests.scenarios.console.conftest import Entrance

_AUTOMATE = "/administration/netsuite-connector/automate"
_ADD = "/administration/netsuite-connector/add-group"
_GROUP = "/administration/netsuite-connector/groups/Weekend"


def test_a_designer_puts_workflows_together_and_an_operator_runs_them(world: World, entrance: Entrance) -> None:
    world.store.people.add(
        user_id="dora",
        first="Dora",
        last="",
        email="",
        role=INTEGRATION_DESIGNER,
        password=Secret(PASSWORD),
        stamp=None,
    )
    dora, omar = entrance("dora"), entrance("omar")
    page = dora.get(_AUTOMATE).content.decode()
    assert "Credentials</a>" not in page
    assert f'href="{_AUTOMATE}" aria-current="page"' in page
    refused = dora.post(_ADD, {"name": "Week/end", "workflow": ["import_projects", "import_customers"], "place-import_projects": "1", "place-import_customers": "2"})  # fmt: skip
    assert refused.status_code == 422
    text = refused.content.decode()
    assert "A name has no slash" in text
    assert "“Projects (Projects)” comes before “Customers (Customers)”" in text
    entry = {"name": "Weekend", "workflow": ["import_projects", "import_customers"], "place-import_projects": "2", "place-import_customers": "1"}  # fmt: skip
    assert dora.post(_ADD, entry)["Location"] == f"{_AUTOMATE}?done=group-saved"
    assert dora.post(_ADD, entry).status_code == 409
    assert "Customers (Customers), Projects (Projects)" in dora.get(_AUTOMATE).content.decode()
    assert '<option value="Weekend">' in omar.get("/runs/start").content.decode()
    omar.post("/runs/start", {"group": "Weekend", "key": "k"})
    run = world.store.runs.get("last")
    assert run is not None
    assert run.workflows == ("import_customers", "import_projects")
    assert dora.post(_GROUP, {"version": "9", "act": "remove"}).status_code == 409
    assert dora.post(_GROUP, {"version": "1", "act": "remove"})["Location"] == f"{_AUTOMATE}?done=group-removed"
    assert dora.get(_GROUP).status_code == 404
    history = entrance("grace").get("/administration/netsuite-connector/settings-history").content.decode()
    assert "saved the workflow group Weekend" in history
    assert "removed the workflow group Weekend" in history
