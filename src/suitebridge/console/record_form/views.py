"""Answers the form of a record: shows it blank or as the record stands, saves it with its lines as a whole, and submits it where asked."""

from __future__ import annotations

from http import HTTPStatus

from django.http import Http404, HttpResponse, HttpResponseRedirect

from suitebridge.administration.staffing import stamp_for
from suitebridge.console import links
from suitebridge.console.access import Visit
from suitebridge.console.inputs import offers_of, typed_texts
from suitebridge.console.notices import Notice, notice_of
from suitebridge.console.record_form.page import (
    BLANK_LINES,
    MOST_FORM_LINES,
    Shape,
    TypedForm,
    TypedLine,
    record_form_page,
)
from suitebridge.console.record_list.views import find_schema
from suitebridge.console.showing import show
from suitebridge.domain import approvals
from suitebridge.domain.approvals import ApprovalAct
from suitebridge.domain.errors import RecordRefusedError
from suitebridge.domain.people import Door
from suitebridge.domain.records import Record
from suitebridge.domain.schemas import RecordSchema
from suitebridge.recording.approving import ApprovalRequest, move_record, name_of
from suitebridge.recording.editing import Edit, Whole, lines_held, save_whole
from suitebridge.recording.typing_in import HEAD, EntryProblem, enterable, read_typed


def add_record(visit: Visit, record_type: str) -> HttpResponse:
    """Show the blank form of a type, or save a new record."""
    schema = _enterable_type(visit, record_type)
    shape = _shape(visit, schema)
    if visit.request.method == "POST":
        return _save(visit, shape, None)
    blank = TypedForm(texts=_defaults(visit, schema), version="", lines=_blank_lines(shape, 0))
    return _show(visit, shape, None, blank)


def edit_record(visit: Visit, record_type: str, record_id: str) -> HttpResponse:
    """Show the form of a record as it stands, or save it."""
    schema = _enterable_type(visit, record_type)
    found = visit.store.records.fetch(schema.name, [record_id], ())
    if not found:
        raise Http404(f"There is no {schema.label.lower()} {record_id}.")
    shape, record = _shape(visit, schema), found[0]
    if visit.request.method == "POST":
        return _save(visit, shape, record)
    return _show(visit, shape, record, _as_it_stands(visit, shape, record))


def _enterable_type(visit: Visit, record_type: str) -> RecordSchema:
    schema = find_schema(visit, record_type)
    if not approvals.has_form(schema):
        raise Http404(f"Records of the type {schema.label} are entered elsewhere.")
    return schema


def _shape(visit: Visit, schema: RecordSchema) -> Shape:
    role, related = visit.user.role, approvals.lines_of(schema)
    line_schema = visit.store.schemas().workspace_type(related.type) if related is not None else None
    owner = approvals.owner_field(schema)
    filled_in = {related.by if related is not None else "", owner.name if owner is not None else "", "netsuite_id"}
    lines = enterable(line_schema, role) if line_schema is not None else ()
    return Shape(
        schema=schema,
        fields=enterable(schema, role),
        line_schema=line_schema,
        line_fields=tuple(field for field in lines if field.name not in filled_in),
        may_submit=approvals.is_approvable(schema),
    )


def _defaults(visit: Visit, schema: RecordSchema) -> dict[str, str]:
    """Fill in what is nearly always so: today, and oneself."""
    today = visit.house.clock.now().date().isoformat()
    owner = approvals.owner_field(schema)
    filled = {schema.day: today} if schema.day else {}
    return {**filled, owner.name: visit.user.user_id} if owner is not None else filled


def _as_it_stands(visit: Visit, shape: Shape, record: Record) -> TypedForm:
    related = approvals.lines_of(shape.schema)
    held = lines_held(visit.store, related, record.id) if related is not None else ()
    texts = typed_texts(visit.store, shape.line_fields, held)
    lines = tuple(
        TypedLine(texts=text, record_id=line.id, version=line.version) for text, line in zip(texts, held, strict=True)
    )
    (head,) = typed_texts(visit.store, shape.fields, [record])
    return TypedForm(texts=head, version=record.version, lines=(*lines, *_blank_lines(shape, len(lines))))


def _blank_lines(shape: Shape, held: int) -> tuple[TypedLine, ...]:
    if shape.line_schema is None:
        return ()
    return tuple(TypedLine(texts={}) for _ in range(max(0, min(BLANK_LINES, MOST_FORM_LINES - held))))


