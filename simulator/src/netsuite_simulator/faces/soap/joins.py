"""Which other records a search may ask about, and by which field they are reached (reference §4.15).

A join is forward where our record refers to the other ("employeeJoin" of time bills), backward where the other refers
to ours ("timeJoin" of projects). Joins whose records or fields the account does not keep are not offered.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from netsuite_simulator.criteria import Among, AnyOf, Condition, where_clause
from netsuite_simulator.schemas.fields import Kind, RecordType
from netsuite_simulator.tables import quoted
from netsuite_simulator.values import Scalar

if TYPE_CHECKING:
    from netsuite_simulator.shelves import Shelf


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One join: `field` is ours where it is forward, the other record's where it is backward."""

    name: str
    target: str  # the search of the other record, "EmployeeSearch"
    field: str
    is_backward: bool = False


def _joins(text: str) -> tuple[Join, ...]:
    """Read "employee>Employee" (the field is called like the join), "job>Job:customer", "time<TimeBill:customer"."""
    joins = []
    for part in text.split():
        is_backward = "<" in part
        name, _, rest = part.partition("<" if is_backward else ">")
        target, _, field = rest.partition(":")
        joins.append(Join(name=f"{name}Join", target=f"{target}Search", field=field or name, is_backward=is_backward))
    return tuple(joins)


JOINS: Mapping[str, tuple[Join, ...]] = {
    f"{name}Search": _joins(text)
    for name, text in {
        "CalendarEvent": "case>SupportCase:supportCase",
        "Charge": "customer>Customer:billTo invoice>Transaction item>Item:billingItem job>Job:billTo "
        "salesOrder>Transaction time>TimeBill:timeRecord",
        "ConsolidatedExchangeRate": "fromSubsidiary>Subsidiary period>AccountingPeriod:postingPeriod "
        "toSubsidiary>Subsidiary",
        "Contact": "case<SupportCase:contact customer>Customer:company customerPrimary>Customer:company "
        "job>Job:company jobPrimary>Job:company task<Task:contact vendor>Vendor:company vendorPrimary>Vendor:company",
        "Customer": "call<PhoneCall:company case<SupportCase:company contact<Contact:company job<Job:parent "
        "parentCustomer>Customer:parent salesRep>Employee subCustomer<Customer:parent task<Task:company "
        "time<TimeBill:customer transaction<Transaction:entity",
        "CustomerSubsidiaryRelationship": "customer>Customer:entity subsidiary>Subsidiary",
        "Employee": "department>Department location>Location managedJob<Job:projectManager "
        "resourceAllocation<ResourceAllocation:allocationResource subsidiary>Subsidiary time<TimeBill:employee "
        "transaction<Transaction:entity",
        "File": "user>Employee:owner",
        "Folder": "file<File:folder",
        "Item": "parent>Item",
        "Job": "billingSchedule>BillingSchedule customer>Customer:parent projectManager>Employee "
        "projectTask<ProjectTask:company resourceAllocation<ResourceAllocation:project task<Task:company "
        "time<TimeBill:customer",
        "Note": "author>Employee case>SupportCase:activity contact>Contact:entity customer>Customer:entity "
        "employee>Employee:entity task>Task:activity vendor>Vendor:entity",
        "PhoneCall": "case>SupportCase:supportCase companyCustomer>Customer:company contact>Contact",
        "ProjectTask": "job>Job:company time<TimeBill:caseTaskEvent",
        "ResourceAllocation": "employee>Employee:allocationResource job>Job:project vendor>Vendor:allocationResource",
        "SalesTaxItem": "taxType>TaxType",
        "SupportCase": "contact>Contact customer>Customer:company employee>Employee:assigned item>Item "
        "time<TimeBill:caseTaskEvent",
        "Task": "assigned>Employee case>SupportCase:supportCase companyCustomer>Customer:company contact>Contact "
        "job>Job:company",
        "TimeBill": "case>SupportCase:caseTaskEvent class>Classification customer>Customer department>Department "
        "employee>Employee event>CalendarEvent:caseTaskEvent item>Item job>Job:customer location>Location "
        "projectTask>ProjectTask:caseTaskEvent task>Task:caseTaskEvent timeSheet>TimeSheet vendor>Vendor:employee",
        "TimeSheet": "employee>Employee timeBill<TimeBill:timeSheet",
        "Transaction": "account>Account accountingPeriod>AccountingPeriod:postingPeriod class>Classification "
        "createdFrom>Transaction customer>Customer:entity customerMain>Customer:entity department>Department "
        "employee>Employee:entity job>Job jobMain>Job:entity location>Location "
        "opportunity>Opportunity salesRep>Employee subsidiary>Subsidiary vendor>Vendor:entity",
        "VendorSubsidiaryRelationship": "subsidiary>Subsidiary vendor>Vendor:entity",
        "Vendor": "contact<Contact:company expAccount>Account:expenseAccount transaction<Transaction:entity",
    }.items()
}


