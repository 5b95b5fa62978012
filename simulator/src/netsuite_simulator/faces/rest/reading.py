"""Single records read through REST, reference §5.3: whom a role may see, and the parts a request wants shown."""

from __future__ import annotations

from aiohttp import web

from netsuite_simulator.account import Stored
from netsuite_simulator.faces.rest.addresses import Identity, href_of
from netsuite_simulator.faces.rest.documents import Writer, rest_name
from netsuite_simulator.faces.rest.entrance import Visit
from netsuite_simulator.faces.rest.problems import NOT_FOUND, ProblemError, problem_of
from netsuite_simulator.results import view_refusal
from netsuite_simulator.schemas.fields import RecordType


def may_view(visit: Visit, record_type: RecordType) -> None:
    """Refuse a role that may not see records of a type."""
    refusal = view_refusal(record_type, visit.login)
    if refusal is not None:
        raise problem_of(refusal)


def stored_record(visit: Visit, record_type: RecordType, identity: Identity) -> Stored:
    """Read a record that has to be there and that the role may see."""
    record = visit.account.get(record_type.name, internal_id=identity[0], external_id=identity[1])
    if record is None:
        raise ProblemError(404, "NONEXISTENT_ID", NOT_FOUND)
    denial = visit.account.denial(visit.login, record_type.name, record.id)
    if denial is not None:
        raise problem_of(denial)
    return record


def _flag(request: web.Request, name: str) -> bool:
    return request.query.get(name, "false").lower() == "true"


def _fields(request: web.Request, record_type: RecordType, parameter: str) -> frozenset[str] | None:
    """Return the fields a parameter names, spelled as the record does; None without the parameter."""
    if parameter not in request.query:
        return None
    wanted = [name.strip() for name in request.query[parameter].split(",") if name.strip()]
    known = {rest_name(one).lower(): rest_name(one) for one in record_type.fields}
    known |= {name.lower(): name for name in ("id", "externalId", "links")}
    unknown = [name for name in wanted if name.lower() not in known]
    if unknown:
        detail = f"Invalid query parameter value. Record '{record_type.name}' has no field '{unknown[0]}'."
        raise ProblemError(400, "INVALID_PARAMETER", detail, parameter=parameter)
    return frozenset(known[name.lower()] for name in wanted)


def writer_of(request: web.Request, visit: Visit, record_type: RecordType) -> Writer:
    """Return what writes records as the request's parameters want them."""
    return Writer(
        account=visit.account,
        href=href_of(request),
        expands=_flag(request, "expandSubResources"),
        expanded=_fields(request, record_type, "expand") or frozenset(),
        has_simple_enums=_flag(request, "simpleEnumFormat"),
        only=_fields(request, record_type, "fields"),
    )
