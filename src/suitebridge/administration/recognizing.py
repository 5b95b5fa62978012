"""Signing people in by NetSuite: which company an account is of, who its employee is here, and whether that person may come in.

A person is an employee of an account, bound by the import. Neither an e-mail address nor a name signs anybody in (quality.md S13).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from suitebridge.administration.proving import check_arrival
from suitebridge.administration.refusing import note_refused_sign_in
from suitebridge.domain.credential_sets import OAUTH_SIGN_ON_SET
from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Permission, User
from suitebridge.ports.clock import Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.consents import Application
from suitebridge.ports.identities import Identity

NEED: Final = Permission.NETSUITE_SIGN_ON
_KEY, _SECRET = (field.name for field in OAUTH_SIGN_ON_SET.fields)


def offers_sign_on(store: CompanyStore) -> bool:
    """Whether people may come in by the company's NetSuite account: switched on, with credentials."""
    connection = store.connections.get()
    return (
        connection is not None
        and OAUTH_SIGN_ON_SET.is_in_use(connection.switches)
        and connection.is_linked
        and bool(connection.values.get(_KEY))
    )


def companies_with_sign_on(companies: Companies, *, account: str = "") -> tuple[str, ...]:
    """List the companies whose people may come in by NetSuite, or by this account of NetSuite's."""
    stores = [companies.store(company.id) for company in companies.all()]
    return tuple(store.company.id for store in stores if offers_sign_on(store) and account in {"", _account_of(store)})


def application_of(store: CompanyStore, redirect_uri: str) -> Application:
    """Give the integration record that asks who somebody is. Raise `RunStoppedError` SB-SSO-001 where there is none, SB-KEY-001."""
    connection = store.connections.get()
    if connection is None or not offers_sign_on(store):
        raise not_offered(_account_of(store))
    try:
        account = AccountId.parse(connection.account_id)
    except AccountIdError as error:
        raise not_offered(connection.account_id) from error
    return Application(
        account=account,
        client_id=connection.values[_KEY],
        redirect_uri=redirect_uri,
        client_secret=store.connections.open_secrets()[_SECRET],
    )


def recognize(store: CompanyStore, identity: Identity) -> User:
    """Give the user that an identity is here. Raise `RunStoppedError` SB-SSO-002 to SB-SSO-004 for nobody, or nobody who may come in."""
    account = identity.account.value
    if not offers_sign_on(store) or _account_of(store) != account:
        raise not_offered(account)
    user = store.people.by_netsuite(identity.entity)
    if user is None:
        facts = {"entity": identity.entity, "account": account}
        raise RunStoppedError(Problem(code="SB-SSO-002", facts=facts))
    if not user.is_active:
        raise RunStoppedError(Problem(code="SB-SSO-003", facts={"said": f"{user.name} was deactivated."}))
    if user.has_ended:
        said = f"The role {user.role.name} was given for a time that has ended."
        raise RunStoppedError(Problem(code="SB-SSO-003", facts={"said": said}))
    if not user.role.allows(NEED):
        facts = {"role": user.role.name, "permission": NEED.value}
        raise RunStoppedError(Problem(code="SB-SSO-004", facts=facts))
    return user


def come_in(
    companies: Companies, store: CompanyStore, identify: Callable[[], Identity], *, address: str, clock: Clock
) -> User:
    """Give the user who comes by an answer of NetSuite; a refusal counts as a wrong try of the address, and is told in the trail."""

    who = ""

    def judged() -> User:
        nonlocal who
        identity = identify()
        known = store.people.by_netsuite(identity.entity)
        who = known.user_id if known is not None else ""
        return recognize(store, identity)

    try:
        return check_arrival(companies, address, judged, clock=clock)
    except RunStoppedError:
        note_refused_sign_in(companies, company=store.company.id, user=who, address=address, door=Door.SIGN_ON)
        raise


def not_offered(account: str) -> RunStoppedError:
    """Say that nobody comes in by an account."""
    said = (
        f"No company here lets people of NetSuite account {account[:40]} sign in."
        if account
        else "No company here has it."
    )
    return RunStoppedError(Problem(code="SB-SSO-001", facts={"said": said}))


def _account_of(store: CompanyStore) -> str:
    connection = store.connections.get()
    return connection.account_id if connection is not None else ""
