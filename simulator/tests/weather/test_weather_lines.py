"""Faults of the line: nobody listens, nobody reads, answers elsewhere, certificates that are wrong, commits that are late."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest
import requests
from simulator.tests.firms import Firm, RestClient
from simulator.tests.soap.conftest import Client
from simulator.tests.weather.conftest import vendors

from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.faces.tls.authority import Authority
from netsuite_simulator.faults import (
    BadCertificate,
    ConnectionRefused,
    ConnectionReset,
    CutOff,
    HtmlPage,
    LateCommit,
    Redirect,
    StalledUpload,
    UnknownHost,
)

REST = "https://rest.netsuite.com"
BODY = {"companyName": "Fresh"}
PATH = "customer/eid:fresh"


def is_written(firm: Firm) -> bool:
    return firm.account.get("customer", external_id="fresh") is not None


def is_refused(running: Running) -> bool:
    host, port = running.url.removeprefix("http://").split(":")
    try:
        socket.create_connection((host, int(port)), timeout=20).close()
    except ConnectionRefusedError:
        return True
    return False


def test_nobody_listens_for_a_while(firm: Firm, client: RestClient, running: Running) -> None:
    with running.away():
        assert is_refused(running)
    assert client.records("PUT", PATH, BODY).status_code == 204
    firm.account.fail_next(ConnectionRefused(seconds=0.1))
    with pytest.raises(requests.ConnectionError):
        client.records("GET", "customer")
    while is_refused(running):  # until the tenth of a second is over
        continue
    assert client.records("GET", "customer").status_code == 200
    assert firm.account.journal.requests[-2].outcome == "dropped"


def test_a_body_that_is_not_read_leaves_nothing_written(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.fail_next(StalledUpload(seconds=0.01), door="rest")
    firm.account.fail_next(StalledUpload(seconds=0.01), door="soap", operation="operation")
    assert client.records("GET", "customer").status_code == 200
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, {"companyName": "Fresh", "comments": "x" * 5_000_000})
    with pytest.raises(ConnectionError):
        soap.send(vendors(firm, soap, "v-1"))
    assert not is_written(firm)
    assert firm.account.get("vendor", external_id="v-1") is None
    assert [one.operation for one in firm.account.journal.faults] == ["upload", "operation"]
    assert client.records("PUT", PATH, BODY).status_code == 204


def test_a_request_that_takes_too_long_is_cut_off(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(CutOff(hold_seconds=0.01))
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert not is_written(firm)


def test_a_commit_comes_after_the_probe_that_missed_it(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(LateCommit(after_requests=1))
    with pytest.raises(requests.ConnectionError):
        client.records("PUT", PATH, BODY)
    assert len(firm.account.postponed) == 1
    assert client.records("GET", PATH).status_code == 404
    assert client.records("GET", PATH).json()["companyName"] == "Fresh"
    firm.account.fail_next(LateCommit(after_requests=99))
    with pytest.raises(requests.ConnectionError):
        client.records("PATCH", PATH, {"companyName": "Later"})
    firm.account.postponed.commit()
    assert client.records("GET", PATH).json()["companyName"] == "Later"


def test_a_late_refusal_reaches_nobody(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(LateCommit(after_requests=1))
    with pytest.raises(requests.ConnectionError):
        client.records("PATCH", "customer/999", BODY)
    assert client.records("GET", "customer").status_code == 200
    outcomes = [one.outcome for one in firm.account.journal.requests]
    assert outcomes == ["dropped, refused later with 404", "200"]


def test_answers_point_elsewhere(firm: Firm, client: RestClient, soap: Client) -> None:
    firm.account.fail_next(Redirect(location="https://elsewhere.example/x", status=308), times=2)
    request = requests.Request("GET", f"{client.url}/services/rest/record/v1/customer").prepare()
    request.headers.update(client.headers("GET", "/services/rest/record/v1/customer"))
    answer = client.session.send(request, allow_redirects=False, timeout=20)
    assert (answer.status_code, answer.headers["Location"]) == (308, "https://elsewhere.example/x")
    status, _ = soap.raw(soap.envelope(vendors(firm, soap, "v-1"), soap.passport()))
    assert (status, firm.account.get("vendor", external_id="v-1")) == (308, None)


def test_a_page_may_come_after_the_commit(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(HtmlPage(after_commit=True))
    assert "<html>" in client.records("PUT", PATH, BODY).text
    assert is_written(firm)


def test_certificates_and_names_go_wrong(firm: Firm, tmp_path: Path) -> None:
    """By the proxy, as clients with hard-wired hosts come."""
    authority = Authority.make()
    ca_file = tmp_path / "ca.pem"
    ca_file.write_text(authority.certificate)
    account = firm.account

    def ask() -> int:
        with requests.Session() as session:
            session.trust_env, session.proxies, session.verify = False, {"https": running.proxy_url}, str(ca_file)
            path = f"{REST}/rest/datacenterurls?account={account.id}"
            return session.get(path, timeout=20).status_code

    with serving(account, authority=authority) as running:
        for flaw, words in (
            (BadCertificate(), "expired"),
            (BadCertificate(reason="wrong host"), "Hostname mismatch"),
            (BadCertificate(reason="unknown authority"), "unable to get local issuer"),
        ):
            account.fail_next(flaw)
            with pytest.raises(requests.exceptions.SSLError, match=words):
                ask()
        account.fail_next(BadCertificate(reason="expiring"))
        account.faults.plan(UnknownHost(), operation="rest.netsuite.com", skip=1)
        assert ask() == 200
        with pytest.raises(requests.exceptions.ProxyError, match="502"):
            ask()
        account.fail_next(ConnectionReset(), door="rest")
        assert ask() == 200
    noted = [(one.door, one.fault) for one in account.journal.faults]
    assert noted == [("tls", "BadCertificate")] * 4 + [("proxy", "UnknownHost")]
