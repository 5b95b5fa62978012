"""People, roles, invitations and one's own account through the console's forms."""

from __future__ import annotations

import html
import re
from datetime import timedelta

import pytest
from django.test import Client

from suitebridge.administration.designating import choose_integration_user
from suitebridge.administration.inviting import LIFE
from suitebridge.administration.staffing import stamp_for
from suitebridge.domain.credentials import Secret
from suitebridge.domain.people import ADMINISTRATOR, AUDITOR, Door, Permission
from suitebridge.ports.people import PersonChange, PersonQuery
from tests.console_world import COMPANY, NEIGHBOR, PASSWORD, World
from tests.scenarios.console.conftest import Entrance, visitor

PEOPLE = "/administration/people"
ROLES = "/administration/roles"
NEW_PASSWORD = "seven quiet otters"


def form_of(client: Client, path: str) -> dict[str, str]:
    """Read what the form of a user holds, as a browser would send it."""
    page = client.get(path).content.decode().partition('<form class="form"')[2].partition("</form>")[0]
    fields = {
        name: html.unescape(value)
        for name, value in re.findall(
            r'<input type="(?:text|email|hidden|date)"[^>]*?name="(\w+)" value="([^"]*)"', page
        )
    }
    chosen = re.search(r"<option selected>([^<]*)</option>", page)
    fields["role"] = html.unescape(chosen[1]) if chosen else ""
    if re.search(r'name="active" value="yes" checked', page):
        fields["active"] = "yes"
    return fields


