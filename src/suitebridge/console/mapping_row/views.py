"""Answers the form of a mapping row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.mapping_preview.views import preview_desk
from suitebridge.console.mapping_row import sources
from suitebridge.console.mapping_row.page import Asked, row_page
from suitebridge.console.mapping_workflow.page import kinds_of, rows_of
from suitebridge.console.mapping_workflow.views import find_group, find_workflow
from suitebridge.console.notices import notice_of
from suitebridge.console.showing import show
from suitebridge.domain.drafting import Place, put_row
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.expressions import Expression
from suitebridge.domain.overrides import is_fixed
from suitebridge.domain.people import Permission
from suitebridge.domain.picking import find_field, source_of, sources_of, target_of, targets_of, unknown_sources
from suitebridge.domain.schemas.fields import Kind, RecordSchema
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.workflow import MappingGroup, Row, SyncRule, Workflow
from suitebridge.runs.sampling import values_found


def edit_row(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show the form of a row, or put what it says into the draft."""
    bench, is_post = open_bench(visit), visit.request.method == "POST"
    form = visit.request.POST if is_post else visit.request.GET
    workflow = find_workflow(bench, workflow_name)
    group = find_group(workflow, form.get("group", ""))
    name = form.get("was" if is_post else "target", "")
    row = next((one for one in rows_of(bench, workflow, group) if one.target == name), None)
    if (name and row is None) or (row is not None and is_fixed(workflow, row)):
        raise Http404(f"There is no row for {name} that can be changed.")
    texts = {key: str(form[key]) for key in form}
    if not is_post:
        return _show(visit, bench, workflow, group, row, _opened(visit, workflow, group, row, texts))
    return _save(visit, bench, workflow, group, row, texts)


def _opened(visit: Visit, workflow: Workflow, group: MappingGroup, row: Row | None, query: Mapping[str, str]) -> Asked:
    """Say what the form begins with: the row as it is, or the kind that was chosen; a value that a run did not know is a pair to fill in."""
    kind = sources.kind_of(row.source) if row is not None else sources.FIELD
    inputs = sources.write_inputs(row.source) if row is not None else {}
    chosen = query.get("kind", "")
    if chosen and chosen != kind:
        inputs = {"path": inputs["path"]} if "path" in inputs else {}
        kind = chosen
    wanted = (query["value"],) if query.get("value") else ()
    found = _unmatched(visit, workflow, group, inputs) if "find" in query else ()
    return Asked(
        kind=kind,
        target=row.target if row is not None else query.get("to", ""),
        inputs=inputs,
        is_initial_only=row.is_initial_only if row is not None else False,
        sync=row.sync.value if row is not None else SyncRule.ALWAYS.value,
        unmatched=tuple(dict.fromkeys((*wanted, *found))),
    )


def _unmatched(visit: Visit, workflow: Workflow, group: MappingGroup, inputs: Mapping[str, str]) -> tuple[str, ...]:
    """Look for values of the source field that the map does not name."""
    known = {text for name, text in inputs.items() if name.startswith("from-")}
    found = values_found(preview_desk(visit), workflow, group, inputs.get("path", ""))
    return tuple(one for one in found if one not in known)


def _save(
    visit: Visit, bench: Bench, workflow: Workflow, group: MappingGroup, row: Row | None, form: Mapping[str, str]
) -> HttpResponse:
    asked, made = _read(bench, workflow, group, row, form)
    if made is None:
        return _show(visit, bench, workflow, group, row, asked, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    place, was = Place(workflow=workflow.name, group=group.name), row.target if row is not None else ""
    try:
        keep(visit, bench, put_row(bench.desk.shipped, bench.configuration, place, made, was=was))
    except RecordRefusedError as error:
        asked = replace(asked, notice=notice_of(error.problem))
        return _show(visit, bench, workflow, group, row, asked, status=HTTPStatus.CONFLICT)
    query = {"group": group.name, "row": made.target}
    return HttpResponseRedirect(links.address("mapping-workflow", query=query, workflow_name=workflow.name))


def _read(
    bench: Bench, workflow: Workflow, group: MappingGroup, row: Row | None, form: Mapping[str, str]
) -> tuple[Asked, Row | None]:
    """Read the form: the row that it describes, or what is wrong with it."""
    schema = target_of(workflow, group, bench.schemas)
    target = form.get("target", "").strip() or (row.target if row is not None else "")
    field = find_field(schema, target, bench.schemas)
    source = source_of(workflow, group, bench.schemas)
    found = {one.path: find_field(source, one.path, bench.schemas) for one in sources_of(source, bench.schemas)}
    kinds = {path: one.kind for path, one in found.items() if one is not None}
    read = sources.read_source(form.get("kind", ""), form, field.kind if field is not None else Kind.TEXT, kinds)
    sync = next((one for one in SyncRule if one.value == form.get("sync")), SyncRule.ALWAYS)
    problems = (
        *_target_problems(bench, workflow, group, row, target),
        *read.problems,
        *_source_problems(read.source, form.get("kind", ""), source, bench.schemas),
    )
    asked = Asked(
        kind=form.get("kind", ""),
        target=target,
        inputs=form,
        is_initial_only="initial_only" in form,
        sync=sync.value,
        problems=problems,
    )
    if problems or read.source is None:
        return asked, None
    made = Row(target=target, source=read.source, is_initial_only=asked.is_initial_only, sync=sync)
    if row is not None:
        made = replace(made, is_required=row.is_required, is_active=row.is_active)
    return asked, made


def _target_problems(
    bench: Bench, workflow: Workflow, group: MappingGroup, row: Row | None, target: str
) -> sources.Problems:
    known = {one.path: one.label for one in targets_of(target_of(workflow, group, bench.schemas))}
    if target not in known:
        return (("target", "Choose a field of the list; there is no other to write to."),)
    is_taken = any(one.target == target for one in rows_of(bench, workflow, group))
    if is_taken and (row is None or target != row.target):
        return (("target", f"{known[target]} has a row already: change that one."),)
    return ()


def _source_problems(
    source: Expression | None, kind: str, schema: RecordSchema, schemas: CompanySchemas
) -> sources.Problems:
    """Name what the source reads and the record does not have."""
    if source is None:
        return ()
    inputs = {sources.JOIN: "parts", sources.WHEN: "when", sources.FORMULA: "formula"}
    unknown = unknown_sources(Row(target="", source=source), schema, schemas)
    return tuple(
        (inputs.get(kind, "path"), f"{schema.label} has no field {path}.{f' Do you mean {meant}?' if meant else ''}")
        for path, meant in unknown
    )


def _show(
    visit: Visit,
    bench: Bench,
    workflow: Workflow,
    group: MappingGroup,
    row: Row | None,
    asked: Asked,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    is_default = row is not None and kinds_of(bench, workflow, group)[row.target] != "custom"
    page = row_page(
        workflow,
        group,
        row,
        replace(asked, is_fixed_target=is_default),
        bar=bench.bar,
        schemas=bench.schemas,
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    return show(visit, "mapping_row/mapping_row.html", page, title=page.title, place="connector", status=status)
