"""The pages of records: their types, a list of each with search, and the form of one.

Permissions and features apply as at every other door (reference §7.4, §9.12b; the columns of lists are assumed). Refuses to know any record type.
"""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.account import Rejection, Stored, Written
from netsuite_simulator.criteria import AnyOf, Condition, Criterion
from netsuite_simulator.faces.setup import paths
from netsuite_simulator.faces.setup.employees import MANAGE as MANAGE_USERS
from netsuite_simulator.faces.setup.fieldtexts import texts_of
from netsuite_simulator.faces.setup.pieces import (
    Button,
    Cell,
    Form,
    Link,
    Listing,
    Page,
    Row,
    Section,
    buttons,
    hidden,
    text,
)
from netsuite_simulator.faces.setup.recordforms import ADD, SEEN, Builder, notes_of
from netsuite_simulator.faces.setup.recordmaking import buttons_of, made_for
from netsuite_simulator.faces.setup.recordsaving import Refused, save, save_made, version_of
from netsuite_simulator.faces.setup.sheets import Sheet, stored_sheet, typed_sheet
from netsuite_simulator.faces.setup.targets import Targets
from netsuite_simulator.faces.setup.visits import Answer, NotHereError, Place, Visit, redirect
from netsuite_simulator.faces.setup.workspaces import frame_of, links_of
from netsuite_simulator.results import CREATE, EDIT, FULL, READ_ONLY_TYPES, VIEW, view_refusal
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.values import is_internal_id

ROWS = 50
_TRAIL = ("Lists", "Records", "All Records")
_MESSAGES = {"saved": "The record is saved.", "deleted": "The record is deleted."}
_DELETE = Button(act="delete", label="Delete", spoken="The record is gone for good.", is_grave=True)
_SEARCHED = ("entityId", "companyName", "firstName", "lastName", "email", "itemId", "title", "tranId", "memo", "name")
_SHOWN = (
    "companyName", "email", "parent", "company", "entity", "customer", "employee", "tranDate", "hours", "total",
    "amount", "status", "approvalStatus", "subsidiary", "isInactive",
)  # fmt: skip
_COLUMNS = 4


def _types(visit: Visit) -> Page:
    """List the record types the role may see."""
    counts = visit.account.counts()
    seen = [one for one in visit.account.types.values() if view_refusal(one, visit.login) is None]
    rows = tuple(
        Row(
            id=one.name,
            cells=(
                Cell(text=one.label, href=paths.to(paths.RECORD_LIST, type=one.name)),
                Cell(text=one.name),
                Cell(text=f"{counts[one.name]:,}"),
            ),
        )
        for one in sorted(seen, key=lambda one: one.label)
    )
    listing = Listing(
        caption="Record Types", columns=("Type", "ID", "Records"), rows=rows, empty="Your role sees no records."
    )
    return Page(title="All Records", trail=_TRAIL, listings=(listing,))


def _type_of(visit: Visit, name: str) -> RecordType:
    found = visit.account.record_type(name) if name else None
    if found is None:
        raise NotHereError("There is no such record type.")
    return found


def _refused(record_type: RecordType, refusal: Rejection) -> Page:
    return Page(title=record_type.label, trail=_TRAIL, problems=(refusal.message,), status=403)


# --- lists ---


def _list(visit: Visit) -> Page:
    """List the records of a type, searched by name, by internal id from page to page."""
    record_type = _type_of(visit, visit.query.get("type", ""))
    refusal = view_refusal(record_type, visit.login)
    if refusal is not None:
        return _refused(record_type, refusal)
    sought, after = visit.query.get("search", "").strip(), visit.query.get("after", "")
    where = [*visit.account.seen_by(visit.login, record_type.name), *_sought(visit, record_type, sought)]
    found, total = visit.account.search(
        record_type.name, where, limit=ROWS + 1, after_id=after if is_internal_id(after) else None
    )
    name = record_type.name
    pages = [Link(label="First page", href=paths.to(paths.RECORD_LIST, type=name, search=sought))] if after else []
    if len(found) > ROWS:
        following = paths.to(paths.RECORD_LIST, type=name, search=sought, after=found[ROWS - 1].id)
        pages.append(Link(label="Next page", href=following))
    columns = _columns(record_type)
    listing = Listing(
        caption=f"{record_type.label}: {total:,} found",
        columns=("Name", "Internal ID", "External ID", *(one.label for one in columns)),
        rows=_rows(visit, found[:ROWS], columns),
        empty="No record is found.",
        pages=tuple(pages),
    )
    may_create = view_refusal(record_type, visit.login, CREATE) is None
    return Page(
        title=record_type.label,
        trail=_TRAIL,
        links=(Link(label="New", href=paths.form_of(name)),) if may_create else (),
        form=_search_form(name, sought),
        listings=(listing,),
        message=_MESSAGES.get(visit.query.get("done", ""), ""),
    )


