"""Exchange rates (Currency Exchange Rates): read whole, since rates have no change date; on a schedule of their own (netsuite-connector.md §5.7)."""

from suitebridge.domain.expressions import Field
from suitebridge.domain.phrases import BY_NETSUITE_ID, NETSUITE_ID
from suitebridge.domain.records import Direction
from suitebridge.domain.workflow import MappingGroup, Row, Workflow

WORKFLOW = Workflow(
    name="import_exchange_rates",
    title="Exchange rates (Currency Exchange Rates)",
    direction=Direction.IMPORT,
    source_type="currencyRate",
    target_type="exchange_rate",
    title_fields=("transactionCurrency.symbol", "effectiveDate"),
    match_keys=(BY_NETSUITE_ID,),
    groups=(
        MappingGroup(
            name="CURRENCY_RATE_TO_FOREX",
            title="Exchange rate",
            rows=(
                NETSUITE_ID,
                Row(target="currency", source=Field(path="transactionCurrency.symbol"), is_required=True),
                Row(target="base_currency", source=Field(path="baseCurrency.symbol"), is_required=True),
                Row(target="factor", source=Field(path="exchangeRate"), is_required=True),
                Row(target="date", source=Field(path="effectiveDate"), is_required=True),
            ),
        ),
    ),
    is_active=False,
)
