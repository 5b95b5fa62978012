"""NetSuite under its own names, through a proxy and with an authority that the settings name (quality.md S39, F02)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from netsuite_simulator.account import Account
from netsuite_simulator.faces.server import Running, serving
from netsuite_simulator.faces.tls.authority import Authority
from suitebridge.adapters.store.opening import close_connections
from suitebridge.bootstrap import House, open_house
from suitebridge.domain.credentials import AccountId, Secret, TokenCredentials
from suitebridge.domain.errors import RunStoppedError, SuiteBridgeError

CANARY = "canary-proxy-password"


@pytest.fixture
def account() -> Iterator[Account]:
    account = Account("TSTDRV1000001")
    yield account
    account.close()


def credentials_of(account: Account) -> TokenCredentials:
    given = account.tokens.issue(account.id)
    return TokenCredentials(
        account=AccountId(value=given.account_id),
        application_id="",
        consumer_key=given.consumer_key,
        consumer_secret=Secret(given.consumer_secret),
        token_id=given.token_id,
        token_secret=Secret(given.token_secret),
    )


def opened(folder: Path, lines: str) -> House:
    folder.mkdir(exist_ok=True)
    (folder / "suitebridge.toml").write_text(lines, encoding="utf-8")
    return open_house(folder)


def proxy_of(running: Running) -> str:
    return f'outgoing_proxy = "{running.proxy_url}"\n'


def test_netsuite_is_reached_through_the_proxy_and_its_authority_must_be_named(
    account: Account, tmp_path: Path
) -> None:
    authority = Authority.make()
    named = tmp_path / "authority.pem"
    named.write_text(authority.certificate, encoding="ascii")
    with serving(account, authority=authority) as running:
        credentials = running.edit(lambda: credentials_of(account))
        trusting = opened(tmp_path / "one", f'{proxy_of(running)}authorities = "{named}"\n')
        assert trusting.try_gateway(credentials).ask_now()
        steps = {step.name: step for step in trusting.try_gateway(credentials).check([])}
        assert {name: steps[name].problem for name in ("dns", "tls", "authentication")} == dict.fromkeys(
            ("dns", "tls", "authentication")
        )
        trusting.close()
        other = opened(tmp_path / "two", proxy_of(running))
        with pytest.raises(RunStoppedError, match="NS-TLS-001") as refused:
            other.try_gateway(credentials).ask_now()
        assert "authorities = " in refused.value.problem.remedy
        other.close()
    close_connections()


def test_a_proxy_that_is_not_there_is_named_without_its_password(account: Account, tmp_path: Path) -> None:
    house = opened(tmp_path / "one", f'outgoing_proxy = "http://me:{CANARY}@127.0.0.1:9"\n')
    failed = next(step for step in house.try_gateway(credentials_of(account)).check([]) if step.problem is not None)
    assert "the proxy of the settings is not reached" in failed.said
    assert CANARY not in failed.said + repr(house.settings) + repr(house)
    house.close()
    close_connections()


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('outgoing_proxy = "proxy:3128"', "http://proxy.example:3128"),
        ('outgoing_proxy = "https://proxy/path"', "http://proxy.example:3128"),
        ('authorities = "nowhere.pem"', "holds no certificates"),
    ],
)
def test_settings_that_cannot_be_are_told_with_their_line(line: str, said: str, tmp_path: Path) -> None:
    with pytest.raises(SuiteBridgeError) as refused:
        opened(tmp_path / "one", f'zone = "UTC"\n{line}\n')
    assert said in refused.value.problem.cause
    assert "Line 2" in refused.value.problem.cause
