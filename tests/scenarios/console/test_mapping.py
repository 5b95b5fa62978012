"""The Mapping tab: workflows in their order, rows that are found by label and script id, and a preview with a real record."""

from __future__ import annotations

import re
from html import unescape

import pytest
from django.test import Client

from netsuite_simulator.schemas.fields import Field as Tier
from netsuite_simulator.schemas.fields import Kind as TierKind
from suitebridge.administration.defining import define_field
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.custom_fields import CustomField
from suitebridge.domain.errors import Problem
from suitebridge.domain.intents import Change
from suitebridge.domain.outcomes import Outcome, OutcomeKind
from suitebridge.domain.overrides import UNTOUCHED
from suitebridge.domain.people import ADMINISTRATOR, Door
from suitebridge.domain.schemas import Kind
from suitebridge.ports.transactions import Settled
from tests.console_world import PASSWORD, World
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import Connected, connect, text_of

_MAPPING = "/administration/netsuite-connector/mapping"
_DRAFT, _VERSIONS = f"{_MAPPING}-draft", f"{_MAPPING}-versions"


def test_workflows_stand_in_their_order_and_rows_are_found_by_label_and_script_id(entrance: Entrance) -> None:
    grace = entrance("grace")
    page = text_of(grace, _MAPPING)
    assert page.index("Employees (Employees)") < page.index("Customers (Customers)") < page.index("Invoices (Invoices)")
    assert "Nightly</a>" in page
    page = text_of(grace, f"{_MAPPING}/export_invoices")
    assert "Approval status" in page or "Status" in page
    assert "the counterpart of the customer in Customer" in page
    assert "internalId</code> of the NetSuite record goes into" in page
    lines = text_of(grace, f"{_MAPPING}/export_invoices?group=INVOICE_LINE&text=rate")
    assert ('<code class="soft">rate</code>' in lines, '<code class="soft">quantity</code>' in lines) == (True, False)
    assert grace.get(f"{_MAPPING}/nothing").status_code == 404
    assert grace.get(f"{_MAPPING}/export_invoices?group=NOTHING").status_code == 404


def test_a_real_record_is_previewed_on_both_sides(connected: Connected, entrance: Entrance) -> None:
    grace, account = entrance("grace"), connected.account
    connect(connected)
    account.add("customer", None, None, entityId="Quay & Sons")
    page = text_of(grace, f"{_MAPPING}/import_customers/preview?text=quay")
    assert "Create a customer" in page
    assert "It is not marked" in page
    assert "Quay &amp; Sons" in page
    invoice = text_of(grace, f"{_MAPPING}/export_invoices/preview?record={connected.world.ids['invoice']}")
    assert "Invoice line 1" in invoice


def edit(client: Client, page: str, /, **form: str) -> str:
    """Send a form of the tab; give where it leads."""
    answer = client.post(f"{_MAPPING}/{page}" if page else _MAPPING, form)
    assert answer.status_code == 302, re.findall(r"(?s)<main.*?<form", answer.content.decode())[0][-900:]
    return str(answer["Location"])


