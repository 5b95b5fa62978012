"""The Mapping tab: workflows in their order, rows that are found by label and script id, and a preview with a real record."""

from __future__ import annotations

from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credential_sets import draft_of
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.people import Door
from suitebridge.domain.relinks import Relink
from tests.scenarios.console.conftest import Entrance
from tests.scenarios.console.connecting import Connected, text_of

_MAPPING = "/administration/netsuite-connector/mapping"


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


def connect(connected: Connected) -> None:
    """Let the firm have the credentials of the account beside it."""
    given, store = connected.given, connected.world.store
    credentials = TokenCredentials(
        account=AccountId.parse(given.account_id),
        application_id=given.application_id,
        consumer_key=given.consumer_key,
        consumer_secret=Secret(given.consumer_secret),
        token_id=given.token_id,
        token_secret=Secret(given.token_secret),
    )
    by = stamp_for(store.people.administrators()[0], Door.CONSOLE)
    store.connections.save(draft_of(credentials), by)
    store.connections.link(Relink.OTHER, by)
