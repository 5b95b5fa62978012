"""A pair of ids that mean one thing, and its life: free, claimed (an intent is on its way), bound, and gone when NetSuite lost its side."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass


class BindingState(enum.Enum):
    """Claimed says that a write may have left; only a settled answer makes it bound.

    Gone: the NetSuite record was deleted, and nothing is written for the workspace record while that stands. Kept: so it is, and a person
    has decided that it stays so. Released: the link was given up.
    """

    CLAIMED = "claimed"
    BOUND = "bound"
    GONE = "gone"
    KEPT = "kept"
    RELEASED = "released"


IN_NETSUITE = frozenset({BindingState.CLAIMED, BindingState.BOUND})
"""NetSuite has the record, or may have it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Binding:
    """One workspace record and one NetSuite record that mean one thing, within one NetSuite account.

    `source_version` is the change stamp of the side that was read when they were last made alike; `body_hash` the SHA-256 of the claimed
    request's fields; `mapping_version` the workflow's fingerprint then.
    """

    workspace_type: str
    workspace_id: str
    netsuite_type: str
    netsuite_id: str | None
    state: BindingState
    workflow: str
    external_id: str = ""
    source_version: str = ""
    body_hash: str = ""
    mapping_version: str = ""
    attempt: int = 0


_TOKEN = re.compile(r"[a-z0-9]{8}")


def external_id_for(*, company_token: str, record_type: str, record_id: str) -> str:
    """Give the external id under which a workspace record is written to NetSuite, fixed for ever.

    Lower case, letters, digits and underscore only: NetSuite compares external ids without case and its REST paths allow no more
    (netsuite-api.md §4.10, §5.3).
    """
    if not _TOKEN.fullmatch(company_token):
        raise ValueError(f"A company token has 8 lower-case letters and digits, not {company_token!r}.")
    return f"sb_{company_token}_{record_type}_{record_id}"
