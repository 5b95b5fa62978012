"""Carries a configuration from one company to another: the records that it names by id are named by external id on the way, and found again.

A sandbox account is a copy of production, and so are the external ids of its records; internal ids that were given since are not. It knows no file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from suitebridge.administration.configuring import ConfigurationDesk
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.overrides import Configuration
from suitebridge.domain.promoting import BY_EXTERNAL_ID, Named, named_in, renamed
from suitebridge.domain.records import System
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.ports.netsuite import NetSuiteGateway, ReadRequest

_KEY = "load_key"
_MOST_TOLD = 20


def portable(
    desk: ConfigurationDesk, configuration: Configuration, open_gateway: Callable[[], NetSuiteGateway]
) -> Configuration:
    """Name every record by its external id. Raise `RecordRefusedError` SB-CFG-030 with those that have none; NetSuite is asked only where one of its records is named."""
    wanted = [one for one in _named(desk, configuration) if not one.value.startswith(BY_EXTERNAL_ID)]

    def ask(system: System, record_type: str, ids: Sequence[str]) -> Mapping[str, str]:
        if system is System.WORKSPACE:
            records = desk.store.records.fetch(record_type, ids, (_KEY,))
            return {one.id: f"{BY_EXTERNAL_ID}{one.fields[_KEY]}" for one in records if one.fields[_KEY]}
        request = ReadRequest(record_type=record_type, fields=("externalId",), ids=tuple(ids), limit=len(ids))
        page = open_gateway().fetch(request)
        return {
            one.id: f"{BY_EXTERNAL_ID}{one.fields['externalId']}" for one in page.records if one.fields["externalId"]
        }

    return _swapped(desk, configuration, wanted, ask)


def settled(
    desk: ConfigurationDesk, configuration: Configuration, open_gateway: Callable[[], NetSuiteGateway]
) -> Configuration:
    """Find the records that are named by external id in this company. Raise `RecordRefusedError` SB-CFG-030 with those that are not here."""
    wanted = [one for one in _named(desk, configuration) if one.value.startswith(BY_EXTERNAL_ID)]

    def ask(system: System, record_type: str, names: Sequence[str]) -> Mapping[str, str]:
        keys = [one.removeprefix(BY_EXTERNAL_ID) for one in names]
        if system is System.WORKSPACE:
            known = desk.store.records.find(record_type, _KEY, keys)
            found = {key: ids[0] for key, ids in known.items() if len(ids) == 1}
        else:
            found = dict(open_gateway().find_by_external_ids(record_type, keys))
        return {f"{BY_EXTERNAL_ID}{key}": id_ for key, id_ in found.items()}

    return _swapped(desk, configuration, wanted, ask)


def _named(desk: ConfigurationDesk, configuration: Configuration) -> Sequence[Named]:
    return named_in(configuration, desk.shipped, desk.store.schemas())


def _swapped(
    desk: ConfigurationDesk,
    configuration: Configuration,
    wanted: Sequence[Named],
    ask: Callable[[System, str, Sequence[str]], Mapping[str, str]],
) -> Configuration:
    """Ask for all records of a type in one go, and put in what was answered."""
    by_type: dict[tuple[System, str], dict[str, None]] = {}
    for one in wanted:
        by_type.setdefault((one.system, one.record_type), {})[one.value] = None
    answers = {key: ask(*key, tuple(values)) for key, values in by_type.items() if _is_known(*key)}
    lost = [one for one in wanted if one.value not in answers.get((one.system, one.record_type), {})]
    if lost:
        told = list(dict.fromkeys(one.told for one in lost))
        more = f"; and {len(told) - _MOST_TOLD} more" if len(told) > _MOST_TOLD else ""
        facts = {"said": f"{'; '.join(told[:_MOST_TOLD])}{more}"}
        raise RecordRefusedError(Problem(code="SB-CFG-030", facts=facts))

    def swap(named: Named) -> str:
        return answers.get((named.system, named.record_type), {}).get(named.value, named.value)

    return renamed(configuration, desk.shipped, desk.store.schemas(), swap)


def _is_known(system: System, record_type: str) -> bool:
    return record_type in (NETSUITE_TYPES if system is System.NETSUITE else WORKSPACE_TYPES)
