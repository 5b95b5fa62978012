"""The charge of a charge-based project as data: reference §9.12, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    choice,
    date,
    decimal,
    instant,
    names,
    reference,
    text,
)
from netsuite_simulator.schemas.targets import CUSTOMERS, ITEMS

CHARGE = RecordType(
    name="charge",
    label="Charge",
    soap_type="Charge",
    soap_prefix="tranCust",
    soap_search="ChargeSearch",
    table="charge",
    external_id_group="charge",
    permission="TRAN_CHARGE",
    name_field="id",
    change_field="modifiedDate",
    fields=(
        reference("salesOrder", "salesOrder"),
        reference("billTo", *CUSTOMERS, required=True),
        choice("stage", names("_hold", "_nonBillable", "_processed", "_ready")),
        date("chargeDate"),
        choice("use", names("_actual", "_forecast")),
        reference("chargeType"),
        reference("projectTask", "projectTask"),
        text("description"),
        instant("createdDate", read_only=True),
        reference("timeRecord", "timeBill"),
        text("rate"),
        decimal("quantity"),
        decimal("amount"),
        reference("billingItem", *ITEMS),
        reference("currency", "currency"),
        reference("transaction"),
        reference("class", "classification"),
        reference("department", "department"),
        reference("location", "location"),
        reference("invoice", "invoice", read_only=True),
        reference("invoiceLine", read_only=True),
        reference("rule", "chargeRule"),
        text("runId"),
        instant("modifiedDate", soap=False, read_only=True),
        instant("lastModifiedDate", soap=False, read_only=True),
    ),
)
