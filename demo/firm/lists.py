"""The NetSuite lists of the firm: subsidiaries to accounting periods, service items, expense categories."""

from __future__ import annotations

import calendar
import datetime

from firm import words
from firm.draws import Draws, Row, exported_day, exported_instant, flag

EDITED_FROM = datetime.date(2024, 6, 3)
EDITED_TO = datetime.date(2026, 5, 27)  # nothing in the firm is younger
FIRST_YEAR, FIRST_OPEN_YEAR, LAST_YEAR = 2023, 2025, 2027
EVERY_SUBSIDIARY = "1, 2"


def edited(draws: Draws) -> str:
    return exported_instant(draws.instant(EDITED_FROM, EDITED_TO))


def subsidiaries() -> list[Row]:
    shape = ("id", "name", "fullname", "legalname", "parent", "country", "currency", "isinactive", "iselimination")
    parent, child = "Meridian Advisory", "Meridian Advisory Europe"
    rows = (
        ("1", parent, parent, "Meridian Advisory, Inc.", "", "US", "1", "F", "F"),
        ("2", child, f"{parent} : {child}", "Meridian Advisory Europe GmbH & Co. KG", "1", "DE", "2", "F", "F"),
    )
    return [dict(zip(shape, row, strict=True)) | {"lastmodifieddate": "2025-01-07 9:15:02"} for row in rows]


def cost_centers() -> list[Row]:
    rows = (
        ("1", "Delivery", "F", "2026-02-03 9:12:40", "4100", "Consultants who work for customers"),
        ("2", "Überblick & Verwaltung", "F", "2026-03-17 16:02:11", "4200", ""),
        ("3", "Old sales office", "T", "2025-06-30 12:00:00", "4300", "Closed"),
    )
    return _custom_records(rows, "custrecord_sb_cc_number", "custrecord_sb_cc_notes")


def rate_cards() -> list[Row]:
    rows = (
        ("1", "Standard 2026", "F", "2026-01-02 8:00:00", "1", "2026-01-01 0:00:00", ""),
        ("2", "Öffentliche Hand 2026", "F", "2026-01-02 8:05:00", "2", "2026-01-01 0:00:00", ""),
    )
    return _custom_records(rows, "custrecord_sb_rc_currency", "custrecord_sb_rc_start", "custrecord_sb_rc_notes")


def _custom_records(rows: tuple[tuple[str, ...], ...], *fields: str) -> list[Row]:
    return [dict(zip(("id", "name", "isinactive", "lastmodified", *fields), row, strict=True)) for row in rows]


def currencies(draws: Draws) -> list[Row]:
    return [
        {
            "id": currency,
            "name": name,
            "symbol": symbol,
            "displaysymbol": sign,
            "currencyprecision": places,
            "exchangerate": rate,
            "isbasecurrency": flag(symbol in {"USD", "EUR"}),
            "isinactive": "F",
            "externalid": "",
            "lastmodifieddate": edited(draws),
        }
        for currency, name, symbol, sign, places, rate in words.CURRENCIES
    ]


def _tree(draws: Draws, nodes: tuple[tuple[str, ...], ...], inactive: set[str]) -> list[Row]:
    names = {node[0]: node[1] for node in nodes}
    return [
        {
            "id": identity,
            "name": name,
            "fullname": f"{names[parent]} : {name}" if parent else name,
            "parent": parent,
            "subsidiary": rest[0] if rest else EVERY_SUBSIDIARY,
            "includechildren": flag(not rest),
            "isinactive": flag(identity in inactive),
            "externalid": "",
            "lastmodifieddate": edited(draws),
        }
        for identity, name, parent, *rest in nodes
    ]


def departments(draws: Draws) -> list[Row]:
    return _tree(draws, words.DEPARTMENTS, inactive={"12"})


def classes(draws: Draws) -> list[Row]:
    return _tree(draws, words.CLASSES, inactive={"8"})


def locations(draws: Draws) -> list[Row]:
    rows = _tree(draws, words.LOCATIONS, inactive={"9"})
    return [{column: value for column, value in row.items() if column != "includechildren"} for row in rows]


