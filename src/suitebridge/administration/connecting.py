"""Saves a company's NetSuite credentials, all problems told at once."""

from __future__ import annotations

from dataclasses import dataclass

from suitebridge.domain.credentials import AccountId, AccountIdError, Secret, TokenCredentials
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.ports.companies import CompanyStore


@dataclass(frozen=True, slots=True, kw_only=True)
class CredentialsEntry:
    """What was typed. A blank secret keeps the stored one, as long as the account id and its key are unchanged."""

    account_id: str
    application_id: str
    consumer_key: str
    consumer_secret: Secret
    token_id: str
    token_secret: Secret


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryProblem:
    """What is wrong with one field of the form, and what to do."""

    field: str
    said: str


def save_credentials(
    store: CompanyStore, entry: CredentialsEntry, *, user: User, stamp: Stamp
) -> tuple[EntryProblem, ...]:
    """Store the credentials, or give every problem and store nothing. Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators."""
    if not user.is_administrator:
        facts = {
            "act": "change the NetSuite credentials",
            "role": user.role.name,
            "permission": Permission.ADMINISTER.value,
        }
        raise RunStoppedError(Problem(code="SB-AUTH-001", facts=facts))
    checked = check_entry(store, entry)
    if isinstance(checked, TokenCredentials):
        store.connections.save(checked, stamp)
        return ()
    return checked


def check_entry(store: CompanyStore, entry: CredentialsEntry) -> TokenCredentials | tuple[EntryProblem, ...]:
    """Complete what was typed with what is stored, or say everything that is missing or wrong."""
    problems: list[EntryProblem] = []
    account: AccountId | None = None
    try:
        account = AccountId.parse(entry.account_id)
    except AccountIdError as error:
        problems.append(EntryProblem(field="account_id", said=str(error)))
    consumer_secret, token_secret = _kept_secrets(store, entry)
    for field, label, value in (
        ("consumer_key", "TBA Consumer Key", entry.consumer_key.strip()),
        ("consumer_secret", "TBA Consumer Secret", consumer_secret.reveal()),
        ("token_id", "TBA User Token ID", entry.token_id.strip()),
        ("token_secret", "TBA User Token Secret", token_secret.reveal()),
    ):
        if not value:
            problems.append(
                EntryProblem(field=field, said=f"The {label} is missing. NetSuite shows it once, when it is created.")
            )
    if account is None or problems:
        return tuple(problems)
    return TokenCredentials(
        account=account,
        application_id=entry.application_id.strip(),
        consumer_key=entry.consumer_key.strip(),
        consumer_secret=consumer_secret,
        token_id=entry.token_id.strip(),
        token_secret=token_secret,
    )


def _kept_secrets(store: CompanyStore, entry: CredentialsEntry) -> tuple[Secret, Secret]:
    """Take typed secrets; keep a stored one only for the very account and key it was stored with (quality.md U07)."""
    consumer, token = (Secret(secret.reveal().strip()) for secret in (entry.consumer_secret, entry.token_secret))
    if consumer.reveal() and token.reveal():
        return consumer, token
    connection = store.connections.get()
    if connection is None or connection.account_id != entry.account_id.strip():
        return consumer, token
    stored = store.connections.credentials()
    if stored is None:
        return consumer, token
    if not consumer.reveal() and stored.consumer_key == entry.consumer_key.strip():
        consumer = stored.consumer_secret
    if not token.reveal() and stored.token_id == entry.token_id.strip():
        token = stored.token_secret
    return consumer, token
