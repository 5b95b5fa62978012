"""What the use cases need of the agreements of exports that change what NetSuite holds. Saving is in `transactions`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from suitebridge.domain.agreements import Agreement
from suitebridge.domain.conditions import Condition


class Agreements(Protocol):
    """The agreements of one company within the NetSuite account of its connection."""

    def of(self, workflow: str, workspace_ids: Sequence[str]) -> Mapping[str, Agreement]:
        """Give a workflow's agreements by workspace id; a record that has none is left out."""
        ...

    def moved_on(
        self,
        workflow: str,
        pair: tuple[str, str],
        condition: Condition | None,
        *,
        after_id: str,
        limit: int,
    ) -> Sequence[tuple[str, str]]:
        """Give (id, version) of linked records that satisfy a condition and were changed since they were agreed on, or never were.

        `pair` is the workspace type and the NetSuite type. Ordered by id.
        """
        ...
