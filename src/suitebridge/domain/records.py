"""A record as either system shows it at one moment. It refuses to know how it was fetched."""

from __future__ import annotations

import enum
from dataclasses import dataclass

from suitebridge.domain.values import Fields


class System(enum.Enum):
    """The two sides of every transfer."""

    NETSUITE = "netsuite"
    WORKSPACE = "workspace"


class Direction(enum.Enum):
    """Seen from the workspace."""

    IMPORT = "import"
    EXPORT = "export"


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordRef:
    """Names one record: its system, its type in that system, its id there."""

    system: System
    type: str
    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """A snapshot: `version` is the system's own change stamp, compared only for equality; `fields` may hold related paths ("employee.netsuite_id")."""

    type: str
    id: str
    version: str
    fields: Fields
