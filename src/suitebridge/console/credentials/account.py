"""What an account id means: which kind of account it is, and the hosts it leads to. Said at once, while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.console.marks import ENVIRONMENT_ICONS
from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.pasting import trim
from suitebridge.ports.netsuite import Addresses

FindAddresses: TypeAlias = Callable[[AccountId], Addresses]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMeaning:
    """The meaning of an id, or why it has none; both blank while nothing is typed."""

    account: str = ""
    label: str = ""
    icon: str = ""
    style: str = ""
    problem: str = ""
    hosts: tuple[tuple[str, str], ...] = ()
    is_simulated: bool = False


def account_meaning(typed: str, find: FindAddresses) -> AccountMeaning:
    """Say what an id means; blanks and quotes around it do not count."""
    text = trim(typed).text
    if not text:
        return AccountMeaning()
    try:
        account = AccountId.parse(text)
        addresses = find(account)
    except AccountIdError as error:
        return AccountMeaning(problem=str(error))
    icon, style = ENVIRONMENT_ICONS[account.environment]
    hosts = (
        ("SOAP and REST web services", addresses.web_services),
        ("RESTlets and tokens", addresses.restlets),
        ("NetSuite's pages", addresses.pages),
    )
    return AccountMeaning(
        account=account.value,
        label=account.environment_label,
        icon=icon,
        style=style,
        hosts=tuple((name, host) for name, host in hosts if host),
        is_simulated=addresses.is_simulated,
    )
