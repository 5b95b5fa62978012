"""Who is signed in at this data directory: an API token for each company, in a file that only its owner may read."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from suitebridge.domain.credentials import Secret
from suitebridge.domain.errors import Problem, RunStoppedError

FILE_NAME = "login.json"
_SCHEMA = "suitebridge/login/1"
_OWNER_ONLY = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class Logins:
    """The tokens by company id; `current` is the company that commands act in when none is named."""

    current: str = ""
    tokens: Mapping[str, Secret] = field(default_factory=dict)

    def with_token(self, company: str, token: Secret) -> Logins:
        """Add a company's token and act in that company from now on."""
        return Logins(current=company, tokens={**self.tokens, company: token})

    def without(self, company: str) -> Logins:
        """Forget a company's token."""
        tokens = {name: token for name, token in self.tokens.items() if name != company}
        return Logins(current=self.current if self.current in tokens else next(iter(tokens), ""), tokens=tokens)


def read_logins(directory: Path) -> Logins:
    """Read the file; no file means that nobody is signed in. Raise `RunStoppedError` SB-SET-001 for a damaged one."""
    file = directory / FILE_NAME
    try:
        document = json.loads(file.read_text(encoding="utf-8"))
        tokens = {str(company): Secret(str(token)) for company, token in document["tokens"].items()}
        return Logins(current=str(document["current"]), tokens=tokens)
    except FileNotFoundError:
        return Logins()
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        said = "It holds no sign-in that can be read."
        raise RunStoppedError(Problem(code="SB-SET-001", facts={"file": str(file), "said": said})) from error


def write_logins(directory: Path, logins: Logins) -> None:
    """Replace the file as a whole, readable by its owner only from its first byte on."""
    file = directory / FILE_NAME
    fresh = file.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    document = {
        "schema": _SCHEMA,
        "current": logins.current,
        "tokens": {company: token.reveal() for company, token in logins.tokens.items()},
    }
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8") as opened:
        json.dump(document, opened)
    fresh.replace(file)
