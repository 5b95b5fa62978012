"""What a connection to NetSuite is made of: the account id and what it says, and the credential set of token-based authentication."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from typing import TypeAlias

_FORM = re.compile(r"(?:TSTDRV|TD)?[0-9]{1,20}(?:_(?:SB[0-9]{1,3}|RP))?|(?:TSTDRV|TD)[A-Z0-9]{1,20}")
_PASTED_HYPHEN = re.compile(r"[0-9]{1,20}-(?:sb[0-9]{1,3}|rp)", re.IGNORECASE)


class Environment(enum.Enum):
    """What an account id says about the account (netsuite-api.md §1.2)."""

    PRODUCTION = "production"
    SANDBOX = "sandbox"
    RELEASE_PREVIEW = "release preview"
    TEST_DRIVE = "test drive"


class AccountIdError(ValueError):
    """The text is no NetSuite account id; the message says why and what to do. `suggestion` is the right spelling, where one is plain."""

    def __init__(self, said: str, *, suggestion: str = "") -> None:
        super().__init__(said)
        self.suggestion = suggestion


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountId:
    """A NetSuite account id exactly as NetSuite shows it, upper case with underscore: the realm of every signature."""

    value: str

    @classmethod
    def parse(cls, text: str) -> AccountId:
        """Accept what people paste: blanks around it are dropped. Raise `AccountIdError` with a suggestion for anything else."""
        trimmed = text.strip()
        if _FORM.fullmatch(trimmed):
            return cls(value=trimmed)
        where = "Copy it from Setup > Integration > SOAP Web Services Preferences in NetSuite."
        if not trimmed:
            raise AccountIdError(f"The NetSuite Account ID is empty. {where}")
        if _PASTED_HYPHEN.fullmatch(trimmed):
            right = trimmed.upper().replace("-", "_")
            raise AccountIdError(
                f"“{trimmed}” is the form used in web addresses. Did you mean {right}?", suggestion=right
            )
        right = trimmed.upper()
        if _FORM.fullmatch(right):
            raise AccountIdError(f"NetSuite writes account ids in capitals. Did you mean {right}?", suggestion=right)
        raise AccountIdError(f"“{trimmed[:40]}” is not a NetSuite Account ID. {where}")

    @property
    def environment(self) -> Environment:
        """Production, sandbox, release preview or test drive."""
        if self.value.startswith("T"):
            return Environment.TEST_DRIVE
        if self.value.endswith("_RP"):
            return Environment.RELEASE_PREVIEW
        return Environment.SANDBOX if "_SB" in self.value else Environment.PRODUCTION

    @property
    def environment_label(self) -> str:
        """The environment in words, a sandbox with its number."""
        if self.environment is Environment.SANDBOX:
            return f"sandbox {self.value.rpartition('_SB')[2]}"
        return str(self.environment.value)

    @property
    def title(self) -> str:
        """The account as every door names it: the environment, then the id."""
        return f"{self.environment_label} {self.value}"

    @property
    def host_label(self) -> str:
        """The account's part of NetSuite's host names: lower case, hyphen for underscore."""
        return self.value.lower().replace("_", "-")


class Secret:
    """A secret text: shows itself nowhere, and gives itself only to who asks by name."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def reveal(self) -> str:
        """Give the text, to sign or to encrypt."""
        return self._text

    def __repr__(self) -> str:
        return "<secret>"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._text == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __reduce__(self) -> str:
        raise TypeError("A secret is never pickled.")


@dataclass(frozen=True, slots=True, kw_only=True)
class TokenCredentials:
    """Token-based authentication: what the integration record and the access token show once. The application id is stored, never sent."""

    account: AccountId
    application_id: str
    consumer_key: str
    consumer_secret: Secret
    token_id: str
    token_secret: Secret

    @property
    def shown(self) -> str:
        """What people know them by."""
        return f"token {self.token_id[:6]}…"

    def missing(self) -> tuple[str, ...]:
        """Name the values that are not filled in, in the words of the form; the application id may be blank."""
        values = (
            ("TBA Consumer Key", self.consumer_key),
            ("TBA Consumer Secret", self.consumer_secret.reveal()),
            ("TBA User Token ID", self.token_id),
            ("TBA User Token Secret", self.token_secret.reveal()),
        )
        return tuple(label for label, value in values if not value.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientCredentials:
    """OAuth 2.0 client credentials: the integration record, and the private key of a certificate that NetSuite holds.

    `algorithm` is what the key signs with, "" for what is usual for its kind; `certificate` as PEM, "" where it is not known.
    """

    account: AccountId
    client_id: str
    certificate_id: str
    private_key: Secret
    algorithm: str = ""
    certificate: str = ""

    @property
    def shown(self) -> str:
        """What people know them by."""
        return f"certificate {self.certificate_id[:6]}…"

    def missing(self) -> tuple[str, ...]:
        """Name the values that are not filled in, in the words of the form."""
        values = (
            ("Client ID", self.client_id),
            ("Certificate ID", self.certificate_id),
            ("Private key", self.private_key.reveal()),
        )
        return tuple(label for label, value in values if not value.strip())


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsentCredentials:
    """OAuth 2.0 by a person's consent: the integration record, and the refresh token that NetSuite gave for that person. A public client has no secret."""

    account: AccountId
    client_id: str
    refresh_token: Secret
    client_secret: Secret

    @property
    def shown(self) -> str:
        """What people know them by."""
        return f"application {self.client_id[:6]}…"

    def missing(self) -> tuple[str, ...]:
        """Name the values that are not filled in."""
        values = (("Client ID", self.client_id), ("Refresh token", self.refresh_token.reveal()))
        return tuple(label for label, value in values if not value.strip())


SigningCredentials: TypeAlias = TokenCredentials | ClientCredentials | ConsentCredentials
"""What requests are signed with: a connection's credentials, or a person's own."""
