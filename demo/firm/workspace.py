"""The workspace side of the firm: the same people, customers and projects as another system would have them.

Nothing here holds a NetSuite id. Names are what the two sides share; some NetSuite records are missing on purpose,
so that the import has something to create. `Workspace.netsuite` remembers the counterpart of each key.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from firm import words
from firm.draws import Draws, Row, slug, truth
from firm.entities import RUNNING_SINCE, usable

SYMBOLS = {identity: symbol for symbol, identity in words.CURRENCY_IDS.items()}
RATE_PER_USD = {"USD": "1", "EUR": "1", "GBP": "1", "JPY": "100"}


@dataclass(kw_only=True)
class Workspace:
    """The tables written so far and, by workspace key, the NetSuite row that means the same."""

    tables: dict[str, list[Row]] = field(default_factory=dict)
    netsuite: dict[str, Row] = field(default_factory=dict)

    def add(self, table: str, row: Row, counterpart: Row | None = None) -> None:
        self.tables.setdefault(table, []).append(row)
        if counterpart is not None:
            self.netsuite[row["key"]] = counterpart

    def keys_of(self, table: str) -> dict[str, str]:
        """NetSuite id → workspace key."""
        return {
            self.netsuite[row["key"]]["id"]: row["key"] for row in self.tables[table] if row["key"] in self.netsuite
        }


def _day(exported: str) -> str:
    return exported.partition(" ")[0]


def add_employees(workspace: Workspace, staff: list[Row]) -> None:
    departments = {identity: name for identity, name, _ in words.DEPARTMENTS}
    for index, person in enumerate(staff):
        if index % 5 == 4:
            continue
        row = {
            "key": f"e-{index + 1:03d}",
            "nickname": person["entityid"],
            "first": person["firstname"],
            "last": person["lastname"],
            "email": person["email"],
            "active": truth(person["isinactive"] == "F"),
            "role": "Administrator" if index < 2 else "Employee",
            "department": departments[person["department"]],
            "currency": SYMBOLS[person["currency"]],
        }
        workspace.add("employee", row, person)


def _spelled(name: str, index: int) -> str:
    """The name in other letter case now and then, where upper and lower case are a plain pair."""
    if not name.isascii() or index % 9 not in {2, 5}:
        return name
    return name.upper() if index % 9 == 2 else name.lower()


def add_customers(workspace: Workspace, clients: list[Row]) -> None:
    for index, client in enumerate(clients):
        if index % 7 == 6:
            continue
        row = {
            "key": f"c-{index + 1:03d}",
            "name": _spelled(client["entityid"], index),
            "company": client["companyname"],
            "email": client["email"],
            "phone": client["phone"],
            "currency": SYMBOLS[client["currency"]],
            "active": truth(client["isinactive"] == "F"),
            "notes": "Key account — ask before invoicing" if index % 20 == 0 else "",
        }
        workspace.add("customer", row, client)
    for index, name in enumerate(("Harvest & Hearth (pitch)", "Œuvres Sociales de Brest", "Prospekt Ostsee AG")):
        row = {
            "key": f"c-9{index:02d}",
            "name": name,
            "company": name,
            "email": f"info@{slug(name)}.example",
            "phone": "",
        }
        workspace.add("customer", row | {"currency": "EUR", "active": "true", "notes": "Not in NetSuite yet"})


def add_projects(workspace: Workspace, jobs: list[Row]) -> None:
    customer_keys, employee_keys = workspace.keys_of("customer"), workspace.keys_of("employee")
    for index, job in enumerate(jobs):
        if job["customer"] not in customer_keys or index % 32 == 31:
            continue
        row = {
            "key": f"p-{index + 1:03d}",
            "name": job["companyname"],
            "customer": customer_keys[job["customer"]],
            "currency": SYMBOLS[job["currency"]],
            "start_date": _day(job["startdate"]),
            "finish_date": _day(job["projectedenddate"] or job["enddate"]),
            "active": truth(job["isinactive"] == "F"),
            "project_manager": employee_keys.get(job["projectmanager"], ""),
        }
        workspace.add("project", row, job)


def add_services(workspace: Workspace, items: list[Row]) -> None:
    for index, (item, (name, _, rate)) in enumerate(zip(items, words.SERVICE_ITEMS, strict=True)):
        if index % 8 == 7:
            continue
        row = {"key": f"s-{index + 1:02d}", "name": name, "code": f"SVC-{100 + index}" if index % 3 else ""}
        row |= {"active": truth(item["isinactive"] == "F"), "rate": f"{rate}.00", "currency": "USD"}
        workspace.add("service", row, item)


def add_expense_items(workspace: Workspace, categories: list[Row]) -> None:
    for index, (category, (name, kind, _)) in enumerate(zip(categories, words.EXPENSE_CATEGORIES, strict=True)):
        if index % 6 == 4:
            continue
        row = {
            "key": f"x-{index + 1:02d}",
            "name": name,
            "code": f"EXP{index + 1:02d}",
            "active": truth(usable(category)),
        }
        row |= {"type": kind, "cost": "0.67" if kind == "M" else "", "currency": "USD"}
        workspace.add("expense_item", row, category)


def add_vendors(workspace: Workspace, suppliers: list[Row]) -> None:
    for index, supplier in enumerate(suppliers):
        if index % 4 == 3:
            continue
        row = {"key": f"v-{index + 1:02d}", "name": supplier["entityid"], "currency": SYMBOLS[supplier["currency"]]}
        row |= {"email": supplier["email"], "active": truth(supplier["isinactive"] == "F")}
        workspace.add("vendor", row, supplier)


def add_contacts(workspace: Workspace, people: list[Row]) -> None:
    customer_keys = workspace.keys_of("customer")
    for index, person in enumerate(people):
        if person["company"] not in customer_keys or index % 2:
            continue
        row = {
            "key": f"ct-{index + 1:03d}",
            "name": person["entityid"],
            "first": person["firstname"],
            "last": person["lastname"],
            "email": person["email"],
            "customer": customer_keys[person["company"]],
        }
        workspace.add("contact", row, person)


def add_project_tasks(workspace: Workspace, draws: Draws) -> None:
    for index, project in enumerate(workspace.tables["project"]):
        for step in range(draws.whole(2, 4)):
            name = words.TASK_NAMES[(index + step * 5) % len(words.TASK_NAMES)]
            row = {
                "key": f"k-{len(workspace.tables.get('project_task', ())) + 1:04d}",
                "name": name,
                "project": project["key"],
                "starts": project["start_date"],
                "planned_hours": f"{draws.whole(1, 30) * 4}.00",
                "closed": truth(step == 3 and index % 5 == 0),
                "non_billable": truth(name in {"Steering committee", "Documentation"}),
            }
            workspace.add("project_task", row)


@dataclass(frozen=True, slots=True, kw_only=True)
class Playground:
    """What approved work may point at: records that both sides know, active and marked in NetSuite."""

    employees: list[Row]
    projects: dict[str, list[Row]]  # by subsidiary id; running the whole time
    services: list[Row]
    hourly_services: list[Row]
    expense_items: list[Row]


def playground_of(workspace: Workspace) -> Playground:
    def shared(table: str) -> list[Row]:
        return [row for row in workspace.tables[table] if row["key"] in workspace.netsuite]

    def ready(table: str) -> list[Row]:
        return [row for row in shared(table) if usable(workspace.netsuite[row["key"]])]

    customers = {row["key"] for row in ready("customer")}
    projects: dict[str, list[Row]] = {"1": [], "2": []}
    for row in ready("project"):
        job = workspace.netsuite[row["key"]]
        running = job["enddate"] == "" and row["start_date"] <= RUNNING_SINCE.isoformat()
        if running and row["customer"] in customers:
            projects[job["subsidiary"]].append(row)
    sold = {str(201 + index) for index in range(words.PURCHASED_FROM)}
    services = [row for row in ready("service") if workspace.netsuite[row["key"]]["id"] in sold]
    return Playground(
        employees=ready("employee"),
        projects=projects,
        services=services,
        hourly_services=[row for row in services if "per hour" in workspace.netsuite[row["key"]]["description"]],
        expense_items=ready("expense_item"),
    )
