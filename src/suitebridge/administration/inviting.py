"""How people get in and stay out: invitations that are shown once, passwords, and access that ends at once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from suitebridge.administration.permitting import refusal, require
from suitebridge.administration.proving import Claim, check_claim
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import Door, Permission, Stamp, User
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore

LIFE: Final = timedelta(days=3)
TOKEN_LENGTH: Final = 40
ADVISED_LENGTH: Final = 15
ADVICE: Final = (
    f"Use {ADVISED_LENGTH} characters or more: a few words that do not belong together are easy to keep in mind."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A one-time way in for one user: the token is shown once and never again."""

    user: User
    token: Secret
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PasswordChange:
    """What somebody types to change their own password."""

    old: Secret
    new: Secret


def invite(
    store: CompanyStore, record_id: str, *, acting: User, stamp: Stamp, clock: Clock, chance: Chance
) -> Invitation:
    """Invite a user to set a password; an earlier invitation ends. Raise `RunStoppedError` SB-AUTH-001, `LookupError`, SB-USER-005 if inactive."""
    return _invite(store, record_id, ends_access=False, acting=acting, stamp=stamp, clock=clock, chance=chance)


def reset_access(
    store: CompanyStore, record_id: str, *, acting: User, stamp: Stamp, clock: Clock, chance: Chance
) -> Invitation:
    """Take a user's password, sessions and tokens away at once, and invite them to set a new one. Raises as `invite` does."""
    return _invite(store, record_id, ends_access=True, acting=acting, stamp=stamp, clock=clock, chance=chance)


def invited_user(store: CompanyStore, token: Secret, *, now: datetime) -> User:
    """Say whose invitation this is. Raise `RunStoppedError` SB-USER-005 for one that is not good, whatever the reason."""
    user = store.people.invited(token, at=now)
    if user is None:
        raise _not_good()
    return user


def accept_invitation(store: CompanyStore, token: Secret, password: Secret, *, door: Door, now: datetime) -> User:
    """Set the password of whoever was invited; the invitation is used up. Raise `ValueError` with every objection to a weak one, or SB-USER-005."""
    user = invited_user(store, token, now=now)
    stamp = Stamp(author_id=user.id, author_name=user.name, door=door)
    try:
        return store.people.accept(token, password, at=now, stamp=stamp)
    except LookupError as error:
        raise _not_good() from error


class PresentPasswordError(ValueError):
    """The present password is another one."""


def change_password(
    companies: Companies, store: CompanyStore, change: PasswordChange, *, claim: Claim, stamp: Stamp, clock: Clock
) -> None:
    """Change one's own password; all sessions and tokens of the user end. Raise `ValueError` with what is wrong with the entries.

    Wrong present passwords are counted as at the sign-in: raise `RunStoppedError` SB-AUTH-003 after too many.
    """
    user = check_claim(companies, claim, lambda: store.people.check_password(claim.user, change.old), clock=clock)
    if user is None:
        raise PresentPasswordError("The present password is not right.")
    if change.old == change.new:
        raise ValueError("The new password is the present one. Choose another.")
    store.people.set_password(user.id, change.new, stamp=stamp)


def end_access(store: CompanyStore, record_id: str, *, acting: User, stamp: Stamp) -> None:
    """End every session and token of a user: one's own, or as somebody who manages users."""
    user = _known(store, record_id)
    if acting.id != record_id:
        require(acting, Permission.MANAGE_PEOPLE, "end the sessions of a user")
        _require_rank(acting, user, "end the sessions of an administrator")
    store.people.end_access(record_id, stamp=stamp)


def advise(password: Secret) -> str:
    """Give advice about a password that is allowed and could be better, or ""."""
    return ADVICE if len(password.reveal()) < ADVISED_LENGTH else ""


def _invite(
    store: CompanyStore,
    record_id: str,
    *,
    ends_access: bool,
    acting: User,
    stamp: Stamp,
    clock: Clock,
    chance: Chance,
) -> Invitation:
    require(acting, Permission.MANAGE_PEOPLE, "invite a user")
    user = _known(store, record_id)
    _require_rank(acting, user, "invite an administrator")
    if not user.is_active:
        said = f"{user.name} is inactive. Activate the user first."
        raise RunStoppedError(Problem(code="SB-USER-005", facts={"said": said}))
    if user.has_ended:
        said = f"The role {user.role.name} of {user.name} has ended. Give the user a role first."
        raise RunStoppedError(Problem(code="SB-USER-005", facts={"said": said}))
    token, expires_at = Secret(chance.token(TOKEN_LENGTH)), clock.now() + LIFE
    store.people.invite(record_id, token=token, expires_at=expires_at, ends_access=ends_access, stamp=stamp)
    return Invitation(user=user, token=token, expires_at=expires_at)


def _require_rank(acting: User, user: User, act: str) -> None:
    if user.role.allows(Permission.MANAGE_PEOPLE) and not acting.is_administrator:
        raise refusal(acting, Permission.ADMINISTER, act)


def _known(store: CompanyStore, record_id: str) -> User:
    user = store.people.by_record(record_id)
    if user is None:
        raise LookupError(f"There is no user with the record id {record_id}.")
    return user


def _not_good() -> RunStoppedError:
    said = "It was used already, its time is over, a newer one took its place, or its user is inactive."
    return RunStoppedError(Problem(code="SB-USER-005", facts={"said": said}))
