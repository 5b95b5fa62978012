"""The list of users: narrowed down, sorted, and cut into pages by the key of the last row, so that no shifting row is lost or shown twice."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import Final, assert_never

import msgspec

from suitebridge.adapters.store.databases import Cell, Parameter
from suitebridge.adapters.store.promotion import TITLE_LENGTH
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import instant_text, integer, literal
from suitebridge.domain.people import EMPLOYEE
from suitebridge.ports.people import PersonOrder, PersonQuery, PersonState

_USABLE: Final = "(COALESCE(p.password, '') <> '' AND substr(p.password, 1, 1) <> '!')"
_ROLE: Final = f"COALESCE(p.role, '{EMPLOYEE.name}')"


class Cursor(msgspec.Struct, array_like=True, frozen=True):
    """Behind which row a page begins, and in which order it was given."""

    order: str
    is_descending: bool
    key: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """A query as SQL: the sorted-by key, the conditions with their parameters, and the order."""

    key: str
    where: str
    parameters: tuple[Parameter, ...]
    tail: str


def listing(scope: CompanyScope, query: PersonQuery) -> Listing:
    """Translate a query. Raise `ValueError` for a cursor that no page of this order has given."""
    key = _key(scope, query.order)
    where, parameters = ["1 = 1"], list[Parameter]()
    if query.text.strip():
        found = f"%{literal(query.text.strip().casefold()[:TITLE_LENGTH])}%"
        sought = (_name(scope), "r.title_key", _folded(scope, _text(scope, "email")))
        where.append("(" + " OR ".join(f"{part} LIKE %s ESCAPE '\\'" for part in sought) + ")")
        parameters += [found] * len(sought)
    if query.state is not None:
        where.append(_state(query.state))
        parameters += [instant_text(query.at)] * where[-1].count("%s")
    if query.role:
        where.append(f"{_ROLE} = %s")
        parameters.append(query.role)
    if query.after:
        cursor, sign = _opened(query), "<" if query.is_descending else ">"
        where.append(f"({key} {sign} %s OR ({key} = %s AND r.number {sign} %s))")
        parameters += [cursor.key, cursor.key, cursor.number]
    way = "DESC" if query.is_descending else "ASC"
    tail = f"ORDER BY {key} {way}, r.number {way} LIMIT {int(query.limit) + 1}"
    return Listing(key=key, where=" AND ".join(where), parameters=tuple(parameters), tail=tail)


def cursor_of(query: PersonQuery, key: Cell, number: Cell) -> str:
    """Write the cursor behind a row."""
    cursor = Cursor(query.order.name, query.is_descending, str(key), integer(number))
    return base64.urlsafe_b64encode(msgspec.json.encode(cursor)).decode().rstrip("=")


def _opened(query: PersonQuery) -> Cursor:
    try:
        padded = query.after + "=" * (-len(query.after) % 4)
        cursor = msgspec.json.decode(base64.b64decode(padded, altchars=b"-_", validate=True), type=Cursor)
    except (binascii.Error, msgspec.DecodeError, ValueError) as error:
        raise ValueError("This is no cursor of a list of users. Begin with the first page.") from error
    if (cursor.order, cursor.is_descending) != (query.order.name, query.is_descending):
        raise ValueError("The cursor is of a list in another order. Begin with the first page.")
    return cursor


def _key(scope: CompanyScope, order: PersonOrder) -> str:
    match order:
        case PersonOrder.NAME:
            key = _name(scope)
        case PersonOrder.USER_ID:
            key = "r.title_key"
        case PersonOrder.EMAIL:
            key = _folded(scope, _text(scope, "email"))
        case PersonOrder.ROLE:
            key = _folded(scope, _ROLE)
        case PersonOrder.LAST_SIGN_IN:
            key = _moment(scope)
        case _:
            assert_never(order)
    # The same order in both databases, whatever the server's language.
    return key if scope.is_sqlite else f'({key}) COLLATE "C"'


def _state(state: PersonState) -> str:
    invited = "i.expires_at IS NOT NULL AND i.expires_at > %s"
    match state:
        case PersonState.ACTIVE:
            return "r.active IS TRUE"
        case PersonState.INACTIVE:
            return "r.active IS NOT TRUE"
        case PersonState.INVITED:
            return f"(r.active IS TRUE AND NOT {_USABLE} AND {invited})"
        case PersonState.NO_PASSWORD:
            return f"(r.active IS TRUE AND NOT {_USABLE} AND NOT ({invited}))"
        case _:
            assert_never(state)


def _name(scope: CompanyScope) -> str:
    """Write the name as people see it: first and last, the user ID where there is neither."""
    full = f"trim({_text(scope, 'first')} || ' ' || {_text(scope, 'last')})"
    return _folded(scope, f"CASE WHEN {full} = '' THEN {_text(scope, 'nickname')} ELSE {full} END")


def _text(scope: CompanyScope, field: str) -> str:
    found = f"json_extract(r.data, '$.{field}')" if scope.is_sqlite else f"r.data ->> '{field}'"
    return f"COALESCE({found}, '')"


def _folded(scope: CompanyScope, text: str) -> str:
    """Write a text without its case: SQLite's own function knows the letters of English only (see `apps`)."""
    return f"casefold({text})" if scope.is_sqlite else f"lower({text})"


def _moment(scope: CompanyScope) -> str:
    """Write the last sign-in as a text that sorts as the moment does, "" for never."""
    if scope.is_sqlite:
        # The framework writes moments with a blank in the middle, we with a T and a Z at the end.
        return "replace(replace(COALESCE(p.last_login, ''), ' ', 'T'), 'Z', '')"
    return "COALESCE(to_char(p.last_login AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS.US'), '')"
