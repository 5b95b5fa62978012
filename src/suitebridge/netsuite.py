"""A small client for one NetSuite account, over the same gateway as SuiteBridge: paced, retried, signed anew each time.

    from suitebridge.netsuite import Credentials, connect

    with connect(Credentials(account="1234567_SB1", consumer_key=…, consumer_secret=…, token_id=…, token_secret=…)) as account:
        for row in account.query("SELECT id, entityid FROM job WHERE isinactive = ?", "F"):
            print(row["id"], row["entityid"])
        for answer in account.upsert("timeBill", [{"externalId": "t-1", "employee": "7", "tranDate": date(2026, 5, 4), "hours": Decimal("7.5")}]):
            print(answer)
        account.update("timeBill", [{"id": "eid:t-1", "memo": "Workshop"}])

A person signs in with a browser instead of credentials of a machine:

    signing_in = sign_in(Application(account="1234567", client_id=…, redirect_uri="https://localhost:8443/netsuite"))
    print(signing_in.address)                      # to be opened in a browser, which ends at the redirect URI
    consent = signing_in.finish(input("Address: "))
    with connect(consent, keep=store_it) as account:
        …

Refuses to know companies, workflows and the store.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from suitebridge.bootstrap import OpenedAccount, open_account, open_consent_desk
from suitebridge.domain.credentials import (
    AccountId,
    ClientCredentials,
    ConsentCredentials,
    Secret,
    SigningCredentials,
    TokenCredentials,
)
from suitebridge.domain.doors import Preference
from suitebridge.domain.drift import AccountField
from suitebridge.domain.schemas.netsuite import is_in_ledger
from suitebridge.domain.values import Fields, Value
from suitebridge.ports import consents as ports
from suitebridge.ports.consents import ConsentAsked, ConsentDesk
from suitebridge.ports.netsuite import Done, NotSent, OutgoingRecord, Rejected, Uncertain, WriteAnswer
from suitebridge.ports.netsuite_account import (
    CurrencyRate,
    Deletion,
    Limits,
    OutgoingChange,
    SelectValue,
    Total,
)

if TYPE_CHECKING:
    from typing import Self

__all__ = [
    "Account",
    "Application",
    "Certificate",
    "Consent",
    "Credentials",
    "Done",
    "NotSent",
    "Preference",
    "Rejected",
    "SignIn",
    "Uncertain",
    "WriteAnswer",
    "connect",
    "sign_in",
    "sign_out",
]

_EXTERNAL_ID, _ID = "externalId", "id"


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """Token-based authentication as NetSuite gives it; secrets are not shown in a `repr`."""

    account: str
    consumer_key: str
    consumer_secret: str = field(repr=False)
    token_id: str
    token_secret: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """OAuth 2.0 client credentials: the application, its certificate in NetSuite, and the private key in PEM form, which no `repr` shows.

    `algorithm` is what an RSA key signs with, "" for PS256.
    """

    account: str
    client_id: str
    certificate_id: str
    private_key: str = field(repr=False)
    algorithm: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """An integration record with the authorization code grant; without a secret it is a public client."""

    account: str
    client_id: str
    redirect_uri: str
    client_secret: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """What a person's sign-in gave: a refresh token, which no `repr` shows. Keep it as you would keep a password."""

    account: str
    client_id: str
    refresh_token: str = field(repr=False)
    client_secret: str = field(default="", repr=False)


class SignIn:
    """A sign-in under way: `address` is NetSuite's page, to be opened in a person's browser."""

    def __init__(self, asked: ConsentAsked, desk: ConsentDesk, close: Callable[[], None]) -> None:
        self.address = asked.address
        self._asked, self._desk, self._close = asked, desk, close

    def finish(self, returned: str) -> Consent:
        """Take the address at which the browser ended. Raise `RunStoppedError` NS-AUTH-007 where it brings no consent."""
        try:
            return _consent(self._desk.redeem(self._asked, returned))
        finally:
            self._close()


