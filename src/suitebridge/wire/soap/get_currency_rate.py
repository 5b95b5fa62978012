"""getCurrencyRate: exchange rates by day (netsuite-api.md §4.17)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from decimal import Decimal, InvalidOperation

from lxml import etree

from suitebridge.wire.soap import names
from suitebridge.wire.soap.record_writing import PACIFIC, midnight
from suitebridge.wire.soap.results import core_element, message_element, result_of
from suitebridge.wire.xml import UnreadableXmlError, text_of

OPERATION = "getCurrencyRate"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """What one unit of a currency is worth in the base currency from a day on; currencies by internal id."""

    base: str
    source: str
    rate: Decimal
    day: date


def render(day: date | None, zone: tzinfo = PACIFIC) -> bytes:
    """Give the operation's element, for one day or for all; a day is a midnight of the zone that the user has in NetSuite."""
    root = message_element(OPERATION)
    wanted = etree.SubElement(root, names.messages("currencyRateFilter"))
    if day is not None:
        core_element(wanted, "effectiveDate", midnight(day, zone))
    return etree.tostring(root)


def read_answer(element: etree._Element, zone: tzinfo = PACIFIC) -> tuple[Rate, ...]:
    """Read the rates. Raise `UnreadableXmlError` where they are none, `FailedStatusError` where NetSuite refused."""
    result = result_of(element, OPERATION)
    rates = result.iterfind(f"{names.core('currencyRateList')}/{names.core('currencyRate')}")
    return tuple(_rate(rate, zone) for rate in rates)


def _rate(element: etree._Element, zone: tzinfo) -> Rate:
    try:
        moment = datetime.fromisoformat(text_of(element, names.core("effectiveDate")))
        number = Decimal(text_of(element, names.core("exchangeRate")))
    except (ValueError, InvalidOperation) as error:
        raise UnreadableXmlError("an exchange rate has no day or no number") from error
    if not number.is_finite():
        raise UnreadableXmlError("an exchange rate is no number")
    # A day comes as midnight of the user's zone, shown in Pacific time (§4.14).
    day = moment.astimezone(zone).date() if moment.tzinfo is not None else moment.date()
    return Rate(base=_id(element, "baseCurrency"), source=_id(element, "fromCurrency"), rate=number, day=day)


def _id(element: etree._Element, name: str) -> str:
    reference = element.find(names.core(name))
    id_ = "" if reference is None else reference.get("internalId", "")
    if not id_:
        raise UnreadableXmlError(f"an exchange rate came without its {name}")
    return id_
