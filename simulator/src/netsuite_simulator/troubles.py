"""What stands in the way of single records: locks that last, and what befalls the records of one request.

The account asks before every write with rules. Refuses to know how records are kept.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from netsuite_simulator.faults import Fault, FieldsDropped, RejectedRecords
from netsuite_simulator.results import Rejection
from netsuite_simulator.schemas.fields import RecordType

LOCKED = "This record is locked by a workflow."  # the code is NetSuite's (StatusDetailCodeType), the words are assumed


class Troubles:
    """The troubles of one account's records."""

    def __init__(self) -> None:
        self._locked: set[tuple[str, str]] = set()
        self._fault: Fault | None = None
        self._records = 0

    def lock(self, type_name: str, internal_id: str) -> None:
        """Lock a record: it can be read, and neither changed nor deleted."""
        self._locked.add((type_name, internal_id))

    def unlock(self, type_name: str, internal_id: str) -> None:
        """Let a record be changed again."""
        self._locked.discard((type_name, internal_id))

    @contextmanager
    def of_request(self, fault: Fault | None) -> Iterator[None]:
        """Let the records written inside meet a request's fault."""
        self._fault, self._records = fault, 0
        try:
            yield
        finally:
            self._fault = None

    def objection(
        self, record_type: RecordType, *, internal_id: str | None = None, external_id: str | None = None
    ) -> Rejection | None:
        """Return why a record may not be written now."""
        if internal_id is not None and (record_type.name, internal_id) in self._locked:
            return Rejection(code="RCRD_LOCKED_BY_WF", message=LOCKED)
        match self._fault:
            case RejectedRecords(every=every, external_ids=named, code=code, message=message):
                self._records += 1
                is_met = external_id in named if named else self._records % max(every, 1) == 0
                return Rejection(code=code, message=message) if is_met else None
            case _:
                return None

    def left_of(self, values: Mapping[str, object]) -> Mapping[str, object]:
        """Return the values that reach the record."""
        match self._fault:
            case FieldsDropped(fields=dropped):
                return {name: value for name, value in values.items() if name not in dropped}
            case _:
                return values
