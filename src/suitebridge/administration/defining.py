"""Custom fields of a company: people define those of the workspace; those of NetSuite are taken over as the account describes them.

It knows neither pages nor how the account was asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from suitebridge.administration.permitting import require
from suitebridge.domain.custom_fields import (
    CustomField,
    TypeFields,
    changes_between,
    fields_of,
    found_fields,
    refuse_definition,
)
from suitebridge.domain.drift import AccountField
from suitebridge.domain.errors import Problem, RecordRefusedError
from suitebridge.domain.events import Event, EventName
from suitebridge.domain.mentions import NamedField, mentions
from suitebridge.domain.people import Permission, Stamp, User
from suitebridge.domain.records import System
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Workflow
from suitebridge.ports.companies import CompanyStore

NEEDS: Final = Permission.EDIT_INTEGRATION_SETTINGS
_MOST_PLACES: Final = 10


def list_fields(store: CompanyStore, system: System, *, acting: User) -> Sequence[TypeFields]:
    """Give the custom fields of one side, type by type. Raise `RunStoppedError` SB-AUTH-001."""
    require(acting, NEEDS, "see the custom fields")
    return [one for one in store.custom_fields.load() if one.system is system]


def define_field(
    store: CompanyStore, record_type: str, custom: CustomField, *, version: int, acting: User, stamp: Stamp
) -> TypeFields:
    """Add a field to a record type of the workspace, or change the one of its name; `version` is that of the type's list.

    A field that was removed comes back with the values that records kept. Raise `LookupError` for no record type, `RecordRefusedError` SB-CFG-013 for
    what is wrong with the definition, SB-CFG-014 where somebody was faster, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, NEEDS, "define a custom field")
    shipped = _workspace_type(record_type)
    known = _seen(store, record_type, version)
    others = [one for one in known.fields if one.name != custom.name]
    problems = refuse_definition(custom, shipped, known.fields)
    if problems:
        said = " ".join(problem.facts["said"] for problem in problems)
        raise RecordRefusedError(Problem(code=problems[0].code, facts={**problems[0].facts, "said": said}))
    before = [one for one in known.fields if one.name == custom.name]
    fields = (*others, custom) if not before else tuple(custom if one in before else one for one in known.fields)
    return _save(store, replace(known, fields=fields, version=version), known, shipped.plural, stamp)


def remove_field(
    store: CompanyStore,
    record_type: str,
    name: str,
    *,
    workflows: Mapping[str, Workflow],
    version: int,
    acting: User,
    stamp: Stamp,
) -> TypeFields:
    """Take a field away from a record type of the workspace: nobody sees or maps it any more, and the values in records stay.

    `workflows` are the company's. Raise `LookupError` where there is none, `RecordRefusedError` SB-CFG-014, or SB-CFG-025 with the places of mappings
    that name it, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, NEEDS, "remove a custom field")
    shipped = _workspace_type(record_type)
    known = _seen(store, record_type, version)
    if name not in {one.name for one in known.fields if not one.is_retired}:
        raise LookupError(f"{shipped.label} has no custom field {name}.")
    named = NamedField(system=System.WORKSPACE, record_type=record_type, field=name)
    places = mentions(workflows.values(), named, store.schemas())
    if places:
        facts = {"field": name, "count": str(len(places)), "places": "; ".join(places[:_MOST_PLACES])}
        raise RecordRefusedError(Problem(code="SB-CFG-025", facts=facts))
    fields = tuple(replace(one, is_retired=True) if one.name == name else one for one in known.fields)
    return _save(store, replace(known, fields=fields, version=version), known, shipped.plural, stamp)


@dataclass(frozen=True, slots=True, kw_only=True)
class Description:
    """A NetSuite record type as an account describes it."""

    record_type: str
    fields: Sequence[AccountField]
    account: str


def take_over_fields(store: CompanyStore, described: Description, *, acting: User, stamp: Stamp) -> TypeFields:
    """Make the custom fields that the account describes part of a NetSuite record type; the trail tells what became of them, if anything did.

    Raise `LookupError` for a type that no workflow knows, `RunStoppedError` SB-AUTH-001.
    """
    require(acting, NEEDS, "synchronize the custom fields")
    record_type, account = described.record_type, described.account
    if record_type not in NETSUITE_TYPES:
        raise LookupError(f"NetSuite's record type {record_type} is none that workflows know.")
    known = fields_of(store.custom_fields.load(), System.NETSUITE, record_type)
    found = replace(known, fields=found_fields(described.fields), account=account)
    if (found.fields, account) == (known.fields, known.account):
        return store.custom_fields.save(found, stamp=stamp, told=None)
    return _save(store, found, known, NETSUITE_TYPES[record_type].plural, stamp)


def _save(store: CompanyStore, wanted: TypeFields, known: TypeFields, plural: str, stamp: Stamp) -> TypeFields:
    is_ours = wanted.system is System.WORKSPACE
    event = Event(
        name=EventName.CUSTOM_FIELDS_SAVED if is_ours else EventName.CUSTOM_FIELDS_FOUND,
        subject_type="custom_fields",
        subject_id=f"{wanted.system.value}:{wanted.record_type}",
        subject=plural if is_ours else f"{plural} in NetSuite",
        changes=changes_between(known.fields, wanted.fields),
    )
    return store.custom_fields.save(wanted, stamp=stamp, told=event)


def _seen(store: CompanyStore, record_type: str, version: int) -> TypeFields:
    """Give a type's list as it stands, which has to be the one that was seen."""
    known = fields_of(store.custom_fields.load(), System.WORKSPACE, record_type)
    if known.version != version:
        raise RecordRefusedError(Problem(code="SB-CFG-014", facts={"type": record_type}))
    return known


def _workspace_type(record_type: str) -> RecordSchema:
    if record_type not in WORKSPACE_TYPES:
        raise LookupError(f"There is no record type {record_type}.")
    return WORKSPACE_TYPES[record_type]
