"""The public client: the few lines that its documentation promises, against a simulated account."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import pytest

from suitebridge.domain.credentials import AccountIdError, ClientCredentials, TokenCredentials
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.values import Value
from suitebridge.netsuite import (
    Account,
    Application,
    Certificate,
    Consent,
    Credentials,
    Done,
    Preference,
    Rejected,
    connect,
    sign_in,
    sign_out,
)
from tests.contract.consents import EMAIL, consented
from tests.contract.netsuite_worlds import SimulatedWorld, bearing, simulated


@pytest.fixture
def world() -> Iterator[SimulatedWorld]:
    with simulated() as behind_http:
        yield behind_http


def credentials(world: SimulatedWorld) -> Credentials:
    given = world.line.credentials
    assert isinstance(given, TokenCredentials)
    return Credentials(
        account=given.account.value,
        consumer_key=given.consumer_key,
        consumer_secret=given.consumer_secret.reveal(),
        token_id=given.token_id,
        token_secret=given.token_secret.reveal(),
    )


@pytest.fixture(params=Preference)
def account(request: pytest.FixtureRequest, world: SimulatedWorld) -> Iterator[Account]:
    with connect(credentials(world), prefers=request.param, simulator=world.server.url) as opened:
        yield opened


def test_records_are_stored_found_shown_and_queried(world: SimulatedWorld, account: Account) -> None:
    ann = world.add("employee", "ann", entityId="Ann")
    bill: dict[str, Value] = {
        "externalId": "t-1",
        "employee": "eid:ann",
        "tranDate": date(2026, 5, 4),
        "hours": Decimal("7.5"),
        "memo": "x",
    }
    (stored,) = account.upsert("timeBill", [bill])
    assert isinstance(stored, Done)
    assert account.find("timeBill", ["t-1", "t-2"]) == {"t-1": stored.netsuite_id}
    assert account.show("timeBill", [stored.netsuite_id])[stored.netsuite_id]["employee"] == ann
    (row,) = account.query("SELECT id, hours, memo FROM timebill WHERE employee = ?", ann)
    assert (row["id"], Decimal(row["hours"]), row["memo"]) == (stored.netsuite_id, Decimal("7.5"), "x")
    (again,) = account.upsert("timeBill", [{**bill, "memo": None}])
    assert again == stored
    assert "memo" not in next(account.query("SELECT id, memo FROM timebill"))


def test_an_account_is_opened_with_a_certificate() -> None:
    with bearing() as world:
        given = world.line.credentials
        assert isinstance(given, ClientCredentials)
        certificate = Certificate(
            account=given.account.value,
            client_id=given.client_id,
            certificate_id=given.certificate_id,
            private_key=given.private_key.reveal(),
        )
        assert "PRIVATE" not in repr(certificate)
        world.add("customer", "zed", companyName="Zed")
        with connect(certificate, simulator=world.server.url) as account:
            assert account.find("customer", ["zed"]).keys() == {"zed"}
            (answer,) = account.upsert("customer", [{"externalId": "ann", "companyName": "Ann"}])
            assert isinstance(answer, Done)


def test_a_query_is_read_to_its_last_page(world: SimulatedWorld, account: Account) -> None:
    def furnish() -> None:
        for number in range(1005):
            world.account.add("department", None, None, name=f"D{number}")

    world.server.edit(furnish)
    rows = list(account.query("SELECT id FROM department ORDER BY id"))
    assert len({row["id"] for row in rows}) == 1005


def test_what_is_wrong_is_told(world: SimulatedWorld, account: Account) -> None:
    (refused,) = account.upsert("timeBill", [{"externalId": "t-1", "employee": "999"}])
    assert isinstance(refused, Rejected)
    with pytest.raises(ValueError, match="needs its externalId"):
        account.upsert("timeBill", [{"employee": "999"}])
    with pytest.raises(RunStoppedError):
        list(account.query("SELECT nothing FROM nowhere"))
    assert "secret" not in repr(credentials(world)).replace("_secret", "")


def test_no_account_id_is_refused_before_anything_is_sent(world: SimulatedWorld) -> None:
    given = credentials(world)
    with pytest.raises(AccountIdError):
        connect(Credentials(account="my account!", consumer_key="", consumer_secret="", token_id="", token_secret=""))
    assert given.consumer_secret not in repr(given)


def test_an_account_is_asked_and_changed(world: SimulatedWorld, account: Account) -> None:
    zed = world.add("customer", "zed", entityId="Zed", companyName="Zed")
    contact = world.add("contact", entityId="Ann Lee", firstName="Ann", lastName="Lee")
    stamp = account.now()
    (changed,) = account.update("customer", [{"id": "eid:zed", "companyName": "Zed & Co", "phone": None}])
    assert isinstance(changed, Done)
    invoice = account.transform("customer", zed, "invoice", {"externalId": "i-1", "memo": "made"})
    assert isinstance(invoice, Rejected | Done)
    assert isinstance(account.attach("customer", zed, "contact", contact), Done)
    assert account.totals("customer")[0].count == 1
    assert "companyName" in {one.name for one in account.fields("customer")}
    assert account.select_values("customer", "currency") == []
    assert not account.custom_record_types()
    assert not account.currency_rates()
    assert account.server_time().tzinfo is not None
    with pytest.raises(ValueError, match="needs its id"):
        account.update("customer", [{"companyName": "Zed"}])
    department = world.add("department", name="D")
    assert isinstance(account.delete("department", [department])[0], Done)
    assert account.deleted("customer", stamp) == []


def test_the_ledger_is_not_deleted_from_unless_it_is_meant(world: SimulatedWorld, account: Account) -> None:
    """D11: nothing is deleted in the ledger by default."""
    for record_type in ("invoice", "expenseReport", "vendorBill"):
        with pytest.raises(ValueError, match="document of the ledger"):
            account.delete(record_type, ["1"])
    assert not [one for one in world.requests() if "delete" in one.lower()]
    (gone,) = account.delete("invoice", ["999"], from_ledger=True)
    assert isinstance(gone, Rejected)


RETURN = "https://client.example/back"


@pytest.mark.parametrize("is_public", [True, False])
def test_a_person_signs_in_with_a_browser_and_out_again(world: SimulatedWorld, *, is_public: bool) -> None:
    account, url = world.account, world.server.url

    def furnish() -> str:
        user = account.users.add(EMAIL, name="Ada", roles=[account.roles.connector])
        return account.users.set_password(user)

    made: list[str] = []
    world.server.edit(lambda: made.append(furnish()))
    integration = account.integrations.add(
        "Planner", has_code_grant=True, is_public=is_public, scopes=("rest_webservices",), redirect_uris=(RETURN,)
    )
    application = Application(
        account=account.id,
        client_id=integration.client_id,
        redirect_uri=RETURN,
        client_secret="" if is_public else integration.consumer_secret,
    )
    world.add("customer", "zed", companyName="Zed")
    signing_in = sign_in(application, simulator=url)
    returned = consented(signing_in.address, made[0])
    first = signing_in.finish(returned)
    again = sign_in(application, simulator=url)
    with pytest.raises(RunStoppedError) as strange:
        again.finish(returned)
    assert "state is another" in strange.value.problem.facts["said"]
    kept: list[Consent] = []
    with connect(first, simulator=url, keep=kept.append) as opened:
        assert opened.find("customer", ["zed"]).keys() == {"zed"}
    assert len(kept) == (1 if is_public else 0)
    last = (*kept, first)[0]
    with connect(last, simulator=url, keep=kept.append) as opened:
        (answer,) = opened.upsert("customer", [{"externalId": "ann", "companyName": "Ann"}])
        assert isinstance(answer, Done)
    last = (*reversed(kept), first)[0]
    sign_out(last, simulator=url)
    sign_out(last, simulator=url)
    with connect(last, simulator=url) as opened, pytest.raises(RunStoppedError) as refused:
        opened.find("customer", ["zed"])
    assert refused.value.problem.code == "NS-AUTH-006"
    for secret in (last.refresh_token, integration.consumer_secret):
        assert secret not in repr((application, first, last, signing_in, refused.value))
