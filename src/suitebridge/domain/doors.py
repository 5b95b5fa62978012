"""Which of NetSuite's doors serves which record type and operation, as data with reasons. The gateway asks; a page of the documents shows it."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from suitebridge.domain.values import Fields, is_blank


class NetSuiteDoor(enum.Enum):
    """A way into an account; the value is what people read."""

    SOAP_LIST = "SOAP lists"
    SOAP_CALL = "SOAP operations"
    REST_RECORD = "REST records"
    REST_BATCH = "REST batches"
    REST_CATALOG = "REST catalog of records"
    REST_SYSTEM = "REST system"
    SUITEQL = "SuiteQL"


class Preference(enum.Enum):
    """Which family of doors a connection prefers."""

    SOAP = "SOAP"
    REST = "REST"


class Operation(enum.Enum):
    """What is asked of an account."""

    FETCH = "read pages of records"
    FIND = "find records by a field or by external ID"
    NOW = "ask the present time as a change stamp"
    SHOW = "read whole records with their sublists"
    UPSERT = "create or update by external ID"
    UPDATE = "change records that exist"
    DELETE = "delete records"
    TRANSFORM = "make a record from another"
    ATTACH = "attach a contact or a file"
    DELETED = "ask what was deleted"
    VALUES = "list the values of a select field"
    FIELDS = "list the fields of a record type, custom ones included"
    CUSTOM_TYPES = "list custom record types"
    RATES = "read exchange rates"
    TIME = "ask NetSuite's clock"
    LIMITS = "ask the limits of concurrency"
    TOTALS = "count records and add up amounts"


CUSTOM_RECORDS = "customrecord"
"""How the script id of each custom record type begins."""

BATCH_FROM = 20
"""So many records or more travel as a REST batch: fewer are sooner done one by one than waited for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorRule:
    """The doors of an operation under either preference. `many` serves `BATCH_FROM` records or more under REST.

    With a `record_type` the rule is an exception for it; with a `field`, for records that carry this field. What begins with `CUSTOM_RECORDS` is
    one type here.
    """

    operation: Operation
    soap: NetSuiteDoor
    rest: NetSuiteDoor
    reason: str
    many: NetSuiteDoor | None = None
    record_type: str = ""
    field: str = ""


RULES = (
    DoorRule(
        operation=Operation.FETCH,
        soap=NetSuiteDoor.SUITEQL,
        rest=NetSuiteDoor.SUITEQL,
        reason="SuiteQL reads only the fields that are mapped, pages by key beyond 100,000 rows, and filters every type by its change date; "
        "SOAP searches read whole records and have no change date for departments, classes, locations, categories and others.",
    ),
    DoorRule(
        operation=Operation.FIND,
        soap=NetSuiteDoor.SUITEQL,
        rest=NetSuiteDoor.SUITEQL,
        reason="A thousand values are asked for in one request; the q filter of REST takes few and answers with addresses only.",
    ),
    DoorRule(
        operation=Operation.NOW,
        soap=NetSuiteDoor.SUITEQL,
        rest=NetSuiteDoor.SUITEQL,
        reason="The stamp is compared with SuiteQL's columns, so it comes from the same clock in the same zone.",
    ),
    DoorRule(
        operation=Operation.SHOW,
        soap=NetSuiteDoor.REST_RECORD,
        rest=NetSuiteDoor.REST_RECORD,
        reason="SuiteQL shows no sublist of a record as the record shows it; REST gives a hundred whole records in an answer.",
    ),
    DoorRule(
        operation=Operation.UPSERT,
        soap=NetSuiteDoor.SOAP_LIST,
        rest=NetSuiteDoor.REST_RECORD,
        many=NetSuiteDoor.REST_BATCH,
        reason="SOAP stores a hundred records a request and answers for each at once. REST stores one record a request; a batch of a hundred is "
        "carried out as a job that is asked after.",
    ),
    DoorRule(
        operation=Operation.UPSERT,
        record_type="expenseReport",
        field="expenseList.projectTask",
        soap=NetSuiteDoor.REST_RECORD,
        rest=NetSuiteDoor.REST_RECORD,
        many=NetSuiteDoor.REST_BATCH,
        reason="The expense lines of SOAP have no project task; those of REST have one.",
    ),
    *(
        DoorRule(
            operation=operation,
            record_type=CUSTOM_RECORDS,
            soap=NetSuiteDoor.REST_RECORD,
            rest=NetSuiteDoor.REST_RECORD,
            many=NetSuiteDoor.REST_BATCH if operation is Operation.UPSERT else None,
            reason="SOAP names a custom record type by a number that differs from account to account; REST by its script ID, which an export can say.",
        )
        for operation in (Operation.UPSERT, Operation.UPDATE, Operation.DELETE)
    ),
    DoorRule(
        operation=Operation.UPDATE,
        soap=NetSuiteDoor.SOAP_LIST,
        rest=NetSuiteDoor.REST_RECORD,
        reason="updateList takes a hundred records a request; PATCH takes one.",
    ),
    DoorRule(
        operation=Operation.DELETE,
        soap=NetSuiteDoor.SOAP_LIST,
        rest=NetSuiteDoor.REST_RECORD,
        reason="deleteList takes a hundred records a request here; DELETE takes one. Only programs delete: no workflow does.",
    ),
    DoorRule(
        operation=Operation.TRANSFORM,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.REST_RECORD,
        reason="Both store it under an external ID, so that a lost answer can be looked up and a second one is refused. What SOAP's initialize gives is not "
        "stored: it goes back with what differs. Pairs that initialize does not have go through REST.",
    ),
    DoorRule(
        operation=Operation.ATTACH,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.REST_RECORD,
        reason="Both attach contacts and files.",
    ),
    DoorRule(
        operation=Operation.DELETED,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.SUITEQL,
        reason="getDeleted and the table deletedrecord tell the same, with the permission Deleted Records. Time, currencies, departments, classes, locations, "
        "subsidiaries and expense categories are in neither, so the records that are linked are asked for.",
    ),
    DoorRule(
        operation=Operation.VALUES,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.SUITEQL,
        reason="getSelectValue lists what a field may hold. REST has that since 2026.1 only, so the table that the field points to is read.",
    ),
    DoorRule(
        operation=Operation.FIELDS,
        soap=NetSuiteDoor.REST_CATALOG,
        rest=NetSuiteDoor.REST_CATALOG,
        reason="The catalog tells which fields a record type has for this role; getCustomizationId of SOAP names custom fields without saying of which type.",
    ),
    DoorRule(
        operation=Operation.CUSTOM_TYPES,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.REST_CATALOG,
        reason="Both name the same script IDs.",
    ),
    DoorRule(
        operation=Operation.RATES,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.SUITEQL,
        reason="getCurrencyRate and the table currencyrate tell the same.",
    ),
    DoorRule(
        operation=Operation.TIME,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.SUITEQL,
        reason="getServerTime tells its offset. REST's own time answers administrators only, so SuiteQL's is read in the zone of the token's user.",
    ),
    DoorRule(
        operation=Operation.LIMITS,
        soap=NetSuiteDoor.SOAP_CALL,
        rest=NetSuiteDoor.REST_SYSTEM,
        reason="SOAP tells every role; REST tells administrators.",
    ),
    DoorRule(
        operation=Operation.TOTALS,
        soap=NetSuiteDoor.SUITEQL,
        rest=NetSuiteDoor.SUITEQL,
        reason="SOAP searches say how many records there are, and add nothing up.",
    ),
)


