"""The lists that transactions choose from: terms, payment methods, price levels, units as data: reference §9.11, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import LineType, RecordType
from netsuite_simulator.schemas.shorthand import (
    boolean,
    choice,
    decimal,
    instant,
    integer,
    lines,
    names,
    reference,
    text,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

PERCENTAGES = LineType(
    name="percentages",
    soap_list="percentagesList",
    soap_line="termPercentages",
    soap_type="TermPercentages",
    key=None,
    fields=(decimal("percentage"),),
)

UNITS = LineType(
    name="uom",
    soap_list="uomList",
    soap_line="uom",
    soap_type="UnitsTypeUom",
    key="unitName",
    fields=(
        text("unitName"),
        text("pluralName"),
        text("abbreviation"),
        text("pluralAbbreviation"),
        decimal("conversionRate"),
        boolean("baseUnit"),
    ),
)

TERM = RecordType(
    name="term",
    label="Payment Term",
    soap_type="Term",
    soap_prefix="listAcct",
    soap_search="TermSearch",
    table="term",
    external_id_group="term",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(
        text("name", required=True),
        boolean("dateDriven"),
        integer("daysUntilNetDue"),
        decimal("discountPercent"),
        integer("daysUntilExpiry"),
        integer("dayOfMonthNetDue"),
        integer("dueNextMonthIfWithinDays"),
        decimal("discountPercentDateDriven"),
        integer("dayDiscountExpires"),
        boolean("preferred"),
        boolean("isInactive"),
        boolean("installment"),
        choice("recurrenceFrequency", names("_annually", "_daily", "_monthly", "_weekly")),
        integer("recurrenceCount"),
        integer("repeatEvery"),
        boolean("splitEvenly"),
        lines("percentages", PERCENTAGES),
        _MODIFIED,
    ),
)

PAYMENT_METHOD = RecordType(
    name="paymentMethod",
    label="Payment Method",
    soap_type="PaymentMethod",
    soap_prefix="listAcct",
    soap_search="PaymentMethodSearch",
    table="paymentmethod",
    external_id_group="paymentMethod",
    permission="LIST_PAYMETH",
    fields=(
        text("name", required=True),
        boolean("undepFunds"),
        reference("account", "account"),
        boolean("isInactive"),
        boolean("isOnline"),
        boolean("isDebitCard"),
        text("expressCheckoutArrangement"),
        boolean("useExpressCheckout"),
        _MODIFIED,
    ),
)

PRICE_LEVEL = RecordType(
    name="priceLevel",
    label="Price Level",
    soap_type="PriceLevel",
    soap_prefix="listAcct",
    soap_search="PriceLevelSearch",
    table="pricelevel",
    external_id_group="priceLevel",
    permission="ADMI_ACCOUNTINGLIST",
    fields=(
        text("name", required=True),
        decimal("discountpct"),
        boolean("updateExistingPrices"),
        boolean("isOnline"),
        boolean("isInactive"),
        _MODIFIED,
    ),
)

UNITS_TYPE = RecordType(
    name="unitsType",
    label="Units Type",
    soap_type="UnitsType",
    soap_prefix="listAcct",
    soap_search="UnitsTypeSearch",
    table="unitstype",
    external_id_group="unitsType",
    permission="LIST_UNIT",
    in_deleted=False,
    fields=(
        text("name", required=True),
        boolean("isInactive"),
        lines("uom", UNITS),
        _MODIFIED,
    ),
)
