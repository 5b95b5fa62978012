"""What a search means on the account: which record types it reads, and what each must meet (reference §4.15).

Knows criteria, joins and permissions; runs nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from netsuite_simulator.criteria import Condition
from netsuite_simulator.faces.soap.calls import Call, detail_of
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError, Grounds, condition_of, is_known, truth_of
from netsuite_simulator.faces.soap.criteria import Criterion, JoinedCriteria, SearchRequest
from netsuite_simulator.faces.soap.joins import Followed, Join, is_possible, join_named, joined_condition
from netsuite_simulator.faces.soap.savedsearches import saved_searches
from netsuite_simulator.faces.soap.shapes import Shape
from netsuite_simulator.results import view_refusal
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.shelves import Shelf

# Criteria that choose among the types a search finds, and not among their fields.
_ITEM_TYPES = {
    "service": "_service", "nonInventory": "_nonInventoryItem", "otherCharge": "_otherCharge",
    "inventory": "_inventoryItem", "kit": "_kit", "discount": "_discount", "markup": "_markup",
    "subtotal": "_subtotal", "description": "_description",
}  # fmt: skip
_SUBTYPES = {"SaleItem": "_forSale", "PurchaseItem": "_forPurchase", "ResaleItem": "_forResale"}
_TRANSACTION_TYPES = {"journalEntry": "_journal", "purchaseRequisition": "_requisition"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """One record type to search, with its conditions."""

    shape: Shape
    where: list[Condition]


def completed(call: Call, request: SearchRequest) -> SearchRequest:
    """Return the request with the saved search it names; CriterionRefusedError where there is none."""
    if request.saved_id is None and request.saved_script_id is None:
        return request
    found = saved_searches(call.account).find(
        request.search_type, internal_id=request.saved_id, script_id=request.saved_script_id
    )
    if found is None:
        named = request.saved_id or request.saved_script_id
        raise CriterionRefusedError(
            code="INVALID_SAVEDSEARCH",
            message=f"There is no saved search {named} of {request.search_type}. getSavedSearch lists those there are.",
        )
    return found.completed(request)


def plans_of(call: Call, request: SearchRequest) -> list[Plan]:
    """Return which types to search, each with its conditions."""
    allowed = allowed_shapes(call, request.search_type)
    _refuse_unknown(request.search_type, request.criteria, allowed)
    grounds = call.grounds()
    joins = [_joined(call, request.search_type, one, grounds) for one in request.joins]
    plans = []
    for shape in allowed:
        where = _conditions(shape, request.search_type, request.criteria, grounds)
        if where is None:
            continue
        joined = [joined_condition(join, shape.type, theirs) for join, theirs in joins]
        if None not in joined:
            seen = call.account.seen_by(call.grants, shape.type.name)
            plans.append(Plan(shape=shape, where=[*seen, *where, *(one for one in joined if one is not None)]))
    return plans


def allowed_shapes(call: Call, search_type: str) -> list[Shape]:
    """Return the types a search finds and the role may see."""
    shapes = call.catalog.searched_by(search_type)
    if not shapes:
        raise CriterionRefusedError(
            code="INVALID_SEARCH_TYPE",
            message=f"The simulated account does not offer {search_type}: it keeps no such records.",
        )
    refusals = [view_refusal(shape.type, call.grants) for shape in shapes]
    allowed = [shape for shape, refusal in zip(shapes, refusals, strict=True) if refusal is None]
    if not allowed and refusals[0] is not None:
        refused = detail_of(refusals[0])
        raise CriterionRefusedError(code=refused.code, message=refused.message)
    return allowed


def offered_join(call: Call, search_type: str, name: str) -> Join:
    """Return a join of a search; CriterionRefusedError where the account has no such records or no such field."""
    join = join_named(search_type, name)
    if join is not None:
        ours = [shape.type for shape in call.catalog.searched_by(search_type)]
        theirs = [shape.type for shape in call.catalog.searched_by(join.target)]
        if is_possible(join, ours, theirs):
            return join
    raise CriterionRefusedError(
        code="INVALID_SEARCH_JOIN_ID",
        message=f"The simulated account does not offer the join {name} of {search_type}.",
    )


def followed_by(call: Call, request: SearchRequest, joins: Sequence[Join]) -> list[Followed]:
    """Return the backward joins among these with the records that a row may show: those its criteria let in."""
    grounds = call.grounds()
    found = []
    for join in joins:
        if join.is_backward:
            criteria = tuple(one for asked in request.joins if asked.join == join.name for one in asked.criteria)
            asked = JoinedCriteria(join=join.name, criteria=criteria)
            found.append(_joined(call, request.search_type, asked, grounds))
    return found


def _joined(call: Call, search_type: str, asked: JoinedCriteria, grounds: Grounds) -> Followed:
    join = offered_join(call, search_type, asked.join)
    allowed = allowed_shapes(call, join.target)
    _refuse_unknown(join.target, asked.criteria, allowed)
    theirs: list[tuple[Shelf, Sequence[Condition]]] = []
    for shape in allowed:
        where = _conditions(shape, join.target, asked.criteria, grounds)
        if where is not None:
            seen = call.account.seen_by(call.grants, shape.type.name)
            theirs.append((call.account.storage.shelves[shape.type.name], [*seen, *where]))
    return join, theirs


def _conditions(
    shape: Shape, search_type: str, criteria: Sequence[Criterion], grounds: Grounds
) -> list[Condition] | None:
    """Return what a record of the type must meet; None where no record of the type can."""
    conditions: list[Condition] = []
    for criterion in criteria:
        lets_in = _choice_of_type(shape, search_type, criterion)
        if lets_in is True:
            continue
        condition = None if lets_in is False else condition_of(shape.type, search_type, criterion, grounds)
        if condition is None:
            return None
        conditions.append(condition)
    return conditions


def _refuse_unknown(search_type: str, criteria: Sequence[Criterion], shapes: list[Shape]) -> None:
    unknown = [
        criterion.name
        for criterion in criteria
        if not any(
            _choice_of_type(shape, search_type, criterion) is not None or is_known(shape.type, search_type, criterion)
            for shape in shapes
        )
    ]
    if unknown:
        raise CriterionRefusedError(
            code="INVALID_SEARCH_FIELD_NAME",
            message=f"The simulated account cannot search {search_type} by {', '.join(unknown)}.",
        )


def main_line(criteria: Sequence[Criterion]) -> bool | None:
    """Return what criteria say of main lines; None where they say nothing."""
    given = next((criterion for criterion in criteria if criterion.name == "mainLine"), None)
    return None if given is None else truth_of(given)


def type_literal(record_type: RecordType, search_type: str) -> str | None:
    """Return the value of the field "type" that stands for a record type; None where the search has no such field."""
    match search_type:
        case "TransactionSearch":
            return _TRANSACTION_TYPES.get(record_type.name, f"_{record_type.name}")
        case "ItemSearch":
            return next((literal for start, literal in _ITEM_TYPES.items() if record_type.name.startswith(start)), None)
        case _:
            return None


def subtype_literal(record_type: RecordType) -> str | None:
    """Return what an item is bought or sold as."""
    return next((literal for end, literal in _SUBTYPES.items() if record_type.name.endswith(end)), None)


def _choice_of_type(shape: Shape, search_type: str, criterion: Criterion) -> bool | None:
    """Tell whether a criterion on the kind of record lets this type in; None where it is no such criterion."""
    match search_type, criterion.name:
        case "TransactionSearch", "mainLine":
            return True
        case (("TransactionSearch" | "ItemSearch"), "type"):
            name = type_literal(shape.type, search_type)
        case "ItemSearch", "subType":
            name = subtype_literal(shape.type)
        case "CustomRecordSearch", "recType":
            return any(target.internal_id == shape.type.type_id for target in criterion.targets)
        case _:
            return None
    return (name in criterion.values) == (criterion.operator != "noneOf")
