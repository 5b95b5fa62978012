"""The person rows that the framework's sign-in works with, in the database that was opened last."""

from __future__ import annotations

from suitebridge.adapters.store.beside import UNUSABLE
from suitebridge.adapters.store.databases import OPEN
from suitebridge.adapters.store.models import Person
from suitebridge.adapters.store.people import renew, sign_in, user_by_number
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.seals import Passwords
from suitebridge.adapters.store.texts import integer, number_of
from suitebridge.domain.credentials import Secret


def authenticate(company_id: str, user_id: str, password: Secret, *, passwords: Passwords) -> Person | None:
    """Give the person whose company, user id and password these are."""
    scope = CompanyScope(OPEN.last(), company_id.strip().casefold())
    found = sign_in(scope, passwords, user_id, password)
    if found is None or found.person_id is None:
        return None
    renew(scope, passwords, found, password)
    return _person(found.person_id)


def recognized_person(company_id: str, record_id: str) -> Person | None:
    """Give the person of an active employee record; one who never had a sign-in gets one that no password fits."""
    scope = CompanyScope(OPEN.last(), company_id)
    user = user_by_number(scope, number_of(record_id) or 0)
    if user is None or not user.is_active:
        return None
    scope.insert(
        "store_person",
        ("number", "role", "password", "sign_in"),
        [(int(record_id), user.role.name, UNUSABLE, f"{scope.company_id}/{record_id}")],
        conflict="ON CONFLICT (company_id, number) DO NOTHING",
    )
    rows = scope.select("store_person", "r.id", where="r.number = %s", parameters=(int(record_id),))
    return _person(integer(rows[0][0])) if rows else None


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
