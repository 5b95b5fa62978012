"""The same pages by `dlt`: its source for REST APIs, merged on the key into DuckDB, in an environment of its own (tools/clients.sh).

It takes the pages as they come; no trail, no binding, no outcome. Its telemetry is off: nothing leaves the machine.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Any

import dlt
from dlt.common.configuration.specs import configspec
from dlt.sources.helpers.rest_client.auth import AuthConfigBase
from dlt.sources.helpers.rest_client.paginators import BasePaginator
from dlt.sources.rest_api import rest_api_source
from requests import PreparedRequest, Request, Response

from benchmarks.customers import COLUMNS
from benchmarks.plain.importing import PAGE, UncopiedError, page_query
from benchmarks.plain.signing import authorization
from benchmarks.tasks import Measured, Task, timed

_TABLE = "customer"


@configspec
class _Signed(AuthConfigBase):  # type: ignore[misc]
    """Signs each request with the token."""

    credentials: dict[str, str] | None = None

    def __call__(self, request: PreparedRequest) -> PreparedRequest:
        request.headers["Authorization"] = authorization(self.credentials or {}, str(request.method), str(request.url))
        return request


class _AfterTheLast(BasePaginator):  # type: ignore[misc]
    """Asks for the rows beyond the last id, as long as there are more."""

    def update_state(self, response: Response, data: Sequence[Any] | None = None) -> None:
        self._has_next_page = bool(response.json()["hasMore"])
        self._last = data[-1]["id"] if data else "0"

    def update_request(self, request: Request) -> None:
        request.json = {"q": page_query(_TABLE, COLUMNS, self._last)}


def measure(task: Task) -> Measured:
    """Copy the customers."""
    os.environ["RUNTIME__DLTHUB_TELEMETRY"] = "false"
    os.environ["DLT_DATA_DIR"] = str(task.directory / "dlt")
    with timed(task) as watch:
        pipeline = dlt.pipeline(
            pipeline_name="bench",
            pipelines_dir=str(task.directory / "pipelines"),
            destination=dlt.destinations.duckdb(str(task.directory / "plain.duckdb")),
            dataset_name="bench",
        )
        pipeline.run(_source(task))
    with pipeline.sql_client() as client, client.execute_query(f"SELECT COUNT(DISTINCT id) FROM {_TABLE}") as found:
        copied = found.fetchone()[0]
    if copied != task.size:
        raise UncopiedError(f"{copied} of {task.size} rows were copied.")
    return watch.measured(task.size)


def _source(task: Task) -> Any:
    client = {
        "base_url": task.address,
        "auth": _Signed(credentials=task.credentials),
        "headers": {"Prefer": "transient"},
        "paginator": _AfterTheLast(),
    }
    endpoint = {
        "path": "/services/rest/query/v1/suiteql",
        "method": "POST",
        "params": {"limit": PAGE},
        "json": {"q": page_query(_TABLE, COLUMNS, "0")},
        "data_selector": "items",
    }
    resource = {"name": _TABLE, "primary_key": "id", "write_disposition": "merge", "endpoint": endpoint}
    return rest_api_source({"client": client, "resources": [resource]})
