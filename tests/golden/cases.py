"""Golden cases of workflows: a folder per case, with what a record is and what is known of the other side; the rest is worked out and kept.

`source.json` is the record as its system shows it, `current.json` what the other side has: records that may match, ids that questions are
answered with, settings that were changed. `intent.json` and the requests are what the stations of a record make of them; `make golden` writes these anew.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeAlias

from suitebridge.adapters.netsuite import suiteql as queries
from suitebridge.adapters.netsuite.properties import rest_writer_of
from suitebridge.adapters.netsuite.shapes import writer_of
from suitebridge.catalog import CATALOG
from suitebridge.domain.agreements import Agreement
from suitebridge.domain.doors import CUSTOM_RECORDS, Operation, fields_carried, rest_only_fields, rule_of
from suitebridge.domain.expressions import MacroName
from suitebridge.domain.flow import matching, planning
from suitebridge.domain.flow.claiming import Claim, make_claim
from suitebridge.domain.flow.fingerprints import mark_of
from suitebridge.domain.flow.mapping import CompiledMapping, Draft, Question, compile_mapping
from suitebridge.domain.flow.matching import Ambiguous, Match
from suitebridge.domain.flow.merging import Arrived, Clash, merge
from suitebridge.domain.flow.selecting import Selected, name_record, select
from suitebridge.domain.flow.summing import check_sum
from suitebridge.domain.intents import Create, Keep, Refuse, Skip, Update
from suitebridge.domain.outcomes import OutcomeKind
from suitebridge.domain.overrides import WorkflowOverride, lay_over
from suitebridge.domain.records import Direction, Record
from suitebridge.domain.schemas import Kind, RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.registry import source_schema, target_schema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.values import Fields, Scalar, Value, as_text, is_blank
from suitebridge.domain.workflow import MatchKey, Method, Workflow
from suitebridge.ports.netsuite import OutgoingRecord, ReadRequest
from suitebridge.wire.rest.records import address_by_external_id, address_of
from suitebridge.wire.rest.suiteql import request
from suitebridge.wire.soap import write_lists
from suitebridge.wire.soap.record_shapes import SoapRecord

FOLDER: Final = Path(__file__).parent
SOURCE, CURRENT, INTENT = "source.json", "current.json", "intent.json"
SOAP, REST, READ = "request.soap.xml", "request.rest.http", "request.suiteql.http"
_COMPANY_TOKEN: Final = "golden01"
_FACTS: Final[Mapping[MacroName, Scalar]] = {
    MacroName.TODAY: date(2026, 6, 1),
    MacroName.RUN: "1",
    MacroName.OWNER: "1",
}

Json: TypeAlias = "str | int | bool | list[Json] | dict[str, Json] | None"


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """One folder: a workflow, and one record on its way."""

    workflow: Workflow
    folder: Path

    @property
    def name(self) -> str:
        return f"{self.workflow.name}/{self.folder.name}"


def all_cases() -> Iterator[Case]:
    """List the cases of every workflow that the catalog has, by name."""
    for folder in sorted(path for path in FOLDER.glob("*/*") if (path / SOURCE).is_file()):
        if folder.parent.name in CATALOG:
            yield Case(workflow=CATALOG[folder.parent.name], folder=folder)


def play(case: Case) -> dict[str, bytes]:
    """Work a case out: its files by name, each with its bytes."""
    current = _load(case, CURRENT)
    workflow = _effective(case.workflow, current)
    record = _read_record(source_schema(workflow), _load(case, SOURCE))
    chosen = select(workflow, source_schema(workflow), record, is_update=workflow.method is Method.UPDATE)
    if isinstance(chosen, Skip):
        title = name_record(workflow, source_schema(workflow), record)
        return {INTENT: _dump({"record": title, "skip": chosen.reason})}
    intent = _intent(workflow, chosen, current)
    told = {"record": chosen.title, **_tell(intent)}
    files: dict[str, bytes] = {}
    if workflow.direction is Direction.IMPORT and isinstance(intent, Create):
        files[READ] = _read_request(workflow)
    elif isinstance(intent, Create):
        claim = _claim(workflow, chosen, intent)
        told["external_id"] = claim.external_id
        files |= _requests(workflow.target_type, claim.external_id, claim.fields)
    elif workflow.direction is Direction.EXPORT and isinstance(intent, Update):
        files[REST] = _change_request(workflow.target_type, intent)
    return files | {INTENT: _dump(told)}


def outgoing(case: Case) -> OutgoingRecord | None:
    """Give the record that an export would send, None where a case sends nothing."""
    current = _load(case, CURRENT)
    workflow = _effective(case.workflow, current)
    record = _read_record(source_schema(workflow), _load(case, SOURCE))
    chosen = select(workflow, source_schema(workflow), record, is_update=workflow.method is Method.UPDATE)
    intent = None if isinstance(chosen, Skip) else _intent(workflow, chosen, current)
    if isinstance(chosen, Skip) or not isinstance(intent, Create):
        return None
    return OutgoingRecord(external_id=_claim(workflow, chosen, intent).external_id, fields=intent.fields)


def source_fields(case: Case) -> Fields:
    """Give the fields of the record that a case is about."""
    return _read_record(source_schema(case.workflow), _load(case, SOURCE)).fields


def kept(case: Case) -> dict[str, bytes]:
    """Read what a case is known to lead to."""
    return {path.name: path.read_bytes() for path in case.folder.iterdir() if path.name not in {SOURCE, CURRENT}}


def _claim(workflow: Workflow, chosen: Selected, intent: Create) -> Claim:
    return make_claim(workflow, chosen, intent, company_token=_COMPANY_TOKEN, fingerprint="", earlier=None)


def _effective(workflow: Workflow, current: Mapping[str, Json]) -> Workflow:
    """Settle the settings of a case: what `current.json` says, else the defaults."""
    settings = current.get("settings")
    chosen = tuple(
        (name, value)
        for name, value in (settings.items() if isinstance(settings, dict) else ())
        if isinstance(value, bool | str)
    )
    return lay_over(workflow, WorkflowOverride(workflow=workflow.name, settings=chosen))


def _intent(
    workflow: Workflow, selected: Selected, current: Mapping[str, Json]
) -> Create | Update | Keep | Skip | Refuse | Clash:
    target = target_schema(workflow)
    mapping = compile_mapping(workflow, target, _FACTS)
    targets = [_read_record(target, one) for one in _objects(current.get("records"))]
    found: Record | None = None
    if workflow.match_keys:
        matched = matching.match(workflow, selected, [_candidates(key, targets) for key in workflow.match_keys])
        if isinstance(matched, Ambiguous):
            return Refuse(kind=OutcomeKind.CONFLICTED, problem=matched.problem)
        found = matched.target if isinstance(matched, Match) else None
    draft = mapping.draft(selected, _answers(mapping, selected, _objects(current.get("answers"))))
    if isinstance(draft, Refuse | Skip):
        return draft
    problem = check_sum(workflow, selected, draft)
    if problem is not None:
        return Refuse(kind=OutcomeKind.FAILED, problem=problem)
    if workflow.method is Method.UPDATE:
        (there,) = targets
        return _merged(workflow, mapping, draft, there, selected, current)
    return planning.plan(draft, found, mapping.initial_only, mapping.sync)


def _merged(
    workflow: Workflow,
    mapping: CompiledMapping,
    draft: Draft,
    target: Record,
    selected: Selected,
    current: Mapping[str, Json],
) -> Update | Keep | Clash:
    """Compare with what NetSuite holds and with what both sides held before, which `current.json` says as `agreed`."""
    plain = current.get("agreed")
    agreed = _read_fields(target_schema(workflow), plain) if isinstance(plain, dict) else {}
    merged = merge(
        draft,
        target,
        Agreement(
            workflow=workflow.name,
            workspace_id=selected.record.id,
            shown={name: mark_of(value) for name, value in agreed.items()},
        ),
        version=selected.record.version,
        initial_only=mapping.initial_only,
        sync=mapping.sync,
        begins_here=True,
    )
    if isinstance(merged.intent, Arrived):
        raise TypeError("Nothing is under way in a golden case.")
    return merged.intent


def _candidates(key: MatchKey, targets: Sequence[Record]) -> dict[str, tuple[Record, ...]]:
    found: dict[str, tuple[Record, ...]] = {}
    for target in targets:
        value = target.id if key.target == "id" else target.fields.get(key.target)
        if isinstance(value, tuple) or is_blank(value):
            continue
        text = as_text(value).casefold() if key.ignores_case else as_text(value)
        found[text] = (*found.get(text, ()), target)
    return found


def _answers(mapping: CompiledMapping, selected: Selected, known: Sequence[Mapping[str, Json]]) -> dict[Question, str]:
    """Answer the questions that are asked. An answer that nobody asks for would say something that is not so."""
    answers = {Question(str(one["type"]), str(one.get("by", "")), str(one["value"])): str(one["id"]) for one in known}
    unasked = set(answers) - set(mapping.questions(selected))
    if unasked:
        raise ValueError(f"{selected.title}: nobody asks for {sorted(map(str, unasked))}")
    return answers


def _tell(intent: Create | Update | Keep | Skip | Refuse | Clash) -> dict[str, Json]:
    match intent:
        case Clash(changes=changes):
            return {"clash": {one.field: [_plain(one.before), _plain(one.after)] for one in changes}}
        case Create(fields=fields):
            return {"create": _plain_fields(fields)}
        case Update(target_id=target_id, changes=changes):
            changed = {one.field: [_plain(one.before), _plain(one.after)] for one in changes}
            return {"update": target_id, "changes": dict(changed)}
        case Keep(target_id=target_id):
            return {"keep": target_id}
        case Skip(reason=reason):
            return {"skip": reason}
        case Refuse(kind=kind, problem=problem):
            said: list[Json] = [problem.code, problem.title, problem.cause, problem.remedy]
            return {kind.value: said}


def _requests(record_type: str, external_id: str, fields: Fields) -> dict[str, bytes]:
    """Write what would be sent through each door; SOAP cannot say what only REST has."""
    values = {name: value for name, value in fields.items() if not is_blank(value)}
    written = rest_writer_of(record_type).write(values)
    path = address_by_external_id(record_type, external_id, written.replaces)
    files = {REST: f"PUT {path}\n\n".encode() + written.body + b"\n"}
    is_of_rest = rule_of(Operation.UPSERT, record_type).record_type == CUSTOM_RECORDS
    if not is_of_rest and not fields_carried(record_type, fields) & rest_only_fields(record_type):
        writer = writer_of(record_type)
        element = writer.write(SoapRecord(external_id=external_id, values=values))
        files[SOAP] = write_lists.render(write_lists.UPSERT, writer, [element]) + b"\n"
    return files


def _change_request(record_type: str, intent: Update) -> bytes:
    values = {one.field: one.after for one in intent.changes if not is_blank(one.after)}
    cleared = [one.field for one in intent.changes if is_blank(one.after)]
    written = rest_writer_of(record_type).write(values, cleared)
    path = address_of(record_type, intent.target_id, written.replaces)
    return f"PATCH {path}\n\n".encode() + written.body + b"\n"


def _read_request(workflow: Workflow) -> bytes:
    asked = ReadRequest(
        record_type=workflow.source_type,
        fields=workflow.source_paths(),
        condition=workflow.reads,
        changed_since="2026-06-01 08:00:00",
        after_id="100",
        ids=(),
        limit=1000,
    )
    query = queries.select_page(asked, UTC).query
    sent = request(url="https://account.example/services/rest/query/v1/suiteql", query=query, authorization="")
    return b"POST /services/rest/query/v1/suiteql\n\n" + sent.body + b"\n"


def _load(case: Case, name: str) -> dict[str, Json]:
    read: dict[str, Json] = json.loads((case.folder / name).read_text(encoding="utf-8"))
    return read


def _dump(told: Mapping[str, Json]) -> bytes:
    return (json.dumps(told, ensure_ascii=False, indent=2) + "\n").encode()


def _objects(value: Json) -> list[dict[str, Json]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _read_record(schema: RecordSchema, plain: Mapping[str, Json]) -> Record:
    fields = plain.get("fields")
    read = _read_fields(schema, fields if isinstance(fields, dict) else {})
    return Record(type=schema.name, id=str(plain["id"]), version=str(plain.get("version", "1")), fields=read)


def _read_fields(schema: RecordSchema, plain: Mapping[str, Json]) -> dict[str, Value]:
    return {path: _read_value(schema, path, value) for path, value in plain.items()}


def _read_value(schema: RecordSchema, path: str, value: Json) -> Value:
    types = NETSUITE_TYPES if NETSUITE_TYPES.get(schema.name) is schema else WORKSPACE_TYPES
    head, _, rest = path.partition(".")
    related = schema.related_by_name.get(head)
    if related is not None:
        return _read_lines(types[related.type], value)
    field = schema.by_name[head]
    if rest:
        return _read_value(types[field.refers_to], rest, value)
    if field.lines is not None:
        return _read_lines(field.lines, value)
    return _read_scalar(field.kind, value)


def _read_lines(schema: RecordSchema, value: Json) -> tuple[dict[str, Scalar], ...]:
    lines = [_read_fields(schema, line) for line in _objects(value)]
    return tuple({name: one for name, one in line.items() if not isinstance(one, tuple)} for line in lines)


def _read_scalar(kind: Kind, value: Json) -> Scalar:
    if isinstance(value, list | dict):
        raise TypeError(f"{value} is no single value")
    if value is None:
        return None
    match kind:
        case Kind.DECIMAL | Kind.MONEY | Kind.DURATION:
            return Decimal(str(value))
        case Kind.DATE:
            return date.fromisoformat(str(value))
        case Kind.INSTANT:
            return datetime.fromisoformat(str(value))
        case _:
            return value


def _plain_fields(fields: Fields) -> dict[str, Json]:
    return {name: _plain(value) for name, value in fields.items()}


def _plain(value: Value) -> Json:
    if isinstance(value, tuple):
        return [_plain_fields(line) for line in value]
    return value if isinstance(value, bool | int | None) else as_text(value)