_NONE: frozenset[str] = frozenset()
_EXCEPTIONS: Mapping[str, tuple[str, ...]] = {
    record_type: tuple(rule.field for rule in RULES if rule.record_type == record_type)
    for record_type in {rule.record_type for rule in RULES if rule.field}
}
"""Fields that call for another door, by record type: asked for every record that is written."""


@cache
def rule_of(operation: Operation, record_type: str = "", fields: frozenset[str] = frozenset()) -> DoorRule:
    """Find the rule: an exception for the record type where one of the fields that a record carries calls for it, else the general one."""
    general: DoorRule | None = None
    for rule in RULES:
        if rule.operation is not operation:
            continue
        if rule.record_type == "":
            general = rule
        elif _is_about(rule, record_type, fields):
            return rule
    if general is None:
        raise LookupError(f"no door is named for: {operation.value}")
    return general


def _is_about(rule: DoorRule, record_type: str, fields: frozenset[str]) -> bool:
    if not rule.field:
        return record_type.startswith(rule.record_type)
    return rule.record_type == record_type and rule.field in fields


def door_of(rule: DoorRule, preference: Preference, count: int = 1) -> NetSuiteDoor:
    """Choose the door of a rule for so many records."""
    first = rule.soap if preference is Preference.SOAP else rule.rest
    return rule.many if rule.many is not None and first is rule.rest and count >= BATCH_FROM else first


def fields_carried(record_type: str, fields: Fields) -> frozenset[str]:
    """Name those fields of a record that an exception of its type is about, and that it carries."""
    exceptions = _EXCEPTIONS.get(record_type, ())
    return frozenset(path for path in exceptions if _carries(fields, path)) if exceptions else _NONE


def _carries(fields: Fields, path: str) -> bool:
    name, _, of_line = path.partition(".")
    value = fields.get(name)
    if isinstance(value, tuple):
        return any(not is_blank(line.get(of_line)) for line in value)
    return not of_line and not is_blank(value)


def rest_only_fields(record_type: str) -> frozenset[str]:
    """Name the fields of a record type that SOAP does not have; those of lines follow their list: "expenseList.projectTask"."""
    return frozenset(
        rule.field
        for rule in RULES
        if rule.record_type == record_type and rule.field and rule.soap is not NetSuiteDoor.SOAP_LIST
    )


FIRST_DOORS: Mapping[Preference, str] = {
    Preference.SOAP: "SOAP 2025.2 with token-based authentication, until NetSuite ends SOAP web services",
    Preference.REST: "REST web services, with token-based authentication or OAuth 2.0",
}
"""What each preference means, for people."""
