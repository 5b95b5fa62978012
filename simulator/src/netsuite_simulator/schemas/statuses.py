"""The lists that customers, projects, vendors and cases are sorted by as data: reference §9.2 and §9.3, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    names,
    reference,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

JOB_TYPE = RecordType(
    name="jobType",
    label="Project Type",
    soap_type="JobType",
    soap_prefix="listRel",
    soap_search="JobTypeSearch",
    table="jobtype",
    external_id_group="jobType",
    permission="ADMI_ACCOUNTINGLIST",
    in_deleted=False,
    fields=(
        text("name", required=True),
        reference("parent", "jobType"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

JOB_STATUS = RecordType(
    name="jobStatus",
    label="Project Status",
    soap_type="JobStatus",
    soap_prefix="listRel",
    soap_search="JobStatusSearch",
    table="jobstatus",
    external_id_group="jobStatus",
    permission="ADMI_ENTITYSTATUS",
    fields=(
        text("name", required=True),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

CUSTOMER_STATUS = RecordType(
    name="customerStatus",
    label="Customer Status",
    soap_type="CustomerStatus",
    soap_prefix="listRel",
    soap_search="CustomerStatusSearch",
    table="entitystatus",
    external_id_group="customerStatus",
    permission="ADMI_ENTITYSTATUS",
    fields=(
        text("name", required=True),
        choice("stage", names("_customer", "_lead", "_prospect")),
        decimal("probability"),
        text("description"),
        boolean("includeInLeadReports"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

CUSTOMER_CATEGORY = RecordType(
    name="customerCategory",
    label="Customer Category",
    soap_type="CustomerCategory",
    soap_prefix="listAcct",
    soap_search="CustomerCategorySearch",
    table="customercategory",
    external_id_group="customerCategory",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(
        text("name", required=True),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

VENDOR_CATEGORY = RecordType(
    name="vendorCategory",
    label="Vendor Category",
    soap_type="VendorCategory",
    soap_prefix="listAcct",
    soap_search="VendorCategorySearch",
    table="vendorcategory",
    external_id_group="vendorCategory",
    permission="ADMI_ACCOUNTINGLIST",
    in_deleted=False,
    fields=(
        text("name", required=True),
        boolean("isTaxAgency"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

LEAD_SOURCE = RecordType(
    name="leadSource",
    label="Lead Source",
    soap_type="LeadSource",
    soap_prefix="listAcct",
    soap_search=None,
    table="leadsource",
    external_id_group="leadSource",
    permission="ADMI_CRMLIST",
    in_deleted=False,
    fields=(
        text("name", required=True),
        text("description"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)
