"""What posted transactions come to by account, period and whatever else they are summed by (reference §4.17).

The account keeps no ledger of its own: postings are read from posted transactions, each a sum of zero. Lines go to their
own account, to that of their category or of their item, the total to the transaction's account or to the first one of
receivables or payables; what has no account of its own here (tax, discounts, billed costs, customers' deposits, undeposited
funds) posts to none. Amounts are in the base currency, debits above zero. All of it is assumed. Refuses to know doors and
to write.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from netsuite_simulator.books import Books
from netsuite_simulator.results import Grants

# What postings are summed by, in the order of the SOAP schema, and the columns behind.
DIMENSIONS: Mapping[str, str] = MappingProxyType(
    {
        "period": "period",
        "account": "account",
        "parentItem": "parentitem",
        "item": "item",
        "entity": "entity",
        "department": "department",
        "class": "class",
        "location": "location",
        "subsidiary": "subsidiary",
        "book": "book",
    }
)
_CENT = Decimal("0.01")
_POSTINGS = """
WITH posted AS (
  SELECT id, type, postingperiod AS period, entity, x_subsidiary AS subsidiary, x_department AS department,
    x_class AS class, x_location AS location, COALESCE(exchangerate, 1) AS rate, x_account AS own,
    COALESCE(x_aracct, (SELECT MIN(id) FROM account WHERE accttype = 'AcctRec')) AS receivable,
    COALESCE(x_apacct, (SELECT MIN(id) FROM account WHERE accttype = 'AcctPay')) AS payable,
    COALESCE(foreigntotal, x_payment, 0) * COALESCE(exchangerate, 1) AS total
  FROM "transaction" WHERE posting = 'T' AND COALESCE(voided, 'F') <> 'T' AND {seen}
), side (type, sign, target) AS (
  VALUES ('CustInvc', 1, 'receivable'), ('CustCred', -1, 'receivable'), ('CashSale', 1, 'own'),
    ('VendBill', -1, 'payable'), ('VendCred', 1, 'payable'), ('ExpRept', -1, 'payable'),
    ('CustPymt', 1, 'own'), ('CustPymt', -1, 'paid'), ('CustDep', 1, 'own'), ('DepAppl', -1, 'paid'),
    ('CustRfnd', -1, 'own'), ('CustRfnd', 1, 'paid'), ('VendPymt', -1, 'own'), ('VendPymt', 1, 'settled')
), of_line AS (
  SELECT p.id AS document, p.period, COALESCE(l.expenseaccount, c.expenseaccount,
      CASE WHEN p.type IN ('CustInvc', 'CashSale', 'CustCred') THEN i.incomeaccount ELSE i.expenseaccount END) AS account,
    i.parent AS parentitem, l.item, COALESCE(l.entity, p.entity) AS entity, COALESCE(l.department, p.department) AS
    department, COALESCE(l.class, p.class) AS class, COALESCE(l.location, p.location) AS location, p.subsidiary,
    CASE WHEN p.type = 'Journal' THEN l.foreignamount * p.rate
      WHEN p.type IN ('CustInvc', 'CashSale', 'VendCred') THEN -l.netamount ELSE l.netamount END AS amount
  FROM posted p JOIN transactionline l ON l."transaction" = p.id AND l.mainline = 'F'
    LEFT JOIN item i ON i.id = l.item LEFT JOIN expensecategory c ON c.id = l.category
  WHERE p.type = 'Journal' OR p.type IN (SELECT type FROM side)
), of_total AS (
  SELECT p.id AS document, p.period, CASE s.target WHEN 'own' THEN p.own WHEN 'paid' THEN p.receivable
      WHEN 'settled' THEN p.payable WHEN 'receivable' THEN COALESCE(p.own, p.receivable)
      ELSE COALESCE(p.own, p.payable) END AS account,
    NULL AS parentitem, NULL AS item, p.entity, p.department, p.class, p.location, p.subsidiary, s.sign * p.total AS amount
  FROM posted p JOIN side s ON s.type = p.type
), known AS (
  SELECT * FROM of_line WHERE amount IS NOT NULL UNION ALL SELECT * FROM of_total
), posting AS (
  SELECT known.*, 1 AS book FROM known
  UNION ALL
  SELECT p.id, p.period, NULL, NULL, NULL, p.entity, p.department, p.class, p.location, p.subsidiary, -sums.amount, 1
  FROM (SELECT document, SUM(amount) AS amount FROM known GROUP BY document HAVING ABS(SUM(amount)) >= 0.005) sums
    JOIN posted p ON p.id = sums.document
)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSum:
    """What postings that agree in every field asked for come to; `ids` are internal ids, by field, of those that have one."""

    ids: Mapping[str, str]
    amount: Decimal


def sums_of(
    books: Books, fields: Sequence[str], filters: Mapping[str, Sequence[str]], role: Grants | None
) -> list[PostingSum]:
    """Sum the postings a role may see by `fields`, those alone whose internal ids the filters name."""
    columns = [column for name, column in DIMENSIONS.items() if name in fields]
    chosen = {DIMENSIONS[name]: list(ids) for name, ids in filters.items()}
    where = " AND ".join(f"{name} IN ({', '.join('?' * len(ids))})" for name, ids in chosen.items()) or "1"
    restriction = None if role is None else role.restriction(books.tables["transaction"], books.tables)
    listed = ", ".join(columns)
    picked = ", ".join((*columns, "SUM(amount)"))
    grouped = f"GROUP BY {listed} ORDER BY {listed}" if columns else "HAVING COUNT(*) > 0"
    query = f"{_POSTINGS.replace('{seen}', restriction or '1')}SELECT {picked} FROM posting WHERE {where} {grouped}"  # noqa: S608 - the schema's own names
    rows = books.connection.execute(query, [int(one) for ids in chosen.values() for one in ids]).fetchall()
    names = [name for name in DIMENSIONS if name in fields]
    return [
        PostingSum(
            ids={name: str(value) for name, value in zip(names, row[:-1], strict=True) if value is not None},
            amount=Decimal(str(row[-1])).quantize(_CENT) + 0,
        )
        for row in rows
    ]
