"""Declares the searches of the account's record types: criteria, joins, columns, the advanced form (reference §4.15).

Declared is what the account can answer: a field that no record of the search has, or a join it does not offer, is left
out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from netsuite_simulator.faces.soap.aliases import field_of
from netsuite_simulator.faces.soap.catalogs import Catalog
from netsuite_simulator.faces.soap.conditions import ID_CRITERIA
from netsuite_simulator.faces.soap.joins import JOINS, Join, is_possible
from netsuite_simulator.faces.soap.searchfields import SearchField, search_fields
from netsuite_simulator.faces.soap.searchtypes import search_prefix
from netsuite_simulator.faces.soap.wsdl.declarations import Attribute, ComplexType, Element
from netsuite_simulator.faces.soap.wsdl.recordtypes import Schemas
from netsuite_simulator.schemas.fields import RecordType

_CRITERIA = {
    "b": "SearchBooleanField", "s": "SearchStringField", "l": "SearchLongField", "n": "SearchTextNumberField",
    "d": "SearchDoubleField", "t": "SearchDateField", "e": "SearchEnumMultiSelectField", "m": "SearchMultiSelectField",
    "c": "SearchCustomFieldList", "r": "RecordRef",
}  # fmt: skip
_COLUMNS = {
    "b": "SearchColumnBooleanField", "s": "SearchColumnStringField", "l": "SearchColumnLongField",
    "n": "SearchColumnTextNumberField", "d": "SearchColumnDoubleField", "t": "SearchColumnDateField",
    "e": "SearchColumnEnumSelectField", "m": "SearchColumnSelectField", "c": "SearchColumnCustomFieldList",
    "r": "RecordRef",
}  # fmt: skip
# Criteria and columns that are no field of a record.
_ALWAYS = ID_CRITERIA | {"customFieldList", "mainLine", "recType", "type", "subType", "line", "lineSequenceNumber"}
_SAVED = (Attribute(name="savedSearchId", type="xsd:string"), Attribute(name="savedSearchScriptId", type="xsd:string"))


def declare_searches(catalog: Catalog, schemas: Schemas) -> None:
    """Declare every search of the catalog's record types."""
    found = dict.fromkeys(shape.type.soap_search for shape in catalog.by_name.values() if shape.type.soap_search)
    described = [name for name in found if search_fields(name)]
    for name in described:
        _declare_basics(name, _types_of(catalog, name), schemas)
    for name in described:
        _declare_search(name, catalog, schemas, described)


def _types_of(catalog: Catalog, search_type: str) -> list[RecordType]:
    return [shape.type for shape in catalog.searched_by(search_type)]


def _declare_basics(name: str, types: Sequence[RecordType], schemas: Schemas) -> None:
    kept = [one for one in search_fields(name) if one.name in _ALWAYS or _is_kept(name, one.name, types)]
    schema = schemas["platformCommon"]
    criteria, columns = _elements(kept, lambda one: _CRITERIA.get(one.criterion)), _columns(kept)
    schema.declare(
        ComplexType(name=f"{name}Basic", elements=tuple(criteria), extends="platformCore:SearchRecordBasic"),
        ComplexType(name=f"{name}RowBasic", elements=tuple(columns), extends="platformCore:SearchRowBasic"),
    )
    schema.global_elements[f"{name[0].lower()}{name[1:]}Basic"] = f"platformCommon:{name}Basic"
    schema.global_elements[f"{name[0].lower()}{name[1:]}RowBasic"] = f"platformCommon:{name}RowBasic"


def _is_kept(search_type: str, name: str, types: Sequence[RecordType]) -> bool:
    if any(field_of(one, search_type, name) is not None for one in types):
        return True
    lines = (entry.lines.fields for one in types for entry in one.fields if entry.lines is not None)
    return any(column.name == name for fields in lines for column in fields)


def _elements(fields: Iterable[SearchField], kind_of: Callable[[SearchField], str | None]) -> list[Element]:
    named = ((one, kind_of(one)) for one in fields)
    return [
        Element(name=one.name, type=f"platformCore:{kind}", is_optional=one.name != "recType")
        for one, kind in named
        if kind is not None
    ]


def _columns(fields: Iterable[SearchField]) -> list[Element]:
    """Columns may be asked for more than once, the list of custom ones may not."""
    return [
        Element(
            name=one.name,
            type=f"platformCore:{_COLUMNS[one.column]}",
            is_optional=one.name != "recType",
            is_repeated=one.column not in {"c", "r"},
        )
        for one in fields
        if one.column
    ]


def _declare_search(name: str, catalog: Catalog, schemas: Schemas, described: Sequence[str]) -> None:
    prefix = search_prefix(catalog, name)
    ours = _types_of(catalog, name)
    joins = sorted(
        (
            one
            for one in JOINS.get(name, ())
            if one.target in described and is_possible(one, ours, _types_of(catalog, one.target))
        ),
        key=lambda one: one.name.removesuffix("Join").casefold(),
    )
    schema = schemas[prefix]
    schema.declare(
        ComplexType(name=name, elements=_parts(name, "Basic", joins), extends="platformCore:SearchRecord"),
        ComplexType(
            name=f"{name}Advanced",
            elements=(
                Element(name="criteria", type=f"{prefix}:{name}", is_optional=True),
                Element(name="columns", type=f"{prefix}:{name}Row", is_optional=True),
            ),
            attributes=_SAVED,
            extends="platformCore:SearchRecord",
        ),
        ComplexType(
            name=f"{name}Row",
            elements=_parts(name, "RowBasic", joins),
            extends="platformCore:SearchRow",
        ),
    )
    lower = name[0].lower() + name[1:]
    for suffix in ("", "Advanced", "Row"):
        schema.global_elements[lower + suffix] = f"{prefix}:{name}{suffix}"


def _parts(name: str, suffix: str, joins: Iterable[Join]) -> tuple[Element, ...]:
    basic = Element(name="basic", type=f"platformCommon:{name}{suffix}", is_optional=True)
    joined = (Element(name=one.name, type=f"platformCommon:{one.target}{suffix}", is_optional=True) for one in joins)
    return (basic, *joined)