def words_of(text: bytes) -> str:
    """Read a page as words."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", text.decode())).split())


def invite(client: Client, person: str, act: str = "invite") -> str:
    """Invite somebody; give the link."""
    page = client.post(f"{PEOPLE}/{person}/access", {"act": act}).content.decode()
    link = re.search(r'id="link" value="([^"]+)"', page)
    assert link is not None, page
    return html.unescape(link[1])


def accept(link: str, password: str = NEW_PASSWORD, *, repeated: str = "") -> tuple[Client, int]:
    """Open a link and set a password; give the window and the status of the answer."""
    client = visitor()
    page = client.get(link)
    assert page.status_code == 200, page.content.decode()
    fields = dict(re.findall(r'type="hidden" name="(company|token)" value="([^"]*)"', page.content.decode()))
    return client, client.post(
        "/invitation", {**fields, "password": password, "repeated": repeated or password}
    ).status_code


def test_the_list_shows_everybody_and_marks_the_integration_user(world: World, entrance: Entrance) -> None:
    grace = world.store.people.get("grace")
    assert grace is not None
    choose_integration_user(world.store, grace.id, acting=grace, stamp=stamp_for(grace, Door.CONSOLE))
    client = entrance("grace")
    words = words_of(client.get(PEOPLE).content)
    for name in (
        "Grace Kim Integration user grace Administrator Active",
        "Omar Haddad omar",
        "emil Employee Active never",
    ):
        assert name in words
    assert "Omar" not in words_of(client.get(PEOPLE, {"text": "GRA"}).content)
    assert "No user fits all of this." in words_of(client.get(PEOPLE, {"text": "%"}).content)


def test_somebody_is_added_invited_and_lets_themselves_in(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    typed = {"first": "Noor", "last": "Vega", "email": "noor@example.com", "user_id": "noor", "role": "Auditor"}
    answer = client.post(f"{PEOPLE}/add", typed)
    assert answer.status_code == 302
    number = re.findall(r"\d+", answer["Location"])[0]
    assert "No password" in words_of(client.get(answer["Location"]).content)
    link = invite(client, number)
    assert "good until" in words_of(client.get(f"{PEOPLE}/{number}").content)
    window, status = accept(link)
    assert status == 302
    assert window.get("/audit-trail").status_code == 200
    assert visitor().get(link).status_code == 410
    events = [(entry.event, entry.author_name) for entry in world.store.trail.newest(limit=4)]
    assert ("user:joined", "Noor Vega") in events
    assert link.partition("token=")[2] not in repr(world.store.trail.newest(limit=20))


def test_what_is_wrong_with_a_new_user_is_told_at_once_and_kept(world: World, entrance: Entrance) -> None:
    before = len(world.store.people.page(PersonQuery(at=world.clock.now())).cards)
    answer = entrance("grace").post(f"{PEOPLE}/add", {"first": "Noor", "email": "nowhere", "role": "King"})
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("user_id", "email", "role"):
        assert f'href="#{field}"' in page
        assert f'id="{field}-problem"' in page
    assert 'value="Noor"' in page
    assert "There is a user GRACE already" in words_of(
        entrance("grace").post(f"{PEOPLE}/add", {"user_id": "GRACE", "role": "Employee"}).content
    )
    assert len(world.store.people.page(PersonQuery(at=world.clock.now())).cards) == before


def test_a_user_is_changed_and_the_trail_says_what(world: World, entrance: Entrance) -> None:
    client, path = entrance("grace"), f"{PEOPLE}/{world.ids['employee']}"
    form = form_of(client, path)
    answer = client.post(path, {**form, "email": "emil@new.example", "role": "Auditor"})
    assert (answer.status_code, answer["Location"]) == (302, f"{path}?done=saved")
    assert "Saved." in words_of(client.get(answer["Location"]).content)
    card = world.store.people.card(world.ids["employee"])
    assert card is not None
    assert (card.email, card.user.role) == ("emil@new.example", AUDITOR)


def test_a_stale_form_is_told_and_overwrites_nothing(world: World, entrance: Entrance) -> None:
    client, path = entrance("grace"), f"{PEOPLE}/{world.ids['employee']}"
    form = form_of(client, path)
    grace = world.store.people.get("grace")
    assert grace is not None
    stamp = stamp_for(grace, Door.API)
    world.store.people.change(world.ids["employee"], PersonChange(email="other@example.com"), version="", stamp=stamp)
    answer = client.post(path, {**form, "email": "mine@example.com"})
    words = words_of(answer.content)
    assert answer.status_code == 409
    assert "changed by somebody else in the meantime" in words
    assert "Saved now: other@example.com." in words
    assert 'value="mine@example.com"' in answer.content.decode()
    card = world.store.people.card(world.ids["employee"])
    assert card is not None
    assert card.email == "other@example.com"
    without = {name: value for name, value in form.items() if name != "version"}
    assert client.post(path, without).status_code == 409


@pytest.mark.parametrize(("lost", "field"), [({"active": ""}, "active"), ({"role": "Employee"}, "role")])
def test_the_last_administrator_stays_and_the_page_says_why(
    world: World, entrance: Entrance, lost: dict[str, str], field: str
) -> None:
    client, path = entrance("grace"), f"{PEOPLE}/{world.ids['grace']}"
    answer = client.post(path, {**form_of(client, path), **lost})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert f'href="#{field}"' in page
    assert f'id="{field}-problem"' in page
    assert "last active administrator" in page
    assert "Give another active user the role Administrator first" in page
    assert client.get(path).status_code == 200


def test_the_integration_user_is_protected_with_reason_and_way_out(world: World, entrance: Entrance) -> None:
    grace = world.store.people.get("grace")
    assert grace is not None
    stamp = stamp_for(grace, Door.CONSOLE)
    world.store.people.change(world.ids["omar"], PersonChange(role=ADMINISTRATOR), version="", stamp=stamp)
    choose_integration_user(world.store, world.ids["omar"], acting=grace, stamp=stamp)
    client, path = entrance("grace"), f"{PEOPLE}/{world.ids['omar']}"
    for lost, field in (({"active": ""}, "active"), ({"role": "Employee"}, "role")):
        answer = client.post(path, {**form_of(client, path), **lost})
        assert answer.status_code == 409
        assert "Omar Haddad is the integration user" in words_of(answer.content)
        assert "Administration > NetSuite Connector > Credentials" in words_of(answer.content)
        assert f'id="{field}-problem"' in answer.content.decode()
    user = world.store.people.by_record(world.ids["omar"])
    assert user is not None
    assert user.is_administrator


def test_who_is_no_administrator_touches_none_and_makes_none(world: World, entrance: Entrance) -> None:
    client, path = entrance("ursula"), f"{PEOPLE}/{world.ids['grace']}"
    assert client.post(path, {**form_of(client, path), "email": "x@example.com"}).status_code == 403
    assert client.post(f"{path}/access", {"act": "reset"}).status_code == 403
    assert client.post(f"{path}/access", {"act": "end"}).status_code == 403
    added = client.post(f"{PEOPLE}/add", {"user_id": "mallory", "role": "Administrator"})
    assert added.status_code == 403
    assert world.store.people.get("mallory") is None
    emil = f"{PEOPLE}/{world.ids['employee']}"
    assert client.post(emil, {**form_of(client, emil), "role": "Administrator"}).status_code == 403
    assert client.post(ROLES, {"role": "Viewer"}).status_code == 403
    assert client.post(f"{ROLES}/Auditor", {"act": "remove"}).status_code == 403
    assert "Only an administrator changes roles." in words_of(client.get(f"{ROLES}/Auditor").content)


def test_a_deactivated_user_is_out_at_once(world: World, entrance: Entrance) -> None:
    window, client, path = entrance("emil"), entrance("grace"), f"{PEOPLE}/{world.ids['employee']}"
    assert window.get("/records").status_code == 200
    client.post(path, {**form_of(client, path), "active": ""})
    assert window.get("/records").status_code == 302
    assert "Inactive" in words_of(client.get(path).content)


def test_a_reset_ends_password_and_sessions_and_the_earlier_link(world: World, entrance: Entrance) -> None:
    window, client = entrance("emil"), entrance("grace")
    first = invite(client, world.ids["employee"], "reset")
    assert window.get("/records").status_code == 302
    second = invite(client, world.ids["employee"])
    assert visitor().get(first).status_code == 410
    world.clock.pass_by(LIFE + timedelta(seconds=1))
    late = visitor().get(second)
    assert late.status_code == 410
    assert "Ask an administrator for a new invitation." in words_of(late.content)


def test_passwords_of_an_invitation_are_judged_and_never_sent_back(world: World, entrance: Entrance) -> None:
    link = invite(entrance("grace"), world.ids["employee"], "reset")
    assert accept(link, "short")[1] == 422
    assert accept(link, "password123")[1] == 422
    client, status = accept(link, NEW_PASSWORD, repeated="another one entirely")
    assert status == 422
    assert accept(link)[1] == 302
    assert client.get("/records").status_code == 302


@pytest.mark.parametrize(
    "query", ["", "?company=meridian&token=", "?company=nowhere&token=x", f"?company={NEIGHBOR}&token=x"]
)
def test_links_that_are_no_invitation_say_so(world: World, query: str) -> None:
    assert world.house.companies.all()
    answer = visitor().get(f"/invitation{query}")
    assert answer.status_code == 410
    assert "The invitation cannot be used" in answer.content.decode()


def test_an_invitation_is_good_for_its_own_company_only(world: World, entrance: Entrance) -> None:
    link = invite(entrance("grace"), world.ids["employee"], "reset")
    assert visitor().get(link.replace(COMPANY, NEIGHBOR)).status_code == 410


def test_an_optional_role_is_turned_on_and_a_role_of_ones_own_is_made_and_removed(
    world: World, entrance: Entrance
) -> None:
    client = entrance("grace")
    assert "Optional roles that are off" in words_of(client.get(ROLES).content)
    assert client.post(ROLES, {"role": "Viewer"})["Location"] == f"{ROLES}?done=on"
    assert client.post(ROLES, {"role": "Viewer"}).status_code == 409
    made = {"name": "Biller/Lead", "permission": ["VIEW_AUDIT_TRAIL"], "view": ["customer"], "modify": ["invoice"]}
    assert client.post("/administration/add-role", made)["Location"] == f"{ROLES}?done=saved"
    role = world.store.roles.get("biller/lead")
    assert role is not None
    assert (role.permissions, role.views, role.modifies) == (
        frozenset({Permission.VIEW_AUDIT_TRAIL}),
        frozenset({"customer"}),
        frozenset({"invoice"}),
    )
    assert client.get(f"{ROLES}/Biller/Lead").status_code == 200
    assert client.post(f"{ROLES}/Biller/Lead", {"act": "remove"})["Location"] == f"{ROLES}?done=removed"
    assert world.store.roles.get("Biller/Lead") is None


def test_roles_that_are_held_standard_or_clashing_are_refused_with_reasons(entrance: Entrance) -> None:
    client = entrance("grace")
    for path, form, said in (
        (f"{ROLES}/Auditor", {"act": "remove"}, "One user holds it."),
        (f"{ROLES}/Administrator", {"act": "remove"}, "It is a standard role."),
        ("/administration/add-role", {"name": "", "modify": "nothing"}, "A role needs a name"),
    ):
        answer = client.post(path, form)
        assert answer.status_code == 422
        assert said in words_of(answer.content)


def test_a_stale_form_of_a_role_saves_nothing(world: World, entrance: Entrance) -> None:
    client = entrance("grace")
    answer = client.post(f"{ROLES}/Auditor", {"was": "VIEW_RECORDS", "permission": ["VIEW_RECORDS"]})
    assert answer.status_code == 409
    assert "changed by somebody else in the meantime" in words_of(answer.content)
    assert world.store.roles.get("Auditor") == AUDITOR


def test_people_change_their_own_password_and_go_on(world: World, entrance: Entrance) -> None:
    other, client = entrance("emil"), entrance("emil")
    wrong = client.post("/account/password", {"old": "wrong", "password": NEW_PASSWORD, "repeated": NEW_PASSWORD})
    assert "The present password is not right." in words_of(wrong.content)
    for new, repeated, field in (
        ("short", "short", "password"),
        (NEW_PASSWORD, "other", "repeated"),
        (PASSWORD, PASSWORD, "password"),
    ):
        answer = client.post("/account/password", {"old": PASSWORD, "password": new, "repeated": repeated})
        assert answer.status_code == 422
        assert f'href="#{field}"' in answer.content.decode()
    done = client.post("/account/password", {"old": PASSWORD, "password": NEW_PASSWORD, "repeated": NEW_PASSWORD})
    assert done["Location"] == "/account?done=password"
    assert "The password was changed." in words_of(client.get(done["Location"]).content)
    assert other.get("/records").status_code == 302
    assert world.store.people.check_password("emil", Secret(NEW_PASSWORD)) is not None


def test_people_end_their_own_sessions_and_tokens(world: World, entrance: Entrance) -> None:
    other, client = entrance("emil"), entrance("emil")
    emil = world.store.people.get("emil")
    assert emil is not None
    for label in ("laptop", "build machine"):
        world.store.tokens.issue(
            emil, label=label, token=Secret(f"token of the {label}"), expires_at=world.clock.now() + timedelta(days=2)
        )
    page = client.get("/account").content.decode()
    named = re.findall(r'name="token" value="([^"]+)"', page)
    assert "token of the laptop" not in page
    assert client.post("/account/access", {"token": named[0]})["Location"] == "/account?done=withdrawn"
    assert client.post("/account/access", {"token": named[0]})["Location"] == "/account"
    assert [card.id for card in world.store.tokens.of_user(emil, at=world.clock.now())] == named[1:]
    assert client.post("/account/access", {"act": "end"})["Location"] == "/sign-in"
    assert client.get("/account").status_code == 302
    assert other.get("/records").status_code == 302
    assert world.store.tokens.of_user(emil, at=world.clock.now()) == []


def test_nobody_withdraws_the_token_of_another(world: World, entrance: Entrance) -> None:
    emil = world.store.people.get("emil")
    assert emil is not None
    card = world.store.tokens.issue(
        emil, label="laptop", token=Secret("token of the laptop"), expires_at=world.clock.now() + timedelta(days=2)
    )
    entrance("grace").post("/account/access", {"token": card.id})
    assert len(world.store.tokens.of_user(emil, at=world.clock.now())) == 1


def test_people_of_another_company_are_nowhere(world: World, entrance: Entrance) -> None:
    strangers = entrance("grace", company=NEIGHBOR)
    assert strangers.get(f"{PEOPLE}/{world.ids['employee']}").status_code == 404
    assert strangers.post(f"{PEOPLE}/{world.ids['employee']}/access", {"act": "end"}).status_code == 404
    assert "Omar" not in strangers.get(PEOPLE).content.decode()