class Account:
    """One account. Calls raise `RetryLaterError` where waiting helps, and `RunStoppedError` where it does not."""

    def __init__(self, opened: OpenedAccount) -> None:
        self._opened = opened

    def query(self, text: str, *parameters: str) -> Iterator[Mapping[str, str]]:
        """Give the rows of a SuiteQL query by lower-case column name; each `?` takes a parameter. Columns that are null are left out.

        Every value is a text. More than 100,000 rows raise: order by id and ask in parts.
        """
        return self._opened.gateway.query(text, parameters)

    def upsert(self, record_type: str, records: Iterable[Mapping[str, Value]]) -> Sequence[WriteAnswer]:
        """Create or update records under their "externalId"; one answer each, in order.

        Fields are named as in SOAP: "tranDate". A reference is an internal id, or an external id with "eid:" before it; lists are tuples of
        lines, which replace those that are there. `None` empties a field, what is absent stays. `Uncertain` means that nobody knows: look the
        record up by `find` before it is sent again.
        """
        return self._opened.gateway.upsert(record_type, [_outgoing(record) for record in records])

    def find(self, record_type: str, external_ids: Sequence[str]) -> Mapping[str, str]:
        """Give the internal ids of those external ids that exist."""
        return self._opened.gateway.find_by_external_ids(record_type, external_ids)

    def show(self, record_type: str, ids: Sequence[str]) -> Mapping[str, Mapping[str, str]]:
        """Give whole records by id with their sublists, each value as a text by its path: "item[1].amount"."""
        return self._opened.gateway.show(record_type, ids)

    def update(self, record_type: str, changes: Iterable[Mapping[str, Value]]) -> Sequence[WriteAnswer]:
        """Change records that exist, each named by its "id": an internal id, or an external id with "eid:" before it.

        One answer each, in order, under that id. Fields are as in `upsert`; nothing is created.
        """
        return self._opened.gateway.update(record_type, [_change(change) for change in changes])

    def delete(self, record_type: str, records: Sequence[str], *, from_ledger: bool = False) -> Sequence[WriteAnswer]:
        """Delete records by internal id, or by external id with "eid:" before it; one answer each, in order.

        Documents of the ledger (invoices, expense reports) are refused unless `from_ledger` says that they are meant: void them instead.
        """
        if is_in_ledger(record_type) and not from_ledger:
            raise ValueError(f"{record_type} is a document of the ledger: void it, or say from_ledger=True.")
        return self._opened.gateway.delete(record_type, records)

    def transform(self, source_type: str, source: str, target_type: str, record: Mapping[str, Value]) -> WriteAnswer:
        """Make a record from another one ("customer" into "invoice") and store it under its "externalId"; its fields override NetSuite's.

        NetSuite makes another one each time: after `Uncertain`, `find` it first.
        """
        return self._opened.gateway.transform(source_type, source, target_type, _outgoing(record))

    def attach(self, record_type: str, record: str, attached_type: str, attached: str) -> WriteAnswer:
        """Attach a contact or a file to a record."""
        return self._opened.gateway.attach(record_type, record, attached_type, attached)

    def now(self) -> str:
        """Give NetSuite's time as a change stamp, for `deleted`."""
        return self._opened.gateway.ask_now()

    def deleted(self, record_type: str, since: str = "") -> Sequence[Deletion] | None:
        """Give what was deleted since a change stamp; None where NetSuite does not report it for this type, or not to this role."""
        return self._opened.gateway.deleted(record_type, since)

    def select_values(self, record_type: str, field: str) -> Sequence[SelectValue]:
        """Give what a select field of a record may hold, by name."""
        return self._opened.gateway.select_values(record_type, field)

    def fields(self, record_type: str) -> Sequence[AccountField]:
        """Give the fields that a record type has in this account, custom ones included; those of sublists as "item.amount"."""
        return self._opened.gateway.discover(record_type).fields

    def custom_record_types(self) -> Sequence[str]:
        """Give the script ids of the custom record types, in lower case."""
        return self._opened.gateway.custom_record_types()

    def currency_rates(self, day: date | None = None) -> Sequence[CurrencyRate]:
        """Give exchange rates, of one day or of all that NetSuite keeps."""
        return self._opened.gateway.currency_rates(day)

    def server_time(self) -> datetime:
        """Give NetSuite's present time."""
        return self._opened.gateway.server_time()

    def limits(self) -> Limits:
        """Give how many requests may be under way at once. REST tells administrators only."""
        return self._opened.gateway.limits()

    def totals(self, record_type: str, *, amount: str = "", unit: str = "") -> Sequence[Total]:
        """Count the records of a type and add up a field of theirs, by another field (a currency) where one is named."""
        return self._opened.gateway.totals(record_type, amount=amount, unit=unit)

    def close(self) -> None:
        """Close the connections."""
        self._opened.close()

    def __enter__(self) -> Self:
        """Give the account."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connections."""
        self.close()


