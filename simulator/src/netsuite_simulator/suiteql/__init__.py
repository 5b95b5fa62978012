"""SuiteQL: parsed and checked by the account's schema, compiled to SQLite, answered in pages of texts."""

from netsuite_simulator.suiteql.errors import QueryError
from netsuite_simulator.suiteql.execution import PAGE_ROWS, QUERY_ROWS, Page, Suiteql

__all__ = ["PAGE_ROWS", "QUERY_ROWS", "Page", "QueryError", "Suiteql"]
