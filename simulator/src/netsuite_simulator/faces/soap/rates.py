"""Operations on exchange rates, item stock and postings (reference §4.17)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from lxml import etree

from netsuite_simulator.faces.soap.calls import Call, detail_of
from netsuite_simulator.faces.soap.conditions import CriterionRefusedError
from netsuite_simulator.faces.soap.namespaces import split_tag
from netsuite_simulator.faces.soap.pages import page_of
from netsuite_simulator.faces.soap.soapfaults import too_many_records
from netsuite_simulator.faces.soap.statuses import StatusDetail, add_status
from netsuite_simulator.faces.soap.times import read_day, show_day
from netsuite_simulator.faces.soap.writers import literal
from netsuite_simulator.postings import DIMENSIONS, sums_of
from netsuite_simulator.results import VIEW, permission_violation
from netsuite_simulator.shelves import Stored
from netsuite_simulator.values import is_internal_id

AVAILABILITY_LIMIT = 10_000
RATES_LIMIT = 10_000
SUMS_A_PAGE = 1_000  # assumed


def _ids(filter_: etree._Element | None, name: str) -> list[str]:
    """Return the internal ids a filter's element refers to: a reference, or a list of them."""
    found = next((child for child in filter_ if split_tag(child.tag)[1] == name), None) if filter_ is not None else None
    if found is None:
        return []
    return [one for one in (element.get("internalId") for element in found.iter()) if one]


def _refused(call: Call, result: etree._Element, permission: str) -> bool:
    if call.grants.may(permission, VIEW):
        return False
    add_status(call.answer, result, detail_of(permission_violation(permission)))
    return True


def _refer(call: Call, parent: etree._Element, name: str, internal_id: str) -> None:
    etree.SubElement(parent, call.answer.core + name, internalId=internal_id)


def _put(call: Call, parent: etree._Element, name: str, value: Decimal) -> None:
    etree.SubElement(parent, call.answer.core + name).text = literal(value)


def get_currency_rate(call: Call) -> None:
    """List exchange rates: those the account keeps by day, and each currency's own where it keeps none."""
    answer, asked = call.answer, call.child("currencyRateFilter")
    result = etree.SubElement(answer.message("getCurrencyRateResponse"), answer.core + "getCurrencyRateResult")
    if _refused(call, result, "LIST_CURRENCY"):
        return
    wanted_base, wanted_from = _ids(asked, "baseCurrency"), _ids(asked, "fromCurrency")
    days = [one for one in asked if split_tag(one.tag)[1] == "effectiveDate"] if asked is not None else []
    try:
        day = read_day(days[0].text or "", call.account.clock.zone) if days else None
    except ValueError as error:
        add_status(answer, result, StatusDetail(code="INVALID_FLD_VALUE", message=f"effectiveDate: {error}."))
        return
    add_status(answer, result)
    listed = etree.SubElement(result, answer.core + "currencyRateList")
    for base, source, rate, effective in _currency_rates(call, day):
        if (wanted_base and base not in wanted_base) or (wanted_from and source not in wanted_from):
            continue
        element = etree.SubElement(listed, answer.core + "currencyRate")
        _refer(call, element, "baseCurrency", base)
        _refer(call, element, "fromCurrency", source)
        _put(call, element, "exchangeRate", rate)
        etree.SubElement(element, answer.core + "effectiveDate").text = show_day(effective, call.account.clock.zone)


def _currency_rates(call: Call, day: datetime.date | None) -> list[tuple[str, str, Decimal, datetime.date]]:
    kept, _ = call.account.search("currencyRate", (), limit=RATES_LIMIT)
    found: list[tuple[str, str, Decimal, datetime.date]] = []
    for one in kept:
        base, source = one.values.get("baseCurrency"), one.values.get("transactionCurrency")
        rate, effective = one.values.get("exchangeRate"), one.values.get("effectiveDate")
        if isinstance(effective, datetime.date) and isinstance(rate, Decimal) and day in {None, effective}:
            found.append((str(base), str(source), rate, effective))
    if found:
        return found
    today = day or call.account.clock.today().date()
    currencies, _ = call.account.search("currency", (), limit=RATES_LIMIT)
    bases = [one.id for one in currencies if one.values.get("isBaseCurrency")]
    return [(base, one.id, _rate(one), today) for base in bases for one in currencies if one.id != base]


def _rate(currency: Stored | None) -> Decimal:
    rate = None if currency is None else currency.values.get("exchangeRate")
    return rate if isinstance(rate, Decimal) and rate else Decimal(1)


