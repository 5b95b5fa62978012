"""Write the demo firm's two folders, consultancy/netsuite and consultancy/workspace, the same bytes each time.

python demo/generate.py                 rewrite the folders beside this file
python demo/generate.py --check         say whether the folders hold what would be written; exit 1 if not
python demo/generate.py --into FOLDER   write them elsewhere
"""

from __future__ import annotations

import argparse
import filecmp
import sys
import tempfile
from pathlib import Path

from firm import activity, entities, lists, workspace
from firm.draws import Draws, Row, write_table

SEED = 20_260_601
SHIPPED = Path(__file__).parent / "consultancy"


def netsuite_tables() -> dict[str, list[Row]]:
    draws = Draws(SEED)
    names = entities.Names(draws=draws, taken=set())
    staff = entities.employees(draws, names)
    clients = entities.customers(draws, staff)
    jobs = entities.projects(draws, clients, staff)
    return {
        "subsidiary": lists.subsidiaries(),
        "currency": lists.currencies(draws),
        "customrecord_sb_cost_center": lists.cost_centers(),
        "customrecord_sb_rate_card": lists.rate_cards(),
        "department": lists.departments(draws),
        "classification": lists.classes(draws),
        "location": lists.locations(draws),
        "account": lists.accounts(draws),
        "accountingperiod": lists.accounting_periods(),
        "item": lists.service_items(draws),
        "expensecategory": lists.expense_categories(),
        "employee": staff,
        "customer": clients,
        "contact": entities.contacts(draws, names, clients),
        "vendor": entities.vendors(draws),
        "job": jobs,
        "projecttask": entities.project_tasks(draws, jobs),
    }


def workspace_tables(netsuite: dict[str, list[Row]]) -> dict[str, list[Row]]:
    draws = Draws(SEED + 1)
    store = workspace.Workspace()
    workspace.add_employees(store, netsuite["employee"])
    workspace.add_customers(store, netsuite["customer"])
    workspace.add_projects(store, netsuite["job"])
    workspace.add_services(store, netsuite["item"])
    workspace.add_expense_items(store, netsuite["expensecategory"])
    workspace.add_vendors(store, netsuite["vendor"])
    workspace.add_contacts(store, netsuite["contact"])
    workspace.add_project_tasks(store, draws)
    ground = workspace.playground_of(store)
    activity.add_timesheets(store, draws, ground)
    activity.add_expense_reports(store, draws, ground)
    activity.add_invoices(store, draws, ground)
    return store.tables


def write_firm(folder: Path) -> list[Path]:
    netsuite = netsuite_tables()
    written: list[Path] = []
    for side, tables in (("netsuite", netsuite), ("workspace", workspace_tables(netsuite))):
        for table, rows in tables.items():
            written.append(folder / side / f"{table}.csv")
            write_table(written[-1], rows)
    return written


def differing_files() -> list[str]:
    """Name the shipped files that are missing, superfluous or not what would be written."""
    with tempfile.TemporaryDirectory() as folder:
        fresh = {path.relative_to(folder) for path in write_firm(Path(folder))}
        shipped = {path.relative_to(SHIPPED) for path in SHIPPED.rglob("*.csv")}
        changed = {
            path for path in fresh & shipped if not filecmp.cmp(Path(folder) / path, SHIPPED / path, shallow=False)
        }
    return sorted(map(str, (fresh ^ shipped) | changed))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else None)
    parser.add_argument("--check", action="store_true", help="compare instead of writing")
    parser.add_argument("--into", type=Path, default=SHIPPED, help="the folder to write")
    arguments = parser.parse_args()
    if not arguments.check:
        sys.stdout.write(f"{len(write_firm(arguments.into))} files written to {arguments.into}\n")
        return 0
    differing = differing_files()
    for name in differing:
        sys.stdout.write(f"{name} is not what demo/generate.py writes; run `python demo/generate.py`\n")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main())
