"""Billable time and costs on invoices and cash sales: which may be billed, what they cost, and that each is billed once.

Reference §9.7 (an invoice's time list has `doc`, the time bill; applying marks the time as billed), §4.13 (an invoice for a
customer lists what is billable), connector's §5.5 (`doc` and `line` of an expense report or a bill). Assumed: only rows
of the customer or of one of its projects, marked billable and billed nowhere else, may be applied; time bills that an
invoice has billed say "Billed" and stay as they are until it lets go of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.drafts import Change, Draft, World
from netsuite_simulator.links import Link, LinkType, replace_links
from netsuite_simulator.results import Rejection
from netsuite_simulator.rules.amounts import number, rounded, rounding
from netsuite_simulator.rules.documents import applied
from netsuite_simulator.rules.parties import customer_of
from netsuite_simulator.rules.times import BILLED
from netsuite_simulator.schemas.lists import TIME_APPROVAL
from netsuite_simulator.shelves import Line, Stored, Values
from netsuite_simulator.tables import BILLED_TABLE

LISTS = ("time", "expCost", "itemCost")
_LABELS = {one.id: one.label for one in TIME_APPROVAL}
_ENTITIES = "(SELECT ? UNION SELECT id FROM job WHERE customer = ?)"

_TIME = (
    "SELECT t.id, 0, t.trandate, e.entityid, i.itemid, j.companyname, t.hours, t.rate, t.memo, t.customer, t.isbillable"
    " FROM timebill t LEFT JOIN employee e ON e.id = t.employee LEFT JOIN item i ON i.id = t.item"
    " LEFT JOIN job j ON j.id = t.customer WHERE "
)
_COST = (
    'SELECT l."transaction", l.x_line, t.trandate, e.entityid, COALESCE(c.name, i.itemid), j.companyname,'
    " l.quantity, COALESCE(l.netamount, l.foreignamount), l.memo, l.entity, l.isbillable"
    ' FROM transactionline l JOIN "transaction" t ON t.id = l."transaction" LEFT JOIN employee e ON e.id = t.entity'
    " LEFT JOIN expensecategory c ON c.id = l.category LEFT JOIN item i ON i.id = l.item"
    " LEFT JOIN job j ON j.id = l.entity WHERE "
)
_OF_EXPENSES = "t.type IN ('ExpRept', 'VendBill') AND l.x_list = 'expense'"
_OF_ITEMS = "t.type IN ('VendBill', 'PurchOrd') AND l.x_list = 'item'"
_ONE = MappingProxyType(
    {
        "time": f"{_TIME} t.id = ? AND ? = 0",
        "expCost": f'{_COST} {_OF_EXPENSES} AND l."transaction" = ? AND l.x_line = ?',
        "itemCost": f'{_COST} {_OF_ITEMS} AND l."transaction" = ? AND l.x_line = ?',
    }
)
_ALL = MappingProxyType(
    {
        "time": f"{_TIME} t.isbillable = 'T' AND t.customer IN {_ENTITIES}",
        "expCost": f"{_COST} {_OF_EXPENSES} AND l.isbillable = 'T' AND l.entity IN {_ENTITIES}",
        "itemCost": f"{_COST} {_OF_ITEMS} AND t.type = 'VendBill' AND l.isbillable = 'T' AND l.entity IN {_ENTITIES}",
    }
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """A time bill, or a line of a report or bill, that may be billed."""

    list: str
    doc: int
    line: int
    entity: str | None
    is_billable: bool
    facts: Mapping[str, object]
    rate: Decimal | None
    quantity: Decimal | None
    amount: Decimal | None


def _cost(name: str, row: tuple[object, ...]) -> Cost:
    quantity, value = (None if one is None else Decimal(str(one)) for one in row[6:8])
    is_time = name == "time"
    shown = {"employeeDisp": row[3], "itemDisp": row[4], "categoryDisp": row[4], "jobDisp": row[5], "memo": row[8]}
    return Cost(
        list=name,
        doc=int(str(row[0])),
        line=int(str(row[1] or 0)),
        entity=None if row[9] is None else str(row[9]),
        is_billable=row[10] == "T",
        facts={name_of: str(one) for name_of, one in shown.items() if one is not None},
        rate=value if is_time else None,
        quantity=quantity,
        amount=None if is_time else value,
    )


def cost_of(world: World, name: str, line: Line) -> Cost | None:
    """Find what a row of a list of costs is about."""
    doc, number_of = line.get("doc"), 0 if name == "time" else line.get("line", 1)
    if not isinstance(doc, int) or not isinstance(number_of, int):
        return None
    row = world.row(_ONE[name], (doc, number_of))
    return None if row is None else _cost(name, row)


def billable_to(world: World, name: str, customer: str) -> list[Cost]:
    """List what may be billed to a customer and its projects and is not billed yet."""
    found = [_cost(name, row) for row in world.rows(_ALL[name], (customer, customer))]
    return [one for one in found if biller_of(world, one) is None]


def biller_of(world: World, cost: Cost) -> int | None:
    """Return the invoice or cash sale that has billed a cost."""
    sql = f"SELECT biller FROM {BILLED_TABLE} WHERE list = ? AND doc = ? AND line = ?"  # noqa: S608 - our own name
    row = world.row(sql, (_family(cost.list), cost.doc, cost.line))
    return None if row is None else int(str(row[0]))


def _family(name: str) -> str:
    return name if name == "time" else "cost"


def filled(cost: Cost, line: Line, fields: frozenset[str], places: Decimal) -> Line:
    """Complete a row from what it bills: names, quantity, rate, amount; what the row says itself stands."""
    facts: Line = {"doc": cost.doc, "line": cost.line, **cost.facts}
    rate = number(line.get("rate")) or cost.rate
    if cost.list == "time" and cost.quantity is not None:
        minutes = int((cost.quantity * 60).to_integral_value())
        facts["quantity"] = f"{minutes // 60}:{minutes % 60:02d}"
        if rate is not None:
            facts |= {"rate": rate, "amount": rounded(cost.quantity * rate, places)}
    elif cost.amount is not None:
        facts |= {"originalAmount": cost.amount, "cost": cost.amount, "amount": rounded(cost.amount, places)}
        if cost.list == "itemCost" and cost.quantity is not None:
            facts["quantity"] = str(cost.quantity)
    return {**{name: value for name, value in facts.items() if name in fields}, **line}


def complete_billables(draft: Draft) -> None:
    """Complete the rows of time and costs that the caller named."""
    for name in LISTS:
        if name not in draft.given or not draft.rows(name):
            continue
        places = rounding(draft, draft.text("currency"))
        fields = frozenset(draft.shelf.sublists[name].encoders)
        rows = []
        for line in draft.rows(name):
            cost = cost_of(draft.world, name, line)
            rows.append({"apply": True, **(line if cost is None else filled(cost, line, fields, places))})
        draft.keep_rows(name, rows)


def check_billables(draft: Draft) -> Rejection | None:
    """Refuse what is not billable to the customer, and what another transaction has billed."""
    own = 0 if draft.current is None else int(draft.current.id)
    entity = draft.text("entity")
    for name in LISTS:
        if name not in draft.given:
            continue
        for index, line in enumerate(draft.rows(name)):
            if line.get("apply") is False:
                continue
            cost = cost_of(draft.world, name, line)
            is_right = cost is not None and cost.is_billable and _is_for(draft.world, cost, entity)
            if cost is None or not is_right or biller_of(draft.world, cost) not in (None, own):
                return Rejection(
                    code="INVALID_KEY_OR_REF",
                    message=f"Invalid doc reference key {line.get('doc')} for entity {entity}.",
                    field=name,
                    path=f"{name}.items[{index}].doc",
                )
    return None


def _is_for(world: World, cost: Cost, entity: str | None) -> bool:
    return cost.entity is not None and customer_of(world, cost.entity) == customer_of(world, entity)


def bill(change: Change) -> None:
    """Mark what an invoice bills, free what it bills no more, and link costs to it."""
    before, after = _billed(change.before), _billed(change.after)
    if before == after:
        return
    world = change.world
    world.execute(f"DELETE FROM {BILLED_TABLE} WHERE biller = ?", (change.id,))  # noqa: S608 - our own name
    insert = f"INSERT OR REPLACE INTO {BILLED_TABLE} (list, doc, line, biller) VALUES (?, ?, ?, ?)"  # noqa: S608
    for name, doc, line in after:
        world.execute(insert, (_family(name), doc, line, change.id))
    for name, doc, _ in sorted(before ^ after):
        if name == "time":
            _show_time(world, doc, is_billed=(name, doc, 0) in after)
    links = [
        Link(type=LinkType.REIMBURSED, previous=doc, previous_line=line) for name, doc, line in after if name != "time"
    ]
    replace_links(world, change.id, (LinkType.REIMBURSED,), links)


def _billed(values: Values) -> set[tuple[str, int, int]]:
    found = set()
    for name in LISTS:
        rows = values.get(name)
        for line in applied(rows) if isinstance(rows, list) else ():
            doc, number_of = line.get("doc"), line.get("line")
            if isinstance(doc, int):
                found.add((name, doc, number_of if isinstance(number_of, int) and name != "time" else 0))
    return found


def _show_time(world: World, doc: int, *, is_billed: bool) -> None:
    row = world.row("SELECT approvalstatus FROM timebill WHERE id = ?", (doc,))
    if row is not None:
        status = BILLED if is_billed else _LABELS.get(str(row[0]), "Open")
        world.execute(
            "UPDATE timebill SET status = ?, lastmodifieddate = ? WHERE id = ?", (status, world.second_text(), doc)
        )


def check_deletion(world: World, record: Stored) -> Rejection | None:
    """Refuse to delete time, or a transaction with costs, that an invoice has billed."""
    family = "time" if record.type.name == "timeBill" else "cost" if record.type.table == "transaction" else None
    if family is None:
        return None
    sql = f"SELECT biller FROM {BILLED_TABLE} WHERE list = ? AND doc = ? LIMIT 1"  # noqa: S608 - our own name
    row = world.row(sql, (family, int(record.id)))
    if row is None:
        return None
    return Rejection(
        code="CANT_DELETE_CHILD_RCRD_FOUND",
        message=f"This record cannot be deleted because transaction {row[0]} has billed it. Delete that one first.",
    )
