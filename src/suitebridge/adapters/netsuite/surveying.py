"""Asks what an account is made of and how it stands: select values, fields, custom record types, rates, time, limits, totals.

`domain.doors` names the door of each question; what is asked through which is decided in `gateway`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.asking import ask_for, ask_soap, unreadable_answer
from suitebridge.adapters.netsuite.conversing import Line
from suitebridge.adapters.netsuite.reading import ask
from suitebridge.adapters.netsuite.tables import field_of, place_of, unreadable
from suitebridge.adapters.netsuite.telling import Purpose
from suitebridge.adapters.netsuite.zoning import zone_of
from suitebridge.domain.conditions import Condition
from suitebridge.domain.drift import AccountField
from suitebridge.domain.schemas.fields import Kind
from suitebridge.ports.netsuite_account import CurrencyRate, Limits, SelectValue, Total
from suitebridge.wire.rest import catalog, suiteql, system
from suitebridge.wire.soap import (
    get_currency_rate,
    get_customization_id,
    get_select_value,
    get_server_time,
    governance,
)

_PAGES = 1000
"""So many pages of a thousand values or rates are read; a list that is longer is no list to choose from."""

_CUSTOM_TYPE = "customrecord"


def select_values_by_soap(line: Line, record_type: str, field: str) -> Sequence[SelectValue]:
    """Ask getSelectValue, page by page."""
    purpose = _by_soap(line, f"the values of {field}", f"View for {_plural(record_type)}")
    found: list[SelectValue] = []
    for number in range(1, _PAGES + 1):
        content = get_select_value.render(record_type, field, number)
        maker = line.soap(get_select_value.OPERATION, content)
        (page,) = ask_soap(line, [maker], get_select_value.read_answer, purpose)
        found.extend(SelectValue(id=id_, name=name) for id_, name in page.values)
        if number >= page.pages:
            break
    return _by_name(found)


def select_values_by_table(line: Line, record_type: str, field: str) -> Sequence[SelectValue]:
    """Read the table that a field points to, without what is inactive there."""
    schema = place_of(record_type, line.types).schema
    known = field_of(schema, field)
    if known.kind is Kind.CHOICE:
        return _by_name([SelectValue(id=id_, name=name) for id_, name in known.choices])
    if known.kind is not Kind.REFERENCE:
        raise unreadable(schema.plural, f"The field {known.label} of {schema.label} is no select field.")
    place = place_of(known.refers_to)
    rows = _all_rows(line, lambda after: queries.select_names(place, after), place.schema.plural)
    return _by_name([SelectValue(id=row[queries.ID], name=row.get(queries.VALUE, row[queries.ID])) for row in rows])


def fields(line: Line, record_type: str) -> Sequence[AccountField]:
    """Read a record type's description in the catalog of REST."""
    maker = line.read(catalog.schema_path(record_type), catalog.SCHEMA)
    (found,) = ask_for(line, [maker], fields_of, _by_rest(line, f"the fields of {record_type}"))
    return found


def fields_of(body: bytes) -> Sequence[AccountField]:
    """Read a description. Raise `UnreadableJsonError` for anything else."""
    return [
        AccountField(
            name=one.name, label=one.title, type=one.type, is_custom=one.is_custom, is_read_only=one.is_read_only
        )
        for one in catalog.read_properties(body)
    ]


def custom_types_by_soap(line: Line) -> Sequence[str]:
    """Ask getCustomizationId."""
    maker = line.soap(get_customization_id.OPERATION, get_customization_id.render(get_customization_id.RECORD_TYPES))
    purpose = _by_soap(line, "custom record types", "Custom Record Types")
    (found,) = ask_soap(line, [maker], get_customization_id.read_answer, purpose)
    return sorted(one.lower() for one in found)


def custom_types_by_catalog(line: Line) -> Sequence[str]:
    """Find them among the record types that the catalog of REST lists."""
    purpose = _by_rest(line, "the catalog of records")
    (found,) = ask_for(line, [line.read(catalog.LIST_PATH)], catalog.read_names, purpose)
    return sorted(one.lower() for one in found if one.lower().startswith(_CUSTOM_TYPE))


def rates_by_soap(line: Line, day: date | None) -> Sequence[CurrencyRate]:
    """Ask getCurrencyRate."""
    zone = zone_of(line)
    maker = line.soap(get_currency_rate.OPERATION, get_currency_rate.render(day, zone))
    purpose = _by_soap(line, "exchange rates", "Currency")
    (found,) = ask_soap(line, [maker], lambda element: get_currency_rate.read_answer(element, zone), purpose)
    return _by_day([CurrencyRate(base=one.base, currency=one.source, rate=one.rate, day=one.day) for one in found])