def test_edits_wait_in_a_draft_until_they_are_saved_as_a_whole(world: World, entrance: Entrance) -> None:
    grace, at = entrance("grace"), "import_customers"
    group = {"group": "CUSTOMER_TO_CUSTOMER"}
    edit(grace, f"{at}/row", **group, kind="field", target="notes", path="phone")
    edit(grace, f"{at}/row", **group, kind="translate", was="currency", target="currency", path="currency.symbol", **{"from-0": "EUR", "to-0": "Euro", "from-1": "GBP"})  # fmt: skip
    edit(grace, at, **group, act="off", target="email")
    edit(grace, f"{at}/filter", **group, **{"when-0": "phone", "operator-0": "is not empty", "when-1": "entityId", "operator-1": "<>", "operand-1": "Internal"})  # fmt: skip
    refused = grace.post(f"{_MAPPING}/{at}/row", {**group, "kind": "join", "target": "notes", "parts": "phone,'x"})
    text = refused.content.decode()
    assert refused.status_code == 422
    assert "Notes has a row already" in text
    assert "At character 7 a field or a text between apostrophes was expected" in text
    page = text_of(grace, f"{_MAPPING}/{at}")
    assert "Your draft has 4 changes" in page
    assert "Phone is not filled in" in page
    assert "Currency, Symbol through a value map of 1" in page or "through a value map of 1" in page
    assert "Your draft" not in text_of(entrance("grace"), "/administration/netsuite-connector/automate")
    draft = text_of(grace, _DRAFT)
    assert "Every row of every active workflow can be carried out." in draft
    assert "the schedule Mornings" in draft
    protected = grace.post(_DRAFT, {"act": "save"})
    assert protected.status_code == 409
    assert "is protected by the schedule Mornings" in protected.content.decode()
    assert edit(grace, "", act="pause", schedule="Mornings").endswith("done=paused")
    assert grace.post(_DRAFT, {"act": "save", "note": "Phones first"})["Location"].endswith("done=saved")
    stored = world.store.configurations.load()
    assert (stored.version, stored.author, stored.note) == (1, "Grace Kim", "Phones first")
    history = text_of(grace, "/administration/netsuite-connector/settings-history")
    assert "version 1" in history
    versions = text_of(grace, f"{_VERSIONS}?before=0&after=1")
    assert "import_customers · Customer · email" in versions
    assert grace.post(_VERSIONS, {"act": "restore", "version": "0", "current": "1"})["Location"].endswith("restored")
    assert world.store.configurations.load().configuration == UNTOUCHED


def test_the_connector_s_settings_are_a_version_and_hold_for_the_next_run(world: World, entrance: Entrance) -> None:
    grace, page = entrance("grace"), "/administration/netsuite-connector/settings"
    chosen = {"form": "workflows", "version": "0", "value-own_workflows": "8", "switch": "strict_validation"}
    refused = grace.post(page, chosen)
    assert refused.status_code == 409
    assert "the schedule Mornings" in refused.content.decode()
    assert '<option value="8" selected>' in refused.content.decode()
    answer = grace.post(page, {**chosen, "switch": ["strict_validation", "save_while_automated"]})
    assert "The next run goes by these settings." in text_of(grace, answer["Location"])
    assert world.store.configurations.load().configuration.settings == (
        ("own_workflows", "8"),
        ("full_synchronization", False),
        ("save_while_automated", True),
    )
    assert "Full run" not in text_of(grace, "/runs/start")


def test_a_legacy_configuration_is_taken_into_the_draft_and_shown_again(world: World, entrance: Entrance) -> None:
    grace, page = entrance("grace"), "/administration/netsuite-connector/legacy-notation"
    assert "&lt;CUSTOMER_TO_CUSTOMER&gt;" in text_of(grace, page)
    kept = grace.get(f"{page}/file")
    assert kept["Content-Disposition"] == 'attachment; filename="mapping.txt"'
    pasted = kept.content.decode().replace("\nphone phone\n", "\nphone 'on <request>'\ncolour email\n", 1)
    answer = text_of(grace, page)
    told = grace.post(page, {"text": pasted}).content.decode()
    assert "What could not be placed" in told
    assert "has no field colour." in told
    assert "Your draft has 1 change" in told
    assert "on &lt;request&gt;" in text_of(grace, page)
    assert "on &lt;request&gt;" not in answer
    nothing = grace.post(page, {"text": "<PULL>\n<NOTHING>\n</NOTHING>\n</PULL>"})
    assert (nothing.status_code, "Line 2, column 1" in nothing.content.decode()) == (422, True)
    assert world.store.configurations.load().version == 0


def test_custom_fields_are_found_in_netsuite_and_mapped_both_ways(connected: Connected, entrance: Entrance) -> None:
    grace, world, maps = entrance("grace"), connected.world, {"from-0": "Gold", "to-0": "A"}
    connect(connected)
    tier = Tier(name="custentity_tier", kind=TierKind.TEXT, label="Tier", column="custentity_tier")
    connected.account.add_custom_field(["customer"], tier)
    form = {"kind": "translate", "target": "tier__c", "path": "custentity_tier", **maps}
    unknown = grace.post(f"{_MAPPING}/import_customers/row", form)
    assert (unknown.status_code, "has no field" in unknown.content.decode()) == (422, True)
    define_tier(world)
    where = edit(grace, "import_customers", act="synchronize")
    assert "custom field" in text_of(grace, where)
    assert '<option value="custentity_tier">' in text_of(grace, f"{_MAPPING}/import_customers/row")
    edit(grace, "import_customers/row", **form)
    edit(grace, "export_customers/row", kind="translate", target="custentity_tier", path="tier__c", **{"from-0": "A", "to-0": "Gold"})  # fmt: skip
    assert "Grade of service" in text_of(grace, f"{_MAPPING}/export_customers")
    assert "Every row of every active workflow can be carried out." in text_of(grace, _DRAFT)
    (entry,) = [one for one in world.store.trail.newest(limit=9) if one.event == "custom fields:found"]
    assert entry.author_name == "Grace Kim"


