"""A form that changes what is delicate asks once more who is there, if nobody has proven it for a quarter of an hour (quality.md S09).

The password stands in the same form, so that what was typed is neither lost nor kept anywhere in the meantime.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from suitebridge.administration.proving import check_claim
from suitebridge.administration.securing import CODE_DIGITS, check_second_factor
from suitebridge.administration.staffing import stamp_for
from suitebridge.console.access import Visit
from suitebridge.console.visitors import claim_of
from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import RunStoppedError
from suitebridge.domain.people import Door

FIELD: Final = "proof"
_ASKED: Final = "Nothing was changed yet: type your password here and send the form again."
_WRONG: Final = "This is not right. Type the password you sign in with."


def confirmed(visit: Visit) -> Visit:
    """Take the password, or a code, that a form was sent with; the visit is fresh afterwards, or says what is wrong."""
    if visit.is_fresh:
        return visit
    typed = visit.request.POST.get(FIELD, "")
    if not typed:
        return replace(visit, proof_problem=_ASKED)
    try:
        if not _is_right(visit, typed):
            return replace(visit, proof_problem=_WRONG)
    except RunStoppedError as error:
        return replace(visit, proof_problem=f"{error.problem.title}. {error.problem.cause}")
    # Whoever had seen the key before is out (quality.md S05).
    visit.request.session.cycle_key()
    now = visit.house.clock.now()
    visit.store.sessions.proven(visit.session.id, at=now)
    return replace(visit, session=replace(visit.session, proven_at=now))


def _is_right(visit: Visit, typed: str) -> bool:
    user, companies, clock = visit.user, visit.house.companies, visit.house.clock
    claim = claim_of(visit.request, visit.house, company=visit.store.company.id, user=user.user_id)
    digits = "".join(typed.split())
    if len(digits) == CODE_DIGITS and digits.isdecimal() and visit.store.second_factors.get(user) is not None:
        return check_second_factor(
            companies,
            visit.store,
            claim,
            digits,
            user=user,
            stamp=stamp_for(user, Door.CONSOLE),
            codes=visit.house.codes,
            clock=clock,
        )
    checked = check_claim(
        companies, claim, lambda: visit.store.people.check_password(user.user_id, Secret(typed)), clock=clock
    )
    return checked is not None
