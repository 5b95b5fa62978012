"""Certificates, the login audit trail and deleted records on the account's pages."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding
from simulator.tests.firms import done
from simulator.tests.oauth.conftest import self_signed
from simulator.tests.setup.conftest import EMAIL, PASSWORD, Desk, Shown

from netsuite_simulator.logins import Attempt, Detail
from netsuite_simulator.permissions import FULL
from netsuite_simulator.users import User

CERTIFICATES, CERTIFICATE = "/app/setup/oauth2clientcredentials.nl", "/app/setup/oauth2clientcredential.nl"
AUDIT, DELETED = "/app/setup/loginaudittrail.nl", "/app/setup/deletedrecords.nl"


def _upload(desk: Desk, page: Shown, content: bytes, **values: str) -> Shown:
    pairs = dict(page.form("save").form_values()) | values | {"act": "save"}
    files = {"file": ("client.cer", content, "application/octet-stream")}
    return desk.shown(desk.browser.post(page.response.url, data=pairs, files=files, timeout=20))


@pytest.mark.parametrize("encoding", [Encoding.PEM, Encoding.DER])
def test_a_certificate_is_uploaded_and_revoked(desk: Desk, encoding: Encoding) -> None:
    account = desk.account
    account.integrations.add("Planner", has_client_credentials=True, scopes=("rest_webservices",))
    role = account.roles.add("Machine", {"ADMI_LOGIN_OAUTH2": FULL})
    account.users.add("bo@example.com", name="Bo", roles=[role])
    pem, _ = self_signed(ec.generate_private_key(ec.SECP256R1()))
    content = x509.load_pem_x509_certificate(pem.encode()).public_bytes(encoding)
    page = desk.open(CERTIFICATE)
    chosen = {"user": "bo@example.com", "role": role.id, "application": "1"}
    assert "Entity, Role, Application, Certificate" in desk.press(page).problems
    assert "no X.509 certificate" in _upload(desk, page, b"\x00\xff", **chosen).problems
    assert "does not have the role" in _upload(desk, page, content, **{**chosen, "user": EMAIL}).problems
    listed = _upload(desk, page, content, **chosen)
    (one,) = account.certificates
    assert listed.rows()[0][:5] == [one.id, "Planner", "bo@example.com", "Machine", "EC"]
    assert desk.press(listed, "revoke").rows()[0][7] == "Revoked"
    assert one.is_revoked


def test_users_map_certificates_of_their_own_only(visitor: Desk, administrator: User) -> None:
    account = visitor.account
    role = account.roles.add("Own", {"ADMI_LOGIN_OAUTH2": FULL, "ADMI_MANAGE_OWN_OAUTH2_CERTS": FULL})
    account.users.add("bo@example.com", name="Bo", roles=[role], password=PASSWORD)
    integration = account.integrations.add("Planner", has_client_credentials=True, scopes=("rest_webservices",))
    pem, _ = self_signed(ec.generate_private_key(ec.SECP256R1()))
    others = account.certificates.add(pem, integration, account.roles.administrator, administrator)
    visitor.sign_in("bo@example.com")
    listed = visitor.open(CERTIFICATES)
    assert listed.rows() == []
    token = listed.root.xpath("//input[@name='token']/@value")[0]
    visitor.post(CERTIFICATES, [("token", token), ("id", others.id), ("act", "revoke")])
    assert not others.is_revoked
    own, _ = self_signed(ec.generate_private_key(ec.SECP256R1()))
    page = visitor.open(CERTIFICATE)
    values = {"role": role.id, "application": "1", "pasted": own}
    assert "Entity" in visitor.press(page, user=EMAIL, **values).problems
    assert visitor.press(page, user="bo@example.com", **values).rows()[0][2] == "bo@example.com"


def test_the_audit_trail_tells_reasons_and_is_filtered(desk: Desk) -> None:
    account = desk.account
    for number in range(60):
        attempt = Attempt(door="rest", user=f"u{number % 2}@example.com", role="Reader", application="Planner")
        account.logins.note(attempt, Detail.NONCE_USED if number % 3 == 0 else None)
        account.clock.advance(1)
    newest = desk.open(AUDIT)
    assert len(newest.rows()) == 50
    second = desk.open(newest.links["Next page"])
    assert (len(second.rows()), second.links["Previous page"][-6:]) == (11, "page=1")
    failed = desk.open(
        f"{AUDIT}?{urlencode({'status': 'failure', 'user': 'u1@example.com', 'application': 'Planner', 'role': 'Reader'})}"
    )
    assert {(row[2], row[4], row[5]) for row in failed.rows()} == {("u1@example.com", "Failure", "nonce_used")}
    assert len(failed.rows()) == 10
    today = f"{account.clock.today():%Y-%m-%d}"
    assert len(desk.open(f"{AUDIT}?since={today}&until={today}&user=u0%40example.com").rows()) == 30
    assert desk.open(f"{AUDIT}?since=2026-05-19").rows() == []
    assert "This is no date" in desk.open(f"{AUDIT}?since=tomorrow").problems


def test_deleted_records_are_listed_newest_first(desk: Desk) -> None:
    account = desk.account
    assert "No record was deleted." in desk.open(DELETED).text
    for name in ("Ünal", "Vega"):
        made = done(account.create("customer", {"companyName": name, "subsidiary": "1"}, external_id=name))
        account.clock.advance(60)
        done(account.delete("customer", internal_id=made.id))
    listed = desk.open(DELETED)
    assert [row[1:4:2] for row in listed.rows()] == [["Vega", "Vega"], ["Ünal", "Ünal"]]
    assert len(desk.open(f"{DELETED}?type=customer").rows()) == 2
    assert desk.open(f"{DELETED}?type=employee").rows() == []
