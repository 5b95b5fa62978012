"""Record types, lists and forms on the account's pages: the same rules as at every other door, said beside the fields."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from simulator.tests.firms import NOW, Firm, bill, done, hours
from simulator.tests.samples import one_of_each
from simulator.tests.setup.conftest import EMAIL, PASSWORD, Desk, Shown

from netsuite_simulator.account import Account
from netsuite_simulator.customizations import CustomKind, custom_field
from netsuite_simulator.features import Feature
from netsuite_simulator.permissions import CREATE, EDIT, FULL, VIEW
from netsuite_simulator.roles import Subsidiaries
from netsuite_simulator.users import User

TYPES, LIST, RECORD = (f"/app/common/record/{name}.nl" for name in ("recordtypes", "recordlist", "record"))
CUSTJOB, INVOICE = "/app/common/entity/custjob.nl", "/app/accounting/transactions/custinvc.nl"


def listed(desk: Desk, **query: str) -> Shown:
    return desk.open(f"{LIST}?{urlencode(query)}")


def beside(page: Shown, name: str) -> str:
    """What a page says beside an input."""
    field = page.root.xpath(f"//*[@name={name!r}]")[0]
    assert field.get("aria-invalid") == "true", page.problems
    return " ".join(page.root.get_element_by_id(field.get("aria-describedby").split()[0]).itertext())


def values(account: Account, type_name: str, internal_id: str) -> dict[str, object]:
    found = account.get(type_name, internal_id=internal_id)
    assert found is not None
    return found.values


# --- every type ---


def test_every_type_has_a_list_and_a_form_that_saves_what_it_shows(desk: Desk, firm: Firm) -> None:
    account = firm.account
    ids = one_of_each(account, {"customer": firm.customer, "currency": firm.dollar, "employee": firm.employee})
    assert len(desk.open(TYPES).rows()) == len(account.types)
    refused: list[str] = []
    for name, internal_id in ids.items():
        found = listed(desk, type=name, search=internal_id)
        href = next(link for text, link in found.links.items() if f"id={internal_id}" in link)
        page = desk.open(href)
        before = values(account, name, internal_id)
        saved = desk.press(page)
        editable = {one.name for one in account.types[name].fields if not one.read_only}
        if saved.problems:
            refused.append(name)
        else:
            assert "The record is saved." in saved.text, name
        after = values(account, name, internal_id)
        untouched = {one: value for one, value in before.items() if one in editable}
        kept = {one: value for one, value in after.items() if one in untouched}
        assert kept == untouched, name
        assert desk.open(href.partition("&id=")[0].partition("?id=")[0]).title.startswith("New "), name
    assert len(refused) < 10, refused  # samples are made without rules, so that a few may be refused


# --- lists ---


def test_lists_are_searched_and_paged_by_id(desk: Desk, firm: Firm) -> None:
    for number in range(60):
        firm.account.add(
            "customer", external_id=f"x-{number}", companyName=f"Branch {number:02}", subsidiary=firm.subsidiary
        )
    first = listed(desk, type="customer", search="branch")
    assert (len(first.rows()), "60 found" in first.text) == (50, True)
    second = desk.open(first.links["Next page"])
    assert [row[0] for row in second.rows()] == [f"Branch {number}" for number in range(50, 60)]
    assert len(desk.open(second.links["First page"]).rows()) == 50
    assert [row[2] for row in listed(desk, type="customer", search="x-7").rows()] == ["x-7"]
    assert [row[1] for row in listed(desk, type="customer", search=firm.customer).rows()][:1] == [firm.customer]
    assert listed(desk, type="customer", search="100% _ nobody'; --").rows() == []
    assert listed(desk, type="customer", after="; DROP").status == 200
    (project,) = listed(desk, type="job").rows()
    assert "Łódź & Söhne" in project
    assert listed(desk, type="nothing").status == 404


# --- forms ---


def test_a_customer_is_made_changed_and_deleted(desk: Desk, firm: Firm) -> None:
    account = firm.account
    form = desk.open(f"{CUSTJOB}?type=customer")
    refused = desk.press(form, **{"f.email": "x@example.com"})
    assert "Please enter value(s) for" in refused.problems
    assert 'value="x@example.com"' in refused.response.text
    made = desk.press(form, external="c-7", **{"f.companyName": 'Ünal" <b>', "f.subsidiary": firm.subsidiary})
    assert made.title == 'Customer: Ünal" <b>'
    internal_id = made.response.url.partition("id=")[2].partition("&")[0]
    note = made.rows()[0]
    assert (note[1], note[2], note[3]) == ("Ada", "USERINTERFACE", "Create")
    assert account.journal.writes[-1].door == "setup"
    doubled = desk.press(form, external="C-7", **{"f.companyName": "Twin", "f.subsidiary": firm.subsidiary})
    assert beside(doubled, "external") == "This record already exists"
    account.clock.advance(5)
    changed = desk.press(made, **{"f.comments": "first\nsecond", "f.isInactive": "T", "f.creditLimit": "1,250.50"})
    kept = values(account, "customer", internal_id)
    assert (kept["comments"], kept["isInactive"], kept["creditLimit"]) == ("first\nsecond", True, Decimal("1250.5"))
    assert "first\nsecond" in [area.text for area in changed.root.iter("textarea")]
    stale = desk.press(made, **{"f.email": "late@example.com"})
    assert "Record has been changed" in stale.problems
    emptied: dict[str, Any] = {"f.comments": "", "f.isInactive": None}
    cleared = desk.press(changed, **emptied)
    assert "comments" not in values(account, "customer", internal_id)
    assert "can be changed and not be taken away" in desk.press(cleared, external="").problems
    assert "Enter a number" in beside(desk.press(cleared, **{"f.creditLimit": "lots"}), "f.creditLimit")
    gone = desk.press(cleared, "delete")
    assert ("The record is deleted." in gone.text, account.get("customer", internal_id=internal_id)) == (True, None)
    blocked = desk.press(desk.open(f"{CUSTJOB}?id={firm.customer}"), "delete")
    assert "dependent records" in blocked.problems
    assert "Rollout" in desk.open(f"{CUSTJOB}?id={firm.project}").title
    assert desk.open(f"{CUSTJOB}?type=customer&id=987654").status == 404


def test_lines_are_added_changed_and_removed(desk: Desk, firm: Firm) -> None:
    account = firm.account
    form = desk.press(desk.open(INVOICE), "add:item", **{"f.entity": firm.customer, "f.tranDate": "2026-03-03"})
    form = desk.press(
        form, "add:item", **{"f.item.0.item": "Consulting", "f.item.0.quantity": "2", "f.item.0.rate": "100"}
    )
    wrong = desk.press(form, **{"f.item.1.item": "Nonsense", "f.item.1.quantity": "x"})
    assert "Nothing is called Nonsense" in beside(wrong, "f.item.1.item")
    assert "Enter a number" in beside(wrong, "f.item.1.quantity")
    unknown = desk.press(form, **{"f.item.1.item": "99999", "f.item.1.quantity": "1"})
    assert "reference key 99999" in beside(unknown, "f.item.1.item")
    made = desk.press(
        form, **{"f.item.1.item": f"Consulting [{firm.item}]", "f.item.1.quantity": "3", "f.item.1.rate": "10"}
    )
    assert made.title.startswith("Invoice"), made.problems
    internal_id = made.response.url.partition("id=")[2].partition("&")[0]

    def lines() -> list[tuple[object, object]]:
        found = values(account, "invoice", internal_id)["item"]
        assert isinstance(found, list)
        return [(line["line"], line["quantity"]) for line in found]

    assert lines() == [(1, 2), (2, 3)]
    assert values(account, "invoice", internal_id)["total"] == 230
    account.clock.advance(5)
    less = desk.press(made, **{"remove.item.0": "T", "f.item.1.quantity": "5"})
    assert lines() == [(2, 5)]
    account.clock.advance(5)
    assert "The record is saved." in desk.press(less, **{"f.memo": "only this"}).text
    assert lines() == [(2, 5)]


def test_a_records_buttons_make_the_next_record_of_it(desk: Desk, firm: Firm) -> None:
    account = firm.account
    line = {"item": firm.item, "quantity": Decimal(4), "rate": "25"}
    order = done(account.create("salesOrder", bill(firm, line, memo="Phase 1")))
    form = desk.open(desk.open(f"/app/accounting/transactions/salesord.nl?id={order.id}").links["Bill"])
    assert (form.title, "Phase 1" in form.response.text) == ("New Invoice", True)
    part = desk.press(form, external="bill-1", **{"f.item.0.quantity": "3", "f.item.0.amount": "75", "f.memo": "First"})
    assert "The record is saved." in part.text, part.problems
    (first,) = account.search("invoice", [("externalId", "=", "bill-1")], lines=True)[0]
    (billed,) = cast(list[dict[str, object]], first.values["item"])
    assert (first.values["createdFrom"], first.values["memo"], first.values["total"]) == (order.id, "First", 75)
    assert (billed["orderLine"], billed["quantity"]) == (1, 3)
    rest = desk.press(desk.open(form.response.url))
    assert "The record is saved." in rest.text
    emptied = desk.open(f"/app/accounting/transactions/salesord.nl?id={order.id}")
    assert "Bill" not in emptied.links
    late = desk.press(form)
    assert (late.status, "nothing left" in late.problems) == (403, True)
    assert {"Accept Payment", "Credit", "Authorize Return"} <= part.links.keys()
    payment = desk.open(part.links["Accept Payment"])
    wrong = desk.press(payment, **{"f.apply.0.amount": "lots"})
    assert "Enter a number" in beside(wrong, "f.apply.0.amount")
    paid = desk.press(payment)
    assert "The record is saved." in paid.text, paid.problems
    assert "Accept Payment" not in desk.open(part.response.url).links
    assert desk.open(payment.response.url.replace("invoice", "nothing")).status == 404
    assert "cannot be made" in desk.open(payment.response.url.replace("invoice", "salesOrder")).problems
    assert "does not exist" in desk.open(f"{payment.response.url}999").problems


def test_rules_hold_on_the_pages(desk: Desk, firm: Firm) -> None:
    account = firm.account
    closed = desk.press(desk.press(desk.open(INVOICE), "add:item", **{"f.entity": firm.customer, "f.tranDate": "2025-03-03"}), **{"f.item.0.item": firm.item, "f.item.0.amount": "1"})  # fmt: skip
    assert "period" in closed.problems.lower()
    made = done(account.create("timeBill", hours(firm)))
    page = desk.open(f"{RECORD}?type=timeBill&id={made.id}")
    account.clock.advance(5)
    desk.press(page, **{"f.hours": "7:30", "f.tranDate": "2026-03-04"})
    assert (values(account, "timeBill", made.id)["hours"], values(account, "timeBill", made.id)["tranDate"]) == (
        Decimal("7.5"),
        date(2026, 3, 4),
    )
    page = desk.open(f"{RECORD}?type=timeBill&id={made.id}")
    for text, said in (("25 o'clock", "Enter a number"), ("7:75", "Enter a number")):
        assert said in beside(desk.press(page, **{"f.hours": text}), "f.hours")
    period = account.search("accountingPeriod", [("periodName", "is", "2025")])[0][0]
    opened: dict[str, Any] = {"f.closed": None}
    desk.press(desk.open(f"{RECORD}?type=accountingPeriod&id={period.id}"), **opened)
    assert not values(account, "accountingPeriod", period.id).get("closed")


def test_instants_and_custom_fields_are_shown_in_the_accounts_zone(desk: Desk, firm: Firm) -> None:
    account = firm.account
    account.add_custom_field(["customer"], custom_field("custentity_seen", CustomKind.DATE_TIME, "Seen"))
    account.add_custom_field(
        ["customer"], custom_field("custentity_kind", CustomKind.MULTIPLE_SELECT, "Kinds", select_from="department")
    )
    first, second = (account.add("department", name=name).id for name in ("One", "Two"))
    page = desk.open(f"{CUSTJOB}?id={firm.customer}")
    chosen: dict[str, Any] = {"f.custentity_seen": "2026-05-18T10:00:00", "f.custentity_kind": [second, first]}
    saved = desk.press(page, **chosen)
    assert not saved.problems
    kept = values(account, "customer", firm.customer)
    assert (kept["custentity_seen"], kept["custentity_kind"]) == (NOW, (first, second))
    again = saved.root.xpath("//input[@name='f.custentity_seen']/@value")
    assert again == ["2026-05-18T10:00:00"]


# --- permissions ---


@pytest.mark.parametrize("level", [VIEW, CREATE, EDIT, FULL])
def test_a_role_does_what_its_level_lets_it(visitor: Desk, administrator: User, firm: Firm, level: int) -> None:
    account = firm.account
    role = account.roles.add("Desk", {"LIST_CUSTJOB": level})
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    visitor.sign_in("bo@example.com")
    shown = [row[1] for row in visitor.open(TYPES).rows()]
    assert shown == ["customer", "customerSubsidiaryRelationship", "job"]
    assert ("New" in listed(visitor, type="customer").links) is (level >= CREATE)
    assert visitor.open(f"{CUSTJOB}?type=customer").status == (200 if level >= CREATE else 403)
    page = visitor.open(f"{CUSTJOB}?id={firm.customer}")
    acts = {one.get("value") for one in page.root.iter("button")}
    assert ("save" in acts, "delete" in acts) == (level >= EDIT, level >= FULL)
    assert "Accept Payment" not in page.links
    token = page.root.xpath("//input[@name='token']/@value")[0]
    forced = visitor.post(page.response.url, [("token", token), ("act", "delete")])
    assert ("Permission Violation" in forced.problems) is (level < FULL)
    if level < EDIT:
        written = visitor.post(
            page.response.url, [("token", token), ("act", "save"), ("f.companyName", "Mine"), ("external", "c-1")]
        )
        assert (
            "changed" in written.problems or "Permission" in written.problems,
            values(account, "customer", firm.customer)["companyName"],
        ) == (True, "Łódź & Söhne")
    assert visitor.open(f"{RECORD}?type=vendor").status == 403
    assert listed(visitor, type="vendor").status == 403


def test_restrictions_and_features_hold_on_the_pages(visitor: Desk, administrator: User, firm: Firm) -> None:
    account = firm.account
    other = account.add("subsidiary", name="Elsewhere", country="DE").id
    hidden = account.add("customer", companyName="Hidden", subsidiary=other).id
    role = account.roles.add(
        "Desk",
        {"LIST_CUSTJOB": FULL, "TRAN_TIMEBILL": FULL},
        subsidiaries=Subsidiaries.SELECTED,
        selected_subsidiaries=(firm.subsidiary,),
    )
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    visitor.sign_in("bo@example.com")
    assert "Hidden" not in listed(visitor, type="customer").text
    denied = visitor.open(f"{CUSTJOB}?type=customer&id={hidden}")
    assert (denied.status, "deny you access" in denied.problems) == (403, True)
    form = visitor.open(f"{CUSTJOB}?type=job")
    assert "Hidden" not in form.response.text
    assert "Hidden" not in visitor.press(form, **{"f.parent": hidden}).response.text
    account.features.disable(Feature.TIME_TRACKING)
    assert "Time Tracking feature is not enabled" in listed(visitor, type="timeBill").problems


def test_no_form_of_a_record_is_taken_from_another_site(desk: Desk, firm: Firm) -> None:
    address = f"{CUSTJOB}?type=customer&id={firm.customer}"
    for act in ("delete", "save"):
        assert desk.post(address, [("act", act), ("token", "guessed")]).status == 403
    assert account_name(firm) == "Łódź & Söhne"
    made = done(
        firm.account.create("invoice", bill(firm, {"item": firm.item, "amount": Decimal(1)}, memo="<script>x</script>"))
    )
    assert not desk.open(f"{INVOICE}?id={made.id}").root.xpath("//script")
    assert EMAIL in {one.user for one in firm.account.journal.requests}


def account_name(firm: Firm) -> object:
    return values(firm.account, "customer", firm.customer)["companyName"]