def get_budget_exchange_rate(call: Call) -> None:
    """List the rates between the currencies of subsidiaries in a period; all three kinds are the same (assumed)."""
    answer, asked = call.answer, call.child("budgetExchangeRateFilter")
    response = answer.message("getBudgetExchangeRateResponse")
    result = etree.SubElement(response, answer.core + "getBudgetExchangeRateResult")
    if _refused(call, result, "LIST_CURRENCY"):
        return
    periods = _ids(asked, "period")
    if not periods or call.account.get("accountingPeriod", internal_id=periods[0]) is None:
        message = "You need to provide a proper value for the required field: period."
        add_status(answer, result, StatusDetail(code="DATA_REQD", message=message))
        return
    add_status(answer, result)
    subsidiaries, _ = call.account.search("subsidiary", (), limit=RATES_LIMIT)
    sources, targets = (_chosen(subsidiaries, _ids(asked, name)) for name in ("fromSubsidiary", "toSubsidiary"))
    pairs = [(source, target) for source in sources for target in targets if source.id != target.id]
    listed = etree.SubElement(result, answer.core + "budgetExchangeRateList") if pairs else result
    for source, target in pairs:
        element = etree.SubElement(listed, answer.core + "budgetExchangeRate")
        for name, internal_id in (("period", periods[0]), ("fromSubsidiary", source.id), ("toSubsidiary", target.id)):
            _refer(call, element, name, internal_id)
        rate = round(_subsidiary_rate(call, source) / _subsidiary_rate(call, target), 8).normalize()
        for name in ("currentRate", "averageRate", "historicalRate"):
            _put(call, element, name, rate)


def _chosen(subsidiaries: list[Stored], ids: list[str]) -> list[Stored]:
    return [one for one in subsidiaries if not ids or one.id in ids]


def _subsidiary_rate(call: Call, subsidiary: Stored) -> Decimal:
    currency = subsidiary.values.get("currency")
    return _rate(None if currency is None else call.account.get("currency", internal_id=str(currency)))


def get_item_availability(call: Call) -> None:
    """Answer no stock: the items of a services company have none, and NetSuite leaves those out (assumed)."""
    answer, asked = call.answer, call.child("itemAvailabilityFilter")
    items = _ids(asked, "item")
    if len(items) > AVAILABILITY_LIMIT:
        raise too_many_records(call.operation, AVAILABILITY_LIMIT, len(items))
    response = answer.message("getItemAvailabilityResponse")
    result = etree.SubElement(response, answer.core + "getItemAvailabilityResult")
    if not _refused(call, result, "LIST_ITEM"):
        add_status(answer, result)


def get_posting_transaction_summary(call: Call) -> None:
    """Sum what is posted by the fields asked for, page by page; the permission it asks for is assumed."""
    answer = call.answer
    response = answer.message("getPostingTransactionSummaryResponse")
    result = etree.SubElement(response, answer.core + "getPostingTransactionSummaryResult")
    if _refused(call, result, "REPO_FINANCIALS"):
        return
    fields, filters = _asked_of_postings(call)
    wrong = [one for ids in filters.values() for one in ids if not is_internal_id(one)]
    if wrong:
        message = f"Invalid internal id {wrong[0]} in the filters."
        add_status(answer, result, StatusDetail(code="INVALID_KEY_OR_REF", message=message))
        return
    try:
        page = page_of(sums_of(call.account, fields, filters, call.grants), call.whole_number("pageIndex"), SUMS_A_PAGE)
    except CriterionRefusedError as refusal:
        add_status(answer, result, StatusDetail(code=refusal.code, message=refusal.message))
        return
    add_status(answer, result)
    numbers = {"totalRecords": page.total_items, "pageSize": page.size}
    for name, number in {**numbers, "totalPages": page.total_pages, "pageIndex": page.index}.items():
        etree.SubElement(result, answer.core + name).text = str(number)
    listed = etree.SubElement(result, answer.core + "postingTransactionSummaryList") if page.items else result
    for one in page.items:
        element = etree.SubElement(listed, answer.core + "postingTransactionSummary")
        for name, internal_id in one.ids.items():
            _refer(call, element, name, internal_id)
        _put(call, element, "amount", one.amount)


def _asked_of_postings(call: Call) -> tuple[list[str], dict[str, list[str]]]:
    """Read the fields to sum by, and the internal ids to keep by field."""
    chosen, kept = call.child("fields"), call.child("filters")
    fields = [] if chosen is None else [split_tag(one.tag)[1] for one in chosen if one.text in ("true", "1")]
    filters = {name: _ids(kept, name) for name in DIMENSIONS}
    return fields, {name: ids for name, ids in filters.items() if ids}
