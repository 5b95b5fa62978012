"""What the firm did: timesheets with entries, expense reports with receipts, invoices with charges.

Quantities are quarter hours or whole numbers and rates are chosen so that each total is exact in its currency.
"""

from __future__ import annotations

import datetime
from decimal import Decimal

from firm import words
from firm.draws import Draws, Row, truth
from firm.workspace import Playground, Workspace

APPROVED_ENTRIES, OTHER_ENTRIES = 20_000, 400
APPROVED_REPORTS, OTHER_REPORTS = 1_500, 40
RECEIPT_COUNTS = (1, 7, 2, 6, 3, 5, 4, 4)  # four on average: 6,000 receipts
APPROVED_INVOICES, OTHER_INVOICES = 700, 15
FIRST_MONDAY = datetime.date(2025, 12, 29)
WEEKS = 21
LAST_MONDAY = FIRST_MONDAY + datetime.timedelta(weeks=WEEKS)  # the week that is not approved yet
ACTIVE_FROM, ACTIVE_TO = datetime.date(2026, 1, 5), datetime.date(2026, 5, 22)
DISTANCE_COST = {"USD": "0.67", "EUR": "0.30", "GBP": "0.45", "JPY": "40"}


def money(amount: Decimal, currency: str) -> str:
    exact = amount.quantize(Decimal(1) if currency == "JPY" else Decimal("0.01"))
    if exact != amount:
        raise ValueError(f"{amount} {currency} is not exact to the minor unit")
    return str(exact)


