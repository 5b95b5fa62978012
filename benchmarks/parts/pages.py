"""Pages of SuiteQL with 1,000 rows of ten columns, read from their bytes: by the connector, which refuses keys that come twice, and by json, which takes the last."""

from __future__ import annotations

import json

from benchmarks.decoding import ROWS, page
from benchmarks.parts.repeating import OtherResultError, measure_repeating
from benchmarks.tasks import Measured, Task
from suitebridge.wire.rest import suiteql


def connector(task: Task) -> Measured:
    """Read as the connector does."""
    body = page()
    if len(suiteql.read_page(body).rows) != ROWS:
        raise OtherResultError("The connector read other rows than were written.")
    return measure_repeating(task, lambda _: suiteql.read_page(body))


def by_json(task: Task) -> Measured:
    """Read with the standard library."""
    body = page()
    return measure_repeating(task, lambda _: json.loads(body))
