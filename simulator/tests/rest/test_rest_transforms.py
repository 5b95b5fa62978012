"""!transform: records made from others by REST, saved at once."""

from __future__ import annotations

from simulator.tests.firms import Firm, RestClient, bill, done, hours


def test_an_order_becomes_an_invoice_and_a_payment(firm: Firm, client: RestClient) -> None:
    line = {"item": firm.item, "quantity": 2, "rate": "50"}
    order = done(firm.account.create("salesOrder", bill(firm, line)))
    body = {"memo": "First", "tranDate": "2026-03-03"}
    response = client.records("POST", f"salesOrder/{order.id}/!transform/invoice", body)
    assert response.status_code == 204, response.text
    path = response.headers["Location"].partition("/record/v1/")[2]
    invoice = client.records("GET", f"{path}?expandSubResources=true").json()
    assert (invoice["memo"], invoice["createdFrom"]["id"], invoice["total"]) == ("First", order.id, 100)
    assert invoice["item"]["items"][0]["orderLine"] == 1
    paid = client.records("POST", f"{path}/!transform/customerPayment", {"tranDate": "2026-03-03"})
    assert paid.status_code == 204, paid.text
    assert client.records("GET", path).json()["status"]["refName"] == "Paid In Full"
    assert client.records("GET", f"{path}/!transform/customerPayment").status_code == 405
    rows = client.send(
        "POST",
        "/services/rest/query/v1/suiteql",
        {"q": f"SELECT linktype, previoustype, nexttype FROM nexttransactionlinelink WHERE previousdoc = {order.id}"},
        headers={"Prefer": "transient"},
    ).json()["items"]
    assert [(row["linktype"], row["previoustype"], row["nexttype"]) for row in rows] == [
        ("OrdBill", "SalesOrd", "CustInvc")
    ]


def test_a_customers_time_is_billed_by_transform(firm: Firm, client: RestClient) -> None:
    time_bill = done(firm.account.create("timeBill", hours(firm, isBillable=True, rate=100)))
    body = {"tranDate": "2026-03-03", "time": {"items": [{"doc": int(time_bill.id), "apply": True}]}}
    response = client.records("POST", f"customer/{firm.customer}/!transform/invoice", body)
    assert response.status_code == 204, response.text
    problem = client.records("POST", f"customer/{firm.customer}/!transform/invoice", body)
    assert problem.json()["o:errorDetails"][0]["o:errorPath"] == "time.items[0].doc"
