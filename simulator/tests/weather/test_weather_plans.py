"""Plans by request, time, operation and record type; scripts; seeds; the admin end points and options that bring them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from simulator.tests.admin.test_admin_end_points import Admin
from simulator.tests.firms import NOW, Firm, RestClient

from netsuite_simulator.clock import Clock
from netsuite_simulator.faults import (
    FAULTS,
    Faults,
    Maintenance,
    PlanFileError,
    Throttle,
    Weather,
    doors_of,
    read_plan_file,
)
from netsuite_simulator.faults.weather import FAIR, WeatherError

SCRIPT = """
seed = 7
rate = 0.25
faults = ["Throttle"]

[[plan]]
fault = "Maintenance"
after_seconds = 60
for_seconds = 7200
times = 0

[[plan]]
fault = "RevokeTokens"
door = "soap"
operation = "upsertList"
skip = 3
"""


def test_a_plan_waits_for_its_time_and_ends(firm: Firm, client: RestClient) -> None:
    account = firm.account
    account.faults.plan(Maintenance(), after_seconds=60, for_seconds=7_200, times=0)
    account.faults.plan(Throttle(), record_type="customer", times=2)
    statuses = []
    for wait in (0, 0, 60, 3_600, 3_600, 0):
        account.clock.advance(wait)
        statuses.append([client.records("GET", name).status_code for name in ("job", "customer")])
    assert statuses == [[200, 429], [200, 429], [503, 503], [503, 503], [200, 200], [200, 200]]


def test_a_script_is_read_whole(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text(SCRIPT, encoding="utf-8")
    scripted = read_plan_file(path, NOW)
    first, second = scripted.plans
    assert (first.at, first.until) == (NOW + timedelta(minutes=1), NOW + timedelta(minutes=121))
    assert (type(second.fault).__name__, second.operation, second.skip) == ("RevokeTokens", "upsertList", 3)
    assert scripted.weather is not None
    assert (scripted.weather.seed, scripted.weather.kinds) == (7, ("Throttle",))
    json_path = tmp_path / "plan.json"
    json_path.write_text('{"plan": [{"fault": "Throttle", "door": "soap"}]}', encoding="utf-8")
    assert [type(one.fault) for one in read_plan_file(json_path, NOW).plans] == [Throttle]


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        (
            "plan.toml",
            '[[plan]]\nfault = "Throttle"\n\n[[plan]]\nfault = "Throtle"\n',
            r"entry 2 \(line 4\).*is it Throttle\?",
        ),
        (
            "plan.toml",
            '[[plan]]\nfault = "NoIdentity"\ndoor = "oauth"\n',
            r"entry 1 \(line 1\): .*name one of rest, soap",
        ),
        ("plan.toml", '[[plan]\nfault = "Throttle"', "is no TOML: .*line 1"),
        ("plan.toml", '[[plan]]\nfault = "Throttle"\n[weather]\nseed = 1', "it has plan, weather"),
        ("plan.toml", "seed = 1\nrate = 7", "weather: a rate of 7.0 is no share"),
        ("plan.toml", 'seed = 1\nfaults = ["Rain"]', "weather: there is no fault Rain"),
        (
            "plan.json",
            '[\n {"fault": "Throttle"},\n {"fault": "Latency",\n "times": "x"}\n]',
            r"entry 2 \(line 3\): Latency:",
        ),
        ("plan.json", '{"plan": [\n\n7]}', r"entry 1 \(line 3\): there is no fault in it"),
        ("plan.json", "[{]", "is no JSON"),
        ("plan.json", "7", "is a list like"),
        ("plan.json", None, "cannot be read"),
    ],
)
def test_a_wrong_script_names_its_entries(tmp_path: Path, name: str, text: str | None, words: str) -> None:
    path = tmp_path / name
    if text is not None:
        path.write_text(text, encoding="utf-8")
    with pytest.raises(PlanFileError, match=words):
        read_plan_file(path, NOW)


def drawn(weather: Weather, *operations: str) -> list[object]:
    return [weather.draw("soap", operation) for operation in operations]


def test_weather_comes_again_by_its_seed_whatever_the_order() -> None:
    add = drawn(Weather(seed=7, rate=0.5), *["add"] * 40)
    mixed = drawn(Weather(seed=7, rate=0.5), *["get", "add"] * 40)[1::2]
    assert add == mixed
    assert add != drawn(Weather(seed=8, rate=0.5), *["add"] * 40)
    assert 8 <= sum(one is not None for one in add) <= 32
    assert drawn(Weather(seed=7, rate=0), *["add"] * 40) == [None] * 40
    assert drawn(Weather(seed=1, rate=1, kinds=("BadCertificate",)), "add") == [None]
    every = {type(one).__name__ for one in drawn(Weather(seed=3, rate=1), *["add"] * 400)}
    assert every == {name for name in FAIR if "soap" in doors_of(FAULTS[name])}


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"rate": 2}, "no share"),
        ({"kinds": ("Rain",)}, "there is no fault Rain"),
        ({"kinds": ("EditRecord",)}, "plan it instead"),
        ({"kinds": ("StalledUpload",)}, "plan it instead"),
    ],
)
def test_weather_that_cannot_be_drawn_is_refused(values: dict[str, Any], words: str) -> None:
    with pytest.raises(WeatherError, match=words):
        Weather(seed=1, **values)


def test_weather_reaches_requests_where_no_plan_does(firm: Firm, client: RestClient) -> None:
    firm.account.faults.weather = Weather(seed=1, rate=1, kinds=("Throttle", "RevokeTokens"))
    firm.account.fail_next(Maintenance())
    answers = {client.records("GET", "customer").status_code for _ in range(6)}
    assert answers == {503, 429, 401}
    firm.account.faults.clear()
    assert client.records("GET", "customer").status_code == 401
    assert any(token.is_revoked for token in firm.account.tokens)


def test_everything_is_planned_over_http_too(firm: Firm, client: RestClient) -> None:
    admin = Admin(client.url)
    script = {"plan": [{"fault": "Throttle", "times": 2}, {"fault": "SkewClock"}], "seed": 7, "rate": 0}
    assert [one["fault"] for one in admin.ask("POST", "/plan", script)["items"]] == ["Throttle", "SkewClock"]
    wrong = admin.ask("POST", "/plan", {"plan": [{"fault": "Throttle"}, {"fault": "Rain"}]}, status=400)
    assert "entry 2: there is no fault Rain" in wrong["error"]
    assert admin.ask("GET", "/weather")["weather"]["seed"] == 7
    changed = admin.ask("POST", "/weather", {"seed": 9, "rate": 0.5, "faults": ["Throttle"]})
    assert changed == {"weather": {"seed": 9, "rate": 0.5, "faults": ["Throttle"]}}
    assert "Object missing required field `seed`" in admin.ask("POST", "/weather", {}, status=400)["error"]
    assert admin.ask("GET")["weather"]["seed"] == 9
    assert admin.ask("DELETE", "/weather") == {"weather": None}
    assert client.records("GET", "customer").status_code == 429
    assert admin.ask("POST", "/concurrency", {"limit": 5, "others": 5})["limit"] == 5
    assert admin.ask("GET")["concurrency"]["others"] == 5
    assert client.records("GET", "customer").status_code == 429


def test_plans_count_by_the_accounts_own_clock() -> None:
    clock = Clock()
    clock.freeze(NOW)
    faults = Faults(clock)
    faults.plan(Throttle(), for_seconds=10, times=0)
    assert faults.take("rest", "x") == Throttle()
    clock.set(NOW + timedelta(seconds=10))
    assert faults.take("rest", "x") is None
