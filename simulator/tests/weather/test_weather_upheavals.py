"""Faults that change the account right before the request that meets them."""

from __future__ import annotations

from datetime import timedelta

import pytest
import requests
from cryptography.hazmat.primitives.asymmetric import ec
from simulator.tests.firms import NOW, Firm, RestClient, done
from simulator.tests.oauth.conftest import self_signed
from simulator.tests.soap.conftest import Client
from simulator.tests.weather.conftest import vendors

from netsuite_simulator.account import Account
from netsuite_simulator.faults import (
    AddRecord,
    BlockIntegration,
    CertificatesEnd,
    ChangeZone,
    DeleteRecord,
    DisableFeature,
    EditRecord,
    InvalidLogin,
    LockRecord,
    LosePermission,
    OtherIntegrations,
    RemoveField,
    RevokeTokens,
    SandboxRefresh,
    SkewClock,
    Upheaval,
)
from netsuite_simulator.features import Feature
from netsuite_simulator.logins import Detail
from netsuite_simulator.schemas.fields import Field, Kind
from netsuite_simulator.snapshots import refresh


@pytest.mark.parametrize(
    ("upheaval", "status"),
    [
        (RevokeTokens(), 401),
        (RevokeTokens(integration="SuiteBridge"), 401),
        (BlockIntegration(), 401),
        (BlockIntegration(integration="SuiteBridge"), 401),
        (DisableFeature(feature=Feature.REST_WEB_SERVICES), 400),
        (DisableFeature(feature=Feature.TOKEN_BASED_AUTHENTICATION), 401),
        (LosePermission(permission="LIST_CUSTJOB"), 403),
        (LosePermission(permission="ADMI_RESTWEBSERVICES"), 400),
        (SkewClock(seconds=600), 401),
        (SandboxRefresh(), 401),
    ],
)
def test_a_client_is_shut_out_in_the_middle(firm: Firm, client: RestClient, upheaval: Upheaval, status: int) -> None:
    firm.account.faults.plan(upheaval, skip=1)
    path, signed_at = f"customer/{firm.customer}", firm.account.clock.timestamp()
    answers = []
    for _ in range(3):
        headers = client.headers("GET", f"/services/rest/record/v1/{path}", timestamp=signed_at)
        url = f"{client.url}/services/rest/record/v1/{path}"
        answers.append(requests.get(url, headers=headers, timeout=20).status_code)
    assert answers == [200, status, status]
    assert [one.fault for one in firm.account.journal.faults] == [type(upheaval).__name__]


