"""The person rows that the framework's sign-in works with, in the database that was opened last."""

from __future__ import annotations

from suitebridge.adapters.store.databases import OPEN
from suitebridge.adapters.store.models import Person
from suitebridge.adapters.store.people import renew, sign_in
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import Passwords
from suitebridge.domain.credentials import Secret


def authenticate(company_id: str, user_id: str, password: Secret, *, passwords: Passwords) -> Person | None:
    """Give the person whose company, user id and password these are."""
    scope = CompanyScope(OPEN.last(), company_id.strip().casefold())
    found = sign_in(scope, passwords, user_id, password)
    if found is None or found.person_id is None:
        return None
    renew(scope, passwords, found, password)
    return _person(found.person_id)


def active_person(person_id: int) -> Person | None:
    """Give a person whose employee record is active."""
    person = _person(person_id)
    if person is None:
        return None
    scope = CompanyScope(OPEN.last(), person.company_id)
    rows = scope.select(
        "store_record",
        "r.active",
        where="r.type = %s AND r.number = %s AND r.active = %s",
        parameters=("employee", person.number, True),
    )
    return person if rows else None


def _person(person_id: int) -> Person | None:
    return Person.objects.using(OPEN.last().alias).filter(pk=person_id).first()
