"""Answers the advanced editor."""

from __future__ import annotations

from collections.abc import Iterator
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseRedirect

from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.mapping.drafts import Bench, keep, open_bench
from suitebridge.console.mapping_advanced.page import Misread, advanced_page, misread_at, misread_name
from suitebridge.console.mapping_filter.views import own_filter
from suitebridge.console.mapping_workflow.views import find_group, find_workflow
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.showing import show
from suitebridge.domain import conditions
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.notation.advanced import AdvancedGroup, parse_group
from suitebridge.domain.notation.words import NotationError
from suitebridge.domain.people import Permission
from suitebridge.domain.picking import (
    find_field,
    no_field,
    source_of,
    sources_of,
    target_of,
    targets_of,
    unknown_sources,
)
from suitebridge.domain.rewriting import doubled, rewrite, text_of
from suitebridge.domain.schemas.registry import CompanySchemas
from suitebridge.domain.workflow import MappingGroup, Workflow


def edit_text(visit: Visit, workflow_name: str) -> HttpResponse:
    """Show a mapping group as text, or put a text in its place in the draft."""
    bench, is_post = open_bench(visit), visit.request.method == "POST"
    form = visit.request.POST if is_post else visit.request.GET
    workflow = find_workflow(bench, workflow_name)
    group = find_group(workflow, form.get("group", ""))
    if not is_post:
        own = own_filter(bench, workflow, group)
        return _show(visit, bench, workflow, group, text_of(workflow, group, bench.configuration, own))
    text = form.get("text", "").replace("\r\n", "\n")
    misread = tuple(_misread(workflow, group, text, bench.schemas))
    if misread:
        return _show(visit, bench, workflow, group, text, refused=misread, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    try:
        keep(visit, bench, rewrite(bench.desk.shipped, bench.configuration, workflow, group, text))
    except RecordRefusedError as error:
        notice = notice_of(error.problem)
        return _show(visit, bench, workflow, group, text, refused=notice, status=HTTPStatus.CONFLICT)
    query = {"group": group.name}
    return HttpResponseRedirect(links.address("mapping-workflow", query=query, workflow_name=workflow.name))


def _misread(workflow: Workflow, group: MappingGroup, text: str, schemas: CompanySchemas) -> Iterator[Misread]:
    """Name everything that cannot be taken: what cannot be read, or else each field that is not there."""
    try:
        said = parse_group(text)
    except NotationError as error:
        yield misread_at(text, error.line, error.column, error.said)
        return
    twice = doubled(said)
    if twice:
        yield misread_name(text, twice, f"{twice} is written twice: keep one of the rows.")
    yield from _unknown(workflow, group, text, said, schemas)


def _unknown(
    workflow: Workflow, group: MappingGroup, text: str, said: AdvancedGroup, schemas: CompanySchemas
) -> Iterator[Misread]:
    source, target = source_of(workflow, group, schemas), target_of(workflow, group, schemas)
    targets = [pick.path for pick in targets_of(target)]
    there = {row.target for row in group.rows}
    known = [pick.path for pick in sources_of(source, schemas)]
    for row in said.as_rows():
        if row.target not in targets and row.target not in there:
            yield misread_name(text, row.target, no_field(target.label, row.target, targets))
        for path, _ in unknown_sources(row, source, schemas):
            yield misread_name(text, path, no_field(source.label, path, known))
    for path in conditions.paths(said.filter) if said.filter is not None else ():
        if path != "id" and find_field(source, path, schemas) is None:
            yield misread_name(text, path, no_field(source.label, path, known))


def _show(
    visit: Visit,
    bench: Bench,
    workflow: Workflow,
    group: MappingGroup,
    text: str,
    *,
    refused: tuple[Misread, ...] | Notice = (),
    status: HTTPStatus = HTTPStatus.OK,
) -> HttpResponse:
    page = advanced_page(
        workflow,
        group,
        text,
        bar=bench.bar,
        is_administrator=visit.may(Permission.ADMINISTER),
        misread=refused if isinstance(refused, tuple) else (),
        notice=refused if isinstance(refused, Notice) else None,
    )
    template = "mapping_advanced/mapping_advanced.html"
    return show(visit, template, page, title=page.title, place="connector", status=status)