def connect(
    credentials: Credentials | Certificate | Consent,
    *,
    prefers: Preference = Preference.SOAP,
    simulator: str = "",
    keep: Callable[[Consent], None] | None = None,
) -> Account:
    """Open an account; nothing is sent yet. `simulator` is the address of a simulator on this machine that plays it.

    With a `Certificate` or a `Consent` everything goes through REST web services, whatever is preferred. NetSuite gives public clients another
    refresh token each time: `keep` is called with it at once, and the one before is good no more. Raise `AccountIdError` for what is no account id.
    """

    def kept(fresh: ConsentCredentials) -> None:
        if keep is not None:
            keep(_consent(fresh))

    return Account(open_account(_signing(credentials), prefers=prefers, simulator=simulator, keep=kept))


def sign_in(application: Application, *, simulator: str = "") -> SignIn:
    """Begin a person's sign-in by OAuth 2.0 authorization code with PKCE; nothing is sent yet. Raise `AccountIdError` for what is no account id."""
    account = AccountId.parse(application.account)
    opened = open_consent_desk(account, simulator=simulator)
    asked = opened.desk.ask(
        ports.Application(
            account=account,
            client_id=application.client_id,
            redirect_uri=application.redirect_uri,
            client_secret=Secret(application.client_secret),
        )
    )
    return SignIn(asked, opened.desk, opened.close)


def sign_out(consent: Consent, *, simulator: str = "") -> None:
    """Have NetSuite end a sign-in. Raise `RetryLaterError` where it does not answer."""
    given = _own(consent)
    opened = open_consent_desk(given.account, simulator=simulator)
    try:
        opened.desk.revoke(given)
    finally:
        opened.close()


def _signing(credentials: Credentials | Certificate | Consent) -> SigningCredentials:
    if isinstance(credentials, Consent):
        return _own(credentials)
    account = AccountId.parse(credentials.account)
    if isinstance(credentials, Certificate):
        return ClientCredentials(
            account=account,
            client_id=credentials.client_id,
            certificate_id=credentials.certificate_id,
            private_key=Secret(credentials.private_key),
            algorithm=credentials.algorithm,
        )
    return TokenCredentials(
        account=account,
        application_id="",
        consumer_key=credentials.consumer_key,
        consumer_secret=Secret(credentials.consumer_secret),
        token_id=credentials.token_id,
        token_secret=Secret(credentials.token_secret),
    )


def _own(consent: Consent) -> ConsentCredentials:
    return ConsentCredentials(
        account=AccountId.parse(consent.account),
        client_id=consent.client_id,
        refresh_token=Secret(consent.refresh_token),
        client_secret=Secret(consent.client_secret),
    )


def _consent(given: ConsentCredentials) -> Consent:
    return Consent(
        account=given.account.value,
        client_id=given.client_id,
        refresh_token=given.refresh_token.reveal(),
        client_secret=given.client_secret.reveal(),
    )


def _outgoing(record: Mapping[str, Value]) -> OutgoingRecord:
    external_id = record.get(_EXTERNAL_ID)
    if not isinstance(external_id, str) or not external_id:
        raise ValueError(f"A record to be upserted needs its {_EXTERNAL_ID}, a text that is not empty.")
    fields, cleared = _split(record, _EXTERNAL_ID)
    return OutgoingRecord(external_id=external_id, fields=fields, cleared=cleared)


def _change(change: Mapping[str, Value]) -> OutgoingChange:
    record = change.get(_ID)
    if not isinstance(record, str) or not record:
        raise ValueError(f"A record to be changed needs its {_ID}, a text that is not empty.")
    fields, cleared = _split(change, _ID)
    return OutgoingChange(record=record, fields=fields, cleared=cleared)


def _split(record: Mapping[str, Value], key: str) -> tuple[Fields, tuple[str, ...]]:
    fields = {name: value for name, value in record.items() if name != key}
    return fields, tuple(name for name, value in fields.items() if value is None)