def _search_form(type_name: str, sought: str) -> Form:
    inputs = (hidden("type", type_name), text("search", "Name, internal ID or external ID", sought))
    return Form(sections=(Section(title="", inputs=inputs),), buttons=buttons(("search", "Search")), is_filter=True)


def _sought(visit: Visit, record_type: RecordType, sought: str) -> list[Condition]:
    """Search the fields that name a record."""
    if not sought:
        return []
    shelf = visit.account.storage.shelves[record_type.name]
    names = dict.fromkeys((record_type.name_field, *_SEARCHED))
    found = (shelf.fields.get(name) for name in names)
    parts: list[Criterion] = [
        (one.name, "contains", sought) for one in found if one is not None and one.kind is Kind.TEXT
    ]
    parts.append(("externalId", "contains", sought))
    if is_internal_id(sought):
        parts.append(("id", "=", sought))
    return [AnyOf(tuple(parts))]


def _columns(record_type: RecordType) -> list[Field]:
    known = {one.name: one for one in record_type.fields}
    chosen = [known[name] for name in _SHOWN if name in known and name != record_type.name_field][:_COLUMNS]
    changed = known.get(record_type.change_field or "")
    return chosen if changed is None else [*chosen, changed]


def _rows(visit: Visit, records: list[Stored], columns: list[Field]) -> tuple[Row, ...]:
    targets = Targets(visit)
    zone = visit.account.zone

    def cell(record: Stored, of: Field) -> Cell:
        texts = texts_of(of, record.values.get(of.name), zone)
        if of.kind in (Kind.REFERENCE, Kind.REFERENCES):
            return Cell(text=", ".join(targets.name_of(of, one) for one in texts))
        if of.kind is Kind.BOOLEAN:
            return Cell(text="Yes" if texts else "No")
        if of.kind is Kind.CHOICE:
            return Cell(text=next((one.label for one in of.choices if (one.id,) == texts), "".join(texts)))
        return Cell(text="".join(texts).replace("T", " ") if of.kind is Kind.INSTANT else "".join(texts))

    return tuple(
        Row(
            id=one.id,
            cells=(
                Cell(text=_name_of(one), href=paths.form_of(one.type.name, id=one.id)),
                Cell(text=one.id),
                Cell(text=one.external_id or ""),
                *(cell(one, column) for column in columns),
            ),
        )
        for one in records
    )


def _name_of(record: Stored) -> str:
    return str(record.values.get(record.type.name_field, f"{record.type.label} {record.id}"))


# --- forms ---


def _form(visit: Visit, type_name: str) -> Page | web.Response:
    """Show, save or delete one record, or a new one."""
    record_type = _type_of(visit, type_name)
    wanted = visit.query.get("id")
    level = VIEW if wanted is not None else CREATE
    refusal = view_refusal(record_type, visit.login, level)
    current = None
    if wanted is not None and refusal is None:
        current = visit.account.get(record_type.name, internal_id=wanted)
        if current is None:
            raise NotHereError("That record does not exist. It may have been deleted.")
        refusal = visit.account.denial(visit.login, record_type.name, current.id)
    made = made_for(visit, record_type) if wanted is None and refusal is None else None
    if isinstance(made, Rejection):
        refusal, made = made, None
    if refusal is not None:
        return _refused(record_type, refusal)
    return _answered(visit, record_type, current, made)


