"""The invitation to an empty installation, the judgement of its form, and the clocks of sessions."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from suitebridge.console.first_run.page import first_run_page, judge
from suitebridge.console.invitations import LIFE, Invitation, InvitationRefusedError

NOW = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
ZONES = ("Europe/Berlin", "UTC")
TYPED = {
    "token": "t", "company_name": "Meridian", "company_id": "meridian", "zone": "UTC", "first": "Grace", "last": "Kim", "email": "",
    "user_id": "grace", "password": "a long walk", "repeated": "a long walk",
}  # fmt: skip


class CountingChance:
    """Draws what a test can foresee."""

    def __init__(self) -> None:
        self.drawn = 0

    def token(self, length: int) -> str:
        self.drawn += 1
        return str(self.drawn) * length


def redeem(invitation: Invitation, token: str, now: datetime) -> None:
    with invitation.redeemed(token, now):
        pass


def test_a_token_is_good_once() -> None:
    invitation = Invitation()
    token = invitation.issue(CountingChance(), NOW)
    redeem(invitation, f" {token}\n", NOW)
    with pytest.raises(InvitationRefusedError):
        redeem(invitation, token, NOW)


def test_a_token_stays_good_when_what_it_allowed_failed() -> None:
    invitation = Invitation()
    token = invitation.issue(CountingChance(), NOW)
    with pytest.raises(ValueError, match="taken"), invitation.redeemed(token, NOW):
        raise ValueError("taken")
    redeem(invitation, token, NOW)


def test_late_wrong_older_and_missing_tokens_are_refused() -> None:
    invitation, chance = Invitation(), CountingChance()
    for token in ("", "anything"):
        with pytest.raises(InvitationRefusedError):
            redeem(invitation, token, NOW)
    older, newer = invitation.issue(chance, NOW), invitation.issue(chance, NOW)
    for token, now in ((older, NOW), ("", NOW), (newer, NOW + LIFE)):
        with pytest.raises(InvitationRefusedError):
            redeem(invitation, token, now)
    redeem(invitation, newer, NOW + LIFE - timedelta(seconds=1))


def test_a_complete_form_has_no_problem() -> None:
    assert judge(TYPED, zones=ZONES) == {}


def test_every_problem_is_told_at_once() -> None:
    typed = {**TYPED, "company_id": " ", "zone": "Mars/Olympus", "repeated": "another"}
    assert list(judge(typed, zones=ZONES)) == ["company_id", "zone", "repeated"]


def test_a_refused_form_keeps_what_was_typed_but_no_password() -> None:
    page = first_run_page(typed=TYPED, problems={"zone": "Choose one."}, zones=ZONES)
    fields = {field.name: field for group in page.groups for field in group.fields}
    assert fields["company_name"].value == "Meridian"
    assert fields["password"].value == fields["repeated"].value == ""
    assert [field.name for field in page.problems] == ["zone"]
    assert fields["zone"].described_by == "zone-problem zone-hint"
