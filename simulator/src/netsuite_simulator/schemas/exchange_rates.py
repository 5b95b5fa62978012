"""Exchange rates, of currencies by day and consolidated by period, as data: reference §9.11, names and order as in the SOAP schema."""

from __future__ import annotations

from netsuite_simulator.schemas.fields import RecordType
from netsuite_simulator.schemas.shorthand import (
    date,
    decimal,
    instant,
    reference,
)

_MODIFIED = instant("lastModifiedDate", soap=False, read_only=True)

CURRENCY_RATE = RecordType(
    name="currencyRate",
    label="Currency Exchange Rate",
    soap_type="CurrencyRate",
    soap_prefix="listAcct",
    soap_search="CurrencyRateSearch",
    table="currencyrate",
    external_id_group="",
    permission="LIST_CURRENCY",
    name_field="id",
    fields=(
        reference("baseCurrency", "currency", required=True),
        reference("transactionCurrency", "currency", required=True),
        decimal("exchangeRate", required=True),
        date("effectiveDate", required=True),
        reference("currencyRateType"),
        _MODIFIED,
    ),
)

CONSOLIDATED_EXCHANGE_RATE = RecordType(
    name="consolidatedExchangeRate",
    label="Consolidated Exchange Rate",
    soap_type="ConsolidatedExchangeRate",
    soap_prefix="listAcct",
    soap_search="ConsolidatedExchangeRateSearch",
    table="consolidatedexchangerate",
    external_id_group="consolidatedExchangeRate",
    permission="LIST_CURRENCY",
    in_deleted=False,
    name_field="id",
    change_field=None,
    fields=(
        reference("postingPeriod", "accountingPeriod", read_only=True, as_text=True),
        reference("fromSubsidiary", "subsidiary", read_only=True, as_text=True),
        reference("fromCurrency", "currency", read_only=True, as_text=True),
        reference("toSubsidiary", "subsidiary", read_only=True, as_text=True),
        reference("toCurrency", "currency", read_only=True, as_text=True),
        decimal("averageRate"),
        decimal("currentRate"),
        decimal("historicalRate"),
        instant("lastModifiedDate", None, soap=False, read_only=True),
    ),
)
