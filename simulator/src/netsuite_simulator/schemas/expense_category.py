"""The expense category record as data: reference §9.8, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import boolean, decimal, instant, lines, reference, references, text

RATES = LineType(
    name="rates",
    soap_list="ratesList",
    soap_line="expenseCategoryRates",
    soap_type="ExpenseCategoryRates",
    key="subsidiary",
    fields=(
        reference("subsidiary", "subsidiary"),
        reference("currency", "currency"),
        decimal("defaultRate"),
    ),
)

EXPENSE_CATEGORY = RecordType(
    name="expenseCategory",
    label="Expense Category",
    soap_type="ExpenseCategory",
    soap_prefix="listAcct",
    soap_search="ExpenseCategorySearch",
    table="expensecategory",
    external_id_group="expenseCategory",
    permission="LIST_CATEGORY",
    in_deleted=False,
    change_field=None,
    fields=(
        text("name", label="Expense Category", required=True),
        text("description"),
        reference("expenseAcct", "account", column="expenseaccount", label="Expense Account", required=True),
        boolean("isInactive", label="Inactive"),
        boolean("rateRequired"),
        references("subsidiaryList", "subsidiary", column="subsidiary", label="Subsidiaries", rest_name="subsidiary"),
        decimal("defaultRate"),
        lines("rates", RATES),
        instant("lastModifiedDate", None, soap=False, read_only=True),
    ),
)