def define_tier(world: World) -> None:
    """Give customers of the workspace a custom field."""
    person = world.store.people.by_record(world.ids["grace"])
    assert person is not None
    define_field(
        world.store,
        "customer",
        CustomField(name="tier__c", label="Grade of service", kind=Kind.TEXT),
        version=0,
        acting=person,
        stamp=stamp_for(person, Door.CONSOLE),
    )


def test_a_broken_mapping_is_refused_and_leads_to_its_row(world: World, entrance: Entrance) -> None:
    grace, group = entrance("grace"), {"group": "ITEM_TO_CATEGORY"}
    edit(grace, "import_services/row", **group, kind="constant", was="active", target="active", value="perhaps")
    draft = text_of(grace, _DRAFT)
    (address,) = re.findall(r'<h3><a href="([^"]+)"', draft)
    assert "autofocus>Active</a>" in text_of(grace, unescape(address))
    assert grace.post(_DRAFT, {"act": "save"}).status_code == 409
    edit(grace, "import_services", **group, act="remove", target="active")
    assert world.store.configurations.load_draft(world.ids["grace"]) is None


def test_rows_of_ones_own_are_put_in_order_and_taken_away(world: World, entrance: Entrance) -> None:
    grace, at, group = entrance("grace"), "export_invoices", {"group": "INVOICE_TO_INVOICE"}
    lines = {"group": "INVOICE_LINE"}
    edit(grace, f"{at}/row", **group, kind="formula", target="otherRefNum", formula="concat(number, '-', upper(notes))")
    edit(grace, f"{at}/row", **group, kind="macro", was="memo", target="memo", macro="today", days="-1")
    edit(grace, f"{at}/row", **lines, kind="constant", was="description", target="description", value="Services")
    page = text_of(grace, f"{_MAPPING}/{at}?group=INVOICE_TO_INVOICE")
    assert "today of the run, 1 days earlier" in page
    refused = grace.post(f"{_MAPPING}/{at}/row", {**group, "kind": "formula", "was": "otherRefNum", "formula": "numb("})
    assert "Column" in refused.content.decode()
    assert grace.get(f"{_MAPPING}/{at}/row?target=otherRefNum").status_code == 200
    edit(grace, at, **group, act="remove", target="memo")
    edit(grace, at, **group, act="remove", target="otherRefNum")
    edit(grace, at, **lines, act="remove", target="description")
    assert world.store.configurations.load_draft(world.ids["grace"]) is None


def test_two_administrators_are_told_of_each_other(world: World, entrance: Entrance) -> None:
    grace, at, group = entrance("grace"), "import_services", {"group": "SERVICE"}
    other = world.store.people.add(
        user_id="anna", first="Anna", last="Berg", email="", role=ADMINISTRATOR, password=Secret(PASSWORD), stamp=None
    )
    anna = entrance("anna")
    assert other.is_administrator
    edit(grace, "", act="deactivate", workflow=at)
    edit(anna, "", act="deactivate", workflow="import_expense_items")
    assert group
    anna.post(_DRAFT, {"act": "save"})
    late = grace.post(_DRAFT, {"act": "save"})
    assert late.status_code == 409
    assert "Anna Berg saved version 1" in late.content.decode()
    grace.post(_DRAFT, {"act": "rebase", "version": "1"})
    assert "Expense items" in text_of(grace, _DRAFT)
    grace.post(_DRAFT, {"act": "discard"})
    assert "Nothing waits to be saved" in text_of(grace, _DRAFT)


