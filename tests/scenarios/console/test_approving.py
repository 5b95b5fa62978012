"""Approval on a record's page and in its list: the buttons that each visitor has, and what happens to two at once."""

from __future__ import annotations

from suitebridge.domain.values import Fields
from tests.console_world import World
from tests.contract.stories import create, field
from tests.scenarios.console.conftest import Entrance
from tests.unit.recording.test_approving import stamp_of


def test_an_invoice_is_rejected_corrected_and_approved_on_its_page(world: World, entrance: Entrance) -> None:
    grace, emil, store = entrance("grace"), entrance("emil"), world.store
    user = store.people.get("grace")
    assert user is not None
    row: Fields = {
        "number": "INV-77",
        "customer": world.ids["customer"],
        "currency": "EUR",
        "date": world.clock.now().date(),
    }
    (invoice,) = create(store, stamp_of(user), "invoice", row)
    create(store, stamp_of(user), "charge", {"invoice": invoice, "description": "Advice", "total": 100})
    page, act = f"/records/invoice/{invoice}", f"/records/invoice/{invoice}/approval"
    shown = grace.get(page).content.decode()
    assert ("Submit for approval" in shown, "It can be changed" in shown) == (True, True)
    assert "Submit for approval" not in emil.get(page).content.decode()
    assert grace.post(act, {"act": "submit", "version": "1"})["Location"] == page
    late = grace.post(act, {"act": "submit", "version": "1"})
    assert (late.status_code, "Somebody else added, changed or removed it" in late.content.decode()) == (422, True)
    shown = grace.get(page).content.decode()
    assert ("Reject</button>" in shown, "Approve</button>" in shown) == (True, True)
    bare = grace.post(act, {"act": "reject", "version": "2", "reason": " "})
    assert "the reason is missing" in bare.content.decode()
    grace.post(act, {"act": "reject", "version": "2", "reason": "The rate <is> wrong."})
    shown = emil.get(page).content.decode()
    assert ("The rate &lt;is&gt; wrong." in shown, "It was sent back" in shown) == (True, True)
    assert emil.post(act, {"act": "approve", "version": "3"}).status_code == 403
    grace.post(act, {"act": "submit", "version": "3"})
    grace.post(act, {"act": "approve", "version": "4"})
    assert field(store, "invoice", invoice, "status") == "A"
    assert "approved Invoice INV-77" in grace.get(page).content.decode()
    assert grace.post("/records/invoice/0/approval", {"act": "submit"}).status_code == 404


def test_a_list_is_narrowed_down_to_a_status(world: World, entrance: Entrance) -> None:
    grace = entrance("grace")
    submitted = grace.get("/records/invoice?state=S").content.decode()
    assert ("INV-26-0000" not in submitted, "INV-26-0009" in submitted) == (False, True)
    approved = grace.get("/records/invoice?state=A").content.decode()
    assert ("INV-26-0119" in approved, "state=A" in approved, "Approved</option>" in approved) == (True, True, True)
    assert "No invoice fits" in grace.get("/records/invoice?state=O").content.decode()
    assert "Status</label>" not in grace.get("/records/customer").content.decode()
    assert world.store
