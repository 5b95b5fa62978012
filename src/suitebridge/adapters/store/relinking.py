"""Carries what belongs to one NetSuite account over to a copy of it: stamps, bindings, agreements and open items. It refuses to guess what is a copy.

Watermarks stay behind: the copy was made at some moment before, so the first run reads everything anew.
"""

from __future__ import annotations

from typing import Final

from suitebridge.adapters.store.scope import CompanyScope

_FREE: Final = "NOT EXISTS (SELECT 1 FROM {table} o WHERE o.company_id = {table}.company_id AND {same})"
_STAMP: Final = ("type", "netsuite_id")
_PAIR: Final = ("workspace_type", "netsuite_type")
_ITEM: Final = ("workflow", "source_id")


def carry_over(scope: CompanyScope, *, before: str, to: str) -> int:
    """Let everything of one account count in another; what the other has already stays as it is. Give the number of stamps."""
    free_pair = f"{_free('store_binding', *_PAIR, 'workspace_id')} AND {_free('store_binding', *_PAIR, 'netsuite_id')}"
    _move(scope, "store_binding", free_pair, before=before, to=to)
    _move(scope, "store_agreement", _free("store_agreement", "workflow", "workspace_id"), before=before, to=to)
    _move(scope, "store_openitem", _free("store_openitem", *_ITEM), before=before, to=to)
    return scope.set(
        "store_record",
        "netsuite_account = %s",
        where=f"netsuite_account = %s AND netsuite_id IS NOT NULL AND {_free('store_record', *_STAMP, account='netsuite_account')}",
        parameters=(to, before, to),
    )


def adopt(scope: CompanyScope, account: str) -> None:
    """Let stamps that were entered before there was an account belong to the first one."""
    scope.set("store_record", "netsuite_account = %s", where="netsuite_account = ''", parameters=(account,))


def _move(scope: CompanyScope, table: str, free: str, *, before: str, to: str) -> None:
    doubled = (to,) * free.count("%s")
    scope.set(table, "account_id = %s", where=f"account_id = %s AND {free}", parameters=(to, before, *doubled))


def _free(table: str, *key: str, account: str = "account_id") -> str:
    """Write the condition that the other account has nothing of the same key; what has no NetSuite id is in nobody's way."""
    same = " AND ".join((f"o.{account} = %s", *(f"o.{name} = {table}.{name}" for name in key)))
    return _FREE.format(table=table, same=same)
