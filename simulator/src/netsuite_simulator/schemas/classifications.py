"""Department, class, location and subsidiary as data: reference §9.11, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.countries import COUNTRIES
from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    numbered,
    reference,
    references,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)
_FULL_NAME = text("fullName", soap=False, read_only=True)
_INACTIVE = boolean("isInactive", label="Inactive")
_SUBSIDIARIES = references(
    "subsidiaryList", "subsidiary", column="subsidiary", label="Subsidiary", rest_name="subsidiary"
)

DEPARTMENT = RecordType(
    name="department",
    label="Department",
    soap_type="Department",
    soap_prefix="listAcct",
    soap_search="DepartmentSearch",
    table="department",
    external_id_group="department",
    permission="LIST_DEPARTMENT",
    in_deleted=False,
    fields=(
        text("name", required=True),
        boolean("includeChildren"),
        reference("parent", "department", label="Subdepartment of"),
        _INACTIVE,
        _SUBSIDIARIES,
        _FULL_NAME,
        _MODIFIED,
    ),
)

CLASSIFICATION = RecordType(
    name="classification",
    label="Class",
    soap_type="Classification",
    soap_prefix="listAcct",
    soap_search="ClassificationSearch",
    table="classification",
    external_id_group="classification",
    permission="LIST_CLASS",
    in_deleted=False,
    fields=(
        text("name", required=True),
        boolean("includeChildren"),
        reference("parent", "classification", label="Subclass of"),
        _INACTIVE,
        _SUBSIDIARIES,
        _FULL_NAME,
        _MODIFIED,
    ),
)

LOCATION = RecordType(
    name="location",
    label="Location",
    soap_type="Location",
    soap_prefix="listAcct",
    soap_search="LocationSearch",
    table="location",
    external_id_group="location",
    permission="LIST_LOCATION",
    in_deleted=False,
    fields=(
        text("name", required=True),
        reference("parent", "location", label="Sublocation of"),
        boolean("includeChildren", None),
        _SUBSIDIARIES,
        _INACTIVE,
        text("tranPrefix", label="Transaction Prefix"),
        choice("locationType", numbered(("Store", "_store"), ("Warehouse", "_warehouse"))),
        decimal("latitude"),
        decimal("longitude"),
        boolean("useBins"),
        boolean("makeInventoryAvailable"),
        boolean("makeInventoryAvailableStore"),
        _FULL_NAME,
        _MODIFIED,
    ),
)

SUBSIDIARY = RecordType(
    name="subsidiary",
    label="Subsidiary",
    soap_type="Subsidiary",
    soap_prefix="listAcct",
    soap_search="SubsidiarySearch",
    table="subsidiary",
    external_id_group="subsidiary",
    permission="LIST_SUBSIDIARY",
    in_deleted=False,
    fields=(
        text("name", required=True),
        reference("parent", "subsidiary", label="Subsubsidiary of"),
        _INACTIVE,
        boolean("showSubsidiaryName"),
        text("url", label="Web Site"),
        text("tranPrefix", label="Transaction Prefix"),
        text("state"),
        choice("country", COUNTRIES, required=True),
        text("legalName"),
        boolean("isElimination"),
        reference("fiscalCalendar"),
        text("email", label="Return Email Address"),
        reference("currency", "currency", required=True),
        text("fax"),
        text("edition"),
        text("federalIdNumber"),
        text("state1TaxNumber"),
        text("ssnOrTin", label="SSN or TIN"),
        _FULL_NAME,
        _MODIFIED,
    ),
)
