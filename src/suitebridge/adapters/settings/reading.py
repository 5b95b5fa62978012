"""Finds the data directory and reads its `suitebridge.toml`; every mistake in it is told at once, with its key and line."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from suitebridge.domain.credentials import AccountId, AccountIdError
from suitebridge.domain.errors import Problem, RunStoppedError

SETTINGS_FILE: Final = "suitebridge.toml"
DATA_VARIABLE: Final = "SUITEBRIDGE_DATA"
DATABASE_VARIABLE: Final = "SUITEBRIDGE_DATABASE_URL"
DEFAULT_DIRECTORY: Final = ".suitebridge"

Mode = Literal["embedded", "production"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a data directory says about itself. `simulators` maps an account id to the base URL of the simulator that plays it.

    `hosts` are the names under which browsers reach the console besides loopback, `https` says that they reach it over TLS.
    """

    directory: Path
    mode: Mode = "embedded"
    zone: str = "UTC"
    simulators: Mapping[str, str] = field(default_factory=dict)
    database_url: str = field(default="", repr=False)
    hosts: tuple[str, ...] = ()
    https: bool = False

    @property
    def is_embedded(self) -> bool:
        """Whether one process on one machine does everything."""
        return self.mode == "embedded"


class _File(BaseModel):
    """The shape of `suitebridge.toml`; a key that it does not know is an error."""

    model_config = ConfigDict(extra="forbid")

    mode: Mode = "embedded"
    zone: str = "UTC"
    simulators: dict[str, str] = {}
    database_url: str = ""
    hosts: list[str] = []
    https: bool = False

    @field_validator("zone")
    @classmethod
    def _is_zone(cls, zone: str) -> str:
        try:
            ZoneInfo(zone)
        except (ZoneInfoNotFoundError, ValueError, IsADirectoryError):
            raise ValueError(f"“{zone}” is no time zone; write an IANA name such as Europe/Berlin") from None
        return zone

    @field_validator("simulators")
    @classmethod
    def _are_simulators(cls, simulators: dict[str, str]) -> dict[str, str]:
        for account, url in simulators.items():
            try:
                AccountId.parse(account)
            except AccountIdError as error:
                raise ValueError(str(error)) from None
            parts = urlsplit(url)
            if parts.scheme not in {"http", "https"} or not parts.hostname:
                raise ValueError(f"“{url}” is no address such as http://127.0.0.1:8200")
        return simulators


def find_directory(asked: Path | None) -> Path:
    """Give the data directory: the one that was asked for, else the environment's, else `./.suitebridge`."""
    return (asked or Path(os.environ.get(DATA_VARIABLE, "") or DEFAULT_DIRECTORY)).absolute()


def read_settings(directory: Path) -> Settings:
    """Read the directory's settings, the defaults where it has none. Raise `RunStoppedError` SB-SET-001 with every mistake."""
    file = directory / SETTINGS_FILE
    try:
        text = file.read_bytes().decode()
    except FileNotFoundError:
        text = ""
    except (OSError, UnicodeDecodeError) as error:
        raise _unusable(file, f"It cannot be read: {error}") from error
    try:
        read = _File.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise _unusable(file, f"It is no TOML: {error}.") from error
    except ValidationError as error:
        raise _unusable(file, _tell(error, text)) from error
    return Settings(
        directory=directory,
        mode=read.mode,
        zone=read.zone,
        simulators=read.simulators,
        database_url=os.environ.get(DATABASE_VARIABLE, "") or read.database_url,
        hosts=tuple(read.hosts),
        https=read.https,
    )


def _tell(error: ValidationError, text: str) -> str:
    said = []
    for mistake in error.errors(include_url=False, include_input=False):
        key = ".".join(str(part) for part in mistake["loc"])
        reason = "is no setting" if mistake["type"] == "extra_forbidden" else mistake["msg"]
        said.append(f"line {_line_of(key, text)}: {key}: {reason}.")
    return " ".join(said)


def _line_of(key: str, text: str) -> int:
    """Find the line of a key; the first line where it cannot be told."""
    name = key.rpartition(".")[2]
    lines = (number for number, line in enumerate(text.splitlines(), 1) if line.strip().strip('"').startswith(name))
    return next(lines, 1)


def _unusable(file: Path, said: str) -> RunStoppedError:
    return RunStoppedError(Problem(code="SB-SET-001", facts={"file": str(file), "said": said}))
