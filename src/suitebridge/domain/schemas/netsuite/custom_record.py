"""Custom record types that the workflows of the catalog exchange (netsuite-api.md §9.13): an account has them if somebody made them there.

The original's bundle brings types of its own, whose script IDs are not public; these are ours, with the same parts.
"""

from suitebridge.domain.records import System
from suitebridge.domain.schemas.fields import FieldSchema, Kind, RecordSchema


def _custom(name: str, label: str, *fields: FieldSchema) -> RecordSchema:
    return RecordSchema(
        system=System.NETSUITE,
        name=f"customrecord_sb_{name}",
        label=label,
        plural=f"{label}s",
        table=f"customrecord_sb_{name}",
        change_column="lastmodified",
        soap_type="CustomRecord",
        fields=(
            FieldSchema(name="name", kind=Kind.TEXT, label="Name"),
            FieldSchema(name="isInactive", kind=Kind.BOOLEAN, label="Inactive"),
            *fields,
        ),
    )


def _named(name: str, kind: Kind, label: str, refers_to: str = "") -> FieldSchema:
    return FieldSchema(name=f"custrecord_sb_{name}", kind=kind, label=label, refers_to=refers_to)


LOADED_COST = _custom(
    "loaded_cost",
    "Loaded cost in NetSuite",
    _named("lc_employee", Kind.REFERENCE, "Employee", "employee"),
    _named("lc_cost", Kind.MONEY, "Cost of an hour"),
    _named("lc_currency", Kind.REFERENCE, "Currency", "currency"),
    _named("lc_start", Kind.DATE, "Valid from"),
    _named("lc_end", Kind.DATE, "Valid until"),
)
REVENUE_TRANSACTION = _custom(
    "revenue_transaction",
    "Revenue transaction for ARM",
    _named("rt_project", Kind.REFERENCE, "Project", "job"),
    _named("rt_date", Kind.DATE, "Date"),
    _named("rt_amount", Kind.MONEY, "Amount"),
    _named("rt_currency", Kind.REFERENCE, "Currency", "currency"),
    _named("rt_memo", Kind.TEXT, "Memo"),
)
REVENUE_RULE = _custom(
    "revenue_rule",
    "Revenue rule for ARM",
    _named("rr_project", Kind.REFERENCE, "Project", "job"),
    _named("rr_type", Kind.TEXT, "Kind"),
    _named("rr_amount", Kind.MONEY, "Amount"),
    _named("rr_currency", Kind.REFERENCE, "Currency", "currency"),
    _named("rr_start", Kind.DATE, "Start"),
    _named("rr_end", Kind.DATE, "End"),
)
COST_CENTER = _custom(
    "cost_center",
    "Cost center in NetSuite",
    _named("cc_number", Kind.TEXT, "Number"),
    _named("cc_notes", Kind.TEXT, "Notes"),
)
RATE_CARD = _custom(
    "rate_card",
    "Project rate card in NetSuite",
    _named("rc_currency", Kind.REFERENCE, "Currency", "currency"),
    _named("rc_start", Kind.DATE, "Valid from"),
    _named("rc_notes", Kind.TEXT, "Notes"),
)
