"""Sublists, their lines and the records inside those at addresses of their own, reference §5.4: read, added, changed,
replaced, deleted.

A line's address ends with its line number where its sublist is keyed by it, else with its place (assumed).
"""

from __future__ import annotations

from http import HTTPMethod

from aiohttp import web

from netsuite_simulator.account import Rejection, Stored
from netsuite_simulator.faces.answers import json_response
from netsuite_simulator.faces.rest.addresses import COLLECTION, SINGULAR, href_of, identity_of, record_type_of
from netsuite_simulator.faces.rest.collections import bounds, page_of
from netsuite_simulator.faces.rest.documents import Document, Writer, collection, line_id, rest_name
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import ProblemError, not_allowed, problem_of
from netsuite_simulator.faces.rest.reading import may_view, stored_record
from netsuite_simulator.faces.rest.writing import body_of, read_content
from netsuite_simulator.schemas.fields import Field, Kind, RecordType
from netsuite_simulator.shelves import Line


def answer(request: web.Request, visit: Visit, content: bytes) -> web.Response:
    """Answer a request to a sublist or to one of its lines."""
    record_type = record_type_of(request, visit)
    name = request.match_info["sublist"]
    if name[:1] in "!@":
        detail = f"'{name}' is no operation on a record here. There are !transform/{{type}}, !attach, !detach and @{{action}}."
        raise ProblemError(400, "INVALID_REQUEST", detail)
    may_view(visit, record_type)
    record = stored_record(visit, record_type, identity_of(request))
    found = _sublist_field(record_type, name)
    if request.method == HTTPMethod.GET:
        return _shown(request, visit, record, found)
    if found.kind is not Kind.LINES:
        raise not_allowed(request, HTTPMethod.GET)
    if "subrecord" in request.match_info:
        if request.method != HTTPMethod.PATCH:
            raise not_allowed(request, HTTPMethod.GET, HTTPMethod.PATCH)
        inside = {rest_name(_subrecord_field(request, found)): read_content(content)}
        return _change_line(request, visit, record, found, inside)
    if "line" in request.match_info:
        deletes = request.method == HTTPMethod.DELETE
        return _change_line(request, visit, record, found, None if deletes else read_content(content))
    return _change_list(request, visit, record, found, content)


def _sublist_field(record_type: RecordType, name: str) -> Field:
    for one in record_type.fields:
        if one.kind in (Kind.LINES, Kind.REFERENCES) and rest_name(one).lower() == name.lower():
            return one
    raise ProblemError(404, "NONEXISTENT_ID", f"Record type '{record_type.name}' has no sublist '{name}'.", path=name)


def _subrecord_field(request: web.Request, found: Field) -> Field:
    """Find the record inside a line that an address names, as `addressBook/{line}/addressBookAddress` does."""
    name = request.match_info["subrecord"]
    for one in () if found.lines is None else found.lines.fields:
        if one.subrecord is not None and rest_name(one).lower() == name.lower():
            return one
    detail = f"The lines of sublist '{rest_name(found)}' have no subrecord '{name}'."
    raise ProblemError(404, "NONEXISTENT_ID", detail, path=name)


def _address(request: web.Request, record: Stored, found: Field) -> str:
    return f"{href_of(request)}/{record.type.name}/{record.id}/{rest_name(found)}"


def _shown(request: web.Request, visit: Visit, record: Stored, found: Field) -> web.Response:
    writer = Writer(account=visit.account, href=href_of(request), expands=True)
    whole = writer.record(record).get(rest_name(found))
    items: list[Document] = whole["items"] if isinstance(whole, dict) else []
    if "line" in request.match_info:
        place = _place(request, found, _lines(record, found) if found.kind is Kind.LINES else [{} for _ in items])
        if "subrecord" not in request.match_info:
            return json_response(items[place], content_type=SINGULAR)
        name = rest_name(_subrecord_field(request, found))
        return json_response(items[place].get(name, {}), content_type=SINGULAR)
    address = _address(request, record, found)
    if not request.query.keys() & {"limit", "offset"}:
        return json_response(collection(items, address), content_type=COLLECTION)
    limit, offset = bounds(request)
    on_page = items[offset : offset + limit]
    page = page_of(on_page, address, {}, limit=limit, offset=offset, total=len(items))
    return json_response(page, content_type=COLLECTION)


