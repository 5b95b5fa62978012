"""The NetSuite connection as administrators enter it: judged as a whole, all problems told at once, saved in one transaction.

A stored secret is only ever used again for the account and the key it was stored with (quality.md U04, U07).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from suitebridge.administration.key_checking import key_problems
from suitebridge.administration.permitting import require
from suitebridge.administration.releasing import release_runs
from suitebridge.domain.credential_sets import (
    CREDENTIAL_SETS,
    ConnectionDraft,
    CredentialField,
    CredentialSet,
    Switch,
    signing_credentials,
)
from suitebridge.domain.credentials import AccountId, AccountIdError, Secret, SigningCredentials
from suitebridge.domain.pasting import Pasted, trim
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.relinks import Relink
from suitebridge.ports.certificates import Certificates
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.connections import Connection

_CHANGE = "change the NetSuite credentials"
_MASKS = frozenset("*•●·.…xX")
"""What stands for a secret that is not shown; a text of nothing else is never taken for one."""

_ONE_VALUE = {"client_id": "consumer_key"}
"""What NetSuite shows under one heading, “Consumer Key / Client ID”, and the two ways to connect call differently."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ConnectionEntry:
    """What was typed, by field name. A value that is not there was not touched; so are a user and switches that are None.

    A blank secret keeps the stored one as long as the account id and its key are unchanged.
    """

    account_id: str
    values: Mapping[str, str]
    secrets: Mapping[str, Secret]
    integration_user_id: str | None = None
    switches: frozenset[Switch] | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsEntry:
    """The six values of token-based authentication, as the command line asks for them."""

    account_id: str
    application_id: str
    consumer_key: str
    consumer_secret: Secret
    token_id: str
    token_secret: Secret

    def entry(self) -> ConnectionEntry:
        """Give what was typed in the form that every door uses."""
        return ConnectionEntry(
            account_id=self.account_id,
            values={
                "application_id": self.application_id,
                "consumer_key": self.consumer_key,
                "token_id": self.token_id,
            },
            secrets={"consumer_secret": self.consumer_secret, "token_secret": self.token_secret},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class ClientEntry:
    """The values of OAuth 2.0 client credentials, as the command line asks for them."""

    account_id: str
    client_id: str
    certificate_id: str
    private_key: Secret
    certificate: str = ""
    algorithm: str = ""

    def entry(self) -> ConnectionEntry:
        """Give what was typed in the form that every door uses."""
        return ConnectionEntry(
            account_id=self.account_id,
            values={
                "client_id": self.client_id,
                "certificate_id": self.certificate_id,
                "certificate": self.certificate,
                "algorithm": self.algorithm,
            },
            secrets={"private_key": self.private_key},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProblem:
    """What is wrong with one field of the form, and what to do."""

    field: str
    said: str


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCheck:
    """What it takes to judge a private key before it is stored: who reads keys and certificates, and what time it is."""

    certificates: Certificates
    clock: Clock


def save_credentials(
    store: CompanyStore, entry: CredentialsEntry | ClientEntry, *, check: KeyCheck, user: User, stamp: Stamp
) -> tuple[EntryProblem, ...]:
    """Store credentials and sign in with them from now on, or give every problem and store nothing. Raises as `save_connection` does."""
    require(user, Permission.ADMINISTER, _CHANGE)
    stored = store.connections.get()
    others = (stored.switches if stored is not None else frozenset()) - {Switch.CLIENT_CREDENTIALS}
    own = frozenset({Switch.CLIENT_CREDENTIALS}) if isinstance(entry, ClientEntry) else frozenset[Switch]()
    return save_connection(store, replace(entry.entry(), switches=others | own), check=check, user=user, stamp=stamp)


def save_connection(
    store: CompanyStore, entry: ConnectionEntry, *, check: KeyCheck, user: User, stamp: Stamp
) -> tuple[EntryProblem, ...]:
    """Store what was entered, or give every problem and store nothing.

    Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators, SB-CONN-001 where somebody else saved since the entry's version.
    """
    require(user, Permission.ADMINISTER, _CHANGE)
    checked = check_entry(store, entry)
    if not isinstance(checked, ConnectionDraft):
        return checked
    problems = _of_keys(store, checked, check)
    if not problems:
        store.connections.save(checked, stamp, version=entry.version)
        release_runs(store, stamp)
    return problems


def _of_keys(store: CompanyStore, draft: ConnectionDraft, check: KeyCheck) -> tuple[EntryProblem, ...]:
    """Judge a private key that is signed with; one that was stored before is judged again, beside a certificate that may be new."""
    if Switch.CLIENT_CREDENTIALS not in draft.switches:
        return ()
    found = key_problems(
        check.certificates,
        private_key=draft.secrets.get("private_key") or store.connections.open_secrets()["private_key"],
        certificate=draft.values.get("certificate", ""),
        algorithm=draft.values.get("algorithm", ""),
        now=check.clock.now(),
    )
    return tuple(EntryProblem(field=name, said=said) for name, said in found)


def trial_credentials(
    store: CompanyStore, entry: ConnectionEntry, *, user: User
) -> SigningCredentials | tuple[EntryProblem, ...]:
    """Give the credentials that a run would sign with if the entry were saved; nothing is stored. Raise `RunStoppedError` SB-AUTH-001."""
    require(user, Permission.ADMINISTER, "test the NetSuite credentials")
    draft = check_entry(store, entry)
    if not isinstance(draft, ConnectionDraft):
        return draft
    stored = store.connections.open_secrets() if draft.kept else {}
    secrets = {**{name: stored[name] for name in draft.kept if name in stored}, **draft.secrets}
    return signing_credentials(draft.account, draft.values, secrets, draft.switches)


def clear_credentials(store: CompanyStore, *, user: User, stamp: Stamp, version: int | None = None) -> None:
    """Remove every key and secret. Raises as `save_connection` does."""
    require(user, Permission.ADMINISTER, _CHANGE)
    store.connections.clear(stamp, version=version)


def confirm_account(
    store: CompanyStore, relink: Relink, *, user: User, stamp: Stamp, version: int | None = None
) -> None:
    """Let runs start again after the account id was changed. Raises as `save_connection` does."""
    require(user, Permission.ADMINISTER, "confirm another NetSuite account")
    store.connections.link(relink, stamp, version=version)


def save_switches(
    store: CompanyStore, switches: frozenset[Switch], *, user: User, stamp: Stamp, version: int | None = None
) -> None:
    """Store the connector's settings. Raises as `save_connection` does."""
    require(user, Permission.ADMINISTER, "change the connector's settings")
    store.connections.save_switches(switches, stamp, version=version)


def tidied(entry: ConnectionEntry) -> tuple[ConnectionEntry, tuple[tuple[str, str], ...]]:
    """Leave out what came along with pasted values; give for each field concerned what was left out, in words."""
    account, *_ = trims = [("account_id", trim(entry.account_id))]
    values = {name: trim(text) for name, text in entry.values.items()}
    secrets = {name: trim(secret.reveal()) for name, secret in entry.secrets.items()}
    trims += [*values.items(), *secrets.items()]
    tidy = replace(
        entry,
        account_id=account[1].text,
        values={name: trimmed.text for name, trimmed in values.items()},
        secrets={name: Secret(trimmed.text) for name, trimmed in secrets.items()},
    )
    return tidy, tuple((name, trimmed.left_out) for name, trimmed in trims if trimmed.left_out)


def filled(entry: ConnectionEntry, pasted: Pasted, stored: Connection | None) -> ConnectionEntry:
    """Take pasted values for fields that are blank or still show what is stored: whoever typed something meant it."""
    before = {} if stored is None else {"account_id": stored.account_id, **stored.values}

    def chosen(name: str, typed: str) -> str:
        found = pasted.values.get(name, "") or pasted.values.get(_ONE_VALUE.get(name, ""), "")
        return found if found and typed.strip() in {"", before.get(name, "")} else typed

    secrets = {
        name: pasted.secrets[name] if not secret.reveal().strip() and name in pasted.secrets else secret
        for name, secret in entry.secrets.items()
    }
    values = {name: chosen(name, typed) for name, typed in entry.values.items()}
    return replace(entry, account_id=chosen("account_id", entry.account_id), values=values, secrets=secrets)


def check_entry(store: CompanyStore, entry: ConnectionEntry) -> ConnectionDraft | tuple[EntryProblem, ...]:
    """Complete what was typed with what is stored, or say everything that is missing or wrong."""
    entry, _ = tidied(entry)
    stored = store.connections.get()
    problems: list[EntryProblem] = []
    account: AccountId | None = None
    try:
        account = AccountId.parse(entry.account_id)
    except AccountIdError as error:
        problems.append(EntryProblem(field="account_id", said=str(error)))
    switches = entry.switches if entry.switches is not None else stored.switches if stored is not None else frozenset()
    judged = _Judged(entry, stored, is_moved=stored is not None and stored.account_id not in {"", entry.account_id})
    for one in CREDENTIAL_SETS:
        if one.is_in_use(switches):
            judged.judge(one)
        else:
            judged.leave(one)
    chosen, refusals = _chosen_user(store, entry, stored)
    problems += [*judged.problems, *refusals]
    if account is None or problems:
        return tuple(problems)
    return ConnectionDraft(
        account=account,
        values=judged.values,
        secrets=judged.secrets,
        kept=frozenset(judged.kept),
        integration_user_id=chosen,
        switches=switches,
    )


@dataclass(slots=True)
class _Judged:
    """An entry beside what is stored: what is to be kept, and what is wrong. `is_moved`: the account id is another one."""

    entry: ConnectionEntry
    stored: Connection | None
    is_moved: bool
    values: dict[str, str] = field(default_factory=dict)
    secrets: dict[str, Secret] = field(default_factory=dict)
    kept: set[str] = field(default_factory=set)
    problems: list[EntryProblem] = field(default_factory=list)

    def judge(self, one: CredentialSet) -> None:
        """Judge a set that is in use; an optional one may be left blank as a whole."""
        values = {part.name: self._value(part) for part in one.fields if not part.is_secret}
        typed = {part.name: self.entry.secrets.get(part.name, Secret("")) for part in one.secrets}
        is_begun = any(values.values()) or any(secret.reveal() for secret in typed.values())
        if one.is_optional and not is_begun:
            return
        self.values.update({name: value for name, value in values.items() if value})
        for part in one.fields:
            if part.is_secret:
                self._judge_secret(part, typed[part.name], one)
            elif not values[part.name] and not part.is_optional:
                self._object(part, f"The {part.label} is missing.")

    def leave(self, one: CredentialSet) -> None:
        """Keep what is stored of a set that is not in use, for the same account."""
        if self.stored is not None and not self.is_moved:
            self.values.update({p.name: self.stored.values[p.name] for p in one.fields if p.name in self.stored.values})
            self.kept |= self._marked() & {part.name for part in one.secrets}

    def _judge_secret(self, part: CredentialField, typed: Secret, one: CredentialSet) -> None:
        key = next(other for other in one.fields if other.name == part.key)
        if typed.reveal() and _MASKS.issuperset(typed.reveal()):
            self._object(part, f"The {part.label} is a mask and no secret. Leave it blank to keep the stored one.")
        elif typed.reveal():
            self.secrets[part.name] = typed
        elif part.name not in self._marked():
            self._object(part, f"The {part.label} is missing. NetSuite shows it once, together with the {key.label}.")
        elif self.is_moved:
            self._object(
                part, f"Type the {part.label} again: the account ID was changed, and a secret belongs to its account."
            )
        elif self.stored is not None and self.stored.values.get(key.name, "") != self._value(key):
            self._object(
                part, f"Type the {part.label} again: the {key.label} was changed, and a secret belongs to its key."
            )
        else:
            self.kept.add(part.name)

    def _value(self, part: CredentialField) -> str:
        stored = self.stored.values.get(part.name, "") if self.stored is not None and not self.is_moved else ""
        return self.entry.values.get(part.name, stored)

    def _marked(self) -> set[str]:
        return {mark.field for mark in self.stored.secrets} if self.stored is not None else set()

    def _object(self, part: CredentialField, said: str) -> None:
        self.problems.append(EntryProblem(field=part.name, said=said))


def _chosen_user(
    store: CompanyStore, entry: ConnectionEntry, stored: Connection | None
) -> tuple[str, tuple[EntryProblem, ...]]:
    """Find the integration user; only a choice that is made now has to be an active administrator."""
    before = stored.integration_user_id if stored is not None else ""
    chosen = before if entry.integration_user_id is None else entry.integration_user_id
    if not chosen or chosen == before or any(user.id == chosen for user in store.people.administrators()):
        return chosen, ()
    said = "The integration user must be an active administrator. Choose one from the list, or “Select…” for none."
    return before, (EntryProblem(field="integration_user_id", said=said),)


def fields_in_use(switches: frozenset[Switch]) -> Iterator[CredentialField]:
    """Give the fields that the connector's settings ask for, in the order of NetSuite's screens."""
    for one in CREDENTIAL_SETS:
        if one.is_in_use(switches):
            yield from one.fields