def _typed(visit: Visit, shape: Shape) -> TypedForm:
    form = visit.request.POST
    lines = []
    for number in range(MOST_FORM_LINES):
        if f"line-{number}-seen" not in form:
            break
        record_id, _, version = form.get(f"line-{number}-seen", "").partition(":")
        texts = {field.name: form.get(f"line-{number}-{field.name}", "") for field in shape.line_fields}
        is_gone = bool(form.get(f"line-{number}-gone"))
        lines.append(TypedLine(texts=texts, record_id=record_id, version=version, is_gone=is_gone))
    texts = {field.name: form.get(field.name, "") for field in shape.fields}
    return TypedForm(texts=texts, version=form.get("version", ""), lines=tuple(lines))


def _save(visit: Visit, shape: Shape, record: Record | None) -> HttpResponse:
    typed = _typed(visit, shape)
    if visit.request.POST.get("act") == "more":
        more = TypedForm(
            texts=typed.texts, version=typed.version, lines=(*typed.lines, *_blank_lines(shape, len(typed.lines)))
        )
        return _show(visit, shape, record, more)
    stamp = stamp_for(visit.user, Door.CONSOLE)
    try:
        saved = _write(visit, shape, record, typed)
        if isinstance(saved, tuple):
            return _show(visit, shape, record, typed, problems=saved)
        if visit.request.POST.get("act") == "submit":
            request = ApprovalRequest(act=ApprovalAct.SUBMIT, record_type=shape.schema.name, record_id=saved)
            move_record(visit.store, request, acting=visit.user, stamp=stamp, clock=visit.house.clock)
    except LookupError as error:
        raise Http404(str(error)) from error
    except RecordRefusedError as error:
        return _show(visit, shape, record, typed, notice=notice_of(error.problem))
    return HttpResponseRedirect(links.record(shape.schema.name, saved))


def _write(visit: Visit, shape: Shape, record: Record | None, typed: TypedForm) -> str | tuple[EntryProblem, ...]:
    role, store = visit.user.role, visit.store
    (head,) = read_typed(store, shape.schema, [typed.texts], role=role, first_row=HEAD)
    kept = [
        (n, line) for n, line in enumerate(typed.lines) if not line.is_gone and (line.record_id or _is_filled(line))
    ]
    problems = list(head.problems)
    edits: list[Edit] = []
    if shape.line_schema is not None:
        read = read_typed(store, shape.line_schema, [line.texts for _, line in kept], role=role)
        for (number, line), values in zip(kept, read, strict=True):
            problems += [EntryProblem(row=number, field=one.field, said=one.said) for one in values.problems]
            edits.append(Edit(values=values.values, record_id=line.record_id, version=line.version))
    if problems:
        return tuple(problems)
    whole = Whole(
        record_type=shape.schema.name,
        head=Edit(values=head.values, record_id=record.id if record is not None else "", version=typed.version),
        lines=tuple(edits),
        gone=tuple(
            Edit(values={}, record_id=line.record_id, version=line.version)
            for line in typed.lines
            if line.is_gone and line.record_id
        ),
    )
    saved = save_whole(store, whole, acting=visit.user, stamp=stamp_for(visit.user, Door.CONSOLE))
    if isinstance(saved, str):
        return saved
    places = [number for number, _ in kept]
    return tuple(
        EntryProblem(row=HEAD if one.row == HEAD else places[one.row], field=one.field, said=one.said) for one in saved
    )


def _is_filled(line: TypedLine) -> bool:
    return any(text.strip() for text in line.texts.values())


def _show(
    visit: Visit,
    shape: Shape,
    record: Record | None,
    typed: TypedForm,
    *,
    problems: tuple[EntryProblem, ...] = (),
    notice: Notice | None = None,
) -> HttpResponse:
    title = f"Change {name_of(shape.schema, record)}" if record is not None else f"Add {shape.schema.label.lower()}"
    page = record_form_page(
        shape,
        typed,
        record_id=record.id if record is not None else "",
        title=title,
        offers=offers_of(visit.store, (*shape.fields, *shape.line_fields), visit.user.role),
        problems=problems,
        notice=notice,
    )
    is_fine = not problems and notice is None
    status = HTTPStatus.OK if is_fine else HTTPStatus.UNPROCESSABLE_ENTITY
    return show(visit, "record_form/record_form.html", page, title=title, place="record-types", status=status)
