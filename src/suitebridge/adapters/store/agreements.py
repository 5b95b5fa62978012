"""What both sides held when an export last made them alike, within the NetSuite account of the company's connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from suitebridge.adapters.store.bindings import account_of
from suitebridge.adapters.store.databases import Cell
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.selection import Selection
from suitebridge.adapters.store.texts import number_of
from suitebridge.domain.agreements import Agreement, Side
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.conditions import Condition

_TABLE: Final = "store_agreement"
_KEY: Final = ("account_id", "workflow", "workspace_id")
_VALUES: Final = ("version", "shown", "sending", "clash", "keeps")
_UPSERT: Final = f"ON CONFLICT (company_id, {', '.join(_KEY)}) DO UPDATE SET " + ", ".join(
    f"{column} = excluded.{column}" for column in _VALUES
)
_LINKED: Final = (
    "JOIN store_binding b ON b.company_id = r.company_id AND b.account_id = %s AND b.workspace_type = r.type"
    " AND b.netsuite_type = %s AND b.workspace_id = CAST(r.number AS TEXT) AND b.state = %s AND b.netsuite_id IS NOT NULL"
    " LEFT JOIN store_agreement a ON a.company_id = r.company_id AND a.account_id = %s AND a.workflow = %s"
    " AND a.workspace_id = b.workspace_id"
)


class StoredAgreements:
    """The agreements of one company; implements `ports.agreements.Agreements`."""

    def __init__(self, scope: CompanyScope) -> None:
        self._scope = scope

    def of(self, workflow: str, workspace_ids: Sequence[str]) -> Mapping[str, Agreement]:
        """Give a workflow's agreements by workspace id."""
        among, parameter = self._scope.among_texts("r.workspace_id", workspace_ids)
        rows = self._scope.select(
            _TABLE,
            ", ".join(f"r.{name}" for name in ("workspace_id", *_VALUES)),
            where=f"r.account_id = %s AND r.workflow = %s AND {among}",
            parameters=(account_of(self._scope), workflow, parameter),
        )
        return {str(row[0]): _agreement(workflow, row) for row in rows}

    def moved_on(
        self,
        workflow: str,
        pair: tuple[str, str],
        condition: Condition | None,
        *,
        after_id: str,
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        """Give (id, version) of linked records that were changed since they were agreed on, in numeric order of id."""
        workspace_type, netsuite_type = pair
        account = account_of(self._scope)
        selection = Selection(self._scope, workspace_type, condition)
        rows = self._scope.select(
            "store_record",
            "r.number, r.revision",
            joins=f"{_LINKED} {selection.joins}",
            joined=(account, netsuite_type, BindingState.BOUND.value, account, workflow),
            where="r.type = %s AND r.number > %s AND (a.version IS NULL OR a.version <> CAST(r.revision AS TEXT))"
            f" AND ({selection.where or '1 = 1'})",
            parameters=(workspace_type, number_of(after_id) or 0, *selection.parameters),
            tail=f"ORDER BY r.number LIMIT {int(limit)}",
        )
        return [(str(number), str(revision)) for number, revision in rows]


def save(scope: CompanyScope, agreements: Sequence[Agreement]) -> None:
    """Insert or replace agreements."""
    account = account_of(scope)
    rows = {
        (one.workflow, one.workspace_id): (
            account,
            one.workflow,
            one.workspace_id,
            one.version,
            _text(one.shown),
            _text(one.sending),
            one.clash,
            one.keeps.value if one.keeps is not None else "",
        )
        for one in agreements
    }
    scope.insert(_TABLE, (*_KEY, *_VALUES), list(rows.values()), conflict=_UPSERT)


def _text(marks: Mapping[str, str]) -> str:
    return msgspec.json.encode(dict(sorted(marks.items()))).decode()


def _agreement(workflow: str, row: tuple[Cell, ...]) -> Agreement:
    own, version, shown, sending, clash, keeps = map(str, row)
    return Agreement(
        workflow=workflow,
        workspace_id=own,
        version=version,
        shown=msgspec.json.decode(shown, type=dict[str, str]),
        sending=msgspec.json.decode(sending, type=dict[str, str]),
        clash=clash,
        keeps=Side(keeps) if keeps else None,
    )
