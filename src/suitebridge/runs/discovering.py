"""Discovers what record types are made of in the account, type by type, and finds what drifted from under the mappings (quality.md F39, U14, U15).

Lazy: a type is asked for when somebody needs it. What a role may not see is told, and the rest goes on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping

from suitebridge.domain.drift import custom_fields, drifted
from suitebridge.domain.error_rows import ErrorClass
from suitebridge.domain.errors import Problem, RunStoppedError, SuiteBridgeError
from suitebridge.domain.field_snapshots import Surveyed
from suitebridge.domain.flow.mapping import DRIFTED
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.netsuite import NetSuiteGateway
from suitebridge.runs.transfers import Transfer

AGE_AT_START_SECONDS = 60.0
"""How old a description may be when a run begins: its workflows share one answer for each type."""

AGE_TO_SHOW_SECONDS = 3600.0
"""How old a description may be that somebody looks at."""

_EVERYWHERE = frozenset({ErrorClass.CREDENTIALS, ErrorClass.NETWORK, ErrorClass.THROTTLE})
"""What is as true of the next record type as of this one."""

_LOG = logging.getLogger(__name__)


def survey(
    gateway: NetSuiteGateway,
    workflows: Mapping[str, Workflow],
    record_types: Iterable[str],
    *,
    is_fresh: bool,
    types: Mapping[str, RecordSchema] = NETSUITE_TYPES,
) -> Iterator[Surveyed]:
    """Describe record types one by one, each when it is done; whoever stops listening stops the survey. `types` say what mappings expect.

    Where NetSuite cannot be reached, or lets nobody in, the rest is not asked for: each type is told to have the same problem.
    """
    stopped: Problem | None = None
    for record_type in record_types:
        if stopped is not None:
            yield Surveyed(record_type=record_type, fields=(), read_at=None, problem=stopped, drifts=())
            continue
        using = [(one, custom_fields(one)[1]) for one in workflows.values() if custom_fields(one)[0] == record_type]
        try:
            found = gateway.discover(record_type, max_age_seconds=0.0 if is_fresh else AGE_TO_SHOW_SECONDS)
        except SuiteBridgeError as error:
            yield Surveyed(record_type=record_type, fields=(), read_at=None, problem=error.problem, drifts=())
            stopped = error.problem if error.problem.row.error_class in _EVERYWHERE else None
            continue
        yield Surveyed(
            record_type=record_type,
            fields=tuple(found.fields),
            read_at=found.read_at,
            problem=None,
            drifts=tuple(
                (one.name, drift) for one, names in using for drift in drifted(record_type, names, found.fields, types)
            ),
        )


def refuse_drift(transfer: Transfer) -> None:
    """Raise `RunStoppedError` NS-FLD-002 where custom fields of a workflow drifted: nothing of it is read or written, and nothing nulled.

    A description that cannot be had stops nothing: what is then missing is told by the first request that needs it.
    """
    record_type, names = custom_fields(transfer.workflow)
    if not names:
        return
    try:
        found = transfer.gateway.discover(record_type, max_age_seconds=AGE_AT_START_SECONDS)
    except SuiteBridgeError as error:
        _LOG.warning("The fields of %s could not be looked at: %s", record_type, error)
        return
    drifts = drifted(record_type, names, found.fields, {record_type: _netsuite_side(transfer)})
    if drifts:
        facts = {"workflow": transfer.workflow.title, "said": "; ".join(one.said for one in drifts)}
        raise RunStoppedError(Problem(code=DRIFTED, facts=facts))


def _netsuite_side(transfer: Transfer) -> RecordSchema:
    return transfer.source if transfer.workflow.direction is Direction.IMPORT else transfer.target
