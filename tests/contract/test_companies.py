"""The contract of `ports.companies`."""

from __future__ import annotations

import pytest

from suitebridge.domain.credentials import Secret
from suitebridge.ports.companies import Companies


def add(companies: Companies, company_id: str) -> None:
    companies.add(company_id=company_id, name="Ünïcorn GmbH", token=company_id[-8:].lower(), zone="Europe/Berlin")


def test_a_company_is_found_whatever_the_case_of_its_id(companies: Companies) -> None:
    add(companies, "Found-00000001")
    company = companies.store(" FOUND-00000001 ").company
    assert (company.id, company.name, company.token, company.zone) == (
        "found-00000001",
        "Ünïcorn GmbH",
        "00000001",
        "Europe/Berlin",
    )


def test_companies_are_listed_in_order_of_creation(companies: Companies) -> None:
    for company_id in ("order-zz000002", "order-aa000003"):
        add(companies, company_id)
    assert [company.id for company in companies.all() if company.id.startswith("order-")] == [
        "order-zz000002",
        "order-aa000003",
    ]


def test_a_taken_id_is_refused(companies: Companies) -> None:
    add(companies, "taken-00000004")
    with pytest.raises(ValueError, match="already"):
        companies.add(company_id="TAKEN-00000004", name="", token="00000005", zone="UTC")


@pytest.mark.parametrize("company_id", ["", "two words", "a/b", "ü"])
def test_a_malformed_id_is_refused(stored_companies: Companies, company_id: str) -> None:
    with pytest.raises(ValueError, match="cannot be a company ID"):
        stored_companies.add(company_id=company_id, name="", token="00000006", zone="UTC")


def test_an_unknown_company_is_not_opened(companies: Companies) -> None:
    with pytest.raises(LookupError, match="nobody"):
        companies.store("nobody")


def test_a_weak_password_is_told_before_anything_is_created(companies: Companies) -> None:
    companies.check_new_password(Secret("correct horse battery"))
    with pytest.raises(ValueError, match="too short"):
        companies.check_new_password(Secret("short"))