Query = tuple[str, tuple[Scalar, ...]]  # a text with the values it binds
# A join with the records behind it: each type's shelf and what its records have to meet.
Followed = tuple[Join, Sequence[tuple["Shelf", Sequence[Condition]]]]


def join_named(search_type: str, name: str) -> Join | None:
    """Return a join of a search; None where it is not offered."""
    return next((one for one in JOINS.get(search_type, ()) if one.name == name), None)


def is_possible(join: Join, ours: Sequence[RecordType], theirs: Sequence[RecordType]) -> bool:
    """Tell whether the account keeps the field a join goes by."""
    near, far = (theirs, ours) if join.is_backward else (ours, theirs)
    names = {one.name for one in far}
    return any(_refers(one, join.field, names) for one in near)


def _refers(record_type: RecordType, field_name: str, names: set[str]) -> bool:
    return any(
        one.name == field_name and one.kind is Kind.REFERENCE and names.intersection(one.refers_to)
        for one in record_type.fields
    )


def joined_condition(
    join: Join, ours: RecordType, theirs: Sequence[tuple[Shelf, Sequence[Condition]]]
) -> Condition | None:
    """Return what our record must meet so that one of theirs meets their conditions; None where ours has no such field."""
    parts: list[Condition] = []
    for shelf, where in theirs:
        near, far = (shelf.type, ours) if join.is_backward else (ours, shelf.type)
        if not _refers(near, join.field, {far.name}):
            continue
        column = quoted(shelf.columns[join.field]) if join.is_backward else "id"
        query, values = _query(shelf, column, where)
        parts.append(Among("id" if join.is_backward else join.field, query, values))
    return AnyOf(tuple(parts)) if parts else None


def followers(join: Join, ours: RecordType, theirs: Sequence[tuple[Shelf, Sequence[Condition]]]) -> Query:
    """Return the query of all that refer to records of ours: whose each is, the place of its type, its own id."""
    parts = [
        "SELECT NULL AS whose, NULL AS kind, NULL AS id WHERE 1 = 0"
    ]  # a type that refers to none of ours adds nothing
    bound: list[Scalar] = []
    for place, (shelf, where) in enumerate(theirs):
        if _refers(shelf.type, join.field, {ours.name}):
            query, values = _query(shelf, f"{quoted(shelf.columns[join.field])}, {place}, id", where)
            parts.append(query)
            bound += values
    return " UNION ALL ".join(parts), tuple(bound)


def _query(shelf: Shelf, shown: str, where: Sequence[Condition]) -> Query:
    condition, values = where_clause(shelf, where)
    table = quoted(shelf.type.table)
    sql = f"SELECT {shown} FROM {table} WHERE {shelf.restriction or '1 = 1'} AND ({condition})"  # noqa: S608
    return sql, tuple(values)