def rates_by_table(line: Line, day: date | None) -> Sequence[CurrencyRate]:
    """Read the table of exchange rates."""
    rows = _all_rows(line, lambda after: queries.select_rates(day, after), "exchange rates")
    try:
        return _by_day(
            [
                CurrencyRate(
                    base=row["base"],
                    currency=row["currency"],
                    rate=Decimal(row["rate"]),
                    day=date.fromisoformat(row["day"]),
                )
                for row in rows
            ]
        )
    except (KeyError, ValueError, InvalidOperation) as error:
        raise unreadable_answer(line, "An exchange rate lacks a currency, a day or a number") from error


def time_by_soap(line: Line) -> datetime:
    """Ask getServerTime."""
    maker = line.soap(get_server_time.OPERATION, get_server_time.CONTENT)
    purpose = _by_soap(line, "NetSuite's time", "SOAP Web Services")
    (moment,) = ask_soap(line, [maker], get_server_time.read_answer, purpose)
    return moment


def limits_by_soap(line: Line) -> Limits:
    """Ask both governance operations."""
    purpose = _by_soap(line, "the limits of concurrency", "SOAP Web Services")
    account_maker = line.soap(governance.ACCOUNT, governance.render(governance.ACCOUNT))
    ((account, unallocated),) = ask_soap(line, [account_maker], governance.read_account, purpose)
    own_maker = line.soap(governance.INTEGRATION, governance.render(governance.INTEGRATION))
    (own,) = ask_soap(line, [own_maker], governance.read_integration, purpose)
    return Limits(account=account, integration=own or unallocated)


def limits_by_rest(line: Line) -> Limits:
    """Ask the system end point, which answers administrators."""
    purpose = _by_rest(line, "the limits of concurrency", "An administrator's role")
    (found,) = ask_for(line, [line.read(system.GOVERNANCE_PATH)], system.read_governance, purpose)
    return Limits(account=found.account, integration=found.integration)


def totals(line: Line, record_type: str, condition: Condition | None, amount: str, unit: str) -> Sequence[Total]:
    """Count and add up through SuiteQL."""
    place = place_of(record_type, line.types)
    query = queries.select_totals(place, condition, amount=amount, unit=unit, zone=zone_of(line))
    (page,) = ask(line, [query], what=place.schema.plural, limit=suiteql.ROW_LIMIT)
    found = []
    for row in page.rows:
        named, count, added = (row.get(name) for name in (queries.VALUE, queries.COUNT, queries.SUM))
        try:
            number = Decimal(added) if isinstance(added, str) else Decimal(0)
            found.append(Total(unit=named if isinstance(named, str) else "", count=int(str(count)), amount=number))
        except (ValueError, InvalidOperation) as error:
            raise unreadable_answer(line, "A count or a sum is no number") from error
    return [one for one in found if one.count]


def _all_rows(line: Line, query: queries.PageWriter, what: str) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    after = ""
    for _ in range(_PAGES):
        (page,) = ask(line, [query(after)], what=what, limit=suiteql.ROW_LIMIT)
        read = [{name: cell for name, cell in row.items() if isinstance(cell, str)} for row in page.rows]
        if any(queries.ID not in row for row in read):
            raise unreadable_answer(line, f"A row of {what} came without its id")
        rows.extend(read)
        if not page.has_more or not read:
            return rows
        after = read[-1][queries.ID]
    raise unreadable_answer(line, f"There are more than {_PAGES * suiteql.ROW_LIMIT:,} rows of {what}")


def _by_name(values: Sequence[SelectValue]) -> Sequence[SelectValue]:
    return sorted(values, key=lambda one: (one.name, len(one.id), one.id))


def _by_day(rates: Sequence[CurrencyRate]) -> Sequence[CurrencyRate]:
    return sorted(rates, key=lambda one: (one.day, one.base, one.currency))


def _plural(record_type: str) -> str:
    return place_of(record_type).schema.plural


def _by_soap(line: Line, what: str, permission: str) -> Purpose:
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{what} through SOAP web services",
        permission=permission,
    )


def _by_rest(line: Line, what: str, permission: str = "REST Web Services") -> Purpose:
    return Purpose(
        account=line.credentials.account.value,
        host=line.host,
        what=f"{what} through REST web services",
        permission=permission,
    )
