"""Writes what is known of the traffic with NetSuite in the text format that Prometheus reads. It counts nothing by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Final

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from suitebridge.ports.traffic import Metrics, Traffic

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_LABELS: Final = ("company", "account")
_GAUGES: Final[Sequence[tuple[str, str, Callable[[Traffic], int]]]] = (
    ("limit", "Requests that may be under way at once now.", lambda one: one.limit),
    ("limit_ceiling", "The most the limit climbs to.", lambda one: one.ceiling),
    ("requests_in_flight", "Requests under way now.", lambda one: one.under_way),
    ("requests_waiting", "Requests that wait for their turn now.", lambda one: one.waiting),
    (
        "maintenance",
        "1 while NetSuite says that the account is being maintained.",
        lambda one: int(one.away_since is not None),
    ),
)
_COUNTERS: Final[Sequence[tuple[str, str, Callable[[Traffic], int]]]] = (
    ("requests_settled", "Requests that were answered.", lambda one: one.settled),
    ("requests_throttled", "Requests that NetSuite refused for load.", lambda one: one.throttled),
    ("requests_unreached", "Requests that never left.", lambda one: one.unreached),
)


def write_metrics(traffic: Iterable[Traffic]) -> Metrics:
    """Write the metrics of every account."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(_Known(tuple(traffic)))
    return Metrics(text=generate_latest(registry), content_type=CONTENT_TYPE)


class _Known(Collector):
    """Gives what was handed to it, once."""

    def __init__(self, traffic: Sequence[Traffic]) -> None:
        self._traffic = traffic

    def collect(self) -> Iterator[Metric]:
        """Give the families in order."""
        for name, said, value in _GAUGES:
            gauge = GaugeMetricFamily(f"suitebridge_netsuite_{name}", said, labels=_LABELS)
            for one in self._traffic:
                gauge.add_metric((one.company, one.account), value(one))
            yield gauge
        for name, said, value in _COUNTERS:
            counter = CounterMetricFamily(f"suitebridge_netsuite_{name}", said, labels=_LABELS)
            for one in self._traffic:
                counter.add_metric((one.company, one.account), value(one))
            yield counter
