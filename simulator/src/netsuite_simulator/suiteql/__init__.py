"""SuiteQL: parsed and checked by the account's schema, compiled to SQLite, answered in pages of texts.

Answered: columns and aliases, `*`, every operator and function in `calls` and `expressions`, BUILTIN.DF, inner, left and
cross joins, subqueries, WITH, GROUP BY and HAVING, DISTINCT, set operations, ORDER BY, ROWNUM, FETCH FIRST, `?`.
Refused with a message: right and full joins, `(+)`, window functions, LISTAGG, regular expressions, number formats in
TO_CHAR, and everything that is not SELECT. Assumed, as nothing documents it: how DF shows a check box, and that
totalResults ends at the 100,000 rows that a query may return.
"""

from netsuite_simulator.suiteql.errors import QueryError
from netsuite_simulator.suiteql.execution import PAGE_ROWS, QUERY_ROWS, Page, Suiteql

__all__ = ["PAGE_ROWS", "QUERY_ROWS", "Page", "QueryError", "Suiteql"]
