"""Metrics are written as Prometheus reads them: a name, what it means, and a figure for each account."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from prometheus_client.parser import text_string_to_metric_families

from suitebridge.adapters.metrics.exposition import write_metrics
from suitebridge.ports.traffic import Traffic

ONE = Traffic(company="meridian", account="TSTDRV1", limit=2, ceiling=4, under_way=1, waiting=3, settled=70, throttled=5, unreached=6)  # fmt: skip


def test_each_figure_stands_beside_its_company_and_account() -> None:
    written = write_metrics([ONE])
    assert written.content_type.startswith("text/plain; version=0.0.4")
    families = list(text_string_to_metric_families(written.text.decode()))
    assert all(family.documentation for family in families)
    samples = {sample.name: (sample.labels, sample.value) for family in families for sample in family.samples}
    where = {"company": "meridian", "account": "TSTDRV1"}
    assert samples == {
        f"suitebridge_netsuite_{name}": (where, value)
        for name, value in {
            "limit": 2, "limit_ceiling": 4, "requests_in_flight": 1, "requests_waiting": 3, "maintenance": 0,
            "requests_settled_total": 70, "requests_throttled_total": 5, "requests_unreached_total": 6,
        }.items()
    }  # fmt: skip


def test_without_traffic_the_names_stand_alone() -> None:
    assert not [
        sample
        for family in text_string_to_metric_families(write_metrics([]).text.decode())
        for sample in family.samples
    ]


def test_maintenance_is_a_figure() -> None:
    away = replace(ONE, away_since=datetime(2026, 5, 18, 17, tzinfo=UTC))
    assert b'suitebridge_netsuite_maintenance{account="TSTDRV1",company="meridian"} 1.0' in write_metrics([away]).text
