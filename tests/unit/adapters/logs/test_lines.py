"""Every record is one line on standard error, with listed fields, and no secret in it (quality.md S35)."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest
import structlog

from suitebridge.adapters.logs.lines import SECURITY, STRUCK_OUT, keep_listed, route_logs, strike_out, write_for_people
from suitebridge.adapters.logs.repeats import MOST_LINES


def fail(hidden: str) -> None:
    raise RuntimeError("token_secret=" + hidden)


@pytest.fixture(autouse=True)
def routed() -> Iterator[None]:
    """Route the logs, and put everything back."""
    names = ("", "suitebridge", SECURITY, "dbos", "waitress", "django", "aiohttp", "asyncio")
    loggers = [logging.getLogger(name) for name in names]
    kept = [(logger, list(logger.handlers), logger.level, logger.propagate) for logger in loggers]
    route_logs(logging.DEBUG)
    yield
    structlog.reset_defaults()
    for logger, handlers, level, propagates in kept:
        logger.handlers, logger.propagate = handlers, propagates
        logger.setLevel(level)


def lines(capfd: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """Read what was written to standard error; standard output stays empty."""
    out, err = capfd.readouterr()
    assert out == ""
    return [json.loads(line) for line in err.splitlines()]


def test_a_record_is_one_line_of_json(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("suitebridge.runs").warning("Run %s stopped", "7")
    (line,) = lines(capfd)
    assert (line["event"], line["level"], line["logger"]) == ("Run 7 stopped", "warning", "suitebridge.runs")
    assert line["timestamp"].endswith("Z")


def test_a_line_that_is_said_again_and_again_is_counted(capfd: pytest.CaptureFixture[str]) -> None:
    for number in range(MOST_LINES + 7):
        logging.getLogger("suitebridge.runs").warning("Run %s stopped", number)
        logging.getLogger(SECURITY).warning("sign-in refused")
    route_logs(logging.DEBUG)
    written = [line["event"] for line in lines(capfd)]
    assert written.count("sign-in refused") == MOST_LINES + 7
    assert [line for line in written if line != "sign-in refused"] == [
        *(f"Run {number} stopped" for number in range(MOST_LINES)),
        "Said 7 more times within 60 seconds and not repeated here: Run %s stopped",
    ]


def test_an_entry_cannot_begin_another_line(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("django").error('path /x\r\n{"level": "info", "event": "all is well"}\u2028 more')
    (line,) = lines(capfd)
    assert line["level"] == "error"
    assert "\r\n" in line["event"]
    told = write_for_people(None, "", {"event": "one\ntwo\x1b[31m\x85", "level": "info"})
    assert told.isprintable()
    assert r"one\ntwo\x1b[31m\x85" in told


def test_what_concerns_security_goes_out_with_its_fields(capfd: pytest.CaptureFixture[str]) -> None:
    route_logs(logging.ERROR, is_serving=True)
    told = {"kind": "token issued", "actor": "Grace Kim", "sequence": "7", "hash": "ab", "body": "not listed"}
    logging.getLogger(SECURITY).info("Grace Kim made the API token “ci”", extra=told)
    logging.getLogger("suitebridge.runs").info("Not asked for")
    (line,) = lines(capfd)
    assert {name: line[name] for name in ("event", "kind", "actor", "sequence", "hash", "logger")} == {
        "event": "Grace Kim made the API token “ci”",
        "kind": "token issued",
        "actor": "Grace Kim",
        "sequence": "7",
        "hash": "ab",
        "logger": SECURITY,
    }
    assert "body" not in line


def test_a_command_that_shall_be_quiet_is_quiet(capfd: pytest.CaptureFixture[str]) -> None:
    route_logs(logging.ERROR)
    logging.getLogger(SECURITY).info("The audit trail was signed")
    assert lines(capfd) == []


@pytest.mark.parametrize("name", ["dbos", "waitress", "django.request", "aiohttp.client", "asyncio"])
def test_libraries_go_the_same_way_once(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger(name).setLevel(logging.NOTSET)
    logging.getLogger(name).error("trouble")
    (line,) = lines(capfd)
    assert (line["event"], line["logger"]) == ("trouble", name)


def test_libraries_do_not_whisper(capfd: pytest.CaptureFixture[str]) -> None:
    logging.getLogger("aiohttp.client").debug("headers")
    logging.getLogger("suitebridge").debug("ours")
    assert [line["event"] for line in lines(capfd)] == ["ours"]


def test_structured_calls_keep_listed_fields_only(capfd: pytest.CaptureFixture[str]) -> None:
    structlog.get_logger("suitebridge.console").error("page failed", trace="ab12", path="/runs", body="<everything>")
    (line,) = lines(capfd)
    assert (line["trace"], line["path"]) == ("ab12", "/runs")
    assert "everything" not in repr(line)


def test_a_traceback_is_part_of_its_line_and_shows_no_values(capfd: pytest.CaptureFixture[str]) -> None:
    hidden = "a-value-of-a-local-variable"
    try:
        fail(hidden)
    except RuntimeError:
        logging.getLogger("suitebridge").exception("stopped")
    (line,) = lines(capfd)
    assert "RuntimeError" in line["exception"]
    assert hidden not in repr(line)


@pytest.mark.parametrize(
    "text",
    [
        "password=hunter2hunter2",
        "password: hunter2hunter2",
        '{"token_secret": "hunter2hunter2"}',
        "{'consumer_secret': 'hunter2hunter2'}",
        "oauth_signature=hunter2hunter2&oauth_version=1.0",
        'Authorization: OAuth realm="1", oauth_token="hunter2hunter2"',
        "authorization=Bearer hunter2hunter2",
        "sent Bearer hunter2hunter2",
        "Cookie: sessionid=hunter2hunter2; other=hunter2hunter2"[:33],
        "postgresql://bridge:hunter2hunter2@db/bridge",
        "access_token=hunter2hunter2",
        "SUITEBRIDGE_MASTER_KEY=hunter2hunter2",
    ],
)
def test_what_looks_like_a_secret_is_struck_out(text: str) -> None:
    assert "hunter2hunter2" not in strike_out(text)
    assert STRUCK_OUT in strike_out(text)
    assert "hunter2hunter2" not in repr(keep_listed(None, "", {"event": text}))


@pytest.mark.parametrize(
    "text",
    ["Run 7 stopped", "GET /sign-in 200", "The token of user ada ended", "https://127.0.0.1:8000/runs", "key 5 of 7"],
)
def test_plain_words_stay(text: str) -> None:
    assert strike_out(text) == text
