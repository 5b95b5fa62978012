"""Writes docs/reference/catalog.md from the files in catalog/; `--check` says whether the page is what it would write."""

from __future__ import annotations

import importlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from suitebridge.catalog import CATALOG
from suitebridge.domain.edits import tell_row
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas.registry import source_schema, target_schema
from suitebridge.domain.telling import tell_condition
from suitebridge.domain.workflow import MappingGroup, Method, Row, Setting, Workflow

PAGE = Path(__file__).parents[1] / "docs" / "reference" / "catalog.md"
_SOURCE = re.compile(r" \(netsuite-[a-z]+\.md §[^)]*\)")  # where the file says it from
HEAD = """# The catalog

Written by `python tools/catalog_page.py` from the files in `src/suitebridge/catalog`; do not edit.

Every workflow as it is shipped, in the order of a run. One that rests does nothing until an administrator activates it. A workflow that needs
others does not start before they have run in the account, unless somebody says so. [How to add one](../guides/add-a-workflow.md)
"""


def page() -> str:
    """Write the whole page."""
    rows = [
        f"| [{one.title}](#{one.name}) | {one.direction.value} | {'active' if one.is_active else 'rests'} | {_needs(one)} |"
        for one in CATALOG.values()
    ]
    table = ["| Workflow | Direction | At first | Needs |", "| --- | --- | --- | --- |", *rows]
    return "\n".join([HEAD, *table, "", *(line for one in CATALOG.values() for line in _workflow(one))])


def _workflow(workflow: Workflow) -> Iterator[str]:
    source, target = source_schema(workflow), target_schema(workflow)
    ours, theirs = ("NetSuite", "workspace") if workflow.direction is Direction.IMPORT else ("workspace", "NetSuite")
    yield f'<a id="{workflow.name}"></a>\n'
    yield f"## {workflow.title}\n"
    told = importlib.import_module(f"suitebridge.catalog.{workflow.name}").__doc__ or ""
    yield f"{_SOURCE.sub('', told).strip()}\n"
    yield f"- **What:** `{workflow.name}`, {source.plural.lower()} (`{source.name}`, {ours}) to {target.plural.lower()} (`{target.name}`, {theirs})"
    yield f"- **Needs:** {_needs(workflow)}"
    if workflow.reads is not None:
        yield f"- **Reads** where {_code(tell_condition(workflow.reads, str))}"
    if workflow.sends_linked_when:
        yield f"- **Reads** records with a NetSuite ID, too,{_when(workflow.sends_linked_when, '')}"
    if workflow.method is Method.UPDATE or workflow.updates_when:
        taken = f" and {_code(tell_condition(workflow.updates, str))}" if workflow.updates is not None else ""
        yield f"- **Changes** what is linked{taken}{_when(workflow.updates_when, '')}, where it was edited here; what was edited on both sides waits for a decision"
    for guard in workflow.guards:
        yield f"- **Takes** where {_code(tell_condition(guard.condition, str))}{_when(guard.when, guard.unless)}; else: “{guard.reason}”"
    for number, key in enumerate(workflow.match_keys, start=1):
        cased = ", whatever the case" if key.ignores_case else ""
        yield f"- **Finds {number}.** by {key.label}: `{key.source}` equals `{key.target}`{cased}"
    for back in workflow.pull_backs:
        yield f"- **Writes back** `{back.source}` to `{back.target}`{_when(back.when, back.unless)}"
    if workflow.exported_field:
        yield f"- **Marks** the moment of the export in `{workflow.exported_field}`"
    if workflow.sum is not None:
        sign = ", with the other sign" if workflow.sum.is_negated else ""
        yield f"- **Adds up** `{workflow.sum.amount}` here and `{workflow.sum.written}` there{sign}"
    if workflow.excludes:
        yield f"- **Not beside** {', '.join(f'[{CATALOG[name].title}](#{name})' for name in workflow.excludes)}"
    if workflow.companions:
        yield f"- **Writes beside each:** {', '.join(one.value for one in workflow.companions)}"
    yield ""
    yield from _settings(workflow.settings)
    for group in workflow.groups:
        yield from _group(group)


def _settings(settings: tuple[Setting, ...]) -> Iterator[str]:
    if settings:
        yield "| Setting | What it does |\n| --- | --- |"
        yield from (f"| {one.label} (`{one.name}`) | {one.sentence} |" for one in settings)
        yield ""


def _group(group: MappingGroup) -> Iterator[str]:
    lines = f", a line of `{group.target_list}`" if group.target_list else ""
    each = f" for each of `{group.source_list}`" if group.source_list else ""
    where = f" where {_code(tell_condition(group.condition, str))}" if group.condition is not None else ""
    yield f"### {group.title} (`{group.name}`{lines}{each}{where})\n"
    yield "| Field | Value | |\n| --- | --- | --- |"
    yield from (f"| `{row.target}` | {_code(tell_row(row))} | {_marks(row)} |" for row in group.rows)
    yield ""


def _marks(row: Row) -> str:
    return ", ".join(
        said for said in ("required" if row.is_required else "", _when(row.when, row.unless).strip()) if said
    )


def _when(when: str, unless: str) -> str:
    return (f" if `{when}`" if when else "") + (f" unless `{unless}`" if unless else "")


def _needs(workflow: Workflow) -> str:
    return ", ".join(f"[{CATALOG[name].title}](#{name})" for name in workflow.needs) or "nothing"


def _code(said: str) -> str:
    return f"`{said.replace('|', '/')}`"


def main() -> None:
    """Write the page, or with --check compare it."""
    if "--check" not in sys.argv[1:]:
        PAGE.write_text(page(), encoding="utf-8")
    elif not PAGE.is_file() or PAGE.read_text(encoding="utf-8") != page():
        sys.exit("docs/reference/catalog.md is not what the catalog says: run python tools/catalog_page.py")


if __name__ == "__main__":
    main()
