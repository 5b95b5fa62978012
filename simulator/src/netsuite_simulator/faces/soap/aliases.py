"""The search names of fields that differ from the record's (reference §4.15, §9.11). Data, and the look-up by it."""

from __future__ import annotations

from collections.abc import Mapping

from netsuite_simulator.schemas.fields import Field, RecordType

# Search names that differ from the record's (reference §4.15, §9.11): search type -> criterion -> field.
ALIASES: Mapping[str, Mapping[str, str]] = {
    "TimeBillSearch": {
        "approved": "supervisorApproval",
        "billable": "isBillable",
        "date": "tranDate",
        "dateCreated": "createdDate",
        "duration": "hours",
        "lastModified": "lastModifiedDate",
        "payItem": "payrollItem",
        "type": "timeType",
    },
    "JobSearch": {
        "customer": "parent",
        "estCost": "estimatedCost",
        "estEndDate": "projectedEndDate",
        "estRevenue": "estimatedRevenue",
        "pctComplete": "percentComplete",
        "status": "entityStatus",
        "type": "jobType",
    },
    "FileSearch": {
        "availableWithoutLogin": "isOnline",
        "created": "createdDate",
        "documentSize": "fileSize",
        "modified": "lastModifiedDate",
    },
    "FolderSearch": {"private": "isPrivate"},
    "MessageSearch": {"isEmailed": "emailed", "isIncoming": "incoming"},
    "ProjectTaskSearch": {"percentWorkComplete": "percentTimeComplete"},
    "EmployeeSearch": {"expenseReportCurrency": "defaultExpenseReportCurrency"},
    "AccountSearch": {
        "displayName": "accountSearchDisplayName",
        "name": "acctName",
        "number": "acctNumber",
        "subsidiary": "subsidiaryList",
        "type": "acctType",
    },
    "DepartmentSearch": {"name": "fullName", "nameNoHierarchy": "name", "subsidiary": "subsidiaryList"},
    "ClassificationSearch": {"name": "fullName", "nameNoHierarchy": "name", "subsidiary": "subsidiaryList"},
    "LocationSearch": {
        "name": "fullName",
        "nameNoHierarchy": "name",
        "subsidiary": "subsidiaryList",
        "tranprefix": "tranPrefix",
    },
    "SubsidiarySearch": {"name": "fullName", "nameNoHierarchy": "name"},
    "ExpenseCategorySearch": {"account": "expenseAcct", "subsidiary": "subsidiaryList"},
    "ItemSearch": {"created": "createdDate", "subsidiary": "subsidiaryList"},
    "CustomerSubsidiaryRelationshipSearch": {"isprimarysub": "isPrimarySub"},
    "VendorSubsidiaryRelationshipSearch": {
        "creditlimit": "creditLimit",
        "isprimarysub": "isPrimarySub",
        "taxitem": "taxItem",
    },
    "TransactionSearch": {
        "dateCreated": "createdDate",
        "mainName": "entity",
        "memoMain": "memo",
        "totalAmount": "total",
    },
}


def field_of(record_type: RecordType, search_type: str, name: str) -> Field | None:
    """Return the field a search knows under a name."""
    meant = ALIASES.get(search_type, {}).get(name, name)
    return next((one for one in record_type.fields if one.name == meant and not one.is_custom), None)
