"""Custom fields: defined on their page, shown on records and by the API, removed again; told in the trail and in the settings history."""

from __future__ import annotations

from suitebridge.administration.defining import list_fields
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.people import Door
from suitebridge.domain.records import System
from tests.console_world import World
from tests.contract.stories import create
from tests.scenarios.console.conftest import Entrance

_PAGE = "/administration/custom-fields"
_TIER = {"type": "customer", "name": "tier__c", "label": "Tier", "kind": "choice", "choices": "g=Gold, Silver"}


def test_a_field_is_defined_shown_changed_and_removed(world: World, entrance: Entrance) -> None:
    grace = entrance("grace")
    assert "There is no custom field yet" in grace.get(_PAGE).content.decode()
    refused = grace.post(_PAGE, {**_TIER, "name": "Tier", "label": "Name"})
    assert refused.status_code == 422
    said = refused.content.decode()
    assert "ending with __c" in said
    assert 'value="g=Gold, Silver"' in said
    assert grace.post(_PAGE, _TIER)["Location"] == _PAGE
    page = grace.get(_PAGE).content.decode()
    assert "Gold, Silver" in page
    assert "Change tier__c" in grace.get(f"{_PAGE}?type=customer&field=tier__c").content.decode()
    assert grace.post(_PAGE, {**_TIER, "version": "9"}).status_code == 409

    user = world.store.people.get("grace")
    assert user is not None
    stamp = stamp_for(user, Door.CONSOLE)
    (acme,) = create(world.store, stamp, "customer", {"name": "Acme", "tier__c": "g"})
    shown = grace.get(f"/records/customer/{acme}").content.decode()
    assert ("Tier" in shown, "Gold" in shown) == (True, True)

    assert (
        grace.post(_PAGE, {"act": "remove", "type": "customer", "name": "tier__c", "version": "1"}).status_code == 302
    )
    assert "There is no custom field yet" in grace.get(_PAGE).content.decode()
    assert "Tier" not in grace.get(f"/records/customer/{acme}").content.decode()
    (known,) = list_fields(world.store, System.WORKSPACE, acting=user)
    assert known.version == 2
    history = grace.get("/administration/netsuite-connector/settings-history").content.decode()
    assert "changed the custom fields of Customers" in history
