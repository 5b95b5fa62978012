"""Answers the form of a filter."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.mapping_filter.page import LINES, Typed, filter_page, inputs_of
from suitebridge.console.mapping_row import sources
from suitebridge.console.mapping_workflow.views import find_group, find_workflow
from suitebridge.console.notices import notice_of
from suitebridge.console.showing import show
from suitebridge.domain.adopting import own_condition
from suitebridge.domain.conditions import AllOf, AnyOf, Condition
from suitebridge.domain.drafting import Place, set_filter
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Permission
from suitebridge.domain.picking import find_field, source_of, sources_of
from suitebridge.domain.schemas.fields import Kind
from suitebridge.domain.workflow import MappingGroup, Workflow


def edit_filter(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show the filter of a group, or put what the form says into the draft."""
    bench, is_post = open_bench(visit), visit.request.method == "POST"
    form = visit.request.POST if is_post else visit.request.GET
    workflow = find_workflow(bench, workflow_name)
    group = find_group(workflow, form.get("group", ""))
    place = Place(workflow=workflow.name, group=group.name)
    if not is_post:
        shown = inputs_of(own_filter(bench, workflow, group))
        inputs, is_any = shown if shown is not None else ({}, False)
        return _show(visit, bench, workflow, group, Typed(inputs={**inputs, "any": "yes" if is_any else ""}))
    texts = {key: str(form[key]) for key in form}
    condition, problems = _read(bench, workflow, group, texts)
    if problems:
        typed = Typed(inputs=texts, problems=problems)
        return _show(visit, bench, workflow, group, typed, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        keep(visit, bench, set_filter(bench.desk.shipped, bench.configuration, place, condition))
    except RecordRefusedError as error:
        typed = Typed(inputs=texts, notice=notice_of(error.problem))
        return _show(visit, bench, workflow, group, typed, status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(
        links.address("mapping-workflow", query={"group": group.name}, workflow_name=workflow.name)
    )


def own_filter(bench: Bench, workflow: Workflow, group: MappingGroup) -> Condition | None:
    """Give the condition that people set, without what the workflow came with."""
    return own_condition(bench.desk.shipped, bench.configuration, workflow, group)


def _read(
    bench: Bench, workflow: Workflow, group: MappingGroup, form: Mapping[str, str]
) -> tuple[Condition | None, sources.Problems]:
    source = source_of(workflow, group, bench.schemas)
    found = {one.path: find_field(source, one.path, bench.schemas) for one in sources_of(source, bench.schemas)}
    kinds: dict[str, Kind] = {path: one.kind for path, one in found.items() if one is not None}
    parts: list[Condition] = []
    problems: list[tuple[str, str]] = []
    for number in range(LINES):
        path = form.get(f"when-{number}", "").strip()
        if not path:
            continue
        if path not in found and find_field(source, path, bench.schemas) is None:
            problems.append((f"when-{number}", f"{source.label} has no field {path}: choose one of the list."))
            continue
        read = sources.read_condition(form, kinds, suffix=f"-{number}")
        if isinstance(read, tuple):
            problems.extend(read)
        else:
            parts.append(read)
    if len(parts) < 2:
        return (parts[0] if parts else None), tuple(problems)
    both = AnyOf(conditions=tuple(parts)) if form.get("any") == "yes" else AllOf(conditions=tuple(parts))
    return both, tuple(problems)


def _show(
    visit: Visit,
    bench: Bench,
    workflow: Workflow,
    group: MappingGroup,
    typed: Typed,
    *,
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = filter_page(
        workflow,
        group,
        own_filter(bench, workflow, group),
        typed,
        bar=bench.bar,
        schemas=bench.schemas,
        is_administrator=visit.may(Permission.ADMINISTER),
    )
    return show(visit, "mapping_filter/mapping_filter.html", page, title=page.title, place="connector", status=status)
