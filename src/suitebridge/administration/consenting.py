"""Signing in at NetSuite as a person, beside the company's own connection: for questions that one asks with one's own rights.

What is kept is that person's only, each sign-in and each end of one is told in the trail, and runs never use it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from suitebridge.administration.permitting import require
from suitebridge.domain.credentials import ConsentCredentials
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.intents import Change
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.ports.companies import CompanyStore
from suitebridge.ports.consents import ConsentAsked, ConsentDesk, Consents

NEED = Permission.RUN_INTEGRATION
_ACT = "sign in at NetSuite for questions of your own"


def may_sign_in(user: User) -> None:
    """Raise `RunStoppedError` SB-AUTH-001 unless the user's role may work with NetSuite."""
    require(user, NEED, _ACT)


def keep_consent(
    store: CompanyStore, asked: ConsentAsked, returned: str, *, desk: ConsentDesk, consents: Consents, stamp: Stamp
) -> ConsentCredentials:
    """Take what a browser came back with for a sign-in and keep it; an earlier one of the same person is ended. Raises as `ConsentDesk.redeem` does."""
    company, person = store.company.id, stamp.author_id
    with consents.holding(company, person):
        given = desk.redeem(asked, returned)
        before = consents.find(company, person)
        consents.keep(company, person, given)
    _note(store, EventName.CONSENT_GIVEN, given, stamp)
    if before is not None:
        with suppress(SuiteBridgeError):  # it ends by itself within days; the fresh one is kept whatever happens to it
            desk.revoke(before)
    return given


@contextmanager
def using_consent(store: CompanyStore, user: User, consents: Consents) -> Iterator[ConsentCredentials]:
    """Give a person's own sign-in and let nobody else use it meanwhile. Raise `RunStoppedError` NS-AUTH-006 where none is kept."""
    with consents.holding(store.company.id, user.id):
        found = consents.find(store.company.id, user.id)
        if found is None:
            raise _none_kept(store)
        yield found


def end_consent(store: CompanyStore, *, desk: ConsentDesk, consents: Consents, stamp: Stamp) -> bool:
    """End a person's sign-in at NetSuite and forget it; False where there was none. Raise `RetryLaterError`, and keep it, where NetSuite does not answer."""
    company, person = store.company.id, stamp.author_id
    with consents.holding(company, person):
        found = consents.find(company, person)
        if found is not None:
            desk.revoke(found)
            _note(store, EventName.CONSENT_ENDED, found, stamp)
        consents.forget(company, person)
    return found is not None


def _note(store: CompanyStore, name: EventName, credentials: ConsentCredentials, stamp: Stamp) -> None:
    account = credentials.account.value
    change = Change(field="Client ID", before=None, after=credentials.client_id)
    event = Event(
        name=name,
        subject_type="user",
        subject_id=stamp.author_id,
        subject=f"account {account}",
        changes=(change,) if name is EventName.CONSENT_GIVEN else (),
    )
    store.notes.note(event, stamp=stamp)


def _none_kept(store: CompanyStore) -> RunStoppedError:
    connection = store.connections.get()
    account = "of this company" if connection is None else connection.account_id
    said = "No sign-in of yours is kept, or the master key that it was sealed with was retired."
    return RunStoppedError(Problem(code="NS-AUTH-006", facts={"account": account, "said": said}))
