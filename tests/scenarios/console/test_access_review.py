"""The access review: everybody's rights on one page and in one file, confirmed by somebody, and only as it was looked at."""

from __future__ import annotations

import csv
import io
import re
from datetime import timedelta

from suitebridge.administration.attesting import review_access
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import EMPLOYEE, Door, Permission, Role
from suitebridge.domain.scopes import Scope
from suitebridge.ports.people import PersonChange
from tests.console_world import PASSWORD, ROLES, World
from tests.scenarios.console.conftest import Entrance

PAGE = "/administration/access-review"


def test_everybody_is_shown_with_what_they_may_and_nobody_else(world: World, entrance: Entrance) -> None:
    client, store = entrance("grace"), world.store
    omar, grace = store.people.get("omar"), store.people.get("grace")
    assert omar is not None
    assert grace is not None
    store.tokens.issue(
        omar, label="nightly", token=Secret("t" * 40), expires_at=world.clock.now() + timedelta(days=3),
        scopes=frozenset({Scope.RUN}),
    )  # fmt: skip
    store.roles.save(
        Role(name="Toxic", permissions=frozenset({Permission.RUN_INTEGRATION, Permission.MANAGE_PEOPLE})),
        was=None, reason="small firm", stamp=stamp_for(grace, Door.CONSOLE),
    )  # fmt: skip
    emil = store.people.get("emil")
    assert emil is not None
    toxic = store.roles.get("Toxic")
    store.people.change(emil.id, PersonChange(role=toxic), version="", stamp=stamp_for(grace, Door.CONSOLE))
    rows = list(csv.DictReader(io.StringIO(client.get(f"{PAGE}.csv").content.decode(), newline="")))
    told = {row["User ID"]: row for row in rows}
    assert set(ROLES) <= set(told)
    assert "ned" not in told
    assert told["grace"]["Rights"] == "everything"
    assert told["grace"]["Last sign-in"] != "never"
    assert told["omar"]["API tokens"].startswith("nightly (run; until ")
    assert "Manage" in told["emil"]["Duties held together"]
    assert told["audrey"]["Duties held together"] == ""
    text = client.get(PAGE).content.decode()
    assert "1 hold duties together" in text
    assert "nightly (run; until" in text


def test_a_review_is_confirmed_once_it_was_looked_at(world: World, entrance: Entrance) -> None:
    client, store = entrance("grace"), world.store
    seen = re.search(r'name="fingerprint" value="([0-9a-f]{12})"', client.get(PAGE).content.decode())
    assert seen is not None
    form = {"fingerprint": seen[1], "note": "Q4, ticket 77"}
    assert client.post(PAGE, form).status_code == 302
    entry = store.trail.newest(limit=1)[0]
    assert (entry.event, entry.author_name, entry.record_id) == ("access:reviewed", "Grace Kim", seen[1])
    assert {change.field: change.after for change in entry.changes}["note"] == "Q4, ticket 77"
    done = client.get(f"{PAGE}?done=yes").content.decode()
    assert "The review is confirmed" in done
    assert "Q4, ticket 77" in done
    emil, grace = store.people.get("emil"), store.people.get("grace")
    assert emil is not None
    assert grace is not None
    store.people.change(emil.id, PersonChange(is_active=False), version="", stamp=stamp_for(grace, Door.CONSOLE))
    late = client.post(PAGE, form)
    assert late.status_code == 409
    text = late.content.decode()
    assert "access has changed since it was reviewed" in text
    assert 'value="Q4, ticket 77"' in text


def test_a_sign_in_does_not_make_it_another_review(world: World, entrance: Entrance) -> None:
    grace = world.store.people.get("grace")
    assert grace is not None
    before = review_access(world.store, acting=grace, now=world.clock.now()).fingerprint
    entrance("emil")
    assert review_access(world.store, acting=grace, now=world.clock.now()).fingerprint == before
    emil = world.store.people.get("emil")
    assert emil is not None
    assert emil.role == EMPLOYEE


def test_an_auditor_reads_it_and_confirms_nothing(world: World, entrance: Entrance) -> None:
    auditor, seen = entrance("audrey"), world.store.trail.newest(limit=1)[0].sequence
    page = auditor.get(PAGE).content.decode()
    assert "Only an administrator confirms it." in page
    assert 'name="fingerprint"' not in page
    assert "grace" in auditor.get(f"{PAGE}.csv").content.decode()
    refused = auditor.post(PAGE, {"fingerprint": "x", "proof": PASSWORD})
    assert refused.status_code == 403
    assert "lacks the permission “Administer the company”" in refused.content.decode()
    told = [entry.event for entry in world.store.trail.newest(limit=9) if entry.sequence > seen]
    assert "access:reviewed" not in told
    grace = entrance("grace")
    found = re.search(r'name="fingerprint" value="([0-9a-f]{12})"', grace.get(PAGE).content.decode())
    assert found is not None
    assert grace.post(PAGE, {"fingerprint": found[1], "note": "Q4"}).status_code == 302
    assert "Q4" in auditor.get(PAGE).content.decode()