def accounts(draws: Draws) -> list[Row]:
    return [
        {
            "id": identity,
            "acctnumber": number,
            "accountsearchdisplayname": f"{number} {name}",
            "accountsearchdisplaynamecopy": name,
            "fullname": name,
            "accttype": kind,
            "currency": "2" if name.endswith("EUR") else "",
            "subsidiary": EVERY_SUBSIDIARY,
            "includechildren": "T",
            "issummary": "F",
            "isinactive": flag(name.startswith("Old")),
            "externalid": "",
            "lastmodifieddate": edited(draws),
        }
        for identity, number, name, kind in words.ACCOUNTS
    ]


def accounting_periods() -> list[Row]:
    rows: list[Row] = []
    for year in range(FIRST_YEAR, LAST_YEAR + 1):
        year_id = str(len(rows) + 1)
        rows.append(_period(year_id, f"FY {year}", year, (1, 12), ""))
        for quarter in range(4):
            quarter_id = str(len(rows) + 1)
            first = quarter * 3 + 1
            rows.append(_period(quarter_id, f"Q{quarter + 1} {year}", year, (first, first + 2), year_id))
            for month in range(first, first + 3):
                name = f"{calendar.month_abbr[month]} {year}"
                rows.append(_period(str(len(rows) + 1), name, year, (month, month), quarter_id))
    return rows


def _period(identity: str, name: str, year: int, months: tuple[int, int], parent: str) -> Row:
    first, last = months
    closed = year < FIRST_OPEN_YEAR
    return {
        "id": identity,
        "periodname": name,
        "startdate": exported_day(datetime.date(year, first, 1)),
        "enddate": exported_day(datetime.date(year, last, calendar.monthrange(year, last)[1])),
        "parent": parent,
        "isyear": flag(last - first == 11),
        "isquarter": flag(last - first == 2),
        "isposting": flag(first == last),
        "isadjust": "F",
        "isinactive": "F",
        "closed": flag(closed),
        "closedondate": exported_day(datetime.date(year + 1, 2, 14)) if closed else "",
        "alllocked": flag(closed),
        "aplocked": flag(closed),
        "arlocked": flag(closed),
        "allownonglchanges": flag(not closed),
        "lastmodifieddate": f"{year + 1}-02-14 18:05:00" if closed else "2025-01-02 8:30:00",
    }


def service_items(draws: Draws) -> list[Row]:
    return [
        {
            "id": str(201 + index),
            "itemid": name,
            "fullname": name,
            "displayname": name,
            "description": f"{name}, per {'unit' if rate >= 900 or name == 'Reimbursable Expenses' else 'hour'}",
            "itemtype": "Service",
            "subtype": subtype,
            "incomeaccount": _income_account(name) if subtype != "Purchase" else "",
            "expenseaccount": "20" if subtype != "Sale" else "",
            "cost": str(rate * 3 // 4) if subtype != "Sale" else "",
            "subsidiary": EVERY_SUBSIDIARY,
            "includechildren": "T",
            "isinactive": flag("(retired)" in name),
            "externalid": "",
            "lastmodifieddate": edited(draws),
        }
        for index, (name, subtype, rate) in enumerate(words.SERVICE_ITEMS)
    ]


def _income_account(name: str) -> str:
    match name.partition(" ")[0]:
        case "Support," | "Remote" | "On-Site":
            return "17"
        case "Fixed" | "Monthly":
            return "18"
        case "Reimbursable":
            return "19"
        case _:
            return "16"


def expense_categories() -> list[Row]:
    account_ids = {number: identity for identity, number, _, _ in words.ACCOUNTS}
    return [
        {
            "id": str(1 + index),
            "name": name,
            "description": "Private car, per unit of distance" if kind == "M" else "",
            "expenseaccount": account_ids[number],
            "raterequired": flag(kind == "M"),
            "defaultrate": "0.67" if kind == "M" else "",
            "subsidiary": EVERY_SUBSIDIARY,
            "isinactive": flag("(retired)" in name),
            "externalid": "",
        }
        for index, (name, kind, number) in enumerate(words.EXPENSE_CATEGORIES)
    ]
