"""What the pages tell, and starting a run."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from suitebridge.adapters.store.databases import OPEN
from suitebridge.administration.staffing import stamp_for
from suitebridge.console.invitations import LIFE
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import Door
from suitebridge.domain.relinks import Relink
from suitebridge.ports.runs import RunState
from suitebridge.web import houses
from tests.console_world import COMPANY, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

FIRST_RUN = {
    "company_name": "Fresh & Co", "company_id": "Fresh-Co", "zone": "Europe/Berlin", "first": "Ada", "last": "Byron", "email": "",
    "user_id": "ada", "password": PASSWORD, "repeated": PASSWORD,
}  # fmt: skip


def text_of(client: Client, path: str) -> str:
    """Give a page's words, without its marks."""
    answer = client.get(path)
    assert answer.status_code == 200, path
    words = re.sub(r"<[^>]+>", " ", answer.content.decode())
    return html.unescape(re.sub(r"\s+", " ", words))


def test_the_environment_is_on_every_page(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    for path in (
        "/runs",
        "/runs/23",
        "/records",
        f"/records/customer/{world.ids['customer']}",
        "/audit-trail",
        "/nowhere",
    ):
        words = re.sub(r"<[^>]+>|\s+", " ", client.get(path).content.decode())
        assert "test drive" in words
        assert "TSTDRV1984736" in words
        assert "Grace Kim" in words


def test_a_run_balances_its_books_and_groups_its_errors(entrance: Entrance) -> None:
    words = text_of(entrance("grace"), "/runs/23")
    assert (
        "1,538 considered = 1,508 created + 1 updated + 10 skipped + 15 blocked + 2 failed + 1 conflicted + 1 unknown"
        in words
    )
    assert "Every record considered has exactly one outcome." in words
    assert "Completed with errors" in words
    assert "NetSuite said: Please enter value(s) for: Department." in words
    assert "19 records, 4 causes" in words
    assert "6,975.00 6,851.00 124.00" in words


def test_a_stopped_run_says_why_and_what_to_do(entrance: Entrance) -> None:
    words = text_of(entrance("grace"), "/runs/22")
    assert "refused the sign-in" in words
    assert "What to do:" in words


def test_a_run_under_way_is_polled_and_shown_anew_when_it_ends(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    page = client.get("/runs/24").content.decode()
    assert 'hx-trigger="every 2s"' in page
    part = client.get("/runs/24/live?said=90")
    assert "aria-live" not in part.content.decode()
    assert "HX-Refresh" not in part
    run = world.store.runs.get("24")
    assert run is not None
    world.store.runs.enter(run.id, RunState.CANCELLED, at=world.clock.now())
    ended = client.get("/runs/24/live?said=90")
    assert ended["HX-Refresh"] == "true"
    assert 'aria-live="polite"' in ended.content.decode()
    assert "hx-get" not in client.get("/runs/24").content.decode()


def test_every_count_leads_to_its_records(entrance: Entrance) -> None:
    client = entrance("grace")
    page = client.get("/runs/23").content.decode()
    cells = re.findall(r'<a href="(/runs/23/records[^"]*)" aria-label="([\d,]+) (\w+)"', page)
    assert len(cells) > 20
    for address, count, _ in cells:
        found, following = 0, html.unescape(address)
        while following:
            shown = client.get(following).content.decode()
            found += len(re.findall(r'<th scope="row"', shown))
            further = re.search(r'href="([^"]+)" rel="next"', shown)
            following = html.unescape(further[1]) if further else ""
        assert found == int(count.replace(",", "")), address


def test_records_of_a_run_lead_to_both_systems(world: World, entrance: Entrance) -> None:
    page = entrance("grace").get("/runs/23/records?workflow=import_customers").content.decode()
    assert f'href="/records/customer/{world.ids["customer"]}"' in page
    assert 'href="https://tstdrv1984736.app.netsuite.com/app/common/entity/custjob.nl?id=1200"' in page


def test_a_record_tells_its_fields_and_its_trail(world: World, entrance: Entrance) -> None:
    words = text_of(entrance("grace"), f"/records/customer/{world.ids['customer']}")
    assert "Grace Kim changed Customer Silverbrook Logistics through the NetSuite integration." in words
    assert "Phone +1 555 0100 became +1 555 0199" in words
    assert "ERP rollout 2024" in words


def test_a_deleted_record_keeps_its_trail(world: World, entrance: Entrance) -> None:
    path = f"/records/charge/{world.ids['charge']}"
    OPEN.last().execute(
        "DELETE FROM store_record WHERE company_id = %s AND number = %s", (COMPANY, world.ids["charge"])
    )
    answer = entrance("audrey").get(path)
    assert answer.status_code == 410
    assert "Grace Kim created Charge" in " ".join(answer.content.decode().split())
    assert entrance("emil").get(path).status_code == 404


def test_the_trail_on_a_record_needs_its_permission(world: World, entrance: Entrance) -> None:
    path = f"/records/customer/{world.ids['customer']}"
    assert "Audit trail" in text_of(entrance("audrey"), path)
    assert "through the NetSuite integration" not in text_of(entrance("emil"), path)


def test_lists_page_through_every_record_once(entrance: Entrance) -> None:
    client, seen, following = entrance("grace"), [], "/records/invoice"
    while following:
        page = client.get(following).content.decode()
        seen += re.findall(r'href="/records/invoice/(\d+)"', page)
        further = re.search(r'href="([^"]+)" rel="next"', page)
        following = html.unescape(further[1]) if further else ""
    assert len(seen) == len(set(seen)) == 120
    assert seen == sorted(seen, key=int, reverse=True)


@pytest.mark.parametrize(("text", "found"), [("silverBROOK", 1), ("østfold", 1), ("%", 0), ("no such thing", 0)])
def test_lists_are_searched_by_title(entrance: Entrance, text: str, found: int) -> None:
    page = entrance("emil").get("/records/customer", {"text": text}).content.decode()
    assert len(re.findall(r'href="/records/customer/\d+"', page)) == found


def test_the_trail_is_narrowed_down_to_a_run(entrance: Entrance) -> None:
    client = entrance("grace")
    client.post("/runs/start", {"workflow": "import_customers", "key": "k"})
    words = text_of(client, "/audit-trail?run=25")
    assert "Grace Kim started run 25 through the console." in words
    assert "Silverbrook" not in words


def test_the_trail_is_narrowed_down_by_person_type_door_and_day(world: World, entrance: Entrance) -> None:
    client = entrance("audrey")
    day = world.clock.now().astimezone(ZoneInfo("Europe/Berlin")).date()
    words = text_of(client, "/audit-trail?person=AUDREY&door=console&type=user")
    assert "Audrey Lindqvist signed in through the console." in words
    assert "Grace Kim" not in words.partition("signed in")[2]
    assert "Customer Silverbrook" in text_of(client, "/audit-trail?type=customer")
    assert "signed in" in text_of(client, f"/audit-trail?from={day}&to={day}")
    assert "Nothing was written down that fits" in text_of(client, f"/audit-trail?from={day + timedelta(days=1)}")
    assert "Nothing was written down that fits" in text_of(client, f"/audit-trail?to={day - timedelta(days=2)}")


def test_the_trail_says_that_nobody_has_a_user_id_and_takes_no_nonsense(entrance: Entrance) -> None:
    client = entrance("audrey")
    assert "Nobody here has the user ID “nobody”." in text_of(client, "/audit-trail?person=nobody")
    nonsense = "/audit-trail?type=x&door=y&from=z&to=0001-01-01&run=-1&before=w"
    assert "Audrey Lindqvist signed in through the console." in text_of(client, nonsense)


def test_filters_are_kept_from_page_to_page(entrance: Entrance) -> None:
    page = entrance("audrey").get("/audit-trail?type=invoice&door=NetSuite+integration").content.decode()
    further = re.search(r'href="([^"]+)" rel="next"', page)
    assert further is not None
    address = html.unescape(further[1])
    assert "type=invoice" in address
    assert "door=NetSuite+integration" in address
    assert '<option value="invoice" selected>' in page


def test_a_connection_shows_no_secret(entrance: Entrance) -> None:
    words = text_of(entrance("grace"), "/administration/netsuite-connector")
    assert "an-example-consumer-key" in words
    assert "Sealed, fingerprint" in words
    assert "an-example-consumer-secret" not in words
    assert "an-example-token-secret" not in words


def test_starting_a_run_stores_it_with_its_owner(world: World, entrance: Entrance) -> None:
    client = entrance("omar")
    assert "Customers (Customers)" in text_of(client, "/runs/start")
    answer = client.post(
        "/runs/start",
        {"workflow": ["import_customers", "export_invoices"], "full": "yes", "without_needed": "yes", "key": "abc"},
    )
    run = world.store.runs.get("last")
    assert run is not None
    assert answer["Location"] == f"/runs/{run.number}"
    assert (run.workflows, run.is_full, run.state) == (("import_customers", "export_invoices"), True, RunState.QUEUED)
    assert (run.started_by, run.owner_name) == ("Omar Haddad", "Omar Haddad")
    (entry,) = world.store.trail.newest(limit=1)
    assert (entry.event, entry.author_name, entry.door, entry.run_id) == ("run:asked", "Omar Haddad", "console", run.id)


def test_a_day_makes_a_full_run_since_then(world: World, entrance: Entrance) -> None:
    client, form = entrance("omar"), {"workflow": ["import_customers"], "key": "abc"}
    refused = client.post("/runs/start", {**form, "since": "31 January"})
    assert "the day to read from cannot be read" in refused.content.decode()
    assert client.post("/runs/start", {**form, "since": "2026-01-31"}).status_code == 302
    run = world.store.runs.get("last")
    assert run is not None
    assert (run.is_full, run.since) == (True, date(2026, 1, 31))
    assert "1 workflow, full since 2026-01-31" in text_of(client, "/runs")


def test_a_dry_run_is_started_by_its_own_button_and_says_what_it_is(world: World, entrance: Entrance) -> None:
    client = entrance("omar")
    answer = client.post("/runs/start", {"workflow": ["import_customers"], "dry": "yes", "key": "abc"})
    run = world.store.runs.get("last")
    assert run is not None
    assert (answer["Location"], run.is_dry) == (f"/runs/{run.number}", True)
    words = text_of(client, "/runs/21")
    assert "no changing request is sent to NetSuite" in words
    assert "6 considered = 2 to create + 4 to update" in words
    records = text_of(client, "/runs/21/records")
    assert "To update" in records
    assert "+49 30 1234 became +49 30 5678" in records
    assert "Try" not in records
    assert "1 workflow, dry run" in text_of(client, "/runs")


def test_a_record_of_a_run_tells_its_whole_way(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    conflicted = text_of(client, "/runs/23/records/import_customers/1240")
    assert "Conflicted" in conflicted
    assert "SB-CONF-002" in conflicted
    assert "Try it again" in conflicted
    dry = text_of(client, "/runs/21/records/import_customers/500")
    assert "What would be written" in dry
    assert "+49 30 1234 became +49 30 5678" in dry
    assert "Try it again" not in dry
    assert "Run 20" in dry
    assert (
        "/runs/23/records/import_customers/1240" in client.get("/runs/23/records?outcome=conflicted").content.decode()
    )
    assert client.get("/runs/23/records/import_customers/999").status_code == 404
    assert client.get("/runs/23/records/nothing/1240").status_code == 404


def test_a_form_sent_twice_starts_one_run(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    answers = [client.post("/runs/start", {"workflow": "import_customers", "key": "abc"})["Location"] for _ in range(2)]
    assert len(set(answers)) == 1
    assert len([run for run in world.store.runs.newest(limit=50) if run.state is RunState.QUEUED]) == 1


@pytest.mark.parametrize("form", [{}, {"workflow": "import_everything"}])
def test_a_run_that_cannot_start_says_why_and_stores_nothing(
    world: World, entrance: Entrance, form: dict[str, str]
) -> None:
    answer = entrance("grace").post("/runs/start", form)
    assert answer.status_code == 422
    assert "What to do:" in answer.content.decode()
    newest = world.store.runs.get("last")
    assert newest is not None
    assert newest.number == 24


@pytest.mark.parametrize("user", ["audrey", "emil"])
def test_a_run_is_started_only_by_those_who_may(world: World, entrance: Entrance, user: str) -> None:
    assert entrance(user).post("/runs/start", {"workflow": "import_customers"}).status_code == 403
    newest = world.store.runs.get("last")
    assert newest is not None
    assert newest.number == 24


def test_an_empty_installation_is_set_up_with_the_token_that_was_printed(empty: World) -> None:
    client, token = visitor(), houses.invite()
    assert "Set up SuiteBridge" in client.get("/sign-in").content.decode()
    assert client.get("/first-run").status_code == 200
    answer = client.post("/first-run", {**FIRST_RUN, "token": token})
    assert answer.status_code == 302
    assert "Start the first run" in text_of(client, "/runs")
    assert "not connected" in text_of(client, "/runs")
    (company,) = empty.house.companies.all()
    assert (company.id, company.name, company.zone) == ("fresh-co", "Fresh & Co", "Europe/Berlin")
    assert client.get("/first-run").status_code == 404
    assert client.post("/first-run", {**FIRST_RUN, "company_id": "second", "token": token}).status_code == 404
    assert houses.invite() == ""
    refused = client.post("/runs/start", {"workflow": "import_customers"})
    assert refused.status_code == 422
    assert "suitebridge connect" in refused.content.decode()


def test_without_a_good_token_nothing_is_set_up(empty: World) -> None:
    client = visitor()
    for token in ("", "guess", "x" * 24):
        assert client.post("/first-run", {**FIRST_RUN, "token": token}).status_code == 422
    late = houses.invite()
    empty.clock.pass_by(LIFE + timedelta(seconds=1))
    answer = client.post("/first-run", {**FIRST_RUN, "token": late})
    assert answer.status_code == 422
    assert "not good any more" in answer.content.decode()
    assert not empty.house.companies.all()


@pytest.mark.parametrize(
    ("mistake", "said"),
    [
        ({"password": "password", "repeated": "password"}, "too common"),
        ({"repeated": "another one"}, "not the same"),
        ({"zone": "Mars/Olympus"}, "not known"),
        ({"company_id": "no blanks allowed"}, "cannot be a company ID"),
        ({"last": " "}, "Last name is missing."),
    ],
)
def test_mistakes_are_told_and_leave_the_token_good(empty: World, mistake: dict[str, str], said: str) -> None:
    client, token = visitor(), houses.invite()
    answer = client.post("/first-run", {**FIRST_RUN, **mistake, "token": token})
    assert answer.status_code == 422
    assert said in answer.content.decode()
    assert PASSWORD not in answer.content.decode()
    assert not empty.house.companies.all()
    assert client.post("/first-run", {**FIRST_RUN, "token": token}).status_code == 302


def test_an_empty_company_says_what_its_pages_are_for(empty: World) -> None:
    client = visitor()
    client.post("/first-run", {**FIRST_RUN, "token": houses.invite()})
    assert "suitebridge workspace load FOLDER" in text_of(client, "/records/customer")
    assert "suitebridge connect" in text_of(client, "/administration/netsuite-connector")
    assert empty.house.companies.all()
    assert COMPANY != "fresh-co"


def test_the_first_write_to_production_asks_for_the_account(world: World, entrance: Entrance) -> None:
    grace = world.store.people.get("grace")
    assert grace is not None
    stamp = stamp_for(grace, Door.CONSOLE)
    credentials = TokenCredentials(
        account=AccountId(value="1234567"), application_id="", consumer_key="k", consumer_secret=Secret("an-example-secret"),
        token_id="t", token_secret=Secret("an-example-secret"),
    )  # fmt: skip
    world.store.connections.save(draft_of(credentials), stamp)
    world.store.connections.link(Relink.COPY, stamp)
    client, form = entrance("grace"), {"workflow": ["export_time_entries"], "key": "k1"}
    needing = client.post("/runs/start", form)
    assert needing.status_code == 422
    assert "What the run needs has never been transferred" in needing.content.decode()
    assert 'name="without_needed"' in needing.content.decode()
    form |= {"without_needed": "yes"}
    asked = client.post("/runs/start", form)
    assert asked.status_code == 422
    text = asked.content.decode()
    assert "The first write to production account 1234567 has to be confirmed" in text
    assert 'name="confirmed_account"' in text
    assert 'name="without_needed" value="yes" checked' in text
    assert client.post("/runs/start", {**form, "confirmed_account": "1234567"}).status_code == 302
