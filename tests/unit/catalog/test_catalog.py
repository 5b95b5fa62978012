"""Every shipped workflow, checked by rule: a new one is tested on arrival."""

import importlib
import json

import pytest

from suitebridge.catalog import CATALOG
from suitebridge.domain.expressions import Counterpart, MacroName, walk
from suitebridge.domain.flow.fingerprints import fingerprint_workflow
from suitebridge.domain.flow.mapping import compile_mapping
from suitebridge.domain.notation.plain import to_plain, workflow_from_plain
from suitebridge.domain.records import Direction
from suitebridge.domain.schemas import RecordSchema
from suitebridge.domain.schemas.netsuite import NETSUITE_TYPES
from suitebridge.domain.schemas.registry import source_schema, target_schema
from suitebridge.domain.schemas.workspace import WORKSPACE_TYPES
from suitebridge.domain.workflow import Method, Workflow

WORKFLOWS = [pytest.param(workflow, id=name) for name, workflow in CATALOG.items()]
every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS)


def types_of(schema: RecordSchema) -> dict[str, RecordSchema]:
    return dict(
        NETSUITE_TYPES if schema.name in NETSUITE_TYPES and schema is NETSUITE_TYPES[schema.name] else WORKSPACE_TYPES
    )


def resolve(schema: RecordSchema, path: str) -> bool:
    """Follow a path through fields, references and belonging lines to a field that exists."""
    head, _, rest = path.partition(".")
    types = types_of(schema)
    if head in schema.related_by_name:
        return resolve(types[schema.related_by_name[head].type], rest)
    field = schema.by_name.get(head)
    if field is None:
        return path == "id"
    return not rest or (field.refers_to in types and resolve(types[field.refers_to], rest))


@every_workflow
def test_its_file_has_its_name(workflow: Workflow) -> None:
    assert importlib.import_module(f"suitebridge.catalog.{workflow.name}").WORKFLOW is workflow


@every_workflow
def test_every_field_it_reads_exists(workflow: Workflow) -> None:
    assert [path for path in workflow.source_paths() if not resolve(source_schema(workflow), path)] == []


@every_workflow
def test_every_field_it_writes_exists_once_and_may_be_written(workflow: Workflow) -> None:
    target = target_schema(workflow)
    for group in workflow.groups:
        schema = target.by_name[group.target_list].lines if group.target_list else target
        assert schema is not None
        targets = [row.target for row in group.rows]
        assert len(targets) == len(set(targets))
        assert all(not schema.by_name[name].is_read_only for name in targets)
        required = {field.name for field in schema.fields if field.is_required}
        # Who changes a record that is there says only what changes.
        assert required <= set(targets) or workflow.method is Method.UPDATE


@every_workflow
def test_it_compiles(workflow: Workflow) -> None:
    compile_mapping(workflow, target_schema(workflow), dict.fromkeys(MacroName, "x"))


@every_workflow
def test_it_survives_json_and_back(workflow: Workflow) -> None:
    again = workflow_from_plain(json.loads(json.dumps(to_plain(workflow))))

    assert again == workflow
    assert fingerprint_workflow(again) == fingerprint_workflow(workflow)


@every_workflow
def test_what_it_needs_comes_before_it(workflow: Workflow) -> None:
    names = list(CATALOG)

    assert all(names.index(needed) < names.index(workflow.name) for needed in workflow.needs)


@every_workflow
def test_every_record_it_points_to_is_imported_first(workflow: Workflow) -> None:
    """A counterpart exists only if a workflow binds its type before; otherwise the record would wait for ever."""
    pointed = {
        part.record_type
        for group in workflow.groups
        for row in group.rows
        for part in walk(row.source)
        if isinstance(part, Counterpart) and not part.or_leave
    }
    needed = [CATALOG[name] for name in workflow.needs]
    bound = {one.target_type if one.direction is Direction.IMPORT else one.source_type for one in needed}

    assert pointed <= bound


@every_workflow
def test_an_export_stamps_what_it_exported(workflow: Workflow) -> None:
    if workflow.direction is Direction.IMPORT:
        assert workflow.match_keys[0].source == "id"
        return
    if workflow.method is Method.UPDATE:
        # It finds its records by their link, and stamps nothing.
        assert (workflow.reads, workflow.pull_backs, workflow.exported_field) == (None, (), "")
        return
    source = source_schema(workflow)
    assert workflow.id_field in {back.target for back in workflow.pull_backs}
    # What bears an amount is marked with the moment of its export, and added up on both sides.
    amounts = {path for path in workflow.source_paths() if path.rpartition(".")[2] in {"total", "hours"}}
    assert (workflow.exported_field in source.by_name) is (workflow.sum is not None) is bool(amounts)
