"""Actions on time sheets, and contacts attached to records, by REST."""

from __future__ import annotations

import datetime
from decimal import Decimal

from simulator.tests.firms import Firm, RestClient, done, hours, refused, stored

from netsuite_simulator.attachments import attached_to
from netsuite_simulator.permissions import connector_permissions


def test_a_sheet_is_submitted_rejected_and_approved_with_its_time(firm: Firm, client: RestClient) -> None:
    account = firm.account
    early = done(account.create("timeBill", hours(firm)))
    body = {"employee": {"id": firm.employee}, "tranDate": "2026-03-04"}
    response = client.records("POST", "timeSheet", body)
    assert response.status_code == 204, response.text
    path = response.headers["Location"].partition("/record/v1/")[2]
    late = done(account.create("timeBill", hours(firm, hours=Decimal("1.5"), tranDate=datetime.date(2026, 3, 7))))
    outside = done(account.create("timeBill", hours(firm, tranDate=datetime.date(2026, 3, 8))))
    sheet = client.records("GET", path).json()
    assert (sheet["startDate"], sheet["endDate"], sheet["totalHours"]) == ("2026-03-01", "2026-03-07", "9:30")
    assert stored(account, late).values["timeSheet"] == sheet["id"]
    assert "timeSheet" not in stored(account, outside).values
    assert client.records("POST", "timeSheet", body).status_code == 400
    for action, status, shown in (
        ("submit", 204, "Pending Approval"),
        ("submit", 400, "Pending Approval"),
        ("reject", 204, "Rejected"),
        ("submit", 204, "Pending Approval"),
        ("retract", 204, "Open"),
        ("approve", 204, "Approved"),
    ):
        assert client.records("POST", f"{path}/@{action}").status_code == status, action
        assert client.records("GET", path).json()["approvalStatus"]["refName"] == shown
        assert stored(account, early).values["status"] == shown
    assert refused(account.update("timeBill", {"memo": "x"}, internal_id=early.id)).code == "CANT_MODIFY_APPRVD_TIME"
    assert client.records("POST", f"{path}/@print").json()["o:errorDetails"][0]["o:errorCode"] == "INVALID_REQUEST"
    assert client.records("POST", "timeSheet/999/@submit").status_code == 404
    assert client.records("GET", f"{path}/@submit").status_code == 405


def test_approving_needs_the_highest_level(firm: Firm, client: RestClient) -> None:
    sheet = firm.account.add("timeSheet", employee=firm.employee, tranDate=datetime.date(2026, 3, 3)).id
    role = firm.account.roles.connector
    firm.account.roles.edit(role, permissions=connector_permissions() | {"TRAN_TIMEBILL": 3})
    assert client.records("POST", f"timeSheet/{sheet}/@submit").status_code == 204
    assert client.records("POST", f"timeSheet/{sheet}/@approve").status_code in (400, 403)


def test_moved_time_leaves_its_sheet(firm: Firm) -> None:
    account = firm.account
    sheet = done(account.create("timeSheet", {"employee": firm.employee, "startDate": datetime.date(2026, 3, 3)}))
    one = done(account.create("timeBill", hours(firm)))
    assert stored(account, sheet).values["totalHours"] == 8
    done(account.update("timeBill", {"tranDate": datetime.date(2026, 4, 3)}, internal_id=one.id))
    assert stored(account, sheet).values["totalHours"] == 0


def test_a_contact_is_attached_and_detached(firm: Firm, client: RestClient) -> None:
    contact = firm.account.add("contact", lastName="Kay").id
    path = f"customer/{firm.customer}/!attach/contact/{contact}"
    assert client.records("POST", path).status_code == 204
    assert attached_to(firm.account.storage, "customer", firm.customer) == [("contact", contact)]
    detach = path.replace("!attach", "!detach")
    assert client.records("POST", detach).status_code == 204
    assert client.records("POST", detach).status_code == 404
    wrong = client.records("POST", f"customer/{firm.customer}/!attach/job/{firm.project}")
    assert "cannot be attached" in wrong.json()["o:errorDetails"][0]["detail"]
