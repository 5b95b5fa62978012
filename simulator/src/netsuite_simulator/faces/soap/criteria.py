"""Reads a search request: which search, and each criterion as it was written (reference §4.15).

Knows the shapes of search fields, not the columns behind them; `conditions.py` gives them a meaning.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from netsuite_simulator.faces.soap.namespaces import XSI_TYPE, split_tag
from netsuite_simulator.faces.soap.soapfaults import malformed

CRITERIA_LIMIT = 200
COLUMNS_LIMIT = 1_000
VALUES_LIMIT = 5_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One value of a multi-select criterion: a record named by one of its two ids."""

    internal_id: str | None = None
    external_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Criterion:
    """One search field as sent. `values` holds the texts of searchValue, `targets` its references."""

    name: str
    operator: str | None
    values: tuple[str, ...] = ()
    second: str | None = None
    predefined: str | None = None
    targets: tuple[Target, ...] = ()
    is_custom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinedCriteria:
    """The criteria that the records behind a join have to meet."""

    join: str
    criteria: tuple[Criterion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of an advanced search: a field, of the record itself or of the one behind a join."""

    name: str
    join: str | None = None
    label: str | None = None
    is_custom: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """A parsed search: the type's local name without "Basic" and "Advanced", its criteria, joins and columns.

    `saved_id` and `saved_script_id` name a saved search that the rest is added to.
    """

    search_type: str
    criteria: tuple[Criterion, ...] = ()
    joins: tuple[JoinedCriteria, ...] = ()
    columns: tuple[Column, ...] = ()
    saved_id: str | None = None
    saved_script_id: str | None = None


def xsi_type_of(element: etree._Element) -> tuple[str, str]:
    """Return the namespace and local name of the element's xsi:type; SoapFaultError where it has none."""
    value = element.get(XSI_TYPE)
    if not value:
        name = split_tag(element.tag)[1]
        raise malformed(
            f"org.xml.sax.SAXException: {name} is an abstract type and cannot be instantiated. Set xsi:type."
        )
    prefix, colon, local = value.strip().rpartition(":")
    namespace = element.nsmap.get(prefix if colon else None)
    if namespace is None:
        raise malformed(f"org.xml.sax.SAXException: the prefix of xsi:type {value!r} is not declared")
    return namespace, local


def read_search(body: etree._Element) -> SearchRequest:
    """Return what a `search` body asks for."""
    record = next((child for child in body if split_tag(child.tag)[1] == "searchRecord"), None)
    if record is None:
        raise malformed("org.xml.sax.SAXException: search needs a searchRecord")
    _, search_type = xsi_type_of(record)
    if search_type.endswith("SearchBasic"):
        return SearchRequest(search_type=search_type.removesuffix("Basic"), criteria=read_criteria(record))
    if not search_type.endswith("SearchAdvanced"):
        criteria, joins = _read_search(record)
        return SearchRequest(search_type=search_type, criteria=criteria, joins=joins)
    parts = {split_tag(child.tag)[1]: child for child in record}
    criteria, joins = _read_search(parts["criteria"]) if "criteria" in parts else ((), ())
    return SearchRequest(
        search_type=search_type.removesuffix("Advanced"),
        criteria=criteria,
        joins=joins,
        columns=_read_columns(parts["columns"]) if "columns" in parts else (),
        saved_id=record.get("savedSearchId") or None,
        saved_script_id=record.get("savedSearchScriptId") or None,
    )


def _read_search(search: etree._Element) -> tuple[tuple[Criterion, ...], tuple[JoinedCriteria, ...]]:
    criteria: tuple[Criterion, ...] = ()
    joins: list[JoinedCriteria] = []
    for child in search:
        name = split_tag(child.tag)[1]
        if name == "basic":
            criteria = read_criteria(child)
        else:
            joins.append(JoinedCriteria(join=name, criteria=read_criteria(child)))
    return criteria, tuple(joins)


def _read_columns(columns: etree._Element) -> tuple[Column, ...]:
    found: list[Column] = []
    for group in columns:
        name = split_tag(group.tag)[1]
        join = None if name == "basic" else name
        for child in group:
            column = split_tag(child.tag)[1]
            if column == "customFieldList":
                named = ((custom, custom.get("scriptId") or custom.get("internalId") or "") for custom in child)
                found.extend(
                    Column(name=script_id, join=join, label=_label(custom), is_custom=True)
                    for custom, script_id in named
                )
            else:
                found.append(Column(name=column, join=join, label=_label(child)))
    if len(found) > COLUMNS_LIMIT:
        raise malformed(f"org.xml.sax.SAXException: a search takes {COLUMNS_LIMIT} columns, this one has {len(found)}")
    return tuple(found)


def _label(column: etree._Element) -> str | None:
    return next((child.text for child in column if split_tag(child.tag)[1] == "customLabel"), None)


def read_criteria(basic: etree._Element) -> tuple[Criterion, ...]:
    """Return the criteria of one SearchBasic element, custom fields included."""
    criteria: list[Criterion] = []
    for child in basic:
        name = split_tag(child.tag)[1]
        if name == "customFieldList":
            criteria.extend(_read_criterion(field, field.get("scriptId", ""), is_custom=True) for field in child)
        else:
            criteria.append(_read_criterion(child, name))
    if len(criteria) > CRITERIA_LIMIT:
        raise malformed(
            f"org.xml.sax.SAXException: a search takes {CRITERIA_LIMIT} criteria, this one has {len(criteria)}"
        )
    return tuple(criteria)


def _read_criterion(element: etree._Element, name: str, *, is_custom: bool = False) -> Criterion:
    if len(element) > VALUES_LIMIT:
        raise malformed(
            f"org.xml.sax.SAXException: {name} takes {VALUES_LIMIT} search values, this one has {len(element)}"
        )
    values: list[str] = []
    targets: list[Target] = []
    second: str | None = None
    predefined: str | None = None
    for child in element:
        match split_tag(child.tag)[1]:
            case "searchValue":
                values.append(child.text or "")
                if child.get("internalId") or child.get("externalId"):
                    targets.append(Target(internal_id=child.get("internalId"), external_id=child.get("externalId")))
            case "searchValue2":
                second = child.text or ""
            case "predefinedSearchValue":
                predefined = (child.text or "").strip()
            case other:
                raise malformed(f"org.xml.sax.SAXException: {other} is no part of the search field {name}")
    operator = element.get("operator")
    if element.get("internalId") and not len(element) and not is_custom:  # postingPeriod is a bare RecordRef
        operator, targets = "anyOf", [Target(internal_id=element.get("internalId"))]
    return Criterion(
        name=name,
        operator=operator,
        values=tuple(values),
        second=second,
        predefined=predefined,
        targets=tuple(targets),
        is_custom=is_custom,
    )
