"""Currency, account and accounting period as data: reference §9.11, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import Choice, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    date,
    decimal,
    instant,
    names,
    reference,
    references,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

CURRENCY = RecordType(
    name="currency",
    label="Currency",
    soap_type="Currency",
    soap_prefix="listAcct",
    soap_search=None,
    table="currency",
    external_id_group="currency",
    permission="LIST_CURRENCY",
    in_deleted=False,
    fields=(
        text("name", required=True),
        text("symbol", label="ISO Code", required=True),
        boolean("isBaseCurrency", read_only=True),
        boolean("isInactive", label="Inactive"),
        boolean("overrideCurrencyFormat"),
        text("displaySymbol"),
        text("formatSample", None, read_only=True),
        decimal("exchangeRate", required=True),
        boolean("inclInFxRateUpdates", "includeinfxrateupdates"),
        choice(
            "currencyPrecision",
            (Choice(id="0", label="0", soap="_zero"), Choice(id="2", label="2", soap="_two")),
        ),
        _MODIFIED,
    ),
)

ACCOUNT_TYPES = tuple(
    Choice(id=code, label=label, soap=literal)
    for code, label, literal in (
        ("AcctPay", "Accounts Payable", "_accountsPayable"),
        ("AcctRec", "Accounts Receivable", "_accountsReceivable"),
        ("Bank", "Bank", "_bank"),
        ("COGS", "Cost of Goods Sold", "_costOfGoodsSold"),
        ("CredCard", "Credit Card", "_creditCard"),
        ("DeferExpense", "Deferred Expense", "_deferredExpense"),
        ("DeferRevenue", "Deferred Revenue", "_deferredRevenue"),
        ("Equity", "Equity", "_equity"),
        ("Expense", "Expense", "_expense"),
        ("FixedAsset", "Fixed Asset", "_fixedAsset"),
        ("Income", "Income", "_income"),
        ("LongTermLiab", "Long Term Liability", "_longTermLiability"),
        ("NonPosting", "Non Posting", "_nonPosting"),
        ("OthAsset", "Other Asset", "_otherAsset"),
        ("OthCurrAsset", "Other Current Asset", "_otherCurrentAsset"),
        ("OthCurrLiab", "Other Current Liability", "_otherCurrentLiability"),
        ("OthExpense", "Other Expense", "_otherExpense"),
        ("OthIncome", "Other Income", "_otherIncome"),
        ("Stat", "Statistical", "_statistical"),
        ("UnbilledRec", "Unbilled Receivable", "_unbilledReceivable"),
    )
)
RATE_TYPE = names("_average", "_current", "_historical")

ACCOUNT = RecordType(
    name="account",
    label="Account",
    soap_type="Account",
    soap_prefix="listAcct",
    soap_search="AccountSearch",
    table="account",
    external_id_group="account",
    permission="LIST_ACCOUNT",
    in_deleted=False,
    name_field="acctName",
    fields=(
        choice("acctType", ACCOUNT_TYPES, "accttype", label="Type", required=True),
        text("acctNumber", label="Number"),
        text("acctName", "accountsearchdisplaynamecopy", label="Name", required=True),
        text("legalName", None),
        boolean("includeChildren"),
        reference("currency", "currency"),
        choice("generalRate", RATE_TYPE, label="General Rate Type"),
        reference("parent", "account", label="Subaccount of"),
        choice("cashFlowRate", RATE_TYPE, label="Cash Flow Rate Type"),
        reference("deferralAcct", "account"),
        text("description"),
        boolean("isInactive", label="Inactive"),
        reference("department", "department"),
        reference("class", "classification"),
        reference("location", "location"),
        boolean("inventory"),
        boolean("eliminate"),
        references("subsidiaryList", "subsidiary", column="subsidiary", label="Subsidiaries", rest_name="subsidiary"),
        boolean("revalue"),
        text("accountSearchDisplayName", soap=False, read_only=True),
        text("displayNameWithHierarchy", soap=False, read_only=True),
        text("fullName", soap=False, read_only=True),
        boolean("isSummary", soap=False, read_only=True),
        _MODIFIED,
    ),
)

ACCOUNTING_PERIOD = RecordType(
    name="accountingPeriod",
    label="Accounting Period",
    soap_type="AccountingPeriod",
    soap_prefix="listAcct",
    soap_search="AccountingPeriodSearch",
    table="accountingperiod",
    external_id_group="",
    permission="ADMI_ACCTPERIODS",
    in_deleted=False,
    name_field="periodName",
    fields=(
        text("periodName", required=True),
        reference("parent", "accountingPeriod"),
        date("startDate", required=True),
        date("endDate", required=True),
        date("closedOnDate"),
        boolean("isAdjust", label="Adjustment"),
        boolean("isQuarter", label="Quarter"),
        boolean("isYear", label="Year"),
        boolean("closed"),
        boolean("apLocked", label="Lock A/P"),
        boolean("arLocked", label="Lock A/R"),
        boolean("payrollLocked", None, label="Lock Payroll"),
        boolean("allLocked", label="Lock All"),
        boolean("allowNonGLChanges"),
        boolean("isInactive", soap=False),
        boolean("isPosting", soap=False),
        _MODIFIED,
    ),
)
