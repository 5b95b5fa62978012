"""Agreements of the store in memory."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.bindings import BindingState
from suitebridge.domain.conditions import Condition

if TYPE_CHECKING:
    from tests.fakes.store import MemoryStore


class MemoryAgreements:
    """The agreements of one company."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    def of(self, workflow: str, workspace_ids: Sequence[str]) -> Mapping[str, Agreement]:
        kept = self._store.state.agreements
        keys = {one: (self._store.account, workflow, one) for one in workspace_ids}
        return {one: kept[key] for one, key in keys.items() if key in kept}

    def moved_on(
        self,
        workflow: str,
        pair: tuple[str, str],
        condition: Condition | None,
        *,
        after_id: str,
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        found = []
        for record_id, version in self._store.records.select(pair[0], condition, after_id=after_id, limit=1_000_000):
            binding = self._store.state.bindings.get((self._store.account, *pair, record_id))
            agreed = self.of(workflow, [record_id]).get(record_id)
            is_linked = binding is not None and binding.state is BindingState.BOUND and binding.netsuite_id
            if is_linked and (agreed is None or agreed.version != version):
                found.append((record_id, version))
        return found[:limit]
