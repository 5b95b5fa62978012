"""Hosts are NetSuite's or a simulator's, whatever the account id (quality.md S31)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from suitebridge.adapters.netsuite.hosts import Hosts
from suitebridge.adapters.netsuite.pages import page_of
from suitebridge.domain.credentials import AccountId, AccountIdError

ATTACKS = [
    "", "evil.com/", "a.b", "1234567#", "1234567@evil", "%2e", "1234567\n", "１２３", "1234567。evil", "a" * 300, "-1", "1-",
    "1234567/..", "1234567:8443", "1234567?x", " 1234567", "1234567 ", "1234567\x00", "localhost.", "[::1]",
]  # fmt: skip


@pytest.mark.parametrize(
    ("account", "origin"),
    [
        ("1234567", "https://1234567.suitetalk.api.netsuite.com"),
        ("1234567_SB1", "https://1234567-sb1.suitetalk.api.netsuite.com"),
        ("TSTDRV99", "https://tstdrv99.suitetalk.api.netsuite.com"),
    ],
)
def test_host_is_built_from_the_account_id(account: str, origin: str) -> None:
    hosts = Hosts()
    assert hosts.web_services(AccountId(value=account)) == origin
    assert hosts.restlets(AccountId(value=account)) == origin.replace("suitetalk", "restlets")
    assert hosts.pages(AccountId(value=account)) == origin.replace("suitetalk.api", "app")


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_names_no_host(text: str) -> None:
    with pytest.raises(AccountIdError):
        Hosts().web_services(AccountId(value=text))


@given(st.text(min_size=1))
def test_any_account_id_stays_within_netsuite(text: str) -> None:
    try:
        origin = Hosts().web_services(AccountId(value=text))
    except AccountIdError:
        return
    label = origin.removeprefix("https://").removesuffix(".suitetalk.api.netsuite.com")
    assert set(label) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")


def test_a_simulator_plays_only_its_own_account() -> None:
    hosts = Hosts(simulators={"TSTDRV1": "http://127.0.0.1:8200/"})
    assert hosts.web_services(AccountId(value="TSTDRV1")) == "http://127.0.0.1:8200"
    assert hosts.pages(AccountId(value="TSTDRV1")) == ""
    assert hosts.web_services(AccountId(value="TSTDRV2")).startswith("https://tstdrv2.")
    assert hosts.plain_origins == ("http://127.0.0.1:8200",)


@pytest.mark.parametrize(
    "url", ["127.0.0.1:8200", "file:///etc/passwd", "http://user@127.0.0.1", "http://127.0.0.1/?x"]
)
def test_a_simulators_address_is_a_plain_web_address(url: str) -> None:
    with pytest.raises(ValueError, match="no plain web address"):
        Hosts(simulators={"TSTDRV1": url}).web_services(AccountId(value="TSTDRV1"))


@pytest.mark.parametrize(
    ("record_type", "id_", "page"),
    [
        ("customer", "1234", "https://1234567-sb1.app.netsuite.com/app/common/entity/custjob.nl?id=1234"),
        ("invoice", "7", "https://1234567-sb1.app.netsuite.com/app/accounting/transactions/custinvc.nl?id=7"),
        ("timeBill", "7", ""),
        ("customer", "7&x=1", ""),
    ],
)
def test_a_linked_record_opens_in_netsuite(record_type: str, id_: str, page: str) -> None:
    account = AccountId(value="1234567_SB1")
    assert page_of(Hosts(), account, record_type, id_) == page
    assert page_of(Hosts(simulators={"1234567_SB1": "http://127.0.0.1:1"}), account, record_type, id_) == ""