def add_timesheets(workspace: Workspace, draws: Draws, ground: Playground) -> None:
    tasks: dict[str, list[Row]] = {}
    for task in workspace.tables["project_task"]:
        if task["closed"] == "false":
            tasks.setdefault(task["project"], []).append(task)
    people = [(person, _assignments(workspace, draws, ground, person)) for person in ground.employees]
    slots = [(week, person, projects) for week in range(WEEKS) for person, projects in people]
    written = 0
    for index, (week, person, projects) in enumerate(slots):
        share = APPROVED_ENTRIES * (index + 1) // len(slots) - written
        _add_timesheet(
            workspace,
            draws,
            ground,
            (FIRST_MONDAY + datetime.timedelta(weeks=week), "A", person, share),
            (projects, tasks),
        )
        written += share
    statuses = ("O", "S", "R", "S")
    for index in range(OTHER_ENTRIES // 5):
        person, projects = people[index]
        _add_timesheet(workspace, draws, ground, (LAST_MONDAY, statuses[index % 4], person, 5), (projects, tasks))


def _assignments(workspace: Workspace, draws: Draws, ground: Playground, person: Row) -> list[Row]:
    return draws.some(ground.projects[workspace.netsuite[person["key"]]["subsidiary"]], 4)


def _add_timesheet(
    workspace: Workspace,
    draws: Draws,
    ground: Playground,
    sheet: tuple[datetime.date, str, Row, int],
    work: tuple[list[Row], dict[str, list[Row]]],
) -> None:
    monday, status, person, entries = sheet
    sunday = monday + datetime.timedelta(days=6)
    key = f"ts-{len(workspace.tables.get('timesheet', ())) + 1:04d}"
    row = {
        "key": key,
        "name": f"{monday} to {sunday}",
        "employee": person["key"],
        "starts": str(monday),
        "ends": str(sunday),
    }
    approved = str(sunday + datetime.timedelta(days=draws.whole(1, 4))) if status == "A" else ""
    workspace.add("timesheet", row | {"status": status, "approved": approved})
    projects, tasks = work
    for index in range(entries):
        project = draws.pick(projects)
        task = draws.pick(tasks[project["key"]]) if project["key"] in tasks and draws.chance(0.8) else None
        billable = (task is None or task["non_billable"] == "false") and draws.chance(0.9)
        entry = {
            "key": f"t-{len(workspace.tables.get('time_entry', ())) + 1:05d}",
            "timesheet": key,
            "employee": person["key"],
            "project": project["key"],
            "project_task": task["key"] if task else "",
            "service": draws.pick(ground.hourly_services)["key"],
            "date": str(monday + datetime.timedelta(days=index % 5)),
            "hours": str(Decimal(draws.whole(2, 34)) / 4),
            "billable": truth(billable),
            "notes": draws.pick(words.NOTES) if draws.chance(0.6) else "",
        }
        workspace.add("time_entry", entry)


def add_expense_reports(workspace: Workspace, draws: Draws, ground: Playground) -> None:
    counts = draws.shuffled([RECEIPT_COUNTS[index % len(RECEIPT_COUNTS)] for index in range(APPROVED_REPORTS)])
    for count in counts:
        _add_report(workspace, draws, ground, "A", count)
    for index in range(OTHER_REPORTS):
        _add_report(workspace, draws, ground, ("O", "S", "R")[index % 3], 3)


def _add_report(workspace: Workspace, draws: Draws, ground: Playground, status: str, count: int) -> None:
    number = len(workspace.tables.get("expense_report", ())) + 1
    person = draws.pick(ground.employees)
    currency = person["currency"]
    filed = draws.day(ACTIVE_FROM, ACTIVE_TO)
    report = {
        "key": f"er-{number:04d}",
        "number": f"ER-26-{number:04d}",
        "name": f"{draws.pick(words.CITIES)}, {filed:%B %Y}",
        "employee": person["key"],
        "date": str(filed),
        "currency": currency,
        "status": status,
        "advance": money(Decimal(draws.whole(1, 4) * 100), currency) if draws.chance(0.05) else "",
        "notes": draws.pick(words.NOTES) if draws.chance(0.2) else "",
        "approved": str(filed + datetime.timedelta(days=draws.whole(1, 9))) if status == "A" else "",
    }
    workspace.add("expense_report", report)
    projects = ground.projects[workspace.netsuite[person["key"]]["subsidiary"]]
    for _ in range(count):
        _add_receipt(workspace, draws, report, draws.pick(projects), draws.pick(ground.expense_items))


def _add_receipt(workspace: Workspace, draws: Draws, report: Row, project: Row, item: Row) -> None:
    currency = report["currency"]
    if item["type"] == "M":
        quantity, cost = draws.whole(8, 480), Decimal(DISTANCE_COST[currency])
    else:
        quantity = draws.whole(2, 5) if draws.chance(0.15) else 1
        cost = Decimal(draws.whole(400, 60_000)) / (1 if currency == "JPY" else 100)
    receipt = {
        "key": f"r-{len(workspace.tables.get('receipt', ())) + 1:04d}",
        "expense_report": report["key"],
        "expense_item": item["key"],
        "project": project["key"],
        "date": str(datetime.date.fromisoformat(report["date"]) - datetime.timedelta(days=draws.whole(0, 4))),
        "quantity": str(quantity),
        "cost": money(cost, currency),
        "total": money(cost * quantity, currency),
        "currency": currency,
        "billable": truth(draws.chance(0.7)),
        "reimbursable": truth(draws.chance(0.93)),
        "notes": draws.pick(words.NOTES) if draws.chance(0.15) else "",
        "city": draws.pick(words.CITIES),
    }
    workspace.add("receipt", receipt)


def add_invoices(workspace: Workspace, draws: Draws, ground: Playground) -> None:
    projects = ground.projects["1"] + ground.projects["2"]
    for index in range(APPROVED_INVOICES + OTHER_INVOICES):
        project = draws.pick(projects)
        approved = index < APPROVED_INVOICES
        charges = [_charge(draws, ground, project) for _ in range(draws.whole(2, 6))]
        key = f"i-{index + 1:03d}"
        for charge in charges:
            number = len(workspace.tables.get("charge", ())) + 1
            workspace.add("charge", {"key": f"g-{number:04d}", "invoice": key} | charge)
        row = {
            "key": key,
            "number": f"INV-26-{index + 1:04d}",
            "customer": project["customer"],
            "project": project["key"],
            "date": str(draws.day(ACTIVE_FROM, ACTIVE_TO)),
            "currency": project["currency"],
            "status": "A" if approved else ("O", "S", "R")[index % 3],
            "terms": draws.pick(("Net 30", "Net 30", "Net 14", "Due on receipt", "")),
            "notes": draws.pick(("", "", "", "Thank you for your business", "PO 4711 / “Größe L”", "ご請求書")),
            "total": money(sum((Decimal(charge["total"]) for charge in charges), Decimal(0)), project["currency"]),
        }
        workspace.add("invoice", row)


def _charge(draws: Draws, ground: Playground, project: Row) -> Row:
    currency = project["currency"]
    scale = 100 if currency == "JPY" else 1
    kind = draws.pick("TTTTTOFEE")
    service = draws.pick(ground.hourly_services if kind == "T" else ground.services)
    item = ""
    match kind:
        case "T":
            quantity, rate = Decimal(draws.whole(4, 160)) / 4, Decimal(draws.whole(18, 52) * 5 * scale)
        case "E":
            service = next(row for row in ground.services if row["name"] == "Reimbursable Expenses")
            item = draws.pick(ground.expense_items)["key"]
            quantity, rate = Decimal(1), Decimal(draws.whole(900, 90_000)) / (1 if scale == 100 else 100)
        case _:
            quantity, rate = Decimal(draws.whole(1, 3)), Decimal(draws.whole(2, 120) * 50 * scale)
    return {
        "type": kind,
        "service": service["key"],
        "expense_item": item,
        "project": project["key"],
        "date": str(draws.day(ACTIVE_FROM, ACTIVE_TO)),
        "description": f"{service['name']} – {project['name']}",
        "quantity": str(quantity),
        "rate": money(rate, currency),
        "total": money(quantity * rate, currency),
    }
