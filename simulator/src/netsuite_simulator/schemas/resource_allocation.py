"""The resource allocation as data: reference §9.1, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    choice,
    date,
    decimal,
    instant,
    names,
    numbered,
    reference,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

ALLOCATION_TYPE = numbered("Hard", "Soft")  # assumed: an account's own list

RESOURCE_ALLOCATION = RecordType(
    name="resourceAllocation",
    label="Resource Allocation",
    soap_type="ResourceAllocation",
    soap_prefix="actSched",
    soap_search="ResourceAllocationSearch",
    table="resourceallocation",
    external_id_group="resourceAllocation",
    permission="LIST_RSRCALLOCATION",
    name_field="id",
    fields=(
        reference("requestedby", "employee"),
        choice("approvalStatus", names("_approved", "_pendingApproval", "_rejected")),
        reference("nextApprover", "employee"),
        reference("allocationResource", "employee", "vendor", "genericResource", required=True),
        reference("project", "job", required=True),
        text("notes"),
        date("startDate", required=True),
        date("endDate", required=True),
        decimal("allocationAmount", required=True),
        choice("allocationUnit", names("_hours", "_percentOfTime"), required=True),
        decimal("numberHours", read_only=True),
        decimal("percentOfTime", read_only=True),
        choice("allocationType", ALLOCATION_TYPE),
        _MODIFIED,
    ),
)