def test_a_workflow_of_ones_own_keeps_to_the_rules(world: World, entrance: Entrance) -> None:
    grace, add = entrance("grace"), "/administration/netsuite-connector/add-workflow"
    bad = grace.post(add, {"name": "no good!", "title": "", "netsuite_type": "moon", "workspace_type": "customer", "id_field": "x"})  # fmt: skip
    text = bad.content.decode()
    assert bad.status_code == 422
    for said in (
        "A workflow name has letters",
        "Write a display name",
        "Choose a NetSuite record type",
        "Choose a text field",
    ):
        assert said in text
    good = {"name": "departments_in", "title": "Departments", "netsuite_type": "department", "workspace_type": "service", "id_field": "netsuite_id"}  # fmt: skip
    assert grace.post(add, good)["Location"] == f"{_MAPPING}/departments_in"
    assert grace.post(add, good).status_code == 422
    page = text_of(grace, f"{_MAPPING}/departments_in")
    assert "Required and not mapped" in page
    edit(grace, "departments_in/row", kind="field", target="name", path="name")
    assert "Required and not mapped" not in text_of(grace, f"{_MAPPING}/departments_in")
    edit(grace, "departments_in/row", kind="constant", target="code", value="From NetSuite")
    edit(grace, "departments_in", act="move", target="code", to="0")
    assert grace.post(_DRAFT, {"act": "save"})["Location"].endswith("done=saved")
    (own,) = world.store.configurations.load().configuration.custom
    assert [row.target for row in own.groups[0].rows] == ["netsuite_id", "code", "name"]
    edit(grace, "", act="remove", workflow="departments_in")
    assert "departments_in" not in text_of(grace, _MAPPING)


def test_a_group_is_edited_as_text_and_mistakes_are_pointed_at(world: World, entrance: Entrance) -> None:
    grace, at, group = entrance("grace"), "import_services", {"group": "ITEM_TO_CATEGORY"}
    page = text_of(grace, f"{_MAPPING}/{at}/text")
    (shown,) = re.findall(r"(?s)<textarea[^>]*>(.*?)</textarea>", page)
    text = unescape(shown).lstrip("\n")
    edit(grace, f"{at}/text", **group, text=text)
    assert world.store.configurations.load_draft(world.ids["grace"]) is None
    wrong = grace.post(f"{_MAPPING}/{at}/text", {**group, "text": f"{text}\ncode 'x"})
    assert wrong.status_code == 422
    assert "column" in wrong.content.decode()
    unknown = grace.post(f"{_MAPPING}/{at}/text", {**group, "text": f"{text}\ncod itemIt\n"}).content.decode()
    assert "Service has no field cod. Do you mean code?" in unknown
    assert "Do you mean itemId?" in unknown
    edit(grace, f"{at}/text", **group, text=f"{text}\n# our own\ncode itemId\n")
    page = text_of(grace, f"{_MAPPING}/{at}/text")
    assert "# our own" in page
    assert 'id="row-code"' in text_of(grace, f"{_MAPPING}/{at}")
    bad = grace.post(f"{_MAPPING}/{at}/row", {**group, "kind": "field", "was": "code", "path": "itemIt"})
    assert "Do you mean itemId?" in bad.content.decode()
    edit(grace, f"{at}/text", **group, text=text)
    assert world.store.configurations.load_draft(world.ids["grace"]) is None


@pytest.mark.fault("F40")
def test_f40_a_value_that_a_list_does_not_know_leads_to_its_value_map(world: World, entrance: Entrance) -> None:
    store = world.store
    run = store.runs.get("24")
    assert run is not None
    facts = {"record": "customer 77", "field": "Currency", "place": "Customer", "value": "XAU", "known": "EUR"}
    problem = Problem(code="SB-MAP-003", facts=facts)
    outcome = Outcome(kind=OutcomeKind.FAILED, source_id="77", title="Customer 77", problem=problem)
    define_tier(world)
    sent = (Change(field="tier__c", before="A", after="B"),)
    with store.transactions.begin() as unit:
        unit.settle(run.id, "import_customers", [Settled(source_version="1", outcome=outcome, differences=sent)])
    grace = entrance("grace")
    page = text_of(grace, "/runs/24/records/import_customers/77")
    (address,) = re.findall(r'<a class="button" href="([^"]+value=XAU)"', page)
    assert "Grade of service" in page
    form = text_of(grace, unescape(address))
    assert 'value="XAU"' in form
    assert "Found and not in the map: XAU" in form
    assert "value=XAU" not in text_of(entrance("omar"), "/runs/24/records/import_customers/77")
