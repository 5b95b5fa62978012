"""The sealed secrets of the store in memory: there are none, since nothing is sealed there."""

from __future__ import annotations

from collections.abc import Mapping

from suitebridge.domain.people import Stamp


class MemorySecrets:
    """No secret is sealed."""

    def uses(self) -> Mapping[str, int]:
        return {}

    def rewrap_next(self, stamp: Stamp) -> bool:
        _ = stamp
        return False