def _lines(record: Stored, found: Field) -> list[Line]:
    lines = record.values.get(found.name)
    return [dict(line) for line in lines] if isinstance(lines, list) else []


def _place(request: web.Request, found: Field, lines: list[Line]) -> int:
    number = request.match_info["line"]
    for place, line in enumerate(lines):
        if line_id(found, line, place) == number:
            return place
    raise ProblemError(404, "NONEXISTENT_ID", f"Sublist '{rest_name(found)}' has no line {number}.")


def _change_list(request: web.Request, visit: Visit, record: Stored, found: Field, content: bytes) -> web.Response:
    before = _lines(record, found)
    match request.method:
        case HTTPMethod.POST:
            lines, headers = _given(request, record, found, {"items": [read_content(content)]})
            taken = {line_id(found, line, place) for place, line in enumerate(before)}
            number = lines[0].get("line")
            if number is not None and str(number) in taken:
                detail = f"Sublist '{rest_name(found)}' has a line {number} already. Change it with PATCH."
                raise ProblemError(400, "INVALID_CONTENT", detail, path="line")
            _keep(visit, record, found, lines, replaces=False)
            after = _lines(stored_record(visit, record.type, (record.id, None)), found)
            added = line_id(found, after[-1], len(after) - 1) if number is None else str(number)
            location = f"{_address(request, record, found)}/{added}"
            return web.Response(status=204, headers={"Location": location, **headers})
        case HTTPMethod.PATCH | HTTPMethod.PUT:
            lines, headers = _given(request, record, found, read_content(content))
            _keep(visit, record, found, lines, replaces=request.method == HTTPMethod.PUT)
        case HTTPMethod.DELETE:
            headers = {}
            _keep(visit, record, found, [], replaces=True)
        case _:
            raise not_allowed(
                request, HTTPMethod.GET, HTTPMethod.POST, HTTPMethod.PATCH, HTTPMethod.PUT, HTTPMethod.DELETE
            )
    return web.Response(status=204, headers={"Location": _address(request, record, found), **headers})


def _change_line(request: web.Request, visit: Visit, record: Stored, found: Field, document: object) -> web.Response:
    before = _lines(record, found)
    place = _place(request, found, before)
    key = None if found.lines is None else found.lines.key
    kept = {key: before[place][key]} if key is not None and key in before[place] else {}
    match request.method:
        case HTTPMethod.DELETE:
            _keep(visit, record, found, [*before[:place], *before[place + 1 :]], replaces=True)
            return web.Response(status=204)
        case HTTPMethod.PATCH | HTTPMethod.PUT:
            (given,), headers = _given(request, record, found, {"items": [document]})
            if request.method == HTTPMethod.PATCH and kept and None not in given.values():
                _keep(visit, record, found, [{**given, **kept}], replaces=False)
            else:
                start = before[place] if request.method == HTTPMethod.PATCH else {}
                _keep(
                    visit,
                    record,
                    found,
                    [*before[:place], {**start, **given, **kept}, *before[place + 1 :]],
                    replaces=True,
                )
        case _:
            raise not_allowed(request, HTTPMethod.GET, HTTPMethod.PATCH, HTTPMethod.PUT, HTTPMethod.DELETE)
    location = f"{_address(request, record, found)}/{request.match_info['line']}"
    return web.Response(status=204, headers={"Location": location, **headers})


def _given(request: web.Request, record: Stored, found: Field, document: object) -> tuple[list[Line], dict[str, str]]:
    body, headers = body_of(request, record.type, {rest_name(found): document})
    lines = body.values.get(found.name)
    return (lines if isinstance(lines, list) else []), headers


def _keep(visit: Visit, record: Stored, found: Field, lines: list[Line], *, replaces: bool) -> None:
    result = visit.account.update(
        record.type.name, {found.name: lines}, internal_id=record.id, replace_lists=replaces, role=visit.login
    )
    if isinstance(result, Rejection):
        raise problem_of(result)
