"""The sign-in rules of the company: how long sessions live, and whether administrators need a second factor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from pydantic import BaseModel, Field

from suitebridge.administration import securing
from suitebridge.api.access import Caller, caller_of
from suitebridge.api.exchange import EntryRefusedError, Input, etag, version_meant
from suitebridge.api.problems import FieldProblem
from suitebridge.domain.sessions import FEWEST_MINUTES, IDLE_MINUTES, LONGEST_MINUTES, SignInRules


class SignInRulesShown(BaseModel):
    """The rules, and who does not meet them yet."""

    idle_minutes: int = Field(description="After so many minutes without a visit a session ends.")
    longest_minutes: int = Field(description="After so many minutes in all a session ends.")
    demands_second_factor: bool = Field(description="Whether administrators can do nothing before they have one.")
    without_second_factor: list[str] = Field(
        description="The names of active administrators who have none at this moment."
    )


class SignInRulesInput(Input):
    """The rules as a whole. The limits may be shortened, not lengthened."""

    idle_minutes: int = Field(description=f"From {FEWEST_MINUTES} to {IDLE_MINUTES}.")
    longest_minutes: int = Field(description=f"From {FEWEST_MINUTES} to {LONGEST_MINUTES}.")
    demands_second_factor: bool


def show_sign_in_rules(request: HttpRequest, response: HttpResponse) -> SignInRulesShown:
    """Show the sign-in rules, and which administrators have no second factor; the ETag is what a change must send as If-Match."""
    return _shown(caller_of(request), response)


def put_sign_in_rules(request: HttpRequest, response: HttpResponse, entry: SignInRulesInput) -> SignInRulesShown:
    """Save the sign-in rules; they count at once, for sessions that are open too. API tokens go on."""
    caller = caller_of(request)
    rules = SignInRules(
        idle_minutes=entry.idle_minutes,
        longest_minutes=entry.longest_minutes,
        demands_second_factor=entry.demands_second_factor,
    )
    problems = securing.save_sign_in_rules(
        caller.store, rules, acting=caller.user, stamp=caller.stamp, was=version_meant(request)
    )
    if problems:
        errors = tuple(FieldProblem(field=field, said=said) for field, said in problems)
        raise EntryRefusedError(securing.rules_refused(problems), errors)
    return _shown(caller, response)


def _shown(caller: Caller, response: HttpResponse) -> SignInRulesShown:
    found = securing.show_sign_in_rules(caller.store, acting=caller.user, now=caller.house.clock.now())
    response["ETag"] = etag(found.rules.mark)
    return SignInRulesShown(
        idle_minutes=found.rules.idle_minutes,
        longest_minutes=found.rules.longest_minutes,
        demands_second_factor=found.rules.demands_second_factor,
        without_second_factor=list(found.lacking),
    )
