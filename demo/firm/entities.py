"""The NetSuite entities of the firm: employees, customers, contacts, vendors, projects and their tasks.

`usable` says which records approved work may point at: active, marked for export, and in stage Customer.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from firm import words
from firm.draws import Draws, Row, exported_day, exported_instant, flag, slug
from firm.lists import EDITED_FROM, EDITED_TO, edited

EMPLOYEES, CUSTOMERS, CONTACTS, VENDORS, PROJECTS, TASKS = 250, 180, 330, 60, 600, 320
MARK = "custentity_oa_export_to_openair"
FOUNDED = datetime.date(2019, 2, 4)
MASS_EDIT = "2026-04-17 22:15:00"  # an update by CSV gives many records one and the same second
RUNNING_SINCE = datetime.date(2025, 12, 1)
RUNNING_UNTIL = datetime.date(2026, 6, 30)


@dataclass(kw_only=True)
class Names:
    """Hands out each full name once."""

    draws: Draws
    taken: set[str]

    def person(self, region: str) -> tuple[str, str]:
        firsts, lasts = words.FIRST_NAMES[region].split(), words.LAST_NAMES[region].split(" ")
        while True:
            first, last = self.draws.pick(firsts), self.draws.pick(lasts)
            if f"{first} {last}".casefold() not in self.taken:
                self.taken.add(f"{first} {last}".casefold())
                return first, last


def usable(row: Row) -> bool:
    return row["isinactive"] == "F" and row.get(MARK, "T") == "T" and row.get("searchstage", "Customer") == "Customer"


def active(rows: list[Row], index: int) -> Row:
    """The row at an index or the next active one: nothing refers to what NetSuite would no longer let it refer to."""
    return next(row for row in rows[index:] + rows if row["isinactive"] == "F")


def employees(draws: Draws, names: Names) -> list[Row]:
    rows: list[Row] = []
    regions = ["US", "US", "US", "US", "DE", "DE", "DE", "PL", "PL", "FR", "UK", "UK", "JP", "AR"]
    departments = [identity for identity, *_ in words.DEPARTMENTS if identity != "12"]
    for index in range(EMPLOYEES):
        region = regions[index % len(regions)]
        first, last = names.person(region)
        mailbox = f"{slug(first) or 'e'}.{slug(last) or 'n'}"
        rows.append(
            {
                "id": str(11 + index),
                "entityid": f"{first} {last}",
                "firstname": first,
                "lastname": last,
                "email": f"{mailbox}.{index + 1}@meridian.example",
                "title": draws.pick(
                    ("Consultant", "Senior Consultant", "Manager", "Analyst", "Developer", "Principal")
                ),
                "department": draws.pick(departments),
                "class": "",
                "location": draws.pick(words.REGION_LOCATIONS[region].split()),
                "subsidiary": words.REGION_SUBSIDIARY[region],
                "supervisor": active(rows, index // 8)["id"] if index else "",
                "currency": words.CURRENCY_IDS[words.REGION_CURRENCY[region]],
                "expenselimit": "5000" if index % 9 == 0 else "",
                "hiredate": exported_day(draws.day(FOUNDED, datetime.date(2025, 11, 28))),
                "isjobresource": flag(index % 10 != 0),
                "isinactive": flag(index % 31 == 30),
                "datecreated": exported_instant(draws.instant(FOUNDED, EDITED_FROM)),
                "lastmodifieddate": edited(draws),
                "externalid": f"HR-{1000 + index}" if index % 4 == 0 else "",
                MARK: flag(index % 37 != 36),
            }
        )
    return rows


def _company_names(draws: Draws) -> list[tuple[str, str, str]]:
    shares = {"US": 73, "DE": 32, "PL": 12, "FR": 12, "UK": 20, "JP": 8, "AR": 4}
    found: list[tuple[str, str, str]] = list(words.SPECIAL_COMPANIES)
    for region, share in shares.items():
        pairs = [
            f"{word} {trade}"
            for word in words.COMPANY_WORDS[region].split("|")
            for trade in words.COMPANY_TRADES[region].split("|")
        ]
        for name in draws.some(pairs, share):
            found.append((region, name, f"{name} {draws.pick(words.LEGAL_FORMS[region].split('|'))}"))
    return draws.shuffled(found)


def customers(draws: Draws, staff: list[Row]) -> list[Row]:
    companies = [(region, name, company, "", "") for region, name, company in _company_names(draws)]
    people = [(region, f"{first} {last}", "", first, last) for region, first, last in words.SPECIAL_PEOPLE]
    rows: list[Row] = []
    sellers = [row["id"] for row in staff if usable(row)][:24]
    for index, (region, name, company, first, last) in enumerate((companies + people)[:CUSTOMERS]):
        stage = {40: "Lead", 41: "Prospect", 97: "Lead", 98: "Prospect"}.get(index, "Customer")
        mailbox = slug(name) or f"kunde{index}"
        rows.append(
            {
                "id": str(301 + index),
                "entityid": name,
                "altname": company or name,
                "isperson": flag(bool(first)),
                "companyname": company or f"{name} Consulting",
                "firstname": first,
                "lastname": last,
                "email": f"accounts@{mailbox}.example" if index % 17 else "",
                "phone": f"+1 555 01{index:02d}" if index < 100 else "",
                "url": f"https://www.{mailbox}.example" if index % 3 == 0 else "",
                "subsidiary": words.REGION_SUBSIDIARY[region],
                "currency": words.CURRENCY_IDS[words.REGION_CURRENCY[region]],
                "entitystatus": {"Lead": "6", "Prospect": "8", "Customer": "13"}[stage],
                "searchstage": stage,
                "salesrep": draws.pick(sellers),
                "parent": "",
                "comments": draws.pick(
                    ("", "", "", "Invoices by e-mail only.\nPurchase order number required.", "VIP 🏅")
                ),
                "creditlimit": draws.pick(("", "", "50000", "250000.5")),
                "isinactive": flag(index % 43 == 42),
                "datecreated": exported_instant(draws.instant(FOUNDED, EDITED_FROM)),
                "lastmodifieddate": MASS_EDIT if index % 15 == 3 else edited(draws),
                "externalid": f"CRM-{index:04d}" if index % 5 == 0 else "",
                MARK: flag(index % 41 != 39),
            }
        )
    return rows


def contacts(draws: Draws, names: Names, clients: list[Row]) -> list[Row]:
    rows: list[Row] = []
    region_of = {"1": "US", "2": "DE", "3": "UK", "4": "JP"}
    for index in range(CONTACTS):
        client = active(clients, index % len(clients) if index < len(clients) else draws.whole(0, len(clients) - 1))
        first, last = names.person(region_of[client["currency"]])
        rows.append(
            {
                "id": str(601 + index),
                "entityid": f"{first} {last}",
                "company": client["id"],
                "firstname": first,
                "lastname": last,
                "title": draws.pick(("CFO", "Head of IT", "Buyer", "Project Sponsor", "Geschäftsführerin", "")),
                "email": f"{slug(first) or 'c'}.{slug(last) or 'n'}@{slug(client['entityid']) or 'kunde'}.example",
                "phone": "",
                "subsidiary": client["subsidiary"],
                "isinactive": flag(index % 40 == 39),
                "datecreated": exported_instant(draws.instant(FOUNDED, EDITED_FROM)),
                "lastmodifieddate": edited(draws),
                "externalid": "",
            }
        )
    return rows


def vendors(draws: Draws) -> list[Row]:
    rows: list[Row] = []
    for index in range(VENDORS):
        word = words.VENDOR_WORDS[index % len(words.VENDOR_WORDS)]
        name = f"{word}{('', ' Group', ' International')[index // len(words.VENDOR_WORDS)]}"
        region = draws.pick(("US", "DE", "UK", "JP", "PL"))
        rows.append(
            {
                "id": str(501 + index),
                "entityid": name,
                "altname": name,
                "companyname": name,
                "legalname": name if index % 3 else f"{name} AG",
                "isperson": "F",
                "email": f"billing@{slug(name)}.example",
                "currency": words.CURRENCY_IDS[words.REGION_CURRENCY[region]],
                "subsidiary": words.REGION_SUBSIDIARY[region],
                "isjobresourcevend": flag(index % 12 == 0),
                "isinactive": flag(index % 20 == 19),
                "datecreated": exported_instant(draws.instant(FOUNDED, EDITED_FROM)),
                "lastmodifieddate": edited(draws),
                "externalid": "",
                MARK: flag(index % 5 != 4),
            }
        )
    return rows


def projects(draws: Draws, clients: list[Row], staff: list[Row]) -> list[Row]:
    rows: list[Row] = []
    taken: set[tuple[str, str]] = set()
    leaders = [row for row in staff if usable(row)]
    for index in range(PROJECTS):
        client = active(clients, index % len(clients))
        name = _project_name(draws, client["id"], taken)
        running = index % 10 < 7
        start = draws.day(datetime.date(2024, 1, 8), RUNNING_SINCE)
        end = draws.day(RUNNING_UNTIL, datetime.date(2027, 3, 31)) if running else start + datetime.timedelta(days=60)
        dropped = not usable(client)
        rows.append(
            {
                "id": str(1001 + index),
                "entityid": f"PRJ{1001 + index}",
                "altname": name,
                "companyname": name,
                "customer": client["id"],
                "parent": client["id"],
                "subsidiary": client["subsidiary"],
                "currency": client["currency"],
                "projectmanager": _manager_of(draws, leaders, client["subsidiary"]),
                "jobbillingtype": draws.pick(("5", "5", "5", "4", "3", "2", "")),
                "entitystatus": "2" if running else "1",
                "startdate": exported_day(start),
                "projectedenddate": exported_day(end) if index % 8 else "",
                "enddate": "" if running else exported_day(end),
                "estimatedtime": str(draws.whole(4, 300) * 8) if index % 3 else "",
                "allowtime": "T",
                "allowexpenses": "T",
                "allowallresourcesfortasks": "T",
                "limittimetoassignees": "F",
                "comments": draws.pick(
                    ("", "", "Steering committee: every second Tuesday", 'Contract says "fixed", ask first')
                ),
                "isinactive": flag(index % 97 == 96),
                "datecreated": exported_instant(draws.instant(FOUNDED, EDITED_FROM)),
                "lastmodifieddate": MASS_EDIT if index % 12 == 5 else edited(draws),
                "externalid": "",
                MARK: flag(not dropped and index % 61 != 60),
            }
        )
    return rows


def _project_name(draws: Draws, client: str, taken: set[tuple[str, str]]) -> str:
    while True:
        name = draws.pick(words.PROJECT_NAMES)
        if draws.chance(0.4):
            name = f"{name} {draws.whole(2024, 2026)}"
        if (client, name.casefold()) not in taken:
            taken.add((client, name.casefold()))
            return name


def _manager_of(draws: Draws, leaders: list[Row], subsidiary: str) -> str:
    return draws.pick([row["id"] for row in leaders if row["subsidiary"] == subsidiary][:40])


def project_tasks(draws: Draws, jobs: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for index in range(TASKS):
        job = active(jobs, (index // 4) * 3)
        milestone = index % 4 == 3
        rows.append(
            {
                "id": str(1 + index),
                "project": job["id"],
                "title": f"{words.TASK_NAMES[index % len(words.TASK_NAMES)]}{' (milestone)' if milestone else ''}",
                "startdate": job["startdate"],
                "estimatedwork": "" if milestone else str(draws.whole(1, 20) * 8),
                "constrainttype": "ASAP",
                "ismilestone": flag(milestone),
                "nonbillabletask": flag(index % 11 == 10),
                "lastmodifieddate": exported_instant(draws.instant(EDITED_FROM, EDITED_TO)),
                "externalid": "",
            }
        )
    return rows
