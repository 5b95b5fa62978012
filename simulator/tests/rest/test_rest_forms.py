"""create-form and select-options: what a new record would hold, and what its select fields may take; nothing is saved."""

from __future__ import annotations

from simulator.tests.firms import Firm, RestClient, bill, done

MEDIA = "application/vnd.oracle.resource+json; type="
FORM, OPTIONS = {"Accept": f"{MEDIA}create-form"}, {"Accept": f"{MEDIA}select-options"}


def test_a_form_shows_what_the_account_fills_in(firm: Firm, client: RestClient) -> None:
    before = firm.account.counts()
    response = client.records("POST", "timeBill", {"employee": {"id": firm.employee}, "hours": "2:30"}, headers=FORM)
    assert (response.status_code, response.headers["Content-Type"]) == (200, f"{MEDIA}singular")
    form = response.json()
    assert (form["approvalStatus"]["refName"], form["hours"], form["timeType"]["id"]) == ("Open", "2:30", "A")
    assert form["subsidiary"]["id"] == firm.subsidiary
    assert not {"id", "links"} & form.keys()
    assert client.records("POST", "invoice", headers=FORM).status_code == 200  # nothing is required yet
    wrong = client.records("POST", "timeBill", {"employee": {"id": "999"}}, headers=FORM)
    assert wrong.status_code == 400

    order = done(firm.account.create("salesOrder", bill(firm, {"item": firm.item, "quantity": 2, "rate": "50"})))
    path = f"salesOrder/{order.id}"
    made = client.records("POST", f"{path}/!transform/invoice?expandSubResources=true", headers=FORM).json()
    assert made["item"]["items"][0]["rate"] == "50"
    edited = client.records("PATCH", path, {"memo": "Changed"}, headers=FORM).json()
    assert (edited["id"], edited["memo"]) == (order.id, "Changed")
    assert "memo" not in client.records("GET", path).json()
    assert firm.account.counts() == before | {"salesOrder": before["salesOrder"] + 1}


def test_options_are_those_that_a_field_may_take(firm: Firm, client: RestClient) -> None:
    path = "timeBill?fields=approvalStatus,caseTaskEvent&limit=2"
    body = {"customer": {"id": firm.project}}
    options = client.records("POST", path, body, headers=OPTIONS).json()
    shown = options["approvalStatus"]
    assert [one["refName"] for one in shown["items"]] == ["Open", "Pending Approval"]
    assert (shown["count"], shown["totalResults"], shown["hasMore"]) == (2, 4, True)
    assert [one["id"] for one in options["caseTaskEvent"]["items"]] == [firm.task]
    other = client.records("POST", path, {"customer": {"id": firm.customer}}, headers=OPTIONS).json()
    assert other["caseTaskEvent"]["totalResults"] == 0

    order = done(firm.account.create("salesOrder", bill(firm, {"item": firm.item, "quantity": 1, "rate": "50"})))
    lines = client.records("PATCH", f"salesOrder/{order.id}?fields=item.item", headers=OPTIONS).json()
    assert firm.item in [one["id"] for one in lines["item.item"]["items"]]
    for wrong in ("memo", "item.memo", "nothing", ""):
        refused = client.records("POST", f"timeBill?fields={wrong}", headers=OPTIONS)
        assert refused.json()["o:errorDetails"][0]["o:errorQueryParam"] == "fields"
