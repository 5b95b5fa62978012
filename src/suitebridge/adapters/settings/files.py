"""The settings file `suitebridge.toml`: read whole, checked whole, and refused once with every problem and its line.

A missing file means the defaults. The environment variable SUITEBRIDGE_DATABASE_URL wins over the file, so that a password need not
stand in it.
"""

from __future__ import annotations

import enum
import ipaddress
import re
import ssl
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Annotated, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.errors import Problem, RunStoppedError

SETTINGS_FILE: Final = "suitebridge.toml"
DATABASE_VARIABLE: Final = "SUITEBRIDGE_DATABASE_URL"
_LOOPBACK: Final = frozenset({"127.0.0.1", "localhost", "::1"})


class Mode(enum.StrEnum):
    """Embedded: everything in the data directory, made on first use. Production: nothing is made silently, no simulator is believed."""

    EMBEDDED = "embedded"
    PRODUCTION = "production"


def _account(text: str) -> str:
    try:
        return AccountId.parse(text).value
    except AccountIdError as error:
        raise ValueError(str(error)) from error


def _simulator(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("a simulator's address has the form http://127.0.0.1:8700")
    if parts.hostname not in _LOOPBACK:
        raise ValueError("a simulator runs on this machine: its host is 127.0.0.1")
    return url.rstrip("/")


def _local_webhook(url: str) -> str:
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or parts.hostname not in _LOOPBACK or parts.path not in {"", "/"}:
        raise ValueError("a webhook on this machine has the form http://127.0.0.1:9000")
    return url.rstrip("/")


def _local_mail(text: str) -> str:
    host, _, port = text.rpartition(":")
    if host not in _LOOPBACK or not (port.isascii() and port.isdigit()):
        raise ValueError("a mail server on this machine has the form 127.0.0.1:25")
    return text


def _database(url: str) -> str:
    if url and urlsplit(url).scheme not in {"postgresql", "postgres"}:
        raise ValueError("a database URL has the form postgresql://user:password@host:port/name")
    return url


def _folder(path: Path | None) -> Path | None:
    if path is not None and not path.is_dir():
        raise ValueError(f"there is no folder {path}; make it first, or mount it")
    return path


def _address(text: str) -> str:
    try:
        return str(ipaddress.ip_address(text)) if text else ""
    except ValueError as error:
        raise ValueError(f"“{text}” is no address; write the proxy's as in 127.0.0.1") from error


def _outgoing(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme != "http" or not parts.hostname or parts.path not in {"", "/"} or parts.query):
        raise ValueError("a proxy's address has the form http://proxy.example:3128")
    return url


def _authorities(path: Path | None) -> Path | None:
    if path is not None:
        try:
            ssl.create_default_context().load_verify_locations(cafile=path)
        except OSError as error:
            raise ValueError(f"{path} holds no certificates in PEM form") from error
    return path


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise ValueError(f"“{name}” is no time zone; write it as in Europe/Berlin") from error
    return name


class Settings(BaseModel):
    """What the file may say.

    `simulators` maps account ids to the base URLs of simulators on this machine. `hosts` are the names under which browsers reach the console besides loopback, `https` says that they reach it over TLS, `proxy` is the address of the proxy in front,
    whose X-Forwarded-For is believed. `outgoing_proxy` is the proxy through which NetSuite is reached, `authorities` a file of
    certificate authorities that are trusted besides the system's. `metrics_from` are the addresses whose questions for /metrics are answered. `checkpoint_copies` is a folder elsewhere to which each signed checkpoint is copied.
    `local_webhooks` are programs on this machine that notifications may be sent to, `local_mail` mail servers on it; any other is of the public net.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)

    mode: Mode = Mode.EMBEDDED
    zone: Annotated[str, AfterValidator(_zone)] = "UTC"
    database_url: Annotated[str, AfterValidator(_database)] = Field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    https: bool = False
    proxy: Annotated[str, AfterValidator(_address)] = ""
    outgoing_proxy: Annotated[str, AfterValidator(_outgoing)] = Field(default="", repr=False)
    authorities: Annotated[Path | None, AfterValidator(_authorities)] = None
    metrics_from: tuple[Annotated[str, AfterValidator(_address)], ...] = ()
    checkpoint_copies: Annotated[Path | None, AfterValidator(_folder)] = None
    local_webhooks: tuple[Annotated[str, AfterValidator(_local_webhook)], ...] = ()
    local_mail: tuple[Annotated[str, AfterValidator(_local_mail)], ...] = ()
    simulators: Mapping[Annotated[str, AfterValidator(_account)], Annotated[str, AfterValidator(_simulator)]] = {}

    @model_validator(mode="after")
    def _believes_no_simulator_in_production(self) -> Settings:
        if self.mode is Mode.PRODUCTION and self.simulators:
            raise ValueError('simulators are for the embedded mode: remove the table, or set mode = "embedded"')
        return self


def load_settings(directory: Path, *, environment: Mapping[str, str]) -> Settings:
    """Read a data directory's settings. Raise `RunStoppedError` SB-SET-001 naming file, line and key of every problem."""
    path = directory / SETTINGS_FILE
    text = _text(path)
    try:
        written = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _unusable(path, f"It is no valid TOML: {error}.") from error
    override = environment.get(DATABASE_VARIABLE, "").strip()
    if override:
        written["database_url"] = override
    try:
        return Settings.model_validate(written)
    except ValidationError as error:
        raise _unusable(path, " ".join(_problems(error, text))) from error


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as error:
        raise _unusable(path, "It is not written in UTF-8.") from error
    except OSError as error:
        raise _unusable(path, f"It cannot be read: {error.strerror}.") from error


def _problems(error: ValidationError, text: str) -> Iterator[str]:
    for problem in error.errors(include_url=False, include_input=False):
        keys = [str(step) for step in problem["loc"] if step != "[key]"]
        message = str(problem["msg"]).removeprefix("Value error, ")
        if problem["type"] == "extra_forbidden":
            message = "this key is not known"
        key = ".".join(keys) or "simulators"
        line = _line(keys or ["simulators"], text)
        where = f"Line {line}, {key}" if line else key
        yield f"{where}: {message}" if message.endswith(("?", ".")) else f"{where}: {message}."


def _line(keys: list[str], text: str) -> int:
    """Find the line on which the last of the keys is written, 0 when it stands nowhere in the file."""
    wanted = re.compile(rf"""^\s*\[?\s*["']?{re.escape(keys[-1])}["']?\s*[=\].]""")
    return next((number for number, line in enumerate(text.splitlines(), 1) if wanted.match(line)), 0)


def _unusable(path: Path, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-SET-001", facts={"file": str(path), "said": said}))
