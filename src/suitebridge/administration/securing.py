"""Second factors and the sign-in rules of a company: who may set and remove what, and what is shown once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from suitebridge.administration.permitting import refusal, require
from suitebridge.administration.proving import Claim, check_code
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError
from suitebridge.domain.people import ADMINISTRATOR, Permission, Stamp, User
from suitebridge.domain.sessions import LABELS, SignInRules, objections
from suitebridge.ports.clock import Chance, Clock
from suitebridge.ports.companies import Companies, CompanyStore
from suitebridge.ports.people import PersonQuery, PersonState
from suitebridge.ports.second_factors import OneTimeCodes

RECOVERY_CODES: Final = 10
_GROUPS: Final = 4
_GROUP_LENGTH: Final = 4
CODE_DIGITS: Final = 6
_MOST_NAMED: Final = 50
"""So many administrators at most are named who have no second factor."""
WRONG_CODE: Final = (
    "The code is not right, or was used already. Wait for the next one and type it within half a minute."
)


def begin_second_factor(store: CompanyStore, user: User, codes: OneTimeCodes) -> Secret:
    """Give the secret of a factor that is to be turned on: the one already begun, so that a page can be opened twice, or a new one."""
    pending = store.second_factors.pending(user)
    if pending is None:
        pending = codes.new_secret()
        store.second_factors.begin(user, pending)
    return pending


def turn_on_second_factor(  # noqa: PLR0913  # what it acts on, who acts, and where codes, moments and chance come from
    companies: Companies,
    store: CompanyStore,
    claim: Claim,
    code: str,
    *,
    user: User,
    stamp: Stamp,
    codes: OneTimeCodes,
    clock: Clock,
    chance: Chance,
) -> tuple[Secret, ...]:
    """Turn the pending factor on with a first code; give the recovery codes, which are shown this once.

    Raise `ValueError` for a wrong code, `LookupError` where nothing is pending, `RunStoppedError` SB-AUTH-003 after too many tries.
    """
    pending = store.second_factors.pending(user)
    if pending is None:
        raise LookupError(f"No second factor of {user.user_id} waits to be turned on.")
    found: list[int] = []

    def judge() -> bool:
        step = codes.step(pending, code, at=clock.now())
        found.extend([] if step is None else [step])
        return step is not None

    if not check_code(companies, claim, judge, clock=clock):
        raise ValueError(WRONG_CODE)
    recovery = recovery_codes(chance)
    store.second_factors.turn_on(user, step=found[0], codes=recovery, stamp=stamp)
    return recovery


def check_second_factor(  # noqa: PLR0913  # what it acts on, who acts, and where codes and moments come from
    companies: Companies,
    store: CompanyStore,
    claim: Claim,
    code: str,
    *,
    user: User,
    stamp: Stamp,
    codes: OneTimeCodes,
    clock: Clock,
) -> bool:
    """Judge a code or a recovery code of a factor that is on; each is good once. Raise `RunStoppedError` SB-AUTH-003 after too many."""

    def judge() -> bool:
        typed = "".join(code.split())
        if len(typed) > CODE_DIGITS:
            return store.second_factors.use_code(user, Secret(typed.replace("-", "").casefold()), stamp=stamp)
        secret = store.second_factors.secret(user)
        step = codes.step(secret, typed, at=clock.now()) if secret is not None else None
        return step is not None and store.second_factors.use_step(user, step)

    return check_code(companies, claim, judge, clock=clock)


def replace_recovery_codes(store: CompanyStore, user: User, *, stamp: Stamp, chance: Chance) -> tuple[Secret, ...]:
    """Draw new recovery codes, which are shown this once; the earlier ones end. Raise `LookupError` where no factor is on."""
    recovery = recovery_codes(chance)
    store.second_factors.replace_codes(user, recovery, stamp=stamp)
    return recovery


def remove_second_factor(store: CompanyStore, record_id: str, *, acting: User, stamp: Stamp) -> bool:
    """Remove one's own factor, or as somebody who manages users that of somebody who lost theirs.

    Raise `RunStoppedError` SB-AUTH-001 for who may not, SB-AUTH-004 for one's own where the company demands it, `LookupError` for an unknown user.
    """
    user = store.people.by_record(record_id)
    if user is None:
        raise LookupError(f"There is no user with the record id {record_id}.")
    if acting.id == record_id:
        if user.is_administrator and store.sessions.rules().demands_second_factor:
            raise _demanded()
    else:
        require(acting, Permission.MANAGE_PEOPLE, "remove the second factor of a user")
        # What the role permits when it has not ended: it may be given anew.
        held = store.roles.get(user.role.name) or user.role
        if held.allows(Permission.MANAGE_PEOPLE) and not acting.is_administrator:
            raise refusal(acting, Permission.ADMINISTER, "remove the second factor of an administrator")
    return store.second_factors.remove(user, stamp=stamp)


def lacks_second_factor(store: CompanyStore, user: User) -> bool:
    """Whether a user must set up a second factor before anything else."""
    is_demanded = user.is_administrator and store.sessions.rules().demands_second_factor
    return is_demanded and store.second_factors.get(user) is None


def require_second_factor(store: CompanyStore, user: User) -> None:
    """Raise `RunStoppedError` SB-AUTH-004 for who must set up a second factor first."""
    if lacks_second_factor(store, user):
        raise _demanded()


@dataclass(frozen=True, slots=True, kw_only=True)
class RulesInForce:
    """The company's rules, and the active administrators who have no second factor at this moment, by name."""

    rules: SignInRules
    lacking: tuple[str, ...]


