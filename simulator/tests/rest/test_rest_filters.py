"""The `q` parameter: every operator, dates in the user's format, and what cannot be understood."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netsuite_simulator.account import Account
from netsuite_simulator.faces.rest.filters import FilterError, read_filter
from netsuite_simulator.schemas import RECORD_TYPES

PACIFIC = ZoneInfo("America/Los_Angeles")
CUSTOMER = RECORD_TYPES["customer"]


@pytest.fixture
def people(account: Account) -> Account:
    """Five customers, each edited on another day."""
    for number, name in enumerate(["Alpha", "beta", 'Say "hi"', "Łódź", "Alpha Beta"], start=1):
        account.add(
            "customer",
            external_id=f"c-{number}",
            companyName=name,
            creditLimit=Decimal(number * 100),
            isInactive=number > 3,
            terms=str(number),
            startDate=date(2026, 1, number),
            currency=str(number % 2 + 1),
            lastModifiedDate=datetime(2026, 1, number, 8, 30, tzinfo=UTC),
            **({"email": f"{number}@example.com"} if number < 3 else {}),
        )
    return account


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('companyName IS "alpha"', "1"),
        ('companyName IS_NOT "alpha"', "2345"),
        ('companyName CONTAIN "ÓDŹ"', "4"),
        ('companyName CONTAIN_NOT "a"', "4"),
        ('companyName START_WITH "alpha"', "15"),
        ('companyName START_WITH_NOT "alpha"', "234"),
        ('companyName END_WITH "BETA"', "25"),
        ('companyName END_WITH_NOT "BETA"', "134"),
        (r'companyName IS "Say \"hi\""', "3"),
        ("email EMPTY", "345"),
        ("email EMPTY_NOT", "12"),
        ("isInactive IS true", "45"),
        ("isInactive IS_NOT true", "123"),
        ("creditLimit EQUAL 300", "3"),
        ("creditLimit EQUAL_NOT 300", "1245"),
        ("creditLimit GREATER 300", "45"),
        ("creditLimit GREATER_NOT 300", "123"),
        ("creditLimit GREATER_OR_EQUAL 300", "345"),
        ("creditLimit LESS 300.5", "123"),
        ("creditLimit LESS_OR_EQUAL 100", "1"),
        ("creditLimit ANY_OF [100, 500]", "15"),
        ("creditLimit ANY_OF_NOT [100, 500]", "234"),
        ("creditLimit BETWEEN [200, 400]", "234"),
        ("creditLimit BETWEEN_NOT [200, 400]", "15"),
        ("creditLimit WITHIN [200, 400]", "234"),
        ("id ANY_OF [2, 3]", "23"),
        ("id GREATER 3", "45"),
        ("terms ANY_OF [1, 5]", "15"),
        ('emailPreference ANY_OF ["Default"]', "12345"),
        ("currency ANY_OF_NOT [1]", "135"),
        ('externalId IS "C-4"', "4"),
        ('startDate ON "1/3/2026"', "3"),
        ('startDate ON_NOT "1/3/2026"', "1245"),
        ('startDate AFTER "1/3/2026"', "45"),
        ('startDate BEFORE "01/03/2026"', "12"),
        ('startDate ON_OR_AFTER "1/3/2026"', "345"),
        ('startDate ON_OR_BEFORE "1/3/2026"', "123"),
        ('lastModifiedDate ON "1/3/2026"', "3"),
        ('lastModifiedDate AFTER "1/3/2026"', "45"),
        ('lastModifiedDate BEFORE "1/3/2026"', "12"),
        ('lastModifiedDate ON_OR_AFTER "1/3/2026"', "345"),
        ('lastModifiedDate ON_OR_BEFORE "1/3/2026"', "123"),
        ('lastModifiedDate ON_OR_AFTER "1/3/2026 12:31 AM"', "45"),
        ('lastModifiedDate ON_OR_AFTER "1/3/2026 0:30"', "345"),
        ('companyName START_WITH "A" AND isInactive IS false', "1"),
        ('companyName IS "beta" OR companyName IS "alpha" AND isInactive IS true', "2"),
        ('(companyName IS "beta" OR companyName IS "alpha") AND isInactive IS false', "12"),
        ('companyname is "beta" or ISINACTIVE is true', "245"),
    ],
)
def test_filters_find_what_they_say(people: Account, text: str, found: str) -> None:
    condition = read_filter(CUSTOMER, text, PACIFIC)
    records, _ = people.search("customer", [condition])
    assert "".join(record.id for record in records) == found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "a field is missing"),
        ("companyName", "an operator is missing"),
        ("companyName IS", "a value is missing"),
        ('companyName IS "a" AND', "a field is missing"),
        ('companyName IS "a" companyName IS "b"', "unexpected 'companyName'"),
        ('(companyName IS "a"', "is missing at the end"),
        ('companyName IS "a', "unexpected character"),
        ('"companyName" IS "a"', "a field is expected"),
        ('nonsense IS "a"', "has no field 'nonsense'"),
        ('vatRegNumber IS "a"', "cannot be filtered by"),
        ("companyName GREATER 5", "does not fit field"),
        ("creditLimit GREATER many", "is no number"),
        ("creditLimit GREATER NaN", "is no number"),
        ("creditLimit BETWEEN [1, 2, 3]", "takes two values"),
        ("creditLimit ANY_OF [1 2]", "is expected instead of"),
        ("creditLimit EQUAL [1]", "a value is expected"),
        ("currency ANY_OF [USD]", "is no internal id"),
        ('startDate ON "2026-01-03"', "is no date in the format M/D/YYYY"),
        ('startDate ON "2/30/2026"', "is no date in the format M/D/YYYY"),
        ("isInactive IS maybe", "does not fit field"),
        ("(" * 30, "too many parentheses"),
        ("x" * 9000, "longer than 8,000 characters"),
    ],
)
def test_what_cannot_be_understood_is_said(text: str, words: str) -> None:
    with pytest.raises(FilterError) as caught:
        read_filter(CUSTOMER, text, PACIFIC)
    assert words in str(caught.value)


@given(st.text(st.sampled_from('()[],"\\ ANDORISidcompanyName123/:.é'), max_size=60))
def test_no_text_breaks_the_reader(text: str) -> None:
    with contextlib.suppress(FilterError):  # any other error fails
        read_filter(CUSTOMER, text, PACIFIC)
