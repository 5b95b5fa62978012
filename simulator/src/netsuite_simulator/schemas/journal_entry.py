"""The journal entry with its lines as data: reference §9.10, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    date,
    decimal,
    instant,
    integer,
    lettered,
    lines,
    reference,
    text,
)
from netsuite_simulator.schemas.targets import ENTITIES, TAX_CODES

STATUS = lettered(
    ("A", "Pending Approval"),
    ("B", "Approved for Posting"),
    ("C", "Rejected"),
)

LINES = LineType(
    name="line",
    soap_list="lineList",
    soap_line="line",
    soap_type="JournalEntryLine",
    key="line",
    fields=(
        reference("account", "account", column="expenseaccount"),
        integer("line", None),
        decimal("debit", "debitforeignamount"),
        decimal("credit", "creditforeignamount"),
        reference("taxCode", *TAX_CODES, column=None),
        text("memo"),
        decimal("taxRate1", None),
        reference("entity", *ENTITIES),
        decimal("grossAmt", None, read_only=True),
        reference("department", "department"),
        reference("class", "classification"),
        reference("location", "location"),
        reference("revenueRecognitionRule", column=None),
        boolean("eliminate"),
        reference("schedule", column=None),
        date("startDate", None),
        date("endDate", None),
        decimal("tax1Amt", None),
        reference("tax1Acct", "account", column=None),
    ),
)

JOURNAL_ENTRY = RecordType(
    name="journalEntry",
    label="Journal Entry",
    soap_type="JournalEntry",
    soap_prefix="tranGeneral",
    soap_search="TransactionSearch",
    table="transaction",
    discriminator=(("type", "Journal"),),
    external_id_group="transaction",
    permission="TRAN_JOURNAL",
    name_field="tranId",
    fields=(
        reference("postingPeriod", "accountingPeriod"),
        date("tranDate", required=True, label="Date"),
        reference("currency", "currency", required=True),
        decimal("exchangeRate"),
        text("tranId", label="Entry No."),
        date("reversalDate", "reversaldate"),
        boolean("reversalDefer", "reversaldefer"),
        text("reversalEntry", "reversal", read_only=True),
        reference("createdFrom", column=None),
        reference("department", "department", column=None),
        reference("class", "classification", column=None),
        reference("location", "location", column=None),
        reference("subsidiary", "subsidiary", column=None),
        text("memo"),
        reference("toSubsidiary", "subsidiary", column=None),
        boolean("approved", None),
        instant("createdDate", read_only=True),
        instant("lastModifiedDate", read_only=True),
        lines("line", LINES, "transactionline", label="Lines"),
        choice("status", STATUS, soap=False, read_only=True),
        text("transactionNumber", soap=False, read_only=True),
        boolean("posting", soap=False, read_only=True),
    ),
)