def _answered(
    visit: Visit, record_type: RecordType, current: Stored | None, made: Stored | None
) -> Page | web.Response:
    """Answer for a record there is, or a new one, which may begin as it was `made` of another."""
    if visit.act == "delete" and current is not None:
        return _delete(visit, current)
    if visit.entries is None:
        return _page(
            visit, record_type, current, stored_sheet(record_type, current or made, visit.account.zone), Refused()
        )
    typed = typed_sheet(record_type, visit.entries)
    if visit.act.startswith(ADD):
        return _page(visit, record_type, current, _longer(typed, visit.act.removeprefix(ADD)), Refused())
    if made is None:
        result = save(visit, record_type, current, typed, visit.entries.text(SEEN))
    else:
        result = save_made(visit, made, typed)
    if isinstance(result, Written):
        return redirect(paths.form_of(record_type.name, id=result.id, done="saved"))
    return _page(visit, record_type, current, typed, result)


def _longer(sheet: Sheet, sublist: str) -> Sheet:
    counts = {name: count + 1 if name == sublist else count for name, count in sheet.counts.items()}
    return Sheet(sheet.texts, counts, sheet.removed)


def _delete(visit: Visit, current: Stored) -> Page | web.Response:
    record_type = current.type
    result = visit.account.delete(record_type.name, internal_id=current.id, role=visit.login)
    if isinstance(result, Written):
        return redirect(paths.to(paths.RECORD_LIST, type=record_type.name, done="deleted"))
    sheet = stored_sheet(record_type, current, visit.account.zone)
    return _page(visit, record_type, current, sheet, Refused(others=[result.message]))


def _page(visit: Visit, record_type: RecordType, current: Stored | None, sheet: Sheet, refused: Refused) -> Page:
    level = CREATE if current is None else EDIT
    is_editable = view_refusal(record_type, visit.login, level) is None
    may_delete = view_refusal(record_type, visit.login, FULL) is None and record_type.name not in READ_ONLY_TYPES
    seen = version_of(current) if visit.entries is None or SEEN not in visit.entries else visit.entries.text(SEEN)
    builder = Builder(visit, record_type, sheet, refused.by_input, is_editable=is_editable)
    return Page(
        title=f"New {record_type.label}" if current is None else f"{record_type.label}: {_name_of(current)}",
        trail=_TRAIL,
        links=_links(visit, record_type, current),
        form=builder.form(buttons(("save", "Save")) if is_editable else (), seen),
        frame=frame_of(visit, current),
        listings=() if current is None else (notes_of(visit, current),),
        dangers=(_DELETE,) if current is not None and may_delete else (),
        problems=tuple(refused.others),
        message=_MESSAGES.get(visit.query.get("done", ""), "") if visit.entries is None else "",
    )


def _links(visit: Visit, record_type: RecordType, current: Stored | None) -> tuple[Link, ...]:
    links = [Link(label="List", href=paths.to(paths.RECORD_LIST, type=record_type.name))]
    if current is not None and record_type.name == "employee" and visit.may(MANAGE_USERS):
        links.append(Link(label="Access", href=paths.to(paths.EMPLOYEE_ACCESS, id=current.id)))
    return (*links, *(() if current is None else (*links_of(visit, current), *buttons_of(visit, current))))


def _any_form(visit: Visit) -> Page | web.Response:
    return _form(visit, visit.query.get("type", ""))


def _customer_or_project(visit: Visit) -> Page | web.Response:
    """Tell a customer from a project at the one address both have."""
    named, wanted = visit.query.get("type", ""), visit.query.get("id", "")
    if named not in ("customer", "job"):
        named = "customer" if wanted and visit.account.get("customer", internal_id=wanted) is not None else "job"
    return _form(visit, named)


def _form_of_one(type_name: str) -> Answer:
    return lambda visit: _form(visit, type_name)


PLACES = (
    Place(path=paths.RECORD_TYPES, answer=_types, menu=_TRAIL),
    Place(path=paths.RECORD_LIST, answer=_list),
    Place(path=paths.RECORD, answer=_any_form),
    Place(path=paths.CUSTOMER_OR_PROJECT, answer=_customer_or_project),
    *(
        Place(path=path, answer=_form_of_one(name))
        for name, path in paths.FORMS.items()
        if path != paths.CUSTOMER_OR_PROJECT
    ),
)
