"""Finds out what the role of a token may do: doors, record types, custom fields, a record of each workflow, and rights beyond need.

An answer serves every line that it proves: where a workflow's own query is answered, its record type is readable and its fields exist.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TypeAlias

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.answering import Found, Prober
from suitebridge.adapters.netsuite.conversing import refusal_of
from suitebridge.adapters.netsuite.days import format_of
from suitebridge.adapters.netsuite.faults import Refusal, Turn, is_page, open_soap, rest_refusal
from suitebridge.adapters.netsuite.surveying import fields_of
from suitebridge.adapters.netsuite.tables import field_of, place_of
from suitebridge.adapters.netsuite.zones import read_offsets, select_offsets, zone_told
from suitebridge.adapters.transport import Answer, NotSent, Uncertain
from suitebridge.domain.checks import Check
from suitebridge.domain.drift import DriftKind, drifted
from suitebridge.domain.errors import Problem, SuiteBridgeError
from suitebridge.domain.rights import DOORS, OAUTH_DOORS, RIGHTS, Need, types_read
from suitebridge.domain.schemas import RecordSchema
from suitebridge.ports.netsuite import ReadRequest
from suitebridge.wire.http import Response
from suitebridge.wire.rest import catalog, suiteql, system
from suitebridge.wire.rest.json import UnreadableJsonError
from suitebridge.wire.soap import get_server_time
from suitebridge.wire.xml import UnreadableXmlError

Probe: TypeAlias = tuple[Check, str, str, tuple[str, ...], Callable[[], Found]]
"""A line: its check, part and title, the lines that must hold before it, and how it is tried."""

_SIGNED_IN = ("authentication",)
_DOORS = ("permissions:rest", "permissions:suiteql", "permissions:soap")


class Probes:
    """The lines about the role; each query is asked once."""

    def __init__(self, prober: Prober, needs: Sequence[Need]) -> None:
        self._prober = prober
        self._line = prober.line
        self._needs = tuple(needs)
        self._answers: dict[tuple[str, ...], Answer] = {}

    def now(self) -> Answer:
        """Ask for NetSuite's time: the first signed request."""
        return self._ask(("now",), queries.ASK_NOW)

    def lines(self) -> Iterator[Probe]:
        """List the lines in order."""
        types = types_read(self._needs)
        yield Check.PERMISSIONS, "rest", "The role may use REST web services", _SIGNED_IN, self._rest
        yield Check.PERMISSIONS, "suiteql", "The role may use SuiteQL", ("permissions:rest",), self._suiteql
        yield Check.PERMISSIONS, "soap", "The role may use SOAP web services", _SIGNED_IN, self._soap
        for name in types:
            title = f"{_plural(name)} can be read"
            yield Check.PERMISSIONS, name, title, ("permissions:suiteql",), self._bound(self._readable, name)
        yield (
            Check.PERMISSIONS,
            "surplus",
            "The role may do no more than is needed",
            ("permissions:rest",),
            self._surplus,
        )
        yield Check.FEATURES, "", "", _DOORS, self._bound(self._features, *types)
        yield from self._of_workflows()
        yield Check.CONCURRENCY, "", "", ("permissions:rest",), self._concurrency

    def _of_workflows(self) -> Iterator[Probe]:
        customized = [need for need in self._needs if need.custom_fields]
        for need in customized:
            title = f"{need.title}: the custom fields exist"
            yield Check.CUSTOM_FIELDS, need.workflow, title, _ground(need), self._bound(self._custom, need)
        if not customized:
            yield Check.CUSTOM_FIELDS, "", "", _SIGNED_IN, lambda: Found(said="no mapping uses one")
        for need in self._needs:
            title = f"{need.title}: a record can be read"
            yield Check.SAMPLES, need.workflow, title, _ground(need), self._bound(self._sample, need)
        if not self._needs:
            yield Check.SAMPLES, "", "", _SIGNED_IN, lambda: Found(said="no workflow is on")

    @staticmethod
    def _bound(act: Callable[..., Found], *given: object) -> Callable[[], Found]:
        return lambda: act(*given)

    # --- doors ---

    def _rest(self) -> Found:
        """Pass where SuiteQL answered, for it comes through REST; only otherwise ask REST itself, for what every role may ask.

        The time of REST's own is for administrators only (netsuite-api.md §5.12): another role's refusal would say nothing about REST.
        """
        if _is_good(self.now()):
            return Found(said="REST answered")
        answer = self._prober.send(self._line.read(system.CATALOG_PATH))
        refusal = rest_refusal(answer) if isinstance(answer, Response) else None
        if isinstance(answer, Response) and (refusal is None or refusal.turn is Turn.MALFORMED):
            return Found(said="REST answered")
        return self._prober.failed(answer, "REST web services", "REST Web Services")

    def _suiteql(self) -> Found:
        answer = self.now()
        if not isinstance(answer, Response) or answer.status != 200:
            return self._prober.failed(answer, "SuiteQL", "SuiteAnalytics Workbook")
        try:
            rows = suiteql.read_page(answer.body).rows
        except UnreadableJsonError as error:
            return self._prober.unreadable(str(error))
        now = rows[0].get(queries.NOW) if rows else None
        if not isinstance(now, str):
            return Found(said="SuiteQL answered")
        try:
            zone = zone_told(now, answer.date, self._offsets)
        except ValueError:
            return self._prober.unreadable("NetSuite's time cannot be read")
        if isinstance(zone, Problem):
            return Found(said=zone.cause, problem=zone)
        self._line.zone.told = zone
        return Found(said=f"NetSuite's time is {now}, in {zone}{self._shown_days(now)}")

    def _offsets(self, times: Sequence[datetime]) -> Mapping[datetime, timedelta] | None:
        """Ask what civil times are in UTC; None where NetSuite does not tell."""
        answer = self._prober.send(self._line.query(select_offsets(times), 1))
        try:
            rows = suiteql.read_page(answer.body).rows if isinstance(answer, Response) and answer.status == 200 else ()
        except UnreadableJsonError:
            rows = ()
        return read_offsets(rows, times)

    def _shown_days(self, now: str) -> str:
        """Tell how the account shows days; what is read and written here says its own format (§5.11)."""
        answer = self._ask(("day",), queries.ASK_DAY)
        try:
            rows = suiteql.read_page(answer.body).rows if isinstance(answer, Response) and answer.status == 200 else ()
        except UnreadableJsonError:
            rows = ()
        shown = rows[0].get(queries.NOW) if rows else None
        named = format_of(shown, datetime.fromisoformat(now).date()) if isinstance(shown, str) else ""
        return f"; days are shown as {named}, and asked for in a format of our own" if named else ""

    def _soap(self) -> Found:
        if not self._line.signer.speaks_soap:
            return Found(said="not needed: everything goes through REST web services")
        answer = self._prober.send(self._line.soap(get_server_time.OPERATION, get_server_time.CONTENT))
        opened = open_soap(answer) if isinstance(answer, Response) else answer
        if isinstance(opened, Refusal | NotSent | Uncertain):
            return self._prober.failed(opened, "SOAP web services", "SOAP Web Services")
        try:
            return Found(said=f"NetSuite's time is {get_server_time.read_answer(opened).isoformat(timespec='seconds')}")
        except UnreadableXmlError as error:
            return self._prober.unreadable(str(error))

    # --- record types ---

    def _readable(self, record_type: str) -> Found:
        schema = place_of(record_type).schema
        answer = self._answer_of_workflow(record_type)
        if answer is None or not _is_good(answer):
            answer = self._ask(("any", record_type), queries.select_any(record_type))
        if _is_good(answer):
            return self._rows(answer, "readable", "readable, and there are none")
        right = RIGHTS.get(record_type)
        name = f"{right.subtab} > {right.name}" if right is not None else f"View for {schema.plural}"
        return self._prober.failed(answer, schema.plural, name)

    def _answer_of_workflow(self, record_type: str) -> Answer | None:
        """Take the answer to the workflow that uses the type; a mapping that cannot be asked says nothing about the role."""
        own = next((need for need in self._needs if need.record_type == record_type), None)
        try:
            return None if own is None else self._sampled(own)
        except SuiteBridgeError:
            return None

    def _custom(self, need: Need) -> Found:
        names = ", ".join(need.custom_fields)
        if _is_good(self._sampled(need)):
            return self._retyped(need) or Found(said=names)
        query = self._query(need.record_type, self._readable_fields(need.record_type, need.custom_fields))
        answer = self._ask(("custom", need.workflow), query)
        if _is_good(answer):
            return Found(said=names)
        return self._lacking(answer, f"a custom field of {need.title}", names)

    def _retyped(self, need: Need) -> Found | None:
        """Tell custom fields that are there and are not what the mapping expects; a description that cannot be had tells nothing."""
        answer = self._prober.send(self._line.read(catalog.schema_path(need.record_type), catalog.SCHEMA))
        if not isinstance(answer, Response) or answer.status != 200:
            return None
        try:
            described = fields_of(answer.body)
        except UnreadableJsonError:
            return None
        drifts = drifted(need.record_type, need.custom_fields, described, self._line.types)
        retyped = [one for one in drifts if one.kind is DriftKind.RETYPED]
        if not retyped:
            return None
        facts = {"workflow": need.title, "said": "; ".join(one.said for one in retyped)}
        problem = Problem(code="NS-FLD-002", facts=facts)
        return Found(said=problem.cause, problem=problem)

    def _lacking(self, answer: Answer, what: str, names: str) -> Found:
        refusal = refusal_of(answer) if isinstance(answer, Response) else None
        if refusal is None or refusal.turn is not Turn.MALFORMED:
            return self._prober.failed(answer, what, "")
        facts = {"what": what, "names": names, "said": refusal.said}
        problem = Problem(code="NS-FLD-001", facts=facts)
        return Found(said=problem.cause, problem=problem)

    def _sample(self, need: Need) -> Found:
        answer = self._sampled(need)
        if not _is_good(answer):
            return self._prober.failed(answer, need.title, f"View for {_plural(need.record_type)}")
        return self._rows(answer, "a record was read", "the query is answered, and there is no record yet")

    def _sampled(self, need: Need) -> Answer:
        """Ask for one record with the fields that the workflow reads."""
        # What an import reads has to be readable; what an export writes may be a field that SuiteQL has not.
        fields = self._readable_fields(need.record_type, need.fields) if need.is_written else need.fields
        return self._ask(("sample", need.workflow), self._query(need.record_type, fields))

    def _readable_fields(self, record_type: str, fields: Sequence[str]) -> tuple[str, ...]:
        """Keep the fields that SuiteQL has."""
        schema = place_of(record_type, self._line.types).schema
        return tuple(path for path in fields if _has_column(schema, path))

    def _query(self, record_type: str, fields: Sequence[str]) -> suiteql.Query:
        request = ReadRequest(record_type=record_type, fields=tuple(fields), limit=1)
        return queries.select_page(request, self._line.zone.known, self._line.types).query

    def _rows(self, answer: Answer, some: str, none: str) -> Found:
        assert isinstance(answer, Response)
        try:
            rows = suiteql.read_page(answer.body).rows
        except UnreadableJsonError as error:
            return self._prober.unreadable(str(error))
        return Found(said=some if rows else none)

    # --- features, surplus, limits ---

    def _features(self, *types: str) -> Found:
        """Say which features are proven; a record type that is hidden looks alike without its feature and without the permission."""
        hidden = [RIGHTS[name] for name in types if name in RIGHTS and self._is_hidden(name)]
        doubted = dict.fromkeys(right.feature for right in hidden if right.feature)
        if doubted:
            facts = {"features": ", ".join(doubted)}
            return Found(
                said=f"not proven: {', '.join(doubted)}",
                problem=Problem(code="NS-FEAT-001", facts=facts),
                is_warning=True,
            )
        doors = DOORS if self._line.signer.speaks_soap else OAUTH_DOORS
        features = (
            *(door.right.feature for door in doors),
            *(RIGHTS[name].feature for name in types if name in RIGHTS),
        )
        return Found(said=", ".join(dict.fromkeys(filter(None, features))))

    def _is_hidden(self, record_type: str) -> bool:
        answer = self._answers.get(("any", record_type))
        return answer is not None and not _is_good(answer)

    def _surplus(self) -> Found:
        """Know an administrator's role by what only such a role may ask; NetSuite shows no other role's permissions (§5.12)."""
        if _is_good(self._governance()):
            problem = Problem(code="NS-PERM-002", facts={})
            return Found(said=problem.cause, problem=problem, is_warning=True)
        return Found(said="it is no administrator's role; more than that NetSuite does not tell")

    def _concurrency(self) -> Found:
        answer = self._governance()
        ceiling = self._line.governor.ceiling
        if not isinstance(answer, Response) or answer.status != 200:
            said = f"NetSuite tells it to administrators only; at most {ceiling} requests go out at once"
            return Found(said=said, is_warning=True)
        try:
            limits = system.read_governance(answer.body)
        except UnreadableJsonError as error:
            return Found(said=f"NetSuite's answer could not be read: {error}", is_warning=True)
        self._line.governor.learn(limits.integration)
        ceiling = self._line.governor.ceiling
        said = (
            f"{limits.integration} of the account's {limits.account} slots; at most {ceiling} requests go out at once"
        )
        return Found(said=said, is_warning=limits.integration < self._line.governor.pace.ceiling)

    def _governance(self) -> Answer:
        key = ("governance",)
        if key not in self._answers:
            self._answers[key] = self._prober.send(self._line.read(system.GOVERNANCE_PATH))
        return self._answers[key]

    def _ask(self, key: tuple[str, ...], query: suiteql.Query) -> Answer:
        if key not in self._answers:
            self._answers[key] = self._prober.send(self._line.query(query, 1))
        return self._answers[key]


def _ground(need: Need) -> tuple[str, ...]:
    return (f"permissions:{need.record_type}",)


def _is_good(answer: Answer) -> bool:
    return isinstance(answer, Response) and answer.status == 200 and not is_page(answer)


def _has_column(schema: RecordSchema, path: str) -> bool:
    try:
        field_of(schema, path)
    except SuiteBridgeError:
        return False
    return True


def _plural(record_type: str) -> str:
    try:
        return place_of(record_type).schema.plural
    except SuiteBridgeError:
        return record_type
