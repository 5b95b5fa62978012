"""Import of new customers: SuiteQL pages, match, map, plan, one durable transaction a page with trail, bindings and outcomes.

Every customer has fourteen columns in NetSuite; the shipped workflow reads those that it maps or decides by.
"""

from __future__ import annotations

from benchmarks.connector.houses import founded, measure_run
from benchmarks.tasks import Measured, Task

WORKFLOW = "import_customers"


def measure(task: Task) -> Measured:
    """Import every customer."""
    return measure_run(task, WORKFLOW)


def prepare(task: Task) -> None:
    """Found the company; its workspace is empty."""
    with founded(task.directory):
        pass