def show_sign_in_rules(store: CompanyStore, *, acting: User, now: datetime) -> RulesInForce:
    """Show the rules. Raise `RunStoppedError` SB-AUTH-001 for anyone but administrators."""
    require(acting, Permission.ADMINISTER, "see the sign-in rules")
    query = PersonQuery(at=now, state=PersonState.ACTIVE, role=ADMINISTRATOR.name, limit=_MOST_NAMED)
    users = (card.user for card in store.people.page(query).cards if card.user.is_administrator)
    lacking = tuple(user.name for user in users if store.second_factors.get(user) is None)
    return RulesInForce(rules=store.sessions.rules(), lacking=lacking)


def save_sign_in_rules(
    store: CompanyStore, rules: SignInRules, *, acting: User, stamp: Stamp, was: str = ""
) -> tuple[tuple[str, str], ...]:
    """Store the company's rules, or give what is wrong with them by field and store nothing. `was` is the mark of those that are changed.

    Raise `RunStoppedError` SB-AUTH-001, `RecordRefusedError` SB-RULE-001 where others are in force by now; "" changes whatever is there.
    """
    require(acting, Permission.ADMINISTER, "change the sign-in rules")
    problems = objections(rules)
    if not problems:
        store.sessions.save_rules(rules, stamp=stamp, was=was)
    return problems


def rules_refused(problems: Sequence[tuple[str, str]]) -> Problem:
    """Say that rules were not saved, with everything that is wrong with them; each problem is a field and a sentence."""
    return Problem(code="SB-AUTH-005", facts={"said": " ".join(f"{LABELS[field]}: {said}" for field, said in problems)})


def recovery_codes(chance: Chance) -> tuple[Secret, ...]:
    """Draw recovery codes, of 16 letters and digits each."""
    return tuple(Secret(chance.token(_GROUPS * _GROUP_LENGTH)) for _ in range(RECOVERY_CODES))


def written(code: Secret) -> str:
    """Write a recovery code in groups, as people copy it."""
    text = code.reveal()
    return "-".join(text[start : start + _GROUP_LENGTH] for start in range(0, len(text), _GROUP_LENGTH))


def _demanded() -> RunStoppedError:
    said = "Your company demands a second factor of its administrators."
    return RunStoppedError(Problem(code="SB-AUTH-004", facts={"said": said}))
