"""Pairs of ids and watermarks, within the NetSuite account of the company's connection."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from suitebridge.adapters.store.databases import Cell, Row
from suitebridge.adapters.store.scope import CompanyScope
from suitebridge.adapters.store.texts import integer
from suitebridge.domain.bindings import IN_NETSUITE, Binding, BindingState

_KEY: Final = ("account_id", "workspace_type", "netsuite_type", "workspace_id")
_VALUES: Final = (
    "netsuite_id",
    "state",
    "workflow",
    "external_id",
    "source_version",
    "body_hash",
    "mapping_version",
    "attempt",
)
_UPSERT: Final = (
    "ON CONFLICT (company_id, account_id, workspace_type, netsuite_type, workspace_id) DO UPDATE SET "
    + ", ".join(f"{column} = excluded.{column}" for column in _VALUES)
)


def account_of(scope: CompanyScope) -> str:
    """Give the account id of the company's connection, "" when there is none."""
    rows = scope.select("store_connection", "r.account_id")
    return str(rows[0][0]) if rows else ""


def save(scope: CompanyScope, bindings: Sequence[Binding]) -> None:
    """Insert or replace bindings; a NetSuite id that was bound to another workspace record moves, its old binding goes (I2)."""
    account = account_of(scope)
    rows: dict[tuple[str, str, str], Row] = {}
    for binding in bindings:
        rows[binding.workspace_type, binding.netsuite_type, binding.workspace_id] = (
            account,
            binding.workspace_type,
            binding.netsuite_type,
            binding.workspace_id,
            binding.netsuite_id or None,
            binding.state.value,
            binding.workflow,
            binding.external_id,
            binding.source_version,
            binding.body_hash,
            binding.mapping_version,
            binding.attempt,
        )
    _release(scope, account, bindings)
    scope.insert("store_binding", (*_KEY, *_VALUES), list(rows.values()), conflict=_UPSERT)


def _release(scope: CompanyScope, account: str, bindings: Sequence[Binding]) -> None:
    """Remove bindings that hold a NetSuite id which now belongs to another workspace record."""
    for workspace_type, netsuite_type in dict.fromkeys((part.workspace_type, part.netsuite_type) for part in bindings):
        wanted = {
            part.netsuite_id: part.workspace_id
            for part in bindings
            if part.netsuite_id and (part.workspace_type, part.netsuite_type) == (workspace_type, netsuite_type)
        }
        among, parameter = scope.among_texts("r.netsuite_id", list(wanted))
        held = scope.select(
            "store_binding",
            "r.workspace_id, r.netsuite_id",
            where=f"r.account_id = %s AND r.workspace_type = %s AND r.netsuite_type = %s AND {among}",
            parameters=(account, workspace_type, netsuite_type, parameter),
        )
        losing = [str(own) for own, netsuite_id in held if wanted[str(netsuite_id)] != own]
        if losing:
            among, parameter = scope.among_texts("workspace_id", losing)
            scope.delete(
                "store_binding",
                where=f"account_id = %s AND workspace_type = %s AND netsuite_type = %s AND {among}",
                parameters=(account, workspace_type, netsuite_type, parameter),
            )


def in_netsuite(scope: CompanyScope, workspace_type: str, ids: Sequence[str]) -> frozenset[str]:
    """Say which workspace records NetSuite has, or may have, as whatever type."""
    among, parameter = scope.among_texts("r.workspace_id", ids)
    rows = scope.select(
        "store_binding",
        "r.workspace_id, r.state",
        where=f"r.account_id = %s AND r.workspace_type = %s AND {among}",
        parameters=(account_of(scope), workspace_type, parameter),
    )
    return frozenset(str(own) for own, state in rows if BindingState(str(state)) in IN_NETSUITE)


def read(
    scope: CompanyScope, workspace_type: str, netsuite_type: str, column: str, ids: Sequence[str]
) -> Mapping[str, Binding]:
    """Give bindings by workspace_id or by netsuite_id."""
    among, parameter = scope.among_texts(f"r.{column}", ids)
    rows = scope.select(
        "store_binding",
        ", ".join(f"r.{name}" for name in ("workspace_id", *_VALUES)),
        where=f"r.account_id = %s AND r.workspace_type = %s AND r.netsuite_type = %s AND {among}",
        parameters=(account_of(scope), workspace_type, netsuite_type, parameter),
    )
    found = [_binding(workspace_type, netsuite_type, row) for row in rows]
    return {(part.workspace_id if column == "workspace_id" else part.netsuite_id or ""): part for part in found}


def linked(
    scope: CompanyScope, workspace_type: str, netsuite_type: str, *, limit: int, after: str, state: BindingState
) -> Sequence[Binding]:
    """Give pairs in a state, by workspace id, of the account that the company's ids belong to."""
    accounts = scope.select("store_connection", "r.linked_account_id")
    rows = scope.select(
        "store_binding",
        ", ".join(f"r.{name}" for name in ("workspace_id", *_VALUES)),
        where="r.account_id = %s AND r.workspace_type = %s AND r.netsuite_type = %s AND r.state = %s AND r.netsuite_id IS NOT NULL AND r.workspace_id > %s",
        parameters=(str(accounts[0][0]) if accounts else "", workspace_type, netsuite_type, state.value, after),
        tail=f"ORDER BY r.workspace_id LIMIT {int(limit)}",
    )
    return [_binding(workspace_type, netsuite_type, row) for row in rows]


def _binding(workspace_type: str, netsuite_type: str, row: tuple[Cell, ...]) -> Binding:
    own, netsuite_id, state, workflow, external_id, source_version, body_hash, mapping_version, attempt = row
    return Binding(
        workspace_type=workspace_type,
        workspace_id=str(own),
        netsuite_type=netsuite_type,
        netsuite_id=None if netsuite_id is None else str(netsuite_id),
        state=BindingState(state),
        workflow=str(workflow),
        external_id=str(external_id),
        source_version=str(source_version),
        body_hash=str(body_hash),
        mapping_version=str(mapping_version),
        attempt=integer(attempt),
    )


def watermark(scope: CompanyScope, workflow: str) -> str:
    """Give the stored watermark of a workflow, "" before its first complete run."""
    rows = scope.select(
        "store_watermark",
        "r.since",
        where="r.account_id = %s AND r.workflow = %s",
        parameters=(account_of(scope), workflow),
    )
    return str(rows[0][0]) if rows else ""


def save_watermark(scope: CompanyScope, workflow: str, since: str) -> None:
    """Remember from where the next run of a workflow reads."""
    scope.insert(
        "store_watermark",
        ("account_id", "workflow", "since"),
        [(account_of(scope), workflow, since)],
        conflict="ON CONFLICT (company_id, account_id, workflow) DO UPDATE SET since = excluded.since",
    )