def test_the_clock_is_told_by_the_date_header(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(SkewClock(seconds=-600))
    assert client.records("GET", "customer").headers["Date"] == "Mon, 18 May 2026 16:50:00 GMT"
    firm.account.fail_next(ChangeZone(zone="Asia/Tokyo"))
    day = client.send(
        "POST",
        "/services/rest/query/v1/suiteql",
        {"q": "SELECT MAX(lastmodifieddate) AS d FROM customer"},
        headers={"Prefer": "transient"},
    )
    assert day.json()["items"][0]["d"] == "5/19/2026"


def test_records_change_between_two_pages(firm: Firm, client: RestClient) -> None:
    account = firm.account
    account.faults.plan(EditRecord(type="customer", id=firm.customer, values={"companyName": "Other"}), skip=1)
    account.faults.plan(DeleteRecord(type="job", id=firm.project), skip=1)
    account.faults.plan(AddRecord(type="department", values={"name": "New", "externalId": "d-1"}, id="77"), skip=1)
    assert client.records("GET", f"customer/{firm.customer}").json()["companyName"] == "Łódź & Söhne"
    account.clock.advance(60)
    changed = client.records("GET", f"customer/{firm.customer}").json()
    assert (changed["companyName"], changed["lastModifiedDate"]) == ("Other", "2026-05-18T17:01:00Z")
    assert account.get("job", internal_id=firm.project) is None
    assert [one.id for one in account.deleted(["job"])] == [firm.project]
    found = account.get("department", external_id="d-1")
    assert found is not None
    assert (found.id, [one.action for one in account.journal.writes][-3:]) == ("77", ["edit", "delete", "add"])
    assert account.journal.requests[-1].fault == "EditRecord, DeleteRecord, AddRecord"


def test_what_cannot_change_is_told_in_the_journal(
    firm: Firm, client: RestClient, caplog: pytest.LogCaptureFixture
) -> None:
    for upheaval in (
        DeleteRecord(type="customer", id="999"),
        ChangeZone(zone="Mars/Olympus"),
        LosePermission(permission="X", role="Nobody"),
    ):
        firm.account.fail_next(upheaval)
    assert client.records("GET", "customer").status_code == 200
    failures = [one.values["failure"] for one in firm.account.journal.faults]
    assert failures[0] == "there is no customer 999"
    assert len(failures) == len([one for one in caplog.records if "changed nothing" in one.message]) == 3


def test_a_locked_record_is_read_and_not_changed(firm: Firm, client: RestClient, soap: Client) -> None:
    soap.send(vendors(firm, soap, "a", "b", "c"))
    locked = firm.account.get("vendor", external_id="b")
    assert locked is not None
    firm.account.fail_next(LockRecord(type="vendor", id=locked.id))
    assert soap.send(vendors(firm, soap, "a", "b", "c")).codes == [None, "RCRD_LOCKED_BY_WF", None]
    assert client.records("GET", "vendor/eid:b").status_code == 200
    assert client.records("DELETE", "vendor/eid:b").status_code == 400
    firm.account.troubles.unlock("vendor", locked.id)
    assert client.records("DELETE", "vendor/eid:b").status_code == 204


def test_other_integrations_take_the_places(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(OtherIntegrations(requests=5, seconds=30))
    assert [client.records("GET", "customer").status_code for _ in range(3)] == [200, 429, 429]
    firm.account.clock.advance(31)
    assert client.records("GET", "customer").status_code == 200
    firm.account.governance.share(4)
    assert client.records("GET", "customer").status_code == 200


def test_a_custom_field_is_gone(firm: Firm, client: RestClient) -> None:
    for name in ("custentity_a", "custentity_b"):
        firm.account.add_custom_field(["customer"], Field(name=name, kind=Kind.TEXT, column=name, label=name))
    path = f"customer/{firm.customer}"
    client.records("PATCH", path, {"custentity_a": "1", "custentity_b": "2"})
    firm.account.fail_next(RemoveField(script_id="custentity_a"))
    left = client.records("GET", path).json()
    assert ("custentity_a" in left, left["custentity_b"]) == (False, "2")
    query = {"q": "SELECT custentity_a FROM customer"}
    headers = {"Prefer": "transient"}
    assert client.send("POST", "/services/rest/query/v1/suiteql", query, headers=headers).status_code == 400
    with pytest.raises(ValueError, match="no custom field custentity_a"):
        firm.account.remove_custom_field("custentity_a")


def test_client_certificates_end(firm: Firm, client: RestClient) -> None:
    account = firm.account
    integration = account.integrations.add("M2M", has_client_credentials=True, scopes=("rest_webservices",))
    user = account.users.add("ada@example.com", roles=[account.roles.connector])
    pem = self_signed(ec.generate_private_key(ec.SECP256R1()))[0]
    certificate = account.certificates.add(pem, integration, account.roles.connector, user)
    account.fail_next(CertificatesEnd(seconds=86_400))
    client.records("GET", "customer")
    assert certificate.valid_until == NOW + timedelta(days=1)
    assert account.certificates.is_valid(certificate)
    account.fail_next(CertificatesEnd())
    client.records("GET", "customer")
    assert not account.certificates.is_valid(certificate)


def test_a_login_fails_for_a_reason_that_only_the_trail_knows(firm: Firm, client: RestClient) -> None:
    firm.account.fail_next(InvalidLogin(detail=Detail.NONCE_USED))
    assert client.records("GET", "customer").status_code == 401
    assert (firm.account.logins[-1].detail, firm.account.logins[-1].success) == ("nonce_used", False)
    assert client.records("GET", "customer").status_code == 200


def test_a_sandbox_is_a_copy_without_tokens(firm: Firm, client: RestClient) -> None:
    sandbox = Account(f"{firm.account.id}_SB1")
    try:
        before = sandbox.tokens.issue(sandbox.id)
        sandbox.add("customer", companyName="Of the sandbox")
        firm.account.add_custom_field(
            ["customer"], Field(name="custentity_a", kind=Kind.TEXT, column="custentity_a", label="A")
        )
        role = firm.account.roles.add("Reader", {"LIST_CUSTJOB": 1})
        refresh(sandbox, firm.account)
        assert sandbox.counts() == firm.account.counts()
        assert sandbox.record_type("customer") is not None
        assert sandbox.get("customer", external_id="c-1") is not None
        assert sandbox.roles.find(role.id) is not None
        assert (sandbox.id, len(sandbox.tokens), sandbox.tokens.find(before.token_id)) == ("TSTDRV1000001_SB1", 0, None)
        assert done(sandbox.update("customer", {"custentity_a": "x"}, external_id="c-1")).id == firm.customer
        assert client.records("GET", "customer").status_code == 200
    finally:
        sandbox.close()


def test_a_sandbox_is_made_anew_in_the_middle_of_a_run(firm: Firm, client: RestClient) -> None:
    firm.account.snapshots.take("production")
    client.records("PUT", "customer/eid:fresh", {"companyName": "Fresh"})
    firm.account.fail_next(SandboxRefresh(snapshot="production"))
    assert client.records("GET", "customer").status_code == 401
    again = RestClient(firm.account, client.url, firm.account.tokens.issue(firm.account.id), session=client.session)
    assert again.records("GET", "customer/eid:fresh").status_code == 404


def test_keys_of_one_account_open_no_other(firm: Firm, client: RestClient) -> None:
    client.realm = "TSTDRV1000001_SB1"
    assert client.records("GET", "customer").status_code == 401
    assert firm.account.logins[-1].detail == "parameter_rejected"
