"""The Automate page: workflow groups are added, put in order, run and removed, by whoever edits integration settings."""

from __future__ import annotations

from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import ADMINISTRATOR, INTEGRATION_DESIGNER, Door
from suitebridge.ports.people import PersonChange
from tests.console_world import PASSWORD, World
from tests.scenarios.console.conftest import Entrance

PRODUCTION = TokenCredentials(
    account=AccountId(value="1234567"),
    application_id="",
    consumer_key="an-example-consumer-key",
    consumer_secret=Secret("an-example-consumer-secret"),
    token_id="an-example-token-id",
    token_secret=Secret("an-example-token-secret"),
)
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


def test_a_schedule_shows_what_it_will_do_and_what_became_of_its_times(world: World, entrance: Entrance) -> None:
    grace, add = entrance("grace"), "/administration/netsuite-connector/add-schedule"
    entry = {"name": "Evenings", "group": "Nightly", "day": ["mon", "fri"], "times": "18:00, 22:30", "zone": "America/New_York", "overlap": "queue one", "enabled": "yes"}  # fmt: skip
    refused = grace.post(add, {**entry, "times": "25:00", "zone": "Berlin", "name": ""})
    assert refused.status_code == 422
    text = refused.content.decode()
    for said in ("A schedule needs a name.", "Write between one and 48 times", "“Berlin” is no time zone."):
        assert said in text
    assert grace.post(add, {**entry, "cron": "0 6 * * *"}).status_code == 422
    assert grace.post(add, entry)["Location"] == f"{_AUTOMATE}?done=schedule-saved"
    assert grace.post(add, entry).status_code == 409
    page = grace.get("/administration/netsuite-connector/schedules/Evenings").content.decode()
    assert page.count(" UTC</span></li>") == 5
    assert "The next run would be owned by <strong>Grace Kim</strong>" in page
    page = grace.get("/administration/netsuite-connector/schedules/Mornings").content.decode()
    assert "08:00 skipped: Run 24 of 07:00 still active" in page
    assert "07:00 started, 2 missed before it: run 24" in page
    overview = grace.get(_AUTOMATE).content.decode()
    assert "Monday, Friday at 18:00, 22:30" in overview
    assert "09:00 refused: Nobody can own the run" in overview
    saved = world.store.schedules.get("evenings")
    assert saved is not None
    address = "/administration/netsuite-connector/schedules/Evenings"
    assert grace.post(address, {**entry, "enabled": "", "version": "1"})["Location"].endswith("schedule-saved")
    assert "None: the schedule is off." in grace.get(address).content.decode()
    assert grace.post(address, {"act": "remove", "version": "1"}).status_code == 409
    assert grace.post(address, {"act": "remove", "version": "2"})["Location"].endswith("schedule-removed")


def test_a_schedule_that_nobody_could_own_says_so(world: World, entrance: Entrance) -> None:
    grace = entrance("grace")
    world.store.connections.save(draft_of(PRODUCTION), stamp_for(world.store.people.administrators()[0], Door.CONSOLE))
    page = grace.get("/administration/netsuite-connector/schedules/Mornings").content.decode()
    assert "The next run would be refused" in page
    assert "Would be refused" in grace.get(_AUTOMATE).content.decode()


def test_d09_schedules_of_somebody_who_leaves_are_flagged_before_and_after(world: World, entrance: Entrance) -> None:
    store, grace = world.store, entrance("grace")
    leaver = store.people.add(
        user_id="lena", first="Lena", last="Leaver", email="", role=ADMINISTRATOR, password=Secret(PASSWORD), stamp=None
    )
    mornings = store.schedules.get("Mornings")
    assert mornings is not None
    store.schedules.save(mornings, stamp=stamp_for(leaver, Door.CONSOLE))
    assert "cannot own its runs" not in grace.get(_AUTOMATE).content.decode()
    page = grace.get(f"/administration/people/{leaver.id}").content.decode()
    assert "the schedule Mornings" in page
    by = stamp_for(store.people.administrators()[0], Door.CONSOLE)
    store.people.change(leaver.id, PersonChange(is_active=False), version="", stamp=by)
    assert (
        "Lena Leaver, who saved it last, cannot own its runs: Grace Kim does" in grace.get(_AUTOMATE).content.decode()
    )
