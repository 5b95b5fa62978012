"""Founding a company: with its first administrator, or not at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from suitebridge.administration.staffing import FirstSteps, found_company
from suitebridge.domain.credentials import Secret
from tests.fakes.store import MemoryCompanies

STEPS = FirstSteps(
    company_id="acme",
    company_name="Acme",
    zone="Europe/Berlin",
    user_id="ada",
    first="Ada",
    last="Lovelace",
    email="ada@acme.example",
    password=Secret("correct horse battery"),
)


class Noon:
    def now(self) -> datetime:
        return datetime(2026, 1, 31, 12, tzinfo=UTC)


class Sure:
    def token(self, length: int) -> str:
        return "a" * length


def test_the_first_administrator_founds_the_company() -> None:
    companies = MemoryCompanies(Noon())
    store, user = found_company(companies, STEPS, Sure())
    assert [company.id for company in companies.all()] == ["acme"]
    assert store.company.token == "aaaaaaaa"
    assert (user.name, user.is_administrator) == ("Ada Lovelace", True)
    assert store.trail.newest(limit=1)[0].event == "company:created"


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        (replace(STEPS, password=Secret("short")), "too short"),
        (replace(STEPS, company_name=" "), "needs a name"),
        (replace(STEPS, user_id=""), "needs a user ID"),
        (replace(STEPS, zone="Mars/Olympus"), "no time zone"),
        (replace(STEPS, company_id="a b"), "company"),
    ],
)
def test_wrong_entries_leave_nothing_behind(steps: FirstSteps, said: str) -> None:
    companies = MemoryCompanies(Noon())
    with pytest.raises(ValueError, match=said):
        found_company(companies, steps, Sure())
    assert companies.all() == []
