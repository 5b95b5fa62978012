"""What an account id means: which kind of account it is, and the hosts it leads to. Said at once, while it is typed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

from suitebridge.console import links
from suitebridge.console.marks import ENVIRONMENT_ICONS
from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.pasting import trim
from suitebridge.ports.netsuite import Addresses

FindAddresses: TypeAlias = Callable[[AccountId], Addresses]


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountLine:
    """The input for the account id."""

    value: str
    problem: str = ""
    label: str = "NetSuite Account ID"
    where: str = "Setup > Integration > SOAP Web Services Preferences: Account ID, exactly as it is shown there."

    @property
    def meaning_href(self) -> str:
        """Where the meaning of an id is told while it is typed."""
        return links.address("credentials-account")

    @property
    def described_by(self) -> str:
        """The ids of the elements that explain the input."""
        return "account_id-problem account_id-where meaning" if self.problem else "account_id-where meaning"


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountMeaning:
    """The meaning of an id, or why it has none; both blank while nothing is typed."""

    account: str = ""
    label: str = ""
    icon: str = ""
    style: str = ""
    problem: str = ""
    suggestion: str = ""
    hosts: tuple[tuple[str, str], ...] = ()
    is_simulated: bool = False

    @property
    def here_href(self) -> str:
        """Where the suggestion is taken up."""
        return links.address("credentials-account")


@dataclass(frozen=True, slots=True, kw_only=True)
class Spelled:
    """A spelling that was taken up: the input with it, and what it means."""

    meaning: AccountMeaning
    line: AccountLine


def account_meaning(typed: str, find: FindAddresses) -> AccountMeaning:
    """Say what an id means; blanks and quotes around it do not count."""
    text = trim(typed).text
    if not text:
        return AccountMeaning()
    try:
        account = AccountId.parse(text)
        addresses = find(account)
    except AccountIdError as error:
        return AccountMeaning(problem=str(error), suggestion=error.suggestion)
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
