"""The sets of values by which NetSuite is signed in to, as data: form, store and checks walk over them and know none by name.

A further way to connect (OAuth 2.0 client credentials, say) is one more set here.
"""

from __future__ import annotations

import base64
import enum
import hashlib
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from suitebridge.domain.certificates import EVERY_ALGORITHM
from suitebridge.domain.credentials import AccountId, ClientCredentials, Secret, SigningCredentials, TokenCredentials


class Switch(enum.Enum):
    """Settings of the connector that are on or off; the value is stored."""

    SINGLE_SIGN_ON = "single_sign_on"
    OAUTH_SIGN_ON = "oauth_sign_on"
    REST_DOORS = "rest_doors"
    CLIENT_CREDENTIALS = "client_credentials"


SWITCH_LABELS: Mapping[Switch, str] = {
    Switch.SINGLE_SIGN_ON: "Enable single sign-on",
    Switch.OAUTH_SIGN_ON: "Use OAuth 2.0 for NetSuite Single Sign-On and Real-Time Import",
    Switch.REST_DOORS: "Write through REST web services instead of SOAP",
    Switch.CLIENT_CREDENTIALS: "Sign in with OAuth 2.0 client credentials instead of token-based authentication",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialField:
    """One value: its label as NetSuite and the form call it, and where in NetSuite it is shown. A secret belongs to its `key`; a long one has several lines.

    Of `choices` one may be taken.
    """

    name: str
    label: str
    where: str
    key: str = ""
    is_optional: bool = False
    is_long: bool = False
    choices: tuple[str, ...] = ()

    @property
    def is_secret(self) -> bool:
        """Whether the value is sealed and never shown again."""
        return bool(self.key)


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialSet:
    """Values that are only good together. `needs` and `without` are the switches under which it is in use; `signs`: requests are signed with it.

    `revocation` says how NetSuite is told that these values count no more. `is_made`: SuiteBridge makes the values, nobody types them.
    """

    name: str
    title: str
    fields: tuple[CredentialField, ...]
    is_optional: bool = False
    signs: bool = False
    is_made: bool = False
    revocation: str = ""
    needs: frozenset[Switch] = frozenset()
    without: frozenset[Switch] = frozenset()

    def is_in_use(self, switches: Collection[Switch]) -> bool:
        """Whether the connector's settings ask for this set."""
        return not self.is_made and self.needs <= set(switches) and self.without.isdisjoint(switches)

    @property
    def secrets(self) -> tuple[CredentialField, ...]:
        """The fields that are secrets."""
        return tuple(field for field in self.fields if field.is_secret)


_PEM = "-----BEGIN "
_RECORD = "Setup > Integration > Manage Integrations > your integration"
_SHOWN_ONCE = "NetSuite shows it once, on the page that follows Save; “Reset Credentials” there gives a new pair."
_TOKEN_LIST = "Setup > Users/Roles > Access Tokens"  # noqa: S105
_TOKEN_PAGE = f"{_TOKEN_LIST} > New"
_MAPPINGS = "Setup > Integration > Manage Authentication > OAuth 2.0 Client Credentials (M2M) Setup"
_PROVIDER = "Setup > Integration > Manage Integrations > the integration of the sign-on"

TOKEN_SET = CredentialSet(
    name="token",
    title="Token-based authentication",
    fields=(
        CredentialField(
            name="application_id",
            label="Application ID",
            where=f"{_RECORD}: Application ID, at the top of the page.",
            is_optional=True,
        ),
        CredentialField(
            name="consumer_key",
            label="TBA Consumer Key",
            where=f"{_RECORD}: Consumer Key / Client ID, under Client Credentials. {_SHOWN_ONCE}",
        ),
        CredentialField(
            name="consumer_secret",
            label="TBA Consumer Secret",
            where="Beside the consumer key: Consumer Secret / Client Secret.",
            key="consumer_key",
        ),
        CredentialField(
            name="token_id",
            label="TBA User Token ID",
            where=f"{_TOKEN_PAGE}: choose the application, the user and the role. The page that follows Save shows the Token ID once.",
        ),
        CredentialField(
            name="token_secret",
            label="TBA User Token Secret",
            where="Beside the token ID: Token Secret.",
            key="token_id",
        ),
    ),
    signs=True,
    without=frozenset({Switch.CLIENT_CREDENTIALS}),
    revocation=f"the access token: {_TOKEN_LIST} > View beside the token > Edit > Revoke",
)
CLIENT_SET = CredentialSet(
    name="client",
    title="OAuth 2.0 client credentials",
    fields=(
        CredentialField(
            name="client_id",
            label="Client ID",
            where=f"{_RECORD}: Consumer Key / Client ID, of a record with Client Credentials (Machine to Machine) Grant. {_SHOWN_ONCE}",
        ),
        CredentialField(
            name="certificate_id",
            label="Certificate ID",
            where=f"{_MAPPINGS} > Create New: choose the user, the role and the application, upload the certificate. The list then shows the Certificate ID.",
        ),
        CredentialField(
            name="private_key",
            label="Private key",
            where="The private key of that certificate, unencrypted, in PEM form: RSA with 3072 or 4096 bits, or EC on P-256, P-384 or P-521.",
            key="certificate_id",
            is_long=True,
        ),
        CredentialField(
            name="certificate",
            label="Certificate",
            where="The certificate that was uploaded to NetSuite, in PEM form. It is no secret; with it SuiteBridge knows when it ends.",
            is_optional=True,
            is_long=True,
        ),
        CredentialField(
            name="algorithm",
            label="Signature",
            where="What the private key signs with; NetSuite asks for nothing here. RSA keys have three ways, EC keys one each.",
            is_optional=True,
            choices=EVERY_ALGORITHM,
        ),
    ),
    signs=True,
    needs=frozenset({Switch.CLIENT_CREDENTIALS}),
    revocation=f"the certificate: {_MAPPINGS} > Revoke beside the certificate",
)
NEXT_SET = CredentialSet(
    name="next",
    title="The next certificate",
    fields=(
        CredentialField(
            name="next_certificate", label="Next certificate", where="Made on this page, for NetSuite.", is_long=True
        ),
        CredentialField(
            name="next_private_key",
            label="Private key of the next certificate",
            where="Made here; it never leaves SuiteBridge.",
            key="next_certificate",
            is_long=True,
        ),
        CredentialField(
            name="rotated_from",
            label="Certificate ID before the last rotation",
            where="Noted when a certificate took the place of another one.",
            is_optional=True,
        ),
    ),
    is_optional=True,
    is_made=True,
)
SIGN_ON_SET = CredentialSet(
    name="single_sign_on",
    title="Single sign-on credentials",
    fields=(
        CredentialField(
            name="sso_consumer_key",
            label="Consumer key",
            where="The SuiteSignOn record in NetSuite: Setup > Integration > SuiteSignOn.",
        ),
        CredentialField(
            name="sso_shared_secret",
            label="Shared secret",
            where="The same SuiteSignOn record: Shared Secret.",
            key="sso_consumer_key",
        ),
    ),
    is_optional=True,
    needs=frozenset({Switch.SINGLE_SIGN_ON}),
    without=frozenset({Switch.OAUTH_SIGN_ON}),
)
OAUTH_SIGN_ON_SET = CredentialSet(
    name="oauth_sign_on",
    title="NetSuite OAuth 2.0 credentials",
    fields=(
        CredentialField(
            name="oauth_consumer_key",
            label="Consumer key",
            where=f"{_PROVIDER}: Consumer Key / Client ID. {_SHOWN_ONCE}",
        ),
        CredentialField(
            name="oauth_consumer_secret",
            label="Consumer secret",
            where="Beside that consumer key: Consumer Secret / Client Secret.",
            key="oauth_consumer_key",
        ),
    ),
    is_optional=True,
    needs=frozenset({Switch.SINGLE_SIGN_ON, Switch.OAUTH_SIGN_ON}),
)
CREDENTIAL_SETS = (TOKEN_SET, CLIENT_SET, NEXT_SET, SIGN_ON_SET, OAUTH_SIGN_ON_SET)
FIELDS: Mapping[str, CredentialField] = {field.name: field for one in CREDENTIAL_SETS for field in one.fields}
"""Every field of every set by its name, which is unique among all sets."""

REVOCATION = (
    "NetSuite still takes what was removed here until a NetSuite administrator revokes it there: "
    f"{'; '.join(one.revocation for one in CREDENTIAL_SETS if one.revocation)}."
)
"""What is left to do in NetSuite when credentials were removed here, or are in the wrong hands (quality.md S23)."""

TYPED: Mapping[str, CredentialField] = {
    field.name: field for one in CREDENTIAL_SETS if not one.is_made for field in one.fields
}
"""The fields that somebody types, by name."""

ALL_SECRETS = frozenset(name for name, field in FIELDS.items() if field.is_secret)


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionDraft:
    """What is to be stored of a connection: everything that may be shown, the secrets that were typed, and which stored ones stay."""

    account: AccountId
    values: Mapping[str, str]
    secrets: Mapping[str, Secret]
    kept: frozenset[str] = frozenset()
    integration_user_id: str = ""
    switches: frozenset[Switch] = frozenset()


def draft_of(credentials: TokenCredentials) -> ConnectionDraft:
    """Give the draft that stores token credentials and nothing else."""
    return ConnectionDraft(
        account=credentials.account,
        values={
            "application_id": credentials.application_id,
            "consumer_key": credentials.consumer_key,
            "token_id": credentials.token_id,
        },
        secrets={"consumer_secret": credentials.consumer_secret, "token_secret": credentials.token_secret},
    )


def told_value(value: str) -> str:
    """Tell a value in one line: of a certificate its fingerprint, the SHA-256 of its bytes."""
    if not value.startswith(_PEM):
        return value
    lines = [line.strip() for line in value.splitlines() if not line.startswith("-----")]
    try:
        content = base64.b64decode("".join(lines), validate=True)
    except ValueError:
        content = value.encode()
    return f"SHA-256 {hashlib.sha256(content).hexdigest()}"


def signing_set(switches: Collection[Switch]) -> CredentialSet:
    """Give the set that requests are signed with."""
    return next(one for one in CREDENTIAL_SETS if one.signs and one.is_in_use(switches))


def signing_credentials(
    account: AccountId, values: Mapping[str, str], secrets: Mapping[str, Secret], switches: Collection[Switch]
) -> SigningCredentials:
    """Give what signs requests, from values and opened secrets by field name."""
    if signing_set(switches) is TOKEN_SET:
        return token_credentials(account, values, secrets)
    return ClientCredentials(
        account=account,
        client_id=values.get("client_id", ""),
        certificate_id=values.get("certificate_id", ""),
        private_key=secrets.get("private_key", Secret("")),
        algorithm=values.get("algorithm", ""),
        certificate=values.get("certificate", ""),
    )


def token_credentials(account: AccountId, values: Mapping[str, str], secrets: Mapping[str, Secret]) -> TokenCredentials:
    """Give the credentials of token-based authentication."""
    return TokenCredentials(
        account=account,
        application_id=values.get("application_id", ""),
        consumer_key=values.get("consumer_key", ""),
        consumer_secret=secrets.get("consumer_secret", Secret("")),
        token_id=values.get("token_id", ""),
        token_secret=secrets.get("token_secret", Secret("")),
    )
